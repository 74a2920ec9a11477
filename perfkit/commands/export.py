"""``perfkit export``: write tidy tables, or all as a star, as files or into a database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options
from perfkit.commands.terminal import DONE, count, say
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    from perfkit.commands.collection import Collection


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options.add_council(parser)
    parser.add_argument("table", metavar="TABLE", help="such as observations; all; or star: dimensions and facts")
    parser.add_argument("--format", choices=("csv", "parquet", "xlsx"), help="default: csv")
    parser.add_argument("--to", metavar="ADDRESS", help="a database, such as postgresql://user@host/name")
    parser.add_argument("--as-of", default="", metavar="DAY", help="what was known by that day")
    parser.add_argument(
        "--out", type=options.path, metavar="FILE", help="file, or folder of several (default: by name, here)"
    )


def carry_out(given: argparse.Namespace) -> int:
    """Export; give the exit status."""
    place = options.store_of(given)
    if given.to is not None:
        _into_database(given, place)
    elif given.table in ("all", "star") or given.format == "xlsx":
        _as_files(given, place)
    else:
        _as_one_file(given, place)
    return DONE


def _into_database(given: argparse.Namespace, place: Path) -> None:
    from perfkit.commands import collection, database

    if given.format or given.out:
        raise ParameterError("--to writes into a database: leave out --format and --out.")
    gathered = collection.gather(given.table, place, as_of=given.as_of)
    written, where = database.load(gathered, given.to)
    say(f"{_size(written)} written to the database {where}, schema {database.SCHEMA}.")


def _as_files(given: argparse.Namespace, place: Path) -> None:
    from perfkit.commands import collection, export_files, export_workbook

    form = given.format or "csv"
    gathered = collection.gather(given.table, place, as_of=given.as_of)
    target = given.out or Path(f"{given.table}.xlsx" if form == "xlsx" else given.table)
    as_workbook = form == "xlsx"
    written = export_workbook.write(gathered, target) if as_workbook else export_files.write(gathered, target, form)
    say(f"{_size(written)} written to {target}")


def _size(written: Collection) -> str:
    return f"{count(len(written.frames), 'table')} with {count(written.rows, 'row')}"


def _as_one_file(given: argparse.Namespace, place: Path) -> None:
    from perfkit import store
    from perfkit.commands import export_files

    form = given.format or "csv"
    frame = store.load(given.table, as_of=given.as_of, root=place)
    target = given.out or Path(f"{given.table}.{form}")
    export_files.write_table(frame, target, form)
    say(f"{count(len(frame), 'row')} of {given.table} written to {target}")
