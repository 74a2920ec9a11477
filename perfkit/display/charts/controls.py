"""Control charts: a series between its limits, and a run chart where it is too short for any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from perfkit.display import markup, outlook_titles, style, words
from perfkit.display.charts import axis
from perfkit.display.charts import frame as charts_frame
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.svg import Sheet, value_axis
from perfkit.display.tables.plain import shown, table
from perfkit.model.causes import CAUSES

MARKS = {
    "common cause": ("o", style.SOFT, 4.0, "No significant change"),
    "improvement": ("o", style.OURS, 9.0, "Improvement"),
    "concern": ("D", style.TOKENS["shape-amber"][0], 8.0, "Concern"),
    "neutral": ("s", style.TOKENS["c6"][0], 8.0, "Change"),
}
"""What a point means: the shape, colour and size of its mark, and the word."""
_SHAPES = {
    "o": '<circle cx="8" cy="8" r="{r}"/>',
    "D": '<path d="M8 2 14 8 8 14 2 8z"/>',
    "s": '<path d="M3 3h10v10H3z"/>',
}
_LINES = {"upper": "Upper limit", "mean": "Mean", "median": "Median", "lower": "Lower limit", "target": "Target"}
_SHORTER = {"Upper limit": "Upper", "Lower limit": "Lower"}


@dataclass(frozen=True)
class _Plot:
    points: pd.DataFrame
    labels: list[str]
    unit: str
    decimals: int | None
    said: str

    @property
    def lines(self) -> dict[str, list[float]]:
        """The lines that the chart has, from the top of its legend down."""
        return {name: [float(v) for v in self.points[name]] for name in _LINES if self._has(name)}

    def _has(self, name: str) -> bool:
        return name in self.points and bool(self.points[name].notna().any())

    def ends(self, narrow: bool) -> list[tuple[float, str, str]]:
        """Give each line's last height, its name with the figure, and its colour."""
        found = []
        for name, values in self.lines.items():
            last = next((v for v in reversed(values) if v == v), None)
            if last is not None:
                named = _LINES[name] if not narrow else _SHORTER.get(_LINES[name], _LINES[name])
                places = _whole_or_finer(self.decimals) if name == "target" else self.decimals
                digits = words.number(last, "percent" if self.unit == "percent" else "", places)
                found.append((last, f"{named} {digits}", style.INK if name == "target" else style.SOFT))
        return found


def control(
    points: pd.DataFrame,
    *,
    title: str,
    unit: str,
    source: str,
    what: str = "",
    decimals: int | None = None,
    compact: bool = False,
    notes: Sequence[str] = (),
) -> Chart:
    """Draw a series with its mean, limits and target, special causes marked by shape and colour.

    ``points`` is what `spc.xmr` gives, or `spc.runs` for a run chart with its median. ``compact`` draws it once,
    narrow, to stand beside another. The rule set and how far limits are on trial are printed on the chart. Raises
    `ValueError` for a frame without points.

    >>> frame = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2"], "value": [4.0, 6.0], "median": 5.0})
    >>> control(frame, title="Too few points", unit="count", source="Returns", what="Visits").alt
    'Run chart of 2 points, 2017-18 Q1 to 2017-18 Q2: median 5. The latest is 6 in 2017-18 Q2.'
    """
    if points.empty or "value" not in points:
        raise ValueError(f"The chart {title!r} has no points to draw.")
    labels = [shown(value) for value in points["period"]]
    plot = _Plot(points, labels, unit, decimals, _rules(points))
    alt = outlook_titles.control_alt(points, unit=unit, decimals=decimals)
    label = Label(title, what, unit, source, [*notes, *_notes(points)])
    drawing = charts_frame.drawn(
        lambda sheet: _draw(sheet, plot),
        alt=alt,
        heights=(300, 230),
        margins=axis.margins(lambda narrow: [end[1] for end in plot.ends(narrow)], above=32),
        seed=(title, alt, compact),
        compact=compact,
    )
    return charts_frame.build(label, alt=alt, drawing=drawing, data=_data(plot, title), key=_key(points))


_RULES = {"ptd": "Plot the Dots", "mdc_excel": "Excel tool"}
"""What a rule set is called on the chart, by its word in the points."""


def _rules(points: pd.DataFrame) -> str:
    if "rule_set" not in points:
        return "Run chart: too few points for limits"
    trial = ", trial limits" if bool(points["trial"].iloc[-1]) else ""
    return f"Rules: {_RULES[str(points['rule_set'].iloc[-1])]}{trial}"


def _notes(points: pd.DataFrame) -> list[str]:
    if "rule_set" not in points:
        return ["Fewer than 12 points, or annual figures: no limits and no icons"]
    count = int(points["points"].iloc[-1])
    trial = f"trial limits from {count} points" if bool(points["trial"].iloc[-1]) else f"limits from {count} points"
    return [f"Making Data Count rules, rule set {points['rule_set'].iloc[-1]}; {trial}"]


def _kinds(points: pd.DataFrame) -> list[str]:
    if "point_type" not in points:
        return ["common cause"] * len(points)
    return [str(kind) for kind in points["point_type"]]


def _key(points: pd.DataFrame) -> str:
    seen = [kind for kind in MARKS if kind in set(_kinds(points)) and kind != "common cause"]
    items = "".join(f'<span class="pk-swatch">{mark(kind)}{markup.escape(MARKS[kind][3])}</span>' for kind in seen)
    return markup.element("p", items, class_="pk-key pk-legend", aria_hidden="true") if items else ""


def mark(kind: str) -> str:
    """Draw the mark of a kind of point for a key; hidden from screen readers, as its word stands beside it."""
    shape, _, size, _ = MARKS[kind]
    drawn = _SHAPES[shape].format(r=3 if size < 5 else 6)
    return (
        f'<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false" '
        f'style="fill:{fill(kind)}">{drawn}</svg>'
    )


def fill(kind: str) -> str:
    """Give the colour of a kind of point as the page's variable.

    >>> fill("concern")
    'var(--pk-shape-amber)'
    """
    name = next(name for name, pair in style.TOKENS.items() if pair[0] == MARKS[kind][1])
    return f"var(--pk-{name})"


def _draw(sheet: Sheet, plot: _Plot) -> None:
    axes, points = sheet.axes, plot.points
    places = [float(n) for n in range(len(plot.labels))]
    values = [float(v) for v in points["value"]]
    looks = {"mean": "-", "median": "-", "upper": (0, (2, 2)), "lower": (0, (2, 2)), "target": (0, (6, 3))}
    groups = points["group"].tolist() if "group" in points else [0] * len(places)
    for name, heights in plot.lines.items():
        ink = style.INK if name == "target" else style.SOFT
        for part in _parts(places, heights, groups):
            axes.plot(*part, color=ink, linewidth=1.1, linestyle=looks[name], clip_on=False)
    axes.plot(places, values, color=style.SOFT, linewidth=1.6, clip_on=False)
    _mark_points(sheet, places, values, _kinds(points))
    axis.scale(sheet, [*values, *(h for heights in plot.lines.values() for h in heights)])
    axes.set_xlim(-0.3, max(len(places) - 1, 0) + 0.3)
    axis.name_periods(sheet, places, plot.labels)
    value_axis(sheet, plot.unit, words.unit_words(plot.unit))
    axis.name_lines(sheet, plot.ends(sheet.narrow))
    _print_rules(sheet, plot.said)


def _parts(places: list[float], heights: list[float], groups: list[int]) -> list[tuple[list[float], list[float]]]:
    """Cut a line where a rebase begins a new group."""
    return [
        (
            [p for p, g in zip(places, groups, strict=True) if g == group],
            [h for h, g in zip(heights, groups, strict=True) if g == group],
        )
        for group in dict.fromkeys(groups)
    ]


def _mark_points(sheet: Sheet, places: list[float], values: list[float], kinds: list[str]) -> None:
    for kind, (shape, colour, size, _) in MARKS.items():
        chosen = [(p, v) for p, v, k in zip(places, values, kinds, strict=True) if k == kind and v == v]
        if chosen:
            across, up = zip(*chosen, strict=True)
            wide = size * (0.85 if sheet.narrow else 1)
            sheet.axes.plot(across, up, shape, color=colour, markersize=wide, clip_on=False)


def _print_rules(sheet: Sheet, said: str) -> None:
    box = sheet.axes.get_position()
    right = (1 - box.x1) * sheet.width
    sheet.axes.annotate(
        said,
        (1, 1),
        xycoords="axes fraction",
        xytext=(right - 2, 19),
        textcoords="offset points",
        ha="right",
        va="center",
        color=style.SOFT,
        annotation_clip=False,
    )


def _data(plot: _Plot, title: str) -> markup.Fragment:
    frame = plot.points.assign(period=plot.labels)
    moving = [name for name in plot.lines if frame[name].nunique(dropna=False) > 1]
    columns = {"period": "Period", "value": "Value"} | {name: _LINES[name] for name in moving}
    if "special_cause" in frame:
        causes = frame["special_cause"].map(CAUSES).fillna("")
        frame, columns = frame.assign(special_cause=causes), columns | {"special_cause": "Special cause"}
    figures = [name for name in columns if name not in ("period", "special_cause")]
    units = dict.fromkeys(figures, "percent" if plot.unit == "percent" else "")
    decimals = {name: places for name in figures if (places := _places(plot.decimals, name)) is not None}
    caption = f"Data: {title}{_level(plot, moving)}"
    return table(frame, caption=caption, columns=columns, units=units, decimals=decimals)


def _level(plot: _Plot, moving: Sequence[str]) -> str:
    """Say the lines that are level throughout."""
    unit = "percent" if plot.unit == "percent" else ""
    level = {name: values[0] for name, values in plot.lines.items() if name not in moving}
    said = [f"{_LINES[n].lower()} {words.number(v, unit, _places(plot.decimals, n))}" for n, v in level.items()]
    return f" ({', '.join(said)})" if said else ""


def _whole_or_finer(decimals: int | None) -> int | None:
    """Keep a decimal of a target such as 90.5, which is a year's target shared out; give none to a whole one."""
    return None if decimals in (0, 1) else decimals


def _places(decimals: int | None, name: str) -> int | None:
    if name == "target":
        return _whole_or_finer(decimals)
    return (1 if decimals is None else decimals) + (name in ("upper", "mean", "lower", "median"))
