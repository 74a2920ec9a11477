"""Real workbooks damaged some four hundred ways: every outcome is right values or an issue, by an independent reading.

The oracle is openpyxl's own cell at the place that a row names: what perfkit believes must be what stands there, in the
row of the indicator that it is believed of.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.cell import MergedCell

from perfkit.intake import framework, returns
from perfkit.intake.reading import Reading
from perfkit.intake.returns import commentary
from perfkit.intake.workbooks import formatted
from perfkit.model.errors import InputError

RETURNS = ("SCS", "CSS", "PH", "CEF", "COM")
JUNK = (None, "", "?", "n/a - see note", "[x]", "67%", 0, -1, 1e9, 0.5, "G", "R", "↓", "N", "final", "Total", "=A1",
        "1,234*", "70% to 100%", 46, "46", True, "x" * 33_000)  # fmt: skip
SIGNS = {"green": "G", "amber": "A", "red": "R", "improving": "↑", "stable": "→", "deteriorating": "↓"}
DAMAGED = {"Α": "A", "Ð": "G", "O": "G", "1": "↑", "Τ": "↑"}


@pytest.fixture(scope="module")
def raw(project: Path) -> Path:
    return project / "data" / "raw" / "2017-18"


@pytest.fixture(scope="module")
def tables(raw: Path) -> dict[str, pd.DataFrame]:
    return framework.read(formatted.read(raw / "framework.xlsx", file="framework.xlsx")).tables


def cell_at(sheet: Any, chance: random.Random, *, row: int = 0, column: int = 0, top: int = 8) -> Any:
    """Choose a cell that can be written, of a row or a column where one is given."""
    while True:
        cell = sheet.cell(row or chance.randint(top, sheet.max_row), column or chance.randint(1, sheet.max_column))
        if not isinstance(cell, MergedCell):
            return cell


def swap(one: Any, other: Any) -> None:
    one.value, other.value = other.value, one.value


def swap_cells(sheet: Any, chance: random.Random) -> None:
    swap(cell_at(sheet, chance), cell_at(sheet, chance))


def swap_in_a_column(sheet: Any, chance: random.Random) -> None:
    one = cell_at(sheet, chance)
    swap(one, cell_at(sheet, chance, column=one.column))


def overwrite(sheet: Any, chance: random.Random) -> None:
    cell_at(sheet, chance, top=1).value = chance.choice(JUNK)


def delete_row(sheet: Any, chance: random.Random) -> None:
    sheet.delete_rows(chance.randint(1, sheet.max_row))


def delete_column(sheet: Any, chance: random.Random) -> None:
    sheet.delete_cols(chance.randint(1, sheet.max_column))


def swap_headings(sheet: Any, chance: random.Random) -> None:
    swap(cell_at(sheet, chance, row=7), cell_at(sheet, chance, row=7))


def copy_row(sheet: Any, chance: random.Random) -> None:
    sheet.append([cell.value for cell in sheet[chance.randint(7, sheet.max_row)]])


def shift_a_column(sheet: Any, chance: random.Random) -> None:
    first = cell_at(sheet, chance)
    below = [sheet.cell(row, first.column) for row in range(first.row, sheet.max_row + 1)]
    cells = [cell for cell in below if not isinstance(cell, MergedCell)]
    for cell, value in zip(cells, [None, *[cell.value for cell in cells[:-1]]], strict=True):
        cell.value = value


def reformat(sheet: Any, chance: random.Random) -> None:
    cell_at(sheet, chance).number_format = chance.choice(("0%", "General", "d-mmm", "0.00", "@"))


DAMAGE: tuple[Callable[[Any, random.Random], None], ...] = (
    swap_cells, swap_in_a_column, overwrite, delete_row, delete_column, swap_headings, copy_row, shift_a_column,
    reformat,
)  # fmt: skip


def damaged(path: Path, sheet: int, number: int) -> bytes:
    """Damage one sheet of a workbook once or twice, by the number of the case."""
    chance = random.Random(number)
    book = openpyxl.load_workbook(path)
    for _ in range(1 + number % 2):
        DAMAGE[number % len(DAMAGE)](book.worksheets[sheet], chance)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(reader: Any, path: Path, tables: dict[str, pd.DataFrame]) -> Reading:
    try:
        reading: Reading = reader.read(formatted.read(path, file=path.name), framework=tables)
    except InputError as error:
        return Reading({}, error.issues)
    assert all(issue.where.file == path.name and issue.found and issue.action for issue in reading.issues)
    assert bool(reading.tables) is not reading.stops
    return reading


def number_of(cell: Any) -> float | None:
    """Read a number by other means than perfkit's: off the cell that openpyxl gives."""
    if isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, int | float):
        return round(cell.value * 100, 9) if cell.number_format.endswith("%") else float(cell.value)
    text = str(cell.value).strip().replace(",", "").removesuffix("%").strip()
    return float(text) if re.fullmatch(r"-?\d*\.?\d+", text) else None


def check_return(reading: Reading, path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Hold every figure and rating against the cells of the damaged workbook."""
    book = openpyxl.load_workbook(path, data_only=True)
    facts = tables["indicators"].set_index("indicator")
    untitled = {int(issue.where.cell.lstrip("ABCDEFGHIJK")) for issue in reading.issues if "no title" in issue.found}
    for row in reading.tables["observations"].to_dict("records"):
        sheet, cell = book[row["sheet"]], book[row["sheet"]][row["cell"]]
        assert cell.row in untitled or about(sheet, cell.row, facts.loc[row["indicator"]]), (row, path)
        if pd.isna(row["value"]):
            assert str(cell.value).strip() == row["marker"] or row["marker_means"] in ("on track", "behind")
        elif facts.loc[row["indicator"], "rule"] == "pair":
            assert row["value"] == float(str(cell.value).replace(",", "").split("/")[row["part"] - 1])
        elif facts.loc[row["indicator"], "unit"] != "milestone":
            assert row["value"] == pytest.approx(number_of(cell)), (row, cell.value)
    for row in reading.tables["assessments"].to_dict("records"):
        said = str(book[row["sheet"]][row["cell"]].value or "").strip()
        if isinstance(row["rag"], str):
            assert DAMAGED.get(said, said)[:1].upper() == SIGNS[row["rag"]], (row, said)
            if row["subject_kind"] == "indicator":
                sheet, line = book[row["sheet"]], book[row["sheet"]][row["cell"]].row
                assert line in untitled or about(sheet, line, facts.loc[row["subject"]]), row


def about(sheet: Any, row: int, facts: Any) -> bool:
    """Whether a row holds an indicator's number and its title."""
    words = {" ".join(str(cell.value).split()).lower() for cell in sheet[row] if cell.value is not None}
    return str(facts["ref"]) in words and facts["title"].lower() in words


@pytest.mark.parametrize("name", RETURNS)
def test_a_damaged_return_reads_right_or_is_told(
    raw: Path, tables: dict[str, pd.DataFrame], tmp_path: Path, name: str
) -> None:
    source, path, told = raw / "Q1" / "returns" / f"{name}.xlsx", tmp_path / f"{name}.xlsx", 0
    for number in range(45):
        path.write_bytes(
            damaged(source, number // 5 % 2 if number % 5 == 0 else 0, number + 1000 * RETURNS.index(name))
        )
        reading = read(returns, path, tables)
        told += reading.stops
        if not reading.stops:
            check_return(reading, path, tables)
    assert 8 < told < 36, "some of the damage is told, some does no harm"


def test_damaged_key_points_read_right_or_are_told(raw: Path, tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    path = tmp_path / "key_points.xlsx"
    for number in range(30):
        path.write_bytes(damaged(raw / "Q1" / "key_points.xlsx", 0, number))
        reading = read(commentary, path, tables)
        book = openpyxl.load_workbook(path, data_only=True)
        for row in reading.tables.get("commentary", pd.DataFrame()).to_dict("records"):
            cell = book[row["sheet"]][row["cell"]]
            beside = {" ".join(str(other.value).split()).lower() for other in book[row["sheet"]][cell.row]}
            assert " ".join(str(cell.value).split()) == row["text"]
            assert row["subject"].lower() in beside
            assert {row["kind"], f"{row['kind']}s"} & beside


def test_a_damaged_framework_reads_right_or_is_told(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "framework.xlsx"
    places = [sheet.title for sheet in openpyxl.load_workbook(raw / "framework.xlsx").worksheets]
    chosen = [places.index(name) for name in ("Indicators", "Targets", "Outcomes")]
    for number in range(16):
        path.write_bytes(damaged(raw / "framework.xlsx", chosen[number % 3], number))
        try:
            reading = framework.read(formatted.read(path, file=path.name))
        except InputError:
            continue
        assert bool(reading.tables) is not reading.stops
        book = openpyxl.load_workbook(path, data_only=True)
        for row in reading.tables.get("targets", pd.DataFrame()).to_dict("records"):
            cell = book[row["sheet"]][row["cell"]]
            assert row["indicator"] in {str(other.value) for other in book[row["sheet"]][cell.row]}
            low = re.search(r"\d[\d,]*(?:\.\d+)?", str(row["text"]))
            if row["kind"] == "threshold" and low and "%" not in cell.number_format:
                assert row["low"] == float(low.group().replace(",", "")), row


@pytest.mark.parametrize("name", [*RETURNS, "key_points", "framework"])
def test_flipped_bytes_are_refused_or_read_as_they_were(raw: Path, tmp_path: Path, name: str) -> None:
    source = {"framework": raw / "framework.xlsx", "key_points": raw / "Q1" / "key_points.xlsx"}.get(
        name, raw / "Q1" / "returns" / f"{name}.xlsx"
    )
    content, path, chance = source.read_bytes(), tmp_path / source.name, random.Random(name)
    right = [sheet.rows for sheet in formatted.read(source, file="a.xlsx").sheets]
    for _ in range(18):
        changed = bytearray(content)
        for _ in range(2):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            read_back = formatted.read(path, file=path.name)
        except InputError:
            continue
        assert [sheet.rows for sheet in read_back.sheets] == right


def test_lines_cut_from_within_a_workbook_are_told(raw: Path, tmp_path: Path) -> None:
    """A part of the zip cut short, with sums that fit: the file opens, but its sheet does not."""
    source, path = raw / "Q1" / "returns" / "SCS.xlsx", tmp_path / "SCS.xlsx"
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for share in (0.2, 0.5, 0.9):
        with zipfile.ZipFile(path, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part[: int(len(part) * share)] if name.endswith("sheet1.xml") else part)
        with pytest.raises(InputError, match="damaged"):
            formatted.read(path, file="SCS.xlsx")
