"""The way through, from workbooks to the pages that a manager opens, on the sample pack and on real workbooks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from perfkit import cli

QUARTER = "2017-18 Q1"


class Page(HTMLParser):
    """What a page holds: its text, its tables, its links and ids."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.source = path.read_text(encoding="utf-8")
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._silent = 0
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._silent += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.words)


def run(desk: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perfkit", "run", QUARTER, *options]
    given = {k: v for k, v in os.environ.items() if k != "PERFKIT_STORE"} | environment
    return subprocess.run(command, cwd=desk, env=given, capture_output=True, text=True, check=False)


def lay_out(project: Path, desk: Path) -> Path:
    shutil.copytree(project / "data" / "raw", desk / "data" / "raw")
    shutil.copytree(project / "notebooks", desk / "notebooks")
    return desk


@pytest.fixture(scope="module")
def desk(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the sample pack and make its reports, once for all tests here."""
    folder = lay_out(project, tmp_path_factory.mktemp("desk"))
    made = run(folder, PYTHONHASHSEED="1", TZ="Pacific/Auckland")
    assert made.returncode == cli.DONE, made.stdout + made.stderr
    return folder


@pytest.fixture(scope="module")
def pages(desk: Path) -> dict[str, Page]:
    return {path.stem: Page(path) for path in sorted((desk / "reports" / "2017-18-Q1").glob("*.html"))}


def test_the_quarter_has_its_twelve_pages_and_an_index_that_links_them(pages: dict[str, Page]) -> None:
    assert sorted(pages) == [
        "cabinet_report", "data_quality", "delayed_transfers", "delivery", "index", "leadership_report", "outlook",
        "scorecard",
        "scorecard-CEF", "scorecard-COM", "scorecard-CSS", "scorecard-PH", "scorecard-SCS",
    ]  # fmt: skip
    links = {str(attrs.get("href")) for tag, attrs in pages["index"].tags if tag == "a"}
    assert {f"{name}.html" for name in pages if name != "index"} <= links
    assert "12 reports, all up to date: " in pages["index"].text


def test_the_cabinet_report_restates_the_published_counts(pages: dict[str, Page]) -> None:
    text = pages["cabinet_report"].text
    assert "This paper reports 50 indicators of 23 outcomes for quarter 1 of 2017-18 (April to June 2017)." in text
    assert "36 of 50 indicators are green, 10 amber and 2 red; 2 are not rated." in text
    assert (
        "Directors see 26 indicators improving, 23 stable and 1 deteriorating: 49 of 50 are stable or improving."
        in text
    )
    assert "15 of 23 outcomes are green, 5 amber and 2 red; 1 is not rated." in text


def test_published_and_computed_figures_stand_side_by_side_with_their_cells(pages: dict[str, Page]) -> None:
    text = pages["cabinet_report"].text
    assert "Success indicators reported 50 50" in text
    assert "Outcomes rated red 2 2" in text
    assert "Outcomes rated green or amber 21 20" in text
    assert "the published figure counts T2, none of whose indicators is rated, as not red" in text
    assert "framework.xlsx, Published counts!B5" in text


def test_every_page_names_its_quarter_and_says_what_is_illustrative(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert "uarter 1 of 2017-18 (April to June 2017)" in page.text, name
        assert name == "index" or "Illustrative figures:" in page.text, name


def test_every_rated_figure_of_the_scorecard_names_its_workbook_cell(pages: dict[str, Page]) -> None:
    text = pages["scorecard"].text
    sources = re.findall(r"(?:Value|Rating) (?:SCS|CEF|PH|COM|CSS)\.xlsx, Dashboard![A-Z]+\d+", text)
    assert len(sources) >= 50
    assert "Value CSS.xlsx, Dashboard!G10; rating I10; target framework.xlsx, Targets!E54" in text


def test_a_rating_without_a_value_and_a_difference_are_both_shown(pages: dict[str, Page]) -> None:
    text = pages["scorecard"].text
    assert "48 ratings of 50 are the director's; 2 are not rated." in text
    assert "the figures give a rating too, and 2 differ." in text
    assert "No value" in text


def test_pages_hold_no_script_and_ask_for_nothing(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert not [tag for tag, _ in page.tags if tag in {"script", "link", "iframe", "object", "embed"}], name
        addresses = [
            v for _, attrs in page.tags for k, v in attrs.items() if k in {"src", "href", "action", "data"} and v
        ]
        assert not [a for a in addresses if re.match(r"(?:[a-z]+:)?//", a)], name
        policy = [
            attrs.get("content") for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"], name


def test_pages_have_one_title_unique_ids_and_links_that_lead_somewhere(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), name
        assert [tag for tag, _ in page.tags].count("h1") == 1, name
        within = [
            str(attrs["href"])[1:] for tag, attrs in page.tags if tag == "a" and str(attrs["href"]).startswith("#")
        ]
        assert set(within) <= set(ids), name


def test_two_runs_in_other_processes_and_time_zones_give_the_same_bytes(desk: Path, real_pages: Path) -> None:
    first, second = content(desk / "reports" / "2017-18-Q1"), content(real_pages)
    assert {Path(name).suffix for name in first} == {".html", ".xlsx", ".csv", ".json"}
    assert first.pop("manifest.json") != second.pop("manifest.json"), "the record says when and by whom"
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_second_run_makes_nothing_again(desk: Path) -> None:
    told = run(desk)
    assert told.returncode == cli.DONE
    assert told.stdout.count(": unchanged") == 12


@pytest.fixture
def copy(desk: Path, tmp_path: Path) -> Path:
    shutil.copytree(desk, tmp_path / "copy")
    return tmp_path / "copy"


def content(folder: Path) -> dict[str, bytes]:
    """Give every file of a set, those of its folders too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(desk: Path, workbook: str, cell: str, value: object) -> None:
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / workbook
    book = openpyxl.load_workbook(path)
    book["Dashboard"][cell] = value
    book.save(path)


def test_another_rating_in_a_return_changes_the_counts(copy: Path) -> None:
    change(copy, "PH.xlsx", "I9", "R")
    assert run(copy, "--only", "cabinet_report").returncode == cli.DONE
    text = Page(copy / "reports" / "2017-18-Q1" / "cabinet_report.html").text
    assert "35 of 50 indicators are green, 10 amber and 3 red; 2 are not rated." in text
    assert "Success indicators rated red 2 3 the figures differ" in text


def test_a_bad_return_leaves_the_last_good_report_untouched(copy: Path) -> None:
    folder = copy / "reports" / "2017-18-Q1"
    before = content(folder)
    change(copy, "SCS.xlsx", "G9", "about thirty")
    told = run(copy)
    assert told.returncode == cli.BAD_INPUT
    assert 'Error: sheet Dashboard, cell G9\n    found       "about thirty"\n' in told.stderr
    assert content(folder) == before


def test_plain_papermill_runs_a_notebook_and_refuses_a_misspelt_parameter(desk: Path, tmp_path: Path) -> None:
    papermill = [sys.executable, "-m", "papermill", "notebooks/scorecard.ipynb", str(tmp_path / "out.ipynb")]
    good = subprocess.run([*papermill, "-p", "quarter", QUARTER], cwd=desk, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stderr
    cells = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "36 of 50 indicators are green" in json.dumps(cells)
    bad = subprocess.run([*papermill, "-p", "quartr", QUARTER], cwd=desk, capture_output=True, text=True, check=False)
    assert bad.returncode != 0
    assert 'scorecard has no parameter "quartr". Did you mean "quarter"?' in bad.stderr


@pytest.mark.samples
def test_the_real_workbooks_give_the_known_answers(copy: Path, shared: Path) -> None:
    real = str(shared / "samples" / "dtoc_monthly")
    loaded = subprocess.run(
        [sys.executable, "-m", "perfkit", "load", real], cwd=copy, capture_output=True, text=True, check=False
    )
    assert "42 files loaded, 0 unchanged, 0 refused." in loaded.stdout, loaded.stderr
    assert run(copy, "--only", "delayed_transfers").returncode == cli.DONE
    page = Page(copy / "reports" / "2017-18-Q1" / "delayed_transfers.html")
    assert "Illustrative figures: 3 of " in page.text, "the three quarters of hours are the pack's, the delays are real"
    assert "All values are illustrative" not in page.text
    march = "March 2017 181.1 86.9 27.7 66.5 5,615 2,694 859 2,062"
    assert march in page.text
    assert "mean of authorities 151 14,870.7 40.7 3.51" in page.text
    assert "It is getting worse: 193.4 people a day were delayed in quarter 1 of 2017-18, 60% more" in page.text
    assert "Most are awaiting care package in own home (45% of delayed days)" in page.text
    assert "Oxfordshire had the 9th most delayed days of 151 authorities in England and the 3rd most of 19" in page.text
    assert '"over 51,000 bed days lost in 2016-17" holds: 52,236 (delayed days, all delays, 2016-17).' in page.text
    assert '"28 people a day awaiting social care in March 2017" holds: 27.7' in page.text
    assert '"67 people a day delayed in March 2017" holds only as 66.5 (people a day, both, March 2017)' in page.text
    assert "In 2017-18 Q1 5,976 of the 8,920 hours of discharge and reablement care contracted a month" in page.text
    assert "June 2017 The following providers revised data for June 2017:" in page.text
    assert "No statistics of discharges, which came after delayed transfers, are loaded." in page.text
