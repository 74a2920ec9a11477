"""Charts over time: a line, its target, and a line so small that it fits a table's cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from perfkit.display import readings, style, svg, words
from perfkit.display.charts import axis
from perfkit.display.charts import frame as charts_frame
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.markup import Fragment
from perfkit.display.svg import Sheet
from perfkit.display.tables.plain import shown, table

Values = list[float]
_MARKS = ("o", "s", "^", "D", "v", "P")
_DASHES: tuple[Any, ...] = ("-", (0, (7, 2)), (0, (3, 2)), (0, (1, 1.4)), (0, (7, 2, 1.5, 2)), (0, (9, 4)))
_SPARK = 84, 22
"""Width and height of a line in a table's cell."""


@dataclass(frozen=True)
class _Line:
    name: str
    values: Values
    colour: str


@dataclass(frozen=True)
class _Plot:
    labels: list[str]
    lines: list[_Line]
    target: Values
    target_name: str
    unit: str
    decimals: int | None

    def figure(self, value: float) -> str:
        """Write a value for a label, where the unit stands elsewhere."""
        return words.number(value, "percent" if self.unit == "percent" else "", self.decimals)


def trend(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str | Mapping[str, str],
    title: str,
    unit: str,
    source: str,
    what: str = "",
    target: pd.DataFrame | float | None = None,
    target_name: str = "Target",
    decimals: int | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """Draw a series by month or quarter, with its target or trajectory as a dashed line.

    Needs the columns ``x`` (labels or periods, in order) and ``y``, or several as a mapping of columns to names. A
    missing value leaves a gap. ``target`` is one number, or a frame with the column ``x`` and ``y``'s name, "target" or
    "expected". A ``status`` of illustrative is said below the chart. ``what`` names what is measured.

    >>> frame = pd.DataFrame({"month": ["March 2017", "June 2017"], "a": [28.0, 25.1]})
    >>> trend(frame, x="month", y="a", title="Delays fell", unit="people a day", source="NHS", what="Delays").alt
    'Delays fell from 28 a day in March 2017 to 25.1 a day in June 2017.'
    """
    named = {y: what or y.replace("_", " ").capitalize()} if isinstance(y, str) else dict(y)
    labels = [shown(value) for value in frame[x]]
    colours = style.CATEGORICAL * (len(named) // len(style.CATEGORICAL) + 1)
    lines = [_Line(name, _floats(frame[column]), colours[n]) for n, (column, name) in enumerate(named.items())]
    goal = _target(target, labels, x, list(named))
    plot = _Plot(labels, lines, goal, target_name, unit, decimals)
    alt = " ".join(
        readings.change(
            line.name,
            list(zip(labels, line.values, strict=True)),
            unit=unit,
            decimals=decimals,
            target=_at_last(line.values, goal),
        ).replace("the target", f"the {target_name.lower()}")
        for line in lines
    )
    label = Label(title, what, unit, source, [*notes, *_status_note(frame)])
    drawing = charts_frame.drawn(
        lambda sheet: _draw_trend(sheet, plot),
        alt=alt,
        heights=(300, 250),
        margins=((52, _right_margin(plot, False), 32, 44), (44, _right_margin(plot, True), 32, 44)),
        seed=(title, plot),
    )
    return charts_frame.build(label, alt=alt, drawing=drawing, data=_data(plot, x, title))


def _floats(series: pd.Series[object]) -> Values:
    return [float(value) for value in pd.to_numeric(series).astype("float64")]


def _target(target: pd.DataFrame | float | None, labels: list[str], x: str, columns: list[str]) -> Values:
    if target is None:
        return []
    if not isinstance(target, pd.DataFrame):
        return [float(target)] * len(labels)
    column = next(name for name in ("target", "expected", *columns) if name in target)
    held = dict(zip((shown(value) for value in target[x]), _floats(target[column]), strict=True))
    return [held.get(label, float("nan")) for label in labels]


def _at_last(values: Values, goal: Values) -> float | None:
    known = [place for place, value in enumerate(values) if value == value]
    return goal[known[-1]] if goal and known and goal[known[-1]] == goal[known[-1]] else None


def _status_note(frame: pd.DataFrame) -> list[str]:
    if "status" not in frame:
        return []
    illustrative = int((frame["status"] == "illustrative").sum())
    if not illustrative:
        return []
    if illustrative == len(frame):
        return ["All values are illustrative"]
    return [f"{illustrative} of {len(frame)} values {words.are(illustrative)} illustrative"]


def _data(plot: _Plot, x: str, title: str) -> Fragment:
    columns: dict[str, object] = {"x": plot.labels} | {f"y{n}": line.values for n, line in enumerate(plot.lines)}
    names = {"x": x.replace("_", " ").capitalize()} | {f"y{n}": line.name for n, line in enumerate(plot.lines)}
    if plot.target:
        columns["target"], names["target"] = plot.target, plot.target_name
    units = {name: plot.unit for name in names if name != "x"}
    decimals = {} if plot.decimals is None else dict.fromkeys(units, plot.decimals)
    return table(pd.DataFrame(columns), caption=f"Data: {title}", columns=names, units=units, decimals=decimals)


def _draw_trend(sheet: Sheet, plot: _Plot) -> None:
    axes = sheet.axes
    places = range(len(plot.labels))
    for place, line in enumerate(plot.lines):
        axes.plot(places, line.values, color=line.colour, clip_on=False, **_look(place, len(plot.labels)))
    if plot.target:
        axes.plot(places, plot.target, color=style.SOFT, linewidth=1.6, linestyle=(0, (5, 3)), clip_on=False)
    _scale(sheet, plot)
    _name_ends(sheet, plot)


def _look(place: int, size: int) -> dict[str, Any]:
    """Give each line its own mark and dash, so that lines differ in grey; of many points only some are marked."""
    mark, dash = _MARKS[place % len(_MARKS)], _DASHES[place % len(_DASHES)]
    every = max(1, -(-size // 16))
    if place == 0 and every > 1:
        return {"linestyle": dash}
    return {
        "marker": mark,
        "linestyle": dash,
        "markersize": 4 if mark == "o" else 5,
        "markevery": (place % every, every),
    }


def _scale(sheet: Sheet, plot: _Plot) -> None:
    axes, size = sheet.axes, len(plot.labels)
    held = [v for values in (*(line.values for line in plot.lines), plot.target) for v in values if v == v]
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    axes.set_ylim(0 if 0 <= low < high / 2 else low - room, high + room)
    axes.set_xlim(-0.3, max(size - 1, 0) + 0.3)
    ticks = axis.tick_places(size, 4 if sheet.narrow else 8)
    axis.name_ticks(sheet, ticks, [plot.labels[place] for place in ticks])
    svg.value_axis(sheet, plot.unit, words.unit_words(plot.unit))


def _name_ends(sheet: Sheet, plot: _Plot) -> None:
    """Write what each line is, and its last value, beside its end; labels that would touch are pushed apart."""
    axes = sheet.axes
    for line in plot.lines:
        if end := _end(line.values):
            axes.plot([end[0]], [end[1]], "o", color=line.colour, markersize=8, clip_on=False)
    ends = _ends(plot)
    room = _most_letters(sheet.narrow)
    coords = ("axes fraction", "axes pixels")
    for (_, name, look), y in zip(ends, axis.apart(sheet, [value for value, *_ in ends]), strict=True):
        svg.beside(axes, _shortened(name, room), (1, y), by=(8, 0), coords=coords, **look)


def _ends(plot: _Plot) -> list[tuple[float, str, dict[str, str]]]:
    ends = []
    for line in plot.lines:
        if end := _end(line.values):
            colour = line.colour if len(plot.lines) == 1 else style.INK
            name = [line.name] if len(plot.lines) > 1 else []
            ends.append((end[1], " ".join([*name, plot.figure(end[1])]), {"color": colour, "weight": "bold"}))
    if end := _end(plot.target):
        ends.append((end[1], f"{plot.target_name} {plot.figure(end[1])}", {"color": style.SOFT}))
    return ends


def _end(values: Values) -> tuple[int, float] | None:
    return next(((place, value) for place, value in reversed(list(enumerate(values))) if value == value), None)


def _most_letters(narrow: bool) -> int:
    return 18 if narrow else 26


def _shortened(name: str, room: int) -> str:
    """Cut the words of a label, never its figure.

    >>> _shortened("A very long name of a line 25.1", 18)
    'A very long… 25.1'
    """
    words_of, _, figure = name.rpartition(" ")
    return name if len(name) <= room else f"{words_of[: room - len(figure) - 2].rstrip()}… {figure}"


def _right_margin(plot: _Plot, narrow: bool) -> float:
    letters = max([len(_shortened(name, _most_letters(narrow))) for _, name, _ in _ends(plot)] + [4])
    return 16 + letters * (6.6 if narrow else 7.4)


def sparkline(values: Sequence[float | None]) -> str:
    """Draw a line for a table's cell, as HTML; hidden from screen readers, as the table holds the numbers.

    >>> sparkline([1.0, None, 3.0]).startswith("<svg"), sparkline([])
    (True, '')
    """
    width, height = _SPARK
    points = [(place, float(value)) for place, value in enumerate(values) if value is not None and value == value]
    if len(points) < 2:
        return ""
    low, high = min(value for _, value in points), max(value for _, value in points)
    across, up = (width - 8) / (len(values) - 1), (height - 8) / ((high - low) or 1)
    at = [(place, f"{4 + place * across:.1f},{height - 4 - (value - low) * up:.1f}") for place, value in points]
    path = "".join(f"{'L' if n and at[n - 1][0] == place - 1 else 'M'}{spot}" for n, (place, spot) in enumerate(at))
    x, y = at[-1][1].split(",")
    return (
        f'<svg class="pk-spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true" '
        f'focusable="false"><path d="{path}"/><circle cx="{x}" cy="{y}" r="3"/></svg>'
    )
