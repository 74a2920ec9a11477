"""Charts that compare places or causes: bars in order, and every authority as a dot."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from perfkit.display import charts_frame, readings, style, words
from perfkit.display.charts_frame import Chart, Label
from perfkit.display.svg import Sheet
from perfkit.display.tables_plain import table


@dataclass(frozen=True)
class _Ranks:
    points: list[tuple[str, float]]
    focus: str | None
    unit: str
    decimals: int | None
    average: float | None = None
    average_name: str = ""


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
    ranks = _Ranks(_in_order(frame, label, value), focus, unit, decimals)
    words_of = Label(title, what, unit, source, notes)
    alt = readings.ranked(ranks.points, unit=unit, decimals=decimals, focus=focus)
    size = max(len(ranks.points), 1)
    drawing = charts_frame.drawn(
        lambda sheet: _draw_bars(sheet, ranks),
        alt=alt,
        heights=(size * 32 + 10, size * 48 + 10),
        margins=((250, 90, 4, 4), (2, 70, 4, 4)),
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
    average_name: str = "Average of authorities",
    what: str = "",
    decimals: int | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """Draw every authority as a dot in order of its value, ours marked and named, with the average as a dashed line.

    Needs the columns named by ``label`` and ``value``; those without a value are counted below the chart.

    >>> frame = pd.DataFrame({"area": ["A", "B", "C"], "rate": [9.0, 5.0, 1.0]})
    >>> dot_plot(frame, label="area", value="rate", focus="A", title="A is highest", unit="days", source="NHS").alt
    'A is at 9 days: 0 authorities are higher and 2 are lower. Values run from 1 days to 9 days.'
    """
    ranks = _Ranks(_in_order(frame, label, value)[::-1], focus, unit, decimals, average, average_name)
    left_out = len(frame) - len(ranks.points)
    said = [f"{words.counted('authority', left_out)} without a value left out"] if left_out else []
    alt = readings.among(ranks.points, focus=focus, unit=unit, decimals=decimals, average=average)
    drawing = charts_frame.drawn(
        lambda sheet: _draw_dots(sheet, ranks),
        alt=alt,
        heights=(280, 250),
        margins=((52, 24, 26, 30), (44, 14, 26, 30)),
        seed=(title, ranks),
    )
    data = _data(frame, label, value, title, ranks)
    return charts_frame.build(Label(title, what, unit, source, [*notes, *said]), alt=alt, drawing=drawing, data=data)


def _in_order(frame: pd.DataFrame, label: str, value: str) -> list[tuple[str, float]]:
    amounts = pd.to_numeric(frame[value]).astype("float64")
    pairs = [(str(name), float(amount)) for name, amount in zip(frame[label], amounts, strict=True) if amount == amount]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _data(frame: pd.DataFrame, label: str, value: str, title: str, ranks: _Ranks) -> charts_frame.Fragment:
    ordered = frame.sort_values(value, ascending=False, kind="stable")
    names = {label: label.replace("_", " ").capitalize(), value: value.replace("_", " ").capitalize()}
    decimals = {} if ranks.decimals is None else {value: ranks.decimals}
    return table(ordered, caption=f"Data: {title}", columns=names, units={value: ranks.unit}, decimals=decimals)


def _draw_bars(sheet: Sheet, ranks: _Ranks) -> None:
    axes = sheet.axes
    most = max([value for _, value in ranks.points] + [0.0]) or 1.0
    least = min([value for _, value in ranks.points] + [0.0])
    axes.set_xlim(least, most)
    axes.set_ylim(max(len(ranks.points), 1) - 0.5, -0.5)
    axes.axis("off")
    for place, (name, value) in enumerate(ranks.points):
        ours = ranks.focus is None or name == ranks.focus
        y = place + (0.16 if sheet.narrow else 0)
        axes.barh(y, value, height=0.44 if sheet.narrow else 0.62, color=style.OURS if ours else style.OTHERS)
        weight = "bold" if ours and ranks.focus else "normal"
        _name(sheet, name, place, weight)
        axes.annotate(
            words.number(value, "percent" if ranks.unit == "percent" else "", ranks.decimals), (max(value, 0), y),
            xytext=(6, 0), textcoords="offset points", va="center", weight=weight,
        )  # fmt: skip


def _name(sheet: Sheet, name: str, place: int, weight: str) -> None:
    if sheet.narrow:
        sheet.axes.text(0, place - 0.24, textwrap.shorten(name, 44, placeholder="…"), va="center", weight=weight)
        return
    lines = "\n".join(textwrap.wrap(name, 34, max_lines=2, placeholder="…"))
    sheet.axes.annotate(
        lines, (0, place), xycoords=("axes fraction", "data"), xytext=(-12, 0), textcoords="offset points",
        ha="right", va="center", weight=weight, size=12 if "\n" in lines else 13, linespacing=1.05,
    )  # fmt: skip


def _draw_dots(sheet: Sheet, ranks: _Ranks) -> None:
    axes = sheet.axes
    values = [value for _, value in ranks.points]
    axes.plot(
        range(len(values)), values, "o", color=style.OTHERS, markersize=3.2 if sheet.narrow else 4.5, clip_on=False
    )
    _scale_dots(sheet, ranks, values)
    if ranks.average is not None:
        _draw_average(sheet, ranks, ranks.average)
    for place, (name, value) in enumerate(ranks.points):
        if name == ranks.focus:
            _mark_ours(sheet, ranks, place, value)


def _scale_dots(sheet: Sheet, ranks: _Ranks, values: list[float]) -> None:
    axes = sheet.axes
    high = max([*values, ranks.average or 0.0]) if values else 1.0
    axes.set_ylim(min([0.0, *values]), high * 1.08 or 1.0)
    axes.set_xlim(-1, max(len(values), 1))
    axes.set_xticks([])
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(
        lambda value, _: words.figure(round(value, 6)) + ("%" if ranks.unit == "percent" else "")
    )
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    margin = axes.get_position().x0 * sheet.width
    axes.annotate(
        words.unit_words(ranks.unit), (0, 1), xycoords="axes fraction", xytext=(2 - margin, 14),
        textcoords="offset points", color=style.SOFT, ha="left", va="center",
    )  # fmt: skip
    said = f"{len(values)} authorities, lowest to highest"
    axes.annotate(
        said,
        (0.5, 0),
        xycoords="axes fraction",
        xytext=(0, -16),
        textcoords="offset points",
        ha="center",
        va="center",
        color=style.SOFT,
    )


def _draw_average(sheet: Sheet, ranks: _Ranks, average: float) -> None:
    sheet.axes.axhline(average, color=style.SOFT, linewidth=1.6, linestyle=(0, (5, 3)))
    said = f"{ranks.average_name} {words.number(average, 'percent' if ranks.unit == 'percent' else '', ranks.decimals)}"
    sheet.axes.annotate(
        said, (0, average), xycoords=("axes fraction", "data"), xytext=(2, 9), textcoords="offset points",
        ha="left", va="center", color=style.SOFT,
    )  # fmt: skip


def _mark_ours(sheet: Sheet, ranks: _Ranks, place: int, value: float) -> None:
    axes = sheet.axes
    axes.plot([place], [value], "o", color=style.OURS, markersize=10, markeredgecolor=style.PAPER, clip_on=False)
    said = f"{ranks.focus} {words.number(value, 'percent' if ranks.unit == 'percent' else '', ranks.decimals)}"
    right = place > len(ranks.points) / 2
    axes.annotate(
        said, (place, value), xytext=(-11 if right else 11, 4), textcoords="offset points",
        ha="right" if right else "left", va="center", weight="bold", color=style.OURS,
    )  # fmt: skip
