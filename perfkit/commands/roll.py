"""``perfkit roll``: prepare a quarter; into a new year, carry the framework forward."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options, template
from perfkit.commands.terminal import DONE, count, say

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.forms.new_year import NewYear

    Tables = Mapping[str, pd.DataFrame]

PAPERS = ("key-points", "finance", "risks", "timetable")
"""What is sent out each quarter besides the returns."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("quarter", metavar="QUARTER", help='such as "2017-18 Q2"')
    parser.add_argument("--drop", action="append", default=[], metavar="ID", help="an indicator to leave out next year")
    template.add_common(parser)


def carry_out(given: argparse.Namespace) -> int:
    """Prepare it; give the exit status."""
    from perfkit.commands import form_files
    from perfkit.model import periods

    quarter = form_files.quarter_of(given.quarter)
    tables = form_files.known(options.store_of(given))
    council = form_files.council_of(tables, given.name, raw=options.raw_of(given))
    folder = given.out or form_files.folder_of(quarter, options.council_of(given))
    year = periods.year_label(quarter)
    if year in form_files.years(tables):
        _within_year(given, tables, quarter=quarter, council=council, folder=folder)
    else:
        _into_year(given, tables, year=year, council=council, folder=folder)
    return DONE


def _within_year(given: argparse.Namespace, tables: Tables, *, quarter: str, council: str, folder: Path) -> None:
    from perfkit.commands import form_files
    from perfkit.model.errors import ParameterError

    if given.drop:
        raise ParameterError("--drop is for a new year: within a year the framework stays as it was loaded.")
    common = {"quarter": quarter, "council": council, "ask": given.ask}
    files = form_files.return_forms(tables, directorate="", **common)
    for kind in PAPERS:
        files |= form_files.paper_forms(kind, tables, **common)
    form_files.save(files, folder, raw=options.raw_of(given), force=given.force)
    say(form_files.written(list(files), folder))
    for line in calendar(tables, quarter):
        say(line)


def calendar(tables: Tables, quarter: str) -> list[str]:
    """Write the dates of a quarter in lines."""
    from perfkit.forms import timetable

    rows = timetable.of_quarter(quarter, known=tables.get("timetable"))
    dated = [f"  {row['when'] + (' *' if row['usual'] else ''):<22}{row['step']}" for row in rows]
    basis = [f"  {timetable.BASIS}"] if any(row["usual"] for row in rows) else []
    return [f"Reporting timetable of {quarter}:", *dated, *basis]


def _into_year(given: argparse.Namespace, tables: Tables, *, year: str, council: str, folder: Path) -> None:
    from perfkit.commands import form_files
    from perfkit.forms import framework, new_year

    new = new_year.carry_forward(tables, year=year, drop=given.drop)
    files = {f"framework-{year}.xlsx": framework.write(new, council=council, ask=given.ask)}
    form_files.save(files, folder, raw=options.raw_of(given), force=given.force)
    say(form_files.written(list(files), folder))
    for line in summary(new):
        say(line)


def summary(new: NewYear) -> list[str]:
    """Say in lines what was carried forward and what is asked."""
    kept = len(new.tables["indicators"])
    dropped = "; ".join(f"{row['ref']} {row['title']} ({row['why']})" for row in new.dropped.to_dict("records"))
    topics = new.questions["topic"].value_counts(sort=False)
    asked = ", ".join(f"{topic} {number}" for topic, number in topics.items())
    number = len(new.questions)
    return [
        f"{count(kept, 'indicator')} carried forward from {new.before}, numbered 1 to {kept}.",
        f"Dropped: {dropped or 'none'}.",
        f"{count(number, 'question')} on the sheet To confirm" + (f": {asked}." if number else "."),
        f'Confirm it, save it as {new.year}/framework.xlsx with the raw data, load it, then: perfkit roll "{new.year} '
        'Q1"',
    ]
