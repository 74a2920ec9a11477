"""Monthly delayed-transfers workbooks, whole and damaged: right figures or an issue, never a wrong figure."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from perfkit.intake import dtoc
from perfkit.intake.workbooks import releases
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.model.errors import InputError

OXFORDSHIRE = "Oxfordshire"

PACK = "data/raw/2017-18/dtoc"


def figures_by_place(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    columns = ["month", "attribution", "setting", "reason", "cell", "calendar_days", "delayed_days"]
    return sorted(tuple(row) for row in frame[columns].where(frame[columns].notna(), "none").to_numpy().tolist())


def test_the_pack_loads_without_an_issue(project: Path) -> None:
    readings = [dtoc.read(releases.read(path)) for path in sorted((project / PACK).glob("*.xls"))]
    assert [issue for reading in readings for issue in reading.issues] == []
    frame = pd.concat([reading.tables["delays"] for reading in readings])
    assert frame["month"].nunique() == 15
    assert set(frame["status"]) == {"illustrative"}
    names = frame.loc[frame["area_kind"] == "authority", "area"].unique()
    assert len(names) == 151
    assert [name for name in names if not re.fullmatch(r"Illustrative authority \d{3}", name)] == [OXFORDSHIRE]


def test_the_script_builds_the_pack_byte_for_byte(project: Path, tmp_path: Path) -> None:
    script = str(project / "scripts" / "build_dtoc.py")
    subprocess.run([sys.executable, script, str(tmp_path)], check=True, cwd=project)
    built = {path.name: path.read_bytes() for path in tmp_path.glob("*.xls")}
    assert built == {path.name: path.read_bytes() for path in (project / PACK).glob("*.xls")}


def test_the_pack_holds_the_three_published_figures(project: Path) -> None:
    frames = [dtoc.read(releases.read(path)).tables["delays"] for path in (project / PACK).glob("*_1[67].xls")]
    rows = pd.concat(frames)
    rows = rows[(rows["area"] == OXFORDSHIRE) & (rows["setting"] == "all") & (rows["reason"] == "all")]
    march = rows[rows["month"] == "2017-03"].set_index("attribution")["delayed_days"]
    assert (march["social care"], march["both"]) == (859, 2062)
    year = rows[(rows["attribution"] == "all") & (rows["month"] >= "2016-04") & (rows["month"] <= "2017-03")]
    assert year["delayed_days"].sum() == 52_236


def changed(book: Workbook, sheet: str, edit: Callable[[list[list[Value]]], object]) -> Workbook:
    copies = []
    for one in book.sheets:
        rows = [list(row) for row in one.rows] if one.name == sheet else one.rows
        if one.name == sheet:
            edit(rows)
        copies.append(Sheet(one.file, one.name, rows))
    return Workbook(book.file, tuple(copies))


def swap(rows: list[list[Value]], one: tuple[int, int], other: tuple[int, int]) -> None:
    (r, c), (s, d) = one, other
    rows[r][c], rows[s][d] = rows[s][d], rows[r][c]


@pytest.mark.parametrize("name", ["March_17.xls", "June_17.xls"])
def test_cells_that_change_places_are_noticed_or_harmless(project: Path, name: str) -> None:
    book = releases.read(project / PACK / name)
    right, chance = dtoc.read(book).tables["delays"], random.Random(name)
    refused = 0
    for _ in range(60):
        sheet = chance.choice(book.sheets)
        filled = [(r, c) for r, c, _ in sheet.cells()]
        one, other = chance.sample(filled, 2)
        damaged = changed(book, sheet.name, lambda rows, one=one, other=other: swap(rows, one, other))
        refused += refused_or_right(damaged, right)
    assert refused > 40


@pytest.mark.parametrize("name", ["March_17.xls", "June_17.xls"])
def test_rows_that_go_missing_are_noticed_or_harmless(project: Path, name: str) -> None:
    book = releases.read(project / PACK / name)
    right, chance = dtoc.read(book).tables["delays"], random.Random(name)
    refused = 0
    for _ in range(60):
        sheet = chance.choice(book.sheets)
        row = chance.randrange(len(sheet.rows))
        refused += refused_or_right(changed(book, sheet.name, lambda rows, row=row: rows.pop(row)), right, cells=False)
    assert refused > 40


def refused_or_right(book: Workbook, right: pd.DataFrame, *, cells: bool = True) -> bool:
    reading = dtoc.read(book)
    if not reading.tables:
        assert any(issue.stops for issue in reading.issues)
        return True
    left_out = ["vintage"] if cells else ["vintage", "cell"]
    if not reading.issues:
        pd.testing.assert_frame_equal(reading.tables["delays"].drop(columns=left_out), right.drop(columns=left_out))
    return False


@pytest.mark.parametrize("name", ["March_17.xls", "June_17.xls"])
def test_flipped_bytes_never_end_in_a_wrong_figure(project: Path, tmp_path: Path, name: str) -> None:
    content, chance = (project / PACK / name).read_bytes(), random.Random(name)
    right = figures_by_place(dtoc.read(releases.read(project / PACK / name)).tables["delays"])
    for _ in range(120):
        damaged = bytearray(content)
        for place in chance.sample(range(len(damaged)), chance.choice((1, 3, 40))):
            damaged[place] ^= 1 << chance.randrange(8)
        path = tmp_path / name
        path.write_bytes(damaged)
        frame = attempt(path)
        assert frame is None or figures_by_place(frame) == right


def attempt(path: Path) -> pd.DataFrame | None:
    """Load a file as a delivery does; None where it is not recognised, refused, or loaded with a warning."""
    try:
        book = releases.read(path)
    except InputError:
        return None
    reading = dtoc.read(book) if dtoc.recognises(book) else None
    if reading is None or reading.issues:
        return None
    return reading.tables["delays"]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.97])
def test_a_file_that_is_cut_short_is_refused_or_right(project: Path, tmp_path: Path, share: float) -> None:
    content = (project / PACK / "June_17.xls").read_bytes()
    right = figures_by_place(dtoc.read(releases.read(project / PACK / "June_17.xls")).tables["delays"])
    path = tmp_path / "June_17.xls"
    path.write_bytes(content[: int(len(content) * share)])
    frame = attempt(path)
    assert frame is None or figures_by_place(frame) == right


@pytest.mark.samples
def test_oxfordshire_and_england_equal_the_cells_of_every_sample(shared: Path) -> None:
    paths = sorted((shared / "samples" / "dtoc_monthly").glob("*.xls"))
    assert len(paths) == 42
    for path in paths:
        reading = dtoc.read(releases.read(path))
        assert reading.issues == ()
        frame = reading.tables["delays"]
        independent = by_hand(path)
        rows = frame[frame["area"].isin([OXFORDSHIRE, "England"])]
        keys = list(zip(rows["area"], rows["attribution"], rows["setting"], rows["reason"], strict=True))
        ours = dict(zip(keys, rows["delayed_days"], strict=True))
        assert {key: ours[key] for key in independent} == independent
        assert all(key[0] == "England" and "all" not in key[1:3] for key in ours.keys() - independent.keys())


def by_hand(path: Path) -> dict[tuple[str, str, str, str], float]:
    """Read the authorities' sheets at the columns that each layout is known to have, with no help from perfkit."""
    book, found = CalamineWorkbook.from_path(path), {}
    names = {name.lower(): name for name in book.sheet_names}
    first = 4 if path.stem.endswith(("_11", "_12")) else 5
    letters = ["A", "B", "C", "Di", "Dii", "E", "F", "G", "H", "I"]
    month, year = path.stem.split("_")
    if year == "18" or (year == "17" and month not in ("Jan", "Feb", "March")):
        letters.append("O")
    for name, words in {
        "la - by type of care": [("all", "acute", "all"), ("all", "non-acute", "all")],
        "la - by responsible org": [("NHS", "all", "all"), ("social care", "all", "all"), ("both", "all", "all")],
        "la - by reason": [("all", "all", letter) for letter in letters],
    }.items():
        rows = book.get_sheet_by_name(names[name]).to_python(skip_empty_area=False)
        for row in rows[14:]:
            if row[first - 1] in (OXFORDSHIRE, "England"):
                for place, key in enumerate([*words, ("all", "all", "all")]):
                    found[(str(row[first - 1]), *key)] = float(row[first + place])
    return found


@pytest.mark.samples
def test_the_known_answers_from_the_samples(shared: Path) -> None:
    folder = shared / "samples" / "dtoc_monthly"
    year = ["April_16", "May_16", "June_16", "July_16", "Aug_16", "Sept_16", "Oct_16", "Nov_16", "Dec_16", "Jan_17",
            "Feb_17", "March_17"]  # fmt: skip
    rows = pd.concat([dtoc.read(releases.read(folder / f"{name}.xls")).tables["delays"] for name in year])
    march = rows[(rows["month"] == "2017-03") & (rows["area"] == OXFORDSHIRE)].set_index(
        ["attribution", "setting", "reason"]
    )
    assert march.loc[("social care", "all", "all"), "delayed_days"] == 859
    assert march.loc[("both", "all", "all"), "delayed_days"] == 2062
    assert round(859 / march["calendar_days"].iloc[0], 1) == 27.7
    assert round(2062 / march["calendar_days"].iloc[0], 1) == 66.5
    total = rows[(rows[["attribution", "setting", "reason"]] == "all").all(axis=1) & (rows["area_kind"] == "authority")]
    by_area = total.groupby("area")["delayed_days"].sum()
    assert by_area[OXFORDSHIRE] == 52_236
    assert (len(by_area), round(by_area.mean(), 1)) == (151, 14_870.7)
    assert set(total["status"]) == {"revised"}
