"""Delayed transfers in wordings and layouts that later or other months use: the same figures, or a located issue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perfkit.intake import dtoc
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook, cell_name
from tests.intake.dtoc.test_reader import BCP, OXFORDSHIRE, changed, days, found_at, messages, put, workbook

TYPE, ORG, REASON = "LA - by type of care", "LA - by responsible org", "LA - by reason"
TABLES = (TYPE, ORG, REASON)
Rows = list[list[Value]]


def on_tables(edit: Callable[[Rows], object], book: Workbook | None = None) -> Workbook:
    book = book or workbook()
    for sheet in TABLES:
        book = changed(book, sheet, edit)
    return book


def worded(old: str, new: str) -> Workbook:
    def write(rows: Rows) -> None:
        for row in rows:
            row[:] = [new if value == old else value for value in row]

    return changed(on_tables(write), "England", write)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Code", "Organisation Code"), ("ONS Geography", "LA ONS Code"), ("Name", "Responsible Local Authority"),
        ("Region", "NHS England Region"), ("Total", "Total Days"), ("NHS", "Delays attributable to NHS"),
        ("Social Care", "Social Services"), ("Both", "NHS & Social Care"), ("Both", "Jointly attributable"),
        ("Acute", "Acute Total"), ("Non-Acute", "Non Acute Care"), ("Delayed Days", "Delayed Bed Days"),
        ("Delayed Days", "Number of bed days lost"), ("DTOC Beds", "Average number of people delayed per day"),
        ("O) Other", "N) Other"), ("O) Other", "Other"), ("E) Awaiting care package in own home", "E"),
        ("Dii) Awaiting nursing home placement or availability", "D_ii Awaiting nursing home placement"),
        ("A) Awaiting completion of assessment", "Awaiting completion of assessment"),
        ("England", "England (Total)"), ("England", "TOTAL"), ("Dorset", "Dorset*"),
        ("Reason for Delay", "Reasons for delay"), ("Name", "UTLA"), ("Name", "Local Authority Name (UTLA)"),
        ("Name", "Name of local authority"), ("Total", "Total [note 2]"), ("Non-Acute", "Non-Acute (note 1)"),
        ("Dorset", "Dorset1"), ("England", "England2,3"), ("Dorset", "Dorset (1)*"), ("608", "n/a"),
        ("Dii) Awaiting nursing home placement or availability", "DII"),
        ("Delayed Days", "Delayed Days, June 2019"), ("DTOC Beds", "Delayed days, previously published"),
        ("DTOC Beds", "Delayed days in the year to date"),
    ],
)  # fmt: skip
def test_another_wording_means_the_same(old: str, new: str) -> None:
    reading = dtoc.read(worded(old, new))
    assert reading.issues == ()
    assert [days(reading, attribution=a) for a in ("NHS", "social care", "both")] == [123, 81, 45]
    assert [days(reading, setting=s) for s in ("acute", "non-acute")] == [198, 51]
    assert [days(reading, reason=r) for r in ("A", "Dii", "E")] == [30, 21, 105]
    assert days(reading, area=BCP, reason="O") == 6
    assert days(reading, area="England", attribution="both", setting="acute", reason="E") == 45
    assert days(reading, area="Dorset") == 24


def test_days_of_another_month_before_those_of_the_month_are_told() -> None:
    """Last year's stand first: their sums may hold, so that their title alone tells."""
    reading = dtoc.read(worded("Delayed Days", "Delayed Days June 2018"))
    [issue] = [issue for issue in reading.issues if issue.where.sheet == TYPE]
    assert str(issue).endswith(
        'cell F14: found days under the title "Delayed Days June 2018", expected those of June 2019, the month of the '
        "workbook, first. Leave out the other month's, or put them after those of the month."
    )


@pytest.mark.parametrize("said", ["Number of patients delayed at midnight on the last Thursday", "Patient snapshot"])
def test_a_workbook_of_patients_delayed_on_one_day_is_no_workbook_of_days(said: str) -> None:
    [issue] = dtoc.read(on_tables(lambda rows: rows[3].__setitem__(slice(1, 3), ["Summary:", said]))).issues
    assert "found a workbook of the patients who were delayed on one day of the month" in str(issue)
    assert "Load the month's workbook of total delayed days by local authority" in str(issue)
    days_said = "Number of delayed days, by the type of care that patients receive"
    assert not dtoc.read(on_tables(lambda rows: rows[3].__setitem__(slice(1, 3), ["Summary:", days_said]))).stops


def test_the_list_of_every_provider_is_told_to_be_no_workbook_by_authority() -> None:
    rows: Rows = [["Period", "Provider Org Name", "Local Authority Name", "Reason For Delay", "NHS Delayed Days",
                   "Social Care Delayed Days", "Both Delayed Days"],
                  ["MARCH", "A TRUST", OXFORDSHIRE, "A_ASSESSMENT", 31.0, 0.0, 0.0]]  # fmt: skip
    book = Workbook("March-2018.csv", (Sheet("March-2018.csv", "", rows),))
    assert dtoc.recognises(book)
    [issue] = dtoc.read(book).issues
    assert "cell B1: found a list of delays with a row for each provider, authority and reason" in str(issue)


def test_the_series_of_all_months_asks_for_the_workbook_of_each() -> None:
    rows: Rows = [[None, "Delayed Transfers of Care, time series"], [None, "Year", "Period", "NHS", "Both", "Total"],
                  [None, "2010-11", "August", 100.0, 10.0, 110.0]]  # fmt: skip
    book = Workbook("series.xls", (Sheet("series.xls", "DTOC Days", rows),))
    assert dtoc.recognises(book)
    [issue] = dtoc.read(book).issues
    assert str(issue) == (
        "series.xls, sheet DTOC Days, cell C2: found a series of months down its rows, expected delayed days by local "
        "authority. Load the month's workbook of total delayed days by local authority, published beside it."
    )


def test_one_sheet_saved_as_text_asks_for_the_workbook() -> None:
    own = next(sheet for sheet in workbook().sheets if sheet.name == TYPE)
    book = Workbook("June_19.csv", (Sheet("June_19.csv", "", own.rows),))
    assert [str(issue) for issue in dtoc.read(book).issues] == [
        "June_19.csv: found one sheet of a month's workbook, saved as text, expected the workbook with all its sheets, "
        "which are held against each other. Load the workbook itself, as it was published."
    ]


def test_the_rates_of_a_year_are_told_to_be_no_days() -> None:
    said = "Delayed transfers of care from hospital per 100,000 population (ASCOF 2C)"
    [issue] = dtoc.read(on_tables(lambda rows: rows[3].__setitem__(slice(1, 3), ["Summary:", said]))).issues
    assert "found a workbook of the year's rates, expected delayed days by local authority" in str(issue)


def test_a_sheet_by_trust_beside_those_by_authority_is_left_out_and_told() -> None:
    book = workbook()
    sheet = next(sheet for sheet in book.sheets if sheet.name == TYPE)
    rows = [["Provider" if value == "Local Authority" else value for value in row] for row in sheet.rows]
    [place] = [(r, row.index("Provider")) for r, row in enumerate(rows) if "Provider" in row]
    reading = dtoc.read(Workbook(book.file, (*book.sheets, Sheet(book.file, "Trust - by type of care", rows))))
    [issue] = reading.issues
    assert days(reading) == 249
    assert str(issue) == (
        f"release.xls, sheet Trust - by type of care, cell {cell_name(*place)}: found delayed transfers by "
        '"Provider", expected delayed days by local authority. The sheet is not read.'
    )


def test_a_code_that_one_sheet_lacks_is_a_warning() -> None:
    [issue] = dtoc.read(changed(workbook(), REASON, put(*found_at(workbook(), REASON, "608"), None))).issues
    assert not issue.stops
    assert 'found no code for Oxfordshire, expected "608", as on sheet LA - by type of care' in str(issue)
    [issue] = dtoc.read(changed(workbook(), TYPE, put(*found_at(workbook(), TYPE, "738"), "N/A"))).issues[:1]
    assert "expected it on sheet LA - by type of care too" in str(issue)


def test_a_setting_in_all_may_say_so_in_words() -> None:
    book = changed(changed(workbook(), "England", put(14, 2, "All reasons")), "England", put(15, 1, "Total Non-Acute"))
    reading = dtoc.read(book)
    assert reading.issues == ()
    assert days(reading, area="England", attribution="NHS", setting="acute") == 114


def test_titles_may_stand_in_each_heading() -> None:
    def join(rows: Rows) -> None:
        titles = [value or "" for value in rows[12]]
        titles = [titles[5] if 5 <= c < titles.index("DTOC Beds") else "DTOC Beds" for c in range(len(titles))]
        rows[13] = [f"{value} - {titles[c]}" if c > 4 and value else value for c, value in enumerate(rows[13])]
        rows[12] = [None] * len(rows[12])

    book = changed(changed(workbook(), TYPE, join), ORG, join)
    assert days(dtoc.read(book), attribution="NHS") == 123


def test_england_may_stand_at_the_foot_or_there_again() -> None:
    assert days(dtoc.read(on_tables(lambda rows: rows.append(rows.pop(14)))), area="England") == 291
    again = on_tables(lambda rows: rows.append([*rows[14][:4], "Grand Total", *rows[14][5:]]))
    reading = dtoc.read(again)
    assert reading.issues == ()
    assert days(reading, area="England") == 291


def test_england_again_with_another_figure_is_told() -> None:
    book = on_tables(lambda rows: rows.append([*rows[14][:5], 5.0, *rows[14][6:]]))
    assert any('found the area "England" again' in message for message in messages(book))


def with_regions(rows: Rows) -> None:
    dorset, bcp = (next(row for row in rows if name in row) for name in ("Dorset", BCP))
    total = [a + b if isinstance(a, float | int) and isinstance(b, float | int) else None
             for a, b in zip(dorset[5:], bcp[5:], strict=True)]  # fmt: skip
    rows.insert(19, [None, "South West", "-", "-", "South West total", *total])


def test_totals_of_regions_are_held_against_their_authorities_and_not_loaded() -> None:
    book = on_tables(with_regions)
    reading = dtoc.read(book)
    assert reading.issues == ()
    assert days(reading) == 249
    assert "South West total" not in set(reading.tables["delays"]["area"])
    wrong = changed(book, REASON, put(19, 5, 28.0))
    assert any("cell F20: found 28 for South West (A), expected 27, the sum of its authorities" in m
               for m in messages(wrong))  # fmt: skip


def test_a_note_with_a_sign_in_the_column_of_codes_is_no_area() -> None:
    notes: Rows = [[None, None, None, "*", f"Note {number}", *[None] * 12] for number in (1, 2)]
    reading = dtoc.read(on_tables(lambda rows: rows.extend(notes)))
    assert reading.issues == ()


def test_a_rank_or_share_beside_the_figures_is_not_read_and_said_so() -> None:
    def add(rows: Rows) -> None:
        for r, row in enumerate(rows):
            row.append("% NHS" if r == 13 else 0.5 if r > 13 and row[4] else None)

    reading = dtoc.read(changed(workbook(), ORG, add))
    assert days(reading, attribution="NHS") == 123
    [issue] = reading.issues
    assert str(issue).endswith("Its column is not read.")


@pytest.mark.parametrize("title", ["Delayed Days April to June 2019", "Delayed Days, Apr-Jun 2019", "Year to date"])
def test_the_days_of_the_year_so_far_may_stand_before_those_of_the_month(title: str) -> None:
    def add(rows: Rows) -> None:
        for r, row in enumerate(rows[12:], 12):
            days = [v * 3 if isinstance(v, float | int) else v for v in row[5:8]]
            row[5:5] = [title, None, None, None] if r == 12 else [*days, *[None] * (4 - len(days))]

    reading = dtoc.read(changed(workbook(), TYPE, add))
    assert reading.issues == ()
    assert days(reading, setting="acute") == 198


def test_a_block_of_rates_is_no_block_of_days() -> None:
    book = worded("DTOC Beds", "Delayed days per 100,000 adults")
    assert days(dtoc.read(book), attribution="NHS") == 123


@pytest.mark.parametrize(
    ("sheet", "heading", "stops", "told"),
    [
        (REASON, "Total", False, "found no column of totals"),
        (REASON, "O) Other", True, "found no column for the reason O, expected one, as in the month's other sheets"),
        (ORG, "Both", True, "found no column for the attribution both"),
        (TYPE, "Non-Acute", True, "found no column for the setting non-acute"),
    ],
)  # fmt: skip
def test_a_column_that_is_not_there_is_told_even_where_every_sum_holds(
    sheet: str, heading: str, stops: bool, told: str
) -> None:
    book = workbook()
    column = found_at(book, sheet, heading)[1]
    reading = dtoc.read(changed(book, sheet, lambda rows: [row.pop(column) for row in rows if len(row) > column]))
    assert [issue.stops for issue in reading.issues if told in str(issue)] == [stops]
    assert reading.stops == stops


def test_a_label_and_its_value_may_share_a_cell() -> None:
    def join(rows: Rows) -> None:
        rows[2][1:3] = [f"{rows[2][1]} {rows[2][2]}", None]

    reading = dtoc.read(changed(on_tables(join), "England", join))
    assert str(reading.tables["delays"]["month"].iloc[0]) == "2019-06"


def test_a_workbook_is_recognised_behind_front_sheets_and_without_a_basis() -> None:
    book = workbook()
    fronts = tuple(Sheet(book.file, f"Sheet{number}", [[None, "About"]]) for number in range(4))
    assert dtoc.recognises(Workbook(book.file, (*fronts, *book.sheets)))
    bare = [
        Sheet(book.file, f"Table {k}", [row for row in sheet.rows if "Basis:" not in row])
        for k, sheet in enumerate(book.sheets)
    ]
    assert dtoc.recognises(Workbook(book.file, tuple(bare)))
    by_trust = [Sheet(book.file, sheet.name, [[f"{value} NHS Trust" if value in (OXFORDSHIRE, BCP, "Dorset") else value
                                               for value in row] for row in sheet.rows]) for sheet in bare]  # fmt: skip
    assert not dtoc.recognises(Workbook(book.file, tuple(by_trust)))


def test_a_region_written_once_is_that_of_the_authorities_below_it() -> None:
    def once(rows: Rows) -> None:
        column, last = rows[13].index("Region"), None
        for row in rows[14:]:
            region = row[column] if len(row) > column else None
            if region in (last, "-"):
                row[column] = None
            last = region or last

    reading = dtoc.read(on_tables(once))
    assert reading.issues == ()
    regions = reading.tables["delays"].drop_duplicates("area").set_index("area")["region"]
    assert regions.dropna().to_dict() == {OXFORDSHIRE: "South East", BCP: "South West", "Dorset": "South West"}


def test_an_empty_cell_among_figures_is_told_by_its_area_and_column() -> None:
    row, column = found_at(workbook(), ORG, OXFORDSHIRE)[0], found_at(workbook(), ORG, "Social Care")[1]
    reading = dtoc.read(changed(workbook(), ORG, put(row, column, None)))
    [issue] = reading.issues
    assert str(issue).endswith(
        f"cell G{row + 1}: found nothing for {OXFORDSHIRE} (social care), expected a number of days, or a marker such "
        "as - or NA. It is loaded as missing; compare with the publisher's file."
    )
    assert not reading.stops
    wrong = changed(changed(workbook(), ORG, put(row, column, None)), ORG, put(row, column - 1, 500.0))
    assert dtoc.read(wrong).stops, "what is more than the total does not follow from the empty cell"


def test_an_area_without_any_figure_is_told_once() -> None:
    row = found_at(workbook(), ORG, OXFORDSHIRE)[0]
    issues = dtoc.read(changed(workbook(), ORG, lambda rows: rows[row].__setitem__(slice(5, None), [None] * 20))).issues
    assert [str(issue) for issue in issues if "nothing for" in str(issue)] == [
        f"release.xls, sheet {ORG}, cell F{row + 1}: found nothing for {OXFORDSHIRE}, expected a number of days, or a "
        "marker such as - or NA. It is loaded as missing; compare with the publisher's file."
    ]


def test_a_region_is_its_name_also_where_its_code_stands_before_it() -> None:
    def add(rows: Rows) -> None:
        for r, row in enumerate(rows):
            row.insert(1, "NHS Region Code" if r == 13 else "Y59" if r > 15 and len(row) > 4 and row[3] else None)

    reading = dtoc.read(on_tables(add))
    assert not reading.stops
    assert reading.tables["delays"].equals(dtoc.read(workbook()).tables["delays"].assign(
        cell=reading.tables["delays"]["cell"]))  # fmt: skip
