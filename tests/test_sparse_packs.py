"""What a council sends is never whole: every page that can be made is made, reads as words and leads nowhere astray."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from perfkit import cli
from tests.test_reports import QUARTER, Page, lay_out, run

YEAR = Path("data", "raw", "2017-18")
ACTUAL, RAG = 7, 9
"""Columns of the sample's dashboards."""
ODD = re.compile(
    r"\bnan\b|\bNaT\b|<NA>|\binf\b|\b1 (?:indicators|directorates|outcomes|risks|months|returns|warnings)\b"
)


def clear(
    path: Path,
    sheet: str,
    *,
    first: int,
    columns: tuple[int, ...] = (),
    but: Callable[[list[str]], bool] | None = None,
) -> None:
    """Empty the rows of a sheet, or some of their columns, but for rows whose texts are to stay."""
    book = openpyxl.load_workbook(path)
    for row in book[sheet].iter_rows(min_row=first):
        if but is None or not but([str(cell.value) for cell in row]):
            for cell in row:
                if not isinstance(cell, MergedCell) and (not columns or cell.column in columns):
                    cell.value = None
    book.save(path)


def leave_out(raw: Path, *names: str) -> None:
    for path in [path for path in raw.parent.rglob("*.xls*") if path.stem in names]:
        path.unlink()


def without_a_figure(raw: Path) -> None:
    """Leave no figure of any indicator, now or before: nothing to rate, to chart or to project."""
    leave_out(raw, "history")
    for path in (raw / "Q1" / "returns").glob("*.xlsx"):
        clear(path, "Dashboard", first=8, columns=(ACTUAL, RAG))
        clear(path, "Exceptions", first=8)


def of_one_directorate(raw: Path) -> None:
    """Leave a framework in which one directorate alone reports indicators, while others have budgets."""
    leave_out(raw, "SCS", "CEF", "COM", "CSS", "key_points", "mapping", "risks")
    kept: set[str] = set()

    def is_kept(row: list[str]) -> bool:
        kept.update([row[1]] if "PH" in row else [])
        return row[1] in kept

    clear(raw / "framework.xlsx", "Indicators", first=5, but=is_kept)
    clear(raw / "framework.xlsx", "Targets", first=5, but=is_kept)
    clear(raw / "history.xlsx", "History", first=8, but=is_kept)


def without_a_return(raw: Path) -> None:
    """Leave finance, risks, savings and delays alone."""
    leave_out(raw, "SCS", "CEF", "PH", "COM", "CSS", "key_points")


def of_one_month(raw: Path) -> None:
    """Leave one month of delays, after that of which the council's statements speak, and no mapping."""
    leave_out(raw, "mapping", *(path.stem for path in (raw / "dtoc").glob("*.xls") if path.stem != "June_17"))


@pytest.mark.parametrize("leave", [without_a_figure, of_one_directorate, without_a_return, of_one_month])
def test_every_page_is_made_of_what_there_is(project: Path, tmp_path: Path, leave: Callable[[Path], None]) -> None:
    desk = lay_out(project, tmp_path)
    leave(desk / YEAR)
    made = run(desk, "--no-take-aways")
    assert made.returncode == cli.DONE, made.stdout + made.stderr
    folder = desk / "reports" / QUARTER.replace(" ", "-")
    for path in folder.glob("*.html"):
        page = Page(path)
        leads = {
            str(attributes["href"]).partition("#")[0]
            for tag, attributes in page.tags
            if tag == "a" and "href" in attributes
        }
        assert [to for to in sorted(leads - {""}) if not (path.parent / to).exists()] == [], path.name
        assert ODD.findall(page.text) == [], path.name
