"""The annual publication's CSV files: counts, the figures behind the dashboard, and selective vaccinations."""

from __future__ import annotations

import pandas as pd

from perfkit.intake import recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import reader
from perfkit.intake.workbooks.grid import Sheet, Workbook


def read(file: str, *lines: str) -> Reading:
    workbook = Workbook(file, (Sheet(file, "", [line.split(",") for line in lines]),))
    recipe = reader.recognise(workbook, recipes.gather())
    assert recipe is not None
    return reader.read(workbook, recipe)


def figures(reading: Reading) -> pd.DataFrame:
    return reading.tables["releases"].set_index(["area", "measure"])


COUNTS = "CollectionYearRange,Parent_Org_Code,Parent_Org_Name,Org_Code,Org_Name,Child_Age,Indicator,Value"
DASHBOARD = "Year,OrgCode,OrgName,OrgType,VacCode,Value"
HEPATITIS = (
    "CollectionYearRange,Parent_Org_Code,Parent_Org_Name,Org_Code,Org_Name,HepB_12m_Population,"
    "HepB_24m_Population,HepB_12m_Vaccinated,HepB_24m_Vaccinated,HepB_12m_Coverage,HepB_24m_Coverage"
)


def test_counts_are_of_children_and_neighbours_stand_together() -> None:
    reading = read(
        "childhood-vaccination-la-num-denom.csv", COUNTS,
        "2022-23,E12000008,South East,E10000025,Oxfordshire,12m,12m_Eligible_Pop,7444",
        "2022-23,E12000008,South East,E10000025,Oxfordshire,12m,DTaP_IPV_Hib_HepB_12m,7043",
        "2022-23,E12000007,London,E09000012,Hackney and City of London,5y,MMR1_5y,3000",
        "2022-23,E12000007,London,E09000012,Hackney and City of London,5y,MMR2_5y,z",
    )  # fmt: skip
    assert reading.issues == ()
    found = figures(reading)
    assert found.loc[("Oxfordshire", "12m_eligible_pop"), ["value", "unit", "period"]].tolist() == [
        7444.0, "children", "2022-23"]  # fmt: skip
    assert found.loc[("Oxfordshire", "dtap_ipv_hib_hepb_12m"), "value"] == 7043.0
    assert found.loc[("Hackney", "mmr2_5y"), "marker_means"] == "not applicable"
    assert set(found["release"]) == {"cover_vaccinations_annual_counts"}


def test_the_dashboards_file_tells_coverage_from_children_and_levels() -> None:
    reading = read(
        "childhood-vaccination-dashboard-data-2023.csv", DASHBOARD,
        "2022-23,E92000001,England,Country,12m_Eligible_Pop,7444",
        "2022-23,W92000004,Wales,Country,DTaP_IPV_Hib_HepB_12m,94.5",
        "2022-23,K02000001,United Kingdom,UK,DTaP_IPV_Hib_HepB_12m,92.5",
        "2022-23,E12000008,South East,Region,DTaP_IPV_Hib_HepB_12m,93.0",
        "2022-23,E10000025,Oxfordshire,LA,DTaP_IPV_Hib_HepB_12m,94.6",
        "2022-23,E10000025,Oxfordshire,LA,12m_Eligible_Pop,7444",
    )  # fmt: skip
    found = figures(reading)
    assert [issue.found for issue in reading.issues] == ['1 row for the level "UK"']
    assert found.loc[("Oxfordshire", "12m_eligible_pop"), "unit"] == "children"
    assert found.loc[("Oxfordshire", "dtap_ipv_hib_hepb_12m"), ["value", "unit"]].tolist() == [94.6, "percent"]
    assert found["area_kind"].groupby(level=0).first().to_dict() == {
        "England": "country", "Oxfordshire": "authority", "South East": "region", "Wales": "other"}  # fmt: skip


def test_selective_vaccinations_are_of_those_at_risk() -> None:
    reading = read("childhood-vaccination-table-11b-11c.csv", HEPATITIS,
                   "2022-23,E12000008,South East,E10000025,Oxfordshire,40,38,40,19,100,50",
                   "2022-23,E12000008,South East,E10000016,Kent,*,50,*,40,*,80")  # fmt: skip
    assert reading.issues == ()
    found = figures(reading)
    own = found.loc[("Oxfordshire", "hepb_24m")]
    assert own[["value", "numerator", "denominator"]].tolist() == [50.0, 19.0, 38.0]
    assert found.loc[("Kent", "hepb_12m"), "marker_means"] == "suppressed"


WIDTH = 10
BOOK = "child-vacc-stat-eng-2017-18-tab.xlsx"


def sheet(name: str, title: str, *rows: list[object]) -> Sheet:
    return Sheet(BOOK, name, [[*row, *[None] * (WIDTH - len(row))] for row in ([title], [], *rows)])


def book(*sheets: Sheet) -> Reading:
    cover = Sheet(BOOK, "Contents", [["Childhood Vaccination Coverage Statistics, England, 2017-18"]])
    workbook = Workbook(BOOK, (cover, *sheets))
    recipe = reader.recognise(workbook, recipes.gather())
    assert recipe is not None
    return reader.read(workbook, recipe)


LABELS: list[object] = ["Region", "Local Authority (LA)", "ONS Code", "LA Code"]
AT_ONE: list[list[object]] = [
    [None, None, None, None, "Children", "Diphtheria"],
    [None, None, None, None, "aged 1", "Polio, Hib"],
    [None, None, None, None, "(thousands)", "(DTaP/IPV/Hib)(2)", "(PCV)", "MenB", "Rotavirus"],
    [],
    LABELS,
]
FIRST = "Table 8b: Percentage of children immunised by their 1st birthday, 2017-18"


def values(reading: Reading, area: str) -> dict[str, float]:
    frame = reading.tables["releases"]
    told = frame[(frame["area"] == area) & frame["value"].notna()]
    return dict(zip(told["measure"], told["value"], strict=True))


def told(reading: Reading) -> list[str]:
    return [issue.found for issue in reading.issues if "no column for" not in issue.found]


def test_headings_stacked_over_several_rows_are_read_with_children_in_thousands() -> None:
    reading = book(sheet("Table 8b", FIRST, *AT_ONE,
                         ["England", None, None, None, 660.1, 93.1, 93.3, 92.5, 90.1],
                         [None, "County Durham", "E06000047", "116", 5.4, 97.5, 97.6, 97.1, 94.0],
                         [None, "Cornwall (5)", "E06000052", "902", 5.1, 93.5, 93.6, ":", "z"]))  # fmt: skip
    assert told(reading) == []
    assert values(reading, "England")["thousand_children_12m"] == 660.1
    assert values(reading, "Cornwall") == {"thousand_children_12m": 5.1, "dtap_ipv_hib_12m": 93.5, "pcv_12m": 93.6}
    units = reading.tables["releases"].set_index("measure")["unit"]
    assert set(units["thousand_children_12m"]) == {"thousand children"}


def test_a_workbook_that_cannot_be_read_says_what_it_is_and_what_to_do() -> None:
    reading = book(sheet("Table 8b", FIRST, ["Area", "Jabs"], ["County Durham", 97.5]))
    assert [str(issue) for issue in reading.issues if issue.stops] == [
        f'{BOOK}: found a release of "Childhood vaccination coverage, annual" without figures that the recipe '
        "cover_annual describes, expected at least one table. Add its headings to a copy of the recipe (see How to add "
        "a release), or load the publisher's CSV file."
    ]


def test_first_and_second_doses_stand_in_the_row_below() -> None:
    reading = book(sheet("Table 10b", FIRST.replace("1st", "5th").replace("8b", "10b"),
                         [*[None] * 4, "aged 5", "(DTaP/IPV/Hib)", "Pertussis", "MMR", "MMR", "Hib/MenC"],
                         [*LABELS, "(thousands)", None, None, "1st dose", "1st and 2nd dose"],
                         [None, "County Durham", "E06000047", "116", 5.4, 97.5, 97.6, 97.1, 94.0, 96.1]))  # fmt: skip
    assert told(reading) == []
    assert values(reading, "County Durham") == {
        "thousand_children_5y": 5.4, "dtap_ipv_hib_5y": 97.5, "dtap_ipv_booster_5y": 97.6, "mmr1_5y": 97.1,
        "mmr2_5y": 94.0, "hib_menc_5y": 96.1,
    }  # fmt: skip


def test_two_columns_that_only_say_mmr_are_not_read_and_told() -> None:
    reading = book(sheet("Table 10b", FIRST.replace("1st", "5th"),
                         [*[None] * 4, "aged 5 (thousands)", "(DTaP/IPV/Hib)", None, "MMR", "MMR"], LABELS,
                         [None, "County Durham", "E06000047", "116", 5.4, 97.5, 97.6, 97.1, 94.0]))  # fmt: skip
    assert set(values(reading, "County Durham")) == {"thousand_children_5y", "dtap_ipv_hib_5y"}
    unknown = 'a column "MMR" that the recipe does not know'
    assert told(reading) == ["a column of figures without a heading", unknown, unknown]


def test_numbers_of_children_under_the_headings_of_percentages_are_not_read() -> None:
    percentages = [[None, "County Durham", "E06000047", "116", 5.4, 97.5, 97.6, 97.1, 94.0]]
    numbers = [[None, "County Durham", "E06000047", "116", None, 5291, 5292, 5293, 5100],
               [None, "Darlington", "E06000005", "117", None, 1151, 1152, 1153, 1100]]  # fmt: skip
    reading = book(sheet("Table 8b", FIRST, *AT_ONE, *percentages),
                   sheet("Table 8c", FIRST.replace("8b: Percentage", "8c: Number"), *AT_ONE, *numbers))  # fmt: skip
    assert told(reading) == [
        "5,291 for County Durham under DTaP/IPV/Hib, three doses, at 12 months, and so in 4 columns"]  # fmt: skip
    assert values(reading, "County Durham")["dtap_ipv_hib_12m"] == 97.5
    assert values(reading, "Darlington") == {}
