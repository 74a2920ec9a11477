"""Read a part of a workbook (XML) in one pass: no document type, so that nothing in it can stand for anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from xml.parsers import expat

Start = Callable[[str, Mapping[str, str]], object]
End = Callable[[str], object]

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The names under which a workbook's own elements go; the second in the strict form of the standard."""
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def named(tags: Sequence[str], spaces: Sequence[str] = MAIN) -> dict[str, str]:
    """Give elements' full names, as the parser tells them, with their short ones."""
    return {f"{space} {tag}": tag for space in spaces for tag in tags}


def walk(content: bytes, *, start: Start, end: End | None = None, text: Callable[[str], object] | None = None) -> None:
    """Tell of every element and text of a part; raise ValueError where it is no sound XML or has a document type.

    >>> found = []
    >>> walk(b"<a><b n='1'>text</b></a>", start=lambda name, attributes: found.append((name, attributes)))
    >>> found
    [('a', {}), ('b', {'n': '1'})]
    >>> walk(b"<!DOCTYPE a><a/>", start=print)
    Traceback (most recent call last):
    ValueError: a part of the workbook has a document type
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError("a part of the workbook is no XML") from error


def _refuse(*_: object) -> None:
    raise ValueError("a part of the workbook has a document type")
