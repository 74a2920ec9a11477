"""A finished page as a tree of elements, each with the line that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_UNREAD = frozenset({"style", "script", "title", "template"})
_BLOCKS = frozenset(
    {"p", "div", "li", "dd", "dt", "td", "th", "tr", "table", "caption", "br", "text", "section", "figure", "summary"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
_SHOWN = 90


@dataclass(eq=False)
class Element:
    """One element: its name, attributes, line, and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 0
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    source: str = ""

    def get(self, name: str) -> str:
        """Give an attribute, empty where it is missing."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Element]:
        """Give every element below, in the order of the page."""
        return iter(self._below)

    @cached_property
    def _below(self) -> tuple[Element, ...]:
        """Every element below, listed once: nothing changes in a page that has been read."""
        found: list[Element] = []
        waiting = [child for child in reversed(self.children) if isinstance(child, Element)]
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]
        return tuple(found)

    def find(self, *tags: str) -> list[Element]:
        """Give the elements below that have one of the names."""
        return [element for element in self.walk() if element.tag in tags]

    def ancestors(self) -> Iterator[Element]:
        """Give the elements around, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def pieces(self) -> Iterator[str]:
        """Give the text that a reader sees, with a space where a block begins or ends."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in _UNREAD:
                edge = " " if child.tag in _BLOCKS else ""
                yield edge
                yield from child.pieces()
                yield edge

    @property
    def words(self) -> str:
        """The text that a reader sees, in one line.

        >>> read("<p>1 &lt; <b>2</b><style>b{}</style></p>").words
        '1 < 2'
        """
        return " ".join("".join(self.pieces()).split())

    @cached_property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.get("class").split())

    @property
    def start(self) -> str:
        """Its start tag as written, shortened."""
        written = " ".join(self.source.split())
        return written if len(written) <= _SHOWN else written[: _SHOWN - 2].rstrip() + "…>"


def read(page: str) -> Element:
    """Read a page; what is never closed ends where the element around it ends.

    >>> tree = read("<main>\\n<p id='a'>One<br>two</p></main>")
    >>> [(element.tag, element.line, element.words) for element in tree.walk()]
    [('main', 1, 'One two'), ('p', 2, 'One two'), ('br', 2, '')]
    """
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        # Only in a drawing does "/>" close an element; elsewhere a browser takes it for a start tag.
        if tag not in VOID and not any(around.tag == "svg" for around in element.ancestors()):
            self._open = element

    def handle_endtag(self, tag: str) -> None:
        around = [self._open, *self._open.ancestors()]
        closing = next((element for element in around if element.tag == tag), None)
        if closing is not None and closing.parent is not None:
            self._open = closing.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        # The first of two attributes of one name is the one that counts.
        attributes = {name: value or "" for name, value in reversed(attrs)}
        source = self.get_starttag_text() or f"<{tag}>"
        element = Element(tag, attributes, self.getpos()[0], self._open, [], source)
        self._open.children.append(element)
        return element
