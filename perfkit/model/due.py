"""When something is due: "by Sept 2017", "by 31 March 2018", "by 2018"."""

from __future__ import annotations

import re

import pandas as pd

from perfkit.model import periods
from perfkit.model.errors import ParseError

RETURN_DAYS = 30
"""Days after a quarter's end by which its returns are due, where no timetable says otherwise; one later is late."""
_BY = re.compile(r"(?P<rest>.*?),? ?\bby (?:the )?(?:end of )?(?P<due>[^%]+)")
_DAY = re.compile(r"^(?:[0-9]{1,2}(?:st|nd|rd|th)? )(?=[a-z])")
_SLASHED = re.compile(r"[0-9]{1,2}/(?P<month>[0-9]{1,2})/(?P<year>20[0-9]{2})")


def period(text: str) -> str:
    """Give the label of the year, quarter or month that something is due by; a bare 2018 stays a calendar year.

    >>> period("sept 2017"), period("31 march 2018"), period("2018")
    ('September 2017', 'March 2018', '2018')
    """
    plain = _DAY.sub("", text.strip(" ."))
    if slashed := _SLASHED.fullmatch(plain):
        return periods.label(periods.parse(f"{slashed['year']}-{int(slashed['month']):02d}", expect="month"))
    try:
        return periods.label(periods.parse(plain))
    except ParseError:
        return periods.label(periods.parse(plain, expect="year", calendar="calendar"))


def end(label: str) -> pd.Timestamp:
    """Give the last day of a due period.

    >>> end("2018").date().isoformat(), end("2017-18 Q2").date().isoformat()
    ('2018-12-31', '2017-09-30')
    """
    calendar: periods.Calendar = "calendar" if re.fullmatch(r"(?:19|20)[0-9]{2}", label) else "financial"
    return periods.parse(label, calendar=calendar).end_time.normalize()


def split(text: str) -> tuple[str, str]:
    """Part a text from the period that it is due by, "" where it names none.

    >>> split("completion by sept 2017"), split("stand by")
    (('completion', 'September 2017'), ('stand by', ''))
    """
    match = _BY.fullmatch(text)
    if match is None:
        return text, ""
    try:
        return match["rest"].strip(), period(match["due"])
    except ParseError:
        return text, ""
