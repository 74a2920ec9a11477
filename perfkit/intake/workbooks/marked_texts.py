"""Texts of a release in which figures are raised or struck out, which the quick reader of workbooks gives without."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from perfkit.intake.workbooks import biff_texts, excel_texts, ods_marks
from perfkit.intake.workbooks.grid import Sheet


def restore(path: Path, sheets: Sequence[Sheet], within: frozenset[str]) -> None:
    """Put texts that would read as a number, but for what is raised or struck out, back into sheets just read.

    ``within`` names the parts of the file in which there may be any, as `limits.check` found them. Raises ValueError,
    KeyError, IndexError, SyntaxError or `zipfile.BadZipFile` where its parts do not hold together.
    """
    if biff_texts.RECORDS in within:
        biff_texts.restore(path.read_bytes(), sheets)
    elif ods_marks.CONTENT in within:
        with zipfile.ZipFile(path) as archive:
            ods_marks.restore(archive, sheets)
    elif excel_texts.TEXTS in within:
        with zipfile.ZipFile(path) as archive:
            excel_texts.restore(archive, sheets)
