"""What a workbook may be before it is opened: its kind by content, and its size."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from perfkit.intake.workbooks import biff, biff_texts, excel_texts, formula_errors, ods_marks, weights
from perfkit.model.errors import InputError, Issue, Where

MEBIBYTE = 1024 * 1024
FILE_SIZE = 100 * MEBIBYTE
"""The largest file that is opened."""
CONTENT_SIZE = 600 * MEBIBYTE
"""The largest content of an `.xlsx` or `.ods` once unpacked: a zip bomb unpacks to far more."""
CELLS = 20_000_000
"""The most cells in a sheet's used area, empty ones included: a stray value in a far corner spans billions."""

_ZIP = b"PK\x03\x04"
_CHUNK = MEBIBYTE
_DATA, _DATA_ENDS = b"<sheetData", b"</sheetData"
_FORMULA, _ERROR = re.compile(rb"<f[ />]"), b't="e"'
_COLUMN = re.compile(rb'r="([A-Z]{1,3})\d')
_WIDE = re.compile(rb'r="[A-Z][A-Z]')
_WIDEST = 16_384
_PLACE = re.compile(rb'<(?:row|c) r="[A-Z]{0,3}(\d+)')
_VALUE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d+)"(?:[^>]*[^/>])?>\s*<(?:v|f|is)\b')
_ODS_ROW, _ODS_REPEATED = b"<table:table-row", b"number-rows-repeated="
_ODS_ENDS, _ODS_VALUE, _MANY = b"</table:table>", b"office:value", 10_000
_ODS_ROWS = re.compile(rb'number-rows-repeated="(\d+)"')
_ODS_COLUMNS = re.compile(rb'number-columns-repeated="(\d+)"')


def check(path: Path, where: Where) -> frozenset[str]:
    """Refuse a file that is empty, too large, not a workbook, or a zip bomb.

    Gives the parts in which there may be what the quick reader leaves out, since it has looked through them: formulas
    and errors, and texts with raised or struck out figures. Raises `InputError` with one issue. Sizes are those of this
    module.
    """
    size = path.stat().st_size
    if size == 0:
        raise _refused(where, "an empty file (0 bytes)", "a workbook", "Send or download the file again.")
    if size > FILE_SIZE:
        raise InputError([too_large(where, size)])
    with path.open("rb") as stream:
        start = stream.read(512)
    if start.startswith(_ZIP):
        return frozenset(_check_zip(path, where))
    if start.startswith(biff.START):
        return frozenset(_check_old(path, where))
    raise _refused(where, _kind(start), "an Excel or OpenDocument workbook", "Save it as a workbook (.xlsx).")


def _check_old(path: Path, where: Where) -> list[str]:
    content = path.read_bytes()
    try:
        stream, places = biff.sound_stream(content)
    except ValueError as error:
        # A workbook under a password holds no stream of cells, but a package.
        raise (locked(where) if biff.ENCRYPTED in content else damaged(where)) from error
    _check_weight(where, weights.of_records(stream, places))
    return [biff_texts.RECORDS] * biff_texts.may_hold(stream)


def too_large(where: Where, size: int) -> Issue:
    """Make the issue for a file of so many bytes, more than `FILE_SIZE`.

    >>> print(too_large(Where("all.xlsx"), 300 * MEBIBYTE).found)
    a file of 300 MiB
    """
    found, expected = f"a file of {size // MEBIBYTE} MiB", f"a file of at most {FILE_SIZE // MEBIBYTE} MiB"
    return Issue(where, found, expected, "Split it, or send only what is needed.")


def locked(where: Where) -> InputError:
    """Make the error for a workbook that asks for a password."""
    action = "Save it without a password and send it again."
    return _refused(where, "a workbook protected by a password", "a workbook that opens without one", action)


def damaged(where: Where) -> InputError:
    """Make the error for a workbook that cannot be read whole."""
    action = "Open it in Excel, save it again as a workbook, or fetch it from its publisher again."
    return _refused(where, "a workbook that is damaged or cut short", "a whole workbook", action)


def _check_zip(path: Path, where: Where) -> list[str]:
    calculated = []
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > CONTENT_SIZE:
                expected = f"a workbook that unpacks to at most {CONTENT_SIZE // MEBIBYTE} MiB"
                found = f"a workbook that unpacks to {unpacked // MEBIBYTE} MiB"
                raise _refused(where, found, expected, "Split it, or send only what is needed.")
            for part in archive.namelist():
                if part.startswith(formula_errors.SHEETS) and part.endswith(".xml"):
                    formulas, own_texts = _check_extent(archive, part, where)
                    calculated += [part] * formulas + [excel_texts.TEXTS] * own_texts
                elif part == excel_texts.TEXTS:
                    with archive.open(part) as stream:
                        calculated += [part] * excel_texts.may_hold(stream)
                elif part == ods_marks.CONTENT:
                    calculated += [part] * _check_repeats(archive, part, where)
            _check_weight(where, weights.of_packed(archive))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged(where) from error
    return calculated


def _check_extent(archive: zipfile.ZipFile, part: str, where: Where) -> tuple[bool, bool]:
    """Refuse a sheet that spans too much; say whether formulas or errors stand on it, and texts that may be marked."""
    rows, columns, calculated, marked = _extent(archive, part)
    if rows * columns > CELLS:
        rows, columns = _extent_of_values(archive, part)
    _check_cells(where, f"a sheet ({Path(part).stem}) that spans", rows, columns)
    return calculated, marked


def _extent(archive: zipfile.ZipFile, part: str) -> tuple[int, int, bool, bool]:
    """Give the last row and column that may be there, at times too large, and what else `_check_extent` says."""
    rows, columns, calculated, marked, tail = 0, 26, False, False, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk if tail else chunk
            last = max(text.rfind(b'<row r="'), text.rfind(b'<c r="'))
            found = _PLACE.match(text, last) if last >= 0 else None
            rows = max(rows, int(found[1]) if found else 0)
            # A sheet as short as this cannot span too much, however wide it is.
            if (rows * _WIDEST > CELLS or len(chunk) == _CHUNK) and _WIDE.search(text):
                columns = max([columns, *map(_column, set(_COLUMN.findall(text)))])
            calculated = calculated or _is_calculated(text)
            marked = marked or excel_texts.may_hold_own(text)
            tail = text[-64:]
    return rows, columns, calculated, marked


def _is_calculated(text: bytes) -> bool:
    """Say whether formulas or errors stand among a sheet's cells, by the one letter and the one sign that they need."""
    start, end = max(text.find(_DATA), 0), text.rfind(_DATA_ENDS)
    end = end if end >= start else len(text)
    letter = text.find(b"f", start, end)
    if letter > 0 and _FORMULA.search(text, letter - 1, end):
        return True
    return text.find(b"#", start, end) >= 0 and text.find(_ERROR, start, end) >= 0


def _extent_of_values(archive: zipfile.ZipFile, part: str) -> tuple[int, int]:
    """Give the last row and column that hold a value."""
    rows, columns, tail = 0, 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            for letters, number in _VALUE.findall(text):
                rows, columns = max(rows, int(number)), max(columns, _column(letters))
            tail = text[-512:]
    return rows, columns


def _check_repeats(archive: zipfile.ZipFile, part: str, where: Where) -> bool:
    """Refuse sheets that repeat values too often; say whether texts may hold raised or struck out figures."""
    tail, marked, repeated = b"", False, 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk if tail else chunk
            marked = marked or ods_marks.may_hold(text)
            repeated += _repeats(text, where) + _MANY * weights.may_be_repeated(text) + weights.blanks(text)
            last = text.rfind(_ODS_ROW)
            tail = text[last:] if last >= 0 else text[-512:]
    if repeated >= _MANY or weights.may_be_heavy(archive.getinfo(part).file_size):
        with archive.open(part) as stream:
            _check_weight(where, weights.of_open(stream))
    return marked


def _repeats(text: bytes, where: Where) -> int:
    """Count the values in rows that are repeated, and the rows above a value; refuse a row with too many."""
    found, place = 0, text.find(_ODS_REPEATED)
    while place >= 0:
        repeated = _ODS_ROWS.match(text, place)
        if repeated and int(repeated[1]) > 1:
            end = text.find(_ODS_ROW, place)
            columns = _ods_columns(text[place : end if end >= 0 else len(text)])
            _check_cells(where, "a sheet that repeats values over", int(repeated[1]), columns)
            found += int(repeated[1]) * (columns or _stands_above(text, place))
        place = text.find(_ODS_REPEATED, place + 1)
    return found


def _stands_above(text: bytes, place: int) -> bool:
    """Say whether a value stands further down on the same sheet."""
    value, end = text.find(_ODS_VALUE, place), text.find(_ODS_ENDS, place)
    return 0 <= value < end or end < 0 <= value


def _ods_columns(row: bytes) -> int:
    columns = 0
    for cell in ods_marks.CELL.finditer(row):
        repeated = _ODS_COLUMNS.search(cell[1])
        if b"office:value" in cell[1]:
            columns += int(repeated[1]) if repeated else 1
    return columns


def _check_weight(where: Where, weight: int) -> None:
    if weight > weights.MOST:
        found = f"a workbook that fills about {weight // MEBIBYTE:,} MiB of memory once it is read"
        action = "Delete what stands far outside the table, or split it."
        raise _refused(where, found, f"at most {weights.MOST // MEBIBYTE:,} MiB", action)


def _check_cells(where: Where, what: str, rows: int, columns: int) -> None:
    if rows * columns > CELLS:
        found = f"{what} {rows:,} rows and {columns:,} columns"
        raise _refused(where, found, f"at most {CELLS:,} cells", "Delete what stands far outside the table.")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _kind(start: bytes) -> str:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<table")):
        return "a web page (HTML) under a workbook's name"
    if text.startswith(b"%pdf"):
        return "a PDF file under a workbook's name"
    if b"\x00" not in start and b"," in start:
        return "text such as CSV under a workbook's name"
    return "something that is not a workbook"


def _refused(where: Where, found: str, expected: str, action: str) -> InputError:
    return InputError([Issue(where, found, expected, action)])
