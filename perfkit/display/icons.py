"""The two icons of a control chart, drawn anew: a shape and a word each, so that colour is never alone."""

from __future__ import annotations

from perfkit.display import markup

_UP = '<path d="M6.5 16.5 16 7m-6.5 0H16v6.5" fill="none" stroke="var(--pk-paper,#fff)" stroke-width="2.4"/>'
_DOWN = '<path d="M6.5 7.5 16 17m-6.5 0H16v-6.5" fill="none" stroke="var(--pk-paper,#fff)" stroke-width="2.4"/>'
_RING = '<circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="1.8"/>'
_DISC = '<circle cx="12" cy="12" r="11" fill="currentColor"/>'
_DIAMOND = '<path d="M12 .5 23.5 12 12 23.5.5 12z" fill="currentColor"/>'
_SQUARE = '<path d="M2 2h20v20H2z" fill="currentColor"/>'
_LINE = 'fill="none" stroke="currentColor" stroke-width="2"'
_WAVE = f'<path d="M4.5 13.5 8 9.5l3.5 5 3.5-5 4.5 4" {_LINE}/>'
_DASHES = '<path d="M3 12h18" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="3 2"/>'
_TICK = f'<path d="M6.5 12.5 10.5 16.5 17.5 8" {_LINE}/>'
_CROSS = '<path d="M8.3 8.3l7.4 7.4m0-7.4-7.4 7.4" fill="none" stroke="var(--pk-paper,#fff)" stroke-width="2.4"/>'

GOOD, BAD, EITHER, PLAIN = "accent", "shape-amber", "c6", "soft"
"""The colours, by what they mean."""
VARIATION = {
    "common cause": ("No significant change", PLAIN, _RING + _WAVE),
    "no variation": ("No variation", PLAIN, _RING + f'<path d="M5 12h14" {_LINE}/>'),
    "improvement high": ("Improvement, higher", GOOD, _DISC + _UP),
    "improvement low": ("Improvement, lower", GOOD, _DISC + _DOWN),
    "concern high": ("Concern, higher", BAD, _DIAMOND + _UP),
    "concern low": ("Concern, lower", BAD, _DIAMOND + _DOWN),
    "neutral high": ("Change, higher", EITHER, _SQUARE + _UP),
    "neutral low": ("Change, lower", EITHER, _SQUARE + _DOWN),
}
"""Each variation icon: its words, the name of its colour, its drawing."""
ASSURANCE = {
    "pass": ("Consistently met", GOOD, _RING + _TICK),
    "fail": ("Consistently missed", BAD, _DIAMOND + _CROSS),
    "hit and miss": ("Hit and miss", PLAIN, _RING + _DASHES + _WAVE),
}
"""Each assurance icon, likewise."""


def variation(name: object, *, without: str = "Not enough data") -> str:
    """Draw the variation icon with its words, as HTML; ``without`` is said where there is none.

    >>> "Concern, lower" in variation("concern low"), variation("")
    (True, '<span class="pk-quiet">Not enough data</span>')
    """
    return _icon(VARIATION.get(str(name)), without)


def assurance(name: object, *, without: str = "Not shown") -> str:
    """Draw the assurance icon with its words, as HTML; ``without`` is said where there is none.

    >>> "Hit and miss" in assurance("hit and miss"), "Not shown" in assurance("")
    (True, True)
    """
    return _icon(ASSURANCE.get(str(name)), without)


def _icon(known: tuple[str, str, str] | None, without: str) -> str:
    if known is None:
        return markup.text("span", without, class_="pk-quiet")
    said, colour, drawing = known
    coloured = f'<g style="color:var(--pk-{colour})">{drawing}</g>'
    svg = f'<svg viewBox="0 0 24 24" aria-hidden="true">{coloured}</svg>'
    return f'<span class="pk-sign">{svg}{markup.escape(said)}</span>'
