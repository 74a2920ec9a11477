"""A release read by its recipe: each figure with its area, period and marker; what is not accounted for is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import Recipe, reader
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import ParameterError

FILE = "cover/2018_2019_Q2.xlsx"
HEADINGS = [
    "ONS Government Office Region Name", "ONS Upper Tier LA Code", "ODS Upper Tier LA Code", "Upper Tier LA Name",
    "Data submission caveat", "12m Denominator", "12m DTaP/IPV/Hib %", "12m Rota%",
]  # fmt: skip
ROWS: list[list[Any]] = [
    [None, None, None, "England", None, 300.0, 91.0, 89.1],
    ["South East", "E10000025", 608.0, "Oxfordshire", "*", 100.0, 95.0, 0.0],
    [None, "E10000016", "820", "Kent", None, 200.0, "*", "n/a"],
    ["South East Total", None, None, None, None, 300.0, 91.0, 89.1],
    [None] * 8,
    [None, None, "*", "Some figures have been suppressed due to small numbers"],
]
TIDY = ["time_period", "time_identifier", "geographic_level", "region_code", "region_name", "old_la_code", "la_name",
        "new_la_code", "sex", "children_count", "rate_per_10000"]  # fmt: skip
NATIONAL = ["202425", "Academic year", "National", None, None, None, None, None, "Total", "9000", "28"]
OXFORD = [
    "202425",
    "Academic year",
    "Local authority",
    None,
    "South East",
    "931",
    "Oxfordshire",
    "E10000025",
    "Girls",
    "0",
    "c",
]


@pytest.fixture(scope="module")
def cover() -> Recipe:
    return recipes.load(recipes.SHIPPED / "cover_vaccinations.toml")


@pytest.fixture(scope="module")
def education() -> Recipe:
    return recipes.load(recipes.SHIPPED / "tidy_education.toml")


def workbook(*sheets: Sheet, file: str = FILE) -> Workbook:
    told = Sheet(file, "Information", [["COVER programme"], ["Coverage in England - 2018/19, Quarter 2: July 2018"]])
    return Workbook(file, (told, *sheets))


def table(*rows: list[Any], headings: list[Any] = HEADINGS, name: str = "12m_UTLA_GOR", file: str = FILE) -> Sheet:
    return Sheet(file, name, [headings, *rows])


def changed(row: int, column: int, value: object) -> Sheet:
    rows = [list(cells) for cells in ROWS]
    rows[row][column] = value
    return table(*rows)


def figures(reading: Reading) -> pd.DataFrame:
    assert not reading.stops, [str(issue) for issue in reading.issues]
    return reading.tables["releases"].set_index(["area", "measure"])


def told(reading: Reading) -> str:
    return "\n".join(map(str, reading.issues))


def test_every_figure_has_its_area_period_unit_and_cell(cover: Recipe) -> None:
    found = figures(reader.read(workbook(table(*ROWS)), cover))
    own = found.loc[("Oxfordshire", "dtap_ipv_hib_12m")]
    assert own[["value", "unit", "period", "area_code", "region", "cell"]].tolist() == [
        95.0, "percent", "2018-19 Q2", "E10000025", "South East", "G3",
    ]  # fmt: skip
    assert found.loc[("Kent", "children_12m"), "region"] == "South East", "filled from above"
    assert found.loc[("England", "children_12m"), "area_kind"] == "country"
    assert found.loc[("South East", "rotavirus_12m"), "area_kind"] == "region", "the row of the total"


def test_zero_is_zero_and_markers_mean_what_the_sheet_says(cover: Recipe) -> None:
    found = figures(reader.read(workbook(table(*ROWS)), cover))
    assert found.loc[("Oxfordshire", "rotavirus_12m"), "value"] == 0.0
    kent = found.loc[("Kent", "dtap_ipv_hib_12m")]
    assert (kent["marker"], kent["marker_means"]) == ("*", "suppressed")
    assert kent["note"] == "Some figures have been suppressed due to small numbers"
    assert found.loc[("Kent", "rotavirus_12m"), "marker_means"] == "not applicable"
    assert found.loc[("Oxfordshire", "children_12m"), "note"] == "Data submission caveat"


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (2, 6, "?", 'cell G4: found "?", expected a number or a marker of this source'),
        (2, 6, "#REF!", "cell G4: found the formula error #REF!"),
        (2, 3, "Kentt", "cell D4: found the code E10000016 for"),
        (2, 3, "Essex", "found the code E10000016, which is Kent, beside the name Essex"),
    ],
)
def test_what_is_not_accounted_for_is_told_at_its_cell(
    cover: Recipe, row: int, column: int, value: object, message: str
) -> None:
    strict = Recipe(**{**cover.__dict__, "disagreeing": "refuse"})
    if value == "Kentt":
        sheet = changed(row, column, value)
        sheet.rows[3][1] = sheet.rows[3][2] = None
        message = 'cell D4: found the area "Kentt", expected an authority or region of England'
    else:
        sheet = changed(row, column, value)
    reading = reader.read(workbook(sheet), strict)
    assert reading.tables == {}
    assert message in told(reading)


def test_a_row_that_lost_its_name_is_told(cover: Recipe) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][1:4] = [None, None, None]
    reading = reader.read(workbook(table(*rows)), cover)
    assert "cell D3: found figures in a row without an area" in told(reading)
    assert reading.stops


def test_authorities_that_do_not_add_up_to_england_are_told(cover: Recipe) -> None:
    reading = reader.read(workbook(changed(0, 5, 400.0)), cover)
    assert "cell F2: found 400 for England (children_12m), expected 300, the sum of its authorities" in told(reading)


def test_a_percentage_is_held_against_its_counts(cover: Recipe) -> None:
    counts = Sheet(FILE, "Data file", [["Upper Tier LA Name", "12m DTaPIPVHib3 Num", "12m DTaPIPVHib3 Denom"],
                                       ["Oxfordshire", 90.0, 100.0]])  # fmt: skip
    reading = reader.read(workbook(table(*ROWS), counts), cover)
    assert figures(reading).loc[("Oxfordshire", "dtap_ipv_hib_12m"), "numerator"] == 90.0
    assert "found 95% for Oxfordshire (dtap_ipv_hib_12m), expected 90.0%, which 90 of 100 are" in told(reading)


def test_sheets_that_tell_one_fact_differently_are_told(cover: Recipe) -> None:
    again = table(["South East", "E10000025", 608.0, "Oxfordshire", None, 100.0, 59.0, 0.0], name="12m_UTLA_AT")
    assert "found 59 for Oxfordshire (dtap_ipv_hib_12m), expected 95" in told(
        reader.read(workbook(table(*ROWS), again), cover)
    )


def test_the_name_of_the_file_and_the_title_must_agree(cover: Recipe) -> None:
    file = "cover/2018_2019_Q3.xlsx"
    reading = reader.read(workbook(table(*ROWS, file=file), file=file), cover)
    assert 'found "2018-19 Q2", expected "2018-19 Q3", as the file\'s name says' in told(reading)
    assert reading.stops


def test_a_sheet_whose_title_says_another_quarter_is_refused(cover: Recipe) -> None:
    titled = table(*ROWS)
    titled.rows.insert(0, ["Table 1: coverage at 12 months, July to September 2018", *[None] * 7])
    assert not reader.read(workbook(titled), cover).stops
    titled.rows[0][0] = "Table 1: coverage at 12 months, April to June 2018"
    reading = reader.read(workbook(titled), cover)
    assert reading.tables == {}
    assert 'cell A1: found "2018-19 Q1" above the table, expected "2018-19 Q2", as the workbook says' in told(reading)


def test_headings_may_stand_lower_and_in_two_rows(cover: Recipe) -> None:
    above = [None, None, None, None, None, "12m", "12m", "12m"]
    below = [*HEADINGS[:5], "Denominator", "DTaP/IPV/Hib %", "Rota%"]
    sheet = Sheet(FILE, "12m_UTLA_GOR", [["A title"], [], above, below, *ROWS])
    assert figures(reader.read(workbook(sheet), cover)).loc[("Oxfordshire", "children_12m"), "cell"] == "F6"


def test_headings_may_leave_out_what_the_sheet_is_named(cover: Recipe) -> None:
    sheet = table(*ROWS, headings=[*HEADINGS[:5], "Denominator", "DTaP/IPV/Hib coverage", "Rotavirus coverage"])
    assert figures(reader.read(workbook(sheet), cover)).loc[("Oxfordshire", "rotavirus_12m"), "value"] == 0.0


def test_a_later_layout_with_numbered_tables_and_wordy_headings_reads(cover: Recipe) -> None:
    """The words of 2024-25 quarter 3: Code, Name, and headings that are whole sentences."""
    headings = ["Code", "Name", "Number of children who reached 12 months in reporting quarter",
                "Coverage at 12 months PCV1 (%)", "Coverage at 12 months Rota2 (%)"]  # fmt: skip
    rows = [["E92000001", "England", 150.0, 93.0, 90.0], ["E10000025", "Oxfordshire", 100.0, 94.0, "[x]"],
            ["E10000016", "Kent", 50.0, "70% to 100%", "[note 1]"]]  # fmt: skip
    file = "cover-data-tables-2024-to-2025-q3.ods"
    told_ = Sheet(file, "Cover_sheet", [["COVER programme"]])
    tables = [Sheet(file, "Table_1", [["Coverage in the UK"], ["Country"], ["Wales"]]),
              Sheet(file, "Table_5", [["Coverage by authority"], [], headings, *rows])]  # fmt: skip
    found = figures(reader.read(Workbook(file, (told_, *tables)), cover))
    assert found.loc[("Oxfordshire", "pcv_12m"), ["value", "period"]].tolist() == [94.0, "2024-25 Q3"]
    assert found.loc[("Kent", "pcv_12m"), ["marker", "marker_means"]].tolist() == ["70% to 100%", "range"]
    assert found.loc[("Kent", "rotavirus_12m"), "marker_means"] == "see note"
    assert found.loc[("Kent", "children_12m"), "value"] == 50.0


def test_percentages_kept_as_fractions_are_multiplied_and_told(cover: Recipe) -> None:
    names = [
        "Kent", "Essex", "Devon", "Surrey", "Norfolk", "Suffolk", "Derby", "York", "Leeds", "Bury", "Bolton", "Wigan",
        "Sefton", "Dudley", "Barnet", "Bexley", "Brent", "Camden", "Ealing", "Harrow", "Sutton",
    ]  # fmt: skip
    rows = [[None, None, None, name, None, 100.0, 0.95, 0.5] for name in names]
    reading = reader.read(workbook(table(*rows)), cover)
    assert figures(reading).loc[("Kent", "dtap_ipv_hib_12m"), "value"] == 95.0
    assert "dtap_ipv_hib_12m as fractions (0.95), expected percentages. They were multiplied by 100" in told(reading)


def test_a_merged_authority_beside_its_parts_would_be_counted_twice(cover: Recipe) -> None:
    file = "cover/2019_2020_Q1.ods"
    rows = [[None, "E06000028", None, "Bournemouth", None, 50.0, 90.0, 90.0],
            [None, "E06000058", None, "Bournemouth, Christchurch and Poole", None, 100.0, 90.0, 90.0]]  # fmt: skip
    title = Sheet(file, "Information", [["COVER programme"], ["2019/20, Quarter 1"]])
    reading = reader.read(Workbook(file, (title, table(*rows, file=file))), cover)
    assert reading.stops
    assert ("a figure for Bournemouth, which ended on 31 March 2019, beside one for Bournemouth, Christchurch and Poole"
            in told(reading))  # fmt: skip


def test_tidy_files_divide_measures_from_groups_by_what_stands_in_them(education: Recipe) -> None:
    sheet = Sheet("rates_2024_final.csv", "", [TIDY, NATIONAL, OXFORD])
    found = reader.read(Workbook(sheet.file, (sheet,)), education).tables["releases"]
    assert set(found["release"]) == {"rates"}
    assert set(found["measure"]) == {"children_count", "rate_per_10000"}
    assert (found["period"].unique().tolist(), found["calendar"].unique().tolist()) == (["2024-25"], ["academic"])
    own = found[found["area"] == "Oxfordshire"].set_index("measure")
    assert own.loc["children_count", "value"] == 0.0
    assert own.loc["rate_per_10000", ["marker", "marker_means", "unit"]].tolist() == [
        "c",
        "suppressed",
        "rate per 10000",
    ]
    assert set(own["breakdown"]) == {"sex=Girls"}


def test_a_heading_that_ends_in_perc_is_a_percentage(education: Recipe) -> None:
    sheet = Sheet("rates.csv", "", [[*TIDY[:-1], "attendance_perc"], OXFORD])
    found = reader.read(Workbook(sheet.file, (sheet,)), education).tables["releases"]
    assert found.loc[found["measure"] == "attendance_perc", "unit"].tolist() == ["percent"]


def test_rows_of_levels_that_the_register_does_not_cover_are_left_out_and_told(education: Recipe) -> None:
    school = [*OXFORD]
    school[2], school[6] = "School", "A primary school"
    sheet = Sheet("rates.csv", "", [TIDY, NATIONAL, OXFORD, school])
    reading = reader.read(Workbook(sheet.file, (sheet,)), education)
    assert 'cell C4: found 1 row for the level "School"' in told(reading)
    assert len(figures(reading)) == 4


def test_an_unknown_kind_of_period_is_told(education: Recipe) -> None:
    sheet = Sheet("rates.csv", "", [TIDY, ["2024", "Fortnight", *NATIONAL[2:]]])
    assert 'cell A2: found the kind of period "Fortnight", expected one of calendar year' in told(
        reader.read(Workbook(sheet.file, (sheet,)), education)
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("release = ", "is no TOML file"),
        ('release = "a"', "says nothing to recognise its files by"),
        ('releas = "a"', 'has the key "releas", which means nothing; the keys there are checks, headings, ignore'),
        ('status = "old"\n[recognise]\nphrases = ["a"]', 'says status = "old"; it may be provisional'),
        ('release = "a"\ntitle = "a"\npublisher = "a"\nignore = ["("]\n[recognise]\nphrases = ["a"]', "is no pattern"),
        ('release = "a"\n[recognise]\nphrases = ["a"]', "lacks the key 'title'"),
        ('[recognise]\nphrases = ["a"]\nignore = ["b"]', "nothing; put it above the first line in square brackets"),
    ],
)
def test_a_recipe_that_cannot_be_names_itself_and_the_key(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "waste.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=r"waste\.toml") as caught:
        recipes.load(path)
    assert message in str(caught.value)
    assert str(caught.value).count("The recipe") == 1


def test_a_councils_recipe_goes_before_one_of_the_same_name(tmp_path: Path) -> None:
    own = tmp_path / "cover_vaccinations.toml"
    own.write_text(
        (recipes.SHIPPED / own.name).read_text(encoding="utf-8").replace("(COVER)", "(ours)"), encoding="utf-8"
    )
    found = recipes.gather(tmp_path)
    assert "(ours)" in found[0].title
    assert [recipe.name for recipe in found].count("cover_vaccinations") == 1


def test_a_recipe_that_is_tried_goes_before_all_others_of_its_name(tmp_path: Path) -> None:
    own = tmp_path / "folder"
    own.mkdir()
    text = (recipes.SHIPPED / "cover_vaccinations.toml").read_text(encoding="utf-8")
    (own / "cover_vaccinations.toml").write_text(text.replace("(COVER)", "(ours)"), encoding="utf-8")
    tried = tmp_path / "cover_vaccinations.toml"
    tried.write_text(text.replace("(COVER)", "(tried)"), encoding="utf-8")
    found = recipes.gather(own, tried=tried)
    assert "(tried)" in found[0].title
    assert [recipe.name for recipe in found].count("cover_vaccinations") == 1
    with pytest.raises(ParameterError, match="There is no recipe"):
        recipes.gather(tried=tmp_path / "absent.toml")


def test_sheets_named_by_authority_and_age_have_headings_without_the_age(cover: Recipe) -> None:
    """The workbooks of 2013-14: sheet LA-12m, headings such as PCV %."""
    headings = ["ONS Upper Tier LA Code", "ONS Upper Tier LA Name", "No. Children", "PCV %"]
    sheet = table(["E10000025", "Oxfordshire", 100.0, 95.5], headings=headings, name="LA-12m")
    found = figures(reader.read(workbook(sheet), cover))
    assert found.loc[("Oxfordshire", "pcv_12m"), "value"] == 95.5
    assert found.loc[("Oxfordshire", "children_12m"), "value"] == 100.0


def test_a_percentage_that_is_gone_beside_its_counts_is_told(cover: Recipe) -> None:
    rows = [[*ROWS[1]]]
    rows[0][6] = None
    counts = Sheet(FILE, "Data file", [["UTLA name", "12m DTaP/IPV/Hib num", "12m DTaP/IPV/Hib denom"],
                                       ["Oxfordshire", 95.0, 100.0], ["Kent", 90.0, 100.0]])  # fmt: skip
    said = told(reader.read(workbook(table(*rows), counts), cover))
    assert "cell G2: found nothing for Oxfordshire (dtap_ipv_hib_12m), beside its counts, expected 95.0%" in said
    assert "found counts for Kent (dtap_ipv_hib_12m), but no row among the percentages" in said
