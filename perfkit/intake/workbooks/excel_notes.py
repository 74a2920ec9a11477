"""Notes that people pin to cells of an .xlsx workbook, and the threads of comments by which later Excel goes on.

Names of elements: ECMA-376 part 1, 18.7; those of threads: [MS-XLSX] 2.6.204, published by Microsoft.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping

from perfkit.intake.workbooks import excel_parts, excel_sheet, limits, xml_parts
from perfkit.intake.workbooks.grid import Notes, Place
from perfkit.intake.workbooks.xml_parts import named

LARGEST = 16 * limits.MEBIBYTE
"""The largest part with notes, unpacked, that is read."""
_THREADED = ("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",)
_WHOLE = named(("author", "comment")) | named(("threadedComment",), _THREADED)
_TEXT = named(("t",)) | named(("text",), _THREADED)
_COPY, _COPY_BEGINS = "[Threaded comment]", "Comment:"
"""How a thread's copy for older Excel begins, and what stands before its words."""
_UNSOUND = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, LookupError, ValueError)

Told = tuple[str, Mapping[str, str], str]


def read(archive: zipfile.ZipFile, part: str) -> Notes:
    """Read the notes of a sheet, of a thread all that is said in it; a thread that was resolved is left out.

    Gives None where there are notes that cannot be read.
    """
    names = archive.NameToInfo
    if not any("omment" in name for name in names) or excel_parts.relations_of(part) not in names:
        return {}
    try:
        told = {kind: list(_told(archive, part, kind)) for kind in ("comments", "threadedComment")}
        threads, resolved = _threads(told["threadedComment"])
        notes = {**_notes(told["comments"]), **threads}
    except _UNSOUND:
        return None
    return {place: text for place, text in notes.items() if place not in resolved}


def _notes(told: list[Told]) -> dict[Place, str]:
    """Give the words of notes, without the name of the author that Excel writes before them."""
    authors = [text for tag, _, text in told if tag == "author"]
    notes = {}
    for tag, about, text in told:
        if tag == "comment":
            author = dict(enumerate(authors)).get(int(about.get("authorId", "-1")), "")
            own = without_author(text, author)
            notes[excel_sheet.place_of(about["ref"])] = own.partition(_COPY_BEGINS)[2] if own.startswith(_COPY) else own
    return notes


def without_author(text: str, author: str) -> str:
    """Give a note's words without the name of who wrote it, which Excel puts before them.

    >>> without_author("Jo Smith:\\nprovisional", "Jo Smith")
    'provisional'
    """
    return text.strip().removeprefix(f"{author}:").strip()


def _threads(told: list[Told]) -> tuple[dict[Place, str], set[Place]]:
    """Give what is said in threads, and the cells of those that were resolved."""
    threads: dict[Place, str] = {}
    resolved = set()
    for _, about, text in told:
        place = excel_sheet.place_of(about["ref"])
        threads[place] = f"{threads[place]} {text}" if place in threads else text
        if about.get("done") in ("1", "true"):
            resolved.add(place)
    return threads, resolved


def _told(archive: zipfile.ZipFile, sheet: str, kind: str) -> Iterator[Told]:
    """Walk the authors, notes and comments of the parts of one kind, each with its attributes and its text."""
    kinds, targets = excel_parts.relations(archive, sheet)
    for relation, target in targets.items():
        if kinds[relation] == kind:
            if archive.getinfo(target).file_size > LARGEST:
                raise ValueError("more notes than are read")
            yield from _of_part(archive.read(target))


def _of_part(content: bytes) -> list[Told]:
    found: list[Told] = []
    texts: list[str] = []
    about: Mapping[str, str] = {}
    within = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal about, within
        if tag := _WHOLE.get(name):
            about, within = attributes, tag == "author"
            texts.clear()
        elif name in _TEXT:
            within = True

    def end(name: str) -> None:
        nonlocal within
        if tag := _WHOLE.get(name):
            found.append((tag, about, excel_parts.unescaped("".join(texts))))
        within = within and name not in _TEXT and name not in _WHOLE

    def text(data: str) -> None:
        if within:
            texts.append(data)

    xml_parts.walk(content, start=start, end=end, text=text)
    return found
