"""Texts of a release in which figures are raised or struck out, which the quick reader of workbooks gives without."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfkit.intake.workbooks import biff_texts, excel_texts
from perfkit.intake.workbooks.grid import Sheet

_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"


def restore(path: Path, sheets: Sequence[Sheet]) -> None:
    """Put texts that would read as a number, but for what is raised or struck out, back into sheets just read.

    Nothing is done where a workbook raises or strikes out nothing. Raises ValueError, KeyError, IndexError or
    `zipfile.BadZipFile` where its parts do not hold together.
    """
    with path.open("rb") as file:
        start = file.read(8)
        file.seek(0)
        if start == _OLD_EXCEL:
            biff_texts.restore(file.read(), sheets)
        elif start.startswith(_ZIP):
            excel_texts.restore(file, sheets)
