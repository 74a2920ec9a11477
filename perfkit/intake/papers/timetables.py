"""When a step of a timetable begins and ends, from the words that a calendar uses."""

from __future__ import annotations

import re

import pandas as pd

from perfkit.intake.layouts import dates
from perfkit.model import periods, spellings
from perfkit.model.days import bare
from perfkit.model.days import of as day_of
from perfkit.model.errors import ParseError

Days = tuple[pd.Timestamp, pd.Timestamp]
_BREAK = re.compile(r"\s+(?:to|until|-)\s+|(?<=[a-z])[-/](?=[A-Z])", re.IGNORECASE)
_DAYS = re.compile(r"(?P<first>\d{1,2})(?:st|nd|rd|th)? ?(?:-|to) ?(?P<last>\d{1,2}\D.*)")
_WEEK = re.compile(r"(?:w/c|week commencing|week beginning|w/b):? (?P<day>.+)", re.IGNORECASE)
_MONTH = re.compile(r"[A-Za-z]{3,9}")
_FROM = re.compile(r"^(?:from|between) ", re.IGNORECASE)
_END = re.compile(r"^(?:by|early|mid|late)\b[\s-]*", re.IGNORECASE)


def days(text: str) -> Days:
    """Read a day, a month, a quarter, a year, a week, or two of them with "to" between, into its first and last day.

    Raises `ParseError` where it is none of them.

    >>> [str(day.date()) for day in days("2017-09 to 2017-10")], [str(day.date()) for day in days("2017-18 Q3")]
    (['2017-09-01', '2017-10-31'], ['2017-10-01', '2017-12-31'])
    >>> [str(day.date()) for day in days("Dec to Jan 2018")], [str(day.date()) for day in days("2nd-6th October 2017")]
    (['2017-12-01', '2018-01-31'], ['2017-10-02', '2017-10-06'])
    >>> [str(day.date()) for day in days("w/c 2 October 2017")]
    ['2017-10-02', '2017-10-08']
    """
    plain = _FROM.sub("", spellings.tidy(text))
    if week := _WEEK.fullmatch(plain):
        begin = _one(week["day"])[0]
        return begin, begin + pd.Timedelta(days=6)
    if span := _DAYS.fullmatch(plain):
        last = _one(span["last"])[1]
        return last.replace(day=int(span["first"])), last
    parts = _BREAK.split(plain, maxsplit=1)
    return _one(parts[0]) if len(parts) == 1 else _between(*parts)


def _between(first: str, second: str) -> Days:
    """Read two periods; where the first tells no year, it is the one before the second."""
    last = _one(second)
    if not _MONTH.fullmatch(first):
        return _one(first)[0], last[1]
    begin = _one(f"{first} {last[1].year}")[0]
    return (begin if begin <= last[1] else _one(f"{first} {last[1].year - 1}")[0]), last[1]


def _one(text: str) -> Days:
    plain = bare(text)
    stamp = day_of(plain)
    if stamp is not None:
        return stamp, stamp
    period = dates.period(_END.sub("", text)).value
    try:
        label = period or periods.label(periods.parse(plain, expect="month"))
        found = periods.parse(label)
    except ParseError:
        found = periods.parse(text)
    return found.start_time.normalize(), found.end_time.normalize()
