"""What a page reads of the store, noted for the run that makes it: it is made again only when that has changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

from perfkit.model.environment import READS


def noting() -> bool:
    """Say whether somebody wants to know what is read: the run that makes a page does."""
    return READS in os.environ


def note(table: str, rows: str, *, directorate: str = "", as_of: str = "", asked: str = "") -> None:
    """Tell a run, if there is one, that rows with this digest were read; it makes a page again when they change.

    ``asked`` is what else was asked for, as JSON; `vintages.digest` asks the same again.
    """
    if noting():
        read = {"table": table, "directorate": directorate, "as_of": as_of, "rows": rows, "asked": asked}
        with Path(os.environ[READS]).open("a", encoding="utf-8") as out:
            out.write(json.dumps({name: value for name, value in read.items() if value or name == "rows"}) + "\n")
