"""Charts that compare places or causes: bars in order, and every authority as a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from perfkit.display import readings, style, svg, words
from perfkit.display.charts import frame as charts_frame
from perfkit.display.charts import rows
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.markup import Fragment
from perfkit.display.svg import Sheet
from perfkit.display.tables.plain import table

_ACROSS = ("axes fraction", "data")


@dataclass(frozen=True)
class _Ranks:
    points: list[tuple[str, float]]
    focus: str | None
    unit: str
    decimals: int | None
    average: float | None = None

    def figure(self, value: float) -> str:
        """Write a value for a label, where the unit stands elsewhere."""
        return words.number(value, "percent" if self.unit == "percent" else "", self.decimals)


def ranked_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    title: str,
    unit: str,
    source: str,
    focus: str | None = None,
    what: str = "",
    decimals: int | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """Draw a bar for each row, longest first, with its value; the one in ``focus`` stands out.

    Needs the columns named by ``label`` and ``value``. Rows without a value stay in the table below the chart.

    >>> frame = pd.DataFrame({"reason": ["Housing", "Own home"], "days": [20.0, 859.0]})
    >>> ranked_bars(frame, label="reason", value="days", title="Most wait", unit="days", source="NHS England").alt
    'Own home is highest at 859 days and Housing lowest at 20 days, of 2 shown.'
    """
    ranks = _Ranks(charts_frame.in_order(frame, label, value), focus, unit, decimals)
    words_of = Label(title, what, unit, source, notes)
    alt = readings.ranked(ranks.points, unit=unit, decimals=decimals, focus=focus)
    size = max(len(ranks.points), 1)
    drawing = charts_frame.drawn(
        lambda sheet: _draw_bars(sheet, ranks),
        alt=alt,
        heights=(size * 36 + 10, size * 48 + 10),
        margins=((290, 70, 4, 4), (2, 70, 4, 4)),
        seed=(title, ranks),
    )
    return charts_frame.build(words_of, alt=alt, drawing=drawing, data=_data(frame, label, value, title, ranks))


def dot_plot(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    focus: str,
    title: str,
    unit: str,
    source: str,
    average: float | None = None,
    decimals: int | None = None,
) -> Chart:
    """Draw every authority as a dot in order of its value, ours marked and named, with the average as a dashed line.

    Needs the columns named by ``label`` and ``value``; those without a value are counted below the chart.

    >>> frame = pd.DataFrame({"area": ["A", "B", "C"], "rate": [9.0, 5.0, 1.0]})
    >>> dot_plot(frame, label="area", value="rate", focus="A", title="A is highest", unit="days", source="NHS").alt
    'A is at 9 days: no authority is higher and 2 are lower. Values run from 1 day to 9 days.'
    """
    ranks = _Ranks(charts_frame.in_order(frame, label, value)[::-1], focus, unit, decimals, average)
    left_out = len(frame) - len(ranks.points)
    said = [f"{words.counted('authority', left_out)} without a value left out"] if left_out else []
    alt = readings.among(ranks.points, focus=focus, unit=unit, decimals=decimals, average=average)
    drawing = charts_frame.drawn(
        lambda sheet: _draw_dots(sheet, ranks),
        alt=alt,
        heights=(280, 250),
        margins=((52, 24, 32, 30), (44, 14, 32, 30)),
        seed=(title, ranks),
    )
    data = _data(frame, label, value, title, ranks)
    return charts_frame.build(Label(title, "", unit, source, said), alt=alt, drawing=drawing, data=data)


def _data(frame: pd.DataFrame, label: str, value: str, title: str, ranks: _Ranks) -> Fragment:
    ordered = frame.sort_values(value, ascending=False, kind="stable")
    names = {column: charts_frame.heading(column) for column in (label, value)}
    decimals = {} if ranks.decimals is None else {value: ranks.decimals}
    return table(ordered, caption=f"Data: {title}", columns=names, units={value: ranks.unit}, decimals=decimals)


def _draw_bars(sheet: Sheet, ranks: _Ranks) -> None:
    rows.lay_out(sheet, [value for _, value in ranks.points], count=len(ranks.points))
    for place, (name, value) in enumerate(ranks.points):
        ours = ranks.focus is None or name == ranks.focus
        weight = "bold" if ours and ranks.focus else "normal"
        y, height = rows.height(sheet, place), 0.44 if sheet.narrow else 0.62
        sheet.axes.barh(y, value, height=height, color=style.OURS if ours else style.OTHERS)
        rows.name(sheet, name, place, letters=44, weight=weight)
        svg.beside(sheet.axes, ranks.figure(value), (max(value, 0), y), by=(6, 0), weight=weight)


def _draw_dots(sheet: Sheet, ranks: _Ranks) -> None:
    axes, values = sheet.axes, [value for _, value in ranks.points]
    size = 3.2 if sheet.narrow else 4.5
    axes.plot(range(len(values)), values, "o", color=style.OTHERS, markersize=size, clip_on=False)
    axes.set_ylim(min([0.0, *values]), max([*values, ranks.average or 0.0, 0.0]) * 1.08 or 1.0)
    axes.set_xlim(-1, max(len(values), 1))
    axes.set_xticks([])
    svg.value_axis(sheet, ranks.unit, words.unit_words(ranks.unit))
    said = f"{words.counted('authority', len(values))}, lowest to highest"
    svg.beside(axes, said, (0.5, 0), by=(0, -16), coords="axes fraction", ha="center", color=style.SOFT)
    if ranks.average is not None:
        axes.axhline(ranks.average, color=style.SOFT, linewidth=1.6, linestyle=(0, (5, 3)))
        named = f"Average of authorities {ranks.figure(ranks.average)}"
        svg.beside(axes, named, (0, ranks.average), by=(2, 9), coords=_ACROSS, color=style.SOFT)
    for place, (name, value) in enumerate(ranks.points):
        if name == ranks.focus:
            _mark_ours(axes, ranks, place, value)


def _mark_ours(axes: Axes, ranks: _Ranks, place: int, value: float) -> None:
    axes.plot([place], [value], "o", color=style.OURS, markersize=10, markeredgecolor=style.PAPER, clip_on=False)
    right = place > len(ranks.points) / 2
    by, ha = ((-11, 4), "right") if right else ((11, 4), "left")
    svg.beside(
        axes, f"{ranks.focus} {ranks.figure(value)}", (place, value), by=by, ha=ha, weight="bold", color=style.OURS
    )
