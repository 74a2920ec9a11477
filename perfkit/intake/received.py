"""When each file came, as a list beside the files tells."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from perfkit.model.errors import ParameterError

LISTING = "received.csv"
"""The list's name; its columns are file, received, sha256."""


def day(workbook: Path, sha256: str) -> dt.date | None:
    """Look up when a file came; a line for other content than the file's, by its digest, is not believed.

    Raises `ParameterError` where the list cannot be read.
    """
    listing = workbook.parent / LISTING
    if not listing.is_file():
        return None
    try:
        with listing.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            if not {"file", "received", "sha256"} <= set(table.fieldnames or ()):
                raise ParameterError(f"{listing} does not have the columns file, received and sha256.")
            for number, line in enumerate(table, 2):
                if (line.get("file"), line.get("sha256")) == (workbook.name, sha256):
                    return _read(line.get("received") or "", f"{listing}, line {number}")
    except (UnicodeDecodeError, csv.Error) as error:
        raise ParameterError(f"{listing} cannot be read as a CSV file in UTF-8: {error}.") from None
    return None


def _read(text: str, where: str) -> dt.date:
    try:
        told = dt.date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f'{where}: found the day "{text}", expected one such as 2017-07-21.') from None
    if told > dt.date.today():
        raise ParameterError(f'{where}: found the day "{text}", which is still to come.')
    return told
