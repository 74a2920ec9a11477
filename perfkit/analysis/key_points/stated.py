"""The figures that key points state, looked for among the values of the indicators that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from perfkit.analysis.key_points.in_words import multiples
from perfkit.analysis.key_points.links import KINDS

COLUMNS = (
    "kind", "subject", "text", "stated", "ref", "computed", "unit", "status", "found", "remark", "file", "sheet",
    "cell",
)  # fmt: skip
_SHOWN = {"ref": "ref", "computed": "value", "unit": "unit", "status": "status"}
_ILLUSTRATIVE = "the value agrees, but is illustrative and bears nothing out"
_OVER, _UNDER = ("over", "more than", "above"), ("under", "fewer than", "less than", "below", "nearly", "almost")
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = "|".join(_NUMBER_WORDS)
_QUALIFIERS = "|".join((*_OVER, *_UNDER))
_FIGURE = re.compile(
    rf"(?:\b(?P<how>{_QUALIFIERS})\s+)?(?<![\w-])(?P<number>\d[\d,]*(?:\.\d+)?|{_WORDS})(?P<percent>\s?%)?(?![\w-])",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\s*every\b", re.IGNORECASE)
"""What begins a statement that all of something was done: 100%."""
_SPAN_BEFORE = re.compile(r"\b(?:quarter|q|within|the|20\d\d[-/])\s*$", re.IGNORECASE)
_SPAN_AFTER = re.compile(r"\s*(?:day|week|month|year|quarter|hour|minute)s?\b", re.IGNORECASE)
"""What stands about a number that is a time and no result: quarter 1, within 13 weeks, over 3 days."""
_NEAR = 0.25
"""How far beyond its number a figure that is told as over or under it may be, as a share of the number."""


@dataclass(frozen=True)
class _Stated:
    """A figure as a sentence states it."""

    words: str
    how: str
    amount: float
    percent: bool

    def held_by(self, value: float) -> bool:
        """Say whether a value is what was stated, to the decimals stated."""
        if self.how in _OVER:
            return self.amount < value <= self.amount * (1 + _NEAR)
        if self.how in _UNDER:
            return self.amount * (1 - _NEAR) <= value < self.amount
        decimals = len(self.words.partition(".")[2].rstrip("% ")) if "." in self.words else 0
        return abs(value - self.amount) <= 0.5 * 10.0**-decimals


def figures(commentary: pd.DataFrame, rated: pd.DataFrame, moved: pd.DataFrame | None = None) -> pd.DataFrame:
    """List every figure that an achievement or issue states, with the value that bears it out, or why there is none.

    Columns used: those of `commentary`; ``indicator, ref, value, unit, status, period`` of rated. Columns: ``kind,
    subject, text, stated`` (the words), ``ref`` and ``computed`` (the indicator and its value, in ``unit``), ``found``,
    a ``remark``, and file, sheet and cell of the statement. A percentage is only looked for among percentages; a
    statement that begins with "every" states 100%. That something doubled is held against the same quarter last year,
    with ``moved`` (what `direction.travel` gives: ``indicator, value, change_year``). An illustrative value bears
    nothing out. That a figure is not found does not make it wrong: it may be of another measure or period than the
    indicator's.

    >>> said = pd.DataFrame({"kind": ["achievement"], "subject": "P", "text": "Over 59% of waste recycled.",
    ...     "indicators": "recycling"})
    >>> rated = pd.DataFrame({"indicator": ["recycling"], "ref": "41", "value": 59.9, "unit": "percent",
    ...     "status": "final", "period": "2017-18 Q1"})
    >>> figures(said, rated)[["stated", "ref", "computed", "found"]].values.tolist()
    [['Over 59%', '41', 59.9, True]]
    """
    values = {str(row["indicator"]): row for row in rated.to_dict("records")}
    points = commentary[commentary["kind"].isin(KINDS) & commentary["text"].notna()]
    then = {} if moved is None else _year_ago(moved)
    rows = []
    for point in points.astype("object").where(points.notna(), None).to_dict("records"):
        text, names = str(point["text"]), str(point.get("indicators") or "").split()
        named = [values[name] for name in names if name in values]
        found = [_looked_up(stated, named) for stated in _stated(text)] + multiples(text, named, then)
        rows += [{**point, "status": None, **each} for each in found]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _year_ago(moved: pd.DataFrame) -> dict[str, float]:
    known = moved[moved["value"].notna() & moved["change_year"].notna()]
    return dict(zip(known["indicator"], known["value"] - known["change_year"], strict=True))


def _stated(text: str) -> Iterator[_Stated]:
    if every := _EVERY.match(text):
        yield _Stated(every[0].strip(), "", 100.0, percent=True)
    for found in _FIGURE.finditer(text):
        if _SPAN_BEFORE.search(text[: found.start()]) or _SPAN_AFTER.match(text[found.end() :]):
            continue
        number = found["number"].lower()
        amount = float(_NUMBER_WORDS.index(number) + 1 if number in _NUMBER_WORDS else number.replace(",", ""))
        yield _Stated(found[0].strip(), (found["how"] or "").lower(), amount, bool(found["percent"]))


def _looked_up(stated: _Stated, named: list[dict[str, object]]) -> dict[str, object]:
    valued = [row for row in named if not pd.isna(row["value"])]
    alike = [row for row in valued if (row["unit"] == "percent") is stated.percent]
    held = next((row for row in alike if stated.held_by(float(str(row["value"])))), None)
    best = held or (alike[0] if alike else None)
    shown = {name: best[column] for name, column in _SHOWN.items()} if best else {}
    found = held is not None and held["status"] != "illustrative"
    remark = "" if found else _remark(named, valued, alike, percent=stated.percent)
    remark = _ILLUSTRATIVE if held and not found else remark
    return {"stated": stated.words, "found": found, "remark": remark, **shown}


def _remark(
    named: list[dict[str, object]], valued: list[dict[str, object]], alike: list[dict[str, object]], *, percent: bool
) -> str:
    if not named:
        return "no indicator is named that could bear it out"
    if not valued:
        return "its indicator has no figure this quarter"
    refs = ", ".join(str(row["ref"]) for row in named)
    if not alike:
        return f"indicator {refs} is {'not ' if percent else ''}a percentage"
    return f"another measure or period than indicator {refs} for {alike[0]['period']}"
