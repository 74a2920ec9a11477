"""How whole the data are: returns received, late and missing, figures left out, signs, statuses, and revisions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import due as due_days
from perfkit.model import periods, schemas

DAYS = due_days.RETURN_DAYS
"""Days after a quarter's end by which its returns are due, where no timetable says otherwise."""
ABSENCES = ("no return", "left empty", "sign in its place", "not due")
STATUSES = ("final", "revised", "provisional", "illustrative")
_FACT = list(schemas.OBSERVATIONS.key)
_PLACE = ["file", "sheet", "cell"]
_WARNING = (
    r"(?:, sheet (?P<sheet>.+?))?(?:, cell (?P<cell>[A-Z]+[0-9]+))?: found (?P<found>.*?), "
    r"expected (?P<expected>.*?)\. (?P<action>.*)"
)


def returns(
    told: pd.DataFrame,
    *,
    indicators: pd.DataFrame,
    directorates: pd.DataFrame,
    quarters: list[str],
    days: int = DAYS,
    until: str = "",
) -> pd.DataFrame:
    """Say for each quarter and directorate whether its return came, when, and how late.

    Needs of ``told`` (`vintages.stacked` of assessments) the columns subject, subject_kind, period, file, vintage and
    received; the tables ``indicators`` and ``directorates`` of the year. Returns are due ``days`` after the quarter's
    end. ``until`` is the last day known, by default the day of the last delivery. Gives one row a quarter and
    directorate that has indicators: ``period, directorate, name, due, received`` (first delivery), ``days_late`` (0
    where in time, missing without a return), ``state`` (missing, late, not due yet, on time), ``deliveries``,
    ``last_received``, ``indicators`` (due), ``answered`` (rated or reasoned in the last delivery) and ``file``.

    >>> told = pd.DataFrame({"subject": ["visits"], "subject_kind": "indicator", "period": ["2017-18 Q1"],
    ...     "file": ["CSS.xlsx"], "vintage": ["a"], "received": ["2017-08-02"]})
    >>> indicators = pd.DataFrame({"indicator": ["visits"], "financial_year": "2017-18", "directorate": "CSS"})
    >>> names = pd.DataFrame({"directorate": ["CSS"], "financial_year": "2017-18", "name": "Safety", "order": 1})
    >>> came = returns(told, indicators=indicators, directorates=names, quarters=["2017-18 Q1"])
    >>> came[["state", "days_late"]].values.tolist()
    [['late', 3.0]]
    """
    due = _due(indicators, directorates, quarters, days)
    mine = told[told["subject_kind"].eq("indicator")].rename(columns={"subject": "indicator"})
    mine = mine.merge(due[["period", "indicator", "directorate"]], on=["period", "indicator"], how="inner")
    keys = ["period", "directorate"]
    asked = due.groupby([*keys, "name", "due"], sort=False, dropna=False)["indicator"].nunique().rename("indicators")
    came = _deliveries(mine, keys)
    rows = asked.reset_index().merge(came, on=keys, how="left")
    rows["deliveries"] = rows["deliveries"].where(rows["received"].notna(), 0).astype("int64")
    rows["answered"] = rows["answered"].where(rows["received"].notna(), 0).astype("int64")
    rows["days_late"] = (rows["received"] - rows["due"]).dt.days.clip(lower=0).astype("float64")
    last = pd.Timestamp(until or told["received"].max())
    rows["state"] = np.select(
        [rows["days_late"].gt(0), rows["received"].notna(), rows["due"].ge(last)], ["late", "on time", "not due yet"],
        "missing",
    )  # fmt: skip
    named = ["period", "directorate", "name", "due", "received", "days_late", "state", "deliveries", "last_received"]
    return rows[[*named, "indicators", "answered", "file"]]


def _due(indicators: pd.DataFrame, directorates: pd.DataFrame, quarters: list[str], days: int) -> pd.DataFrame:
    """Give one row per quarter and indicator of its year, in the order of directorates."""
    asked = pd.DataFrame({"period": quarters}, dtype="object")
    asked["financial_year"] = [periods.year_label(q) for q in quarters]
    asked["due"] = periods.ends(asked["period"]) + pd.Timedelta(days=days)
    mine = indicators[["indicator", "financial_year", "directorate"]]
    rows = asked.merge(mine, on="financial_year", how="inner").merge(
        directorates[["directorate", "financial_year", "name", "order"]],
        on=["directorate", "financial_year"],
        how="left",
    )
    place = {label: n for n, label in enumerate(quarters)}
    return rows.assign(_quarter=rows["period"].map(place)).sort_values(["_quarter", "order"], kind="stable")


def _deliveries(mine: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    mine = mine.assign(received=pd.to_datetime(mine["received"]))
    spans = mine.groupby(keys, sort=False)["received"].agg(received="min", last_received="max")
    each = mine.drop_duplicates([*keys, "file", "vintage", "received"])
    spans["deliveries"] = each.groupby(keys, sort=False).size()
    last = mine.merge(
        each.drop_duplicates(keys, keep="last")[[*keys, "file", "vintage"]], on=[*keys, "file", "vintage"]
    )
    spans["answered"] = last.groupby(keys, sort=False)["indicator"].nunique()
    spans["file"] = each.groupby(keys, sort=False)["file"].last()
    return spans.reset_index()


def silent(rated: pd.DataFrame) -> pd.DataFrame:
    """List the directorates from which no return has come, with how many indicators wait for it.

    Needs what `rating.assess` gives of one quarter. Columns: ``directorate, indicators``.

    >>> rated = pd.DataFrame({"directorate": ["PH", "SCS", "SCS"], "assessed_file": ["PH.xlsx", None, None]})
    >>> silent(rated).values.tolist()
    [['SCS', 2]]
    """
    told = rated["assessed_file"].notna().groupby(rated["directorate"], sort=False).agg(came="any", indicators="size")
    return told[~told["came"].astype(bool)].reset_index()[["directorate", "indicators"]]


def missing(rated: pd.DataFrame, came: pd.DataFrame) -> pd.DataFrame:
    """List the indicators without a figure, and why.

    Needs what `rating.assess` gives and of ``came`` (`returns` of the quarter) the columns period, directorate and
    state. Columns: ``kind`` (of `ABSENCES`), ``indicator, ref, title, directorate, marker, marker_means, reason,
    effective`` (the reason empty where the kind says it all) and the file, sheet and cell that tell of it.

    >>> rated = pd.DataFrame({"indicator": ["a"], "ref": "9", "title": "Hours", "directorate": "PH", "value": None,
    ...     "marker": "Pending", "marker_means": "pending", "calculated_reason": "no value (pending)",
    ...     "effective": "not rated", "period": "2017-18 Q1", "file": "PH.xlsx", "sheet": "Dashboard", "cell": "G9"})
    >>> came = pd.DataFrame({"period": ["2017-18 Q1"], "directorate": "PH", "state": "on time"})
    >>> missing(rated, came)[["kind", "cell"]].values.tolist()
    [['sign in its place', 'G9']]
    """
    rows = rated[rated["value"].isna()].merge(
        came[["period", "directorate", "state"]], on=["period", "directorate"], how="left"
    )
    reason = rows["calculated_reason"].astype("object").fillna("")
    plain = reason.eq("no value") | rows["state"].isin(["missing", "not due yet"])
    kind = np.select(
        [rows["state"].isin(["missing", "not due yet"]), rows["marker"].notna(), reason.str.startswith("not due")],
        ["no return", "sign in its place", "not due"],
        "left empty",
    )
    rows = rows.assign(kind=pd.Categorical(kind, list(ABSENCES), ordered=True), reason=reason.mask(plain, ""))
    told = rows["file"].notna()
    for name in [name for name in _PLACE if f"assessed_{name}" in rows]:
        rows[name] = rows[name].where(told, rows[f"assessed_{name}"])
    rows = rows.sort_values("kind", kind="stable").assign(kind=lambda frame: frame["kind"].astype("object"))
    named = ["kind", "indicator", "ref", "title", "directorate", "marker", "marker_means", "reason", "effective"]
    return rows[[*named, *_PLACE]].reset_index(drop=True)


def markers(observations: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Count the signs that a quarter's returns hold in place of figures.

    Columns used: report_period, marker, marker_means. Columns: ``marker, marker_means`` (missing for an unknown sign),
    ``count`` and ``known``; unknown signs first.

    >>> observations = pd.DataFrame({"report_period": ["2017-18 Q1", "2017-18 Q1"], "marker": ["[x]", None],
    ...     "marker_means": ["not available", None]})
    >>> markers(observations, quarter="2017-18 Q1").values.tolist()
    [['[x]', 'not available', 1, True]]
    """
    mine = observations[observations["report_period"].eq(quarter) & observations["marker"].notna()]
    pairs = mine[["marker", "marker_means"]].astype("object")
    counted = pairs.groupby(["marker", "marker_means"], dropna=False).size().rename("count").reset_index()
    counted["known"] = counted["marker_means"].notna()
    return counted.sort_values(["known", "marker"], kind="stable").reset_index(drop=True)


def statuses(rated: pd.DataFrame) -> pd.DataFrame:
    """Count for each directorate how firm its figures are; the share of illustrative ones in percent.

    Columns used: directorate, status, value. Columns: ``directorate``, the counts of `STATUSES`, ``no_value``,
    ``indicators`` and ``illustrative_share`` (percent of the figures; missing where there is none).

    >>> statuses(pd.DataFrame({"directorate": ["PH", "PH", "PH"], "status": ["final", "illustrative", None],
    ...     "value": [1.0, 2.0, None]}))[["final", "illustrative", "no_value", "illustrative_share"]].values.tolist()
    [[1.0, 1.0, 1.0, 50.0]]
    """
    given = rated["value"].notna()
    flags = {word: (rated["status"].eq(word) & given).fillna(False).astype("int64") for word in STATUSES}
    wide = rated[["directorate"]].assign(**flags, no_value=(~given).astype("int64"), indicators=1)
    sums = wide.groupby("directorate", sort=False).sum().reset_index()
    figures = sums["indicators"] - sums["no_value"]
    return sums.assign(illustrative_share=100 * sums["illustrative"] / figures.where(figures > 0))


def issues(warnings: pd.DataFrame) -> pd.DataFrame:
    """Part the warnings of files into place, what was found, what was expected, and what to do; the latest first.

    Columns used: file, received, warning (`vintages.warnings`). Columns: ``file, sheet, cell, found, expected, action,
    received``; of a warning that is worded otherwise the whole text is in ``found``.

    >>> text = "PH.xlsx, sheet Dashboard, cell I13: found 1, expected G. Type G."
    >>> told = issues(pd.DataFrame({"file": ["PH.xlsx"], "received": ["2017-07-21"], "warning": [text]}))
    >>> told[["cell", "action"]].values.tolist()
    [['I13', 'Type G.']]
    """
    files, texts = warnings["file"].astype("object"), warnings["warning"].astype("object")
    plain = pd.Series([text.removeprefix(file) for file, text in zip(files, texts, strict=True)], dtype="object")
    parts = plain.str.extract(f"^{_WARNING}$").astype("object")
    parts["found"] = parts["found"].where(parts["found"].notna(), plain.str.lstrip(": "))
    whole = pd.concat([warnings[["file", "received"]].reset_index(drop=True), parts], axis=1)
    latest = whole.sort_values("received", ascending=False, kind="stable").reset_index(drop=True)
    return latest[[*_PLACE, "found", "expected", "action", "received"]]


def resent(deliveries: pd.DataFrame) -> pd.DataFrame:
    """List every delivery of the files that came more than once, file by file, the oldest first.

    Columns used: file, vintage, received, number, current, rows (`vintages.deliveries`); the same columns are given.

    >>> sent = pd.DataFrame({"file": ["a", "b", "a"], "vintage": ["1", "2", "3"], "received": "2017-07-21",
    ...     "number": [1, 1, 2], "current": [False, True, True], "rows": 5, "warnings": 0})
    >>> resent(sent)["vintage"].tolist()
    ['1', '3']
    """
    again = deliveries.loc[deliveries["number"].gt(1), "file"]
    rows = deliveries[deliveries["file"].isin(again)]
    return rows.sort_values(["file", "number"], kind="stable").reset_index(drop=True)


def revisions(stacked: pd.DataFrame, *, indicators: pd.DataFrame, since: str = "") -> pd.DataFrame:
    """List the figures that a later delivery changed, filled in or took away, the latest change first.

    Columns used: those of observations with ``received``, every delivery's rows, the oldest first
    (`vintages.stacked`). ``since`` leaves out what came before that day. Columns: ``kind`` (value revised, received or
    withdrawn), ``indicator, ref, title, unit, decimals, period, part, before, after, status, received_before,
    received`` and the file, sheet and cell of the later one. An illustrative figure never revises a published one.

    >>> rows = pd.DataFrame({"indicator": "visits", "period": "2017-18 Q1", "area": "Oxon", "part": 1,
    ...     "value": [1180.0, 1215.0], "status": "final", "file": "CSS.xlsx", "sheet": "D", "cell": "G10",
    ...     "vintage": ["a", "b"], "received": ["2017-07-21", "2017-10-20"]})
    >>> names = pd.DataFrame({"indicator": ["visits"], "financial_year": "2017-18", "ref": "46", "title": "Visits",
    ...     "unit": "count", "decimals": 0})
    >>> revisions(rows, indicators=names)[["kind", "before", "after"]].values.tolist()
    [['value revised', 1180.0, 1215.0]]
    """
    told = stacked.reset_index(drop=True)
    solid = told["status"].ne("illustrative")
    covered = solid.groupby([told[name] for name in _FACT], sort=False).cummax() & ~solid
    told = told[~covered]
    by = told.groupby(_FACT, sort=False)
    pairs = told.assign(before=by["value"].shift(), received_before=by["received"].shift(), after=told["value"])
    pairs = pairs[pairs["received_before"].notna()]
    same = pairs["before"].eq(pairs["after"]) | (pairs["before"].isna() & pairs["after"].isna())
    found = pd.concat([pairs[~same], _withdrawn(told)], ignore_index=True)
    found = found[found["received"] >= since]
    found["kind"] = np.select([found["before"].isna(), found["after"].isna()], ["value received", "value withdrawn"],
                              "value revised")  # fmt: skip
    names = indicators.sort_values("financial_year").drop_duplicates("indicator", keep="last")
    found = found.merge(names[["indicator", "ref", "title", "unit", "decimals"]], on="indicator", how="left")
    found = found.sort_values("received", ascending=False, kind="stable").reset_index(drop=True)
    named = ["kind", "indicator", "ref", "title", "unit", "decimals", "period", "part", "before", "after", "status"]
    return found[[*named, "received_before", "received", *_PLACE]]


def _withdrawn(told: pd.DataFrame) -> pd.DataFrame:
    """Give the figures that stood in a file and are gone from its next delivery, and stand in no other."""
    sent = told[["file", "vintage", "received"]].drop_duplicates()
    sent = sent.assign(next=sent.groupby("file")["vintage"].shift(-1), came=sent.groupby("file")["received"].shift(-1))
    rows: Any = told.merge(sent, on=["file", "vintage", "received"]).dropna(subset=["next", "value"])
    facts = pd.MultiIndex.from_frame(told[[*_FACT, "vintage"]].astype("object"))
    still = pd.MultiIndex.from_frame(rows[[*_FACT, "next"]].astype("object")).isin(facts)
    latest = told.drop_duplicates(_FACT, keep="last")
    last = pd.MultiIndex.from_frame(latest[[*_FACT, "vintage"]].astype("object"))
    only = pd.MultiIndex.from_frame(rows[[*_FACT, "vintage"]].astype("object")).isin(last)
    gone = rows[~still & only]
    return gone.assign(before=gone["value"], after=np.nan, received_before=gone["received"], received=gone["came"])
