"""What an old Excel workbook (.xls) says of its cells besides values: formats, errors, merged ranges, what is hidden.

Layout of the records: [MS-XLS], published by Microsoft; its built-in formats: 2.4.126 and ECMA-376 part 1, 18.8.30.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from perfkit.intake.workbooks import biff, biff_notes, biff_texts, rich_text
from perfkit.intake.workbooks.grid import Notes

_BOUNDSHEET, _FORMAT, _XF, _MERGED = 0x0085, 0x041E, 0x00E0, 0x00E5
_NUMBER, _RK, _MULRK, _FORMULA, _FORMULA_OLD, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0406, 0x0205
_WITH_TEXT = (0x00FD, 0x0204, 0x00D6)
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_NAME, _ROW, _COLUMNS, _FILTER_ON = 0x0018, 0x0208, 0x007D, 0x009B
_FILTER_RANGE = b"\x00\x0d\x3b"
"""How the name and range of a sheet's filter begin: a name that Excel keeps for itself, then a place on a sheet."""
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 16: "d-mmm"}
"""Formats that a workbook names by their number alone and that tell what a reader saw, such as 1.10 or 67%."""

Place = tuple[int, int]


@dataclass
class Cells:
    """Of one sheet: number formats and formula errors by row and column from 0, merged ranges, and what is hidden.

    ``struck`` are the places that are struck out as a whole; ``filtered`` are the rows that a filter chooses from,
    where one is on.
    """

    formats: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: range = range(0)
    notes: Notes = field(default_factory=dict)


@dataclass(frozen=True)
class _Style:
    """The number format of the cells of one style, and what their font does to them."""

    format: str
    manner: str


def read(content: bytes) -> dict[str, Cells] | None:
    """Give the cells of every sheet by its name; None where the records cannot be had.

    >>> read(b"no workbook") is None
    True
    """
    try:
        stream = biff.workbook_stream(content)
        return None if stream is None else _sheets(stream)
    except (struct.error, IndexError, ValueError):
        return None


def _sheets(stream: bytes) -> dict[str, Cells]:
    formats, styles, starts, filters = dict(_BUILT_IN), [], {}, {}
    manners = biff_texts.manners(stream)
    for code, body in biff.records(stream, 0):
        if code == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = biff.text(body[2:], "<H")
        elif code == _XF:
            styles.append(struct.unpack_from("<HH", body))
        elif code == _BOUNDSHEET:
            starts[biff.text(body[6:], "<B")] = struct.unpack_from("<I", body)[0]
        elif code == _NAME and len(body) >= 23 and body[14:17] == _FILTER_RANGE:
            sheet, first, last = struct.unpack_from("<H9xHH", body, 8)
            filters[sheet] = range(first + 1, last + 1)
    shown = [_Style(formats.get(style, ""), biff_texts.manner_of(font, manners)) for font, style in styles]
    return {
        name: _cells(stream, start, shown, filters.get(number, range(0)))
        for number, (name, start) in enumerate(starts.items(), 1)
    }


def _cells(stream: bytes, start: int, styles: list[_Style], below_filter: range) -> Cells:
    found = Cells(notes=biff_notes.read(biff.records(stream, start)))
    for code, body in biff.records(stream, start):
        if code in (_NUMBER, _RK, _FORMULA, _FORMULA_OLD, _BOOLERR):
            row, column, style = struct.unpack_from("<HHH", body)
            _keep(found, (row, column), styles[style])
            if error := _error(code, body):
                found.errors[row, column] = error
        elif code == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                _keep(found, (row, first + place), styles[struct.unpack_from("<H", body, 4 + 6 * place)[0]])
        elif code in _WITH_TEXT:
            row, column, style = struct.unpack_from("<HHH", body)
            _keep(found, (row, column), _Style("", styles[style].manner))
        elif code == _MERGED:
            found.merged += [struct.unpack_from("<HHHH", body, 2 + 8 * n) for n in range((len(body) - 2) // 8)]
        elif code == _FILTER_ON:
            found.filtered = below_filter
        elif code in (_ROW, _COLUMNS):
            _hide(found, code, body)
    return found


def _hide(found: Cells, code: int, body: bytes) -> None:
    """Take note of a row or of columns that are hidden outright or of no size."""
    if code == _ROW:
        row, height, flags = struct.unpack_from("<H4xH4xB", body)
        if flags & 0x20 or not height & 0x7FFF:
            found.hidden_rows.add(row)
    else:
        first, last, width, flags = struct.unpack_from("<HHH2xH", body)
        if flags & 1 or not width:
            found.hidden_columns.update(range(first, last + 1))


def _keep(found: Cells, place: Place, style: _Style) -> None:
    if style.format and style.format != "General":
        found.formats[place] = style.format
    if style.manner == rich_text.STRUCK:
        found.struck.add(place)


def _error(code: int, body: bytes) -> str | None:
    if code == _BOOLERR and body[7]:
        return _ERRORS.get(body[6], "#VALUE!")
    if code in (_FORMULA, _FORMULA_OLD) and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#VALUE!")
    return None
