"""Text as officers type it: signs that nobody sees, wide digits, numbers of lists, and what Excel shows of a number."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from perfkit.intake.workbooks.grid import Sheet, Value, Workbook

_UNSEEN = dict.fromkeys([0x200B, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F, *range(0x202A, 0x202F)])
_WIDE = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20, 0x00A0: 0x20, 0x202F: 0x20, 0x2007: 0x20}
_SIGNS = _UNSEEN | _WIDE
_ODD = re.compile("[" + "".join(map(chr, _SIGNS)) + "]")
_ITEM = re.compile(
    r"(?:(?:recommendations?|recs?|actions?|work ?streams?|streams?|numbers?|nos?|items?|steps?|refs?|ws|r|#)\b[.:# ]*|"
    r"(?:rec|ws|r|#)(?=\d))?\(?(?P<number>\d+(?:\.\d+)*[a-z]?)\)?[.:]?\*?"
    r"(?: ?[-:–] ?\D.*| (?!and\b|to\b|or\b)[A-Z][a-z].*)?",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r'(?P<before>(?:"[^"]*"|\\.|_.|[£$€ ])*)(?P<whole>[#0,]*[0#])(?:\.(?P<part>0+))?(?P<after>(?:"[^"]*"|\\.|_.|[) ])*)'
)
_QUOTED = re.compile(r'"(?P<text>[^"]*)"|\\(?P<sign>.)|_.|(?P<bare>[£$€])')


def plain(sheet: Sheet, *, rows: int | None = None) -> Sheet:
    """Give a sheet without signs that nobody sees, with plain digits and spaces; of long sheets the first rows alone.

    >>> plain(Sheet("a.xlsx", "Risks", [["Risk\\u200b id", "４\\u00a0", 4]])).rows
    [['Risk id', '4 ', 4]]
    """
    some = sheet.rows if rows is None else sheet.rows[:rows]
    odd = [number for number, row in enumerate(some) if any(isinstance(v, str) and _ODD.search(v) for v in row)]
    if not odd and rows is None:
        return sheet
    clean = list(some)
    for number in odd:
        clean[number] = [_plain(value) for value in some[number]]
    return replace(sheet, rows=clean)


def plain_all(workbook: Workbook, *, besides: Collection[str] = (), rows: int | None = None) -> Workbook:
    """Give a workbook with every sheet as `plain` gives it, ``besides`` those of these names.

    >>> plain_all(Workbook("a.xlsx", (Sheet("a.xlsx", "Risks", [["４"]]),))).sheets[0].rows
    [['4']]
    """
    sheets = (sheet if sheet.name in besides else plain(sheet, rows=rows) for sheet in workbook.sheets)
    return replace(workbook, sheets=tuple(sheets))


def _plain(value: Value) -> Value:
    return value.translate(_SIGNS) if isinstance(value, str) else value


def item(text: str) -> str:
    """Give the number of an item of a list: "Rec 3", "3." and "3 - Shared outcomes" are all 3; else the text as it is.

    >>> item("1.1."), item("Rec 3"), item("(4)"), item("WS2"), item("3a"), item("Action 1.10"), item("SR03")
    ('1.1', '3', '4', '2', '3a', '1.10', 'SR03')
    """
    match = _ITEM.fullmatch(text)
    return (match["number"].removesuffix(".0").lstrip("0") or "0") if match else text


def shown(value: float, number_format: str) -> str:
    """Write a number as Excel shows it under a plain format, without its thousands; without one as it is.

    >>> shown(0.67, "0%"), shown(1200, '"£"#,##0'), shown(-3.0, "0")
    ('67%', '£1200', '-3')
    >>> shown(1.1, "0.00"), shown(3, '"R"00'), shown(1.1, "General"), shown(2.0, "0"), shown(1.1, "0.00_);(0.00)")
    ('1.10', 'R03', '1.1', '2', '1.10')
    """
    if "%" in _QUOTED.sub("", number_format):
        return f"{round(value * 100, 9):.15g}%"
    shape = _SHAPE.fullmatch(number_format.split(";")[0])
    if shape is None or value < 0:
        return str(value) if isinstance(value, int) else str(int(value)) if value.is_integer() else f"{value:.11g}"
    digits, places = shape["whole"].count("0"), len(shape["part"] or "")
    written = f"{value:.{places}f}"
    width = digits + places + (1 if places else 0)
    return _literal(shape["before"]) + written.zfill(width) + _literal(shape["after"])


def _literal(text: str) -> str:
    return "".join(match["text"] or match["sign"] or match["bare"] or "" for match in _QUOTED.finditer(text))
