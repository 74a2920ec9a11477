"""Make the set of pages of a quarter: only what changed, judged, indexed, recorded and published together."""

from __future__ import annotations

import datetime as dt
import getpass
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from perfkit.run import execution, index, manifest, pages, publication, takeaways
from perfkit.run.execution import Result
from perfkit.run.jobs import Job
from perfkit.run.manifest import LeftOut, Manifest, Page, Rule
from perfkit.run.pages import Known, Making, Means, Places, Progress

T = TypeVar("T")
__all__ = ["Known", "Means", "Places", "Progress", "make"]


def make(
    jobs: Sequence[Job],
    *,
    quarter: str,
    places: Places,
    known: Known,
    means: Means,
    left_out: Sequence[LeftOut] = (),
    progress: Progress | None = None,
) -> Manifest:
    """Make and publish the pages of a quarter; give the record of what was made, unchanged or failed.

    A page that fails keeps its last good copy, and the index says so; so do the pages that a stopped run (Ctrl-C, a
    signal) did not come to. Pages of the last set that this run was not asked for are carried over. Where everything is
    as it was, nothing is published. Notebooks without a parameters cell are refused before anything runs. The index
    names the reports that are ``left_out``; pages of one that the council wants no longer stand in earlier sets alone.
    """
    for report in sorted({job.report for job in jobs}):
        execution.check_notebook(places.notebook(report))
    target = places.out / publication.folder_name(quarter)
    with publication.locked(target), publication.staging(target) as staged:
        run = Making(places, means, known, progress or _silent, staged, target, manifest.read(target))
        given_up = {one.report for one in left_out if one.unwanted}
        record = _record(quarter, (*_pages(jobs, run), *pages.carried(jobs, run, without=given_up)), run)
        record = replace(record, left_out=_left_out(left_out, record, run))
        if not _same(record, run):
            _publish(record, run)
    return record


def _publish(record: Manifest, run: Making) -> None:
    shutil.rmtree(run.staged / ".work", ignore_errors=True)
    (run.staged / "index.html").write_text(_text(index.render, record, run), encoding="utf-8")
    manifest.write(record, run.staged)
    publication.publish(run.staged, run.target)
    publication.replace_text(run.places.out / "index.html", _text(index.render_all, _records(run.places.out), run))


def _text(render: Callable[[T], str], shown: T, run: Making) -> str:
    """Have a page rendered; here, where the pool is dead or busy with pages that nobody waits for any more."""
    if run.stopped:
        return render(shown)
    try:
        return run.means.pool.submit(render, shown).result()
    except BrokenProcessPool:
        return render(shown)


def _records(out: Path) -> list[Manifest]:
    folders = sorted(path for path in out.glob("[!.]*") if path.is_dir())
    return [record for record in map(manifest.read, folders) if record]


def _same(record: Manifest, run: Making) -> bool:
    """Whether the set that is shown already says all that the new one would."""
    if run.last is None or run.renewed or not (run.target / "index.html").is_file():
        return False
    old, new = run.last, record
    return (
        all(page.status in ("unchanged", "not asked for") for page in new.pages)
        and [_shown(page) for page in old.pages if page.status != "failed"] == [_shown(page) for page in new.pages]
        and (old.inputs, old.versions, old.organisation) == (new.inputs, new.versions, new.organisation)
        and old.left_out == new.left_out
    )


def _shown(page: Page) -> tuple[object, ...]:
    return page.name, page.sha256, page.key, page.title, page.take_aways


def _left_out(now: Sequence[LeftOut], record: Manifest, run: Making) -> tuple[LeftOut, ...]:
    """Name the reports left out by this run, and by the last one those that this one was not asked for.

    Of those that the council does not want, only what earlier sets had is named.
    """
    asked = {page.report for page in record.pages} | {one.report for one in now}
    earlier = run.last.left_out if run.last else ()
    had = {page.report for page in (run.last.pages if run.last else ())}
    had |= {one.report for one in earlier if one.unwanted}
    named = (one for one in now if not one.unwanted or one.report in had)
    return (*named, *(one for one in earlier if one.report not in asked))


def _silent(page: Page, done: int, total: int) -> None:
    del page, done, total


def _pages(jobs: Sequence[Job], run: Making) -> list[Page]:
    found: dict[str, Page] = {}

    def tell(page: Page) -> None:
        found[page.name] = page
        run.progress(page, len(found), len(jobs))

    incomplete = []
    for job in jobs:
        page = pages.unchanged(job, run)
        if page and not pages.lacking(page, run).kinds:
            tell(page)
        elif page:
            incomplete.append(page)
    beside = {page.name: _beside(page, run) for page in incomplete}
    for result in _results([job for job in jobs if job.name not in found and job.name not in beside], run):
        tell(pages.finished(result, run))
    for page in incomplete:
        tell(pages.with_taken(page, _taken(beside[page.name], run), run))
    return [found[job.name] for job in jobs]


def _beside(page: Page, run: Making) -> Future[takeaways.Made]:
    """Have the take-aways made that an unchanged page lacks; its notebook need not run for them."""
    text = (run.staged / f"{page.name}.html").read_text(encoding="utf-8")
    return run.means.pool.submit(takeaways.make, text, name=page.name, wanted=pages.lacking(page, run))


def _taken(made: Future[takeaways.Made], run: Making) -> takeaways.Made:
    try:
        return takeaways.Made(remark="no take-aways: the run was stopped") if run.stopped else made.result()
    except BrokenProcessPool:
        return takeaways.Made(remark="no take-aways: the process that made them was killed")
    except KeyboardInterrupt as error:
        run.stopped.append(str(error) or "Ctrl-C")
        return takeaways.Made(remark="no take-aways: the run was stopped")


def _results(jobs: Sequence[Job], run: Making) -> Iterator[Result]:
    waiting = {run.means.pool.submit(execution.make, run.task(job)): job for job in jobs}
    try:
        for task in as_completed(list(waiting)):
            yield _result(task.result, waiting[task])
            del waiting[task]
    except KeyboardInterrupt as error:
        run.stopped.append(str(error) or "Ctrl-C")
    for job in waiting.values():
        yield Result(job, False, cause=f"the run was stopped by {run.stopped[0]} before it was made")


def _result(outcome: Callable[[], Result], job: Job) -> Result:
    try:
        return outcome()
    except BrokenProcessPool:
        return Result(job, False, cause="the process that made it was killed")


def _record(quarter: str, made: Sequence[Page], run: Making) -> Manifest:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Manifest(
        quarter,
        now,
        _who(),
        manifest.versions(),
        tuple(run.known.inputs),
        tuple(made),
        run.known.organisation,
        _rules(made, run),
    )


def _rules(made: Sequence[Page], run: Making) -> tuple[Rule, ...]:
    """Give the rules that the rows set that these pages read; those of the last set where no page was made."""
    if run.last and all(page.status != "made" for page in made):
        return run.last.rules
    return tuple(run.known.rules([read for page in made for read in page.reads]))


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
