"""Later layouts of the discharge workbooks: other dates, blocks, headings and tables; what a month lacks is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import discharge
from perfkit.intake.discharge import known
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook

FILE = "discharge/april2022.xlsx"
COVER: list[list[Any]] = [
    [None, "Title:", "Acute Daily Discharge Situation Report"],
    [None, "Period:", dt.date(2022, 4, 1)],
    [None, "Revised:", "-"],
    [None, "Status:", "Published"],
]
FIRST, SECOND = dt.date(2022, 4, 1), dt.date(2022, 4, 2)
COUNTS = ["Number of patients who no longer meet the criteria to reside", "Number of patients discharged",
          "Number of patients remaining in hospital who no longer meet the criteria to reside"]  # fmt: skip
TITLE = "Table 2: Number of patients who no longer meet criteria to reside and number who were / were not discharged"
ENGLAND = [None, None, None, "ENGLAND (Type 1 Trusts)", 30.0, 12.0, 18.0, 20.0, 8.0, 12.0]
REGIONS = [[None, None, None, "SOUTH EAST", 20.0, 9.0, 11.0, 20.0, 8.0, 12.0],
           [None, None, None, "EAST OF ENGLAND", 10.0, 3.0, 7.0, 0.0, 0.0, 0.0]]  # fmt: skip
BOARDS: list[list[Any]] = [
    [None, "Region", "ICB Code", "ICB Name"],
    [None, "SOUTH EAST", "QU9", "BUCKINGHAMSHIRE, OXFORDSHIRE AND BERKSHIRE WEST", 20.0, 9.0, 11.0, "-", "-", "-"],
]
TRUSTS: list[list[Any]] = [
    [None, "Region", "Org Code", "Org Name"],
    [None, "SOUTH EAST", "RTH", "OXFORD UNIVERSITY HOSPITALS", 20.0, 9.0, 11.0, "-", "-", "-"],
]
HEAD: list[list[Any]] = [
    [None, TITLE],
    [None, None, None, None, FIRST, FIRST, FIRST, SECOND, SECOND, SECOND],
    [None, "Notes", None, None, *COUNTS, *COUNTS],
]
DAILY = [*HEAD, ENGLAND, *REGIONS, [], *BOARDS, [], *TRUSTS]
Rows = list[list[Any]]


def book(*tables: Rows, cover: Rows | None = None, file: str = FILE) -> Workbook:
    sheets = [Sheet(file, f"Table {n}", [list(row) for row in rows]) for n, rows in enumerate(tables, 2)]
    return Workbook(file, (Sheet(file, "Cover Sheet", COVER if cover is None else cover), *sheets))


def figures(reading: Reading) -> pd.Series:
    assert not reading.stops, told(reading)
    return reading.tables["discharges"].set_index(["period", "org_code", "measure", "breakdown"])["value"].sort_index()


def told(reading: Reading) -> str:
    return "\n".join(map(str, reading.issues))


def dated(write: Callable[[dt.date], object]) -> Rows:
    return [[write(v) if isinstance(v, dt.date) else v for v in row] for row in DAILY]


@pytest.mark.parametrize(
    "write",
    [
        lambda day: f"{day.day} {day:%B %Y}",
        lambda day: f"{day:%a %d/%m/%Y}",
        lambda day: f"{day:%d-%b-%y}",
        lambda day: f"{day:%d-%b}",
        lambda day: f"{day:%Y-%m-%d} 00:00:00",
        lambda day: f"{day:%B} {day.day}, {day.year}",
        lambda day: f"{day:%d%b%Y}",
        lambda day: f"{day:%a %d %b}",
        lambda day: float((day - dt.date(1899, 12, 30)).days),
    ],
)
def test_a_day_may_be_a_text_or_the_number_that_excel_keeps(write: Callable[[dt.date], object]) -> None:
    assert figures(discharge.read(book(dated(write)))).equals(figures(discharge.read(book(DAILY))))


NAMED = {"Org Code": "Provider Code", "Org Name": "Provider", "ICB Code": "System code", "ICB Name": "System",
         "Region": "NHS England Region"}  # fmt: skip
LAYOUTS: dict[str, Rows] = {
    "the day once over its three counts": [HEAD[0], [*[None] * 4, FIRST, None, None, SECOND], *DAILY[2:]],
    "England after its regions": [*HEAD, *REGIONS, ENGLAND, *DAILY[6:]],
    "England at the foot": [*HEAD, *REGIONS, *DAILY[6:], [], ENGLAND],
    "England over each block": [*HEAD, ENGLAND, *REGIONS, BOARDS[0], ENGLAND, BOARDS[1], TRUSTS[0], ENGLAND, TRUSTS[1]],
    "trusts before boards": [*HEAD, ENGLAND, *REGIONS, [], *TRUSTS, [], *BOARDS],
    "a spacer after each day": [[*row[:7], None, *row[7:]] for row in DAILY],
    "two columns more at the left": [[None, None, *row] for row in DAILY],
    "other headings": [[NAMED.get(v, v) if isinstance(v, str) else v for v in row] for row in DAILY],
    "one heading over all rows": [*HEAD[:2], [None, *TRUSTS[0][1:], *COUNTS, *COUNTS], ENGLAND, *REGIONS, BOARDS[1],
                                  TRUSTS[1]],
    "notes at the foot and between": [*DAILY[:7], [None, None, None, "* without hospices"], *DAILY[7:], [],
                                      [None, None, None, "Source: NHS England"]],
    "no title": DAILY[1:],
    "another title": [[None, "Table 7: Daily figures"], *DAILY[1:]],
    "marks of footnotes": [[f"{v}*" if v in ("RTH", "SOUTH EAST") else f"{v}1" if v in COUNTS[1:] else v for v in row]
                           for row in DAILY],
    "regions as they are called": [[f"{v.title()} Region" if v in ("SOUTH EAST", "EAST OF ENGLAND") else v
                                    for v in row] for row in DAILY],
    "a note that begins with England": [*DAILY, [], [None, "England totals include all trusts"],
                                        [None, None, None, "London trusts sent nothing on 3 April"]],
    "all England": [[("National" if str(v).startswith("ENGLAND") else v) for v in row] for row in DAILY],
    "codes and names alone": [[{"ICB Code": "Code", "ICB Name": "Name", "Org Code": "ODS Code",
                                "Org Name": "Name"}.get(v, v) if isinstance(v, str) else v for v in row]
                              for row in DAILY],
    "organisations over boards too": [[{"ICB Code": "Org Code", "ICB Name": "Org Name"}.get(v, v)
                                       if isinstance(v, str) else v for v in row] for row in DAILY],
    "clusters of boards": [[{"ICB Code": "ICB Cluster Code", "ICB Name": "ICB Cluster Name"}.get(v, v)
                            if isinstance(v, str) else v for v in row] for row in DAILY],
    "codes of the ODS": [[{"ICB Code": "ICB code (ODS)", "Org Code": "Trust ODS code", "Org Name": "Trust"}.get(v, v)
                          if isinstance(v, str) else v for v in row] for row in DAILY],
    "patients not discharged": [["Number of patients with no criteria to reside who were not discharged"
                                 if v == COUNTS[2] else v for v in row] for row in DAILY],
    "patients who have no criteria": [[v.replace("no longer meet the", "have no") if isinstance(v, str) else v
                                       for v in row] for row in DAILY],
    "figures as text": [[f"{v:,.0f}" if isinstance(v, float) else v for v in row] for row in DAILY],
}  # fmt: skip


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=LAYOUTS)
def test_the_figures_are_the_same_wherever_they_stand(rows: Rows) -> None:
    reading = discharge.read(book(rows))
    assert figures(reading).equals(figures(discharge.read(book(DAILY)))), told(reading)


def test_boards_and_trusts_may_have_sheets_of_their_own() -> None:
    boards, trusts = [*HEAD, ENGLAND, *REGIONS, [], *BOARDS], [*HEAD, ENGLAND, *REGIONS, [], *TRUSTS]
    reading = discharge.read(book(boards, trusts))
    assert figures(reading).equals(figures(discharge.read(book(DAILY))))
    assert "no trusts" not in told(reading)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([*HEAD, *DAILY[4:]], "Table 2: found no row for England"),
        ([*HEAD, [None, None, None, None, *ENGLAND[4:]], *DAILY[4:]], "cell A4: found figures without a name"),
        ([*DAILY[:-1], [*TRUSTS[1][:3], None, *TRUSTS[1][4:]]], "cell C12: found figures without a name beside RTH"),
        ([*DAILY[:-1], [None, None, None, *TRUSTS[1][3:]]],
         "cell D12: found figures without a code beside OXFORD UNIVERSITY HOSPITALS"),
        ([HEAD[0], [*[None] * 6, FIRST, SECOND, SECOND, SECOND], *DAILY[2:]],
         'cell E3: found "Number of patients who no longer meet the criteria to reside" without a day over it'),
        ([HEAD[0], [*[None] * 4, *[FIRST] * 6], *DAILY[2:]],
         'cell H3: found "Number of patients who no longer meet the criteria to reside" for 1 April 2022 a second time '
         "(first in cell E3) (and 2 more), expected each count once. Correct the date over it, or remove the column"),
        (DAILY, "Table 2: found no column for 3 April 2022, expected every day of the month"),
        ([[*row[:5], *row[6:8], *row[9:]] for row in DAILY],
         "Table 2: found no column of discharged, expected the three counts of each day"),
        ([HEAD[0], [*[None] * 4, *["01/04"] * 3, *["02/04"] * 3], *DAILY[2:]],
         'cell E3: found "Number of patients who no longer meet the criteria to reside" without a day over it '
         "(and 5 more), expected a day over each count"),
        ([*HEAD, ENGLAND, [*REGIONS[0][:3], "CENTRE", *REGIONS[0][4:]], *DAILY[5:]],
         'cell D5: found the region "CENTRE", expected England, or one of NHS England\'s seven regions'),
        ([*DAILY[:-1], [*TRUSTS[1][:4], *["No data"] * 6]],
         'cell E12: found "No data" (and 5 more), expected a number'),
        (DAILY, "april2022.xlsx: found no table of discharge destinations, expected one, as in other months"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(rows: Rows, message: str) -> None:
    assert message in told(discharge.read(book(rows)))


def monthly(title: str, *headings: list[Any], values: list[float]) -> Rows:
    rows: Rows = [[None, title], *([None, None, None, None, *heading] for heading in headings)]
    return [*rows, [None, None, None, "ENGLAND", *values], [], TRUSTS[0], [*TRUSTS[1][:4], *values]]


def test_a_region_written_once_is_that_of_the_organisations_below_it() -> None:
    trusts = [[None, region, code, f"TRUST {code}", *TRUSTS[1][4:]]
              for region, code in (("EAST OF ENGLAND", "RAJ"), ("SOUTH EAST", "RTH"), (None, "RNU"))]  # fmt: skip
    found = discharge.read(book([*DAILY[:-1], *trusts])).tables["discharges"]
    trusts_alone = found[found["org_kind"].eq("trust")]
    assert dict(zip(trusts_alone["org_code"], trusts_alone["region"], strict=True)) == {
        "RAJ": "East of England", "RTH": "South East", "RNU": "South East"
    }  # fmt: skip


def test_columns_under_one_unknown_heading_are_told_once() -> None:
    rows = [[*row, *(["% left"] * 2 if r == 2 else [0.4] * 2 if r > 2 and len(row) > 5 else [])]
            for r, row in enumerate(DAILY)]  # fmt: skip
    assert 'cell K4: found figures under the heading "% left" (and 1 more), expected counts alone' in (
        told(discharge.read(book(rows)))
    )


def test_days_may_go_on_over_a_second_sheet() -> None:
    first, second = ([[*row[:4], *row[a : a + 3]] for row in DAILY] for a in (4, 7))
    destinations = monthly("Table 4: by discharge destination", ["P0 - Home"], values=[20.0])
    reading = discharge.read(book(first, second, destinations))
    assert figures(reading).equals(figures(discharge.read(book(DAILY, destinations))))
    assert told(reading).replace("Table 4", "Table 3") == told(discharge.read(book(DAILY, destinations)))


def test_the_total_of_the_month_beside_its_days_is_held_against_them_and_not_loaded() -> None:
    def with_total(england: float) -> Rows:
        over = {1: [None, "Month total"], 2: [None, COUNTS[1]], 3: [None, england], 4: [None, 17.0], 5: [None, 3.0]}
        return [[*row, *over.get(r, [])] for r, row in enumerate(DAILY)]

    reading = discharge.read(book(with_total(20.0)))
    assert figures(reading).equals(figures(discharge.read(book(DAILY))))
    assert "the sum of its days" not in told(reading)
    assert ("cell L4: found 21 for ENGLAND (Type 1 Trusts) in the month, expected 20, the sum of its days. "
            "The days were read") in told(discharge.read(book(with_total(21.0))))  # fmt: skip


def test_of_a_day_that_stands_twice_no_sums_are_told_with_it() -> None:
    [issue] = discharge.read(book([HEAD[0], [*[None] * 4, *[FIRST] * 6], *DAILY[2:]])).issues
    assert "for 1 April 2022 a second time" in str(issue)


def test_totals_of_pathways_stand_apart_from_their_destinations() -> None:
    rows = monthly("Table 4: discharges by destination", ["Pathway 0", "Pathway 0", "Pathway 0", "Pathway 1"],
                   ["Home", "Other", "Total", "Other"], values=[5.0, 2.0, 7.0, 1.0])  # fmt: skip
    found = figures(discharge.read(book(rows))).loc["April 2022", "England"]
    assert found.to_dict() == {("discharged_to", "p0 home"): 5.0, ("discharged_to", "p0 other"): 2.0,
                               ("discharged_to", "p1 other"): 1.0,
                               ("discharged_to_pathway", "pathway 0 total"): 7.0}  # fmt: skip


def test_shares_and_reasons_beside_destinations_are_no_destinations() -> None:
    headings = ["P0 - Home", "P1 - Hotel", "P3 - Care home", "Total", "% P0", "Awaiting transport", "No plan"]
    rows = monthly("Table 4: discharges by destination", headings, values=[5.0, 2.0, 1.0, 8.0, 62.5, 3.0, 1.0])
    reading = discharge.read(book(rows))
    found = figures(reading).loc["April 2022", "England"]
    assert found.to_dict() == {("discharged_to", "p0 home"): 5.0, ("discharged_to", "p1 hotel"): 2.0,
                               ("discharged_to", "p3 care home"): 1.0, ("discharged_to_total", "all"): 8.0}  # fmt: skip
    for heading in ("% P0", "Awaiting transport", "No plan"):
        assert f'found figures under the heading "{heading}"' in told(reading)


def test_a_table_of_another_month_is_refused_by_the_month_over_its_columns() -> None:
    said = ["{} - Average number of people a day with length of stay of 14 days or over"]
    may, april = (monthly("Table 5: reasons why patients stayed", [said[0].format(month)], ["Awaiting transport"],
                          values=[3.0]) for month in ("May 2022", "April 2022"))  # fmt: skip
    assert 'Table 2, cell E2: found "May 2022 - Average number' in told(discharge.read(book(may)))
    assert not discharge.read(book(may)).tables
    assert figures(discharge.read(book(april)))["April 2022", "RTH", "delayed_by_reason", "awaiting transport"] == 3.0


def test_bed_days_under_bare_dates_are_of_the_weeks_from_them() -> None:
    weeks = [f"w/c {day:02}/04/2022" for day in (4, 11, 18, 25)]
    dates = [[dt.date(2022, 4, int(v[4:6])) if isinstance(v, str) and v.startswith("w/c") else v for v in row]
             for row in weekly(*weeks)]  # fmt: skip
    assert figures(discharge.read(book(dates))).equals(figures(discharge.read(book(weekly(*weeks)))))


def test_reasons_of_another_length_of_stay_stand_apart() -> None:
    title = "Table {}: average of people with length of stay {} days or over, by the reasons why they continued"
    first, second = (monthly(title.format(n, days), ["Awaiting transport"], values=[figure])
                     for n, days, figure in ((5, 14, 3.0), (6, 21, 1.0)))  # fmt: skip
    found = figures(discharge.read(book(first, second))).loc["April 2022", "RTH"]
    assert found.to_dict() == {("delayed_by_reason", "awaiting transport"): 3.0,
                               ("delayed_by_reason_21_days_or_more", "awaiting transport"): 1.0}  # fmt: skip


def test_a_table_of_the_same_counts_again_is_told_once() -> None:
    tables = [monthly(f"Table {n}: reasons why patients stayed", ["Awaiting transport", "No plan"], values=[n, 1.0])
              for n in (5, 6)]  # fmt: skip
    [issue] = [issue for issue in discharge.read(book(*tables)).issues if issue.stops]
    assert "cell E3: found figures for ENGLAND (delayed by reason, Awaiting transport) that stand on sheet Table 2" in (
        str(issue)
    )


def test_reasons_of_several_lengths_of_stay_may_share_a_table() -> None:
    over = ["Length of stay of 7 days or over", "Length of stay of 7 days or over", "Length of stay 14 days or over"]
    reasons = ["Awaiting transport", "No plan", "Awaiting transport"]
    rows = monthly("Table 5: reasons why patients stayed", over, reasons, values=[3.0, 2.0, 1.0])
    found = figures(discharge.read(book(rows))).loc["April 2022", "RTH"]
    assert found.to_dict() == {("delayed_by_reason", "awaiting transport"): 1.0,
                               ("delayed_by_reason_7_days_or_more", "awaiting transport"): 3.0,
                               ("delayed_by_reason_7_days_or_more", "no plan"): 2.0}  # fmt: skip


def weekly(*weeks: str, bands: tuple[int, ...] = (7, 14, 21)) -> Rows:
    headings = [f"Number of additional bed days, patients with a length of stay of {days} days or over"
                for _ in weeks for days in bands]  # fmt: skip
    over = [week for week in weeks for _ in bands]
    return monthly("Table 3: additional days", over, headings, values=[70.0] * len(headings))


def test_weeks_may_be_written_out_and_one_that_is_missing_is_told() -> None:
    weeks = ("Week commencing 6 March 2023", "w/c 13/03/23", "W/E 26 March 2023", "w/c 27-Mar")
    cover = [COVER[0], [None, "Period:", "1 March 2023 to 31 March 2023"]]
    reading = discharge.read(book(weekly(*weeks), cover=cover, file="march2023.xlsx"))
    periods = reading.tables["discharges"]["period"].unique().tolist()
    assert periods == [f"week of 2023-03-{day:02}" for day in (6, 13, 20, 27)]
    assert "found no column for the week of 27 February 2023, expected every week of March 2023" in told(reading)


def test_a_length_of_stay_that_acute_hospitals_report_is_missed() -> None:
    weeks = [f"w/c {day:02}/04/2022" for day in (4, 11, 18, 25)]
    assert "found no column for a length of stay of 7 days or more" in told(
        discharge.read(book(weekly(*weeks, bands=(14, 21))))
    )
    community = [[None, "Title:", "Community Discharge Situation Report"], COVER[1]]
    assert "length of stay" not in told(discharge.read(book(weekly(*weeks, bands=(14, 21)), cover=community)))


def test_destinations_that_do_not_add_up_to_the_days_are_told() -> None:
    rows = monthly("Table 4: by discharge destination", ["P0 - Home"], values=[19.0])
    assert "found 19 patients of England in all destinations, expected 20, those discharged on the days" in told(
        discharge.read(book(DAILY, rows))
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["Table 9: Percentage of patients by reason"], ["Awaiting transport"]], "no table whose headings are known"),
        ([[None, "Date", "Number of patients discharged"], [None, FIRST, 12.0]],
         "found a series of days or weeks down its rows, expected the tables of one month"),
        ([[None, "Table 5: reasons"], [*[None] * 4, "April 2022", "May 2022"], ENGLAND], "no table whose headings"),
    ],
)  # fmt: skip
def test_other_tables_are_refused_in_words(rows: Rows, message: str) -> None:
    reading = discharge.read(book(rows))
    assert message in told(reading)
    assert reading.stops


def test_a_workbook_of_series_is_told_once() -> None:
    series = [[None, "Date", "Number of patients discharged"], [None, FIRST, 12.0]]
    weeks = [[None, "Week commencing", "Number of additional bed days"], [None, FIRST, 12.0]]
    [issue] = discharge.read(book(series, weeks)).issues
    assert "Table 2: found a series of days or weeks down its rows (and on Table 3), expected the tables" in str(issue)


def test_a_workbook_of_several_months_asks_for_the_one_of_each() -> None:
    cover = [COVER[0], [None, "Period:", "April 2021 to June 2026"]]
    assert (
        'found "April 2021 to June 2026", expected a month such as April 2022. Correct the period; a workbook of'
        in (told(discharge.read(book(DAILY, cover=cover))))
    )


@pytest.mark.parametrize(
    "period", ["1 April to 30 April 2022", "01/04/2022 - 30/04/2022", "Month ending 30 April 2022", "1-30 April 2022",
               "Apr-22", 44652.0],
)  # fmt: skip
def test_the_month_may_be_written_in_many_ways(period: object) -> None:
    cover = [COVER[0], [None, "Period:", period]]
    assert figures(discharge.read(book(DAILY, cover=cover))).equals(figures(discharge.read(book(DAILY))))


def test_the_first_and_the_last_day_may_stand_in_cells_of_their_own() -> None:
    cover = [COVER[0], [None, "Period:", FIRST, "to", dt.date(2022, 4, 30)]]
    assert figures(discharge.read(book(DAILY, cover=cover))).equals(figures(discharge.read(book(DAILY))))


def test_an_average_of_the_days_is_no_count_of_the_month() -> None:
    average = monthly("Table 9: Daily average", [COUNTS[2]], values=[18.0])
    beside = [[*DAILY[0], None], [*DAILY[1], "Daily average"], [*DAILY[2], COUNTS[2]],
              *([*row, 18.0] if len(row) > 5 else row for row in DAILY[3:])]  # fmt: skip
    for rows in ([average, DAILY], [beside]):
        reading = discharge.read(book(*rows))
        assert figures(reading).equals(figures(discharge.read(book(DAILY))))
    assert "found figures under the heading" in told(reading)


def test_a_day_of_revision_on_the_cover_makes_the_figures_revised() -> None:
    cover = [*COVER[:2], [None, "Revised:", dt.date(2023, 8, 10)], COVER[3]]
    assert set(discharge.read(book(DAILY, cover=cover)).tables["discharges"]["status"]) == {"revised"}
    assert set(discharge.read(book(DAILY)).tables["discharges"]["status"]) == {"final"}


LISTED: Rows = [
    ["Period", "Level", "Region", "Org Code", "Org Name", "Metric Group", "Metric", "Value"],
    ["01/04/2022", "National", "[z]", "[z]", "England", "", COUNTS[0], "30"],
    ["01/04/2022", "National", "[z]", "[z]", "England", "", COUNTS[1], "12"],
    ["01/04/2022", "Provider", "SOUTH EAST", "RTH", "OXFORD UNIVERSITY HOSPITALS", "", COUNTS[0], "-"],
    ["01/04/2022", "Provider", "SOUTH EAST", "RTH", "OXFORD UNIVERSITY HOSPITALS", "", COUNTS[1], "9"],
    ["01/04/2022", "Provider", "SOUTH EAST", "RTH", "OXFORD UNIVERSITY HOSPITALS", "Delay reason",
     "Pathway 1: awaiting availability of resource", "2.5"],
]  # fmt: skip
WEBFILE = "Daily-discharge-sitrep-monthly-data-CSV-webfile-April2022.csv"


def listed(*more: list[Any]) -> Reading:
    workbook = Workbook(WEBFILE, (Sheet(WEBFILE, "", [*LISTED, *more]),))
    assert discharge.recognises(workbook)
    return discharge.read(workbook)


def test_a_webfile_lists_a_figure_a_row() -> None:
    rows = [row for row in LISTED if row[-1] != "-"]
    reading = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", rows),)))
    found = reading.tables["discharges"].set_index(["org_code", "measure"])
    assert found.loc[("England", "not_meeting_criteria"), ["value", "cell", "period"]].tolist() == [
        30.0, "H2", "2022-04-01"]  # fmt: skip
    reason = found.loc[("RTH", "delayed_by_reason")]
    assert reason[["value", "period", "region", "collection"]].tolist() == [2.5, "April 2022", "South East", "acute"]
    assert len(found) == 4


def test_what_a_webfile_says_twice_or_in_unknown_words_is_told() -> None:
    assert 'cell H4: found "-" for OXFORD UNIVERSITY HOSPITALS, beside its other counts of the day' in told(listed())
    again = listed([*LISTED[1][:-1], "31"])
    assert "cell H7: found another figure of England for the same count and day as in row 2" in told(again)
    assert again.stops
    other = [*LISTED[1][:-2], "Patients seen", "4"]
    assert 'cell G7: found "Patients seen", expected a count that perfkit knows' in told(listed(other))
    assert 'cell B7: found "Ward", expected National, Region, ICB or Provider' in told(
        listed([LISTED[1][0], "Ward", *LISTED[1][2:]])
    )


def test_trusts_whose_headings_are_gone_are_no_boards() -> None:
    reading = discharge.read(book([*DAILY[:9], TRUSTS[1]]))
    assert "OXFORD UNIVERSITY HOSPITALS (RTH) among the boards, expected it among the trusts, as its code says" in (
        told(reading)
    )
    assert reading.stops


def test_what_delays_cost_and_bed_days_by_reason_are_no_people_a_day() -> None:
    """The tables that came in August 2025 list reasons as well, over pounds and days."""
    title = "Table {}: {} by delay reason, length of stay of 7 days or over"
    cost, days = (monthly(title.format(n, what), ["Awaiting transport"], values=[9000.0])
                  for n, what in ((6, "Cost of delayed bed days"), (7, "Number of delayed bed days")))  # fmt: skip
    reading = discharge.read(book(DAILY, cost, days))
    assert set(figures(reading).index.get_level_values("measure")) == {"discharged", "not_meeting_criteria",
                                                                       "remaining"}  # fmt: skip
    assert 'found the table "Table 6: Cost of delayed bed days by delay reason' in told(reading)
    assert "expected counts alone. It was not read; costs, shares and averages of the days never are." in told(reading)


def test_what_bed_days_cost_stands_beside_them_and_is_not_read() -> None:
    headings = ["Total number of delayed bed days, length of stay of 7 days or over",
                "Total cost (£) of delayed bed days, length of stay of 7 days or over"]  # fmt: skip
    reading = discharge.read(book(DAILY, monthly("Table 7: delayed bed days", headings, values=[70.0, 39500.0])))
    assert figures(reading)["April 2022", "RTH", "delayed_bed_days", "7 days or more"] == 70.0
    assert 39500.0 not in set(figures(reading))
    assert 'found figures under the heading "Total cost (£) of delayed bed days' in told(reading)


def test_bed_days_delayed_are_read_under_a_title_that_speaks_of_their_cost_too() -> None:
    headings = [f"Daily Average - {COUNTS[2]}", "Total number of delayed bed days in the month",
                "Total cost of delayed bed days in the month"]  # fmt: skip
    title = "Table 7: Number and cost of delayed bed days"
    reading = discharge.read(book(DAILY, monthly(title, headings, values=[18.5, 70.0, 39500.0])))
    own = figures(reading).loc["April 2022"]
    assert own.to_dict() == {(code, "delayed_bed_days", "all"): 70.0 for code in ("England", "RTH")}
    longer = figures(discharge.read(book(DAILY, monthly(f"{title}, length of stay of 7 days or over", headings,
                                                        values=[18.5, 70.0, 39500.0]))))  # fmt: skip
    assert longer["April 2022", "RTH", "delayed_bed_days", "7 days or more"] == 70.0
    for heading in (headings[0], headings[2]):
        assert f'found figures under the heading "{heading}", expected counts alone' in told(reading)


def test_regions_that_do_not_make_up_the_delayed_bed_days_of_england_are_a_warning() -> None:
    rows = monthly("Table 7: delayed bed days", ["Total number of delayed bed days"], values=[70.0])
    rows[3:3] = [[*row[:4], days] for row, days in zip(REGIONS, (40.0, 20.0), strict=True)]
    reading = discharge.read(book(DAILY, rows))
    assert figures(reading)["April 2022", "England", "delayed_bed_days", "all"] == 70.0
    assert "found 70 for England (delayed bed days), expected 60, the sum of the regions" in told(reading)


def test_a_webfile_keeps_lengths_of_stay_apart_and_leaves_out_costs_and_other_months() -> None:
    rows = [row for row in LISTED if row[-1] != "-"]
    row = rows[-1]
    others = [["01/04/2022", "Delay reason LOS 7+", "4"], ["01/04/2022", "Delay reason LOS 7+ cost", "950"],
              ["01/03/2022", "Delay reason LOS 7+", "3"]]  # fmt: skip
    rows += [[day, *row[1:5], group, row[6], value] for day, group, value in others]
    reading = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", rows),)))
    found = reading.tables["discharges"].set_index("measure")["value"]
    assert (found["delayed_by_reason"], found["delayed_by_reason_7_days_or_more"]) == (2.5, 4.0)
    assert "delayed_by_reason_7_days_or_more_cost" not in found
    assert ('cell F7: found "Delay reason LOS 7+ cost", expected counts alone. Its rows were not read; costs, shares '
            "and averages of the days never are.") in told(reading)  # fmt: skip
    assert 'cell A8: found "Delay reason LOS 7+" of March 2022, expected figures of April 2022. Its rows were not' in (
        told(reading)
    )


def test_a_text_in_place_of_many_figures_of_a_list_is_told_once() -> None:
    unknown = [[*row[:-1], "NULL"] for row in LISTED[1:]]
    reading = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", [LISTED[0], *unknown]),)))
    [issue] = [issue for issue in reading.issues if issue.stops]
    assert 'cell H2: found "NULL" (and 4 more), expected a number or a marker' in str(issue)


def test_bed_days_delayed_in_the_month_are_of_no_week_in_a_list() -> None:
    heading = "Number of delayed bed days in the month, patients with a length of stay of 7 days or over"
    rows = [LISTED[0], *(row for row in LISTED[1:] if row[-1] != "-"), [*LISTED[1][:5], "", heading, "70"]]
    found = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", rows),))).tables["discharges"]
    own = found[found["measure"].eq("delayed_bed_days")]
    assert own[["period", "period_kind", "value"]].to_numpy().tolist() == [["April 2022", "month", 70.0]]


def test_of_what_lists_give_by_month_since_august_2025_the_bed_days_alone_are_read() -> None:
    made = {f"Daily Average - {COUNTS[2]}": "18", "Total number of delayed bed days in the month": "70",
            "Total cost of delayed bed days in the month": "39500"}  # fmt: skip
    rows = [LISTED[0], *(row for row in LISTED[1:] if row[-1] != "-"),
            *([*LISTED[1][:5], "Delayed bed days", metric, value] for metric, value in made.items())]  # fmt: skip
    reading = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", rows),)))
    found = reading.tables["discharges"]
    own = found[found["measure"].eq("delayed_bed_days")][["period", "breakdown", "value", "unit"]]
    assert own.to_numpy().tolist() == [["April 2022", "all", 70.0, "bed days"]]
    assert 18.0 not in set(found["value"])
    assert [issue.found for issue in reading.issues if issue.expected == "counts alone"] == [
        f'"Daily Average - {COUNTS[2]}"', '"Total cost of delayed bed days in the month"'
    ]  # fmt: skip


def test_the_columns_of_a_list_may_have_other_headings() -> None:
    names = {"Level": "Geography Level", "Metric": "Measure", "Value": "Metric Value", "Org Code": "Provider Code",
             "Org Name": "Provider Name"}  # fmt: skip
    rows = [[names.get(value, value) for value in LISTED[0]], *(row for row in LISTED[1:] if row[-1] != "-")]
    reading = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", rows),)))
    assert reading.tables["discharges"]["value"].tolist() == [30.0, 12.0, 9.0, 2.5]


def test_days_of_another_month_in_a_list_are_left_out_and_told() -> None:
    """The list of June 2025 had rows of the day a month before among its days."""
    stray = [["01/03/2022", *LISTED[1][1:-1], "0"], ["01/03/2022", *LISTED[2][1:-1], "0"]]
    rows = [*(row for row in LISTED if row[-1] != "-"), *stray]
    reading = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", rows),)))
    assert reading.tables["discharges"]["starts"].min() == pd.Timestamp("2022-04-01")
    assert f'cell A6: found "{COUNTS[0]}" of March 2022, expected figures of April 2022' in told(reading)


def test_a_list_of_no_telling_name_is_of_the_acute_trusts_that_its_row_of_england_tells() -> None:
    rows = [row for row in LISTED if row[-1] != "-"]
    acute = [[f"{v} (Type 1 Trusts)" if v == "England" else v for v in row] for row in rows]
    trusts_first = [acute[0], *acute[3:], *acute[1:3]]
    for some, loads in ((acute, True), (trusts_first, True), (rows, False)):
        reading = discharge.read(Workbook("sitrep_2022-04.csv", (Sheet("sitrep_2022-04.csv", "", some),)))
        assert ("discharges" in reading.tables) == loads
    assert "Restore the cover sheet, or name the file after the collection." in told(reading)


def test_days_written_after_their_months_in_a_list_are_told_and_not_half_read() -> None:
    days = [f"{day:%m/%d/%Y}" for day in pd.date_range("2022-04-01", "2022-04-30")]
    name = "discharges.csv"
    rows = [LISTED[0], *([day, *LISTED[1][1:]] for day in days)]
    reading = discharge.read(Workbook(name, (Sheet(name, "", rows),)))
    assert told(reading) == (
        'discharges.csv, cell A14: found "04/13/2022" (and 17 more), expected a day such as 01/04/2024, the day before '
        "the month. Fetch the file again, or write its days so."
    )
    assert not reading.tables


def test_what_a_list_gives_by_month_may_name_the_month_alone() -> None:
    rows = [row for row in LISTED if row[-1] != "-"]
    named = [*rows[:-1], ["Apr-22", *rows[-1][1:]]]
    own, usual = (discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", some),))) for some in (named, rows))
    assert figures(own).equals(figures(usual))
    assert told(own) == told(usual)


def test_a_list_of_several_months_is_refused_and_not_half_loaded() -> None:
    days = [*pd.date_range("2022-04-01", "2022-05-31").strftime("%d/%m/%Y")]
    rows = [LISTED[0], *([day, *LISTED[1][1:]] for day in days)]
    name = "discharges.csv"
    reading = discharge.read(Workbook(name, (Sheet(name, "", rows),)))
    assert [str(issue) for issue in reading.issues if issue.stops] == [
        "discharges.csv: found days of 2 months, April 2022 to May 2022, expected those of one month. Load the file of "
        "each month instead."
    ]
    assert not reading.tables


def test_a_workbook_of_the_discharge_ready_date_asks_for_its_csv_file() -> None:
    title = [[None, "Title:", "Timeliness of Acute Hospital Discharges completed within the month"],
             [None, "Summary:", "Patients who no longer meet the criteria to reside"]]  # fmt: skip
    provider = [["Region", "ICB", "Org Code", "Org Name", "Total bed days lost due to delayed discharge"],
                [None, None, None, "ENGLAND", 251486.0]]  # fmt: skip
    assert discharge.recognises(book(provider, cover=[[None, "Discharge Ready Date, September 2023"]]))
    workbook = book(provider, cover=title)
    assert discharge.recognises(workbook)
    (issue,) = discharge.read(workbook).issues
    assert "found a workbook of the Discharge Ready Date (timeliness of acute hospital discharges)" in str(issue)
    assert "It was not read; load the CSV file, published beside it." in str(issue)


def test_a_reason_that_months_since_june_2024_have_is_missed_in_a_list() -> None:
    group, first = "Delay reason", [row for row in LISTED if row[-1] != "-"][:-1]
    rows = [*first, *([*first[-1][:5], group, reason, "1"] for reason in known.REASONS_2024[1:])]
    reading = discharge.read(Workbook(WEBFILE, (Sheet(WEBFILE, "", rows),)))
    missed = 'no reason "capacity awaiting restart of existing social care arrangements pathway 0"'
    assert f"found {missed}, expected the columns of other months" in told(reading)


def test_a_sheet_of_notes_is_no_table_and_one_of_figures_is_told() -> None:
    notes: Rows = [
        ["Data quality"],
        [None, "RTH sent the week of 4 April again."],
        ["RTH", "Oxford University Hospitals"],
    ]
    assert told(discharge.read(book(DAILY, notes))) == told(discharge.read(book(DAILY)))
    assert "sheet Table 3: found a sheet without a row for England" in told(
        discharge.read(book(DAILY, [*notes, ["RTH", 12.0]]))
    )
