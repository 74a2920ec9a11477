"""``perfkit export``: write tidy tables, or all as a star, as files or into a database."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfkit.commands import options
from perfkit.commands.terminal import DONE, count, say
from perfkit.model.errors import ParameterError


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
    where = database.load(gathered, given.to)
    tables = count(len(gathered.frames), "table")
    say(f"{tables} with {count(gathered.rows, 'row')} written to the database {where}, schema {database.SCHEMA}.")


def _as_files(given: argparse.Namespace, place: Path) -> None:
    from perfkit.commands import collection, export_files, export_workbook

    form = given.format or "csv"
    gathered = collection.gather(given.table, place, as_of=given.as_of)
    target = given.out or Path(f"{given.table}.xlsx" if form == "xlsx" else given.table)
    if form == "xlsx":
        export_workbook.write(gathered, target)
    else:
        export_files.write(gathered, target, form)
    say(f"{count(len(gathered.frames), 'table')} with {count(gathered.rows, 'row')} written to {target}")


def _as_one_file(given: argparse.Namespace, place: Path) -> None:
    from perfkit import store
    from perfkit.commands import export_files

    form = given.format or "csv"
    frame = store.load(given.table, as_of=given.as_of, root=place)
    target = given.out or Path(f"{given.table}.{form}")
    export_files.write_table(frame, target, form)
    say(f"{count(len(frame), 'row')} of {given.table} written to {target}")
