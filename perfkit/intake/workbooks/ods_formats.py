"""What number format a cell of an OpenDocument workbook (.ods) has, by the text that the file keeps as it was shown."""

from __future__ import annotations

import datetime as dt
import re

from perfkit.intake.workbooks.grid import Value

_SHOWN = re.compile(r"-?(?P<sign>[£$€]?)-?(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d+))?", re.ASCII)
_WITHOUT_YEAR = re.compile(r"\d{1,2}[- ./][A-Za-z]{3,9}", re.ASCII)
_NOTHING = ";;;"
"""A format that shows no number."""


def told(value: Value, shown: str | None, *, percent: bool = False) -> str:
    """Give the number format, as Excel writes it, that shows a value so; "" where the text tells of none.

    ``shown`` is None where the file keeps no text.

    >>> told(1.1, "1.10"), told(7, "007"), told(1.5, "£1.50"), told(0.67, "67%", percent=True), told(1.1, "1.1")
    ('0.00', '000', '"£"0.00', '0%', '')
    >>> told(1234567, "1,235"), told(1234567, "1,234,567"), told(45, "")
    ('0,', '', ';;;')
    """
    if percent:
        return "0%"
    if isinstance(value, dt.datetime):
        return "d mmm" if _WITHOUT_YEAR.fullmatch(shown or "") else ""
    if isinstance(value, bool) or not isinstance(value, int | float) or shown in (None, str(value)):
        return ""
    if not shown:
        return _NOTHING
    match = _SHOWN.fullmatch(shown.strip())
    return _format(abs(value), match) if match else ""


def _format(value: float, match: re.Match[str]) -> str:
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    near, number = 0.5000001 * 10.0 ** -len(part), float(f"{whole}.{part}")
    thousands = next((count for count in range(3) if abs(value / 1000**count - number) <= near), None)
    plain = (
        thousands == 0 and number == value and not match["sign"] and f"{number:.15g}" == f"{whole}.{part}".rstrip(".")
    )
    if thousands is None or plain:
        return ""
    digits = "0" * (len(whole) if whole.startswith("0") else 1)
    return f'"{match["sign"]}"' * bool(match["sign"]) + digits + "." * bool(part) + "0" * len(part) + "," * thousands
