"""A drawing with nothing said twice, for pages that hold many."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r'<path d="[^"]*" style="fill: none"/>')
_CLIP = re.compile(r' clip-path="[^"]*"|<defs>\s*<clipPath.*?</clipPath>\s*</defs>', re.DOTALL)
_ALIKE = re.compile(r'<text style="([^"]*)"[^>]*>[^<]*</text>(?:<text style="\1"[^>]*>[^<]*</text>)+')
_ROUND = re.compile(r'<path id="([^"]*)" d="M0 ([\d.]+)C[^"]*" style="([^"]*)"/>')
_ONCE = re.compile(
    r'<defs><(path|circle) id="([^"]*)" ([^>]*?)(?: style="([^"]*)")?/></defs>'
    r'<use href="#\2" x="([^"]*)" y="([^"]*)" style="([^"]*)"/>(?!<use href="#\2")'
)
_GRID = re.compile(r'<path d="(M[^"]*H[^"]*)" style="stroke:var\(--pk-line\);stroke-width:0.6"/>')
_FLAT = re.compile(r' d="M([\d.]+) ([\d.]+)(?:L[\d.]+ \2)*L([\d.]+) \2 ?"')
_SIZE = re.compile(r"font-size: (\d+)px")
_DEFAULTS = re.compile(r"(?:text-anchor: start|stroke-dashoffset: 0|stroke-linecap: square|font-size: \d+px)(?:; |$)")


def lean(drawing: str) -> str:
    """Give the same drawing in fewer letters: the font size said once, tenths of a pixel, a level line by its
    two ends, a mark used once in its place, a grid as one, nothing empty or clipped.

    Needs one font size throughout, nothing drawn beyond the axes, and no curves but round marks. Colours lose the value
    that stands in where a page does not set them; every page of perfkit does.

    >>> lean('<svg viewBox="0 0 9 9"><text style="font-size: 12px; text-anchor: start; fill: var(--pk-ink,#0b0c0c)" '
    ...      'x="2" y="15.11">a: 1.25</text></svg>')
    '<svg viewBox="0 0 9 9" font-size="12"><text style="fill:var(--pk-ink)" x="2" y="15.1">a: 1.25</text></svg>'
    """
    size = _SIZE.search(drawing)
    parts = re.split(r"(<[^>]*>)", _CLIP.sub("", _UNSEEN.sub("", drawing)))
    made = "".join(_shorter(part) if part.startswith("<") else part for part in parts)
    made = _ROUND.sub(r'<circle id="\1" r="\2" style="\3"/>', made)
    made = _ONCE.sub(_in_place, _one_grid(made))
    made = _ALIKE.sub(_grouped, made)
    return made.replace(">", f' font-size="{size[1]}">', 1) if size else made


def _shorter(tag: str) -> str:
    """Shorten what stands within a tag; words of the chart are never touched.

    >>> _shorter('<path d="M 4.02 9.0 L 5 9.0 L 8 9.0 " style="fill: none; stroke: red"/>')
    '<path d="M4 9H8" style="stroke:red"/>'
    """
    tag = re.sub(r'style="([^"]*)"', lambda match: f'style="{_style(match[1])}"', tag)
    tag = re.sub(r' d="([^"]*)"', lambda match: f' d="{_path(match[1])}"', tag)
    tag = re.sub(r"(\d)\.0(?!\d)", r"\1", re.sub(r"(\d\.\d)\d+", r"\1", tag))
    level = _FLAT.sub(r' d="M\1 \2H\3"', tag)
    return tag if level == tag else level.replace('style="fill:none;', 'style="')


def _one_grid(drawing: str) -> str:
    """Draw all lines of a grid at once, where the first of them stands."""
    lines = _GRID.findall(drawing)
    whole = f'<path d="{"".join(lines)}" style="stroke:var(--pk-line);stroke-width:0.6"/>'
    return _GRID.sub("", _GRID.sub("<grid/>", drawing, count=1)).replace("<grid/>", whole)


def _in_place(match: re.Match[str]) -> str:
    """Draw a mark that is used once where it is used; what it says of its look goes before what its use says."""
    kind, _, shape, own, x, y, look = match.groups()
    said = ";".join(dict.fromkeys([*look.split(";"), *(own or "").split(";")])).rstrip(";")
    place = f'cx="{x}" cy="{y}"' if kind == "circle" else f'transform="translate({x} {y})"'
    return f'<{kind} {place} {shape} style="{said}"/>'


def _grouped(match: re.Match[str]) -> str:
    look = f' style="{match[1]}"'
    return f"<g{look}>{match[0].replace(look, '')}</g>"


def _path(drawn: str) -> str:
    return re.sub(r" ?([A-Za-z]) ?", r"\1", drawn)


def _style(said: str) -> str:
    said = re.sub(r"(var\(--pk-[\w-]+),#[0-9a-f]{6}\)", r"\1)", _DEFAULTS.sub("", said))
    return said.replace(": ", ":").replace("; ", ";").rstrip(" ;")
