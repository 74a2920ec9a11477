"""Two authorities of one name and different times are two areas, so that one line never joins them."""

from __future__ import annotations

import datetime as dt

import pytest

from perfkit.intake.dtoc import melt


@pytest.mark.parametrize(
    ("day", "area"),
    [
        (dt.date(2019, 3, 31), "Dorset (before 2019)"),
        (dt.date(2019, 4, 30), "Dorset"),
        (dt.date(2012, 1, 31), "Dorset (before 2019)"),
    ],
)
def test_dorset_before_the_merger_is_not_dorset_after_it(day: dt.date, area: str) -> None:
    assert melt.told_apart(("Dorset", "Oxfordshire", "England"), day) == (area, "Oxfordshire", "England")


def test_a_name_that_one_area_bears_stays_as_it_is_printed() -> None:
    printed = ("Derby UA", "Illustrative authority 001")
    assert melt.told_apart(printed, dt.date(2017, 3, 31)) == printed
