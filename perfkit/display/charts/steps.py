"""A waterfall: from what is required, through what is delivered and still to come, to what is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from perfkit.display import style, svg
from perfkit.display.charts import frame, rows
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.markup import Fragment
from perfkit.display.money_words import pounds
from perfkit.display.svg import Sheet
from perfkit.display.tables.plain import table

_KEY = (
    "Filled bars are required or delivered, the hollow ones forecast, the striped one is short or not known; "
    "each begins where the one above ends"
)
_LOOKS: Mapping[str, dict[str, Any]] = {
    "required": {"facecolor": style.OURS, "edgecolor": style.OURS},
    "delivered": {"facecolor": style.CATEGORICAL[1], "edgecolor": style.CATEGORICAL[1]},
    "forecast": {"facecolor": style.PAPER, "edgecolor": style.CATEGORICAL[1], "linestyle": (0, (4, 2))},
    "gap": {"facecolor": style.RATED["red"], "edgecolor": style.HATCHED["red"], "hatch": "////"},
    "unknown": {"facecolor": style.PAPER, "edgecolor": style.SOFT, "hatch": "////"},
    "surplus": {"facecolor": style.RATED["green"], "edgecolor": style.RATED["green"]},
}


@dataclass(frozen=True)
class _Step:
    name: str
    look: str
    amount: float
    start: float
    end: float

    @property
    def figure(self) -> str:
        """Write the amount, without a sign: the name says which way it goes."""
        return pounds(abs(self.amount))


def waterfall(steps: pd.DataFrame, *, title: str, source: str, what: str = "", notes: Sequence[str] = ()) -> Chart:
    """Draw the steps from what is required to what is short, each from where the last one ended.

    Needs what `delivery.bridge` gives of one programme: kind (required, delivered, forecast, gap or unknown),
    financial_year, amount, start and end, in pounds.

    >>> steps = pd.DataFrame({"kind": ["required", "delivered", "gap"], "financial_year": [None, "2014-15", None],
    ...     "amount": [9e6, 7e6, 2e6], "start": [0, 9e6, 2e6], "end": [9e6, 2e6, 0]})
    >>> waterfall(steps, title="A gap of £2m", source="Programme board").alt
    'Required: £9m. Delivered in 2014-15: £7m. Gap: £2m.'
    """
    drawn = [_step(record) for record in steps.to_dict("records")]
    alt = " ".join(f"{step.name}: {step.figure}." for step in drawn)
    size = max(len(drawn), 1)
    drawing = frame.drawn(
        lambda sheet: _draw(sheet, drawn),
        alt=alt,
        heights=(size * 36 + 10, size * 48 + 10),
        margins=((250, 84, 4, 4), (2, 74, 4, 4)),
        seed=(title, drawn),
    )
    label = Label(title, what or "Savings", "pounds", source, (_KEY, *notes))
    return frame.build(label, alt=alt, drawing=drawing, data=_data(drawn, title))


def waterfalls(steps: pd.DataFrame, *, titles: Mapping[str, str], source: str, notes: Sequence[str] = ()) -> Fragment:
    """Draw a waterfall for each programme, under its own title; nothing where there is no programme.

    Needs what `delivery.bridge` gives; ``titles`` gives each programme's message.

    >>> waterfalls(pd.DataFrame({"programme": []}), titles={}, source="Programme board").html
    ''
    """
    charts = [
        waterfall(part, title=titles[str(name)], source=source, what=f"Savings of {name}", notes=notes)
        for name, part in steps.groupby("programme", sort=False)
    ]
    return Fragment("".join(chart.html for chart in charts), "\n".join(chart.words for chart in charts))


def _step(record: Mapping[Any, Any]) -> _Step:
    kind, amount, year = str(record["kind"]), float(record["amount"]), record["financial_year"]
    surplus = kind == "gap" and amount < 0
    name = {
        "required": "Required",
        "delivered": f"Delivered in {year}",
        "forecast": f"Forecast, still to come in {year}",
        "gap": "Beyond what is required" if surplus else "Gap",
        "unknown": "Not known",
    }[kind]
    return _Step(name, "surplus" if surplus else kind, amount, float(record["start"]), float(record["end"]))


def _data(steps: list[_Step], title: str) -> Fragment:
    held = pd.DataFrame([(step.name, abs(step.amount), step.end) for step in steps], columns=["step", "amount", "left"])
    columns = {"step": "Step", "amount": "Amount", "left": "Left to find after it"}
    return table(held, caption=f"Data: {title}", columns=columns, units={"amount": "£", "left": "£"})


def _draw(sheet: Sheet, steps: list[_Step]) -> None:
    axes = sheet.axes
    rows.lay_out(sheet, [edge for step in steps for edge in (step.start, step.end)], count=len(steps))
    height = 0.4 if sheet.narrow else 0.58
    for place, step in enumerate(steps):
        y = rows.height(sheet, place)
        low, wide = min(step.start, step.end), abs(step.end - step.start)
        axes.barh(y, wide, left=low, height=height, linewidth=1.4, **_LOOKS[step.look])
        rows.name(sheet, step.name, place, letters=34)
        svg.beside(axes, step.figure, (low + wide, y), by=(7, 0), weight="bold")
        if place + 1 < len(steps) and not sheet.narrow:
            axes.plot([step.end, step.end], [y + height / 2, y + 1 - height / 2], color=style.SOFT, linewidth=1)
