"""A code or name means one area on a day; an area that ended and its successor are never both counted."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from perfkit.model import areas
from perfkit.model.errors import ParseError

BEFORE, AFTER = dt.date(2019, 3, 31), dt.date(2019, 4, 1)


@pytest.mark.parametrize(
    "text",
    ["608", "608.0", "931", "E10000025", "e10000025", "E3120", "Oxfordshire CC", "Oxfordshire County Council"],
)
def test_every_code_and_spelling_of_one_county_is_that_county(text: str) -> None:
    assert areas.resolve(text).name == "Oxfordshire"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Derby UA", "Derby"),
        ("Medway Towns UA", "Medway"),
        ("Bristol, City of", "Bristol"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Kingston Upon Hull UA", "Kingston upon Hull"),
        ("St. Helens", "St Helens"),
        ("Stockton On Tees UA", "Stockton-on-Tees"),
        ("London Borough of Barnet", "Barnet"),
        ("City of London", "City of London"),
        ("London", "London"),
        ("00KB", "Bedford"),
        ("London, City of", "City of London"),
        ("City of London Corporation", "City of London"),
        ("London City", "City of London"),
        ("Greater London", "London"),
        ("Kingston upon Hull, City of UA", "Kingston upon Hull"),
        ("Bristol City of", "Bristol"),
        ("County of Herefordshire", "Herefordshire"),
        ("Hackney (London Borough)", "Hackney"),
        ("RB Kensington & Chelsea", "Kensington and Chelsea"),
        ("City of Bradford Metropolitan District Council", "Bradford"),
        ("Co. Durham", "County Durham"),
        ("Bath & NE Somerset", "Bath and North East Somerset"),
    ],
)
def test_spellings_seen_in_releases(text: str, name: str) -> None:
    assert areas.resolve(text).name == name


def test_the_day_chooses_between_areas_of_one_name() -> None:
    assert areas.resolve("Dorset", on=BEFORE).code() == "E10000009"
    assert areas.resolve("Dorset", on=AFTER).code() == "E06000059"
    assert areas.resolve("Bournemouth & Poole", on=BEFORE).kind == areas.COMBINED
    assert areas.resolve("Bournemouth & Poole", on=AFTER).name == "Bournemouth, Christchurch and Poole"


def test_a_council_that_took_over_the_whole_area_is_the_same_area() -> None:
    assert areas.resolve("E10000002") == areas.resolve("E06000060") == areas.resolve("Buckinghamshire")
    assert areas.resolve("E08000020") == areas.resolve("E08000037"), "Gateshead, with a new code since 2013"


def test_an_area_that_ended_names_its_successors() -> None:
    with pytest.raises(ParseError, match='"Cumbria" ended on 31 March 2023; it is now Cumberland and Westmorland and '
                                         "Furness: it did not stand on 1 April 2023"):  # fmt: skip
        areas.resolve("Cumbria", on=dt.date(2023, 4, 1))
    with pytest.raises(ParseError, match='"Cumberland" began on 1 April 2023: it did not stand on 31 March 2023'):
        areas.resolve("Cumberland", on=dt.date(2023, 3, 31))


def test_three_digits_mean_different_councils_to_different_bodies() -> None:
    with pytest.raises(ParseError, match=r"say which kind of code it is"):
        areas.resolve("803")
    assert areas.resolve("803", scheme="council").name == "Isle of Wight"
    assert areas.resolve("803", scheme="education").name == "South Gloucestershire"


def test_what_is_no_english_area_is_said_to_be_unknown() -> None:
    for text in ("Resident in Scotland", "E99999999", "Atlantis", ""):
        with pytest.raises(ParseError, match="is no English authority, region or country that perfkit knows"):
            areas.resolve(text)


def test_a_joint_area_and_one_that_it_joins_are_a_double_count() -> None:
    joint = areas.resolve("Bournemouth & Poole", on=BEFORE).name
    assert areas.doubled([joint, "Poole", "Dorset (before 2019)"]) == [(joint, "Poole")]
    assert areas.doubled([area.name for area in areas.authorities(BEFORE)]) == []


def test_an_area_and_its_successor_are_a_double_count() -> None:
    assert areas.doubled(["Kent", "Northamptonshire", "West Northamptonshire"]) == [
        ("Northamptonshire", "West Northamptonshire")
    ]
    assert areas.doubled([area.name for area in areas.authorities(AFTER)]) == []


@pytest.mark.parametrize(
    ("day", "count"), [("2018-04-01", 152), ("2019-04-01", 151), ("2021-04-01", 152), ("2023-04-01", 153)]
)
def test_as_many_authorities_as_there_were(day: str, count: int) -> None:
    """2019 makes one of Bournemouth and Poole; 2021 makes two of Northamptonshire; 2023 two of Cumbria."""
    assert len(areas.authorities(dt.date.fromisoformat(day))) == count


def test_no_code_stands_for_two_areas_of_its_kind() -> None:
    for scheme in areas.SCHEMES:
        codes = Counter(code for area in areas.register() for kind, code in area.codes if kind == scheme)
        assert [code for code, count in codes.items() if count > 1] == []


def test_successors_are_in_the_register_and_begin_when_the_old_area_ends() -> None:
    by_name = {area.name: area for area in areas.register()}
    for old in areas.register():
        for name in old.succeeded_by:
            assert old.valid_to is not None
            assert by_name[name].valid_from == old.valid_to + dt.timedelta(days=1)


@pytest.mark.samples
def test_every_authority_in_the_samples_of_dfe_resolves_by_code_and_name_alike(shared: Path) -> None:
    seen = set()
    for path in (shared / "samples" / "benchmark").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            seen |= {(row["new_la_code"], row["old_la_code"], row["la_name"]) for row in csv.DictReader(lines)
                     if row.get("new_la_code") and "/" not in row["la_name"]}  # fmt: skip
    assert len(seen) > 150
    for code, old, name in seen:
        area = areas.resolve(code)
        assert area == areas.resolve(old, scheme="education"), name
        assert area in areas.known(name), name


def test_every_authority_of_2018_has_one_finance_code_of_its_own() -> None:
    codes = {area.name: area.code("finance") for area in areas.authorities(dt.date(2018, 4, 1))}
    assert len(codes) == 152
    assert len(set(codes.values()) - {None}) == 152
    known = {"E5030": "Barking and Dagenham", "E4601": "Birmingham", "E1121": "Devon", "E0102": "Bristol",
             "E2101": "Isle of Wight", "E5010": "City of London"}  # fmt: skip
    assert {code: areas.resolve(code).name for code in known} == known


@pytest.mark.parametrize("region", ["London", "North East"])
def test_finance_codes_of_london_boroughs_begin_alike(region: str) -> None:
    own = [a.code("finance") or "" for a in areas.authorities(dt.date(2018, 4, 1)) if a.region == region]
    assert all(code.startswith("E50") for code in own) == (region == "London")
