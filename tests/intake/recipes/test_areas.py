"""Which area a row is about: by code, name and day, for every authority that began, ended or changed its code."""

from __future__ import annotations

import datetime as dt

import pytest

from perfkit.intake.recipes.areas import Codes, place

JUNE = "-06-30"


def codes(code: str) -> Codes:
    return ((("ons" if code.startswith("E") else "council"), code),) if code else ()


@pytest.mark.parametrize(
    ("name", "code", "year", "area"),
    [
        ("Bournemouth & Poole", "", 2017, "Bournemouth and Poole (before 2019)"),
        ("Poole and Bournemouth", "", 2017, "Bournemouth and Poole (before 2019)"),
        ("Bournemouth & Poole", "E06000028", 2017, "Bournemouth and Poole (before 2019)"),
        ("Bournemouth & Poole UA", "811", 2017, "Bournemouth and Poole (before 2019)"),
        ("Bournemouth & Poole", "", 2019, "Bournemouth, Christchurch and Poole"),
        ("Bournemouth and Poole", "E06000058", 2019, "Bournemouth, Christchurch and Poole"),
        ("Poole", "E06000029", 2018, "Poole"),
        ("Dorset", "E10000009", 2018, "Dorset (before 2019)"),
        ("Dorset CC", "809", 2018, "Dorset (before 2019)"),
        ("Dorset", "", 2018, "Dorset (before 2019)"),
        ("Dorset", "E06000059", 2019, "Dorset"),
        ("Dorset, Bournemouth and Poole", "", 2018, "Bournemouth and Dorset (before 2019) and Poole"),
        ("Northamptonshire", "E10000021", 2020, "Northamptonshire"),
        ("North Northamptonshire", "E06000061", 2021, "North Northamptonshire"),
        ("West Northants", "E06000062", 2021, "West Northamptonshire"),
        ("Cumbria", "E10000006", 2022, "Cumbria"),
        ("Cumberland", "E06000063", 2023, "Cumberland"),
        ("Westmorland & Furness", "E06000064", 2023, "Westmorland and Furness"),
        ("North Yorkshire", "E10000023", 2022, "North Yorkshire"),
        ("North Yorkshire Council", "E06000065", 2023, "North Yorkshire"),
        ("Somerset CC", "E10000027", 2022, "Somerset"),
        ("Somerset", "E06000066", 2023, "Somerset"),
        ("Buckinghamshire CC", "E10000002", 2019, "Buckinghamshire"),
        ("Buckinghamshire", "E06000060", 2020, "Buckinghamshire"),
        ("Northumberland UA", "E06000048", 2012, "Northumberland"),
        ("Northumberland", "E06000057", 2013, "Northumberland"),
        ("Gateshead", "E08000020", 2012, "Gateshead"),
        ("Gateshead MBC", "E08000037", 2013, "Gateshead"),
        ("Barnsley", "E08000016", 2024, "Barnsley"),
        ("Barnsley", "E08000038", 2025, "Barnsley"),
        ("Sheffield", "E08000019", 2024, "Sheffield"),
        ("Sheffield City Council", "E08000039", 2025, "Sheffield"),
        ("Bedfordshire", "E10000001", 2008, "Bedfordshire"),
        ("Bedford", "E06000055", 2009, "Bedford"),
        ("Central Bedfordshire", "E06000056", 2009, "Central Bedfordshire"),
        ("Cheshire (Pre LGR 2009)", "", 2008, "Cheshire"),
        ("Cheshire West & Chester", "E06000050", 2009, "Cheshire West and Chester"),
        ("Durham", "E10000010", 2008, "County Durham"),
        ("County Durham", "E06000047", 2009, "County Durham"),
        ("Hertfordshire", "E10000015", 2013, "Hertfordshire"),
        ("Cornwall", "E06000052", 2017, "Cornwall"),
        ("Cornwall & Isles of Scilly", "E06000052", 2017, "Cornwall"),
        ("Cornwall incl. Isles of Scilly", "E06000052", 2017, "Cornwall"),
        ("Cornwall and Isles of Scilly", "", 2017, "Cornwall and Isles of Scilly"),
        ("Hackney and City of London", "E09000012", 2017, "Hackney"),
        ("Hackney & City of London", "", 2017, "City of London and Hackney"),
        ("Leicestershire and Rutland [note 2]", "E10000018", 2017, "Leicestershire"),
    ],
)
def test_code_name_and_day_make_one_area(name: str, code: str, year: int, area: str) -> None:
    found = place(name, codes(code), on=dt.date.fromisoformat(f"{year}{JUNE}"))
    assert (found.area, found.ended, found.problems) == (area, False, ())


def test_what_a_publisher_calls_an_authority_may_be_a_combined_area() -> None:
    found = place("Bournemouth & Poole", (), on=dt.date(2017, 6, 30), kind="authority")
    assert (found.area, found.kind) == ("Bournemouth and Poole (before 2019)", "combined")
    assert found.holds == ("Bournemouth", "Poole")


@pytest.mark.parametrize(
    ("name", "code", "holds"),
    [
        ("Cornwall & Isles of Scilly", "E06000052", ("Isles of Scilly",)),
        ("Hackney (including City of London)", "E09000012", ("City of London",)),
        ("Hackney [note 1]", "E09000012", ()),
        ("City of London and Hackney", "", ("City of London", "Hackney")),
        ("Telford and Wrekin", "E06000020", ()),
        ("London and South East", "", ()),
    ],
)
def test_a_row_names_the_authorities_that_it_holds(name: str, code: str, holds: tuple[str, ...]) -> None:
    assert place(name, codes(code), on=dt.date(2017, 6, 30)).holds == holds


@pytest.mark.parametrize(("name", "code"), [("Cherwell", "E07000177"), ("Cardiff", "W06000015"), ("", "E05013579")])
def test_places_that_the_register_does_not_hold_are_known_by_their_codes(name: str, code: str) -> None:
    found = place(name, (("ons", code),), on=None)
    assert (found.area, found.kind, found.problems) == (name or code, "other", ())


@pytest.mark.parametrize("code", ["E06099999", "E1000025", "E99999999", "608X"])
def test_a_code_that_none_of_them_has_is_an_issue(code: str) -> None:
    (problem,) = place("Newtown", (("ons", code),), on=None).problems
    assert problem.found == f'the area "Newtown" ({code})'


def test_a_total_is_told_as_one() -> None:
    assert place("England total", (), on=None).kind == "country"
    (problem,) = place("Total of the shires", (), on=None).problems
    assert problem.action == "Say in the recipe whose total it is ([[table]] totals), or leave the row out."
