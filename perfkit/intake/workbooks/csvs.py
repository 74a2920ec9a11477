"""CSV files as grids: whatever their encoding, separator and line ends; every cell stays the text that it is.

Nothing is made a number here, so that a code such as 0931 keeps its zero; whoever reads a column knows what it holds.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path
from sys import getsizeof

from perfkit.intake.workbooks import limits
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook, cell_name
from perfkit.model.errors import InputError, Issue, Where

SEPARATORS = (",", ";", "\t")
MOST_MEMORY = 700 * limits.MEBIBYTE
"""The most memory that the cells of a file may take: a text takes several times its length."""
_SAMPLE = 64 * 1024
_CHUNK = 1024 * 1024
_MANY = 100_000
"""Texts among which one that comes again is known, so that it need not be held twice."""
_SAMPLE_ROWS = 25
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f]")
_AGAIN = "Save it from Excel as CSV UTF-8 (comma delimited), or fetch it from its publisher again."
_OTHERS = ((b"PK\x03\x04", "a zip file such as .xlsx"), (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
           (b"%PDF", "a PDF file"))  # fmt: skip


def read(path: Path, *, file: str | None = None) -> Workbook:
    """Read a CSV file as a workbook of one nameless sheet; cells are text, an empty one is None.

    ``file`` is the name under which it is known. Raises `InputError` with one issue where the file is empty, too
    large, not text, or breaks off within quotes.

    >>> read(Path("no such folder/rates.csv"))
    Traceback (most recent call last):
    perfkit.model.errors.InputError: rates.csv: found no such file, expected a CSV file. Check the path.
    """
    where = Where(file or path.name)
    if not path.is_file():
        raise InputError([Issue(where, "no such file", "a CSV file", "Check the path.")])
    size = path.stat().st_size
    if size > limits.FILE_SIZE:
        raise InputError([limits.too_large(where, size)])
    return Workbook(where.file, (parse(path.read_bytes(), where),))


def parse(content: bytes, where: Where) -> Sheet:
    """Read the content of a CSV file; see `read`.

    >>> parse("name;share\\r\\nWest;0931\\r\\n".encode("utf-16"), Where("a.csv")).rows
    [['name', 'share'], ['West', '0931']]
    """
    encoding = encoding_of(content, where)
    start = _text(content, encoding).read(_SAMPLE)
    _check_text(start, where)
    sheet = Sheet(where.file, "", _rows(_text(content, encoding), separator(start), where))
    if (b"\x00\x00" if encoding.startswith("utf-16") else b"\x00") in content:
        _check_signs(sheet)
    return sheet


def encoding_of(content: bytes, where: Where) -> str:
    """Tell UTF-8 (with or without a mark), UTF-16 and cp1252 apart; refuses what is none of them.

    >>> encoding_of("Café".encode("cp1252"), Where("a.csv")), encoding_of("Café".encode("utf-8-sig"), Where("a.csv"))
    ('cp1252', 'utf-8-sig')
    """
    if not content.strip(b" \t\r\n\x00" + codecs.BOM_UTF8 + codecs.BOM_UTF16):
        found = "an empty file (0 bytes)" if not content else "a file without any text"
        raise _refused(where, found, "Send or download the file again.")
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise _refused(where, f"{kind} under the name of a CSV file", "Give it its own ending, or save it as CSV.")
    encoding = next((one for one in _encodings(content) if _is_in(one, content)), None)
    if encoding is None:
        found = "signs that are neither UTF-8, UTF-16 nor cp1252"
        raise _refused(where, found, _AGAIN, expected="text in one of them")
    return encoding


def _is_in(encoding: str, content: bytes) -> bool:
    """Say whether a content can be read so, without ever holding it all: as text it may be four times as long."""
    try:
        text = _text(content, encoding)
        while text.read(_CHUNK):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _text(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")


def _encodings(content: bytes) -> tuple[str, ...]:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if marked:
        return (marked,)
    head = content[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) > 0.4 * len(head) / 2 and len(head) > 3:
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return "utf-8", "cp1252"


def _check_text(start: str, where: Where) -> None:
    if start[:200].lstrip().lower().startswith(("<!doctype html", "<html", "<head", "<table", "<?xml")):
        raise _refused(where, "a web page (HTML or XML) under the name of a CSV file", _AGAIN)
    if len(_CONTROLS.findall(start)) > len(start) / 100:
        raise _refused(where, "something that is not text", _AGAIN)


def separator(start: str) -> str:
    """Tell by the start of a text which of comma, semicolon and tab cuts most rows into equally many cells.

    >>> separator("a;b\\n1,5;2\\n"), separator("Title\\na\\tb\\n1\\t2\\n"), separator("only one column\\n")
    (';', '\\t', ',')
    """
    return max(SEPARATORS, key=lambda sign: (*_evenness(start, sign), -SEPARATORS.index(sign)))


def _evenness(sample: str, sign: str) -> tuple[float, int]:
    widths = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign):
            widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0, 0
    width, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return times / len(widths), width


def _rows(text: io.TextIOWrapper, sign: str, where: Where) -> list[list[Value]]:
    reader = csv.reader(text, delimiter=sign, strict=True)
    rows: list[list[Value]] = []
    known: dict[str, Value] = {"": None}
    keep, memory = known.setdefault, 0
    try:
        for row in reader:
            rows.append([keep(cell, cell) for cell in row])
            memory += getsizeof(rows[-1])
            if len(known) > _MANY:
                memory += sum(map(getsizeof, known))
                known = {"": None}
                keep = known.setdefault
            if memory > MOST_MEMORY:
                raise _too_many(where, len(rows))
    except csv.Error as error:
        place = Where(where.file, "", cell_name(len(rows), 0))
        found = f"a row that cannot be cut into cells ({error}, line {reader.line_num})"
        raise _refused(place, found, "Mend the quotation marks.", expected="quotation marks in pairs") from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _too_many(where: Where, rows: int) -> InputError:
    found = f"a table so large that {rows:,} of its rows fill {MOST_MEMORY // limits.MEBIBYTE} MiB of memory"
    return _refused(where, found, "Split it, or send only what is needed.", expected="fewer rows or columns")


def _check_signs(sheet: Sheet) -> None:
    for r, c, value in sheet.cells():
        if "\x00" in str(value):
            raise _refused(sheet.where(r, c), "a text with a null character", _AGAIN, expected="readable text")


def _refused(where: Where, found: str, action: str, *, expected: str = "a CSV file") -> InputError:
    return InputError([Issue(where, found, expected, action)])
