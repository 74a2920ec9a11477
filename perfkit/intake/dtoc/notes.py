"""What the publisher says of a month's quality: the sheet "Data Quality" of a workbook of delayed transfers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from perfkit.intake import drafts
from perfkit.intake.workbooks.grid import Sheet, Workbook, cell_name
from perfkit.model import schemas

_CODE = re.compile(r"[A-Z0-9]{3,5}")


def read(workbook: Workbook, month: pd.Period) -> list[dict[str, Any]]:
    """Read every line of the sheets named Data Quality: sentences, and organisations with their code.

    >>> sheet = Sheet("x.xls", "Data Quality", [["Data Quality", None], ["Partial.", None], ["RGD", "A Trust"]])
    >>> [(row["organisation"], row["text"]) for row in read(Workbook("x.xls", (sheet,)), pd.Period("2018-03", "M"))]
    [(None, 'Partial.'), ('RGD', 'A Trust')]
    """
    sheets = [sheet for sheet in workbook.sheets if sheet.name.strip().lower().startswith("data quality")]
    lines = [line for sheet in sheets for line in _lines(sheet)]
    return [{"month": month, "number": number, **line} for number, line in enumerate(lines, 1)]


def draft(rows: Sequence[Mapping[str, Any]]) -> drafts.Rows:
    """Give what `read` gave as the table `notes`."""
    return drafts.Rows(schemas.NOTES, rows)


def _lines(sheet: Sheet) -> list[dict[str, Any]]:
    made = []
    for r, row in enumerate(sheet.rows):
        filled = [(c, text) for c, value in enumerate(row) if value is not None and (text := sheet.text(r, c))]
        if not filled or (len(filled) == 1 and filled[0][1].lower() == "data quality"):
            continue
        coded = len(filled) > 1 and _CODE.fullmatch(filled[0][1]) is not None
        text = " ".join(words for _, words in filled[1 if coded else 0 :])
        made.append({
            "organisation": filled[0][1] if coded else None, "text": text,
            "file": sheet.file, "sheet": sheet.name, "cell": cell_name(r, filled[0][0]),
        })  # fmt: skip
    return made
