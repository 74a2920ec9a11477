"""The gates on the bench of series, asked through the same door as any notebook."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

pytestmark = pytest.mark.samples
POINTS = 12


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{path.stem}_script", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["quarterly", "council_q"])
def test_the_gates_at_twelve_points_hold_and_our_scores_are_the_scorers(shared: Path, project: Path, name: str) -> None:
    ours, scorer = _module(project / "benchmarks" / "outlook.py"), _module(shared / "tools" / "score_outlook.py")
    bench = shared / "outlook_bench" / name
    values, meta = ours.load(bench)
    predicted = ours.predict(values, meta, (POINTS,))
    found = ours.scores(predicted, values, meta).loc[POINTS]
    official = _official(scorer, predicted, str(bench))
    for mine, theirs in (("MASE", "MASE"), ("cover80", "cov80"), ("Brier skill", "BSS"), ("opposite", "flip")):
        assert found[mine] == pytest.approx(official[theirs])
    for gate, limits in scorer.GATES[name].items():
        if POINTS in limits:
            low, high = limits[POINTS]
            assert low <= official[gate] <= high, gate


def _official(scorer: ModuleType, predicted: pd.DataFrame, bench: str) -> dict[str, float]:
    values, meta = scorer.load(bench)
    truth = scorer.truth(meta, values, [1, 2, 3, 4])
    usual = truth.groupby(["target_delta", "h"])["ev"].mean()
    truth["clim"] = usual.reindex(pd.MultiIndex.from_frame(truth[["target_delta", "h"]])).to_numpy()
    return scorer.stats(truth.merge(predicted, on=["series_id", "h"]))
