"""Properties of the parsers, tried on thousands of texts: pytest --hypothesis-profile thorough tries more."""

from __future__ import annotations

import math
import re
import string
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfkit.intake import cells, headings, markers, returns, signs, titles
from perfkit.intake.returns import dashboards, quarter_blocks
from perfkit.intake.workbooks import biff_cells
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import periods

from .conftest import GOOD_ROWS, HEADINGS

MANY = settings(max_examples=max(300, settings.default.max_examples))
SPACES = st.text(alphabet=" \t\n\u00a0", max_size=3)
TEXTS = st.text(max_size=40)
ANY_CELL = (
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.datetimes() | st.dates() | st.times()
    | st.timedeltas() | st.sampled_from(["=A1", "#REF!", "67%", "[c]", "70% to 100%", "1,234*", "3-5", "0931", "-0"])
)  # fmt: skip
OTHER_SIGNS = st.characters(
    exclude_characters=string.digits + ".,-%[]()£‐‑‒–—−", exclude_categories=("Zs", "Zl", "Zp", "Cc", "Cs")
)
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2).map(float)


@MANY
@given(st.sampled_from(sorted(markers.MEANINGS)), SPACES, SPACES, st.sampled_from([str.lower, str.upper, str.title]))
def test_a_marker_means_the_same_in_any_case_and_spacing(marker: str, before: str, after: str, case: Any) -> None:
    assert markers.meaning(f"{before}{case(marker)}{after}") == markers.MEANINGS[marker]


@MANY
@given(TEXTS)
def test_a_marker_with_a_digit_is_a_range_or_points_to_a_note(text: str) -> None:
    if any(sign.isdigit() for sign in text):
        assert markers.meaning(text) in (None, markers.RANGE, markers.NOTE)


@given(NUMBERS, NUMBERS)
def test_a_range_is_never_a_figure(low: float, high: float) -> None:
    for form in (f"{low}% to {high}%", f"{low}%-{high}%", f"{low}%–{high}%", f"{low} to {high}", f"{low}-{high}"):
        read = cells.number(form, unit="percent")
        assert read.value is None
        assert read.marker or read.problem


@MANY
@given(NUMBERS, st.text(OTHER_SIGNS, min_size=1, max_size=6))
def test_a_number_with_words_or_signs_at_it_is_no_figure(number: float, more: str) -> None:
    for text in (f"{number}{more}", f"{more}{number}", f"{number} {more}", f"{more} {number}"):
        assert cells.number(text, unit="count").value is None


@MANY
@given(NUMBERS, SPACES, SPACES, st.sampled_from(["", "[p]", " [p]", "[r]", "  [R]"]))
def test_a_figure_is_itself_in_any_spacing_and_with_its_marker(
    number: float, before: str, after: str, mark: str
) -> None:
    for text in (f"{number:.2f}", f"{number:,.2f}"):
        read = cells.number(f"{before}{text}{mark}{after}", unit="count")
        assert read.value == number
        assert bool(read.marker) is bool(mark)


@MANY
@given(ANY_CELL, st.sampled_from(["", "percent", "count", "rate", "hours", "£"]), st.sampled_from(["", "0%", "d-mmm"]))
def test_any_cell_is_one_thing_only_and_zero_is_never_negative(value: object, unit: str, number_format: str) -> None:
    read = cells.number(value, unit=unit, number_format=number_format)
    assert read.value is None or (math.isfinite(read.value) and str(read.value) != "-0.0")
    assert not (read.problem and read.problem.severity == "error" and read.marker)
    blank = value is None or (isinstance(value, str) and not value.strip())
    assert blank or read.value is not None or read.marker or read.problem


@MANY
@given(ANY_CELL)
def test_signs_are_words_of_their_lists_or_problems(value: object) -> None:
    for read, words in ((signs.rating(value), signs.RATINGS), (signs.outlook(value), signs.OUTLOOKS)):
        assert read.value is None or read.value in words.values()
        empty = " ".join(str("" if value is None else value).split()).rstrip("\ufe0e\ufe0f").lower() in signs.NO_RATING
        assert read.value or read.problem or empty


@MANY
@given(st.integers(2000, 2098), st.integers(1, 4), st.sampled_from(["Quarter {q}", "Q{q}", "QUARTER {q}", "Qtr {q}"]),
       st.sampled_from(["{q} {y}", "{y} {q}", "Return for {q}, {y}", "{q} ({y})", "{y}: {q} return"]),
       st.sampled_from(["-", "/", "–"]))  # fmt: skip
def test_a_title_names_its_quarter_in_every_form(year: int, number: int, quarter: str, form: str, dash: str) -> None:
    text = form.format(q=quarter.format(q=number), y=f"{year}{dash}{(year + 1) % 100:02}")
    found = titles.quarter(Workbook("a.xlsx", (Sheet("a.xlsx", "A", [[text]]),)))
    assert found is not None
    assert periods.label(found[0]) == f"{year}-{(year + 1) % 100:02} Q{number}"


@MANY
@given(st.lists(st.lists(ANY_CELL, max_size=6), max_size=8))
def test_no_grid_of_cells_stops_the_search_for_titles_and_headings(rows: list[list[object]]) -> None:
    book = Workbook("a.xlsx", (Sheet("a.xlsx", "A", rows),))
    assert titles.council(book) is None or "Council" in str(rows)
    titles.quarter(book)
    assert not returns.recognises(book)
    for sheet in book.sheets:
        for row in range(len(rows)):
            found = headings.match(sheet, row, quarter_blocks.aliases([1, 2]), year="*")
            assert all(column < 6 for column in found.columns.values())


@MANY
@given(TEXTS, st.sampled_from(["", "*", "2017-18"]))
def test_a_heading_in_bare_words_stays_as_it_is(text: str, year: str) -> None:
    once = headings.timed(text, year)
    assert headings.words(once) == once
    assert set(once) <= set(string.ascii_lowercase + string.digits + "%£ ")


@MANY
@given(st.permutations(range(len(HEADINGS))), st.sampled_from(range(len(GOOD_ROWS))))
def test_the_order_of_columns_does_not_matter(order: list[int], row: int) -> None:
    lines = [[line[place] for place in order] for line in (HEADINGS, GOOD_ROWS[row])]
    found = dashboards.dashboard(1).find(Sheet("a.xlsx", "A", lines))
    assert found is not None
    assert lines[1][found.columns["ref"]] == GOOD_ROWS[row][0]
    assert lines[1][found.columns["actual"]] == GOOD_ROWS[row][4]
    assert lines[1][found.columns["rag"]] == GOOD_ROWS[row][6]


@settings(
    max_examples=max(60, settings.default.max_examples // 10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(column=st.sampled_from(range(len(HEADINGS))), value=ANY_CELL, row=st.sampled_from(range(len(GOOD_ROWS))))
def test_any_cell_in_a_return_is_read_right_or_told(
    return_book: Any, framework: dict[str, pd.DataFrame], column: int, value: object, row: int
) -> None:
    rows = [list(line) for line in GOOD_ROWS]
    rows[row][column] = value
    reading = returns.read(return_book(rows), framework=framework)
    if reading.stops:
        assert reading.tables == {}
        return
    right = {"satisfaction": 68.0, "delayed": 15.0, "quitters": 2400.0, "investors": 17.0}
    read = reading.tables["observations"].query("part == 1").set_index("indicator")["value"].dropna().to_dict()
    for indicator, figure in read.items():
        assert figure == right.get(indicator) or (column == HEADINGS.index("Q1 Actual") and says(value, figure))


def says(value: object, figure: float) -> bool:
    """Whether a cell says a figure, by other means than perfkit's."""
    if isinstance(value, int | float):
        return float(value) == figure
    plain = re.sub(r"[,%\s]|\[[pr]\]", "", str(value), flags=re.IGNORECASE)
    return str(value).strip().lower().startswith(("complet", "done", "deliver")) or float(plain) == figure


@MANY
@given(st.binary(max_size=2048))
def test_no_bytes_stop_the_look_into_an_old_workbook(content: bytes) -> None:
    biff_cells.read(content)
    biff_cells.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content)
