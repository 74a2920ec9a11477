"""Discharge workbooks: headings over headings, stacked blocks, dashes with their reasons, and totals that must hold."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import discharge
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import schemas

FILE = "discharge/april2022.xlsx"
COVER = [[None, "Title:", "Acute Daily Discharge Situation Report"], [None, "Period:", dt.date(2022, 4, 1)],
         [None, "Status:", "Revised"]]  # fmt: skip
FIRST, SECOND = dt.date(2022, 4, 1), dt.date(2022, 4, 2)
COUNTS = ["Number of patients who no longer meet the criteria to reside", "Number of patients discharged",
          "Number of patients remaining in hospital who no longer meet the criteria to reside"]  # fmt: skip
DAILY: list[list[Any]] = [
    [None, "Table 2: Number of patients who no longer meet criteria to reside and number of patients who were / were "
           "not discharged"],
    [None, None, None, None, FIRST, FIRST, FIRST, SECOND, SECOND, SECOND],
    [None, "Notes", None, None, *COUNTS, *COUNTS],
    [None, None, None, "ENGLAND (Type 1 Trusts)", 30, 12, 18, 20, 8, 12],
    [None, None, None, "SOUTH EAST", 20, 9, 11, 20, 8, 12],
    [None, None, None, "EAST OF ENGLAND", 10, 3, 7, 0, 0, 0],
    [],
    [None, "Region", "ICB Code", "ICB Name"],
    [None, "SOUTH EAST", "QU9", "NHS BUCKINGHAMSHIRE, OXFORDSHIRE AND BERKSHIRE WEST", 20, 9, 11, "-", "-", "-"],
    [],
    [None, "Region", "Org Code", "Org Name"],
    [None, "SOUTH EAST", "RTH", "OXFORD UNIVERSITY HOSPITALS NHS FOUNDATION TRUST", 20, 9, 11, "-", "-", "-"],
]  # fmt: skip
MONTHLY: list[list[Any]] = [
    [None, "Table 4: Month total number of patients discharged by their intended discharge destination"],
    [None, "Notes", None, None, "April 2022 - Total", "April 2022 - Total"],
    [None, None, None, None, "P0 - Domestic home", "P2 - Hospice \n(short term)"],
    [None, None, None, "ENGLAND", 100, 5],
    [None, None, None, "SOUTH EAST", 100, 5],
    [],
    [None, "Region", "Org Code", "Org Name"],
    [None, "SOUTH EAST", "RTH", "OXFORD UNIVERSITY HOSPITALS", 60, "-"],
    [None, "SOUTH EAST", "RNU", "OXFORD HEALTH", "-", "-"],
]

WHY = [None, None, None, None, "Awaiting transport", "No plan"]


def book(*tables: list[list[Any]], cover: list[list[Any]] = COVER, file: str = FILE) -> Workbook:
    sheets = [Sheet(file, f"Table {n}", [list(row) for row in rows]) for n, rows in enumerate(tables, 2)]
    return Workbook(file, (Sheet(file, "Cover Sheet", cover), *sheets), ("Working",))


def changed(row: int, column: int, value: object) -> list[list[Any]]:
    rows = [list(cells) for cells in DAILY]
    rows[row][column] = value
    return rows


def figures(reading: Reading) -> pd.DataFrame:
    assert not reading.stops, [str(issue) for issue in reading.issues]
    return reading.tables["discharges"].set_index(["period", "org_code", "measure"])


def told(reading: Reading) -> str:
    return "\n".join(map(str, reading.issues))


def test_each_day_and_organisation_has_its_three_counts() -> None:
    found = figures(discharge.read(book(DAILY)))
    assert len(found) == 5 * 6
    own = found.loc[("2022-04-01", "RTH", "remaining")]
    assert own[["value", "org_kind", "region", "cell"]].tolist() == [11.0, "trust", "South East", "G12"]
    assert found.loc[("2022-04-01", "QU9", "discharged"), "org_kind"] == "board"
    assert found.loc[("2022-04-02", "East of England", "discharged"), "value"] == 0.0, "zero stays zero"
    assert found.loc[("2022-04-01", "England", "not_meeting_criteria"), "status"] == "revised"


def test_england_may_stand_on_any_row_and_the_hidden_sheet_is_told() -> None:
    reading = discharge.read(book([[], [], *DAILY]))
    assert figures(reading).loc[("2022-04-01", "RTH", "remaining"), "cell"] == "G14"
    assert "sheet Working: found a hidden sheet" in told(reading)


def test_a_dash_is_nothing_sent_or_withheld_beside_other_figures() -> None:
    found = figures(discharge.read(book(DAILY, MONTHLY)))
    assert found.loc[("2022-04-02", "RTH", "discharged"), "marker_means"] == "not available"
    month = found.loc["April 2022"].reset_index().set_index(["org_code", "breakdown"])
    assert month.loc[("RTH", "p2 hospice short term"), ["marker", "marker_means"]].tolist() == ["-", "suppressed"]
    assert month.loc[("RNU", "p0 domestic home"), "marker_means"] == "not available", "it gave nothing that month"


def test_weeks_lengths_of_stay_reasons_and_days_without_data() -> None:
    weekly = [
        [None, "Table 3: Number of additional days in total patients have remained in hospital"],
        [None, None, None, None, "w/c 28/03/2022 (daily snapshot)"],
        [None, "Notes", None, None, "Number of additional bed days, patients with length of stay of 7+ days"],
        [None, None, None, "ENGLAND", 70],
    ]
    reasons = [
        ["Table 5: Weekly snapshot average of the total number of people per day, by the reasons why they continued"],
        ["Notes", None, None, "Awaiting transport "],
        [None, None, "ENGLAND", 2.25],
    ]
    missing = [["Table 1: Number of organisations"], ["Date", "Missing organisations"], [FIRST, 0],
               [SECOND, "No data submitted due to reporting changes"]]  # fmt: skip
    found = figures(discharge.read(book(DAILY, weekly, reasons, missing)))
    week = found.loc[("week of 2022-03-28", "England", "additional_bed_days")]
    assert (week["breakdown"], week["value"], week["period_kind"]) == ("7 days or more", 70.0, "week")
    reason = found.loc[("April 2022", "England", "delayed_by_reason")]
    assert (reason["breakdown"], reason["unit"]) == ("awaiting transport", "people a day")
    assert found.loc[("2022-04-01", "England", "organisations_without_data"), "value"] == 0.0
    assert found.loc[("2022-04-02", "England", "organisations_without_data"), "marker_means"] == "not available"


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (11, 4, 21, "cell E12: found 21 patients of OXFORD UNIVERSITY HOSPITALS NHS FOUNDATION TRUST, expected "
                    "20, those discharged and remaining"),
        (11, 4, "-", 'cell E12: found "-" for OXFORD UNIVERSITY HOSPITALS NHS FOUNDATION TRUST, beside its other'),
        (4, 4, 21, "cell E4: found 30 for England (not meeting criteria), expected 31, the sum of the regions"),
        (11, 5, "?", 'cell F12: found "?", expected a number or a marker'),
        (11, 5, "#REF!", "cell F12: found the formula error #REF!"),
        (11, 5, -9, "cell F12: found -9, expected patients, 0 or more"),
        (5, 3, "SOUTH EAST", 'found the region "South East" again (first in row 5)'),
        (1, 7, dt.date(2022, 5, 2), "found figures for 2 May 2022, expected days of April 2022"),
        (2, 5, "Patients", "found a trust"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told_at_its_cell(row: int, column: int, value: object, message: str) -> None:
    reading = discharge.read(book(changed(row, column, value)))
    if message == "found a trust":
        assert len(figures(reading)) == 5 * 5, "a column of unknown words is not read"
        assert 'cell F4: found figures under the heading "Patients", expected a count that perfkit knows' in told(
            reading
        )
    else:
        assert message in told(reading)
        assert reading.tables == {}


def test_the_month_on_the_cover_is_held_against_the_name_of_the_file() -> None:
    reading = discharge.read(book(DAILY, file="discharge/may2022.xlsx"))
    assert 'found "April 2022", expected "May 2022, as the file' in told(reading).replace(
        "expected May", 'expected "May'
    )
    assert reading.tables == {}
    without = discharge.read(book(DAILY, cover=COVER[:1]))
    assert 'found no "Period:" on its first sheets' in told(without)


def test_community_hospitals_are_a_collection_of_their_own() -> None:
    cover = [[None, "Title:", "Community Discharge Situation Report"], COVER[1]]
    assert set(discharge.read(book(DAILY, cover=cover)).tables["discharges"]["collection"]) == {"community"}


def test_figures_that_change_places_are_told_or_stay_as_they_were() -> None:
    """Any one count exchanged with another of its block breaks a sum, unless the two are equal."""
    chance, right = random.Random(5), figures(discharge.read(book(DAILY)))["value"]
    for _ in range(150):
        row, other = chance.choice([3, 4, 5, 8, 11]), chance.choice([3, 4, 5, 8, 11])
        column, second = chance.randrange(4, 10), chance.randrange(4, 10)
        rows = [list(cells) for cells in DAILY]
        rows[row][column], rows[other][second] = rows[other][second], rows[row][column]
        reading = discharge.read(book(rows))
        if not reading.stops:
            pd.testing.assert_series_equal(figures(reading)["value"], right)


def test_the_table_keeps_its_contract() -> None:
    frame = discharge.read(book(DAILY, MONTHLY)).tables["discharges"]
    pd.testing.assert_frame_equal(schemas.conform(frame, schemas.DISCHARGES), frame)


def test_the_first_publications_of_2022_split_discharges_at_five_and_printed_item_codes() -> None:
    counts = [COUNTS[0], "Number of patients discharged by 17:00",
              "Number of patients discharged between 17:01 and 23:59", COUNTS[2]]  # fmt: skip
    rows = [
        DAILY[0],
        [None, None, None, None, *[FIRST] * 4],
        [None, "Notes", None, None, *counts],
        [None, None, None, None, "DIS001_TOTAL", "DIS002_TOTAL", "DIS003_TOTAL", "DIS004_TOTAL"],
        [None, None, None, "ENGLAND (All Acute Trusts)", 30, 10, 2, 18],
        [],
        [None, "Region", "Org Code", "Org Name"],
        [None, "SOUTH EAST", "RTH", "OXFORD UNIVERSITY HOSPITALS", 30, 10, 2, 18],
    ]
    reading = discharge.read(book(rows))
    found = reading.tables["discharges"]
    own = found[found["org_code"] == "RTH"].set_index(["measure", "breakdown"])["value"]
    assert own.to_dict() == {
        ("not_meeting_criteria", "all"): 30.0,
        ("discharged", "by 17 00"): 10.0,
        ("discharged", "between 17 01 and 23 59"): 2.0,
        ("remaining", "all"): 18.0,
    }
    wrong = [list(cells) for cells in rows]
    wrong[7][5] = 11
    assert "expected 31, those discharged and remaining" in told(discharge.read(book(wrong)))


def test_without_a_cover_sheet_the_month_is_that_of_the_days_over_the_tables() -> None:
    sheet = Sheet("discharge/data.xlsx", "Table 2", [list(row) for row in DAILY])
    reading = discharge.read(Workbook(sheet.file, (sheet,)))
    assert set(reading.tables["discharges"]["month"].astype(str)) == {"2022-04"}
    assert "The days over its tables are those of April 2022, which it was taken for." in told(reading)
    assert set(reading.tables["discharges"]["collection"]) == {"acute"}, "England's row is of type 1 trusts"
    bare = [["ENGLAND" if str(value).startswith("ENGLAND") else value for value in row] for row in DAILY]
    reading = discharge.read(Workbook(sheet.file, (Sheet(sheet.file, "Table 2", bare),)))
    assert not reading.tables, "which of the two collections it is of is never guessed"
    assert "found no title that says whether it is of acute or of community hospitals" in told(reading)
    for name, collection in (("Community-discharge-sitrep.xlsx", "community"), ("Daily-Discharge.xlsx", "acute")):
        own = discharge.read(Workbook(name, (Sheet(name, "Table 2", sheet.rows),)))
        assert "no title that says" not in told(own)
        assert set(own.tables["discharges"]["collection"]) == {collection}
    named = discharge.read(Workbook("may2022.xlsx", (Sheet("may2022.xlsx", "Table 2", sheet.rows),)))
    assert named.tables == {}


def test_a_trust_that_another_sheet_lacks_is_told() -> None:
    reasons = [[None, "Table 5: reasons why"], MONTHLY[1], WHY, *MONTHLY[3:8]]
    reading = discharge.read(book(MONTHLY, reasons))
    assert "Table 3: found no row for the trust OXFORD HEALTH (RNU), expected one, as on sheet Table 2" in told(reading)


def test_a_trust_in_the_block_of_boards_is_refused() -> None:
    reasons = [[None, "Table 5: reasons why"], MONTHLY[1], WHY, *MONTHLY[3:]]
    moved = [*DAILY[:9], DAILY[11], *DAILY[9:11]]
    reading = discharge.read(book(moved, MONTHLY, reasons))
    assert "(RTH) among the boards, expected it among the trusts, as on the other sheets" in told(reading)
    assert reading.tables == {}


def test_a_day_that_lacks_a_count_is_told() -> None:
    third = dt.date(2022, 4, 3)
    rows = [[*DAILY[0]], [*DAILY[1], third, third], [*DAILY[2], *COUNTS[1:]], [*DAILY[3], 1, 1]]
    assert "no count of not meeting criteria for 3 April 2022" in told(discharge.read(book(rows)))
