"""Agreement with what the R package NHSRplotthedots 0.2.2 answers, but for the deviations on the deviations page."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.samples


@pytest.fixture(scope="module")
def benchmark(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("spc_benchmark", project / "benchmarks" / "spc.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_point_and_icon_agrees_but_for_the_deviations(benchmark: ModuleType, shared: Path, project: Path) -> None:
    counts, differences = benchmark.compare(shared / "oracle" / "spc")
    assert [difference for difference in differences if difference.deviation == benchmark.UNEXPLAINED] == []
    assert counts["series"] == 436
    assert counts["points compared"] == 11_243
    assert counts["icons compared"] == 846
    assert Counter(difference.deviation for difference in differences) == {
        benchmark.CRASH: 12,
        benchmark.REFUSED: 1,
        benchmark.BETWEEN: 5,
        benchmark.CONSTANT: 14,
    }


def test_every_deviation_stands_on_the_deviations_page(benchmark: ModuleType, project: Path) -> None:
    page = (project / "docs" / "deviations.md").read_text(encoding="utf-8").lower()
    for deviation in (
        benchmark.CRASH,
        benchmark.REFUSED,
        benchmark.BETWEEN,
        benchmark.CONSTANT,
        benchmark.NO_TARGET,
        benchmark.SHORT,
    ):
        assert deviation.lower() in page


def test_a_wrong_answer_is_not_explained_away(
    benchmark: ModuleType, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(benchmark.CAUSE, "Above UCL", "outside low")
    _, differences = benchmark.compare(shared / "oracle" / "spc")
    assert sum(difference.deviation == benchmark.UNEXPLAINED for difference in differences) == 788
