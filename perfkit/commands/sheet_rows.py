"""The rows of a sheet as a workbook keeps them: written column by column, a large table in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from perfkit.commands.export_files import with_days

LONGEST = 32_767
"""The letters that a cell holds."""
_CUT = " [cut: a cell holds no more]"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PIECE = 5_000


@dataclass(frozen=True)
class Styles:
    """The numbers under which a workbook keeps the style of days, and that of text which begins like a formula."""

    day: int
    quoted: int


def written(frame: pd.DataFrame, *, first: int, styles: Styles) -> Iterator[str]:
    """Give the rows as XML from the row ``first`` on, a piece at a time; missing values have no cell.

    >>> "".join(written(pd.DataFrame({"text": ["a", None], "count": [1, 2]}), first=2, styles=Styles(1, 2)))
    '<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">a</t></is></c><c r="B2"><v>1</v></c></row>\
<row r="3"><c r="B3"><v>2</v></c></row>'
    """
    plain = with_days(frame)
    for start in range(0, len(plain), _PIECE):
        piece = plain.iloc[start : start + _PIECE]
        numbers = range(first + start, first + start + len(piece))
        columns = [_cells(piece[name], place, numbers, styles) for place, name in enumerate(piece, 1)]
        rows = zip(numbers, zip(*columns, strict=True), strict=True)
        yield "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in rows)


def fit(text: str) -> str:
    """Give text as a cell can hold it: without signs that none can, and cut where it is too long.

    >>> fit("a\\x00b")
    'a\ufffdb'
    """
    known = str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    return known if len(known) <= LONGEST else known[: LONGEST - len(_CUT)] + _CUT


def begins_like_formula(text: str) -> bool:
    """Say whether a spreadsheet would take the text for a formula when it is edited."""
    return text.startswith(_FORMULA)


def _cells(column: pd.Series[Any], place: int, numbers: range, styles: Styles) -> list[str]:
    """Give the column's cells; each value that occurs is written once, and put behind the name of its cells."""
    make, letter = _writer(column, styles), get_column_letter(place)
    codes, values = pd.factorize(column, use_na_sentinel=True)
    ends = [make(value) for value in values]
    return [
        f'<c r="{letter}{number}"{ends[code]}</c>' if code >= 0 else ""
        for number, code in zip(numbers, codes.tolist(), strict=True)
    ]


def _writer(column: pd.Series[Any], styles: Styles) -> Callable[[Any], str]:
    if pd.api.types.is_bool_dtype(column.dtype):
        return lambda value: f' t="b"><v>{int(value)}</v>'
    if pd.api.types.is_numeric_dtype(column.dtype):
        return lambda value: f"><v>{value}</v>"
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return lambda value: f' s="{styles.day}"><v>{int(to_excel(value))}</v>'
    return lambda value: _text(str(value), styles)


def _text(text: str, styles: Styles) -> str:
    held = fit(text)
    style = f' s="{styles.quoted}"' if begins_like_formula(held) else ""
    told = escape(held, {"\r": "&#13;"})
    return f'{style} t="inlineStr"><is><t xml:space="preserve">{told}</t></is>'
