"""The published facts, as tabulated in CSV files."""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, str]
FOLDER = "oxfordshire-2017-18-q1"


def read(facts: Path, name: str, *, folder: str = FOLDER) -> list[Row]:
    """Read one table of facts."""
    with (facts / folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
