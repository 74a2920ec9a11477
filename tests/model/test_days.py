"""A day is read however it is written, the day always before the month; what may be none is none."""

from __future__ import annotations

import pytest

from perfkit.model import days


@pytest.mark.parametrize(
    "text",
    ["21/07/2017", "21.7.17", "21-07-17", "2017-07-21", "2017/7/21", "21 July 2017", "21 jul 17", "21 of July, 2017",
     "July 21, 2017", "Friday 21st July 2017", "by 21st July 2017*", "2017-07-21 00:00:00"],
)  # fmt: skip
def test_a_day_may_be_written_in_any_way(text: str) -> None:
    stamp = days.of(days.bare(text))
    assert str(stamp)[:10] == "2017-07-21"


@pytest.mark.parametrize("text", ["", "soon", "07/21/2017", "31 June 2017", "July 2017", "21 Juli 2017", "21/07", "7"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert days.of(days.bare(text)) is None
