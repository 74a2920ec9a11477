"""What every workbook that perfkit writes keeps to: text that a cell can hold, and bytes that tell no time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_LONGEST = 32_000
_OUTSET = (1980, 1, 1, 0, 0, 0)
"""The date of each part of the file: the earliest that the format knows, so that it says nothing of the run."""
_TIMES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


def fit(text: str) -> str:
    """Give text as a cell can hold it: without signs that none can, and not too long.

    >>> fit("a\\x00b")
    'a\ufffdb'
    """
    return str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))[:_LONGEST]


def of(book: Any) -> bytes:
    """Give the bytes of a workbook of openpyxl: one content, one sequence of bytes."""
    written, out = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(b"", content)
            packed.writestr(zipfile.ZipInfo(name, _OUTSET), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
