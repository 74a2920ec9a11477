"""What ``template`` and ``roll`` share: what is known of the council, the workbooks to fill in, and where they go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from perfkit import store
from perfkit.commands import placing
from perfkit.commands.terminal import count
from perfkit.forms import carried, key_points, papers, returns, timetable
from perfkit.intake import titles
from perfkit.model import councils, periods, schemas
from perfkit.model.errors import ParameterError

FOLDER = Path("templates")
"""Where workbooks to fill in are written, so that they are never loaded as if they had been received."""
RETURNS, KEY_POINTS = "returns", "key-points"
KINDS = (RETURNS, KEY_POINTS, *papers.KINDS)
_FRAMEWORK = ("indicators", "outcomes", "priorities", "directorates", "leadership_priorities", "targets")

Tables = Mapping[str, pd.DataFrame]
Files = dict[str, bytes]


def known(place: Path) -> dict[str, pd.DataFrame]:
    """Give every table that the store knows. Raises `StoreError` where nothing has been loaded."""
    store.known(root=place)
    names = {name for receipt in store.receipts(root=place) for name in receipt.tables}
    wanted = [name for name in schemas.TABLES if name in names and name not in ("delays", "claims")]
    loaded = {name: store.load(name, root=place) for name in wanted}
    needed = (*_FRAMEWORK, "observations", "assessments")
    return {name: schemas.empty(schemas.TABLES[name]) for name in needed} | loaded


def years(tables: Tables) -> list[str]:
    """List the financial years that a framework is known for, the oldest first."""
    return sorted(tables["indicators"]["financial_year"].unique())


def council_of(tables: Tables, given: str, *, raw: Path) -> str:
    """Give the council's name: as given, else as council.toml beside the raw data has it, else as its returns do."""
    told = councils.read(raw)
    if given and not told and not titles.is_read(given):
        raise ParameterError(
            f'--name "{given}" would not be known again in a title: expected a name that ends with Council, or that of '
            f"an English authority. Any other name may stand in {councils.FILE} of {raw.as_posix()}."
        )
    if given or told:
        return given or (told.name if told else "")
    figures = tables["observations"]
    own = figures[figures["indicator"].isin(tables["indicators"]["indicator"])]
    if own.empty:
        raise ParameterError(
            "No return has been loaded that names the council: give its name with --name, or in council.toml of "
            f"{raw.as_posix()}."
        )
    return str(own.loc[periods.ends(own["report_period"]).idxmax(), "area"])


def folder_of(quarter: str, council: str = "") -> Path:
    """Give the folder that a quarter's workbooks to fill in are written to.

    >>> folder_of("2017-18 Q2").as_posix(), folder_of("2024-25 Q3", "oxford-city").as_posix()
    ('templates/2017-18/Q2', 'templates/oxford-city/2024-25/Q3')
    """
    return FOLDER.joinpath(council, *quarter.split(" "))


def quarter_of(text: str) -> str:
    """Read the quarter given.

    >>> quarter_of("Quarter 2 2017/18")
    '2017-18 Q2'
    """
    return periods.quarter_label(text)


def return_forms(tables: Tables, *, quarter: str, directorate: str, council: str, ask: str) -> Files:
    """Write the return of one directorate, or of every one that reports an indicator that year."""
    year = periods.year_label(quarter)
    _check_framework(tables, year)
    facts, units = tables["indicators"], tables["directorates"]
    reporting = set(facts.loc[facts["financial_year"] == year, "directorate"])
    own = [d for d in units.loc[units["financial_year"] == year, "directorate"] if d in reporting]
    return {
        f"returns/{code}.xlsx": returns.write(tables, quarter=quarter, directorate=code, council=council, ask=ask)
        for code in ([directorate] if directorate else own)
    }


def paper_forms(kind: str, tables: Tables, *, quarter: str, council: str, ask: str, programme: str = "") -> Files:
    """Write the workbook of key points, or of one kind of the papers; of each programme that is known one."""
    own = periods.parse(quarter, expect="quarter")
    year = periods.label(periods.year_of(own))
    if kind == KEY_POINTS:
        _check_framework(tables, year)
        frame = tables["priorities"]
        titles = frame[frame["financial_year"] == year].sort_values("order")["priority"].tolist()
        return {"key_points.xlsx": key_points.write(titles, quarter=quarter, council=council, ask=ask)}
    told = {"period": quarter, "financial_year": year, "as_at": periods.label(periods.months_of(own)[-1])}
    names = [programme] if programme else carried.programmes(kind, tables) or [""]
    return {
        _file(kind, name, len(names)): papers.write(
            kind, council=council, told={**told, "programme": name}, ask=ask,
            rows=_rows(kind, tables, quarter=quarter, programme=name),
        )
        for name in names
    }  # fmt: skip


def _rows(kind: str, tables: Tables, *, quarter: str, programme: str) -> dict[str, list[dict[str, object]]]:
    if kind == "timetable":
        return {"timetable": timetable.of_year(quarter, known=tables.get("timetable"))}
    return carried.rows(kind, tables, quarter=quarter, programme=programme)


def _file(kind: str, programme: str, number: int) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", programme.lower()).strip("-")
    return f"{kind}-{slug}.xlsx" if number > 1 else f"{kind}.xlsx"


def _check_framework(tables: Tables, year: str) -> None:
    if year not in years(tables):
        have = ", ".join(years(tables)) or "none"
        raise ParameterError(
            f"No framework has been loaded for {year} (loaded: {have}). "
            f'Make one from the year before with: perfkit roll "{year} Q1"'
        )


def save(files: Files, folder: Path, *, raw: Path, force: bool) -> None:
    """Write all files or none; one that is there already with other content is replaced only with ``force``.

    Raises `ParameterError` where the folder lies within that of raw data, or a file would be overwritten.
    """
    if folder.resolve().is_relative_to(raw.resolve()):
        raise ParameterError(
            f"{folder.as_posix()} lies in {raw.as_posix()}, where what was received is loaded from: workbooks still "
            "to be filled in would be loaded as returns. Choose another --out."
        )
    there = [name for name, content in files.items() if _differs(folder / name, content)]
    if there and not force:
        some = ", ".join(there[:3]) + (f" and {len(there) - 3} more" if len(there) > 3 else "")
        raise ParameterError(
            f"{folder.as_posix()} already holds {some}, with other content. "
            "Give --force to replace, or another folder with --out."
        )
    placing.replace_all({folder / name: partial(_write, content) for name, content in files.items()})


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _differs(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() != content


def written(files: Sequence[str], folder: Path) -> str:
    """Say what was written."""
    return f"{count(len(files), 'workbook')} written to {folder.as_posix()}: {', '.join(files)}"
