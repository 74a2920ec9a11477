"""The frames of the star: facts from the tidy tables and ratings, and dimensions that hold every key that facts use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from perfkit.analysis.star.layout import KEYS, TABLES, StarTable
from perfkit.model import areas, periods
from perfkit.model.errors import ParseError

_DTYPES = {"text": "str", "number": "float64", "whole": "Int64", "flag": "boolean", "date": "datetime64[us]"}
_SPLITS = ("attribution", "setting", "reason")


def build(tables: Mapping[str, pd.DataFrame], *, rated: pd.DataFrame, rolled: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give every table of the star (`TABLES`) by name, dimensions first.

    Needs the tidy tables ``indicators``, ``outcomes``, ``directorates`` and those of the facts (observations, targets,
    delays, finance, risks); what `rating.assess` gives as ``rated`` and what `outcomes.roll_up` gives as ``rolled``,
    for the quarters wanted. Facts keep the outcome and directorate of their own year. A key that no table defines is
    put into its dimension under its own name, so that each row of a fact finds its place.

    >>> list(TABLES)[:5]
    ['dim_indicator', 'dim_outcome', 'dim_directorate', 'dim_period', 'dim_area']
    """
    sources = {**tables, "rated": rated, "rolled": rolled}
    facts = {
        name: _typed(_fact(sources[table.source], table, tables["indicators"]), table)
        for name, table in TABLES.items()
        if table.source
    }
    made = {
        "dim_indicator": _indicators(tables),
        "dim_outcome": _newest(tables["outcomes"], "outcome").rename(columns={"directorate": "led_by"}),
        "dim_directorate": _newest(tables["directorates"], "directorate").rename(columns={"order": "place"}),
        "dim_period": pd.DataFrame({"period": []}),
        "dim_area": _areas(tables),
    }
    dimensions = {name: _typed(_complete(made[name], name, facts.values()), TABLES[name]) for name in KEYS}
    return dimensions | facts


def _fact(frame: pd.DataFrame, table: StarTable, indicators: pd.DataFrame) -> pd.DataFrame:
    if "month" in frame:
        labels = {month: periods.label(month) for month in frame["month"].unique()}
        frame = frame.assign(period=frame["month"].map(labels).astype("object"))
    if "split" in table.names:
        frame = frame.assign(split=_split(frame))
    if "directorate" in table.names and "directorate" not in frame:
        frame = _owned(frame, indicators)
    return frame


def _split(frame: pd.DataFrame) -> pd.Series[Any]:
    """Say by what each row is split, so that totals and parts are never added up together."""
    words = pd.Series("", index=frame.index, dtype="object")
    for name in _SPLITS:
        words = words.where(frame[name].eq("all").to_numpy(), words + f"{name}, ")
    return words.str.removesuffix(", ").replace("", "none")


def _owned(frame: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Add outcome and directorate, as defined for the year of the row, else by the newest definition."""
    labels = pd.Series(frame["period"].unique(), dtype="object")
    year = {str(label): _year(str(label)) for label in labels}
    asked = frame[["indicator"]].astype("object").assign(financial_year=frame["period"].map(year).astype("object"))
    defined = indicators[["indicator", "financial_year", "outcome", "directorate"]].astype("object")
    own = asked.merge(defined, on=["indicator", "financial_year"], how="left")
    newest = _newest(defined, "indicator").set_index("indicator")
    filled = {
        name: own[name].where(own[name].notna(), own["indicator"].map(newest[name])).to_numpy()
        for name in ("outcome", "directorate")
    }
    return frame.assign(**filled)


def _year(label: str) -> str | None:
    try:
        return periods.year_label(label)
    except ParseError:
        return None


def _newest(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame.sort_values("financial_year", kind="stable").drop_duplicates(key, keep="last").sort_index()


def _indicators(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    titles = _newest(tables["outcomes"], "outcome").set_index("outcome")["title"]
    newest = _newest(tables["indicators"], "indicator")
    return newest.rename(columns={"directorate": "reported_by"}).assign(outcome_title=newest["outcome"].map(titles))


def _areas(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the areas of national tables as they call them; all else follows from the register."""
    told = tables["delays"][["area", "area_kind"]].drop_duplicates("area").rename(columns={"area_kind": "kind"})
    own = pd.DataFrame({"area": tables["observations"]["area"].unique(), "kind": "council"})
    known = pd.concat([told, own], ignore_index=True).astype("object").drop_duplicates("area")
    found = [_register(str(name)) for name in known["area"]]
    return known.assign(region=[region for region, _ in found], code=[code for _, code in found])


def _register(name: str) -> tuple[str | None, str | None]:
    try:
        area = areas.resolve(name)
    except ParseError:
        return None, None
    return area.region or None, area.code()


def _complete(frame: pd.DataFrame, name: str, facts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Add the keys that facts use and nothing defines; periods are told of by their labels alone."""
    key = KEYS[name]
    used = [
        fact[column.name]
        for fact, table in zip(facts, (t for t in TABLES.values() if t.source), strict=True)
        for column in table.columns
        if column.refers == name
    ]
    everything = pd.concat(used).dropna().drop_duplicates()
    if name == "dim_period":
        return _periods(everything)
    lost = sorted(set(everything) - set(frame[key]))
    named = [key, *(column for column in ("title", "name") if column in TABLES[name].names)]
    return pd.concat([frame, pd.DataFrame(dict.fromkeys(named, lost))], ignore_index=True) if lost else frame


def _periods(labels: pd.Series[Any]) -> pd.DataFrame:
    """Describe each label, and the years and quarters that hold it, in order of time."""
    names = set(labels) | {year for label in labels if (year := _year(label))}
    rows = pd.DataFrame([_period(name) for name in sorted(names)])
    ordered = rows.sort_values(["ends", "starts"], ascending=[True, False], kind="stable", na_position="last")
    return ordered.assign(place=range(1, len(ordered) + 1))


def _period(label: str) -> dict[str, Any]:
    try:
        period = periods.parse(label)
    except ParseError:
        return {"period": label, "kind": "other", "starts": pd.NaT, "ends": pd.NaT}
    kind = periods.kind(period)
    starts, ends = period.start_time.normalize(), period.end_time.normalize()
    quarter = None if kind == "year" else (ends.month - 4) % 12 // 3 + 1
    return {"period": label, "kind": kind, "starts": starts, "ends": ends, "quarter": quarter,
            "financial_year": periods.label(periods.year_of(period))}  # fmt: skip


def _typed(frame: pd.DataFrame, table: StarTable) -> pd.DataFrame:
    kept = frame.reindex(columns=table.names).reset_index(drop=True)
    return kept.astype({column.name: _DTYPES[column.kind] for column in table.columns})
