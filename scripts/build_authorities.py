"""Build synthetic councils from the sample pack: python scripts/build_authorities.py FOLDER [--councils 152].

Each council has the pack's framework and returns of its own: the pack's, with every measured number drawn anew around
the pack's (seeded by the council's number, so that a second build gives the same figures) and marked illustrative.
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

PACK = Path(__file__).resolve().parents[1] / "data" / "raw" / "2017-18"
COUNCIL = "Oxfordshire County Council"


def main() -> None:
    parser = argparse.ArgumentParser(description="Build synthetic councils from the sample pack.")
    parser.add_argument("folder", type=Path, help="where to write; each council gets a folder below it")
    parser.add_argument("--councils", type=int, default=152)
    given = parser.parse_args()
    for number in range(1, given.councils + 1):
        build(given.folder / name(number), number)


def name(number: int) -> str:
    return f"authority-{number:03}"


def build(folder: Path, number: int) -> None:
    """Write the raw data of one council below ``folder``."""
    year = folder / "2017-18"
    returns = year / "Q1" / "returns"
    returns.mkdir(parents=True, exist_ok=True)
    shutil.copy2(PACK / "framework.xlsx", year / "framework.xlsx")
    chance = random.Random(number)
    for path in sorted((PACK / "Q1" / "returns").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            _vary(sheet, number, chance)
        book.save(returns / path.name)


def _vary(sheet: Worksheet, number: int, chance: random.Random) -> None:
    values = 0
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and COUNCIL in cell.value:
                cell.value = cell.value.replace(COUNCIL, f"Borough {_letters(number)} Council")
            elif cell.value == "Q1 Actual":
                values = cell.column
            elif cell.column == values and isinstance(cell.value, int | float):
                cell.value = _near(cell.value, chance)


def _letters(number: int) -> str:
    """Write a number in letters, since a council's name has no digits."""
    first, second = divmod(number, 26)
    return f"{chr(65 + first)}{chr(97 + second)}"


def _near(value: float, chance: random.Random) -> float:
    drawn = value * chance.uniform(0.85, 1.15)
    return round(min(drawn, 1.0), 3) if isinstance(value, float) and value <= 1 else round(drawn)


if __name__ == "__main__":
    main()
