"""Open data that could be read two ways is told, not guessed at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfkit.intake import folder, recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import reader
from perfkit.intake.workbooks.grid import Sheet, Workbook

HEADINGS = "time_period,time_identifier,geographic_level,new_la_code,la_name,number,percentage"
Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(*rows: str, headings: str = HEADINGS) -> Reading:
        path = tmp_path / "release.csv"
        path.write_text("\n".join([headings, *rows]), encoding="utf-8")
        (delivery,) = folder.read([path], base=None, known={}, is_known=lambda *_: False)
        return delivery.reading

    return read


def row(number: str = "120", percentage: str = "67.5", *, identifier: str = "Academic year") -> str:
    return f"202324,{identifier},Local authority,E10000025,Oxfordshire,{number},{percentage}"


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(issue.where.cell, issue.found, issue.expected) for issue in reading.issues]


def values(reading: Reading) -> dict[str, float]:
    frame = reading.tables["releases"]
    return {str(k): float(v) for k, v in zip(frame["measure"], frame["value"], strict=True)}


def test_the_plain_file_reads(read: Read) -> None:
    assert told(read(row())) == []
    assert values(read(row())) == {"number": 120.0, "percentage": 67.5}


@pytest.mark.parametrize("share", ["1", "0.67"])
def test_a_few_percentages_of_at_most_one_stay_as_they_stand_and_are_told(read: Read, share: str) -> None:
    reading = read(row(percentage=share))
    assert told(reading) == [("G2", f"nothing above 1 in percentage ({share})", "percentages such as 67")]
    assert values(reading)["percentage"] == float(share)


def test_many_percentages_of_open_data_below_one_are_small_not_fractions(read: Read) -> None:
    years = [f"{year}{year - 1999}" for year in range(2010, 2035)]
    reading = read(*(row(percentage="0.12").replace("202324", year) for year in years))
    assert told(reading) == [("G2", "nothing above 1 in percentage (0.12)", "percentages such as 67")]
    assert set(reading.tables["releases"].query("measure == 'percentage'")["value"]) == {0.12}


def test_a_percentage_above_a_hundred_is_told_unless_it_is_a_change(read: Read) -> None:
    assert told(read(row(percentage="150"))) == [("G2", "150% for Oxfordshire (percentage)", "at most 100%")]
    assert told(read(row(percentage="150"), headings=HEADINGS + "_change")) == []


def test_a_number_below_zero_is_told_unless_it_is_a_change(read: Read) -> None:
    assert told(read(row(number="-3"))) == [("F2", "-3 for Oxfordshire (number)", "0 or more")]
    assert told(read(row(number="-3"), headings=HEADINGS.replace("number", "net_change"))) == []
    assert told(read(row(number="-0.3"), headings=HEADINGS.replace("number", "average_progress_8_score"))) == []


def test_a_year_without_its_kind_is_no_financial_year(read: Read) -> None:
    reading = read(row(identifier=""))
    assert reading.tables == {}
    assert [(cell, found) for cell, found, _ in told(reading)] == [("A2", 'the period "202324" without its kind')]


def test_two_headings_that_match_never_replace_one_another(read: Read) -> None:
    reading = read(row(), headings=HEADINGS.replace("percentage", "number"))
    assert reading.tables == {}
    assert told(reading) == [
        ("G1", 'the heading "number", which says the same as "number" in column F1', "each heading once")
    ]


def test_a_number_and_its_percentage_are_two_measures(read: Read) -> None:
    reading = read(row(), headings=HEADINGS.replace("percentage", "number (%)"))
    assert values(reading) == {"number": 120.0, "number_percent": 67.5}


def test_facts_that_differ_name_both_cells(read: Read) -> None:
    issues = told(read(row(), row(number="130")))
    assert ("F3", "130 for Oxfordshire (number)", "120, as in cell F2") in issues


def test_shares_of_1_among_percentages_are_told_once_a_measure() -> None:
    """Two of five percentages are shares of 1: those with counts are held against them, the others against the rest."""
    cover = recipes.load(recipes.SHIPPED / "cover_vaccinations.toml")
    areas = ["Oxfordshire", "Kent", "Surrey", "Essex", "Devon"]
    counted = [[name, 100, 95, 0.95] if name in ("Kent", "Surrey") else [name, 100, 96, 96.0] for name in areas]
    bare = [[name, 0.94 if name in ("Kent", "Surrey") else 94.0] for name in areas]
    first = Sheet("a.xlsx", "12m_UTLA", [["UTLA name", "12m denominator", "12m MenB num", "12m MenB %"], *counted])
    second = Sheet("a.xlsx", "5y_UTLA", [["UTLA name", "5y MMR1 %"], *bare])
    title = Sheet("a.xlsx", "Information", [["COVER programme 2018-19, quarter 2"]])
    found = [
        entry for entry in told(reader.read(Workbook("a.xlsx", (title, first, second)), cover)) if "more" in entry[1]
    ]
    assert found == [
        ("D3", "0.95% for Kent (menb_12m) and 1 more of at most 1%", "95.0%, which its counts make"),
        ("B3", "0.94% for Kent (mmr1_5y) and 1 more of at most 1%",
         "one such as the others, half of which are above 94%"),
    ]  # fmt: skip


def test_kinds_of_periods_are_named_without_patterns(read: Read) -> None:
    ((_, found, expected),) = told(read(row(identifier="Fortnight")))
    assert found == 'the kind of period "Fortnight"'
    assert expected.endswith("spring and summer term, week 1")


def test_codes_name_areas_and_measure_nothing(read: Read) -> None:
    headings = HEADINGS.replace("new_la_code", "la_code") + ",school_urn"
    reading = read(
        "202324,Academic year,Local authority,931,Oxfordshire,120,67.5,123456",
        "202324,Academic year,LA,886,Kent,60,50,123457",
        headings=headings,
    )
    frame = reading.tables["releases"]
    assert set(frame["measure"]) == {"number", "percentage"}
    assert set(frame["area"]) == {"Oxfordshire", "Kent"}
    assert reading.issues == ()


def test_ages_and_years_of_school_divide_and_measure_nothing(read: Read) -> None:
    headings = HEADINGS.replace("number", "age,nc_year_group,number")
    ten, eleven = ("202324,Academic year,Local authority,E10000025,Oxfordshire,10,6,120,67.5",
                   "202324,Academic year,Local authority,E10000025,Oxfordshire,11,7,130,62.5")  # fmt: skip
    reading = read(ten, eleven, headings=headings)
    assert reading.issues == ()
    frame = reading.tables["releases"].set_index(["breakdown", "measure"])["value"]
    assert frame["age=10; nc_year_group=6", "number"] == 120.0
    assert frame["age=11; nc_year_group=7", "percentage"] == 62.5


def test_a_breakdown_is_the_same_wherever_its_columns_stand(read: Read) -> None:
    """A later file that moves them would otherwise tell every figure anew, beside the one that it revises."""
    start = "202324,Academic year,Local authority,E10000025,Oxfordshire"
    lines = [f"{start},{age},{sex},{n},67.5" for age, sex, n in (("5", "Boys", 10), ("6", "Girls", 20))]
    moved = [f"{start},{sex},{age},{n},67.5" for age, sex, n in (("5", "Boys", 10), ("6", "Girls", 20))]
    first = read(*lines, headings=HEADINGS.replace("number", "age,sex,number")).tables["releases"]
    second = read(*moved, headings=HEADINGS.replace("number", "sex,age,number")).tables["releases"]
    assert set(first["breakdown"]) == set(second["breakdown"]) == {"age=5; sex=Boys", "age=6; sex=Girls"}


def test_figures_of_which_most_are_withheld_by_an_unknown_sign_are_no_group(read: Read) -> None:
    """Each row is of its own sex, so that nothing stands twice."""
    start = "202324,Academic year,Local authority,E10000025,Oxfordshire"
    lines = [f"{start},{n},67.5,{sex}" for n, sex in (("<5", "Boys"), ("<6", "Girls"), ("12", "Total"))]
    reading = read(*lines, headings=f"{HEADINGS},sex")
    assert reading.tables == {}
    assert told(reading)[0] == ("F2", '"<5"', "a number or a marker of this source")


def test_a_level_that_is_not_its_areas_is_told(read: Read) -> None:
    reading = read(row().replace("Local authority", "Regional"))
    assert told(reading) == [("E2", 'the level "region" for Oxfordshire', '"authority"')]
    assert set(reading.tables["releases"]["area_kind"]) == {"authority"}


def test_an_area_beside_its_successor_is_counted_twice_whatever_the_day(read: Read) -> None:
    def line(area: str, code: str) -> str:
        return f"2022,Reporting year,Local authority,{code},{area},120,67.5"

    old, west = line("Northamptonshire", "E10000021"), line("West Northamptonshire", "E06000062")
    reading = read(old, west)
    assert reading.stops
    assert (
        "a figure for Northamptonshire, which ended on 31 March 2021, beside one for West Northamptonshire",
        "each part of England once",
    ) in [words[1:] for words in told(reading)]
    assert not read(old, line("Oxfordshire", "E10000025")).stops
