"""When something is due."""

from __future__ import annotations

import pytest

from perfkit.model import due
from perfkit.model.errors import ParseError


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("sept 2017", "September 2017"),
        ("31st march 2018", "March 2018"),
        ("30/09/2017", "September 2017"),
        ("2017-18 q2", "2017-18 Q2"),
        ("2017/18", "2017-18"),
        ("2018", "2018"),
    ],
)
def test_a_due_period_is_a_label(text: str, label: str) -> None:
    assert due.period(text) == label


def test_a_bare_year_is_the_calendar_year_as_written() -> None:
    assert due.end("2018").date().isoformat() == "2018-12-31"
    assert due.end("2017-18").date().isoformat() == "2018-03-31"


def test_what_is_no_period_is_refused_or_left_in_the_text() -> None:
    with pytest.raises(ParseError, match='"whenever" is not a year'):
        due.period("whenever")
    assert due.split("reduce by 15%") == ("reduce by 15%", "")
    assert due.split("95% by the end of march 2018") == ("95%", "March 2018")
