"""How one table of one vintage lies on disk: a small one in one file, a large one cut so that a part is read alone.

A table of fewer than `LARGE` rows is ``<table>.parquet``, which may hold the rows of several files one after another. A
larger one is the folder ``<table>`` with one file for each period and, where its rows are about indicators of several
directorates, for each of those; ``pieces.json`` says which rows lie where. It holds what was in the frame, so that a
question is answered rightly whoever was known to report an indicator when the file came; who that was only decides how
many files are opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from perfkit.keeping import columnar
from perfkit.keeping.wanted import Wanted
from perfkit.model import schemas

LARGE = 250_000
"""Rows from which a table is cut."""
MOST = 400
"""Files into which a table is cut at most; one of more periods stays whole."""
INDEX = "pieces.json"
PART = "_part"
"""The column of rows read that says of which part they are."""
_FEW = 10_000
"""Rows up to which threads take longer to start than to read."""
_TIMES = ("period", "month", "as_at", "financial_year")
_SUBJECTS = ("directorate", "indicator", "subject", "outcome")


@dataclass(frozen=True)
class Piece:
    """One file of a table: the period of its rows, and the number of the group of subjects that they are about."""

    time: str
    group: int
    file: str


@dataclass(frozen=True)
class Part:
    """Some of a table's rows: the number by which they are known, the first of them and how many; None for all."""

    number: int
    start: int = 0
    rows: int | None = None


@dataclass(frozen=True)
class Index:
    """What lies where: the columns that the table was cut by, the subjects of each group, and the pieces."""

    time: str
    subject: str
    groups: tuple[tuple[str, ...], ...]
    pieces: tuple[Piece, ...]


def times(frame: pd.DataFrame, table: schemas.Table) -> list[str]:
    """List the periods that a frame tells of, as text, in order of appearance; none where that cannot be listed.

    >>> times(pd.DataFrame({"indicator": ["a", "b"], "period": "2017-18 Q1"}), schemas.OBSERVATIONS)
    ['2017-18 Q1']
    """
    column = time_of(table)
    return listed(frame[column]) if column else []


def listed(column: pd.Series[Any]) -> list[str]:
    """List a column's periods as text, in order of appearance; none where some are missing or there are too many."""
    if column.isna().any():
        return []
    found = [str(value) for value in column.unique()]
    return found if len(found) <= MOST else []


def time_of(table: schemas.Table) -> str:
    """Name the column of the key that holds a table's period; empty where it has none.

    >>> time_of(schemas.OBSERVATIONS), time_of(schemas.DELAYS), time_of(schemas.OUTCOMES)
    ('period', 'month', 'financial_year')
    """
    return next((name for name in _TIMES if name in table.key), "")


def write(frame: pd.DataFrame, folder: Path, table: schemas.Table, *, directorates: Mapping[str, str]) -> None:
    """Write a table below a vintage's folder; ``directorates`` says who is known to report each indicator."""
    found = times(frame, table)
    if len(frame) < LARGE or not found:
        _put(frame, folder / f"{table.name}.parquet", table)
        return
    place = folder / table.name
    place.mkdir()
    subject = next((name for name in _SUBJECTS if name in table.key), "")
    group, groups = _grouped(frame, subject, directorates)
    if len(found) * len(groups) > MOST:
        group, groups = pd.Series(0, index=frame.index), ((),)
    told: list[tuple[str, int, str]] = []
    for number, rows in enumerate(_cut(frame[time_of(table)], group)):
        label, which = frame[time_of(table)].iloc[rows[0]], group.iloc[rows[0]]
        told.append((str(label), int(which), f"{number:04d}.parquet"))
        _put(frame.take(rows), place / told[-1][2], table)
    index = {"time": time_of(table), "subject": subject if any(groups) else "", "groups": groups, "pieces": told}
    (place / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")


def _cut(times: pd.Series[Any], group: pd.Series[int]) -> list[npt.NDArray[Any]]:
    """Give the rows of each period and group, in order of appearance; to group the frame would copy it whole."""
    numbers, _ = pd.factorize(pd.factorize(times)[0] * (int(group.max()) + 1) + group.to_numpy())
    rows = np.argsort(numbers, kind="stable")
    return np.split(rows, np.cumsum(np.bincount(numbers))[:-1])


def _put(frame: pd.DataFrame, path: Path, table: schemas.Table) -> None:
    pq.write_table(columnar.of_frame(frame, table), path, write_page_checksum=True)


def _grouped(
    frame: pd.DataFrame, subject: str, directorates: Mapping[str, str]
) -> tuple[pd.Series[int], tuple[tuple[str, ...], ...]]:
    """Number each row's directorate, and list the subjects of each number."""
    if not subject or frame[subject].isna().any():
        return pd.Series(0, index=frame.index), ((),)
    names = frame[subject].unique()
    owner = [str(name) if subject == "directorate" else directorates.get(str(name), "") for name in names]
    number, _ = pd.factorize(pd.Series(owner, dtype="object"))
    held = pd.Series(names, dtype="object").groupby(number).agg(tuple)
    return frame[subject].map(dict(zip(names, number, strict=True))), tuple(held)


def read(folder: Path, table: schemas.Table, parts: Sequence[Part], wanted: Wanted) -> Any:
    """Read those rows of a table's parts that are wanted.

    They are given as Arrow columns, as declared, and `PART` with the number of the part. Files that hold no such row
    are not opened. Raises `OSError`, `ValueError` or `KeyError` where the table cannot be read.
    """
    alone = len(parts) == 1 and parts[0].rows is None
    paths = _paths(folder, table, wanted)
    # To choose before rows are numbered spares the numbers of those that are left out.
    read_in = [_kept(_opened(path), wanted) if alone else _opened(path) for path in paths]
    rows = columnar.as_declared(read_in[0] if len(read_in) == 1 else pa.concat_tables(read_in), table)
    if alone:
        return rows.append_column(PART, pa.repeat(pa.scalar(parts[0].number, pa.int32()), rows.num_rows))
    return _kept(_numbered(rows, parts), wanted)


def _paths(folder: Path, table: schemas.Table, wanted: Wanted) -> list[Path]:
    """List the files of a table that may hold such rows; one at least, which tells the columns."""
    place = folder / table.name
    if not (place / INDEX).is_file():
        return [folder / f"{table.name}.parquet"]
    index = _index(place / INDEX, (place / INDEX).stat().st_mtime_ns)
    paths = [place / piece.file for piece in index.pieces if _may_hold(index, piece, wanted)]
    return paths or [place / index.pieces[0].file]


def _opened(path: Path) -> Any:
    file = pq.ParquetFile(path, page_checksum_verification=True)
    return file.read(use_threads=file.metadata.num_rows > _FEW)


def _numbered(rows: Any, parts: Sequence[Part]) -> Any:
    """Give the rows of some parts, in their order, each with its part's number."""
    sizes = [rows.num_rows if part.rows is None else part.rows for part in parts]
    if max(part.start + size for part, size in zip(parts, sizes, strict=True)) > rows.num_rows:
        raise ValueError(f"there are but {rows.num_rows} rows")
    wanted = np.concatenate([np.arange(part.start, part.start + size) for part, size in zip(parts, sizes, strict=True)])
    if not np.array_equal(wanted, np.arange(rows.num_rows)):
        rows = rows.take(pa.array(wanted))
    numbers = np.repeat(np.array([part.number for part in parts], dtype="int32"), sizes)
    return rows.append_column(PART, pa.array(numbers))


@lru_cache(maxsize=64)
def _index(path: Path, changed: int) -> Index:
    del changed  # a part of what the cache goes by
    said = json.loads(path.read_text(encoding="utf-8"))
    groups = tuple(tuple(names) for names in said["groups"])
    return Index(said["time"], said["subject"], groups, tuple(Piece(*each) for each in said["pieces"]))


def _may_hold(index: Index, piece: Piece, wanted: Wanted) -> bool:
    if index.time in wanted.only and piece.time not in {str(value) for value in wanted.only[index.time]}:
        return False
    names = set(index.groups[piece.group]) if index.subject else set()
    if not names:
        return True
    asked = names & set(wanted.only.get(index.subject, names))
    return bool(asked - set(wanted.without.get(index.subject, ())))


def _kept(rows: Any, wanted: Wanted) -> Any:
    """Keep the rows that are wanted; where all are, the rows are given as they are."""
    for asked, keep in ((wanted.only, True), (wanted.without, False)):
        for name, values in asked.items():
            held = pc.is_in(rows[name], value_set=_values(values, rows[name].type))
            if not pc.all(held if keep else pc.invert(held)).as_py():
                rows = rows.filter(held if keep else pc.invert(held))
    return rows


def _values(values: Iterable[Any], kind: Any) -> Any:
    plain = [value.to_timestamp() if isinstance(value, pd.Period) else value for value in values]
    return pa.array(plain, type=kind)
