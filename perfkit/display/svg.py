"""From a drawing to inline SVG: text stays text, colours follow the page, ids are the chart's own."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from perfkit.display import markup, style
from perfkit.display import words as words_of

WIDE, NARROW = 760, 320
"""Widths, in CSS pixels, of the two drawings of a chart: for a desk and paper, and for a phone."""
_POINTS = 72
_LINE = 15


@dataclass(frozen=True)
class Sheet:
    """What a chart is drawn on: one unit is one CSS pixel on the page."""

    axes: Axes
    width: int
    height: int

    @property
    def narrow(self) -> bool:
        """Whether this is the drawing for a phone."""
        return self.width < 600


_VARIABLES = style.variables()
Draw = Callable[[Sheet], None]


@contextmanager
def setting(size: float = 13.0) -> Iterator[None]:
    """Set matplotlib for one chart, and put it back: same bytes everywhere, text as text, no time stamp.

    Lengths are measured in DejaVu Sans, which comes with matplotlib and is wider than the reader's fonts, so that a
    chart is laid out alike on every machine and no label is cut.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.hashsalt": "perfkit",
                "svg.fonttype": "none",
                "font.family": "DejaVu Sans",
                "font.size": size,
                "text.color": style.INK,
                "axes.edgecolor": style.LINE,
                "axes.labelcolor": style.SOFT,
                "axes.spines.top": False,
                "axes.spines.right": False,
                "axes.linewidth": 1,
                "axes.axisbelow": True,
                "axes.unicode_minus": True,
                "grid.color": style.LINE,
                "grid.linewidth": 0.6,
                "xtick.color": style.LINE,
                "ytick.color": style.LINE,
                "xtick.labelcolor": style.SOFT,
                "ytick.labelcolor": style.SOFT,
                "hatch.linewidth": 2.0,
                "lines.linewidth": 2.5,
                "path.simplify": False,
                "text.parse_math": False,
            }
        )
        yield


def draw(drawing: Draw, *, width: int, height: int, margins: tuple[float, float, float, float], key: str) -> str:
    """Make the SVG of a drawing; ``margins`` are pixels left, right, top and bottom of the axes.

    Every id begins with ``key``, so that charts of one page never share one.
    """
    left, right, top, bottom = margins
    with setting(12 if width < 600 else 13), warnings.catch_warnings():
        # The reader's fonts have the signs that the measuring font lacks.
        warnings.filterwarnings("ignore", message="Glyph")
        figure = Figure(figsize=(width / _POINTS, height / _POINTS), dpi=_POINTS)
        FigureCanvasSVG(figure)
        box = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
        drawing(Sheet(figure.add_axes(box), width, height))
        out = io.StringIO()
        none = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(out, format="svg", transparent=True, metadata=none)
    return _inline(out.getvalue(), key)


def _inline(drawn: str, key: str) -> str:
    head, body = drawn[drawn.index("<svg") :].split(">", 1)
    view = re.search(r'viewBox="[^"]*"', head)
    body = re.sub(r"<!--.*?-->|<defs>\s*<style.*?</style>\s*</defs>|<metadata>.*?</metadata>", "", body, flags=re.S)
    # Text holds no < or >, so that every other part is a tag and words of the chart are never touched.
    parts = re.split(r"(<[^>]*>)", body[: body.rindex("</svg>")])
    names = _names(parts[1::2], key)
    parts[1::2] = [_tidy(tag, names) for tag in parts[1::2]]
    parts[::2] = [part if part.strip() else "" for part in parts[::2]]
    inner = "".join(_with_shared_styles(_without_bare_groups(parts)))
    return f'<svg {view[0] if view else ""} aria-hidden="true" focusable="false" stroke-linejoin="round">{inner}</svg>'


def _names(tags: list[str], key: str) -> dict[str, str]:
    """Give each id that something refers to a new one, numbered in order under the chart's key."""
    used = re.findall(r'(?:href="#|url\(#)([^")]+)', "".join(tags))
    return {old: f"{key}-{place}" for place, old in enumerate(dict.fromkeys(used), 1)}


def _tidy(tag: str, names: dict[str, str]) -> str:
    """Rename ids, let colours follow the page, and drop fonts and decimals that the page says or no eye sees."""
    tag = re.sub(r' id="([^"]*)"', lambda m: f' id="{names[m[1]]}"' if m[1] in names else "", tag)
    tag = re.sub(r'xlink:href="#([^"]+)"', lambda m: f'href="#{names[m[1]]}"', tag)
    tag = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{names[m[1]]})", tag)
    tag = re.sub(r"#[0-9a-f]{6}\b", lambda m: _VARIABLES.get(m[0], m[0]), tag)
    tag = re.sub(r"; font-family: [^;\"]*", "", tag)
    tag = re.sub(r"font: (?:(\w+) )?([\d.]+)px [^;\"]*", _font, tag)
    tag = re.sub(r' transform="rotate\(-?0 [^)]*\)"', "", tag)
    return re.sub(r"\s*\n", " ", re.sub(r"(\d\.\d\d)\d+", r"\1", tag))


def _font(match: re.Match[str]) -> str:
    return (f"font-weight: {match[1]}; " if match[1] else "") + f"font-size: {match[2]}px"


def _without_bare_groups(parts: list[str]) -> list[str]:
    kept: list[str] = []
    bare: list[bool] = []
    for part in parts:
        if part == "<g>" or part.startswith("<g "):
            bare.append(part == "<g>")
            kept.append("" if bare[-1] else part)
        elif part == "</g>":
            kept.append("" if bare.pop() else part)
        else:
            kept.append(part)
    return kept


def _with_shared_styles(parts: list[str]) -> list[str]:
    """Say the style of many marks once: charts of all authorities would else be mostly repetition."""
    made: list[str] = []
    for look, run in groupby((part for part in parts if part), key=_mark_style):
        tags = list(run)
        if look and len(tags) > 2:
            made += [f"<g{look}>", *(tag.replace(look, "") for tag in tags), "</g>"]
        else:
            made += tags
    return made


def _mark_style(part: str) -> str:
    match = re.search(r' style="[^"]*"', part) if part.startswith("<use ") else None
    return match[0] if match else ""


def beside(
    axes: Axes,
    words: str,
    at: tuple[float, float],
    *,
    by: tuple[float, float],
    coords: str | tuple[str, str] = "data",
    **look: object,
) -> None:
    """Write words at a point moved by some pixels; left-aligned and centred on it unless told otherwise."""
    settings: dict[str, Any] = {"ha": "left", "va": "center", "annotation_clip": False} | look
    lines = words.split("\n") if words else []
    for place, line in enumerate(lines):
        # One text for each line: matplotlib would place the lines by the widths of its own font.
        spot = (by[0], by[1] + _LINE * ((len(lines) - 1) / 2 - place))
        axes.annotate(markup.fit(line), at, xycoords=coords, xytext=spot, textcoords="offset points", **settings)


def value_axis(sheet: Sheet, unit: str, named: str) -> None:
    """Set an upright axis of values: light lines across, no rule, its unit above it."""
    axes = sheet.axes
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    sign = "%" if unit == "percent" else ""
    axes.yaxis.set_major_formatter(lambda value, _: words_of.figure(round(value, 6)) + sign)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", left=False)
    margin = axes.get_position().x0 * sheet.width
    beside(axes, named, (0, 1), by=(2 - margin, 19), coords="axes fraction", color=style.SOFT)


def figure_of(wide: str, narrow: str, alt: str) -> str:
    """Put the two drawings of a chart under one text alternative; the page shows the one that fits."""
    return (
        f'<div class="pk-drawing" role="img" aria-label="{markup.escape(alt)}">'
        f'<div class="pk-wide">{wide}</div><div class="pk-narrow" style="display:none">{narrow}</div></div>'
    )
