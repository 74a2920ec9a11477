"""Two authorities of one name and different times are two areas, so that one line never joins them."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.intake import dtoc


@pytest.mark.parametrize(
    ("month", "area"),
    [("2019-03", "Dorset (before 2019)"), ("2019-04", "Dorset"), ("2012-01", "Dorset (before 2019)")],
)
def test_dorset_before_the_merger_is_not_dorset_after_it(month: str, area: str) -> None:
    printed = pd.DataFrame({"area": ["Dorset", "Oxfordshire", "England"], "area_kind": ["authority"] * 2 + ["country"]})
    told = dtoc._told_apart(printed, pd.Period(month, "M"))
    assert told["area"].tolist() == [area, "Oxfordshire", "England"]
    assert printed["area"].tolist() == ["Dorset", "Oxfordshire", "England"], "the frame given is unchanged"


def test_a_name_that_one_area_bears_stays_as_it_is_printed() -> None:
    printed = pd.DataFrame({"area": ["Derby UA", "Illustrative authority 001"], "area_kind": "authority"})
    assert dtoc._told_apart(printed, pd.Period("2017-03", "M"))["area"].tolist() == printed["area"].tolist()
