"""The parameters of each report, declared once with their types, and the check that refuses anything else.

A misspelt parameter must never end in a report for the default quarter, so the names a notebook was given are checked
as well as their values.
"""

from __future__ import annotations

import ast
import datetime as dt
import difflib
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from perfkit.model import periods, risk_levels
from perfkit.model.errors import ParameterError, ParseError

Value = str | int
Kind = Literal["text", "quarter", "day", "directorate", "area", "areas", "whole"]
_NOTEBOOKS_OWN = {"In", "Out"}
_PLAIN = (str, int, float, list, tuple, dict, type(None))


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook: its name, meaning and default, how it is read, and of what kind it is.

    A ``directorate`` or ``area`` must be known to the data; whoever plans a run looks there before anything is made.
    """

    name: str
    meaning: str
    default: Value
    read: Callable[[object], Value]
    kind: Kind = "text"


def text(name: str, meaning: str, *, default: str = "", kind: Kind = "text") -> Parameter:
    """Declare a parameter that is text; digits given as text stay as they are.

    >>> text("area", "the authority reported").read(" 007 ")
    '007'
    """
    return Parameter(name, meaning, default, lambda value: _text(value, meaning).strip(), kind)


def quarter(name: str, meaning: str, *, default: str) -> Parameter:
    """Declare a quarter, in any form that `periods.parse` reads."""

    def read(value: object) -> str:
        return periods.quarter_label(_text(value, meaning))

    return Parameter(name, meaning, default, read, "quarter")


def day(name: str, meaning: str) -> Parameter:
    """Declare a day, which may be left empty.

    >>> day("as_of", "day up to which to know").read(dt.date(2017, 10, 31))
    '2017-10-31'
    """

    def read(value: object) -> str:
        if type(value) is dt.date:
            return value.isoformat()
        written = _text(value, meaning)
        try:
            return dt.date.fromisoformat(written).isoformat() if written else ""
        except ValueError:
            raise ParseError(f'"{written}" is not a day: expected one such as 2017-10-31, or nothing.') from None

    return Parameter(name, meaning, "", read, "day")


def whole(name: str, meaning: str, *, default: int, least: int = 0, most: int | None = None) -> Parameter:
    """Declare a whole number within limits; ``1E5``, ``007``, ``2.0`` and True are refused.

    >>> whole("top", "how many are shown", default=10, least=1).read("12")
    12
    """
    within = f"{least:,} or more" if most is None else f"{least:,} to {most:,}"

    def read(value: object) -> int:
        number = _whole(value)
        if number is None or number < least or (most is not None and number > most):
            raise ParseError(f"expected a whole number, {within}, for {meaning}, found {value!r}.")
        return number

    return Parameter(name, meaning, default, read, "whole")


QUARTER = quarter("quarter", "the quarter reported, such as 2017-18 Q1", default="2017-18 Q1")
DIRECTORATE = text("directorate", "code of one directorate; empty for the whole council", kind="directorate")
AREA = text("area", "the authority whose delays are reported; empty for the council's own", kind="area")
NEIGHBOURS = text(
    "neighbours",
    "authorities to compare with, separated by semicolons; empty for those of the region",
    kind="areas",
)
AS_OF = day("as_of", "day up to which to know, such as 2017-10-31; empty for what the quarter's report rests on")
AT = day("at", "day at which to judge what is overdue, such as 2024-12-31; empty for the end of the month reported")
TOLERANCE = whole("tolerance", "per cent over budget that is still green", default=1, most=100)
LIMIT = whole("limit", "per cent over budget beyond which it is red, and under budget amber", default=5, most=100)
HIGH_RISK = whole(
    "high_risk",
    "score of a risk, of 25, from which it is high",
    default=risk_levels.HIGH,
    least=risk_levels.MEDIUM + 1,
    most=25,
)
RECOMMENDATION = text(
    "recommendation",
    "what cabinet is asked to do",
    default="Cabinet is recommended to note this report and to discuss any red outcomes in section C.",
)
CONTACT = text("contact", "whom to ask about the paper")
MEETING = day("meeting", "the day of the meeting of cabinet, such as 2017-09-19")

REPORTS: dict[str, tuple[Parameter, ...]] = {
    "scorecard": (QUARTER, DIRECTORATE, AS_OF),
    "delayed_transfers": (QUARTER, AREA, NEIGHBOURS, AS_OF),
    "cabinet_report": (QUARTER, AS_OF, RECOMMENDATION, CONTACT, MEETING),
    "data_quality": (QUARTER, AS_OF),
    "outlook": (QUARTER, DIRECTORATE, AS_OF),
    "delivery": (QUARTER, AT, AS_OF),
    "leadership_report": (QUARTER, TOLERANCE, LIMIT, HIGH_RISK, AS_OF),
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


def check(report: str, given: Mapping[str, object]) -> dict[str, Value]:
    """Read what a report was given; give every declared parameter as a clean value, in the order declared.

    ``given`` may be a notebook's whole namespace (``vars()``): whatever its other cells made is passed over, so that
    the cell may be run again after them. Raises `ParameterError` for every unknown name and every value that cannot be
    read, all at once.

    >>> check("scorecard", {"quarter": "Q1 2017/18"})
    {'quarter': '2017-18 Q1', 'directorate': '', 'as_of': ''}
    >>> check("scorecard", {"quartr": "2017-18 Q2"})
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: scorecard has no parameter "quartr". Did you mean "quarter"?
    """
    known = {parameter.name: parameter for parameter in declared(report)}
    strange = [name for name in _given(given, known) if name not in known]
    problems = [f'{report} has no parameter "{name}".{suggestion(name, known)}' for name in strange]
    read: dict[str, Value] = {}
    for name, parameter in known.items():
        try:
            read[name] = parameter.read(given.get(name, parameter.default))
        except ParseError as error:
            problems.append(f"{report}, parameter {name}: {error}")
    if problems:
        raise ParameterError("\n".join(problems))
    return read


def require(kind: str, value: str, known: Iterable[str]) -> str:
    """Give a value that the data know; refuse another with the nearest that they do.

    >>> require("area", "Oxfordshire", ["Kent", "Oxfordshire"])
    'Oxfordshire'
    >>> require("area", "Oxfordshir", ["Kent", "Oxfordshire"])
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: There is no area "Oxfordshir". Did you mean "Oxfordshire"?
    """
    names = list(known)
    if value not in names:
        near = f".{suggestion(value, names)}" if names else " in the data."
        raise ParameterError(f'There is no {kind} "{value}"{near}')
    return value


def suggestion(name: str, known: Iterable[str], *, most: int = 12) -> str:
    """Ask whether the nearest known name was meant; where none is near, list them, so many at most.

    >>> suggestion("scorcard", ["scorecard", "delivery"])
    ' Did you mean "scorecard"?'
    >>> suggestion("zzz", ["scorecard", "delivery"])
    ' Choose one of scorecard, delivery.'
    """
    names = list(known)
    folded = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.casefold(), folded, n=1)
    if near:
        return f' Did you mean "{folded[near[0]]}"?'
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f" Choose one of {', '.join(names[:most])}{more}."


def _given(given: Mapping[str, object], known: Iterable[str]) -> list[str]:
    """Name what came as a parameter: in a notebook, what its cells of parameters set; else every plain value."""
    cells = given.get("In")
    if isinstance(cells, list) and any(cells):
        return list(dict.fromkeys(name for cell in cells for name in _set_by(str(cell), set(known))))
    return [
        name
        for name, value in given.items()
        if isinstance(value, _PLAIN) and not name.startswith("_") and name not in _NOTEBOOKS_OWN
    ]


def _set_by(cell: str, known: set[str]) -> Iterator[str]:
    """Name what a cell of parameters sets: one headed so, as papermill's own is, or one that sets a known name."""
    try:
        lines = ast.parse(cell).body
    except SyntaxError:
        return
    names = [target.id for line in lines for target in _targets(line) if isinstance(target, ast.Name)]
    plain = all(isinstance(line, ast.Assign | ast.AnnAssign) for line in lines)
    if re.match(r"\s*# *parameters\b", cell, re.IGNORECASE) or (plain and known & set(names)):
        yield from names


def _targets(line: ast.stmt) -> list[ast.expr]:
    return line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []


def _text(value: object, meaning: str) -> str:
    if not isinstance(value, str):
        raise ParseError(f"expected text for {meaning}, found {value!r}.")
    return value


def _whole(value: object) -> int | None:
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"-?(?:0|[1-9]\d*)", value.strip()) else None
    try:
        return None if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None
