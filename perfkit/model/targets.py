"""Targets as councils write them: text in, one frozen value out that keeps its own text.

The forms are those of the framework's target column: ``67%``, ``>28%``, ``93-95%``, ``60/20``, ``Top quartile``,
``Completion by Sept 2017``, ``Increase of 36%``, ``±4.5%``, ``8 days``, ``TBC``. What cannot be understood, or cannot
be meant, is a `TargetError`: never a number that nobody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from perfkit.model import due
from perfkit.model import target_forms as forms
from perfkit.model.errors import ParseError
from perfkit.model.schemas import POLARITIES
from perfkit.model.spellings import mend, tidy, written
from perfkit.model.target_forms import TargetError

__all__ = ["Target", "TargetError", "due_end", "parse", "rows", "why_none"]

_READERS = (
    forms.none,
    forms.date,
    forms.comparator,
    forms.maintain,
    forms.change,
    forms.milestone,
)
_LONGEST = 200
_SIGNS = {("at least", False): "≥", ("at least", True): ">", ("at most", False): "≤", ("at most", True): "<"}
_RELATIONS = {
    ("at least", False): "at or above ",
    ("at least", True): "above ",
    ("at most", False): "at or below ",
    ("at most", True): "below ",
}
_NONE_TEXTS = {"blank": "", "to be confirmed": "TBC", "no target": "No target", "data only": "Data only"}
due_end = due.end


@dataclass(frozen=True)
class Target:
    """What a target's text means; two are equal if they mean the same.

    ``low`` is the threshold (of a range its lower edge, of a change the amount with its sign, of a band the amount
    below), ``second`` the 'of which' of a pair; ``mark`` is what the figure was written with (%, £, days, points).
    ``relative`` says that low and high are percent of the baseline, else they are in the indicator's unit.
    """

    kind: str
    direction: str = ""
    strict: bool = False
    low: float | None = None
    high: float | None = None
    second: float | None = None
    comparator: str = ""
    due: str = ""
    basis: str = ""
    mark: str = ""
    relative: bool = False
    why: str = ""
    text: str = field(default="", compare=False)
    repairs: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        body = {
            "none": _NONE_TEXTS.get(self.why, ""),
            "comparator": _RELATIONS.get((self.direction, self.strict), "") + self.comparator,
            "milestone": "Completion",
            "maintain": "Maintain",
        }.get(self.kind)
        by = f" by {self.due}" if self.due else ""
        return (self._figures() if body is None else body) + by

    def _figures(self) -> str:
        low, mark = written(self.low or 0.0), self.mark
        if self.kind == "change" and self.strict:
            return {"at least": "Increase", "at most": "Reduce"}.get(self.direction, "Improve")
        if self.kind == "change":
            tail = " points" if mark == "points" else mark
            return f"{'Increase of' if self.direction == 'at least' else 'Reduce by'} {low.lstrip('-')}{tail}"
        if self.kind == "band":
            return f"±{low.lstrip('-')}{mark}"
        if self.kind == "range":
            low = f"{low}-{written(self.high or 0.0)}"
        if self.kind == "pair":
            low, mark = f"{low}/{written(self.second or 0.0)}", ""
        sign = _SIGNS.get((self.direction, self.strict), "")
        figures = f"£{low}" if mark == "£" else f"{low} {mark}" if self.kind == "duration" else f"{low}{mark}"
        return f"{sign}{figures}" + (f" per {self.basis}" if self.basis else "")


def parse(text: str | None, *, polarity: str, unit: str = "") -> Target:
    """Read a target as written, for an indicator of that polarity and unit.

    Raises `TargetError` for what cannot be understood, for a direction against the polarity, and for what cannot be
    meant: a negative count, a percentage of a count, a date. A percentage is 67.0; no target is never 0.

    >>> parse("no more than 20 %", polarity="lower", unit="percent").low
    20.0
    >>> str(parse("93–95 %", polarity="higher", unit="percent")), str(parse("£1.4m", polarity="lower"))
    ('93-95%', '£1,400,000')
    >>> parse("-1,562", polarity="higher", unit="count")
    Traceback (most recent call last):
    perfkit.model.target_forms.TargetError: "-1,562" is a negative target; a count has none, so the dash may be a \
stray. Is it "1,562"?
    """
    if polarity not in (*POLARITIES, "milestone"):
        raise ParseError(f'"{polarity}" is not a polarity: expected {", ".join(POLARITIES)}.')
    written_text = str(text) if isinstance(text, str) else ""
    mended, repairs = mend(tidy(written_text))
    if len(mended) > _LONGEST:
        raise TargetError(f'"{mended[:40]}..." is {len(mended)} signs long, too long for a target.')
    try:
        fields = _read(mended.lower(), unit)
    except TargetError as error:
        hint = f' Is it "{error.suggestion}"?' if error.suggestion else ""
        raise TargetError(f'"{written_text}" is {error}{hint}', error.suggestion) from None
    _agree(fields, polarity, written_text)
    return Target(text=written_text, repairs=repairs, **fields)


def rows(target: Target) -> list[dict[str, Any]]:
    """Give the columns of the targets table that the target fills: one row, of a pair one for each part.

    >>> [(row["part"], row["low"]) for row in rows(parse("60/20", polarity="higher", unit="count"))]
    [(1, 60.0), (2, 20.0)]
    """
    row = {
        "kind": target.kind,
        "direction": target.direction or None,
        "strict": target.strict,
        "low": target.low,
        "high": target.high,
        "comparator": target.comparator or None,
        "due": target.due or None,
        "basis": target.basis or None,
        "relative": target.relative,
        "text": target.text or None,
        "part": 1,
    }
    return [row] if target.kind != "pair" else [row, {**row, "low": target.second, "part": 2}]


def why_none(text: str | None) -> str:
    """Say which kind of "no target" a text is: blank, to be confirmed, no target or data only.

    >>> why_none("TBC"), why_none(None)
    ('to be confirmed', 'blank')
    """
    return forms.NONE_WORDS.get(mend(tidy(text or ""))[0].lower().rstrip(" ."), "no target")


def _read(text: str, unit: str) -> dict[str, Any]:
    for reader in _READERS:
        fields = reader(text)
        if fields is not None:
            return fields
    if (fields := forms.band(text, unit) or forms.figure(text, unit)) is not None:
        return fields
    raise TargetError("not a target that perfkit knows. Write it as 67%, >28%, 93-95%, 60/20, Top quartile, TBC ...")


def _agree(fields: dict[str, Any], polarity: str, text: str) -> None:
    direction = fields.get("direction", "")
    good = {"higher": "at least", "lower": "at most"}.get(polarity)
    if direction and polarity == "within":
        raise TargetError(f'"{text}" has a direction, but the indicator is to stay within a band: give 93-95%.')
    if direction and good and direction != good:
        raise TargetError(
            f'"{text}" asks for {direction} the figure, but {polarity} is better for this indicator. '
            "Mend the target or the polarity."
        )
