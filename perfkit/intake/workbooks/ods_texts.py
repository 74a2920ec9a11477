"""The texts in the cells of an OpenDocument workbook (.ods), in which figures may be raised or struck out.

Names of elements and attributes: OpenDocument 1.3, part 3, published by OASIS.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from perfkit.intake.workbooks import rich_text

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, STYLE, TEXT = (f"{{{_URN}{name}:1.0}}" for name in ("table", "office", "style", "text"))


def manner(style: ElementTree.Element) -> str:
    """Say whether texts of a style are raised or struck out."""
    for own in style.iter(f"{STYLE}text-properties"):
        if own.get(f"{STYLE}text-line-through-style", "none") != "none":
            return rich_text.STRUCK
        if not own.get(f"{STYLE}text-position", "0%").startswith("0%"):
            return rich_text.RAISED
    return rich_text.PLAIN


def keep_manners(part: ElementTree.Element, manners: Mapping[str, str]) -> None:
    """Write the runs of the paragraphs within that read as a number as `rich_text.join` does."""
    for paragraph in part.iter(f"{TEXT}p") if manners else ():
        if any(run.get(f"{TEXT}style-name") in manners for run in paragraph):
            runs = [(paragraph.text or "", rich_text.PLAIN)]
            for run in paragraph:
                how = manners.get(str(run.get(f"{TEXT}style-name")), rich_text.PLAIN)
                runs += [(_spelt(run), how), (run.tail or "", rich_text.PLAIN)]
            paragraph.text = rich_text.join(runs)
            paragraph[:] = []


def words(cell: ElementTree.Element) -> str:
    """Give the text of a cell without that of a note pinned to it."""
    return "\n".join(_spelt(part) for part in cell if part.tag == f"{TEXT}p")


def words_within(note: ElementTree.Element) -> str:
    """Give the text of a note pinned to a cell, in paragraphs and lists, without its author and day."""
    return "\n".join(_spelt(part) for part in note.iter(f"{TEXT}p"))


def _spelt(part: ElementTree.Element) -> str:
    inner = {f"{TEXT}s": " " * int(part.get(f"{TEXT}c", "1")), f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
    own = inner.get(part.tag, part.text or "")
    return own + "".join(_spelt(child) + (child.tail or "") for child in part if child.tag != f"{OFFICE}annotation")
