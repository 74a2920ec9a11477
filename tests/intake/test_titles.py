"""What a workbook says of itself above its tables."""

from __future__ import annotations

import pytest

from perfkit.intake import titles
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import periods


def _book(*rows: list[object], file: str = "SCS.xlsx") -> Workbook:
    return Workbook(file, (Sheet(file, "Dashboard", list(rows)),))


def _council(book: Workbook) -> str | None:
    found = titles.council(book)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Oxfordshire County Council: performance dashboard", "Oxfordshire County Council"),
        (
            "Dashboard of the Royal Borough of Kensington and Chelsea Council",
            "Royal Borough of Kensington and Chelsea Council",
        ),
        ("Isle of Wight Council 2017-18", "Isle of Wight Council"),
        ("Stoke-on-Trent City Council", "Stoke-on-Trent City Council"),
        ("Brighton and Hove City Council - return", "Brighton and Hove City Council"),
        ("Bath & North East Somerset Council: key points", "Bath & North East Somerset Council"),
        ("St. Helens Borough Council: performance dashboard", "St. Helens Borough Council"),
        ("Bournemouth, Christchurch and Poole Council", "Bournemouth, Christchurch and Poole Council"),
        ("Quarterly return, Oxfordshire County Council", "Oxfordshire County Council"),
        ("London Borough of Hackney: performance dashboard 2017-18", "London Borough of Hackney"),
        ("Cornwall: red exceptions 2017-18", "Cornwall"),
    ],
)
def test_the_council_is_named_by_a_title(title: str, name: str) -> None:
    assert _council(_book([title])) == name


def test_no_council_is_made_of_other_words() -> None:
    assert titles.council(_book(["Performance dashboard for the council"])) is None
    assert titles.council(_book(["Social and Community Services: performance dashboard 2017-18"])) is None


@pytest.mark.parametrize("rows", [
    (["Quarter 1 2017-18"],),
    (["Dashboard 2017/18"], ["Q1 (April to June 2017)"]),
    (["Quarter 1"], ["Performance 2017-18"]),
    ([None, "2017-18 Q1 return"],),
])  # fmt: skip
def test_the_quarter_takes_its_year_from_its_own_or_another_title(rows: tuple[list[object], ...]) -> None:
    found = titles.quarter(_book(*rows))
    assert found is not None
    assert periods.label(found[0]) == "2017-18 Q1"


@pytest.mark.parametrize("rows", [(["Quarter 1"],), (["Quarter 5 2017-18"],), (["2017-18"],), (["Q1 2017-19"],), ()])
def test_no_quarter_is_guessed(rows: tuple[list[object], ...]) -> None:
    assert titles.quarter(_book(*rows)) is None


def test_nothing_is_taken_from_the_table_itself() -> None:
    book = _book(["Dashboard"], ["No.", "Indicator", "Baseline"], [1, "Visits", "2016-17 Q4"])
    assert titles.year(book) is None
    assert titles.quarter(book) is None


@pytest.mark.parametrize("rows", [
    (["Westmere Council", None, None, "Department:", "Place"], ["Quarter:", 1.0, "Year:", "2017-18"]),
    (["Council", "Westmere Council", "Quarter", "1", "Year", "2017/18"], ["No.", "Indicator", "RAG"]),
    (["No.", "Indicator", "RAG", None, "Council:", "Westmere Council"],
     [1, "Visits", "G", None, "Quarter", "Q1 2017-18"]),
    (["No.", "Indicator", "RAG", None, "Authority", "Westmere Council"], [1, "Visits", "G", None, "Quarter", 1],
     [2, "Loans", "A", None, "Year", "2017-18"]),
])  # fmt: skip
def test_what_stands_behind_a_label_is_a_title_in_a_row_of_several_and_beside_the_table(
    rows: tuple[list[object], ...],
) -> None:
    book, found = _book(*rows), titles.quarter(_book(*rows))
    assert found is not None
    assert (_council(book), periods.label(found[0])) == ("Westmere Council", "2017-18 Q1")


@pytest.mark.parametrize("rows", [
    (["Directorate", "Q1 2017-18", "RAG"], ["Place", 5, "G"]),
    (["Indicator", "Quarter", "Value"], ["Visits", "Q1 2017-18", None]),
    (["Period", "Statement", "Count"], ["2017-18 Q1", "outcomes reported", 23]),
    (["No.", "Title", "Quarter", "2017-18 Q1", "2017-18 Q2"], [1, "Visits", None, 5, 6]),
])  # fmt: skip
def test_headings_and_rows_of_a_table_are_no_titles(rows: tuple[list[object], ...]) -> None:
    assert titles.quarter(_book(*rows)) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Quarter 1 (April to June 2017)", False), ("Q1 (Apr-Jun 2017)", False), ("Q1 (April to June)", False),
        ("Q1 (1 April to 30 June 2017)", False), ("Q1 (first return)", False),
        ("Q1: arrears (January to March 2017)", False),
        ("Quarter 1 (April to June 2016)", True), ("Q1 (Jul - Sep 2017)", True),
        ("2017-18 Qtr 1 (April-June 2018)", True),
    ],
)  # fmt: skip
def test_months_behind_a_quarter_are_those_of_the_quarter(text: str, wrong: bool) -> None:
    book = Workbook("SCS.xlsx", (Sheet("SCS.xlsx", "Dashboard", [["Dashboard 2017-18"], [text]]),))
    own = periods.parse("2017-18 Q1")
    assert [issue.where.cell for issue in titles.other_months(book, own)] == (["A2"] if wrong else [])
