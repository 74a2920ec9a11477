"""The frames of the star: facts from the tidy tables and ratings, and dimensions that hold every key that facts use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from perfkit.analysis.star import calendars
from perfkit.analysis.star.layout import KEYS, TABLES, StarTable
from perfkit.model import areas, periods
from perfkit.model.errors import ParseError

_DTYPES = {"text": "str", "number": "float64", "whole": "Int64", "flag": "boolean", "date": "datetime64[us]"}
_UNREGISTERED = ("part of region", "combined", "other")
_SPLITS = ("attribution", "setting", "reason")
_REGISTERED = ("region", "code", "valid_from", "valid_to")


def build(tables: Mapping[str, pd.DataFrame], *, rated: pd.DataFrame, rolled: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give every table of the star (`TABLES`) by name, dimensions first.

    Needs the tidy tables ``indicators``, ``outcomes``, ``directorates`` and those of the facts (observations, targets,
    delays, releases, discharges, finance, risks); what `rating.assess` gives as ``rated`` and what `outcomes.roll_up`
    gives as ``rolled``, for the quarters wanted. Facts keep the outcome and directorate of their own year. A key that
    no table defines is put into its dimension under its own name, so that each row of a fact finds its place. Areas of
    the delays have their name in the register, whatever their sheet called them, and so are those of the releases.

    >>> list(TABLES)[:5]
    ['dim_indicator', 'dim_outcome', 'dim_directorate', 'dim_period', 'dim_area']
    """
    tables = {**tables, "delays": _in_one_spelling(tables["delays"])}
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
        "dim_measure": _measures(facts["fact_release"], facts["fact_discharge"]),
        "dim_organisation": _organisations(tables["discharges"]),
    }
    dimensions = {name: _typed(_complete(made[name], name, facts.values()), TABLES[name]) for name in KEYS}
    return dimensions | facts


def _fact(frame: pd.DataFrame, table: StarTable, indicators: pd.DataFrame) -> pd.DataFrame:
    if "month" in frame:
        labels = {month: periods.label(month) for month in frame["month"].unique()}
        months = frame["month"].map(labels).astype("object")
        frame = frame.assign(**{"month" if "period" in frame else "period": months})
    if "measure" in table.names:
        frame = _keyed(frame, table.source)
    if "split" in table.names:
        frame = frame.assign(split=_split(frame))
    if "directorate" in table.names and "directorate" not in frame:
        frame = _owned(frame, indicators)
    return frame


def _keyed(frame: pd.DataFrame, source: str) -> pd.DataFrame:
    """Give national figures the keys of their dimensions: a measure with its series, an area by kind, a period."""
    series = frame["release"] if "release" in frame else pd.Series(source, index=frame.index, dtype="str")
    keyed = frame.assign(measure=series + ": " + frame["measure"])
    if "calendar" not in frame:
        return keyed
    area = _area_key(frame["area"], frame["area_kind"])
    return keyed.assign(period=calendars.keys(frame["period"], frame["calendar"]), area=area)


def _area_key(name: pd.Series[Any], kind: pd.Series[Any]) -> pd.Series[Any]:
    """Tell what is no area of the register by its kind: its name may be that of one."""
    return name.where(~kind.isin(_UNREGISTERED), name + " (" + kind + ")")


def _in_one_spelling(delays: pd.DataFrame) -> pd.DataFrame:
    """Call areas as the register does for their month; two that it takes for one stay as they are called."""
    told = delays[["month", "area"]].drop_duplicates().astype("object")
    day = told["month"].map({month: areas.era(month.start_time.date()) for month in told["month"].unique()})
    names = {pair: _registered(*pair) for pair in set(zip(told["area"], day, strict=True))}
    told["name"] = [names[pair] for pair in zip(told["area"], day, strict=True)]
    told["name"] = told["name"].mask(told.duplicated(["month", "name"], keep=False), told["area"])
    named = delays[["month", "area"]].astype("object").merge(told, on=["month", "area"], how="left")["name"]
    return delays.assign(area=named.astype("str").to_numpy())


def _registered(name: str, day: dt.date) -> str:
    try:
        return areas.resolve(name, on=day).name
    except ParseError:
        return name


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
    released = tables["releases"][["area", "area_kind", "region"]].drop_duplicates(["area", "area_kind"])
    released = released.assign(region=released["region"].mask(released["area_kind"].isin(("country", "region"))))
    own = pd.DataFrame({"area": tables["observations"]["area"].unique(), "area_kind": "council"})
    told = pd.concat([tables["delays"][["area", "area_kind"]].drop_duplicates("area"), own, released])
    told = told.reset_index(drop=True).astype("object")
    key = _area_key(told["area"], told["area_kind"])
    known = told.assign(area=key, name=told["area"], kind=told["area_kind"]).drop_duplicates("area")
    known = known.reset_index(drop=True)
    found = pd.DataFrame([_register(str(name)) for name in known["area"]], columns=list(_REGISTERED), dtype="object")
    return known.assign(**found.assign(region=found["region"].fillna(known["region"])))


def _measures(*facts: pd.DataFrame) -> pd.DataFrame:
    """Give each measure once, with its unit where it has but one."""
    first = [fact.drop_duplicates("measure", keep="last") for fact in facts]
    kept = pd.concat([frame.reindex(columns=["measure", "measure_title"]) for frame in first], ignore_index=True)
    told = kept["measure"].str.extract(r"(?P<series>.+?): (?P<id>.+)")
    units = pd.concat([fact.groupby("measure")["unit"].agg(["nunique", "first"]) for fact in facts])
    single = units["first"].where(units["nunique"] == 1)
    title = kept["measure_title"].fillna(told["id"].str.replace("_", " ").str.capitalize())
    return kept.assign(series=told["series"], id=told["id"], title=title, unit=kept["measure"].map(single))


def _organisations(discharges: pd.DataFrame) -> pd.DataFrame:
    newest = discharges.sort_values("starts", kind="stable").drop_duplicates("org_code", keep="last")
    coded = newest["org_kind"].isin(("board", "trust"))
    name = newest["org_name"].where(coded, newest["org_code"])
    return newest.assign(name=name, kind=newest["org_kind"]).sort_values(["org_kind", "org_code"], kind="stable")


def _register(name: str) -> tuple[object, ...]:
    """Give what the register says of an area, in the order of `_REGISTERED`."""
    try:
        area = areas.resolve(name)
    except ParseError:
        return (None,) * len(_REGISTERED)
    return area.region or None, area.code(), area.valid_from, area.valid_to


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
        return calendars.describe(everything)
    lost = sorted(set(everything) - set(frame[key]))
    named = [key, *(column for column in ("title", "name") if column in TABLES[name].names)]
    return pd.concat([frame, pd.DataFrame(dict.fromkeys(named, lost))], ignore_index=True) if lost else frame


def _typed(frame: pd.DataFrame, table: StarTable) -> pd.DataFrame:
    kept = frame.reindex(columns=table.names).reset_index(drop=True)
    return kept.astype({column.name: _DTYPES[column.kind] for column in table.columns})
