"""``perfkit run``: load the raw data and make the reports of a quarter."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfkit.commands import options, progress
from perfkit.commands.terminal import BAD_INPUT, DONE, FAILED, complain, say
from perfkit.model.errors import InputError, ParameterError, PerfkitError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from perfkit.run.manifest import Manifest
    from perfkit.run.report import Summary
    from perfkit.run.sets import Known
    from perfkit.run.takeaways import Wanted

_STATUS = {"made": DONE, "nothing to do": DONE, "failed": FAILED, "bad input": BAD_INPUT}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("quarter", nargs="?", default="", metavar="QUARTER", help='such as "2017-18 Q1"')
    parser.add_argument("--latest", action="store_true", help="take the newest quarter that has a return")
    parser.add_argument("--raw", type=options.path, metavar="FOLDER", help="folder of raw data (default: data/raw)")
    parser.add_argument("--out", type=options.path, metavar="FOLDER", help="where the reports go (default: reports)")
    options.add_council(parser)
    parser.add_argument(
        "--notebooks", type=options.path, default=options.NOTEBOOKS, metavar="FOLDER", help="default: notebooks"
    )
    parser.add_argument("--only", metavar="NOTEBOOK", help="make one report alone, such as scorecard")
    parser.add_argument("--directorate", metavar="CODE", help="make one directorate's scorecard alone, such as SCS")
    parser.add_argument(
        "-p",
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the report named by --only; REPORT.NAME=VALUE sets it for a report of the set",
    )
    parser.add_argument("--as-of", default="", metavar="DAY", help="use what was known by that day, such as 2017-10-31")
    parser.add_argument(
        "--no-take-aways", action="store_true", help="leave out the workbook and CSV files beside each page"
    )
    parser.add_argument("--pdf", action="store_true", help="print each page as a tagged PDF too, with Chromium or Edge")
    _add_means(parser)
    parser.set_defaults(stopped="Stopped. Nothing was published.")


def _add_means(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", type=int, metavar="N", help="pages made at once (default: as many as cores and memory allow)"
    )
    parser.add_argument(
        "--engine",
        choices=("fork", "ahead", "kernel"),
        help="what runs the cells (default: fork, or on Windows kernels started ahead)",
    )
    parser.add_argument(
        "--executor", default="", metavar="ADDRESS", help="make the pages on a Dask cluster, such as dask://host:8786"
    )
    parser.add_argument("--timeout", type=int, default=600, metavar="SECONDS", help="for each cell (default: 600)")
    parser.add_argument("--log-format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument(
        "--notify", metavar="COMMAND", help="run this afterwards, with the summary as JSON on its standard input"
    )


def carry_out(given: argparse.Namespace) -> int:
    """Run; give the exit status."""
    _check_words(given)
    given.out = options.reports_of(given)
    try:
        with _signals():
            summary = _unchanged(given) or _made(given)
    except (PerfkitError, KeyboardInterrupt) as error:
        _notify(given, _failure(error, given))
        raise
    say(summary.as_json() if given.log_format == "json" else summary.text)
    _notify(given, summary)
    return _STATUS[summary.outcome]


def _failure(error: BaseException, given: argparse.Namespace) -> Summary:
    from perfkit.run.report import Summary

    words = "The run was stopped. Nothing was published." if isinstance(error, KeyboardInterrupt) else str(error)
    return Summary("bad input" if isinstance(error, InputError) else "failed", words, given.quarter)


def _check_words(given: argparse.Namespace) -> None:
    if bool(given.quarter) == given.latest:
        raise ParameterError('Name one quarter, such as "2017-18 Q1", or give --latest.')
    if given.workers is not None and given.workers < 1:
        raise ParameterError(f"--workers {given.workers}: expected 1 or more.")
    if given.timeout < 1:
        raise ParameterError(f"--timeout {given.timeout}: expected 1 second or more.")


@contextmanager
def _signals() -> Iterator[None]:
    """Treat a polite request to end as Ctrl-C is treated, so that what is made is published and the rest told."""
    import signal

    def stop(number: int, _: Any) -> None:
        raise KeyboardInterrupt(signal.Signals(number).name)

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # only the main thread may
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _notify(given: argparse.Namespace, summary: Summary) -> None:
    from perfkit.run import report

    if given.notify and (problem := report.notify(given.notify, summary)):
        complain(problem)


def _request(given: argparse.Namespace) -> dict[str, str]:
    names = ("quarter", "latest", "only", "directorate", "parameter", "as_of", "no_take_aways", "pdf")
    places = {"notebooks": given.notebooks, "raw": _raw(given), "store": _place(given)}
    return {name: str(getattr(given, name)) for name in names} | {k: str(v and v.absolute()) for k, v in places.items()}


def _raw(given: argparse.Namespace) -> Path | None:
    raw = options.raw_of(given)
    return raw if given.raw or raw.is_dir() else None


def _place(given: argparse.Namespace) -> Path:
    return options.store_of(given)


def _state(given: argparse.Namespace) -> str:
    from perfkit.keeping import receipts
    from perfkit.run import shortcut

    store = receipts.state(root=_place(given))
    return shortcut.state(_request(given), raw=_raw(given), notebooks=given.notebooks, store=store)


def _unchanged(given: argparse.Namespace) -> Summary | None:
    """Sum up the set that stands, where nothing it depends on has changed."""
    from dataclasses import replace

    from perfkit.run import shortcut

    record = shortcut.find(_request(given), out=given.out.absolute(), now=_state(given))
    if record is None:
        return None
    pages = tuple(
        page if page.status == "not asked for" else replace(page, status="unchanged") for page in record.pages
    )
    asked = [page for page in pages if page.status == "unchanged"]
    with progress.shown(given.log_format, total=len(asked)) as tell:
        for number, page in enumerate(asked, 1):
            tell(page, number, len(asked))
    return _summary(replace(record, pages=pages), given)


def _made(given: argparse.Namespace) -> Summary:
    from perfkit.run import executors

    engine = given.engine or executors.usual_engine()
    # First of all, so that the preloaded parent's imports go on beside this process's own.
    with executors.opened(engine, workers=executors.most(given.workers), address=given.executor) as pool:
        return _loaded_and_made(given, pool, engine)


def _loaded_and_made(given: argparse.Namespace, pool: Executor, engine: str) -> Summary:
    from perfkit.commands import knowledge
    from perfkit.model import parameters, periods
    from perfkit.run.report import Summary

    quarter = "" if given.latest else periods.quarter_label(given.quarter)
    if given.only is not None:
        parameters.declared(given.only)
    place = _place(given)
    if not _received(given, place):
        return Summary("bad input", "No report was made. The last good reports stay as they are.", quarter)
    return _summary(_make(quarter or knowledge.latest(place, given.as_of), given, pool, engine), given)


def _received(given: argparse.Namespace, place: Path) -> bool:
    """Load the raw data, where there is a folder of it; say whether nothing stops a run."""
    raw = _raw(given)
    if raw is None:
        return True
    from perfkit.commands import delivery

    with _lines(given):
        issues = delivery.receive([raw], place, base=raw)
    return not any(issue.stops for issue in issues)


@contextmanager
def _lines(given: argparse.Namespace) -> Iterator[None]:
    """Put what is said meanwhile into the form that the log has."""
    if given.log_format == "text":
        yield
        return
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            yield
    finally:
        from perfkit.run import report

        for text in said.getvalue().splitlines():
            say(report.message(text.strip(), form=given.log_format))


def _make(quarter: str, given: argparse.Namespace, pool: Executor, engine: str) -> Manifest:
    from perfkit.commands import planning
    from perfkit.run import sets, shortcut

    place, out = _place(given), given.out.absolute()
    plan, left_out = planning.plan(quarter, given, place, raw=_raw(given))
    known = _known(place, given.as_of, quarter)
    means = sets.Means(pool, engine, given.timeout, _wanted(given))
    now = _state(given)
    with progress.shown(given.log_format, total=len(plan)) as tell:
        record = sets.make(
            plan,
            quarter=quarter,
            places=sets.Places(given.notebooks.absolute(), out, place),
            known=known,
            means=means,
            left_out=left_out,
            progress=tell,
        )
    shortcut.keep(_request(given), record, out=out, now=now)
    return record


def _wanted(given: argparse.Namespace) -> Wanted:
    from perfkit.run import pdf, takeaways

    kinds = [] if given.no_take_aways else [takeaways.TABLES]
    browser = pdf.find() if given.pdf else None
    if given.pdf and browser is None:
        complain(pdf.NO_BROWSER)
    return takeaways.Wanted((*kinds, *([takeaways.PDF] if browser else [])), str(browser or ""))


def _known(place: Path, as_of: str, quarter: str) -> Known:
    from perfkit.commands import knowledge
    from perfkit.run.sets import Known

    inputs, organisation = knowledge.inputs(place, as_of), knowledge.organisation(place, as_of)
    return Known(
        inputs,
        organisation,
        lambda read: knowledge.rows(read, place),
        lambda reads: knowledge.rules_read(reads, place, quarter),
    )


def _summary(record: Manifest, given: argparse.Namespace) -> Summary:
    from perfkit.run import publication, report

    index = given.out.absolute() / publication.folder_name(record.quarter) / "index.html"
    return report.summarise(record, index=str(index))
