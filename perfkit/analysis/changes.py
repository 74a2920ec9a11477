"""What changed since last quarter: ratings, targets, definitions, values, and the list of indicators itself."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.model import periods
from perfkit.model.errors import ParameterError
from perfkit.model.spellings import written

KINDS = (
    "new red", "worse", "recovered", "better", "no longer rated", "newly rated", "target changed", "rule changed",
    "definition changed", "value revised", "value received", "value withdrawn", "added", "dropped", "renumbered",
)  # fmt: skip
COLUMNS = (
    "kind",
    "indicator",
    "ref",
    "title",
    "period",
    "before",
    "after",
    "reason",
    "sentence",
    "file",
    "sheet",
    "cell",
)
_PLACE = ("file", "sheet", "cell")
_PROMISED = ("kind", "direction", "low", "high", "comparator", "due", "basis", "text")
_RATINGS = {"red": 0, "amber": 1, "green": 2}
_DEFINITION = {"title": "title", "unit": "unit", "polarity": "polarity", "series_type": "series type", "definition":
"definition", "directorate": "directorate", "outcome": "outcome"}  # fmt: skip


def since(
    rated_now: pd.DataFrame,
    rated_before: pd.DataFrame,
    *,
    column: str = "effective",
    targets_now: pd.DataFrame | None = None,
    targets_before: pd.DataFrame | None = None,
    indicators_now: pd.DataFrame | None = None,
    indicators_before: pd.DataFrame | None = None,
    observations_now: pd.DataFrame | None = None,
    observations_before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List what changed between two quarters as they were reported, or between two vintages of one quarter.

    Needs two results of `rating.rate` (or `assess`), each of one quarter; ``column`` names the rating to compare. With
    the tables as they were known then and now (``store.load(..., as_of=...)``) it also lists targets changed,
    definitions changed, and values revised, received late or withdrawn.

    Gives one row a change, by `KINDS` and then in the order of the indicators: ``kind``, ``indicator``, ``ref``,
    ``title``, ``period``, ``before``, ``after``, ``reason`` (why, where somebody said why), ``sentence``, and file,
    sheet and cell of what stands now. Raises `ParameterError` where a frame holds more than one quarter.

    >>> before = pd.DataFrame({"indicator": ["visits"], "ref": ["46"], "title": ["Visits"], "period": ["2017-18 Q1"],
    ...     "effective": ["red"]})
    >>> now = before.assign(period="2017-18 Q2", effective="green")
    >>> since(now, before)["sentence"].tolist()
    ['46 Visits recovered: red in 2017-18 Q1, green in 2017-18 Q2.']
    """
    now, before = _one_quarter(rated_now), _one_quarter(rated_before)
    names = _names(now, before, indicators_now)
    found = _ratings(now, before, column) + _rules(now, before) + _membership(now, before)
    old, new = (indicators_before, indicators_now) if indicators_before is not None else (before, now)
    found += _definitions(old, new if new is not None else now)
    if targets_now is not None and targets_before is not None:
        found += _targets(targets_now, targets_before)
    if observations_now is not None and observations_before is not None and len(before):
        found += _values(observations_now, observations_before, until=str(before["period"].iloc[0]))
    return _table(found, names)


def _one_quarter(rated: pd.DataFrame) -> pd.DataFrame:
    labels = rated["period"].unique()
    if len(labels) > 1:
        raise ParameterError(
            f"what changed is asked between two quarters, but one side holds {', '.join(map(str, labels))}."
        )
    return rated.drop_duplicates("indicator")


def _names(now: pd.DataFrame, before: pd.DataFrame, indicators: pd.DataFrame | None) -> pd.DataFrame:
    """Give ref and title of every indicator, as they are now or were last."""
    frames = [frame[["indicator", "ref", "title"]] for frame in (now, before) if len(frame)]
    if indicators is not None:
        frames.append(indicators[["indicator", "ref", "title"]])
    return pd.concat(frames, ignore_index=True).astype("object").drop_duplicates("indicator").set_index("indicator")


def _table(found: list[dict[str, Any]], names: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(found, columns=["kind", "indicator", "period", "before", "after", "reason", "said", *_PLACE])
    frame["ref"], frame["title"] = (frame["indicator"].map(names[name]) for name in ("ref", "title"))
    frame["sentence"] = [
        f"{r} {t} {said}." for r, t, said in zip(frame["ref"], frame["title"], frame["said"], strict=True)
    ]
    order = {kind: n for n, kind in enumerate(KINDS)}
    place = {name: n for n, name in enumerate(names.index)}
    rank = pd.DataFrame({"kind": frame["kind"].map(order), "place": frame["indicator"].map(place)})
    by = rank.sort_values(["kind", "place"], kind="stable").index
    return frame.loc[by, list(COLUMNS)].reset_index(drop=True)


def _both(now: pd.DataFrame, before: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return now.merge(before, on=keys, how="inner", suffixes=("", "_before"))


def _ratings(now: pd.DataFrame, before: pd.DataFrame, column: str) -> list[dict[str, Any]]:
    found = []
    for row in _both(now, before, ["indicator"]).to_dict("records"):
        new, old = _word(row[column]), _word(row[f"{column}_before"])
        if new != old:
            kind, verb = _movement(old, new)
            said = f"{verb}: {old} in {row['period_before']}, {new} in {row['period']}"
            reason = row.get("reason") if "reason" in row else row.get("calculated_reason")
            found.append(_change(kind, row, before=old, after=new, reason=reason, said=said))
    return found


def _word(rating: object) -> str:
    return str(rating) if rating in _RATINGS else "not rated"


def _movement(old: str, new: str) -> tuple[str, str]:
    if new == "red":
        return "new red", "is newly red"
    if new == "not rated":
        return "no longer rated", "is no longer rated"
    if old == "not rated":
        return "newly rated", "is now rated"
    if old == "red":
        return "recovered", "recovered"
    return ("better", "got better") if _RATINGS[new] > _RATINGS[old] else ("worse", "got worse")


def _rules(now: pd.DataFrame, before: pd.DataFrame) -> list[dict[str, Any]]:
    if "rule_text" not in now or "rule_text" not in before:
        return []
    rows = _both(now, before, ["indicator"])
    rows = rows[rows["rule_text"] != rows["rule_text_before"]]
    return [
        _change(
            "rule changed", row, before=row["rule_text_before"], after=row["rule_text"], said="is rated by another rule"
        )
        for row in rows.to_dict("records")
    ]


def _membership(now: pd.DataFrame, before: pd.DataFrame) -> list[dict[str, Any]]:
    """List the indicators that came, went, or changed their number."""
    added = now[~now["indicator"].isin(before["indicator"])]
    dropped = before[~before["indicator"].isin(now["indicator"])]
    both = _both(now, before, ["indicator"])
    moved = both[both["ref"].astype("object") != both["ref_before"].astype("object")]
    found = [_change("added", row, after=row["ref"], said="was added") for row in added.to_dict("records")]
    found += [_change("dropped", row, before=row["ref"], said="was dropped") for row in dropped.to_dict("records")]
    return found + [
        _change(
            "renumbered", row, before=row["ref_before"], after=row["ref"], said=f"was number {row['ref_before']} before"
        )
        for row in moved.to_dict("records")
    ]


def _definitions(before: pd.DataFrame, now: pd.DataFrame) -> list[dict[str, Any]]:
    found = []
    rows = _both(_latest(now), _latest(before), ["indicator"]).to_dict("records")
    for name, words in _DEFINITION.items():
        for row in rows:
            old, new = row.get(f"{name}_before"), row.get(name)
            if f"{name}_before" in row and _text(old) != _text(new):
                said = f"has another {words}: {_text(old) or 'none'} before, {_text(new) or 'none'} now"
                found.append(_change("definition changed", row, before=old, after=new, said=said))
    return found


def _latest(indicators: pd.DataFrame) -> pd.DataFrame:
    """Give each indicator's definition of its last financial year."""
    if "financial_year" not in indicators:
        return indicators
    return indicators.sort_values("financial_year", kind="stable").drop_duplicates("indicator", keep="last")


def _targets(now: pd.DataFrame, before: pd.DataFrame) -> list[dict[str, Any]]:
    keys = ["indicator", "period", "part"]
    rows = before.merge(now, on=keys, how="left", suffixes=("_before", ""), indicator="_found")
    found = []
    for row in rows.to_dict("records"):
        gone = row["_found"] == "left_only"
        old, new = _promise(row, "_before"), "" if gone else _promise(row, "")
        if gone or any(_text(row.get(name)) != _text(row.get(f"{name}_before")) for name in _PROMISED):
            said = (
                f"has no target for {row['period']} any more; it was {old}"
                if gone
                else (f"has another target for {row['period']}: {old} before, {new} now")
            )
            found.append(_change("target changed", row, before=old, after=new, reason=_set(row), said=said))
    return found


def _promise(row: dict[str, Any], suffix: str) -> str:
    text, low = _text(row.get(f"text{suffix}")), row.get(f"low{suffix}")
    return text or ("no target" if low is None or pd.isna(low) else written(float(low)))


def _set(row: dict[str, Any]) -> str:
    """Say why a target was changed, else who set it and when."""
    day = row.get("set_on")
    on = "" if day is None or pd.isna(day) else f" on {day.day} {periods.MONTHS[day.month - 1]} {day.year}"
    by = f" by {row['set_by']}" if _text(row.get("set_by")) else ""
    return _text(row.get("reason")) or (f"set{by}{on}" if by or on else "")


def _values(now: pd.DataFrame, before: pd.DataFrame, *, until: str) -> list[dict[str, Any]]:
    """List the figures of quarters reported before that differ from what was known then."""
    keys = ["indicator", "period", "area", "part"]
    rows = now.merge(before, on=keys, how="outer", suffixes=("", "_before"), sort=False)
    rows = rows[(periods.ends(rows["period"]) <= periods.ends([until]).iloc[0]).to_numpy()]
    new, old = rows["value"], rows["value_before"]
    rows = rows[(new != old) & ~(new.isna() & old.isna())]
    return [_revision(row) for row in rows.to_dict("records")]


def _revision(row: dict[str, Any]) -> dict[str, Any]:
    old, new = (None if pd.isna(row[name]) else written(float(row[name])) for name in ("value_before", "value"))
    period, part = row["period"], "" if row["part"] == 1 else ", its 'of which'"
    status = f", {row['status']}" if _text(row.get("status")) in ("provisional", "revised", "final") else ""
    if old is None:
        return _change("value received", row, after=new, said=f"now has its figure for {period}{part}: {new}{status}")
    if new is None:
        return _change(
            "value withdrawn", row, before=old, said=f"has no figure for {period}{part} any more; it was {old}"
        )
    said = f"has a revised figure for {period}{part}: {old} before, {new} now{status}"
    return _change("value revised", row, before=old, after=new, said=said)


def _change(
    kind: str, row: dict[str, Any], *, said: str, before: object = None, after: object = None, reason: object = None
) -> dict[str, Any]:
    place = {name: row.get(name) for name in _PLACE}
    period = row.get("period")
    return {"kind": kind, "indicator": row["indicator"], "period": period, "before": before, "after": after,
            "reason": _text(reason), "said": said, **place}  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
