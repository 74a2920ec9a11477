"""The command line: ``perfkit check``, ``load``, ``run``, ``export``, ``status``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import perfkit
from perfkit.model.errors import InputError, Issue, ParameterError, PerfkitError

if TYPE_CHECKING:
    import datetime as dt

    from perfkit.intake.folder import Delivery
    from perfkit.run.manifest import Input, Manifest, Page
    from perfkit.store import Receipt

DONE, FAILED, MISUSED, BAD_INPUT = 0, 1, 2, 3
EXIT_CODES = "exit status: 0 all is well, 1 some reports failed, 2 the command cannot be carried out, 3 bad input"
RAW = Path("data") / "raw"


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; give its exit status."""
    options = parser().parse_args(arguments)
    action: Callable[[argparse.Namespace], int] = options.action
    try:
        return action(options)
    except InputError as error:
        _show_issues(error.issues)
        return BAD_INPUT
    except PerfkitError as error:
        _complain(str(error))
        return MISUSED
    except OSError as error:
        _complain(f"{error.filename or 'A file'}: {error.strerror or error}.")
        return MISUSED
    except KeyboardInterrupt:
        _complain("Stopped. Nothing was published.")
        return FAILED


def parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    whole = argparse.ArgumentParser(prog="perfkit", description=perfkit.__doc__.splitlines()[0], epilog=EXIT_CODES)
    whole.add_argument("--version", action="version", version=f"perfkit {perfkit.__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_run(commands)
    _add_load(commands)
    _add_check(commands)
    _add_export(commands)
    _add_status(commands)
    return whole


def command_names() -> list[str]:
    """List the commands.

    >>> command_names()[:2]
    ['run', 'load']
    """
    action = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return list(action.choices)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    words: str,
    action: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".", epilog=EXIT_CODES)
    command.add_argument("--store", type=Path, metavar="FOLDER", help="the store (default: data/processed)")
    command.set_defaults(action=action)
    return command


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "run", "load the raw data and make the reports of a quarter", _run)
    command.add_argument("quarter", metavar="QUARTER", help='such as "2017-18 Q1"')
    command.add_argument(
        "--raw", type=Path, default=None, metavar="FOLDER", help="folder of raw data (default: data/raw)"
    )
    command.add_argument(
        "--out",
        type=Path,
        default=Path("reports"),
        metavar="FOLDER",
        help="where sets of reports go (default: reports)",
    )
    command.add_argument(
        "--notebooks",
        type=Path,
        default=Path("notebooks"),
        metavar="FOLDER",
        help="folder of notebooks (default: notebooks)",
    )
    command.add_argument("--only", metavar="NOTEBOOK", help="make one report alone, such as scorecard")
    command.add_argument("--directorate", metavar="CODE", help="make one directorate's scorecard alone, such as SCS")
    command.add_argument(
        "--as-of", default="", metavar="DAY", help="use what was known by that day, such as 2017-10-31"
    )
    command.add_argument("--workers", type=int, default=2, metavar="N", help="pages made at the same time (default: 2)")


def _add_load(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "load", "check workbooks and keep what they say", _load)
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="workbooks, or folders of them")
    command.add_argument("--received", metavar="DAY", help="the day they were received (default: today)")


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "check", "show every issue of workbooks; keep nothing", _check)
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="workbooks, or folders of them")


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "export", "write a tidy table", _export)
    command.add_argument("table", metavar="TABLE", help="such as observations")
    command.add_argument("--format", choices=("csv", "parquet"), default="csv", help="default: csv")
    command.add_argument("--as-of", default="", metavar="DAY", help="what was known by that day")
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="the file to write (default: TABLE.csv or TABLE.parquet)"
    )


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "status", "say what is loaded and what reports there are", _status)
    command.add_argument(
        "--out",
        type=Path,
        default=Path("reports"),
        metavar="FOLDER",
        help="where sets of reports are (default: reports)",
    )


def _run(options: argparse.Namespace) -> int:
    from perfkit import store
    from perfkit.model import periods
    from perfkit.run import jobs, sets

    quarter = periods.label(periods.parse(options.quarter, expect="quarter"))
    place = _store(options)
    _check_names(options)
    delivered = _receive(_raw(options), place, base=options.raw or RAW)
    if any(issue.stops for issue in delivered):
        _say("No report was made. The last good reports stay as they are.")
        return BAD_INPUT
    places = sets.Places(options.notebooks.absolute(), options.out.absolute(), place)
    plan = jobs.plan(
        quarter,
        directorates=_directorates(quarter, place, options.as_of),
        only=options.only,
        directorate=options.directorate,
        as_of=options.as_of,
    )
    _check_quarter(quarter, place, options.as_of)
    inputs = _inputs(store.receipts(root=place, as_of=options.as_of))
    record = sets.make(
        plan,
        quarter=quarter,
        places=places,
        inputs=inputs,
        organisation=_organisation(place, options.as_of),
        workers=options.workers,
        progress=_show_progress,
    )
    return _conclude(record, places.out)


def _check_names(options: argparse.Namespace) -> None:
    from perfkit.run import jobs

    if options.workers < 1:
        raise ParameterError(f"--workers {options.workers}: expected 1 or more.")
    if options.only is not None:
        jobs.plan("2017-18 Q1", directorates={}, only=options.only)


def _raw(options: argparse.Namespace) -> list[Path]:
    if options.raw is None:
        return [RAW] if RAW.is_dir() else []
    return [options.raw]


def _directorates(quarter: str, place: Path, as_of: str) -> dict[str, str]:
    from perfkit import store
    from perfkit.model import periods

    table = store.load("directorates", root=place, as_of=as_of)
    year = periods.label(periods.year_of(periods.parse(quarter)))
    table = table[table["financial_year"] == year].sort_values("order")
    return dict(zip(table["directorate"], table["name"], strict=True))


def _organisation(place: Path, as_of: str) -> str:
    from perfkit import store

    return ", ".join(sorted(store.load("observations", root=place, as_of=as_of)["area"].unique()))


def _check_quarter(quarter: str, place: Path, as_of: str) -> None:
    from perfkit import store

    known = store.quarters(root=place, as_of=as_of)
    if quarter not in known:
        there = f"There are returns for {', '.join(known)}." if known else "No return has been loaded at all."
        raise ParameterError(f"No return for {quarter} has been loaded. {there}")


def _inputs(receipts: Sequence[Receipt]) -> list[Input]:
    from perfkit.run.manifest import Input

    return [Input(r.file, r.vintage, r.sha256, r.received) for r in receipts]


def _conclude(record: Manifest, out: Path) -> int:
    from perfkit.run import publication

    failed = [page for page in record.pages if page.status == "failed"]
    index = out / publication.folder_name(record.quarter) / "index.html"
    _say(f"{_count(len(record.pages) - len(failed), 'report')} ready, {len(failed)} failed: {index}")
    return FAILED if failed else DONE


def _load(options: argparse.Namespace) -> int:
    issues = _receive(options.paths, _store(options), base=RAW, received=_day(options.received))
    return BAD_INPUT if any(issue.stops for issue in issues) else DONE


def _check(options: argparse.Namespace) -> int:
    deliveries = _read(options.paths, _store(options), base=RAW, again=True)
    issues = [issue for delivery in deliveries for issue in delivery.reading.issues]
    _show_issues(issues)
    stopping = sum(issue.stops for issue in issues)
    found = f"{_count(stopping, 'error')}, {_count(len(issues) - stopping, 'warning')}"
    _say(f"{_count(len(deliveries), 'file')} checked: {found}.")
    return BAD_INPUT if stopping else DONE


def _receive(paths: Sequence[Path], place: Path, *, base: Path, received: dt.date | None = None) -> list[Issue]:
    from perfkit import store

    deliveries = _read(paths, place, base=base, again=False)
    issues = [issue for delivery in deliveries for issue in delivery.reading.issues]
    _show_issues(issues)
    good = [d for d in deliveries if d.reading.tables and not d.reading.stops]
    for delivery in good:
        store.save(
            delivery.reading.tables,
            file=delivery.file,
            content=delivery.content,
            received=received or delivery.received,
            warnings=[str(issue) for issue in delivery.reading.issues],
            root=place,
        )
    refused = sum(d.reading.stops for d in deliveries)
    unchanged = sum(d.unchanged for d in deliveries)
    _say(f"{_count(len(good), 'file')} loaded, {unchanged} unchanged, {refused} refused.")
    return issues


def _read(paths: Sequence[Path], place: Path, *, base: Path, again: bool) -> list[Delivery]:
    from perfkit import store
    from perfkit.intake import folder

    def known(file: str, content: bytes) -> bool:
        return not again and store.is_known(file, content, root=place)

    tables = {}
    if store.history(root=place):
        tables = {name: store.load(name, root=place) for name in folder.KNOWN}
    return folder.read(paths, base=base if base.is_dir() else None, known=tables, is_known=known)


def _export(options: argparse.Namespace) -> int:
    from perfkit import store

    frame = store.load(options.table, as_of=options.as_of, root=_store(options))
    target = options.out or Path(f"{options.table}.{options.format}")
    if options.format == "csv":
        frame.to_csv(target, index=False)
    else:
        frame.to_parquet(target, index=False)
    _say(f"{_count(len(frame), 'row')} of {options.table} written to {target}")
    return DONE


def _status(options: argparse.Namespace) -> int:
    from perfkit import store
    from perfkit.run import manifest

    receipts = store.receipts(root=_store(options))
    rows: dict[str, int] = {}
    for receipt in receipts:
        for table, count in receipt.tables.items():
            rows[table] = rows.get(table, 0) + count
    quarters = ", ".join(store.quarters(root=_store(options))) or "none"
    _say(f"{_count(len(receipts), 'file')} loaded; returns for: {quarters}")
    for table, count in sorted(rows.items()):
        _say(f"  {table:<24}{count:>10,} rows")
    for folder in sorted(path for path in options.out.glob("[!.]*") if path.is_dir()):
        record = manifest.read(folder)
        if record:
            failed = sum(page.status == "failed" for page in record.pages)
            pages = _count(len(record.pages), "report")
            _say(f"{record.quarter}: {pages}, {failed} failed, made {record.made_at[:10]}: {folder}")
    return DONE


def _store(options: argparse.Namespace) -> Path:
    from perfkit import store

    return options.store.absolute() if options.store else store.locate()


def _day(text: str | None) -> dt.date | None:
    import datetime

    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f'--received "{text}" is not a day: expected one such as 2017-07-21.') from None


def _show_issues(issues: Sequence[Issue]) -> None:
    file = ""
    for issue in sorted(issues):
        if issue.where.file != file:
            file = issue.where.file
            _complain(f"{file}:")
        _complain(f"  {issue.severity}: {issue}")


def _show_progress(page: Page, done: int, total: int) -> None:
    words = f"[{done}/{total}] {page.title}: {page.status}" + (f": {page.cause}" if page.cause else "")
    _say(words)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _say(text: str) -> None:
    print(text, flush=True)


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
