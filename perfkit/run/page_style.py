"""What a page's style sheet makes of each element's colours, on a light and on a dark screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from perfkit.run.page_tree import Element

MODES = ("light", "dark")
_PART = re.compile(r"[.#]?[\w-]+|\[[^\]]*\]|::?[\w-]+(?:\([^)]*\))?|\*")
_KEPT = re.compile(r"--.*|color|background|background-color|fill")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b[a-z]+\b", re.I)
_NOTHING = {"", "transparent", "none", "inherit", "initial", "unset", "currentcolor", "auto", "revert"}


@dataclass(frozen=True)
class Compound:
    """One part of a selector: ``child`` where it must stand directly in the part before it."""

    tag: str
    classes: frozenset[str]
    id: str
    attributes: tuple[tuple[str, str | None], ...]
    states: tuple[str, ...]
    child: bool = False

    def fits(self, element: Element) -> bool:
        """Whether the element is meant; states, such as focus, are left to the rule."""
        return (
            self.tag in ("", element.tag)
            and self.classes <= element.classes
            and self.id in ("", element.get("id"))
            and all(
                name in element.attributes and value in (None, element.attributes[name])
                for name, value in self.attributes
            )
        )


@dataclass(frozen=True)
class Rule:
    """One selector with the colours that it sets; ``mode`` is empty where it holds in both."""

    selector: str
    parts: tuple[Compound, ...]
    declared: Mapping[str, str]
    mode: str
    order: int

    @property
    def of_state(self) -> bool:
        """Whether it holds only in a state, or for what the style sheet adds to an element."""
        return any(part.states for part in self.parts)

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """Its specificity, then its place."""
        ids = sum(bool(part.id) for part in self.parts)
        classes = sum(len(part.classes) + len(part.attributes) for part in self.parts)
        return ids, classes, sum(bool(part.tag) for part in self.parts), self.order

    def fits(self, element: Element) -> bool:
        """Whether the element is meant."""
        return self.parts[-1].fits(element) and _fits_around(self.parts, len(self.parts) - 1, element)


@dataclass(frozen=True)
class Look:
    """The colours of an element: of its text, of the ground under it, of a drawing's fill."""

    variables: Mapping[str, str] = field(default_factory=dict)
    colour: str = "#000000"
    ground: str = "#ffffff"
    fill: str = "#000000"

    def value(self, written: str) -> str:
        """Put the variables into a value."""
        for _ in range(8):
            filled = _VAR.sub(lambda found: self.variables.get(found[1], (found[2] or "").strip()), written)
            if filled == written:
                break
            written = filled
        return written

    def with_declared(self, declared: Mapping[str, str]) -> Look:
        """Give the look of an element with these declarations inside one with this look."""
        own = {name: value for name, value in declared.items() if name.startswith("--")}
        look = Look({**self.variables, **own}, self.colour, self.ground, self.fill) if own else self
        ground = colour_of(look.value(declared.get("background-color", declared.get("background", ""))))
        colour = colour_of(look.value(declared.get("color", "")))
        written = look.value(declared.get("fill", ""))
        named = {"currentcolor": colour or look.colour, "none": ground or look.ground}
        fill = named.get(written) or colour_of(written)
        return Look(look.variables, colour or look.colour, ground or look.ground, fill or look.fill)


def rules(page: Element) -> list[Rule]:
    """Read the rules of the page's style sheets that set colours; those for print are left out."""
    found: list[Rule] = []
    for style in page.find("style"):
        written = re.sub(r"/\*.*?\*/", "", "".join(c for c in style.children if isinstance(c, str)), flags=re.S)
        for selector, body, mode in _blocks(written, ""):
            declared = declarations(body)
            if declared:
                found += [
                    Rule(" ".join(one.split()), _compounds(one), declared, mode, len(found) + place)
                    for place, one in enumerate(selector.split(","))
                ]
    return found


def looks(page: Element, sheet: Sequence[Rule], mode: str) -> Iterator[tuple[Element, Look]]:
    """Give each element of the page with its look in a mode."""
    held = sorted((rule for rule in sheet if rule.mode in ("", mode) and not rule.of_state), key=lambda r: r.weight)
    yield from _within(page, _Cascade(held))


def declarations(written: str) -> dict[str, str]:
    """Read the colours that a block declares, the important ones last.

    >>> declarations("color: #FFF; margin: 0; background: red")
    {'color': '#fff', 'background': 'red'}
    """
    pairs = [part.split(":", 1) for part in written.split(";") if ":" in part]
    named = {name.strip().lower(): value.strip().lower().removesuffix("!important").strip() for name, value in pairs}
    return {name: value for name, value in named.items() if _KEPT.fullmatch(name)}


@cache
def colour_of(value: str) -> str:
    """Give a CSS colour as ``#rrggbb``, or nothing where the value holds none that covers.

    >>> colour_of("#ABC"), colour_of("rgb(0, 128, 255)"), colour_of("teal"), colour_of("transparent")
    ('#aabbcc', '#0080ff', '#008080', '')
    """
    for found in _COLOUR.findall(value):
        word = found.lower()
        if word.startswith("#"):
            digits = word[1:]
            full = "".join(sign * 2 for sign in digits) if len(digits) in (3, 4) else digits
            return "#" + full[:6] if len(full) == 6 or full[6:] == "ff" else ""
        if word.startswith("rgb"):
            parts = re.findall(r"[\d.]+", word)
            whole = len(parts) >= 3 and (len(parts) == 3 or float(parts[3]) == 1)
            return "#" + "".join(f"{min(255, round(float(part))):02x}" for part in parts[:3]) if whole else ""
        if word not in _NOTHING and (named := _named(word)):
            return named
    return ""


def _named(word: str) -> str:
    from matplotlib.colors import CSS4_COLORS

    return str(CSS4_COLORS.get(word, "")).lower()


def _blocks(written: str, mode: str) -> Iterator[tuple[str, str, str]]:
    """Give each block's selector, declarations and mode; what is for print alone is left out."""
    place = 0
    while (start := written.find("{", place)) >= 0:
        end = _closing(written, start)
        head, body = written[place:start].rpartition(";")[2].strip(), written[start + 1 : end]
        if not head.startswith("@"):
            yield head, body, mode
        elif head.startswith(("@media", "@supports", "@layer")) and "print" not in head:
            yield from _blocks(body, _mode_of(head) or mode)
        place = end + 1


def _mode_of(head: str) -> str:
    found = re.search(r"prefers-color-scheme\s*:\s*(light|dark)", head)
    return found[1] if found else ""


def _closing(written: str, start: int) -> int:
    depth = 0
    for found in re.compile(r"[{}]").finditer(written, start):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.start()
    return len(written)


def _compounds(selector: str) -> tuple[Compound, ...]:
    words = re.sub(r"\s*([>+~])\s*", r" \1", selector.strip()).split()
    return tuple(_compound(word) for word in words) or (_compound("*"),)


def _compound(word: str) -> Compound:
    parts = _PART.findall(word.lstrip(">+~"))
    attributes = [re.split(r"[~|^$*]?=", part[1:-1], maxsplit=1) for part in parts if part[0] == "["]
    # A neighbour's rule is read as a state: it is judged by itself.
    beside = (word[0],) if word[0] in "+~" else ()
    root = tuple(part for part in parts if part == ":root")
    return Compound(
        tag="html" if root else next((part.lower() for part in parts if part[0].isalnum()), ""),
        classes=frozenset(part[1:] for part in parts if part[0] == "."),
        id=next((part[1:] for part in parts if part[0] == "#"), ""),
        attributes=tuple((pair[0], pair[1].strip("\"'") if len(pair) > 1 else None) for pair in attributes),
        states=beside + tuple(part for part in parts if part[0] == ":" and part != ":root"),
        child=word[0] == ">",
    )


def _fits_around(parts: tuple[Compound, ...], place: int, element: Element) -> bool:
    if not place:
        return True
    around = list(element.ancestors())
    if parts[place].child:
        around = around[:1]
    return any(parts[place - 1].fits(one) and _fits_around(parts, place - 1, one) for one in around)


def _within(page: Element, cascade: _Cascade) -> Iterator[tuple[Element, Look]]:
    lasting = [(page, Look())]
    while lasting:
        around, over = lasting.pop()
        children = [child for child in around.children if isinstance(child, Element)]
        inside = [(child, cascade.look_of(child, over)) for child in children]
        yield from inside
        lasting += reversed(inside)


class _Cascade:
    """The rules of a mode, lightest first, and what is known already of elements alike."""

    def __init__(self, held: Sequence[Rule]) -> None:
        self.held = held
        self._looks: dict[tuple[object, ...], Look] = {}
        self._near: dict[tuple[str, frozenset[str]], list[Rule]] = {}

    def look_of(self, element: Element, over: Look) -> Look:
        """Give an element's look inside one with the look ``over``."""
        # Elements alike look alike within one element around them.
        key = (id(element.parent), element.tag, *sorted(element.attributes.items()))
        if key not in self._looks:
            declared: dict[str, str] = {"fill": element.get("fill")} if element.get("fill") else {}
            for rule in self._rules_near(element):
                if rule.fits(element):
                    declared = _over(declared, rule.declared)
            declared = _over(declared, declarations(element.get("style")))
            self._looks[key] = over.with_declared(declared) if declared else over
        return self._looks[key]

    def _rules_near(self, element: Element) -> list[Rule]:
        """Give the rules that may mean an element of this name and these classes."""
        key = (element.tag, element.classes)
        if key not in self._near:
            ends = [(rule, rule.parts[-1]) for rule in self.held]
            self._near[key] = [
                rule for rule, end in ends if end.tag in ("", element.tag) and end.classes <= element.classes
            ]
        return self._near[key]


def _over(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Lay one block over another: either name of a ground takes the other's place."""
    grounds = {"background", "background-color"}
    kept = {name: value for name, value in first.items() if not (name in grounds and grounds & set(second))}
    return kept | dict(second)
