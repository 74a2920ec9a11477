"""Write exported tables as CSV or Parquet files; each appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.commands.collection import Collection


def write(collection: Collection, target: Path, form: str) -> None:
    """Write the tables of a collection: as one workbook, or as files into the folder ``target``."""
    if form == "xlsx":
        from perfkit.commands import export_workbook

        replace(target, lambda path: path.write_bytes(export_workbook.make(collection)))
        return
    for name, frame in collection.frames.items():
        write_table(frame, target / f"{name}.{form}", form)


def write_table(frame: pd.DataFrame, target: Path, form: str) -> None:
    """Write one table as CSV or Parquet."""
    if form == "csv":
        replace(target, lambda path: frame.to_csv(path, index=False))
    else:
        replace(target, lambda path: frame.to_parquet(path, index=False))


def replace(target: Path, write_to: Callable[[Path], object]) -> None:
    """Have a file written beside its place, then put there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.writing")
    try:
        write_to(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
