"""Fan charts: a series, where its year will end, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from perfkit.display import markup, outlook_titles, style, words
from perfkit.display.charts import axis
from perfkit.display.charts import frame as charts_frame
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.svg import Sheet, beside, value_axis
from perfkit.display.tables.plain import table
from perfkit.model import periods

Row = Mapping[str, object]
Point = tuple[str, float]
_BANDS = (("low95", "high95", 0.16), ("low80", "high80", 0.3))
_EDGE = '<path d="M0 .5h22M0 11.5h22" style="fill:none;stroke:var(--pk-accent)"/>'
_SHOWN = 13
_ENDS = {"mean": "Projection", "low80": "80% from", "high80": "80% to", "low95": "95% from", "high95": "95% to"}


@dataclass(frozen=True)
class _Fan:
    history: list[Point]
    path: list[dict[str, Any]]
    row: Row
    running: bool

    @property
    def unit(self) -> str:
        return str(self.row.get("unit") or "")

    @property
    def goals(self) -> list[tuple[float, str]]:
        """The edges of the target, with their words."""
        found = []
        for name, said in (("goal_low", "Target, at least"), ("goal_high", "Target, at most")):
            if not words.missing(self.row.get(name)):
                found.append((float(str(self.row[name])), said))
        return found

    @property
    def start(self) -> Point | None:
        """The last known point, from which the fan opens; a new year's running total opens by itself."""
        if not self.history or not self.path:
            return None
        same = periods.year_label(self.history[-1][0]) == periods.year_label(str(self.path[0]["period"]))
        return self.history[-1] if same or not self.running else None


def fan(
    history: pd.DataFrame,
    path: pd.DataFrame,
    row: Row,
    *,
    source: str,
    title: str = "",
    compact: bool = False,
) -> Chart:
    """Draw a series and its fan to the year's end, with the target and, in words, how likely it is and how sure we are.

    ``history`` needs period and value; ``path`` period, mean, low80, high80, low95, high95 (no rows where nothing is
    left to project); ``row`` the indicator's title, unit, decimals, series_type, year, year_end, probability, verdict,
    met, confidence, goal_low, goal_high and warnings. A running total is broken at each year. The title is made from
    the row unless given; ``compact`` draws the chart once, narrow. Raises `ValueError` where nothing can be drawn.

    >>> history = pd.DataFrame({"period": ["2017-18 Q1"], "value": [60.0]})
    >>> ahead = pd.DataFrame({"period": ["2017-18 Q2"], "mean": 61.0, "low80": 58.0, "high80": 64.0, "low95": 56.0,
    ...     "high95": 66.0})
    >>> row = {"title": "Visits", "unit": "percent", "decimals": 0, "year": "2017-18", "year_end": 61.0, "low80": 58.0,
    ...     "high80": 64.0, "goal_low": 59.0, "probability": 0.83, "verdict": "likely", "confidence": "standard"}
    >>> fan(history, ahead, row, source="Returns").title
    'Visits: the target of at least 59% is likely to be met'
    """
    known = _points(history)
    if not known and path.empty:
        raise ValueError(f"There is no figure of {row['title']} to draw.")
    running = row.get("series_type") == "ytd"
    drawn = _Fan(known[-_SHOWN:], [{str(k): v for k, v in r.items()} for r in path.to_dict("records")], row, running)
    said = title or outlook_titles.fan_title(row)
    alt = outlook_titles.fan_alt(row, known)
    label = Label(said, _what(row), drawn.unit or "number", source, _notes(history, drawn))
    drawing = charts_frame.drawn(
        lambda sheet: _draw(sheet, drawn),
        alt=alt,
        heights=(340, 280),
        margins=axis.margins(lambda narrow: [end[1] for end in _ends(drawn, narrow)], above=78),
        seed=(said, alt, compact),
        compact=compact,
    )
    return charts_frame.build(label, alt=alt, drawing=drawing, data=_data(drawn, said), key=_key(drawn))


def _points(history: pd.DataFrame) -> list[Point]:
    known = history[history["value"].notna()]
    if "part" in known and len(known):
        known = known[known["part"].fillna(1) == 1]
    pairs = [(str(p), float(v)) for p, v in zip(known["period"], known["value"], strict=True)]
    pairs = [pair for pair in pairs if periods.kind(periods.parse(pair[0])) != "year"] or pairs
    return sorted(pairs, key=lambda pair: axis.place(pair[0]))


def _what(row: Row) -> str:
    running = ", year to date" if row.get("series_type") == "ytd" else ""
    return f"{outlook_titles.named(row)}{running}, to the end of {row['year']}"


def _notes(history: pd.DataFrame, drawn: _Fan) -> list[str]:
    notes = [f"How sure: {outlook_titles.sure(drawn.row)}"]
    if not words.missing(drawn.row.get("warnings")):
        notes.append(words.sentence(str(drawn.row["warnings"])))
    made_up = int((history["status"] == "illustrative").sum()) if "status" in history else 0
    if made_up:
        count = "All" if made_up == len(history) else f"{made_up} of {len(history)}"
        notes.append(f"{count} values {words.are(made_up)} illustrative")
    return notes


def _key(drawn: _Fan) -> str:
    if not drawn.path:
        return ""
    items = "".join(
        f'<span class="pk-swatch">'
        f'<svg viewBox="0 0 22 12" width="22" height="12" aria-hidden="true" focusable="false">'
        f'<path d="M0 0h22v12H0z" style="fill:var(--pk-accent);opacity:{depth}"/>{edge}</svg>{said}</span>'
        for said, depth, edge in (("80% interval", 0.46, ""), ("95% interval", 0.16, _EDGE))
    )
    return markup.element("p", items, class_="pk-key pk-legend", aria_hidden="true")


def _draw(sheet: Sheet, drawn: _Fan) -> None:
    axes = sheet.axes
    _draw_history(sheet, drawn)
    places = [axis.place(str(step["period"])) for step in drawn.path]
    opens = [] if drawn.start is None else [(axis.place(drawn.start[0]), drawn.start[1])]
    across = [*(p for p, _ in opens), *places]
    for low, high, depth in _BANDS if places else ():
        below, above = ([*(v for _, v in opens), *(step[name] for step in drawn.path)] for name in (low, high))
        axes.fill_between(across, below, above, color=style.OURS, alpha=depth, linewidth=0, clip_on=False)
        if low == "low95":
            # The light band alone stands out too little from the ground for weak eyes.
            axes.plot(across, below, across, above, color=style.OURS, linewidth=0.8, clip_on=False)
    middle = [*(v for _, v in opens), *(step["mean"] for step in drawn.path)]
    if places:
        axes.plot(across, middle, color=style.OURS, linewidth=1.8, linestyle=(0, (4, 2)), clip_on=False)
        axes.plot(across[-1:], middle[-1:], "o", color=style.OURS, markersize=6, clip_on=False)
    _draw_target(sheet, drawn)
    _set_axes(sheet, drawn)
    _say(sheet, drawn)


def _draw_history(sheet: Sheet, drawn: _Fan) -> None:
    for _, run in groupby(drawn.history, key=lambda point: periods.year_label(point[0]) if drawn.running else ""):
        part = list(run)
        places, heights = [axis.place(label) for label, _ in part], [value for _, value in part]
        sheet.axes.plot(places, heights, color=style.INK, linewidth=1.8, clip_on=False)
    if drawn.history:
        label, value = drawn.history[-1]
        sheet.axes.plot([axis.place(label)], [value], "o", color=style.INK, markersize=5, clip_on=False)


def _span(drawn: _Fan) -> tuple[float, float]:
    """Give where the year of the outlook begins and ends."""
    end = axis.place(str(drawn.path[-1]["period"]) if drawn.path else drawn.history[-1][0])
    return end - 3, end


def _draw_target(sheet: Sheet, drawn: _Fan) -> None:
    begin, end = _span(drawn)
    for height, _ in drawn.goals:
        level = [height, height]
        sheet.axes.plot([begin, end], level, color=style.INK, linewidth=1.5, linestyle=(0, (6, 3)), clip_on=False)


def _set_axes(sheet: Sheet, drawn: _Fan) -> None:
    labels = [label for label, _ in drawn.history] + [str(step["period"]) for step in drawn.path]
    labels = sorted(dict.fromkeys(labels), key=axis.place)
    places = [axis.place(label) for label in labels]
    heights = [value for _, value in drawn.history] + [height for height, _ in drawn.goals]
    heights += [float(step[name]) for step in drawn.path for name in ("low95", "high95")]
    axis.scale(sheet, heights)
    sheet.axes.set_xlim(places[0] - 0.3, places[-1] + 0.3)
    axis.name_periods(sheet, places, labels)
    value_axis(sheet, drawn.unit, words.unit_words(drawn.unit))
    axis.name_lines(sheet, _ends(drawn, sheet.narrow))


def _ends(drawn: _Fan, narrow: bool) -> list[tuple[float, str, str]]:
    ends = [
        (
            height,
            f"{'Target' if narrow else said} {outlook_titles.digits(outlook_titles.as_set(drawn.row, height), height)}",
            style.INK,
        )
        for height, said in drawn.goals
    ]
    if drawn.path:
        last = float(drawn.path[-1]["mean"])
        ends.append(
            (last, f"{'Ends' if narrow else 'Projection'} {outlook_titles.digits(drawn.row, last)}", style.OURS)
        )
    elif drawn.history:
        ends.append((drawn.history[-1][1], outlook_titles.digits(drawn.row, drawn.history[-1][1]), style.INK))
    return ends


def _say(sheet: Sheet, drawn: _Fan) -> None:
    """Write above the chart how likely the target is, where the year ends, and how sure that is."""
    left = sheet.axes.get_position().x0 * sheet.width
    room = int((sheet.width - 4) / (6.7 if sheet.narrow else 7.5))
    for line, (said, weight) in enumerate(outlook_titles.fan_lines(drawn.row)):
        spot = (2 - left, 66.0 - 15 * line)
        cut = words.shortened(said, room)
        beside(sheet.axes, cut, (0, 1), by=spot, coords="axes fraction", weight=weight, color=style.INK)


def _data(drawn: _Fan, title: str) -> markup.Fragment:
    rows: list[dict[str, object]] = [{"period": label, "value": value} for label, value in drawn.history]
    rows += [{name: step[name] for name in ("period", *_ENDS)} for step in drawn.path]
    frame = pd.DataFrame(rows, columns=["period", "value", *_ENDS])
    columns = {"period": "Period", "value": "Value"} | (_ENDS if drawn.path else {})
    figures = list(columns)[1:]
    units = dict.fromkeys(figures, "percent" if drawn.unit == "percent" else "")
    places = drawn.row.get("decimals")
    decimals = {} if words.missing(places) else dict.fromkeys(figures, int(str(places)))
    text = frame.assign(**{name: [_shown(v, units[name], decimals.get(name)) for v in frame[name]] for name in figures})
    return table(text, caption=f"Data: {title}", columns=columns)


def _shown(value: object, unit: str, decimals: int | None) -> str:
    return "" if words.missing(value) else words.number(value, unit, decimals)
