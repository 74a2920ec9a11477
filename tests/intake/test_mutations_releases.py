"""Real releases, damaged on purpose: what loads stands in its cell under its own names, all else ends in an issue.

The oracle is the undamaged reading: each figure of a damaged workbook must be what its cell now holds, and must be of
the area (its row's) and kind (its column's) that stood there before, wherever row and column have moved to since.
"""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl.utils import coordinate_to_tuple

from perfkit.intake import discharge, dtoc, recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import reader
from perfkit.intake.workbooks import releases
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook, cell_name
from perfkit.model.errors import InputError

PACK = "data/raw/2017-18/dtoc"
DELAYS = ["dtoc_monthly/April_11.xls", "dtoc_monthly/July_13.xls", "dtoc_monthly/Aug_16.xls",
          "dtoc_monthly/June_17.xls", "dtoc_monthly/March_18.xls"]  # fmt: skip
OTHERS = ["cover_quarterly/2018_2019_Q2.xlsx", "cover_quarterly/2019_2020_Q3.ods", "discharge_acute/june2022.xlsx"]
IDENTITY = {
    "delays": ["month", "area", "attribution", "setting", "reason"],
    "releases": ["measure", "period", "area_kind", "area", "breakdown"],
    "discharges": ["period", "org_kind", "org_code", "measure", "breakdown"],
}
VALUE = {"delays": "delayed_days", "releases": "value", "discharges": "value"}
Place = tuple[int, int]
Identities = dict[tuple[str, Place], tuple[object, ...]]


def read(book: Workbook) -> Reading:
    if dtoc.recognises(book):
        return dtoc.read(book)
    if discharge.recognises(book):
        return discharge.read(book)
    recipe = reader.recognise(book, recipes.gather())
    assert recipe is not None
    return reader.read(book, recipe)


@dataclass(frozen=True)
class Damage:
    """A sheet after its damage, and where each row's and each column's names stood before."""

    rows: list[list[Value]]
    row_before: Callable[[int], int] = lambda row: row
    column_before: Callable[[int], int] = lambda column: column
    merged: bool = True
    told: bool = True


@dataclass(frozen=True)
class Sound:
    """A whole workbook, the identity of every figure in it, and which of its sheets hold figures."""

    book: Workbook
    identities: Identities
    values: dict[tuple[object, ...], float]
    places: dict[str, list[Place]]


@cache
def sound(path: Path) -> Sound:
    book = releases.read(path)
    reading = read(book)
    assert not reading.stops, [str(issue) for issue in reading.issues if issue.stops]
    identities = {(sheet, place): who for sheet, place, who, _, _ in figures(reading)}
    places: dict[str, list[Place]] = {}
    for sheet, place in identities:
        places.setdefault(sheet, []).append(place)
    return Sound(book, identities, {who: value for _, _, who, value, _ in figures(reading)}, places)


def figures(reading: Reading) -> Iterator[tuple[str, Place, tuple[object, ...], float, object]]:
    for name, frame in reading.tables.items():
        if name in IDENTITY:
            who = zip(*(frame[column].tolist() for column in IDENTITY[name]), strict=True)
            columns = (frame[column].tolist() for column in ("sheet", "cell", VALUE[name], "marker"))
            counted = (
                frame["numerator"].notna() | frame["denominator"].notna()
                if "numerator" in frame
                else [False] * len(frame)
            )
            for key, sheet, cell, value, marker, counts in zip(who, *columns, counted, strict=True):
                row, column = coordinate_to_tuple(cell)
                # Where the sheet of percentages lost one, its counts are still there, and stand in their own cell.
                if not (counts and math.isnan(value)):
                    yield sheet, (row - 1, column - 1), key, value, marker


def swap_figures(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    (r, c), (s, d) = chance.sample(places, 2)
    rows[r][c], rows[s][d] = rows[s][d], rows[r][c]
    return Damage(rows)


def swap_in_a_column(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    r, c = chance.choice(places)
    s, _ = chance.choice([place for place in places if place[1] == c])
    rows[r][c], rows[s][c] = rows[s][c], rows[r][c]
    return Damage(rows)


def change_a_figure(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    r, c = chance.choice(places)
    rows[r][c] = chance.choice([None, "-", "?", "1O", 0.0, -1.0, 1e16, "#REF!", "12 days", 7.5, " "])
    return Damage(rows)


def delete_a_row(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    gone = chance.choice(places)[0]
    return Damage([row for r, row in enumerate(rows) if r != gone], lambda row: row + (row >= gone), merged=False)


def repeat_a_row(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    twice = chance.choice(places)[0]
    rows.insert(twice, list(rows[twice]))
    return Damage(rows, lambda row: row - (row > twice), merged=False)


def exchange_rows(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    one, other = chance.choice(places)[0], chance.choice(places)[0]
    rows[one], rows[other] = rows[other], rows[one]
    return Damage(rows, lambda row: {one: other, other: one}.get(row, row), merged=False)


def shift_columns(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    first = chance.choice([0, chance.choice(places)[1]])
    moved = [[*row[:first], None, *row[first:]] for row in rows]
    return Damage(moved, column_before=lambda column: column - (column > first), merged=False)


def delete_a_column(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    gone = chance.choice(places)[1]
    moved = [[*row[:gone], *row[gone + 1 :]] for row in rows]
    return Damage(moved, column_before=lambda column: column + (column >= gone), merged=False, told=False)


def shift_a_row(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    """Push one row's figures a cell to the right; its names stay."""
    r, c = chance.choice(places)
    rows[r] = [*rows[r][:c], None, *rows[r][c:-1]]
    return Damage(rows)


def rotate_part_of_a_column(rows: list[list[Value]], places: list[Place], chance: random.Random) -> Damage:
    """Move some figures of one column a row down, as a careless paste does."""
    column = chance.choice(places)[1]
    own = sorted(place[0] for place in places if place[1] == column)
    start = chance.randrange(len(own))
    some = own[start : start + 6]
    values = [rows[r][column] for r in some]
    for r, value in zip(some, [*values[-1:], *values[:-1]], strict=True):
        rows[r][column] = value
    return Damage(rows)


DAMAGES = (swap_figures, swap_in_a_column, change_a_figure, delete_a_row, repeat_a_row, exchange_rows, shift_columns,
           delete_a_column, shift_a_row, rotate_part_of_a_column)  # fmt: skip


def damaged(whole: Sound, kind: Callable[..., Damage], chance: random.Random) -> tuple[Workbook, str, Damage]:
    name = chance.choice(sorted(whole.places))
    old = next(sheet for sheet in whole.book.sheets if sheet.name == name)
    done = kind([list(row) for row in old.rows], whole.places[name], chance)
    new = Sheet(old.file, name, done.rows, merged=old.merged if done.merged else {})
    sheets = tuple(new if sheet is old else sheet for sheet in whole.book.sheets)
    return replace(whole.book, sheets=sheets), name, done


def says(cell: Value, value: float, marker: object) -> bool:
    if isinstance(marker, str) and math.isnan(value):
        return isinstance(cell, str) and " ".join(cell.split()) == marker
    if math.isnan(value):
        return cell is None or not str(cell).strip()
    return isinstance(cell, int | float | str) and abs(float(str(cell).replace(",", "")) - value) < 1e-6


def hold(reading: Reading, whole: Sound, book: Workbook, sheet: str, done: Damage) -> None:
    """Hold a reading to what the damaged cells say, and to whom they belong."""
    if reading.stops:
        assert reading.tables == {}
        return
    cells = {one.name: one for one in book.sheets}
    for name, (row, column), who, value, marker in figures(reading):
        assert says(cells[name].at(row, column), value, marker), (name, cell_name(row, column), value)
        before = (done.row_before(row), done.column_before(column)) if name == sheet else (row, column)
        stood = whole.identities.get((name, before), who)
        assert stood == who, (name, cell_name(row, column), stood, who)
        # What stands on two sheets is taken from the other one where the first has lost it.
        if (name, before) not in whole.identities:
            assert value == whole.values[who] or math.isnan(value), (name, cell_name(row, column), who)
    lost = len(whole.identities) - sum(1 for _ in figures(reading))
    # A workbook without a whole column is one of another layout, and right as it is.
    assert lost <= 0 or reading.issues or not done.told, "figures are missing and nothing tells it"


def survey(path: Path, cases: int, seed: str) -> None:
    whole, chance = sound(path), random.Random(seed)
    for number in range(cases):
        kind = DAMAGES[number % len(DAMAGES)]
        book, sheet, done = damaged(whole, kind, chance)
        try:
            hold(read(book), whole, book, sheet, done)
        except AssertionError as error:
            raise AssertionError(f"{path.name}, case {number} ({kind.__name__}), sheet {sheet}: {error}") from error


@pytest.mark.parametrize("name", ["April_16", "December_16", "April_17", "June_17"])
def test_damaged_delays_of_the_pack_are_right_or_told(project: Path, name: str) -> None:
    survey(project / PACK / f"{name}.xls", 40, name)


@pytest.mark.samples
@pytest.mark.parametrize("name", DELAYS)
def test_damaged_delays_as_published_are_right_or_told(shared: Path, name: str) -> None:
    survey(shared / "samples" / name, 40, name)


@pytest.mark.samples
@pytest.mark.parametrize("name", OTHERS)
def test_other_damaged_releases_are_right_or_told(shared: Path, name: str) -> None:
    survey(shared / "samples" / name, 30, name)


def test_the_workbooks_survive_when_nothing_is_damaged(project: Path) -> None:
    whole = sound(project / PACK / "June_17.xls")
    hold(read(whole.book), whole, whole.book, "", Damage([]))


def test_an_oracle_that_sees_a_wrong_figure(project: Path) -> None:
    whole = sound(project / PACK / "June_17.xls")
    reading = read(whole.book)
    delays = reading.tables["delays"]
    wrong = delays.assign(area=delays["area"].replace("Oxfordshire", "Kent"))
    with pytest.raises(AssertionError, match="Kent"):
        hold(Reading({"delays": wrong}, ()), whole, whole.book, "", Damage([]))


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 4])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed[: chance.choice([len(changed), len(changed), chance.randrange(len(changed))])])


def flips(path: Path, folder: Path, cases: int) -> None:
    """Flip bits of a file: it is refused, or each figure is what another part of the file still says it is."""
    whole, chance, content = sound(path), random.Random(path.name), path.read_bytes()
    for number in range(cases):
        place = folder / path.name
        place.write_bytes(flipped(content, chance))
        with contextlib.suppress(InputError):
            book = releases.read(place)
            if dtoc.recognises(book) or discharge.recognises(book):
                reading = read(book)
                same = [one.rows for one in book.sheets] == [one.rows for one in whole.book.sheets]
                assert reading.stops or same or only_labels_differ(reading, whole, book), (path.name, number)


def only_labels_differ(reading: Reading, whole: Sound, book: Workbook) -> bool:
    """Say whether every figure is still of its area and kind, in its cell; titles and notes may have suffered."""
    cells = {one.name: one for one in book.sheets}
    return all(
        says(cells[name].at(*place), value, marker) and whole.identities.get((name, place)) in (who, None)
        for name, place, who, value, marker in figures(reading)
    )


def test_flipped_bytes_of_the_pack(project: Path, tmp_path: Path) -> None:
    flips(project / PACK / "May_17.xls", tmp_path, 40)


@pytest.mark.samples
@pytest.mark.parametrize("name", ["dtoc_monthly/Dec_16.xls", "discharge_acute/april2022.xlsx"])
def test_flipped_bytes_of_published_workbooks(shared: Path, tmp_path: Path, name: str) -> None:
    flips(shared / "samples" / name, tmp_path, 20)
