"""A set is made from what changed, and a page that fails keeps its last good copy and says so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from perfkit import store
from perfkit.keeping import receipts
from perfkit.run import executors, manifest, report, sets, takeaways
from perfkit.run.jobs import Job
from perfkit.run.manifest import Input, LeftOut, Manifest, Read, Rule
from perfkit.run.takeaways import Wanted

from .conftest import GOOD

Notebook = Callable[..., Path]
FIRST = Input("CSS.xlsx", "aaaaaaaaaaaa", "aaaaaaaaaaaa" + 52 * "0", "2017-07-21")
CHANGED = Input("CSS.xlsx", "bbbbbbbbbbbb", "bbbbbbbbbbbb" + 52 * "0", "2017-10-20")


def job(name: str = "scorecard") -> Job:
    given = {"quarter": "2017-18 Q1", "directorate": "", "as_of": ""}
    return Job("scorecard", name, "Scorecard", "Managers", given)


Make = Callable[..., Manifest]


@pytest.fixture
def make(tmp_path: Path, pool: Executor) -> Make:
    """Make a set from notebooks, in the preloaded parent that all tests share."""

    def make(
        *jobs: Job,
        inputs: Input = FIRST,
        rows: Callable[[Read], str] = lambda _: "",
        rules: Callable[[Any], list[Rule]] = lambda _: [],
        by: Any = pool,
        wanted: Wanted | None = None,
        left_out: Sequence[LeftOut] = (),
    ) -> Manifest:
        places = sets.Places(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "store")
        known = sets.Known([inputs], rows=rows, rules=rules)
        means = sets.Means(by, executors.usual_engine(), wanted=wanted or Wanted())
        made = {"quarter": "2017-18 Q1", "places": places, "known": known, "means": means}
        return sets.make(jobs or (job(),), **made, left_out=left_out)

    return make


def page(tmp_path: Path, name: str = "scorecard") -> Path:
    return tmp_path / "reports" / "2017-18-Q1" / f"{name}.html"


def test_nothing_changed_makes_nothing_and_any_change_makes_the_page_again(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    notebook()
    assert [p.status for p in make().pages] == ["made"]
    before = page(tmp_path).read_bytes()
    assert [p.status for p in make().pages] == ["unchanged"]
    assert [p.status for p in make(inputs=CHANGED).pages] == ["made"]
    assert page(tmp_path).read_bytes() == before, "the same figures give the same bytes"
    notebook(GOOD, "page.text('More.')")
    assert [p.status for p in make(inputs=CHANGED).pages] == ["made"]


def test_a_page_that_somebody_touched_is_made_again(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook()
    make()
    good = page(tmp_path).read_bytes()
    page(tmp_path).write_text("edited by hand")
    assert [p.status for p in make().pages] == ["made"]
    assert page(tmp_path).read_bytes() == good


def test_a_failed_page_keeps_its_last_good_copy_and_the_index_says_so(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    notebook()
    make()
    good = page(tmp_path).read_bytes()
    notebook("1 / 0")
    failed = make().pages[0]
    assert (failed.status, failed.cause) == ("failed", "ZeroDivisionError: division by zero")
    assert page(tmp_path).read_bytes() == good
    index = page(tmp_path, "index").read_text(encoding="utf-8")
    assert "Failed: a step of its notebook went wrong. The page linked is the last good one, made on" in index
    assert "Error" not in index, "the name of the code's fault stands in the failure's text"
    notebook()
    assert [p.status for p in make().pages] == ["made"], "what failed is tried again"


def test_a_first_failure_has_no_page_to_link(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook("1 / 0")
    make()
    assert not page(tmp_path).exists()
    index = page(tmp_path, "index").read_text(encoding="utf-8")
    assert "There is no earlier page." in index
    assert 'href="scorecard.html"' not in index


def test_one_failure_does_not_stop_the_others(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook("assert directorate != 'SCS', 'SCS has no figures'", GOOD)
    good, bad = job("scorecard-PH"), job("scorecard-SCS")
    bad.parameters["directorate"] = "SCS"
    record = make(bad, good)
    assert [(p.name, p.status) for p in record.pages] == [("scorecard-SCS", "failed"), ("scorecard-PH", "made")]


def test_a_run_for_one_page_carries_the_others_over(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook()
    make(job(), job("scorecard-PH"))
    record = make(job(), inputs=CHANGED)
    assert [(p.name, p.status) for p in record.pages] == [("scorecard", "made"), ("scorecard-PH", "not asked for")]
    assert page(tmp_path, "scorecard-PH").is_file()


def test_the_record_beside_the_pages_names_inputs_parameters_and_versions(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    notebook()
    make()
    record = json.loads(page(tmp_path).with_name("manifest.json").read_text(encoding="utf-8"))
    assert record["inputs"][0]["file"] == "CSS.xlsx"
    assert record["pages"][0]["parameters"]["quarter"] == "2017-18 Q1"
    assert {"perfkit", "pandas", "papermill"} <= set(record["versions"])
    assert record["made_by"]
    assert record["made_at"] not in page(tmp_path).read_text(encoding="utf-8")


def test_nothing_changed_publishes_nothing(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook()
    make()
    shown = page(tmp_path).resolve()
    make()
    assert page(tmp_path).resolve() == shown
    make(inputs=CHANGED)
    assert page(tmp_path).resolve() != shown
    assert shown.is_file(), "the earlier set is kept"


READS = """
from perfkit import page, store
known = store.known(directorate=directorate)
page.title("Scorecard", subtitle=", ".join(known.observations["indicator"].unique()))
"""


def kept(root: Path, value: float, *, of: str) -> None:
    """Keep what one directorate returned of its only indicator."""
    facts = {"period": "2017-18 Q1", "area": "Oxfordshire", "part": 1, "report_period": "2017-18 Q1"}
    row = {"indicator": f"{of}-visits", "value": value, "status": "final", "file": f"{of}.xlsx", "cell": "G9"}
    store.save({"observations": pd.DataFrame([facts | row])}, file=f"{of}.xlsx", content=f"{value}".encode(), root=root)


def framework(root: Path) -> None:
    """Keep two directorates with an outcome and an indicator each."""
    lineage = {"file": "framework.xlsx", "cell": "A2", "financial_year": "2017-18", "priority": "Safe"}
    outcomes = [lineage | {"outcome": f"{d}-outcome", "title": d, "directorate": d} for d in ("PH", "SCS")]
    words = {"unit": "count", "polarity": "higher", "frequency": "quarter", "series_type": "point", "rule": "points"}
    numbers = {"arrears": 0, "decimals": 0}
    indicators = [
        lineage | words | numbers | {"indicator": f"{d}-visits", "ref": d, "title": d, "directorate": d, "outcome": o}
        for d, o in (("PH", "PH-outcome"), ("SCS", "SCS-outcome"))
    ]
    tables = {"outcomes": pd.DataFrame(outcomes), "indicators": pd.DataFrame(indicators)}
    store.save(tables, file="framework.xlsx", content=b"framework", root=root)


def test_a_changed_return_makes_its_directorates_page_again_and_those_that_add_it_up(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    notebook(READS)
    root = tmp_path / "store"
    framework(root)
    kept(root, 5, of="PH")
    kept(root, 7, of="SCS")
    jobs = [job("scorecard"), job("scorecard-PH"), job("scorecard-SCS")]
    jobs[1].parameters["directorate"], jobs[2].parameters["directorate"] = "PH", "SCS"

    def rows(read: Read) -> str:
        return store.fingerprint(store.load(read.table, directorate=read.directorate, root=root), root=root)

    def made() -> list[str]:
        newest = Input("all", receipts.current(root=root)[-1].vintage, "", "")
        return [page.name for page in make(*jobs, inputs=newest, rows=rows).pages if page.status == "made"]

    assert made() == ["scorecard", "scorecard-PH", "scorecard-SCS"]
    assert "PH-visits" in page(tmp_path, "scorecard-PH").read_text(encoding="utf-8")
    assert "SCS-visits" not in page(tmp_path, "scorecard-PH").read_text(encoding="utf-8")
    kept(root, 8, of="SCS")
    assert made() == ["scorecard", "scorecard-SCS"]
    assert made() == []


class Stopping(Executor):
    """Does the first task, then has the run stopped as a signal would."""

    def __init__(self, pool: Executor) -> None:
        self._pool, self._count = pool, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._count += 1
        if self._count == 1:
            future = self._pool.submit(fn, *args, **kwargs)
            future.result()
            return future
        stopped: Future[Any] = Future()
        stopped.set_exception(KeyboardInterrupt("SIGTERM"))
        return stopped


def test_a_stopped_run_publishes_what_it_made_and_says_what_it_did_not(
    notebook: Notebook, tmp_path: Path, pool: Executor, make: Make
) -> None:
    notebook()
    make(job("scorecard"), job("scorecard-PH"))
    good = page(tmp_path, "scorecard-PH").read_bytes()
    notebook(GOOD, "page.text('More.')")
    record = make(job("scorecard"), job("scorecard-PH"), by=Stopping(pool))
    assert record.pages[1].cause == "the run was stopped by SIGTERM before it was made"
    assert page(tmp_path, "scorecard-PH").read_bytes() == good
    assert "the run was stopped by SIGTERM" in page(tmp_path, "index").read_text(encoding="utf-8")


def test_a_failure_keeps_its_traceback_beside_the_page(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook("1 / 0")
    make(job("scorecard"), job("scorecard-PH"))
    make(job("scorecard"))
    for name in ("scorecard",):
        text = (page(tmp_path).parent / f"{name}-failure.txt").read_text(encoding="utf-8")
        assert text.startswith("ZeroDivisionError: division by zero\n")
        assert "1 / 0" in text


TABLE = """
import pandas as pd
from perfkit import page, tables
display(page.title("Scorecard", subtitle=quarter), page.headline("2 visits were made."))
visits = pd.DataFrame({"What": ["visits"], "Number": [2]})
tables.table(visits, caption="Visits", columns={"What": "What", "Number": "Number"})
"""
TABLES = Wanted(("tables",))


def beside(tmp_path: Path) -> list[str]:
    folder = tmp_path / "reports" / "2017-18-Q1"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_tables_of_a_page_stand_beside_it_in_the_record_and_in_the_index(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    notebook(TABLE)
    made = make(wanted=TABLES).pages[0]
    files = ["index.html", "manifest.json", "scorecard-tables/1-visits.csv", "scorecard.html", "scorecard.xlsx"]
    assert beside(tmp_path) == files
    assert sorted(made.take_aways) == ["scorecard-tables/1-visits.csv", "scorecard.xlsx"]
    assert made.take_aways["scorecard.xlsx"] == manifest.digest(page(tmp_path).with_suffix(".xlsx").read_bytes())
    index = page(tmp_path, "index").read_text(encoding="utf-8")
    assert '<a href="scorecard.xlsx">scorecard.xlsx</a>' in index
    assert '<a href="scorecard-tables/1-visits.csv">1-visits.csv<span' in index
    shown = page(tmp_path).resolve()
    assert make(wanted=TABLES).pages[0].status == "unchanged"
    assert page(tmp_path).resolve() == shown, "nothing is published again"


def test_an_unchanged_page_gets_the_take_aways_that_it_lacks_without_running_its_notebook(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    ran = f"from pathlib import Path\nwith Path({str(tmp_path / 'ran')!r}).open('a') as out: out.write('.')"
    notebook(ran + TABLE)
    make()
    assert beside(tmp_path) == ["index.html", "manifest.json", "scorecard.html"]
    assert make(wanted=TABLES).pages[0].status == "unchanged"
    book = page(tmp_path).with_suffix(".xlsx")
    good = book.read_bytes()
    book.write_bytes(b"edited")
    assert make(wanted=TABLES).pages[0].status == "unchanged"
    assert book.read_bytes() == good, "what somebody touched is made again"
    assert make().pages[0].take_aways, "a run that asks for none takes none away"
    assert book.read_bytes() == good
    assert (tmp_path / "ran").read_text() == "."


def test_a_failed_page_keeps_the_take_aways_of_its_last_good_copy(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    notebook(TABLE)
    make(job("scorecard"), job("scorecard-PH"), wanted=TABLES)
    good = page(tmp_path).with_suffix(".xlsx").read_bytes()
    notebook("1 / 0")
    record = make(job("scorecard"), wanted=TABLES)
    assert [(p.name, p.status, "tables" in p.kinds) for p in record.pages] == [
        ("scorecard", "failed", True), ("scorecard-PH", "not asked for", True),
    ]  # fmt: skip
    assert page(tmp_path).with_suffix(".xlsx").read_bytes() == good
    assert page(tmp_path, "scorecard-PH").with_suffix(".xlsx").is_file()


def test_a_page_whose_pdf_cannot_be_printed_is_made_and_says_so(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook(TABLE)
    nowhere = Wanted(("tables", "pdf"), str(tmp_path / "browser"))
    made = make(wanted=nowhere).pages[0]
    assert (made.status, made.kinds) == ("made", ("tables",))
    assert made.remark == f"no PDF: {tmp_path / 'browser'} cannot be started: No such file or directory."
    assert "No PDF: " in page(tmp_path, "index").read_text(encoding="utf-8")


def test_a_fault_in_making_tables_is_told_plainly_to_readers_and_in_full_to_the_log(
    notebook: Notebook, tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook(TABLE)
    make()
    plainly = "o tables to take away: the tables of the page could not be written as files"
    fault = "no tables to take away: NameError: name 'undefined' is not defined"
    monkeypatch.setattr(sets, "_taken", lambda *_: takeaways.Made(remark=f"n{plainly}", details=(fault,)))
    made = make(job(), job("scorecard-PH"), wanted=TABLES).pages[0]
    assert (made.status, made.remark) == ("unchanged", f"n{plainly}")
    index = page(tmp_path, "index").read_text(encoding="utf-8")
    assert f"N{plainly}." in index
    assert "Error" not in index
    assert report.lines(made, 1, 1)[1:] == [f"  {fault}"]
    assert not make().pages[0].findings, "what another run said of it is not said again"


def test_every_finding_of_a_page_that_fails_its_check_is_told(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook(GOOD, "display(page.subheading('Below nothing'), page.text('x' * 400_000))")
    failed = make().pages[0]
    assert failed.cause == f"the page fails 2 checks; the first: {failed.findings[0]}"
    size, level = (finding.partition(": found ")[2] for finding in failed.findings)
    assert re.fullmatch(r"4\d\d kB, expected at most 300 kB", size), "400 kB of text and the page around it"
    assert level == "level 3 after level 1, expected level 2 at most"
    told = (page(tmp_path).parent / "scorecard-failure.txt").read_text(encoding="utf-8")
    assert all(finding in told for finding in failed.findings)
    assert '<a href="scorecard-failure.txt">' in page(tmp_path, "index").read_text(encoding="utf-8")
    assert report.lines(failed, 1, 1)[1:] == [f"  {finding}" for finding in failed.findings]
    assert json.loads(report.lines(failed, 1, 1, form="json")[0])["findings"] == list(failed.findings)


def test_a_report_that_the_council_wants_no_longer_stands_in_earlier_sets_alone(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    notebook()
    notebook(name="delivery")
    other = job("delivery")
    make(job(), Job("delivery", "delivery", "Delivery", "Programme boards", other.parameters))
    off = [LeftOut(name, name.title(), "Boards", "Not among the council's reports", unwanted=True)
           for name in ("delivery", "outlook")]  # fmt: skip
    for _ in range(2):
        record = make(job(), left_out=off)
        assert [(p.name, p.status) for p in record.pages] == [("scorecard", "unchanged")]
        assert [one.report for one in record.left_out] == ["delivery"], "outlook never was among them"
    assert not page(tmp_path, "delivery").exists()
    assert len(list((tmp_path / "reports" / ".sets" / "2017-18-Q1").glob("*/delivery.html"))) == 1
    text = page(tmp_path, "index").read_text(encoding="utf-8")
    told = "<li><strong>Delivery</strong> (for boards): not among the council&#39;s reports.</li>"
    assert told in text[text.index(">No longer made</h2>") :]
    assert "for want of data" not in text


def test_the_record_and_the_index_name_what_is_left_out_and_why(notebook: Notebook, tmp_path: Path, make: Make) -> None:
    notebook()
    out = LeftOut("delivery", "Delivery", "Programme boards", "No action plan has been loaded")
    make(left_out=[out])
    index = page(tmp_path, "index").read_text(encoding="utf-8")
    assert "1 report, up to date: 1 new or changed. 1 not made for want of data." in index
    assert "<li><strong>Delivery</strong> (for programme boards): no action plan has been loaded.</li>" in index
    assert index.index(">Managers</h2>") < index.index(">Not made for want of data</h2>")
    record = manifest.read(page(tmp_path).parent)
    assert record is not None
    assert record.left_out == (out,)
    shown = page(tmp_path).resolve()
    make(left_out=[out])
    assert page(tmp_path).resolve() == shown
    make()
    assert page(tmp_path).resolve() == shown, "a run that was not asked for it says nothing else"


def test_the_record_holds_the_rules_of_the_rows_read_and_those_at_the_foot_of_each_page(
    notebook: Notebook, tmp_path: Path, make: Make
) -> None:
    foot = "provenance.foot(pd.DataFrame({'file': []}), parameters={}, rules=['Green at 5 & more.'])"
    notebook(TABLE, f"from perfkit import provenance\n{foot}")
    rule = Rule("points", 5.0, "Cabinet", "2017-04-03", ("visits",))
    make(rules=lambda _: [rule])
    record = manifest.read(page(tmp_path).parent)
    assert record is not None
    assert record.rules == (rule,)
    assert record.pages[0].rules == ("Green at 5 & more.",)


class Dead(Executor):
    """A pool whose parent was killed: every task ends so."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        del fn, args, kwargs
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("the process that did it was killed"))
        return future


def test_a_pool_whose_parent_was_killed_fails_every_page_and_still_writes_the_index(
    make: Make, notebook: Notebook, tmp_path: Path
) -> None:
    notebook(GOOD)
    make()
    record = make(inputs=CHANGED, by=Dead())
    assert [(each.status, each.cause) for each in record.pages] == [("failed", "the process that made it was killed")]
    assert page(tmp_path).is_file(), "the last good page stays"
    assert "the process that made it was killed" in page(tmp_path, "index").read_text(encoding="utf-8")
