"""What became of the indicators between two years' frameworks: carried over, revised, introduced or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from perfkit.model import numbering, periods
from perfkit.model.errors import ParameterError

STATUSES = ("carried over", "revised", "introduced", "dropped")
"""What became of an indicator as a whole."""
COLUMNS = ("indicator", "status", "change", "ref_before", "ref", "title_before", "title", "before", "after", "foreseen",
           "reason", "sentence", "file", "sheet", "cell")  # fmt: skip
_FACTS = {"title": ("title", "title"), "definition": ("definition", "definition"), "unit": ("unit", "unit"),
          "polarity": ("polarity", "direction of good"), "directorate": ("directorate", "directorate"),
          "owner": ("data_owner", "data owner"), "outcome": ("outcome", "outcome")}  # fmt: skip
"""What may be revised: the column that tells it, and how a sentence calls it."""
_PROMISED = ("kind", "direction", "strict", "low", "high", "comparator", "due", "basis")

Row = dict[str, Any]


def between(
    indicators: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    before: str,
    after: str,
    targets_before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List what became of every indicator between the frameworks of two financial years.

    Columns used: of ``indicators`` those of its table; of ``targets`` ``indicator, period, part``, what a target means,
    and ``text, reason``. ``targets_before`` is the table as it stood before the later framework came, where known: a
    target that it foresaw is ``foreseen`` and no revision. Indicators are the same where their ids are; a target is
    compared by what it means, so that 1,750 and 1750 are one. A number alone that changed leaves an indicator carried
    over.

    Gives one row for each change, in the order of the later year's numbers and dropped ones last; columns `COLUMNS`:
    ``status`` one of `STATUSES`; ``change`` (carried over, renumbered, introduced, dropped, or revised with what was:
    title, definition, unit, polarity, target, directorate, owner, outcome); ``before`` and ``after`` in words;
    ``foreseen`` whether the earlier framework said so; ``sentence``; and the place in the later framework (of a dropped
    one in the earlier). Raises `ParameterError` where a year has no framework.

    >>> facts = {"unit": "count", "polarity": "higher", "directorate": "CSS", "outcome": "V2", "definition": None,
    ...     "data_owner": None, "file": "framework.xlsx", "sheet": "Indicators", "cell": "A5"}
    >>> indicators = pd.DataFrame([
    ...     {"indicator": "visits", "financial_year": "2017-18", "ref": "46", "title": "Visits", **facts},
    ...     {"indicator": "visits", "financial_year": "2018-19", "ref": "45", "title": "Visits", **facts}])
    >>> targets = pd.DataFrame(columns=["indicator", "period", "part", "text"])
    >>> between(indicators, targets, before="2017-18", after="2018-19")[["status", "change"]].values.tolist()
    [['carried over', 'renumbered']]
    """
    old, new = _of_year(indicators, before), _of_year(indicators, after)
    was, now = _promises(targets if targets_before is None else targets_before, before), _promises(targets, after)
    planned = {} if targets_before is None else _promises(targets_before, after)
    rows: list[Row] = []
    for name, facts in new.items():
        if name not in old:
            rows.append(
                _row("introduced", {}, facts, after=_text(now, name), words=f"was introduced{_with(now, name)}")
            )
            continue
        rows += _carried(old[name], facts, was.get(name), now.get(name), planned.get(name))
    rows += [_row("dropped", facts, {}, words="was dropped") for name, facts in old.items() if name not in new]
    frame = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "status"])
    return frame.assign(status=_statuses(frame))[list(COLUMNS)]


def into(indicators: pd.DataFrame, targets: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """List what became of every indicator on the way into a quarter's year; no rows where the year before is not known.

    Needs and gives what `between` does.

    >>> indicators = pd.DataFrame({"financial_year": ["2017-18"]})
    >>> len(into(indicators, pd.DataFrame(), quarter="2017-18 Q1"))
    0
    """
    year = periods.year_of(periods.parse(quarter, expect="quarter"))
    after, before = periods.label(year), periods.label(periods.earlier(year, steps=1))
    if not {before, after} <= set(indicators["financial_year"]):
        return pd.DataFrame(columns=list(COLUMNS))
    return between(indicators, targets, before=before, after=after)


def counts(changes: pd.DataFrame) -> pd.DataFrame:
    """Count the indicators of each status: ``status, indicators``, in the order of `STATUSES`.

    >>> changes = pd.DataFrame({"indicator": ["a", "a", "b"], "status": ["revised", "revised", "dropped"]})
    >>> counts(changes).values.tolist()
    [['carried over', 0], ['revised', 1], ['introduced', 0], ['dropped', 1]]
    """
    told = changes.drop_duplicates("indicator")["status"].value_counts()
    return pd.DataFrame({"status": STATUSES, "indicators": [int(told.get(name, 0)) for name in STATUSES]})


def _of_year(indicators: pd.DataFrame, year: str) -> dict[str, Row]:
    frame = indicators[indicators["financial_year"] == year]
    if frame.empty:
        known = ", ".join(sorted(indicators["financial_year"].unique())) or "none"
        raise ParameterError(f"no framework of {year} to compare: there are those of {known}.")
    order = sorted(frame.index, key=lambda row: numbering.order(frame.at[row, "ref"]))
    return {row["indicator"]: row for row in frame.loc[order].to_dict("records")}


def _promises(targets: pd.DataFrame, year: str) -> dict[str, list[Row]]:
    """Give the parts of the first target that each indicator has within a year."""
    inside = targets[targets["period"].map(lambda label: periods.year_label(label)) == year]
    found: dict[str, list[Row]] = {}
    for row in inside.to_dict("records"):
        mine = found.setdefault(row["indicator"], [])
        if not mine or mine[0]["period"] == row["period"]:
            mine.append(row)
    return found


def _carried(
    old: Row, new: Row, was: Sequence[Row] | None, now: Sequence[Row] | None, planned: Sequence[Row] | None
) -> list[Row]:
    rows = []
    if _said(old["ref"]) != _said(new["ref"]):
        rows.append(_row("renumbered", old, new, before=old["ref"], after=new["ref"],
                         words=f"was number {old['ref']}"))  # fmt: skip
    for fact, (field, called) in _FACTS.items():
        if (then := _said(old.get(field))) != (here := _said(new.get(field))):
            words = f"has another {called}: {then or 'none'} before, {here or 'none'} now"
            rows.append(_row(f"revised {fact}", old, new, before=then, after=here, words=words))
    if _meaning(was) != _meaning(now):
        rows.append(_target(old, new, was, now, foreseen=planned is not None and _meaning(planned) == _meaning(now)))
    return rows or [_row("carried over", old, new, words="is carried over unchanged")]


def _target(old: Row, new: Row, was: Sequence[Row] | None, now: Sequence[Row] | None, *, foreseen: bool) -> Row:
    then, here = _written(was), _written(now)
    words = f"has the target {here} that was foreseen, after {then}" if foreseen else (
        f"has another target: {then} before, {here} now"
    )  # fmt: skip
    reason = _said(now[0].get("reason")) if now else ""
    row = _row("revised target", old, new, before=then, after=here, words=words, foreseen=foreseen)
    return {**row, "reason": reason or None}


def _meaning(parts: Sequence[Row] | None) -> tuple[Any, ...]:
    """Give what a target means, to compare by; none and no target alike."""
    if not parts or parts[0].get("kind") == "none":
        return ()
    return tuple(tuple(_said(part.get(name)) for name in _PROMISED) for part in parts)


def _written(parts: Sequence[Row] | None) -> str:
    return (_said(parts[0].get("text")) if parts else "") or "no target"


def _text(promises: Mapping[str, Sequence[Row]], name: str) -> str | None:
    return _written(promises[name]) if name in promises else None


def _with(promises: Mapping[str, Sequence[Row]], name: str) -> str:
    text = _text(promises, name)
    return f" with the target {text}" if text and text != "no target" else ""


def _row(
    change: str, old: Row, new: Row, *, words: str, before: object = None, after: object = None, foreseen: bool = False
) -> Row:
    here = new or old
    return {
        "indicator": here["indicator"], "change": change, "ref_before": old.get("ref"), "ref": new.get("ref"),
        "title_before": old.get("title"), "title": new.get("title"), "before": before, "after": after,
        "foreseen": foreseen, "reason": None, "sentence": f"{here['ref']} {here['title']} {words}.",
        **{name: here.get(name) for name in ("file", "sheet", "cell")},
    }  # fmt: skip


def _statuses(changes: pd.DataFrame) -> pd.Series[Any]:
    """Say of each row what became of its indicator as a whole."""
    revised = changes["change"].str.startswith("revised") & ~changes["foreseen"].astype("bool")
    own = changes["change"].where(changes["change"].isin(("introduced", "dropped")))
    any_revised = revised.groupby(changes["indicator"]).transform("any") if len(changes) else revised
    return own.fillna(any_revised.map({True: "revised", False: "carried over"}))


def _said(value: object) -> str:
    """Write a fact in text to compare by; what is missing is empty."""
    if value is None or pd.isna(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
