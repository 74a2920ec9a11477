"""Whether every text of a page stands out from its ground, on a light and on a dark screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perfkit.model.colours import contrast
from perfkit.run import page_style
from perfkit.run.page_fault import Fault, at
from perfkit.run.page_style import Look, Rule
from perfkit.run.page_tree import Element

LEAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""
_SHAPES = ("rect", "path", "circle", "ellipse", "polygon", "use")
_UNSEEN = ("style", "script", "title", "head", "meta", "html", "template", "defs")


def faults(page: Element) -> Iterator[Fault]:
    """List each pair of a text colour and a ground that is too weak, with the first element that has it."""
    sheet = page_style.rules(page)
    for mode in page_style.MODES:
        everywhere = dict(page_style.looks(page, sheet, mode))
        yield from _of_texts(everywhere, mode)
        yield from _of_states(page, sheet, mode, everywhere)


def _of_texts(everywhere: Mapping[Element, Look], mode: str) -> Iterator[Fault]:
    areas = _areas(everywhere)
    seen: set[tuple[str, str]] = set()
    for element, look in everywhere.items():
        if not _has_text(element):
            continue
        drawing = _drawing(element)
        colour, under = look.colour, {look.ground}
        if drawing:
            colour, under = look.fill, {look.ground, *areas.get(drawing, ())}
        best = max(sorted(under), key=lambda ground: contrast(colour, ground))
        if contrast(colour, best) < LEAST and (colour, best) not in seen:
            seen.add((colour, best))
            yield _weak(element, colour, best, mode)


def _areas(everywhere: Mapping[Element, Look]) -> dict[Element, set[str]]:
    """Give the colours of each drawing's shapes: its text must stand out from one of them or from the ground."""
    areas: dict[Element, set[str]] = {}
    for element, look in everywhere.items():
        drawing = _drawing(element) if element.tag in _SHAPES else None
        if drawing is not None:
            areas.setdefault(drawing, set()).add(look.fill)
    return areas


def _drawing(element: Element) -> Element | None:
    return next((one for one in (element, *element.ancestors()) if one.tag == "svg"), None)


def _has_text(element: Element) -> bool:
    written = any(isinstance(child, str) and child.strip() for child in element.children)
    return written and element.tag not in _UNSEEN


def _of_states(page: Element, sheet: Sequence[Rule], mode: str, known: Mapping[Element, Look]) -> Iterator[Fault]:
    """Judge what rules of a state, such as focus, set, where they set the text's colour."""
    body = next(iter(page.find("body")), None)
    over = known.get(body, Look()) if body else Look()
    style = next(iter(page.find("style")), None)
    for rule in sheet:
        if rule.of_state and rule.mode in ("", mode) and "color" in rule.declared:
            look = over.with_declared(rule.declared)
            if contrast(look.colour, look.ground) < LEAST:
                fault = _weak(style, look.colour, look.ground, mode)
                yield Fault(fault.line, f"the style of {rule.selector}", fault.found, fault.expected)


def _weak(element: Element | None, colour: str, ground: str, mode: str) -> Fault:
    # Rounded down: what is just too weak must not be said to be enough.
    ratio = int(contrast(colour, ground) * 100) / 100
    return at(element, f"contrast {ratio:.2f}:1 ({colour} on {ground}, {mode} screen)", f"at least {LEAST}:1")
