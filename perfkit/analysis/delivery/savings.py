"""Savings programmes: what is required, delivered, still to come and short; a missing amount is never a nought."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.model import periods

KINDS = ("required", "delivered", "forecast", "gap", "unknown")
"""The steps from what is required to what is short; ``unknown`` is what nothing was said of."""
REQUIRED = "savings required"
"""The promise that the work streams' requirements are held against."""
_SUMS = ["required", "delivered", "forecast", "short", "unknown"]


def gaps(savings: pd.DataFrame) -> pd.DataFrame:
    """Add to each work stream and year what is short: required less delivered less forecast, in pounds.

    Needs programme, number, financial_year, as_at, required, delivered (so far) and forecast (still to come on top of
    that), of one report a programme (`selection.now`). Adds gap, below 0 where more is saved than required; it is
    missing where no forecast was made for a year that was not over at the end of the month reported, and where nothing
    was reported as delivered in a year that had begun. In a year that is over nothing is still to come, in one that has
    not begun nothing can have been delivered: there the empty amount is not needed. Adds ``unknown``, what is required
    beyond the amounts that are known, where the gap is missing, else 0; ``over``, whether the year was, and ``begun``,
    whether it had.

    >>> rows = pd.DataFrame({"programme": "P", "number": [1, 2], "financial_year": "2014-15", "as_at": "December 2014",
    ...     "required": [10.0, 10.0], "delivered": [6.0, 6.0], "forecast": [3.0, None]})
    >>> gaps(rows)[["gap", "unknown"]].values.tolist()
    [[1.0, 0.0], [nan, 4.0]]
    """
    rows = savings.reset_index(drop=True)
    year = periods.ends(rows["financial_year"])
    month = periods.ends(rows["as_at"])
    over, begun = year <= month, (year - pd.DateOffset(years=1)) < month
    delivered = rows["delivered"].where(rows["delivered"].notna() | begun, 0.0).astype("float64")
    forecast = rows["forecast"].where(rows["forecast"].notna() | ~over, 0.0).astype("float64")
    gap = (rows["required"] - delivered - forecast).round(2)
    known = delivered.where(delivered.notna(), 0.0) + forecast.where(forecast.notna(), 0.0)
    return rows.assign(
        gap=gap, unknown=(rows["required"] - known).round(2).where(gap.isna(), 0.0), over=over, begun=begun
    )


def total(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up each programme, one row each, over its work streams and years.

    Needs what `gaps` gives. Gives programme, as_at, first_year, last_year, required, delivered, forecast (each the sum
    of what was reported, missing where nothing was), short (the sum of the gaps known), unknown, gap (missing where
    any part's is), share (delivered, percent of required; missing where a part of a year that had begun has no amount
    delivered), parts (rows), silent (rows whose gap is not known), over,
    begun and made_up (rows that are illustrative). Required is delivered, forecast, short and unknown together.
    """
    return _summed(rows, ["programme"])


def by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up each programme by financial year, in order; columns as `total`, and financial_year."""
    return _summed(rows, ["programme", "financial_year"])


def by_stream(rows: pd.DataFrame, streams: pd.DataFrame) -> pd.DataFrame:
    """Add up each programme by work stream, in order; columns as `total`, and number, title and aim.

    Needs what `gaps` gives, and programme, number, title and aim of ``streams``. A work stream without amounts stays,
    all missing; so does one whose title is not known.

    >>> rows = pd.DataFrame({"programme": "P", "number": [1], "financial_year": "2014-15", "as_at": "December 2014",
    ...     "required": [10.0], "delivered": [6.0], "forecast": [3.0]})
    >>> streams = pd.DataFrame({"programme": "P", "number": [1, 2], "title": ["ICT", "Assets"], "aim": None})
    >>> by_stream(gaps(rows), streams)[["title", "gap"]].values.tolist()
    [['ICT', 1.0], ['Assets', nan]]
    """
    keys = ["programme", "number"]
    mine = streams[streams["programme"].isin(rows["programme"])]
    made = mine[[*keys, "title", "aim"]].merge(_summed(rows, keys), on=keys, how="outer")
    return made.sort_values(keys, kind="stable").reset_index(drop=True)


def bridge(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the steps from what is required to what is short, a programme after the other, for a waterfall.

    Needs what `gaps` gives. Gives programme, kind (of `KINDS`), financial_year (of delivered and forecast), amount,
    start and end (the level before and after; the first step rises from 0). Steps without an amount are left out, but
    the gap stays, even at 0, unless nothing is known of it. The steps after the first add up to it.

    >>> rows = pd.DataFrame({"programme": "P", "number": [1], "financial_year": "2014-15", "as_at": "December 2014",
    ...     "required": [10.0], "delivered": [6.0], "forecast": [3.0]})
    >>> bridge(gaps(rows))[["kind", "amount", "end"]].values.tolist()
    [['required', 10.0, 10.0], ['delivered', 6.0, 4.0], ['forecast', 3.0, 1.0], ['gap', 1.0, 0.0]]
    """
    years, sums = by_year(rows), total(rows)
    steps: list[dict[str, Any]] = []
    for whole in sums.to_dict("records"):
        mine = years[years["programme"] == whole["programme"]]
        steps += _steps(whole, mine)
    return pd.DataFrame(steps, columns=["programme", "kind", "financial_year", "amount", "start", "end"])


def amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """List every amount of a programme's report, one a row, with its status: those left empty are left out.

    Needs required, delivered, forecast and status. Gives kind, value and status.

    >>> rows = pd.DataFrame({"required": [10.0], "delivered": [6.0], "forecast": [None], "status": ["illustrative"]})
    >>> len(amounts(rows))
    2
    """
    wide = rows[["required", "delivered", "forecast", "status"]]
    long = wide.melt(id_vars="status", var_name="kind", value_name="value")
    return long.dropna(subset="value")[["kind", "value", "status"]].reset_index(drop=True)


def promises(programmes: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """Set what each programme promised as a whole beside what its work streams' requirements add up to.

    Needs the table programmes, and programme and required of ``sums`` (`total`). Adds computed, in pounds, for the
    promise `REQUIRED`, and agrees; both are missing for other promises and where no amounts came.

    >>> promised = pd.DataFrame({"programme": ["P"], "measure": ["savings required"], "value": [200.0]})
    >>> promises(promised, pd.DataFrame({"programme": ["P"], "required": [200.0]}))["agrees"].tolist()
    [True]
    """
    required = dict(zip(sums["programme"], sums["required"], strict=True))
    asked = programmes["measure"].str.lower().eq(REQUIRED)
    computed = programmes["programme"].map(required).astype("float64").where(asked)
    agrees = (computed - programmes["value"]).abs().lt(0.5).astype("boolean").where(computed.notna())
    return programmes.assign(computed=computed, agrees=agrees)


def _summed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    wide = rows.assign(short=rows["gap"], silent=rows["gap"].isna().astype("int64"), parts=1)
    wide["untold"] = (rows["delivered"].isna() & rows["begun"]).astype("int64")
    wide["made_up"] = wide["status"].eq("illustrative").astype("int64") if "status" in wide else 0
    wide["end"] = periods.ends(wide["financial_year"])
    wide = wide.sort_values([*keys[:1], "end", "number"], kind="stable")
    grouped = wide.groupby(keys, sort=False)
    made = grouped[_SUMS].sum(min_count=1).round(2).join(grouped[["silent", "untold", "parts", "made_up"]].sum())
    if "financial_year" not in keys:
        years = grouped["financial_year"].agg(["first", "last"])
        made = made.join(years.rename(columns={"first": "first_year", "last": "last_year"}))
    made = made.join(grouped["as_at"].first()).join(grouped[["over", "begun"]].all()).reset_index()
    share = made["delivered"] / made["required"].where(made["required"] != 0) * 100
    made = made.assign(gap=made["short"].where(made["silent"] == 0), share=share.where(made["untold"] == 0))
    return made.drop(columns="untold")


def _steps(whole: dict[str, Any], years: pd.DataFrame) -> list[dict[str, Any]]:
    level = float(whole["required"])
    first = {"kind": "required", "financial_year": None, "amount": level, "start": 0.0, "end": level}
    asked = [(kind, row["financial_year"], row[kind]) for kind in KINDS[1:3] for row in years.to_dict("records")]
    asked = [step for step in asked if step[2] == step[2] and step[2] != 0]
    known = whole["short"] == whole["short"]
    asked += [("gap", None, whole["short"])] if known else []
    asked += [("unknown", None, whole["unknown"])] if whole["silent"] else []
    steps = [first]
    for kind, year, amount in asked:
        left = round(level - amount, 2)
        steps.append({"kind": kind, "financial_year": year, "amount": amount, "start": level, "end": left})
        level = left
    return [{"programme": whole["programme"]} | step for step in steps]
