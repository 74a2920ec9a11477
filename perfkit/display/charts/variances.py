"""Forecast against budget: bars to the right are over, bars to the left under, each with its rating in a word."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from perfkit.display import money_words, style, svg, words
from perfkit.display.charts import frame, rows
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.svg import Sheet
from perfkit.display.tables.plain import table

_COLUMNS = {
    "name": "Directorate", "budget": "Budget", "forecast": "Forecast", "variance": "Variance", "percent": "Per cent",
    "money": "Rating",
}  # fmt: skip


class _Bar(NamedTuple):
    name: str
    percent: float
    money: str
    said: str


def variance(view: pd.DataFrame, *, title: str, source: str) -> Chart:
    """Draw how far each directorate's forecast lies over or under its budget, in per cent, the furthest over first.

    Needs ``name, budget, forecast, variance, percent, money`` of `single_view.by_directorate`. Directorates without a
    forecast are counted below the chart; where none has one, the chart is empty and takes no room.

    >>> view = pd.DataFrame({"name": ["PH"], "budget": [100.0], "forecast": [106.0], "variance": [6.0],
    ...     "percent": [6.0], "money": ["red"]})
    >>> variance(view, title="PH is over", source="finance returns").alt
    'PH is £6 (6.0%) over its budget, red.'
    """
    known = view[view["percent"].notna()].sort_values(["percent", "name"], ascending=[False, True], kind="stable")
    bars = [
        _Bar(str(r["name"]), float(r["percent"]), str(r["money"]), money_words.gap(r)) for r in known.to_dict("records")
    ]
    alt = " ".join(f"{bar.name} is {_against(bar.said)}, {bar.money}." for bar in bars) or "No forecasts."
    if not bars:
        return Chart(html="", words="", title=title, alt=alt)
    left = len(view) - len(bars)
    notes = [f"{words.counted('directorate', left)} without a budget and a forecast left out"] if left else []
    drawing = frame.drawn(
        lambda sheet: _draw(sheet, bars),
        alt=alt,
        heights=(len(bars) * 46 + 10, len(bars) * 58 + 10),
        margins=((250, 210, 4, 4), (4, 4, 4, 4)),
        seed=(title, bars),
    )
    units = {"budget": "£", "forecast": "£", "variance": "£", "percent": "percent"}
    data = table(known, caption=f"Data: {title}", columns=_COLUMNS, units=units, ratings=["money"])
    label = Label(title, "Forecast over (right) or under (left) budget", "per cent of the budget", source, notes)
    return frame.build(label, alt=alt, drawing=drawing, data=data)


def _against(said: str) -> str:
    return "as budgeted" if said == "as budgeted" else f"{said} its budget"


def _draw(sheet: Sheet, bars: list[_Bar]) -> None:
    amounts = [bar.percent for bar in bars]
    low, high = min([*amounts, 0.0]), max([*amounts, 0.0])
    room = (high - low) * (1.4 if sheet.narrow else 0.0)
    rows.lay_out(sheet, [*amounts, high + room], count=len(bars))
    for place, bar in enumerate(bars):
        _draw_bar(sheet, bar, place)


def _draw_bar(sheet: Sheet, bar: _Bar, place: int) -> None:
    axes, y, height = sheet.axes, rows.height(sheet, place), 0.4 if sheet.narrow else 0.52
    stripe = style.HATCHED.get(bar.money)
    look: dict[str, Any] = {"facecolor": style.RATED[bar.money], "hatch": "////" if stripe else ""}
    axes.barh(y, bar.percent, height=height, linewidth=0, edgecolor=stripe or style.RATED[bar.money], **look)
    axes.plot([0, 0], [y - height / 2 - 0.08, y + height / 2 + 0.08], color=style.SOFT, linewidth=1)
    svg.beside(axes, f"{bar.said}, {bar.money}", (max(bar.percent, 0.0), y), by=(6, 0), weight="bold")
    rows.name(sheet, bar.name, place, letters=32)
