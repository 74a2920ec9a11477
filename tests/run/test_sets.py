"""A set is made from what changed, and a page that fails keeps its last good copy and says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from perfkit.run import sets
from perfkit.run.jobs import Job
from perfkit.run.manifest import Input, Manifest

from .conftest import GOOD

Notebook = Callable[..., Path]
FIRST = Input("CSS.xlsx", "aaaaaaaaaaaa", "aaaaaaaaaaaa" + 52 * "0", "2017-07-21")
CHANGED = Input("CSS.xlsx", "bbbbbbbbbbbb", "bbbbbbbbbbbb" + 52 * "0", "2017-10-20")


def job(name: str = "scorecard") -> Job:
    given = {"quarter": "2017-18 Q1", "directorate": "", "as_of": ""}
    return Job("scorecard", name, "Scorecard", "Managers", given)


def make(tmp_path: Path, *jobs: Job, inputs: Input = FIRST) -> Manifest:
    places = sets.Places(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "store")
    return sets.make(jobs or (job(),), quarter="2017-18 Q1", places=places, inputs=[inputs])


def page(tmp_path: Path, name: str = "scorecard") -> Path:
    return tmp_path / "reports" / "2017-18-Q1" / f"{name}.html"


def test_nothing_changed_makes_nothing_and_any_change_makes_the_page_again(notebook: Notebook, tmp_path: Path) -> None:
    notebook()
    assert [p.status for p in make(tmp_path).pages] == ["made"]
    before = page(tmp_path).read_bytes()
    assert [p.status for p in make(tmp_path).pages] == ["unchanged"]
    assert [p.status for p in make(tmp_path, inputs=CHANGED).pages] == ["made"]
    assert page(tmp_path).read_bytes() == before, "the same figures give the same bytes"
    notebook(GOOD, "page.text('More.')")
    assert [p.status for p in make(tmp_path, inputs=CHANGED).pages] == ["made"]


def test_a_page_that_somebody_touched_is_made_again(notebook: Notebook, tmp_path: Path) -> None:
    notebook()
    make(tmp_path)
    good = page(tmp_path).read_bytes()
    page(tmp_path).write_text("edited by hand")
    assert [p.status for p in make(tmp_path).pages] == ["made"]
    assert page(tmp_path).read_bytes() == good


def test_a_failed_page_keeps_its_last_good_copy_and_the_index_says_so(notebook: Notebook, tmp_path: Path) -> None:
    notebook()
    make(tmp_path)
    good = page(tmp_path).read_bytes()
    notebook("1 / 0")
    failed = make(tmp_path).pages[0]
    assert (failed.status, failed.cause) == ("failed", "ZeroDivisionError: division by zero")
    assert page(tmp_path).read_bytes() == good
    index = page(tmp_path, "index").read_text(encoding="utf-8")
    assert "Failed: ZeroDivisionError: division by zero. The page linked is the last good one, made on" in index
    notebook()
    assert [p.status for p in make(tmp_path).pages] == ["made"], "what failed is tried again"


def test_a_first_failure_has_no_page_to_link(notebook: Notebook, tmp_path: Path) -> None:
    notebook("1 / 0")
    make(tmp_path)
    assert not page(tmp_path).exists()
    index = page(tmp_path, "index").read_text(encoding="utf-8")
    assert "There is no earlier page." in index
    assert 'href="scorecard.html"' not in index


def test_one_failure_does_not_stop_the_others(notebook: Notebook, tmp_path: Path) -> None:
    notebook("assert directorate != 'SCS', 'SCS has no figures'", GOOD)
    good, bad = job("scorecard-PH"), job("scorecard-SCS")
    bad.parameters["directorate"] = "SCS"
    record = make(tmp_path, bad, good)
    assert [(p.name, p.status) for p in record.pages] == [("scorecard-SCS", "failed"), ("scorecard-PH", "made")]


def test_a_run_for_one_page_carries_the_others_over(notebook: Notebook, tmp_path: Path) -> None:
    notebook()
    make(tmp_path, job(), job("scorecard-PH"))
    record = make(tmp_path, job(), inputs=CHANGED)
    assert [(p.name, p.status) for p in record.pages] == [("scorecard", "made"), ("scorecard-PH", "not asked for")]
    assert page(tmp_path, "scorecard-PH").is_file()


def test_the_record_beside_the_pages_names_inputs_parameters_and_versions(notebook: Notebook, tmp_path: Path) -> None:
    notebook()
    make(tmp_path)
    record = json.loads(page(tmp_path).with_name("manifest.json").read_text(encoding="utf-8"))
    assert record["inputs"][0]["file"] == "CSS.xlsx"
    assert record["pages"][0]["parameters"]["quarter"] == "2017-18 Q1"
    assert {"perfkit", "pandas", "papermill"} <= set(record["versions"])
    assert record["made_by"]
    assert record["made_at"] not in page(tmp_path).read_text(encoding="utf-8")
