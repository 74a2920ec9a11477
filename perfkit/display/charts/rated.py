"""Charts of ratings: how many are green, amber and red, and how they moved over the quarters."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from perfkit.display import markup, readings, style, svg
from perfkit.display.charts import frame as charts_frame
from perfkit.display.charts import rows
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.markup import Fragment
from perfkit.display.svg import Sheet
from perfkit.display.tables.plain import table

_ORDER = (*style.RAG_WORDS, style.NOT_RATED)


def rag_bars(counts: pd.DataFrame, *, by: str, title: str, source: str) -> Chart:
    """Draw one bar for each row, parted into green, amber, red and not rated, with the numbers in them.

    ``counts`` needs the column ``by`` and the counts ``green``, ``amber``, ``red`` and ``not_rated``.

    >>> counts = pd.DataFrame({"who": ["A"], "green": [3], "amber": [0], "red": [1], "not_rated": [0]})
    >>> rag_bars(counts, by="who", title="One is red", source="Returns").alt
    'A: 3 green, 1 red.'
    """
    label = Label(title, "Number of indicators by rating", "number", source)
    bars = [(str(record[by]), readings.counts_of(record)) for record in counts.to_dict("records")]
    alt = readings.bars(counts, by)
    size = len(bars)
    drawing = charts_frame.drawn(
        lambda sheet: _draw_bars(sheet, bars),
        alt=alt,
        heights=(size * 46 + 10, size * 58 + 10),
        margins=((230, 70, 4, 4), (2, 40, 4, 4)),
        seed=(title, bars),
    )
    shown = [rating for rating in _ORDER if any(count[rating] for _, count in bars)]
    data = pd.DataFrame([{by: name, **count} for name, count in bars], columns=[by, *_ORDER])
    columns = {by: by.replace("_", " ").capitalize()} | {rating: rating.capitalize() for rating in _ORDER}
    held = table(data, caption=f"Data: {title}", columns=columns)
    return charts_frame.build(label, alt=alt, drawing=drawing, data=held, key=_key(shown))


def _key(shown: list[str]) -> str:
    return markup.element("p", " ".join(style.chip(rating) for rating in shown), class_="pk-key", aria_hidden="true")


def _draw_bars(sheet: Sheet, bars: list[tuple[str, dict[str, int]]]) -> None:
    most = max([sum(counts.values()) for _, counts in bars] + [1])
    rows.lay_out(sheet, [most], count=len(bars))
    scale = sheet.axes.get_position().width * sheet.width / most
    for place, (name, counts) in enumerate(bars):
        rows.name(sheet, name, place, letters=32)
        _draw_bar(sheet.axes, counts, rows.height(sheet, place), scale)


def _draw_bar(axes: Axes, counts: dict[str, int], y: float, scale: float) -> None:
    start, beside, half = 0, [], 0.25
    for rating, count in counts.items():
        if not count:
            continue
        unrated, stripe = rating == style.NOT_RATED, style.HATCHED.get(rating)
        edge = style.SOFT if unrated else stripe or style.RATED[rating]
        look: dict[str, Any] = {"facecolor": style.RATED[rating], "edgecolor": edge, "hatch": "////" if stripe else ""}
        gap = 2 / scale if start else 0
        axes.barh(y, count - gap, left=start + gap, height=2 * half, linewidth=1 if unrated else 0, **look)
        if count * scale >= 8 * len(f"{count}") + 4:
            middle, colour = start + count / 2, style.ON_RATED[rating]
            axes.text(middle, y, f"{count}", ha="center", va="center_baseline", weight="bold", color=colour)
        else:
            beside.append(f"{count} {rating}")
        start += count
    svg.beside(axes, ", ".join(beside), (start, y), by=(6, 0), color=style.SOFT)


def heat_map(frame: pd.DataFrame, *, row: str, column: str, value: str, title: str, source: str) -> Chart:
    """Show ratings as a grid, one row for each ``row``, one column for each ``column``, a letter in each cell.

    ``frame`` is long: one rating a row in the column ``value``; rows and columns stand in the order they come in.

    >>> frame = pd.DataFrame({"ref": ["7"], "period": ["2017-18 Q1"], "rag": ["red"]})
    >>> heat_map(frame, row="ref", column="period", value="rag", title="One is red", source="Returns").alt
    'In 2017-18 Q1: 1 red.'
    """
    label = Label(title, "Ratings by quarter", "rating (G green, A amber, R red, – not rated)", source)
    rows, columns = (list(dict.fromkeys(frame[name].astype(str))) for name in (row, column))
    held = {(str(r), str(c)): v for r, c, v in zip(frame[row], frame[column], frame[value], strict=True)}
    last = [style.rating_of(held.get((name, columns[-1]))) for name in rows] if columns else []
    counted = ", ".join(f"{last.count(rating)} {rating}" for rating in _ORDER if last.count(rating))
    alt = f"In {columns[-1]}: {counted}." if columns else "No ratings."
    first = markup.text("th", row.replace("_", " ").capitalize(), scope="col")
    heads = "".join(markup.element("th", markup.unbroken(name), scope="col") for name in columns)
    head = markup.element("tr", first + heads)
    body = "".join(_heat_row(name, [held.get((name, quarter)) for quarter in columns]) for name in rows)
    caption = markup.text("caption", f"{title} {alt}", class_="pk-unseen")
    grid = markup.element("table", f"{caption}<thead>{head}</thead><tbody>{body}</tbody>", class_="pk-heat")
    drawing = markup.element("div", grid, class_="pk-scroll", role="region", tabindex="0", aria_label=f"Grid: {title}")
    head_line = markup.text("p", title, class_="pk-chart-title")
    foot = markup.text("figcaption", label.caption)
    whole = markup.element("figure", head_line + drawing + foot, class_="pk-chart")
    return Chart(html=whole, words=f"{title}: {alt}", title=title, alt=alt)


def rating_history(frame: pd.DataFrame, *, row: str, column: str, value: str, title: str, source: str) -> Fragment:
    """Show ratings as `heat_map` does once there are two periods or more; one alone says no more than a table.

    >>> frame = pd.DataFrame({"ref": ["7"], "period": ["2017-18 Q1"], "rag": ["red"]})
    >>> rating_history(frame, row="ref", column="period", value="rag", title="One is red", source="Returns").html
    ''
    """
    if frame[column].nunique() < 2:
        return Fragment("", "")
    return heat_map(frame, row=row, column=column, value=value, title=title, source=source)


def _heat_row(name: str, values: list[object]) -> str:
    cells = []
    for value in values:
        rating = style.rating_of(value)
        kind = "none" if rating == style.NOT_RATED else rating
        said = f'<span class="pk-unseen">{rating.capitalize()}</span>'
        letter = f'<span aria-hidden="true">{style.RAG_LETTERS[rating]}</span>'
        cells.append(markup.element("td", letter + said, class_=f"pk-cell pk-cell-{kind}"))
    return markup.element("tr", markup.text("th", name, scope="row") + "".join(cells))
