"""A chart of what a change is made of: rises to the right, filled; falls to the left, hollow."""

from __future__ import annotations

import pandas as pd

from perfkit.display import style, svg, words
from perfkit.display.charts import frame as charts_frame
from perfkit.display.charts import rows
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.svg import Sheet
from perfkit.display.tables.plain import table

Point = tuple[str, float]


def changes(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    title: str,
    unit: str,
    source: str,
    decimals: int | None = None,
) -> Chart:
    """Draw the change of each row as a bar from a middle line, largest rise first, each with its signed figure.

    Needs the columns named by ``label`` and ``value`` (a change; above 0 is a rise). Rises are filled and falls hollow,
    so that they differ without colour. Rows without a value stay in the table below the chart; where no row has
    one, the chart is empty and takes no room.

    >>> frame = pd.DataFrame({"reason": ["Housing", "Own home"], "change": [-2.0, 12.5]})
    >>> changes(frame, label="reason", value="change", title="Own home rose", unit="people a day", source="NHS").alt
    'Own home rose most, by 12.5 a day; Housing fell most, by 2 a day. 1 of 2 shown rose and 1 fell.'
    """
    points = charts_frame.in_order(frame, label, value)
    alt = _reading(points, unit, decimals)
    if not points:
        return Chart(html="", words="", title=title, alt=alt)
    size = max(len(points), 1)
    drawing = charts_frame.drawn(
        lambda sheet: _draw(sheet, points, decimals),
        alt=alt,
        heights=(size * 34 + 10, size * 48 + 10),
        margins=((345, 60, 4, 4), (52, 60, 4, 4)),
        seed=(title, points),
    )
    names = {column: charts_frame.heading(column) for column in (label, value)}
    places = {} if decimals is None else {value: decimals}
    ordered = frame.sort_values(value, ascending=False, kind="stable")
    data = table(ordered, caption=f"Data: {title}", columns=names, units={value: unit}, decimals=places)
    said = ["Filled bars to the right rose, hollow bars to the left fell"]
    return charts_frame.build(Label(title, "", unit, source, said), alt=alt, drawing=drawing, data=data)


def _reading(points: list[Point], unit: str, decimals: int | None) -> str:
    rose = [point for point in points if point[1] > 0]
    fell = [point for point in points if point[1] < 0]
    ends = [(rose[0], "rose") for _ in rose[:1]] + [(fell[-1], "fell") for _ in fell[:1]]
    if not ends:
        return "Nothing changed."
    parts = [f"{name} {verb} most, by {words.number(abs(amount), unit, decimals)}" for (name, amount), verb in ends]
    return f"{'; '.join(parts)}. {len(rose)} of {len(points)} shown rose and {len(fell)} fell."


def _draw(sheet: Sheet, points: list[Point], decimals: int | None) -> None:
    axes = sheet.axes
    rows.lay_out(sheet, [value for _, value in points], count=len(points))
    for place, (name, value) in enumerate(points):
        y, height = rows.height(sheet, place), 0.4 if sheet.narrow else 0.58
        inside = style.OURS if value > 0 else style.PAPER
        axes.plot([0, 0], [y - height / 2 - 0.08, y + height / 2 + 0.08], color=style.SOFT, linewidth=1)
        axes.barh(y, value, height=height, linewidth=1.6, facecolor=inside, edgecolor=style.OURS)
        rows.name(sheet, name, place, letters=38, gap=62)
        by, ha = ((6, 0), "left") if value > 0 else ((-6, 0), "right")
        svg.beside(axes, _signed(value, decimals), (value, y), by=by, ha=ha, weight="bold")


def _signed(value: float, decimals: int | None) -> str:
    said = words.number(value, "", decimals)
    return f"+{said}" if value > 0 else said
