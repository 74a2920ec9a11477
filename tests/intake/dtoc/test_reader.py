"""Monthly delayed-transfers workbooks: every layout reads to the same rows, and what does not add up is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from perfkit.intake import dtoc
from perfkit.intake.named_months import month_in
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks import releases
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.model import schemas

OXFORDSHIRE, BCP = "Oxfordshire", "Bournemouth, Christchurch & Poole"
AREAS = [
    ("South East", "E10000025", "608", OXFORDSHIRE),
    ("South West", "E06000058", "738", BCP),
    ("South West", "E06000059", "-", "Dorset"),
    ("-", "-", "9901", "Resident in Scotland"),
]
ATTRIBUTIONS, SETTINGS = ("NHS", "Social Care", "Both"), ("Acute", "Non-Acute")
TITLES = {
    "A": "Awaiting completion of assessment", "C": "Awaiting further non-acute NHS care",
    "Dii": "Awaiting nursing home placement or availability", "E": "Awaiting care package in own home",
    "I": "Housing – patients not covered by NHS and Community Care Act", "O": "Other",
}  # fmt: skip
DAYS = {
    OXFORDSHIRE: {("NHS", "Acute", "C"): 90, ("NHS", "Non-Acute", "A"): 30, ("NHS", "Acute", "I"): 3,
                  ("Social Care", "Acute", "E"): 60, ("Social Care", "Non-Acute", "Dii"): 21,
                  ("Both", "Acute", "E"): 45},
    BCP: {("NHS", "Acute", "A"): 12, ("Both", "Non-Acute", "O"): 6},
    "Dorset": {("Social Care", "Acute", "A"): 15, ("NHS", "Acute", "Dii"): 9},
    "Resident in Scotland": {},
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How a release lays out the same figures."""

    month: str = "June 2019"
    ons: bool = True
    region: str = "Region"
    capitals: bool = False
    titles: tuple[str, ...] = ("Delayed Days", "DTOC Beds")
    reason_titles: tuple[str, ...] = ()
    spacer: bool = True
    notes: tuple[str, ...] = ()
    rows_above: int = 13
    wording: dict[str, str] = field(default_factory=dict)


LAYOUTS = {
    "2011: SHA of dashes, no national codes, capitals": Layout(
        "April 2011", ons=False, region="SHA", capitals=True, titles=()
    ),
    "2017: two blocks": Layout("June 2017"),
    "2018: reason I in new words": Layout("March 2018", wording={"I": "Housing - patients not covered by Care Act"}),
    "later: long titles, on every sheet, notes at the foot": Layout(
        titles=("Number of delayed days", "Average number of people delayed per day"),
        reason_titles=("Number of delayed days", "Average number of people delayed per day"),
        notes=("Notes", "1. Dorset and Bournemouth, Christchurch & Poole began on 1 April 2019.", "Source: MSitDT"),
    ),
    "later: people a day first, no spacer, fewer rows above": Layout(
        titles=("DToC people per day", "Delayed days"), spacer=False, rows_above=9
    ),
}


def workbook(layout: Layout | None = None, *, file: str = "release.xls") -> Workbook:
    layout = layout or Layout()
    sheets = [
        england(layout),
        by("LA - by type of care", layout, {s: s for s in SETTINGS}, 1, layout.titles),
        by("LA - by responsible org", layout, {a: a for a in ATTRIBUTIONS}, 0, layout.titles),
        by("LA - by reason", layout, {r: heading(r, layout) for r in TITLES}, 2, layout.reason_titles),
        [["Data Quality"], ["RQY", "A trust that revised its data"]],
    ]
    names = ("England", "LA - by type of care", "LA - by responsible org", "LA - by reason", "Data Quality")
    square = [[row + [None] * (max(map(len, rows)) - len(row)) for row in rows] for rows in sheets]
    return Workbook(file, tuple(Sheet(file, name, rows) for name, rows in zip(names, square, strict=True)))


def metadata(layout: Layout) -> list[list[Value]]:
    given = [["Title:", "Delayed Transfers of Care"], ["Period:", layout.month], ["Basis:", "Local Authority"],
             ["Revised:", "14th June 2018"], ["Status:", "Revised"]]  # fmt: skip
    rows: list[list[Value]] = [[None, *texts] for texts in given]
    return [[None], *rows, *[[None]] * (layout.rows_above - 1 - len(rows))]


def heading(letter: str, layout: Layout) -> str:
    text = layout.wording.get(letter, TITLES[letter])
    return f"{letter}) {text}".upper() if layout.capitals else f"{letter}) {text}"


def england(layout: Layout) -> list[list[Value]]:
    rows = metadata(layout)
    rows[-1] = [None, "England Level Data", None, "Number of Delayed Days during the reporting period"]
    rows.append([None, "Type of Care", "Reason for Delay", *ATTRIBUTIONS])
    rows += [[None, s, "-", *[summed(a, s) for a in ATTRIBUTIONS]] for s in SETTINGS]
    for setting in SETTINGS:
        for k, letter in enumerate(TITLES):
            figures = [summed(a, setting, letter) or ("NA" if letter == "C" else 0) for a in ATTRIBUTIONS]
            rows.append([None, None if k else setting, heading(letter, Layout(wording=layout.wording)), *figures])
    return rows


def summed(*words: str) -> int:
    return sum(n for days in DAYS.values() for key, n in days.items() if key[: len(words)] == words)


def by(name: str, layout: Layout, words: dict[str, str], place: int, titles: tuple[str, ...]) -> list[list[Value]]:
    labels = [layout.region, *(["ONS Geography"] if layout.ons else [None]), "Code", "Name"]
    blocks = list(titles) or [""]
    rows = metadata(layout)
    title_row: list[Value] = [None] * 5
    headings: list[Value] = [None, *labels]
    for title in blocks:
        gap: list[Value] = [None] if layout.spacer and title != blocks[0] else []
        title_row += [*gap, title or None, *[None] * len(words)]
        headings += [*gap, *words.values(), "TOTAL" if layout.capitals else "Total"]
    rows[-1] = title_row
    rows += [headings, figures(layout, ("-", "-", "-", "England"), list(DAYS), words, place, blocks), [None]]
    for region, ons, code, area in AREAS:
        region = "-" if layout.region == "SHA" else region
        rows.append(figures(layout, (region, ons, code, area), [area], words, place, blocks))
    return [*rows, [None], *[[None, note] for note in layout.notes]]


def figures(
    layout: Layout, labels: tuple[str, ...], areas: list[str], words: dict[str, str], place: int, blocks: list[str]
) -> list[Value]:
    days = [sum(n for a in areas for key, n in DAYS[a].items() if key[place] == word) for word in words]
    row: list[Value] = [None, labels[0], labels[1] if layout.ons else None, *labels[2:]]
    for title in blocks:
        scale = pd.Period(layout.month, "M").days_in_month if "per day" in title or "Beds" in title else 1
        values: list[Value] = [n / scale for n in (*days, sum(days))]
        row += [*([None] if layout.spacer and title != blocks[0] else []), *values]
    return row


def days(reading: Reading, **words: str) -> float:
    rows = reading.tables["delays"]
    wanted = {"area": OXFORDSHIRE, "attribution": "all", "setting": "all", "reason": "all"} | words
    for column, word in wanted.items():
        rows = rows[rows[column] == word]
    assert len(rows) == 1
    return float(rows["delayed_days"].iloc[0])


def changed(book: Workbook, sheet: str, edit: Callable[[list[list[Value]]], object]) -> Workbook:
    copies = []
    for one in book.sheets:
        rows = [list(row) for row in one.rows]
        if one.name == sheet:
            edit(rows)
        copies.append(Sheet(one.file, one.name, rows))
    return Workbook(book.file, tuple(copies))


def found_at(book: Workbook, sheet: str, text: Value) -> tuple[int, int]:
    rows = next(s for s in book.sheets if s.name == sheet).rows
    return next((r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if value == text)


def put(row: int, column: int, value: Value) -> Callable[[list[list[Value]]], object]:
    return lambda rows: rows[row].__setitem__(column, value)


def messages(book: Workbook) -> list[str]:
    reading = dtoc.read(book)
    assert not reading.tables
    return [str(issue) for issue in reading.issues if issue.stops]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_layout_reads_to_the_same_figures(layout: Layout) -> None:
    reading = dtoc.read(workbook(layout))
    assert reading.issues == ()
    assert days(reading) == 249
    assert [days(reading, attribution=a) for a in ("NHS", "social care", "both")] == [123, 81, 45]
    assert [days(reading, setting=s) for s in ("acute", "non-acute")] == [198, 51]
    assert [days(reading, reason=r) for r in ("A", "C", "Dii", "E", "I", "O")] == [30, 90, 21, 105, 3, 0]
    assert days(reading, area="England", attribution="both", setting="acute", reason="E") == 45
    assert days(reading, area=BCP) == 18


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_layout_gives_a_frame_that_keeps_to_the_table(layout: Layout) -> None:
    frame = dtoc.read(workbook(layout)).tables["delays"]
    pd.testing.assert_frame_equal(frame, schemas.conform(frame, schemas.DELAYS))


def test_a_row_knows_its_own_cell_kind_region_and_status() -> None:
    book = workbook()
    rows = dtoc.read(book).tables["delays"].set_index(["area", "attribution", "setting", "reason"])
    row = rows.loc[(OXFORDSHIRE, "social care", "all", "all")]
    assert (row["sheet"], row["cell"], row["area_code"]) == ("LA - by responsible org", "G17", "608")
    assert book.sheets[2].rows[16][6] == row["delayed_days"] == 81
    assert (row["region"], row["status"], row["calendar_days"]) == ("South East", "revised", 30)
    kinds = rows["area_kind"].groupby("area").first()
    assert kinds["England"] == "country"
    assert kinds["Dorset"] == "authority"
    assert kinds["Resident in Scotland"] == "elsewhere"


def test_reason_titles_are_the_same_in_every_layout() -> None:
    frames = [dtoc.read(workbook(layout)).tables["delays"] for layout in LAYOUTS.values()]
    titles = pd.concat(frames).groupby("reason")["reason_title"].unique()
    assert titles["I"].tolist() == ["Housing: patients not covered by the Care Act"]
    assert titles["all"].tolist() == ["All reasons"]


def test_the_total_of_an_area_is_given_once() -> None:
    frame = dtoc.read(workbook()).tables["delays"]
    assert len(frame[(frame[["attribution", "setting", "reason"]] == "all").all(axis=1)]) == len(AREAS) + 1


def test_a_marker_is_kept_and_is_not_zero() -> None:
    book = workbook()
    for name, width in (("LA - by type of care", 2), ("LA - by responsible org", 3), ("LA - by reason", 6)):
        row, column = found_at(book, name, "Resident in Scotland")
        for c in range(column + 1, column + 1 + width):
            book = changed(book, name, put(row, c, "-"))
    row, column = found_at(book, "LA - by responsible org", "Resident in Scotland")
    book = changed(book, "LA - by responsible org", put(row, column + 1, None))
    rows = dtoc.read(book).tables["delays"].set_index(["area", "attribution", "setting", "reason"])
    scotland = rows.loc["Resident in Scotland"]
    assert scotland.loc[("all", "all", "all"), "delayed_days"] == 0
    assert scotland.loc[("both", "all", "all"), "marker"] == "-"
    assert scotland.loc[("NHS", "all", "all"), "marker"] != "-"
    assert scotland["delayed_days"].notna().sum() == 1
    assert rows.loc[("England", "both", "acute", "C"), "marker"] == "NA"


def test_numbers_kept_as_text_read_as_numbers() -> None:
    book = workbook()
    row, column = found_at(book, "LA - by responsible org", OXFORDSHIRE)
    book = changed(book, "LA - by responsible org", put(row, column + 1, " 123 "))
    assert days(dtoc.read(book), attribution="NHS") == 123


def test_a_note_merged_across_the_table_is_no_area() -> None:
    book = changed(workbook(), "LA - by reason", lambda rows: rows.append([None, *["Note: revised in June."] * 11]))
    assert days(dtoc.read(book)) == 249


def test_the_input_is_not_changed() -> None:
    book = workbook()
    before = [[list(row) for row in sheet.rows] for sheet in book.sheets]
    dtoc.read(book)
    assert [[list(row) for row in sheet.rows] for sheet in book.sheets] == before


def test_recognises_by_content_alone() -> None:
    book = workbook()
    assert dtoc.recognises(book)
    by_trust = book
    for sheet in [s.name for s in book.sheets[:4]]:
        by_trust = changed(by_trust, sheet, put(*found_at(book, sheet, "Local Authority"), "NHS Organisations"))
    assert dtoc.recognises(by_trust)
    (issue,) = dtoc.read(by_trust).issues
    assert 'found delayed transfers by "NHS Organisations", expected delayed days by local authority' in str(issue)
    assert not dtoc.recognises(Workbook("empty.xls", (Sheet("empty.xls", "Sheet1", []),)))


CASES: dict[str, tuple[str, Value, Value, str]] = {
    "a figure that breaks a row's sum": (
        "LA - by responsible org", 81.0, 82.0,
        "found a total of 249 for Oxfordshire, expected 250, the sum by attribution",
    ),
    "a figure that breaks England's sum": (
        "LA - by responsible org", 81.0, 82.0,
        "found 96 for England (social care), expected 97, the sum of the areas below",
    ),
    "a total unlike the other sheets'": (
        "LA - by responsible org", 249.0, 250.0, "found a total of 250 for Oxfordshire, expected 249, as on",
    ),
    "an unknown text": ("LA - by reason", 105.0, "see note", 'found "see note", expected a number of days'),
    "half a day": ("LA - by reason", 105.0, 105.5, "found 105.5, expected a whole number of days, 0 or more"),
    "fewer than none": ("LA - by reason", 105.0, -105.0, "found -105, expected a whole number of days, 0 or more"),
    "an unknown heading": (
        "LA - by reason", "E) Awaiting care package in own home", "Parcel", 'found the heading "Parcel", expected a'
    ),
    "a reason under another's letter": (
        "LA - by reason", "E) Awaiting care package in own home", "E) Disputes",
        'found the reason "E) Disputes", expected words of reason E such as "Awaiting care package in own home"',
    ),
    "an area twice": ("LA - by reason", BCP, "Dorset", 'found the area "Dorset" again (first in row 18)'),
    "an area that another sheet does not have": (
        "LA - by reason", BCP, "Poole", f"found no row for {BCP}, expected one, as on sheet",
    ),
    "another code": ("LA - by reason", "608", "609", 'found code "609" for Oxfordshire, expected "608"'),
    "another region": ("LA - by reason", "South East", "London", 'found region "London" for Oxfordshire'),
    "figures without a name": ("LA - by reason", "Dorset", None, "found figures without the name of an area"),
    "no England": ("LA - by reason", "England", "Englond", "found no row for England"),
    "another period on one sheet": (
        "LA - by reason", "June 2019", "May 2019", 'found "May 2019", expected June 2019, as on sheet England',
    ),
    "a period that is none": ("England", "June 2019", "Juneish", 'found "Juneish", expected a month such as'),
    "no England sheet": ("England", "Reason for Delay", "Why", "no table that can be read as the England sheet"),
    "a missing sheet": (
        "LA - by reason", "Name", "Who", "no table that can be read as the sheet of authorities by reason"
    ),
    "an England sheet that does not add up": ("England", 60, 61, "expected 76, the sum of its reasons"),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "old", "new", "expected"), CASES.values(), ids=CASES.keys())
def test_what_is_wrong_is_said_and_nothing_is_loaded(sheet: str, old: Value, new: Value, expected: str) -> None:
    book = workbook()
    place = found_at(book, sheet, old)
    assert any(expected in message for message in messages(changed(book, sheet, put(*place, new))))


def test_an_issue_names_file_sheet_and_cell_and_what_to_do() -> None:
    book = workbook(file="dtoc/June_19.xls")
    place = found_at(book, "LA - by reason", 105.0)
    [message] = [m for m in messages(changed(book, "LA - by reason", put(*place, "?"))) if '"?"' in m]
    assert message == (
        'dtoc/June_19.xls, sheet LA - by reason, cell I15: found "?", expected a number of days, or a marker such as '
        "- or NA. Type the number, or the publisher's marker."
    )


def test_every_fault_is_told_at_once() -> None:
    book = workbook()
    for sheet in ("LA - by reason", "LA - by type of care"):
        row, column = found_at(book, sheet, OXFORDSHIRE)
        book = changed(book, sheet, put(row, column + 1, "?"))
    assert len({m.split(",")[1] for m in messages(book) if '"?"' in m}) == 2


def test_a_new_reason_is_loaded_with_a_warning() -> None:
    book = workbook(Layout(wording={"O": "x"}))
    new = "P) Awaiting a new service"
    for sheet in ("England", "LA - by reason"):
        book = changed(book, sheet, lambda rows: [
            row.__setitem__(c, new) for row in rows for c, v in enumerate(row) if v == "O) x"
        ])  # fmt: skip
    reading = dtoc.read(book)
    assert days(reading, area=BCP, reason="P") == 6
    assert {str(issue.severity) for issue in reading.issues} == {"warning"}


def test_days_and_people_a_day_that_disagree_are_a_warning() -> None:
    book = workbook()
    place = found_at(book, "LA - by responsible org", 81 / 30)
    [issue] = dtoc.read(changed(book, "LA - by responsible org", put(*place, 27.0))).issues
    assert not issue.stops
    assert "found 27.0 people a day, expected 2.7: the delayed days beside it over 30 days" in str(issue)


def test_parts_that_are_not_published_leave_a_warning_not_an_error() -> None:
    book = workbook()
    place = found_at(book, "LA - by responsible org", 81.0)
    reading = dtoc.read(changed(book, "LA - by responsible org", put(*place, "*")))
    assert [issue.stops for issue in reading.issues].count(True) == 0
    assert any("found a total of 249 for Oxfordshire, expected 168" in str(issue) for issue in reading.issues)


def test_a_hidden_sheet_is_named_where_it_is_missed() -> None:
    book = workbook()
    hidden = Workbook(book.file, book.sheets[1:], ("England",))
    assert any("(hidden and so not read: England)" in message for message in messages(hidden))


@pytest.mark.parametrize(
    ("status", "revised", "expected"),
    [("Illustrative", "", "illustrative"), ("Published", "14th June 2018", "revised"), ("Published", "", "final"),
     ("Provisional", "", "provisional")],
)  # fmt: skip
def test_status_follows_the_words_above_the_tables(status: str, revised: str, expected: str) -> None:
    book = workbook()
    for sheet in [s.name for s in book.sheets[:4]]:
        book = changed(book, sheet, put(*found_at(book, sheet, "Revised"), status))
        book = changed(book, sheet, put(*found_at(book, sheet, "14th June 2018"), revised or None))
    assert set(dtoc.read(book).tables["delays"]["status"]) == {expected}


@pytest.mark.parametrize(
    ("name", "month"),
    [("June_17.xls", "2017-06"), ("Sept_16.xls", "2016-09"), ("Apr-19.xlsx", "2019-04"), ("MARCH 2018.xls", "2018-03"),
     ("LA-Type-B-February-2020-4W5PA.xls", "2020-02"), ("2011_APRIL.xls", "2011-04"), ("dtoc 2017-05.xls", "2017-05"),
     ("2017-18/dtoc/May_16.xls", "2016-05"), ("DTOC 2017-18.xls", None), ("Marketing_17.xls", None),
     ("delays.xls", None)],
)  # fmt: skip
def test_the_month_in_a_file_name(name: str, month: str | None) -> None:
    assert month_in(name) == (pd.Period(month, "M") if month else None)


def test_the_file_name_is_held_against_the_period() -> None:
    assert dtoc.read(workbook(file="dtoc/June_19.xls")).issues == ()
    assert dtoc.read(workbook(file="delays.xls")).issues == ()
    [message] = messages(workbook(file="dtoc/July_19.xls"))
    assert 'found "June 2019", expected July 2019, as the file\'s name says' in message


def test_an_xlsx_reads_as_an_xls_does(tmp_path: Path) -> None:
    book, copy = workbook(), openpyxl.Workbook()
    copy.remove(copy.active)
    for sheet in book.sheets:
        page = copy.create_sheet(sheet.name)
        for r, c, value in sheet.cells():
            page.cell(r + 1, c + 1, value)
    copy.save(tmp_path / "June_19.xlsx")
    found = dtoc.read(releases.read(tmp_path / "June_19.xlsx"))
    assert found.issues == ()
    expected = dtoc.read(book).tables["delays"].assign(file="June_19.xlsx")
    pd.testing.assert_frame_equal(found.tables["delays"], expected, check_dtype=False)


def test_a_total_of_england_that_is_missing_is_told() -> None:
    book = workbook()
    without = changed(book, "England", lambda rows: rows.pop(14))
    assert any(
        "found no row for the total of acute care, expected one, as for non-acute" in m for m in messages(without)
    )
    reading = dtoc.read(changed(without, "England", lambda rows: rows.pop(14)))
    assert [issue.stops for issue in reading.issues] == [False]
    assert "found no totals of acute and non-acute care" in str(reading.issues[0])


def test_a_figure_beside_zero_is_refused_and_one_beside_a_whole_number_is_it() -> None:
    book = workbook()
    row, column = found_at(book, "LA - by reason", OXFORDSHIRE)
    assert any("found 4.4e-308" in m for m in messages(changed(book, "LA - by reason", put(row, column + 6, 4.4e-308))))
    row, column = found_at(book, "LA - by reason", "Dorset")
    reading = dtoc.read(changed(book, "LA - by reason", put(row, column + 3, 9.000000000000002)))
    assert days(reading, area="Dorset", reason="Dii") == 9


def test_a_second_table_is_told() -> None:
    book = workbook()
    twice = Workbook(book.file, (*book.sheets, Sheet(book.file, "LA - by reason (2)", book.sheets[3].rows)))
    assert any(
        "LA - by reason (2), cell E14: found a second table by reason, expected one" in m for m in messages(twice)
    )


def test_a_heading_repeated_below_is_told() -> None:
    book = workbook()
    again = changed(book, "LA - by reason", lambda rows: rows.append(list(rows[13])))
    assert any('found "Total", expected a number of days' in message for message in messages(again))


def test_a_block_of_people_alone_is_told() -> None:
    book = changed(workbook(), "LA - by type of care", put(12, 5, "DTOC Beds"))
    assert any("found no block of delayed days" in message for message in messages(book))


def test_a_period_that_excel_made_a_date_of_is_its_month() -> None:
    book = workbook()
    for sheet in [s.name for s in book.sheets[:4]]:
        book = changed(book, sheet, put(*found_at(book, sheet, "June 2019"), dt.datetime(2019, 6, 1)))
    assert set(dtoc.read(book).tables["delays"]["month"]) == {pd.Period("2019-06", "M")}


def test_codes_kept_as_numbers_read_as_codes() -> None:
    book = workbook()
    for sheet in [s.name for s in book.sheets[1:4]]:
        book = changed(book, sheet, put(*found_at(book, sheet, "608"), 608.0))
    frame = dtoc.read(book).tables["delays"]
    assert set(frame.loc[frame["area"] == OXFORDSHIRE, "area_code"]) == {"608"}


def test_labels_may_stand_one_row_above_the_figures() -> None:
    book = workbook()

    def lift(rows: list[list[Value]]) -> None:
        for c in range(1, 5):
            rows[12][c], rows[13][c] = rows[13][c], None

    assert days(dtoc.read(changed(book, "LA - by responsible org", lift)), attribution="both") == 45


def test_a_month_in_doubt_is_told_alone_since_no_people_a_day_can_be_worked_out_by_it() -> None:
    book = workbook(file="dtoc/June_19.xls")
    for sheet in book.sheets[:-1]:
        book = changed(book, sheet.name, put(*found_at(book, sheet.name, "June 2019"), "May 2019"))
    [issue] = dtoc.read(book).issues
    assert 'found "May 2019", expected June 2019, as the file\'s name says' in str(issue)
