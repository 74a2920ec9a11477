"""HTML made safely: text is escaped where it becomes HTML, and nowhere else."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

MARK = "data-perfkit"
"""The attribute by which the exporter knows an output as perfkit's own."""
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, repr=False)
class Fragment:
    """A piece of a page, finished and escaped; what every function of this room returns."""

    html: str
    words: str
    """The same in a line of plain text."""

    def _repr_html_(self) -> str:
        return f'<div class="pk" {MARK}>{self.html}</div>'

    def __repr__(self) -> str:
        return self.words


def fit(value: object) -> str:
    """Give text without the characters that a page or a drawing has no place for.

    >>> fit("a\\x00b") == "a\ufffdb"
    True
    """
    return _UNFIT.sub("\ufffd", str(value))


def escape(value: object) -> str:
    """Write a value as text of a page: never as markup, nor as a character that HTML has no place for.

    >>> escape('<b onload="x">&')
    '&lt;b onload=&quot;x&quot;&gt;&amp;'
    """
    return html.escape(fit(value), quote=True)


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Write an element around content that is HTML already; attributes are escaped, and left out where empty.

    A trailing or inner underscore serves Python: ``class_`` is class, ``aria_label`` is aria-label.

    >>> element("p", escape("3 < 4"), class_="lead", id="")
    '<p class="lead">3 &lt; 4</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value not in ("", None)
    )
    return f"<{name}{written}>{content}</{name}>"


def text(name: str, value: object, /, **attributes: object) -> str:
    """Write an element around plain text.

    >>> text("p", "3 < 4")
    '<p>3 &lt; 4</p>'
    """
    return element(name, escape(value), **attributes)


def unseen(value: object) -> str:
    """Write words that only a screen reader says: they tell links and disclosures of like words apart.

    >>> unseen(": Public Health")
    '<span class="pk-unseen">: Public Health</span>'
    """
    return text("span", value, class_="pk-unseen")


def unbroken(value: object, *, between: str = " ") -> str:
    """Write text that breaks between its words only, not at the hyphen of a year; a path breaks after a slash.

    >>> unbroken("2017-18 Q1")
    '<span class="pk-unbroken">2017-18</span> <span class="pk-unbroken">Q1</span>'
    >>> unbroken("2017-18/Q1", between="/")
    '<span class="pk-unbroken">2017-18/</span><wbr><span class="pk-unbroken">Q1</span>'
    """
    *parts, last = str(value).split(between)
    kept, gap = ("", between) if between.isspace() else (between, "<wbr>")
    return gap.join(text("span", part, class_="pk-unbroken") for part in [*(f"{part}{kept}" for part in parts), last])


def each(name: str, values: Iterable[object], /, **attributes: object) -> str:
    """Write one element for each plain text.

    >>> each("li", ["a", "b"])
    '<li>a</li><li>b</li>'
    """
    return "".join(text(name, value, **attributes) for value in values)


def slug(heading: str) -> str:
    """Make an id for a heading that stays while its words stay.

    >>> slug("Where do we stand?"), slug("???")
    ('where-do-we-stand', 'section')
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "section"


def key_of(*parts: object) -> str:
    """Give a short id that depends on the content alone.

    >>> key_of("a", 1) == key_of("a", 1), len(key_of("a"))
    (True, 8)
    """
    joined = "\x1f".join(str(part) for part in parts).encode("utf-8", "replace")
    return hashlib.sha256(joined).hexdigest()[:8]
