"""What moved: each indicator's figure beside that of a year ago, with the change in the indicator's own unit."""

from __future__ import annotations

import pandas as pd

from perfkit.display import words
from perfkit.display.markup import Fragment
from perfkit.display.tables_plain import table

_COLUMNS = {
    "ref": "No.",
    "title": "Indicator",
    "now": "Now",
    "then": "A year ago",
    "moved": "Change",
    "direction": "Direction",
}
_FIGURES = {"now": "", "then": "", "moved": ""}
_ORDER = {"deteriorating": 0, "unchanged": 1, "improving": 2}


def movements(rated: pd.DataFrame, moved: pd.DataFrame, *, caption: str) -> Fragment:
    """Show every indicator that can be compared with a year ago, those that got worse first.

    Needs of ``rated`` the columns indicator, ref, title, unit and decimals, and what `direction.travel` gives. Changes
    in a percentage are in percentage points.

    >>> rated = pd.DataFrame({"indicator": ["a"], "ref": ["36"], "title": ["Replies"], "unit": ["percent"],
    ...     "decimals": [1]})
    >>> moved = pd.DataFrame({"indicator": ["a"], "value": [76.2], "year_ago_value": [82.0], "change_year": [-5.8],
    ...     "direction_year": ["deteriorating"]})
    >>> movements(rated, moved, caption="Moved")
    Moved: table of 1 row
    """
    both = rated[["indicator", "ref", "title", "unit", "decimals"]].merge(
        moved[["indicator", "value", "year_ago_value", "change_year", "direction_year"]], on="indicator"
    )
    both = both[both["direction_year"].isin(list(_ORDER))]
    both = both.assign(_order=both["direction_year"].map(_ORDER)).sort_values("_order", kind="stable")
    shown = pd.DataFrame(
        {
            "ref": both["ref"],
            "title": both["title"],
            "now": [_figure(row.value, row) for row in both.itertuples()],
            "then": [_figure(row.year_ago_value, row) for row in both.itertuples()],
            "moved": [_change(row) for row in both.itertuples()],
            "direction": both["direction_year"],
        }
    )
    return table(shown, caption=caption, columns=_COLUMNS, units=_FIGURES, outlooks=["direction"])


def _figure(value: float, row: object) -> str:
    return words.number(value, str(row.unit), int(row.decimals))  # type: ignore[attr-defined]


def _change(row: object) -> str:
    change = float(row.change_year)  # type: ignore[attr-defined]
    unit = str(row.unit)  # type: ignore[attr-defined]
    size = words.number(abs(change), "" if unit == "percent" else unit, int(row.decimals))  # type: ignore[attr-defined]
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{size}" + (" points" if unit == "percent" else "")
