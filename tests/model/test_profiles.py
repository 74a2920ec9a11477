"""How a year's figure is spread over its quarters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from perfkit.model import profiles
from perfkit.model.errors import ParseError


@pytest.mark.parametrize(
    ("unit", "adds"),
    [
        ("count", True),
        ("hours", True),
        ("£", True),
        ("count pair", True),
        ("percent", False),
        ("rate per 100,000", False),
        ("quartile", False),
        ("average days", False),
    ],
)
def test_counts_hours_and_money_add_up(unit: str, adds: bool) -> None:
    assert profiles.accumulates(unit) is adds


def test_shares_make_100() -> None:
    assert profiles.shares("20/25/25/30") == (20.0, 25.0, 25.0, 30.0)
    assert profiles.shares("33.3/33.3/33.3/0.1") == pytest.approx((33.3, 33.3, 33.3, 0.1))
    assert profiles.shares("line") is None
    with pytest.raises(ParseError, match='"monthly" is not a profile: expected equal, seasonal, line, step, or shares'):
        profiles.shares("monthly")
    with pytest.raises(ParseError, match='"20/20/20/20" is not a profile: the four shares make 80, expected 100'):
        profiles.shares("20/20/20/20")


def test_last_years_shares_need_last_years_total() -> None:
    history = pd.DataFrame({"indicator": "a", "period": ["2016-17 Q1", "2016-17 Q4"], "value": [10.0, 40.0]})
    months = np.array([569, 581])
    found = profiles.last_year(history, indicator=np.array(["a", "a"]), part=np.array([1, 1]), month=months)
    assert found[0] == 0.25
    assert np.isnan(found[1])
