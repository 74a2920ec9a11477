"""Every real workbook loads or ends in issues; what loads equals the workbook's cells, read by other means."""

from __future__ import annotations

import csv
import math
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import coordinate_to_tuple
from python_calamine import CalamineWorkbook

from perfkit.intake import files, folder
from perfkit.intake.folder import Delivery

pytestmark = pytest.mark.samples
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FAMILIES = {"cover_quarterly": "releases", "discharge_acute": "discharges", "discharge_community": "discharges",
            "dtoc_monthly": "delays"}  # fmt: skip
TIDY = (
    "UD_NEETNK_LA_dashboard_2022_final",
    "cla_number_and_rate_per_10k_children",
    "csww_indicators_2017_to_2025",
    "household_waste_recycling",
    "la_cla_placement_stability",
    "nhs_health_checks",
    "planning_applications_major",
)


@pytest.fixture(scope="module")
def deliveries(shared: Path) -> dict[str, Delivery]:
    found = folder.read([shared / "samples"], base=shared, known={}, is_known=lambda *_: False)
    return {delivery.file: delivery for delivery in found}


@pytest.fixture(scope="module")
def samples(shared: Path) -> list[Path]:
    return [p for p in sorted((shared / "samples").rglob("*")) if p.suffix in files.SUFFIXES]


def test_every_workbook_loads_or_ends_in_an_issue_that_names_it(
    deliveries: dict[str, Delivery], samples: list[Path], shared: Path
) -> None:
    assert {path.relative_to(shared).as_posix() for path in samples} == set(deliveries)
    for file, delivery in deliveries.items():
        assert delivery.reading.tables or delivery.reading.stops, file
        for issue in delivery.reading.issues:
            assert issue.where.file == file
            assert issue.found
            assert issue.expected
            assert issue.action.endswith(".")


def test_every_workbook_of_the_known_families_loads(deliveries: dict[str, Delivery]) -> None:
    for file, delivery in deliveries.items():
        family = FAMILIES.get(file.split("/")[1])
        if family or Path(file).stem in TIDY:
            assert (family or "releases") in delivery.reading.tables, file
            assert len(delivery.reading.tables[family or "releases"]) > 200, file


def raw(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    """Read every cell of a workbook by another reader than perfkit's: values by sheet, row and column from 1."""
    return {".csv": raw_csv, ".ods": raw_ods, ".xlsx": raw_xlsx, ".xls": raw_xls}[path.suffix](path)


@cache
def raw_csv(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    return {"": {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v}}


@cache
def raw_xlsx(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {s.title: {at: c.value for at, c in s._cells.items() if c.value is not None} for s in book.worksheets}


@cache
def raw_xls(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    book = CalamineWorkbook.from_path(str(path))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {
        name: {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}
        for name, rows in sheets.items()
    }


@cache
def raw_ods(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    content = ElementTree.fromstring(zipfile.ZipFile(path).read("content.xml"))
    return {str(t.get(f"{TABLE}name")): dict(ods_cells(t)) for t in content.iter(f"{TABLE}table")}


def ods_cells(table: ElementTree.Element) -> Iterator[tuple[tuple[int, int], object]]:
    row_number = 1
    for row in table.iter(f"{TABLE}table-row"):
        rows, column = int(row.get(f"{TABLE}number-rows-repeated", "1")), 1
        for cell in row:
            columns = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            text = "".join(cell.itertext()).strip()
            number = cell.get(f"{OFFICE}value")
            if (text or number) and rows * columns < 1000:
                value = float(number) if number else text
                yield from (((row_number + i, column + k), value) for i in range(rows) for k in range(columns))
            column += columns
        row_number += rows


def says(cell: object, value: float, marker: object) -> bool:
    if isinstance(marker, str) and math.isnan(value):
        return isinstance(cell, str) and " ".join(cell.split()) == marker
    if math.isnan(value):
        return cell is None or not str(cell).strip()
    return abs(float(str(cell).replace(",", "")) - value) < 1e-9


def compare(path: Path, frame: pd.DataFrame, *, column: str = "value", code_in: str = "area_code") -> int:
    """Hold every figure and marker against its cell, and its area's code against the cells of its row."""
    cells = raw(path)
    beside: dict[tuple[str, int], set[str]] = {}
    for sheet, held in cells.items():
        for (row, _), value in held.items():
            beside.setdefault((sheet, row), set()).add(str(value).removesuffix(".0").strip())
    sheets, codes = frame["sheet"].fillna(""), frame[code_in].fillna("")
    for sheet, cell, value, marker, code in zip(
        sheets, frame["cell"], frame[column], frame["marker"], codes, strict=True
    ):
        place = coordinate_to_tuple(cell)
        found = cells[sheet].get(place)
        assert says(found, math.nan if pd.isna(value) else float(value), marker), (path.name, sheet, cell, found, value)
        is_name = code != code.upper()
        assert is_name or not code or code in beside[sheet, place[0]], (path.name, sheet, cell, code)
    return int(frame[column].notna().sum())


def test_vaccination_coverage_equals_the_workbooks_cell_by_cell(
    deliveries: dict[str, Delivery], shared: Path, samples: list[Path]
) -> None:
    for path in samples:
        if path.parent.name == "cover_quarterly":
            frame = deliveries[path.relative_to(shared).as_posix()].reading.tables["releases"]
            assert compare(path, frame) > 2_000, path.name


@pytest.mark.parametrize("name", TIDY)
def test_tidy_files_equal_their_cells_and_lose_none(deliveries: dict[str, Delivery], shared: Path, name: str) -> None:
    path = shared / "samples" / "benchmark" / f"{name}.csv"
    frame = deliveries[path.relative_to(shared).as_posix()].reading.tables["releases"]
    compare(path, frame)
    columns = {coordinate_to_tuple(cell)[1] for cell in frame["cell"]}
    filled = sum(column in columns and row > 1 for row, column in raw(path)[""])
    assert filled == int((frame["value"].notna() | frame["marker"].notna()).sum())


def test_discharges_equal_the_workbooks_and_lose_none(
    deliveries: dict[str, Delivery], shared: Path, samples: list[Path]
) -> None:
    for path in samples:
        if not path.parent.name.startswith("discharge_"):
            continue
        frame = deliveries[path.relative_to(shared).as_posix()].reading.tables["discharges"]
        compare(path, frame, code_in="org_code")
        cells = raw(path)
        for sheet in ("Table 2", "Table 3", "Table 4", "Table 5"):
            numbers = sum(isinstance(value, int | float) and column > 3 for (_, column), value in cells[sheet].items())
            assert numbers == int(frame.loc[frame["sheet"] == sheet, "value"].notna().sum()), (path.name, sheet)


def days_of_authorities(cells: dict[tuple[int, int], object]) -> set[tuple[int, int]]:
    """Give the places of the days on a sheet of authorities: beside their names, up to the first total.

    The total itself is one of them on the sheet by responsible organisation: all days are kept once.
    """
    row, name = next(place for place, value in cells.items() if str(value).strip() == "Name")
    last = name + 1
    while str(cells.get((row, last), "Total")).strip().lower() != "total":
        last += 1
    named = {r for r, c in cells if c == name and r > row}
    once = cells.get((row, name + 1)) == "NHS"
    return {(r, c) for r, c in cells if r in named and name < c < last + once}


def test_delayed_transfers_equal_the_workbooks_and_lose_none(
    deliveries: dict[str, Delivery], shared: Path, samples: list[Path]
) -> None:
    for path in samples:
        if path.parent.name != "dtoc_monthly":
            continue
        frame = deliveries[path.relative_to(shared).as_posix()].reading.tables["delays"]
        assert compare(path, frame, column="delayed_days") > 2_000
        for sheet, cells in raw(path).items():
            if sheet.startswith("LA"):
                own = {coordinate_to_tuple(cell) for cell in frame.loc[frame["sheet"] == sheet, "cell"]}
                assert own == days_of_authorities(cells), (path.name, sheet)


def test_oxfordshire_in_figures_read_by_hand(deliveries: dict[str, Delivery]) -> None:
    """A row of sheets 12m_UTLA_GOR and Data_file of 2018-19 quarter 2, and three of the DfE's release of 2025."""
    cover = deliveries["samples/cover_quarterly/2018_2019_Q2.xlsx"].reading.tables["releases"]
    own = cover[(cover["area"] == "Oxfordshire") & (cover["measure"] == "dtap_ipv_hib_12m")].iloc[0]
    assert (own["area_code"], own["region"], own["period"]) == ("E10000025", "South East", "2018-19 Q2")
    assert abs(own["value"] - 100 * own["numerator"] / own["denominator"]) < 0.06
    children = deliveries["samples/benchmark/cla_number_and_rate_per_10k_children.csv"].reading.tables["releases"]
    rows = children[(children["area"] == "Oxfordshire") & (children["period"] == "2025")]
    assert set(rows["calendar"]) == {"reporting"}
    assert set(rows["breakdown"]) == {
        "population_type=Children ceasing to be looked after each year",
        "population_type=Children looked after on 31 March each year",
        "population_type=Children starting to be looked after each year",
    }


def test_no_authority_is_counted_beside_its_successor(deliveries: dict[str, Delivery]) -> None:
    for delivery in deliveries.values():
        frame = delivery.reading.tables.get("releases")
        if frame is not None:
            told = frame[frame["value"].notna()]
            for period, some in told.groupby("period"):
                names = set(some["area"])
                assert not {"Cumbria", "Cumberland"} <= names or period < "2023-24", (delivery.file, period)
                assert not {"Poole", "Bournemouth, Christchurch and Poole"} <= names, (delivery.file, period)
