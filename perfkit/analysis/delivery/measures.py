"""The key measures that a council reports once a year: named or not, against target and the year before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfkit.analysis.delivery.selection import newest_year
from perfkit.model import periods


def annual(measures: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Give the key measures of the quarter's year, or of the last year before it that has any, beside the year before.

    Needs the table measures. Adds named, year_before (the financial year before), value_before, change (in the
    measure's unit) and direction: better, worse, no change, changed (where no way is good), not comparable (where the
    number stood for another title or unit the year before); missing where either value is.

    >>> measures = pd.DataFrame({"number": [1, 1], "financial_year": ["2023-24", "2024-25"], "title": "Rough sleepers",
    ...     "value": [40.0, 31.0], "unit": "people", "polarity": "lower"})
    >>> annual(measures, quarter="2024-25 Q4")[["value_before", "change", "direction"]].values.tolist()
    [[40.0, -9.0, 'better']]
    """
    rows = newest_year(measures, quarter=quarter).sort_values("number", kind="stable").reset_index(drop=True)
    years = {text: periods.label(periods.earlier(periods.parse(text), years=1)) for text in rows["financial_year"]}
    rows["year_before"] = rows["financial_year"].map(years).astype("object")
    then = measures[["number", "financial_year", "title", "unit", "value"]].add_suffix("_before")
    then = then.rename(columns={"number_before": "number", "financial_year_before": "year_before"})
    rows = rows.merge(then.astype({"year_before": "object"}), on=["number", "year_before"], how="left")
    rows["named"] = rows["title"].notna()
    return _directed(rows).drop(columns=["title_before", "unit_before"])


def _directed(rows: pd.DataFrame) -> pd.DataFrame:
    both = rows["value"].notna() & rows["value_before"].notna()
    unit, unit_then = (rows[name].astype("object").where(rows[name].notna(), "") for name in ("unit", "unit_before"))
    same = (rows["title"].eq(rows["title_before"]).fillna(False) & unit.eq(unit_then)).astype(bool)
    change = (rows["value"] - rows["value_before"]).where(both & same)
    good = rows["polarity"].map({"higher": 1.0, "lower": -1.0}).astype("float64")
    made = np.select(
        [~both, ~same, change.eq(0), good.isna(), (change * good).gt(0)],
        ["", "not comparable", "no change", "changed", "better"],
        "worse",
    )
    direction = pd.Series(made, index=rows.index, dtype="object")
    return rows.assign(change=change, direction=direction.mask(direction.eq("")))
