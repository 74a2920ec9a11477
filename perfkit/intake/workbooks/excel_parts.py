"""What an .xlsx workbook keeps beside its sheets: their names and parts, the shared texts, the number formats.

Layout of the parts: ECMA-376 part 1, 12 and 18.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from perfkit.intake.workbooks import rich_text, xml_parts
from perfkit.intake.workbooks.xml_parts import RELATIONS, named

GENERAL = "General"
_SHORT = 64 * 1024
"""Bytes up to which it is worth to remember what a part holds."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BOOK = named(("sheet", "workbookPr"))
_TEXTS = named(("si", "t", "rPh", "r", "rPr", "vertAlign", "strike"))
_STYLES = named(("numFmt", "fonts", "font", "vertAlign", "strike", "cellXfs", "xf"))


Runs = list[tuple[str, str]]
Relations = tuple[Mapping[str, str], Mapping[str, str]]


@dataclass(frozen=True)
class Part:
    """A sheet: its name, the part of the archive that it stands in, and whether it is hidden."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True)
class Style:
    """How the cells of one style show a number, and whether they raise or strike out what they hold."""

    format: str = GENERAL
    is_date: bool = False
    is_duration: bool = False
    manner: str = rich_text.PLAIN


@dataclass
class Book:
    """The parts of a workbook that its sheets lean on.

    ``texts`` are the shared texts; ``begun`` are the runs of those whose first run has the font of the cell.
    """

    sheets: list[Part] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    begun: dict[int, Runs] = field(default_factory=dict)
    styles: Sequence[Style] = ()
    epoch: dt.datetime = WINDOWS_EPOCH

    def shared_text(self, index: int, own: str) -> str:
        """Give a shared text; where its first run is in the font of the cell, with what that does to it."""
        if own and (begun := self.begun.get(index)):
            return unescaped(rich_text.join([(begun[0][0], own), *begun[1:]]))
        return self.texts[index]


def read(archive: zipfile.ZipFile) -> Book:
    """Read what the sheets lean on; raises KeyError, ValueError or IndexError where a part is missing or unsound."""
    main = _main(archive)
    kinds, targets = relations(archive, main)
    book = Book()
    _read_book(archive, main, book, targets, kinds)
    names = set(archive.namelist())
    for relation, target in targets.items():
        if kinds[relation] == "sharedStrings" and target in names:
            book.texts, book.begun = _texts(archive.read(target))
        elif kinds[relation] == "styles" and target in names:
            book.styles = _styles(archive.read(target))
    return book


def own_text(runs: bytes) -> str:
    """Give the text that a cell has to itself, by its runs as they are written, as `rich_text.join` does.

    >>> own_text(b"<t>45</t>")
    '45'
    """
    return _texts(b'<sst xmlns="%b"><si>%b</si></sst>' % (xml_parts.MAIN[0].encode(), runs))[0][0]


def unescaped(text: str) -> str:
    """Put back the signs that a workbook spells as ``_x000D_``; one that no text can hold stays as it is spelt.

    >>> unescaped("one_x000D_two"), unescaped("_x005F_x000D_"), unescaped("_x0000_")
    ('one\\rtwo', '_x000D_', '_x0000_')
    """
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return sign if sign.isprintable() or sign in "\t\n\r" else match[0]


def _main(archive: zipfile.ZipFile) -> str:
    """Find the workbook's own part, which the package names."""
    kinds, targets = relations(archive, "")
    return next(target for relation, target in targets.items() if kinds[relation] == "officeDocument")


def relations_of(part: str) -> str:
    """Name the part of the archive that tells what another leans on.

    >>> relations_of("xl/worksheets/sheet1.xml")
    'xl/worksheets/_rels/sheet1.xml.rels'
    """
    place = PurePosixPath(part)
    return str(place.parent / "_rels" / f"{place.name}.rels")


def relations(archive: zipfile.ZipFile, part: str) -> Relations:
    """Give kind and target of every relation of a part; what lies outside the workbook is left out."""
    content = archive.read(relations_of(part))
    return _relations_once(content, part) if len(content) <= _SHORT else _list_relations(content, part)


@lru_cache(maxsize=32)
def _relations_once(content: bytes, part: str) -> Relations:
    # Workbooks made from one template have the same part.
    return _list_relations(content, part)


def _list_relations(content: bytes, part: str) -> Relations:
    place = PurePosixPath(part)
    kinds: dict[str, str] = {}
    targets: dict[str, str] = {}

    def start(_: str, attributes: Mapping[str, str]) -> None:
        if "Id" in attributes and attributes.get("TargetMode") != "External":
            kinds[attributes["Id"]] = attributes["Type"].rpartition("/")[2]
            # A target that begins with a slash counts from the top of the archive.
            target = posixpath.join("/", place.parent, attributes["Target"])
            targets[attributes["Id"]] = posixpath.normpath(target).lstrip("/")

    xml_parts.walk(content, start=start)
    return kinds, targets


def _read_book(
    archive: zipfile.ZipFile, main: str, book: Book, targets: Mapping[str, str], kinds: Mapping[str, str]
) -> None:
    names = set(archive.namelist())

    def start(name: str, attributes: Mapping[str, str]) -> None:
        tag = _BOOK.get(name)
        if tag == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            book.epoch = MAC_EPOCH
        elif tag == "sheet":
            relation = next((attributes[key] for space in RELATIONS if (key := f"{space} id") in attributes), "")
            if targets.get(relation) not in names:
                raise KeyError(f"the part of the sheet {attributes['name']} is not in the workbook")
            if kinds[relation] != "chartsheet":
                hidden = attributes.get("state", "visible") != "visible"
                book.sheets.append(Part(attributes["name"], targets[relation], hidden))

    xml_parts.walk(archive.read(main), start=start)


def _texts(content: bytes) -> tuple[list[str], dict[int, Runs]]:
    """Read the shared texts, of rich ones as `rich_text.join` gives them; how a word is pronounced is left out."""
    texts: list[str] = []
    begun: dict[int, Runs] = {}
    runs: Runs = []
    inside = {"t": False, "rPh": False}
    manner, bare = rich_text.PLAIN, True

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal manner, bare
        if tag := _TEXTS.get(name):
            inside[tag] = True
            if tag in ("vertAlign", "strike"):
                manner = rich_text.manner(tag, attributes.get("val", "")) or manner
            elif tag == "rPr":
                bare = bare and bool(runs)

    def end(name: str) -> None:
        nonlocal manner, bare
        if tag := _TEXTS.get(name):
            inside[tag] = False
            if tag == "si":
                if bare and len(runs) > 1:
                    begun[len(texts)] = runs.copy()
                texts.append(unescaped(rich_text.join(runs)))
                runs.clear()
                bare = True
            elif tag == "r":
                manner = rich_text.PLAIN

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:
            runs.append((data, manner))

    xml_parts.walk(content, start=start, end=end, text=text)
    return texts, begun


def _styles(content: bytes) -> Sequence[Style]:
    """Give the styles that cells name by their place in the list."""
    return _styles_once(content) if len(content) <= _SHORT else _list_styles(content)


@lru_cache(maxsize=32)
def _styles_once(content: bytes) -> Sequence[Style]:
    # Workbooks made from one template have the same part.
    return _list_styles(content)


def _list_styles(content: bytes) -> Sequence[Style]:
    formats = dict(BUILTIN_FORMATS)
    fonts: list[str] = []
    used: list[tuple[int, int]] = []
    inside = {"fonts": False, "cellXfs": False}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        tag = _STYLES.get(name)
        if tag == "numFmt":
            formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag in inside:
            inside[tag] = True
        elif tag == "xf" and inside["cellXfs"]:
            used.append((int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))))
        elif tag == "font" and inside["fonts"]:
            fonts.append(rich_text.PLAIN)
        elif tag in ("vertAlign", "strike") and inside["fonts"]:
            fonts[-1] = rich_text.manner(tag, attributes.get("val", "")) or fonts[-1]

    def end(name: str) -> None:
        if (tag := _STYLES.get(name)) in inside:
            inside[tag] = False

    xml_parts.walk(content, start=start, end=end)
    manners = dict(enumerate(fonts))
    known = {one: _style(formats.get(one[0], GENERAL), manners.get(one[1], rich_text.PLAIN)) for one in set(used)}
    return tuple(known[one] for one in used)


def _style(written: str, manner: str) -> Style:
    return Style(written, is_date_format(written), is_timedelta_format(written), manner)
