"""Coverage workbooks since 2021: ages in titles, wordy headings, quarters in columns or months, stacked blocks."""

from __future__ import annotations

from typing import Any

import pytest

from perfkit.intake import recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import Recipe, reader
from perfkit.intake.workbooks.grid import Sheet, Workbook

FILE = "cover_tables.ods"
LEAD = ["UTLA code", "UTLA name", "Region name"]
HEADINGS = ["Number of eligible children", "6-in-1 (%) [note 3]", "MenB coverage (%)"]
OXFORD: list[Any] = ["E10000025", "Oxfordshire", "South East", 1800.0, 94.5, 93.0]
KENT: list[Any] = ["E10000016", "Kent", "South East", 4000.0, 91.5, 90.0]
TITLE = "Table 1: coverage at 12 months by authority, England"


@pytest.fixture(scope="module")
def cover() -> Recipe:
    return recipes.load(recipes.SHIPPED / "cover_vaccinations.toml")


def book(*sheets: Sheet, period: str = "April to June 2022", file: str = FILE) -> Workbook:
    title = f"Cover of vaccination evaluated rapidly (COVER) programme, {period}"
    return Workbook(file, (Sheet(file, "Cover_sheet", [[title]]), *sheets))


def sheet(*rows: list[Any], name: str = "Table_1", title: str = TITLE, lead: list[str] = LEAD,
          headings: list[str] = HEADINGS) -> Sheet:  # fmt: skip
    return Sheet(FILE, name, [[title], ["This worksheet holds one table."], [*lead, *headings], *rows])


def values(reading: Reading, area: str = "Oxfordshire") -> dict[tuple[str, str], float]:
    assert not reading.stops, [str(issue) for issue in reading.issues]
    frame = reading.tables["releases"]
    own = frame[(frame["area"] == area) & frame["value"].notna()]
    return {(str(m), str(p)): float(v) for m, p, v in zip(own["measure"], own["period"], own["value"], strict=True)}


def told(reading: Reading) -> str:
    return "\n".join(map(str, reading.issues))


def test_the_title_says_the_age_that_headings_and_the_sheets_name_leave_out(cover: Recipe) -> None:
    assert values(reader.read(book(sheet(OXFORD, KENT)), cover)) == {
        ("children_12m", "2022-23 Q1"): 1800.0,
        ("dtap_ipv_hib_12m", "2022-23 Q1"): 94.5,
        ("menb_12m", "2022-23 Q1"): 93.0,
    }


def test_a_title_that_names_two_ages_says_none(cover: Recipe) -> None:
    reading = reader.read(book(sheet(OXFORD, title="Coverage at 12 months and 24 months")), cover)
    assert reading.stops
    assert "sheet Table_1: found no row of headings" in told(reading)


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Percentage coverage of Hexavalent at 12 months", "dtap_ipv_hib_12m"),
        ("DTaP/IPV/Hib/HepB3 uptake by 24 months of age (%)", "dtap_ipv_hib_24m"),
        ("PCV dose 1: percentage vaccinated by 12 months", "pcv_12m"),
        ("24 months\nMMR first dose (%)", "mmr1_24m"),
        ("Coverage at 5 years: MMR (2nd dose) (%)", "mmr2_5y"),
        ("4-in-1 pre-school booster at 5 years (%)", "dtap_ipv_booster_5y"),
        ("Eligible children aged 5 years", "children_5y"),
        ("Children aged 5 years in the quarter", "children_5y"),
    ],
)
def test_wordy_headings_are_put_into_the_words_of_the_recipe(cover: Recipe, heading: str, measure: str) -> None:
    plain = sheet(["E10000025", "Oxfordshire", "South East", 94.5], headings=[heading], title="Coverage")
    assert values(reader.read(book(plain), cover)) == {(measure, "2022-23 Q1"): 94.5}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("January to March 2025", "2024-25 Q4"),
        ("quarter 2 (July to September 2023), 2023 to 2024", "2023-24 Q2"),
        ("Q3 2022 to 2023", "2022-23 Q3"),
        ("2025 to 2026 Q1", "2025-26 Q1"),
    ],
)
def test_a_title_tells_the_quarter_in_any_of_its_words(cover: Recipe, text: str, period: str) -> None:
    reading = reader.read(book(sheet(OXFORD), period=text), cover)
    assert {told for _, told in values(reading)} == {period}


@pytest.mark.parametrize(
    ("lead", "first", "second"),
    [
        (["Quarter"], ["2022-23 Q1"], ["2022-23 Q2"]),
        (["Financial year", "Quarter"], ["2022 to 2023", "Q1"], ["2022 to 2023", "Quarter 2"]),
        (["Time period"], ["April to June 2022"], ["July to September 2022"]),
    ],
)
def test_each_row_of_a_time_series_tells_its_quarter(
    cover: Recipe, lead: list[str], first: list[str], second: list[str]
) -> None:
    rows = [[*first, *OXFORD], [*second, *OXFORD[:3], 1700.0, 95.5, 94.0]]
    reading = reader.read(book(sheet(*rows, lead=[*lead, *LEAD]), period="time series"), cover)
    found = values(reading)
    assert (found["children_12m", "2022-23 Q1"], found["children_12m", "2022-23 Q2"]) == (1800.0, 1700.0)


def test_quarters_in_the_rows_of_a_time_series_are_no_titles_of_the_workbook(cover: Recipe) -> None:
    series = sheet(["2021-22 Q4", *OXFORD[:3], 92.0], name="Table_2", title="Trend at 12 months",
                   lead=["Quarter", *LEAD], headings=["MenB coverage (%)"])  # fmt: skip
    cover_sheet = Sheet(FILE, "Cover_sheet", [["Vaccination coverage (COVER programme)"]])
    table = sheet(OXFORD, title="Coverage at 12 months, April to June 2022")
    found = values(reader.read(Workbook(FILE, (cover_sheet, series, table)), cover))
    assert (found["menb_12m", "2022-23 Q1"], found["menb_12m", "2021-22 Q4"]) == (93.0, 92.0)


def test_a_column_with_the_year_alone_says_nothing_new_beside_the_quarter(cover: Recipe) -> None:
    reading = reader.read(book(sheet(["2022 to 2023", *OXFORD], lead=["Financial year", *LEAD])), cover)
    assert ("children_12m", "2022-23 Q1") in values(reading)


def test_blocks_one_below_another_have_ages_of_their_own(cover: Recipe) -> None:
    first = sheet(OXFORD, KENT)
    later = [
        [],
        ["Coverage at 24 months"],
        [*LEAD, "Number of eligible children", "MMR1 (%)"],
        [*OXFORD[:3], 1900.0, 89.0],
    ]
    found = values(reader.read(book(Sheet(FILE, "Table_1", [*first.rows, *later])), cover))
    assert found["children_12m", "2022-23 Q1"] == 1800.0
    assert (found["children_24m", "2022-23 Q1"], found["mmr1_24m", "2022-23 Q1"]) == (1900.0, 89.0)


def test_a_column_of_levels_tells_authorities_from_boards(cover: Recipe) -> None:
    lead = ["Geography type", "Geography code", "Geography name"]
    rows = [["UTLA", "E10000025", "Oxfordshire", *OXFORD[3:]], ["ICB", "QU9", "A board", 1.0, 2.0, 3.0]]
    reading = reader.read(book(sheet(*rows, lead=lead)), cover)
    assert values(reading)["menb_12m", "2022-23 Q1"] == 93.0
    assert 'found 1 row for the level "ICB"' in told(reading)


def test_a_note_that_reads_like_an_area_is_no_row(cover: Recipe) -> None:
    reading = reader.read(book(sheet(OXFORD, [None, "Figures for England excluding Kent"])), cover)
    assert reading.tables["releases"]["area"].unique().tolist() == ["Oxfordshire"]


def test_the_total_of_england_may_stand_at_the_foot(cover: Recipe) -> None:
    reading = reader.read(book(sheet(OXFORD, KENT, [None, "England Total", None, 5800.0, 92.4, 90.9])), cover)
    assert values(reading, "England")["menb_12m", "2022-23 Q1"] == 90.9
    assert "the level" not in told(reading)


def test_a_region_of_the_nhs_is_not_the_region_of_that_name(cover: Recipe) -> None:
    reading = reader.read(book(sheet(OXFORD, ["E40000005", "South East", None, 9000.0, 90.0, 90.0])), cover)
    kinds = reading.tables["releases"].set_index("area")["area_kind"].to_dict()
    assert kinds == {"Oxfordshire": "authority", "South East": "other"}


def test_a_name_that_nobody_knows_beside_a_code_is_told(cover: Recipe) -> None:
    reading = reader.read(book(sheet(["E06000059", "Newtown", None, *OXFORD[3:]])), cover)
    assert ("menb_12m", "2022-23 Q1") in values(reading, "Dorset")
    assert "found the name Newtown beside the code E06000059, which is Dorset, expected a name of Dorset" in told(
        reading
    )


@pytest.mark.parametrize(
    "name", ["Hackney [note 1]", "Hackney and City of London", "Hackney (including City of London)"]
)
def test_a_note_or_a_second_area_beside_a_name_is_no_fault(cover: Recipe, name: str) -> None:
    reading = reader.read(book(sheet(["E09000012", name, "London", *OXFORD[3:]])), cover)
    assert ("menb_12m", "2022-23 Q1") in values(reading, "Hackney")
    assert "beside" not in told(reading)


def test_a_measure_that_every_release_gives_and_this_one_lacks_is_told(cover: Recipe) -> None:
    said = told(reader.read(book(sheet(OXFORD)), cover))
    assert "sheet Table_1: found no column for PCV at 12 months (two doses; one since 2020) (pcv_12m)" in said
    assert "cover_tables.ods: found no column for MMR, first dose, at 24 months (mmr1_24m)" in said


@pytest.mark.parametrize(("period", "missed"), [("April to June 2026", True), ("July to September 2026", False)])
def test_a_measure_is_not_missed_after_the_last_period_that_gives_it(cover: Recipe, period: str, missed: bool) -> None:
    two = sheet(OXFORD, title="Table 2: coverage at 24 months", headings=["Denominator", "MMR1 (%)", "PCV booster (%)"])
    said = told(reader.read(book(two, period=period), cover))
    assert ("found no column for Hib/MenC booster at 24 months (hib_menc_24m)" in said) == missed
    assert "found no column for DTaP/IPV/Hib, three doses, at 24 months (dtap_ipv_hib_24m)" in said


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("MMR1 or MMRV1 (%)", "mmr1_24m"), ("MMR/MMRV dose 2", "mmr2_24m"), ("MMR or MMRV (first dose)", "mmr1_24m"),
        ("MMRV1 (%)", "mmrv1_24m"), ("MMRV second dose", "mmrv2_24m"),
        ("6-in-1 (fourth dose)", "dtap_ipv_hib_hepb_4_24m"), ("Hexavalent booster (%)", "dtap_ipv_hib_hepb_4_24m"),
        ("DTaP/IPV/Hib/HepB dose 4", "dtap_ipv_hib_hepb_4_24m"), ("Hib/MenC 4", "hib_menc_24m"),
    ],
)  # fmt: skip
def test_doses_given_since_2026_are_measures_of_their_own(cover: Recipe, heading: str, measure: str) -> None:
    two = sheet(OXFORD, title="Table 2: coverage at 24 months", headings=["Denominator", "6-in-1 (%)", heading])
    said = values(reader.read(book(two, period="July to September 2026"), cover))
    assert said["dtap_ipv_hib_24m", "2026-27 Q2"] == 94.5
    assert said[measure, "2026-27 Q2"] == 93.0


@pytest.mark.parametrize("heading", ["DTaP/IPV/Hib/HepB 4", "DTaP/IPV/Hib/HepB4 (%)", "MMR1/MMRV2"])
def test_a_figure_behind_a_name_that_may_be_a_dose_is_not_guessed(cover: Recipe, heading: str) -> None:
    two = sheet(OXFORD, title="Table 2: coverage at 24 months", headings=["Denominator", "Hib/MenC (%)", heading])
    reading = reader.read(book(two, period="April to June 2026"), cover)
    assert set(values(reading)) == {("children_24m", "2026-27 Q1"), ("hib_menc_24m", "2026-27 Q1")}
    assert f'found a column "{heading}" that the recipe does not know' in told(reading)


def test_a_measure_that_another_sheet_has_is_missed_too(cover: Recipe) -> None:
    again = sheet([*KENT[:5]], name="Table_2", headings=HEADINGS[:2])
    said = told(reader.read(book(sheet(OXFORD), again), cover))
    assert "sheet Table_2: found no column for MenB at 12 months (menb_12m), expected one, as another sheet has" in said


def test_children_are_held_against_the_denominators_of_the_data_file(cover: Recipe) -> None:
    counts = Sheet(FILE, "Data_file", [["UTLA name", "12m_Denom", "12m_MenB_Denom", "12m_MenB_Num"],
                                       ["Oxfordshire", 1790.0, 1795.0, 1669.0]])  # fmt: skip
    said = told(reader.read(book(sheet(OXFORD), counts), cover))
    assert "cell D4: found 1800 for Oxfordshire (children_12m), expected 1795, the denominator of menb_12m" in said
    assert "sheet Data_file, cell B2: found 1790 for Oxfordshire (children_12m), expected 1800, as in cell D4" in said


def test_a_count_that_is_suppressed_is_not_missing_where_there_is_no_percentage_of_it(cover: Recipe) -> None:
    counts = Sheet(FILE, "Data_file", [["UTLA name", "12m_Denom", "12m_PCV_Num", "12m_PCV_Denom"],
                                       ["Oxfordshire", 1800.0, "*", 1800.0], ["Kent", 900.0, None, 900.0]])  # fmt: skip
    frame = reader.read(book(sheet(OXFORD, KENT), counts), cover).tables["releases"]
    own = frame[(frame["measure"] == "pcv_12m") & (frame["sheet"] == "Data_file")].set_index("area")
    assert (own.loc["Oxfordshire", "marker"], own.loc["Oxfordshire", "marker_means"]) == ("*", "suppressed")
    assert own.loc["Kent", ["value", "marker"]].isna().all()


def test_numerators_alone_are_of_the_children_beside_them(cover: Recipe) -> None:
    headings = ["Number of eligible children", "MenB number vaccinated", "MenB (%)"]
    reading = reader.read(book(sheet([*OXFORD[:4], 1620.0, 95.0], headings=headings)), cover)
    assert "found 95% for Oxfordshire (menb_12m), expected 90.0%, which 1,620 of 1,800 are" in told(reading)


def test_counts_say_whether_a_percentage_is_a_share_of_one(cover: Recipe) -> None:
    headings = ["Number of eligible children", "MenB number vaccinated", "MenB (%)", "PCV number vaccinated", "PCV (%)"]
    reading = reader.read(book(sheet([*OXFORD[:3], 1000.0, 900.0, 0.9, 5.0, 0.5], headings=headings)), cover)
    found = values(reading)
    assert (found["menb_12m", "2022-23 Q1"], found["pcv_12m", "2022-23 Q1"]) == (90.0, 0.5)
    assert "menb_12m as fractions (0.9)" in told(reading)
    assert "pcv_12m as fractions" not in told(reading)


def test_a_single_share_of_one_among_percentages_is_told(cover: Recipe) -> None:
    reading = reader.read(book(sheet(OXFORD, KENT, ["E10000030", "Surrey", None, 900.0, 0.945, 91.0])), cover)
    assert "cell E6: found 0.945% for Surrey (dtap_ipv_hib_12m), expected one such as the others" in told(reading)
    assert values(reading, "Surrey")["dtap_ipv_hib_12m", "2022-23 Q1"] == 0.945


@pytest.mark.parametrize("name", ["Table_4", "18m_UTLA"])
def test_a_table_at_an_age_without_measures_is_not_taken_for_the_age_that_a_note_compares(
    cover: Recipe, name: str
) -> None:
    other = sheet(["Compare with 12 months in Table 1"], [*LEAD, *HEADINGS], KENT, name=name, title="At 18 months")
    reading = reader.read(book(sheet(OXFORD), other), cover)
    assert values(reading, "Kent") == {}
    assert f"sheet {name}: found no row of headings" in told(reading)


def test_a_table_by_group_stands_apart_and_need_not_have_every_measure(cover: Recipe) -> None:
    rows: list[list[Any]] = [[*OXFORD[:3], "White", 94.0], [*OXFORD[:3], "Asian", 92.0]]
    groups = sheet(*rows, name="Table_5", lead=[*LEAD, "Ethnic group"], headings=["MenB coverage (%)"])
    reading = reader.read(book(sheet(OXFORD), groups), cover)
    frame = reading.tables["releases"]
    menb = frame[frame["measure"] == "menb_12m"]
    assert dict(zip(menb["breakdown"], menb["value"], strict=True)) == {
        "all": 93.0, "Ethnic group=White": 94.0, "Ethnic group=Asian": 92.0}  # fmt: skip
    assert "sheet Table_5" not in told(reading)


def test_the_first_title_says_the_age_whatever_notes_below_it_mention(cover: Recipe) -> None:
    noted = sheet(OXFORD)
    noted.rows[1] = ["Coverage at 24 months is in Table 2."]
    assert ("children_12m", "2022-23 Q1") in values(reader.read(book(noted), cover))


@pytest.mark.parametrize(("name", "said"), [("Dorset", ""), ("Kent", "found the code 838 for Kent")])
def test_a_code_of_another_kind_is_taken_where_the_name_agrees(cover: Recipe, name: str, said: str) -> None:
    row = [838, name, None, *OXFORD[3:]]
    reading = reader.read(book(sheet(row, lead=["ODS code", "UTLA name", "Region name"])), cover)
    assert ("menb_12m", "2022-23 Q1") in values(reading, name)
    assert said in told(reading)
    assert ("838" in told(reading)) == bool(said)


def test_an_area_that_had_not_begun_is_told_as_such(cover: Recipe) -> None:
    reading = reader.read(book(sheet(["E06000063", "Cumberland", "North West", *OXFORD[3:]])), cover)
    assert "found a figure for Cumberland, which began on 1 April 2023, in 2022-23 Q1" in told(reading)


ACCESSIBLE = ["Code", "Local authority", "Region name", "Organisation Data Service code", "Note"]
PERCENTAGES = [
    "Number aged 24 months",
    "Coverage at 24 months DTaP/IPV/Hib/HepB Prim (%)",
    "Coverage at 24 months MMR1 (%)",
]
NUMBERS = ["Number aged 24 months", "Number aged 24 months vaccinated DTaP/IPV/Hib/HepB Prim vaccinated",
           "Number aged 24 months vaccinated MMR1"]  # fmt: skip


def accessible(*rows: list[Any], name: str, title: str, headings: list[str]) -> Sheet:
    """The layout of the UK Health Security Agency since 2024: [z] where nothing applies, a column for [note 23]."""
    notes = [["[z] not applicable"], ["[note 18]", "City of London is included in Hackney."]]
    return Sheet(FILE, name, [[title], *notes, [*ACCESSIBLE, *headings], *rows])


def test_accessible_tables_name_areas_by_their_codes_and_give_counts_on_a_sheet_of_their_own(cover: Recipe) -> None:
    whole = ["E92000001", "[z]", "England", "[z]", "[note 23]"]
    region = ["E12000008", "[z]", "South East", "[z]", "[z]"]
    derby = ["E06000015", "Derby", "East Midlands", 507.0, "[note 18]"]
    percentages = accessible(
        [*whole, " 9,000", 95.1, 92.0], [*region, 5675.0, 95.7, 93.8], [*OXFORD[:3], 608.0, "[z]", 5675.0, 95.7, 93.8],
        [*derby, 3325.0, 94.0, 89.0], name="T5a_UTLA24m", title="Table 5a, percentage", headings=PERCENTAGES,
    )  # fmt: skip
    numbers = accessible([*derby, 3325.0, 3124.0, 2960.0], name="T5b_UTLA24m", title="Table 5b", headings=NUMBERS)
    reading = reader.read(book(percentages, numbers), cover)
    assert values(reading, "England")["children_24m", "2022-23 Q1"] == 9000.0
    assert values(reading, "South East")["mmr1_24m", "2022-23 Q1"] == 93.8
    frame = reading.tables["releases"]
    mmr = frame[(frame["area"] == "Derby") & (frame["measure"] == "mmr1_24m")].iloc[0]
    assert (mmr["value"], mmr["numerator"], mmr["denominator"], mmr["cell"]) == (89.0, 2960.0, 3325.0, "H8")
    assert (mmr["note"], mmr["sheet"]) == ("[note 18]", "T5a_UTLA24m")
    assert frame.loc[frame["area"] == "South East", "note"].isna().all()
    assert not any(issue.where.cell for issue in reading.issues)


def test_accessible_counts_that_do_not_make_the_percentage_are_told(cover: Recipe) -> None:
    lead = [*OXFORD[:3], 608.0, "[z]"]
    percentages = accessible([*lead, 7639.0, 95.7, 93.8], name="T5a_UTLA24m", title="Table 5a", headings=PERCENTAGES)
    numbers = accessible([*lead, 7639.0, 7313.0, 6163.0], name="T5b_UTLA24m", title="Table 5b", headings=NUMBERS)
    assert "cell H5: found 93.8% for Oxfordshire (mmr1_24m), expected 80.7%, which 6,163 of 7,639 are" in told(
        reader.read(book(percentages, numbers), cover)
    )


def test_a_few_infants_at_risk_keep_their_range_and_their_counts(cover: Recipe) -> None:
    headings = [
        "Number aged 12 months eligible HepB",
        "Number aged 12 months vaccinated HepB",
        "Coverage at 12 months HepB (%)",
    ]
    rows = [
        [*OXFORD[:3], 608.0, "[z]", 25.0, 24.0, 96.0],
        ["E10000016", "Kent", "South East", 820.0, "[z]", 6.0, "[c]", "35% to 69%"],
    ]
    reading = reader.read(book(accessible(*rows, name="T7_UTLAHepB", title="Table 7", headings=headings)), cover)
    frame = reading.tables["releases"].set_index(["area", "measure"])
    assert tuple(frame.loc[("Oxfordshire", "hepb_12m"), ["value", "numerator", "denominator"]]) == (96.0, 24.0, 25.0)
    assert tuple(frame.loc[("Kent", "hepb_12m"), ["marker", "marker_means"]]) == ("35% to 69%", "range")


Q1, Q2 = "2023-24 Q1", "2023-24 Q2"
SIDE_BY_SIDE = {
    "in each heading": [["UTLA code", "UTLA name", "MMR1 Q1 2023/24 (%)", "MMR1 Q2 2023/24 (%)"]],
    "in the row above": [[None, None, "2023-24 Q1", "2023-24 Q2"], ["UTLA code", "UTLA name", "MMR1 (%)", "MMR1 (%)"]],
    "below the measure": [[None, None, "MMR1", "MMR1"],
                          ["UTLA code", "UTLA name", "April to June 2023", "July to September 2023"]],
    "alone": [["UTLA code", "UTLA name", "Quarter 1, 2023 to 2024", "Quarter 2, 2023 to 2024"]],
}  # fmt: skip


@pytest.mark.parametrize("headings", SIDE_BY_SIDE.values(), ids=SIDE_BY_SIDE.keys())
def test_quarters_side_by_side_are_told_by_their_headings(cover: Recipe, headings: list[list[Any]]) -> None:
    wide = Sheet(FILE, "Table_3", [["MMR1 coverage at 24 months"], *headings, ["E10000025", "Oxfordshire", 95.0, 96.0]])
    reading = reader.read(book(wide, period="time series"), cover)
    assert values(reading) == {("mmr1_24m", Q1): 95.0, ("mmr1_24m", Q2): 96.0}
    assert reading.tables["releases"]["cell"].tolist() == [f"{c}{len(headings) + 2}" for c in "CD"]
    wide.rows[0][0] = "Table 3: MMR1 coverage at 24 months"
    assert values(reader.read(book(wide, period="time series"), cover))["mmr1_24m", Q2] == 96.0


def test_a_quarter_above_several_measures_goes_on_until_the_next(cover: Recipe) -> None:
    rows = [
        ["Coverage at 24 months"], [None, None, Q1, None, Q2, None],
        ["UTLA code", "UTLA name", "MMR1 (%)", "PCV booster (%)", "MMR1 (%)", "PCV booster (%)"],
        ["E10000025", "Oxfordshire", 95.0, 94.0, 96.0, 93.0],
    ]  # fmt: skip
    found = values(reader.read(book(Sheet(FILE, "Table_3", rows), period="time series"), cover))
    assert found == {("mmr1_24m", Q1): 95.0, ("pcv_booster_24m", Q1): 94.0,
                     ("mmr1_24m", Q2): 96.0, ("pcv_booster_24m", Q2): 93.0}  # fmt: skip


def test_a_quarter_that_stands_twice_is_told(cover: Recipe) -> None:
    rows = [
        ["Coverage at 24 months"],
        ["UTLA code", "UTLA name", "MMR1 Q1 2023/24", "MMR1 Q1 2023/24"],
        ["E10000025", "Oxfordshire", 95.0, 96.0],
    ]
    reading = reader.read(book(Sheet(FILE, "Table_3", rows)), cover)
    assert 'cell D2: found the heading "MMR1 Q1 2023/24", which says the same as' in told(reading)


@pytest.mark.parametrize(
    ("name", "headings", "measures"),
    [
        ("LA-24m", "ONS Upper Tier LA Code|ONS Upper Tier LA Name|No. Children|24m_PCVB%",
         {"children_24m", "pcv_booster_24m"}),
        ("12m_UT LA", "ONS LA Code|UTLA name|Sum of Denom_12m|Sum of 12m_PCV%", {"children_12m", "pcv_12m"}),
        ("24m_UT LA", "ONS Upper Tier LA Code|UTLA name|Sum of Denom_24m|Sum of 24m_PCVB%",
         {"children_24m", "pcv_booster_24m"}),
        ("12m_UT LA", "ONS Upper Tier LA Code|ONS Upper Tier LA Name|12 month Denominator|PCV2 (%)",
         {"children_12m", "pcv_12m"}),
        ("24m_UTLA_GOR", "ONS UTLA code|UTLA name|24 month denominator|24 month PCV Booster%",
         {"children_24m", "pcv_booster_24m"}),
        ("12m_UTLA_GOR", "ONS upper tier local authority code|Upper tier local authority name|12m denominator|"
                         "12m PCV1 (%)",
         {"children_12m", "pcv_12m"}),
        ("Table6", "Code|Local authority|Number of children who reached 24 months in reporting quarter|"
                   "Coverage at 24 months PCV Booster (%)", {"children_24m", "pcv_booster_24m"}),
        ("Table6", "Code|Local authority|Number aged 24 months|Coverage at 24 months MMR dose 2 (%)",
         {"children_24m", "mmr2_24m"}),
        ("5y_UTLA_GOR", "ONS UTLA code|UTLA name|5y denominator|Coverage at 5 years dTaP/IPV booster (%)",
         {"children_5y", "dtap_ipv_booster_5y"}),
    ],
)  # fmt: skip
def test_headings_of_each_year_since_2013_are_known(
    cover: Recipe, name: str, headings: str, measures: set[str]
) -> None:
    table = Sheet(FILE, name, [["Title"], headings.split("|"), ["E10000025", "Oxfordshire", 100.0, 95.0]])
    found = values(reader.read(book(table), cover))
    assert {measure: value for (measure, _), value in found.items()} == dict(
        zip(sorted(measures), (100.0, 95.0), strict=True)
    )


def test_bcg_has_those_who_are_eligible_for_its_denominator(cover: Recipe) -> None:
    headings = [
        "Number aged 3 months eligible BCG",
        "Number aged 3 months vaccinated BCG",
        "Coverage at 3 months BCG (%)",
    ]
    row = [*OXFORD[:3], 608.0, "[z]", 1932.0, 1591.0, 82.3]
    reading = reader.read(book(accessible(row, name="T8_UTLABCG", title="Table 8", headings=headings)), cover)
    found = reading.tables["releases"].set_index("measure").loc["bcg_3m"]
    assert (found["value"], found["numerator"], found["denominator"]) == (82.3, 1591.0, 1932.0)
