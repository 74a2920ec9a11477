"""The parameters of each report, declared once, and the check that refuses anything else.

A misspelt parameter must never end in a report for the default quarter, so the names a notebook was given are checked
as well as their values.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from perfkit.model import periods
from perfkit.model.errors import ParameterError, ParseError

_NOTEBOOKS_OWN = {"In", "Out"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook: its name, meaning, default and how its text is read."""

    name: str
    meaning: str
    default: str
    read: Callable[[str], str]


def _quarter(text: str) -> str:
    return periods.label(periods.parse(text, expect="quarter"))


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ParseError(f'"{text}" is not a day: expected one such as 2017-10-31, or nothing.') from None


def _word(text: str) -> str:
    return text.strip()


QUARTER = Parameter("quarter", "the quarter reported, such as 2017-18 Q1", "2017-18 Q1", _quarter)
DIRECTORATE = Parameter("directorate", "code of one directorate; empty for the whole council", "", _word)
AREA = Parameter("area", "the authority whose delays are reported", "Oxfordshire", _word)
NEIGHBOURS = Parameter(
    "neighbours", "authorities to compare with, separated by semicolons; empty for those of the region", "", _word
)
AS_OF = Parameter(
    "as_of", "day up to which to know, such as 2017-10-31; empty for what the quarter's report rests on", "", _day
)

REPORTS: dict[str, tuple[Parameter, ...]] = {
    "scorecard": (QUARTER, DIRECTORATE, AS_OF),
    "delayed_transfers": (QUARTER, AREA, NEIGHBOURS, AS_OF),
    "cabinet_report": (QUARTER, AS_OF),
    "data_quality": (QUARTER, AS_OF),
    "outlook": (QUARTER, DIRECTORATE, AS_OF),
}


def declared(report: str) -> tuple[Parameter, ...]:
    """Give the parameters of a report; an unknown report is refused with the nearest name.

    >>> [p.name for p in declared("scorecard")]
    ['quarter', 'directorate', 'as_of']
    >>> declared("scorecards")
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: There is no report "scorecards". Did you mean "scorecard"?
    """
    if report not in REPORTS:
        raise ParameterError(f'There is no report "{report}".{suggestion(report, REPORTS)}')
    return REPORTS[report]


def check(report: str, given: Mapping[str, object]) -> dict[str, str]:
    """Read what a report was given; give every declared parameter as clean text.

    ``given`` may be a notebook's whole namespace (``vars()``): whatever could not have come as a parameter (a module, a
    frame, a name that begins with ``_``) is passed over, so that the cell may be run again after the others.
    Raises `ParameterError` for every unknown name and every value that cannot be read, all at once.

    >>> check("scorecard", {"quarter": "Q1 2017/18"})
    {'quarter': '2017-18 Q1', 'directorate': '', 'as_of': ''}
    >>> check("scorecard", {"quartr": "2017-18 Q2"})
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: scorecard has no parameter "quartr". Did you mean "quarter"?
    """
    known = {parameter.name: parameter for parameter in declared(report)}
    values = {name: value for name, value in given.items() if _is_parameter(name, value)}
    problems = [f'{report} has no parameter "{name}".{suggestion(name, known)}' for name in values if name not in known]
    read: dict[str, str] = {}
    for name, parameter in known.items():
        try:
            read[name] = _read(parameter, values.get(name, parameter.default))
        except ParseError as error:
            problems.append(f"{report}, parameter {name}: {error}")
    if problems:
        raise ParameterError("\n".join(problems))
    return read


def suggestion(name: str, known: Iterable[str]) -> str:
    """Ask whether the nearest known name was meant; where none is near, list them.

    >>> suggestion("scorcard", ["scorecard", "delivery"])
    ' Did you mean "scorecard"?'
    >>> suggestion("zzz", ["scorecard", "delivery"])
    ' Choose one of scorecard, delivery.'
    """
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    return f' Did you mean "{near[0]}"?' if near else f" Choose one of {', '.join(names)}."


def _is_parameter(name: str, value: object) -> bool:
    could_be_given = value is None or isinstance(value, str | int | float | bool | list)
    return could_be_given and not name.startswith("_") and name not in _NOTEBOOKS_OWN


def _read(parameter: Parameter, value: object) -> str:
    if not isinstance(value, str):
        raise ParseError(f"expected text for {parameter.meaning}, found {value!r}.")
    return parameter.read(value)
