"""Make the set of pages of a quarter: only what changed, judged, indexed, recorded and published together."""

from __future__ import annotations

import datetime as dt
import getpass
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from perfkit.run import execution, index, manifest, publication
from perfkit.run.execution import Result
from perfkit.run.jobs import Job
from perfkit.run.manifest import Input, Manifest, Page

Progress = Callable[[Page, int, int], None]


@dataclass(frozen=True)
class Places:
    """Where a run finds and puts things."""

    notebooks: Path
    out: Path
    store: Path


@dataclass(frozen=True)
class _Run:
    """All that stays the same while one set is made."""

    places: Places
    inputs: Sequence[Input]
    workers: int
    progress: Progress
    staged: Path
    target: Path
    last: Manifest | None

    def notebook(self, job: Job) -> Path:
        return _notebook(self.places, job.report)

    def last_page(self, job: Job) -> Page | None:
        """The record of the job's page in the last set, where its file is still there."""
        page = self.last.page(job.name) if self.last else None
        return page if (self.target / job.page).is_file() else None


def make(
    jobs: Sequence[Job],
    *,
    quarter: str,
    places: Places,
    inputs: Sequence[Input],
    organisation: str = "",
    workers: int = 2,
    progress: Progress | None = None,
) -> Manifest:
    """Make and publish the pages of a quarter; give the record of what was made, unchanged or failed.

    A page that fails keeps its last good copy, and the index says so. Pages of the last set that this run was not asked
    for are carried over. Notebooks without a parameters cell are refused before anything runs.
    """
    for report in sorted({job.report for job in jobs}):
        execution.check_notebook(_notebook(places, report))
    target = places.out / publication.folder_name(quarter)
    publication.recover(target)
    last = manifest.read(target)
    with publication.staging(places.out) as staged:
        run = _Run(places, inputs, workers, progress or _silent, staged, target, last)
        record = replace(
            _record(quarter, inputs, [*_pages(jobs, run), *_carried(jobs, run)]), organisation=organisation
        )
        (staged / "index.html").write_text(index.render(record), encoding="utf-8")
        manifest.write(record, staged)
        publication.publish(staged, target)
    return record


def _silent(page: Page, done: int, total: int) -> None:
    del page, done, total


def _pages(jobs: Sequence[Job], run: _Run) -> list[Page]:
    keys = {job.name: manifest.page_key(job, notebook=run.notebook(job), inputs=run.inputs) for job in jobs}
    found: dict[str, Page] = {}
    for job in jobs:
        if page := _unchanged(job, keys[job.name], run):
            shutil.copy2(run.target / job.page, run.staged / job.page)
            found[job.name] = page
            run.progress(page, len(found), len(jobs))
    for result in _results([job for job in jobs if job.name not in found], run):
        page = _finished(result, keys[result.job.name], run)
        found[result.job.name] = page
        run.progress(page, len(found), len(jobs))
    return [found[job.name] for job in jobs]


def _results(jobs: Sequence[Job], run: _Run) -> Iterator[Result]:
    if not jobs:
        return
    work = run.staged / ".work"
    work.mkdir()
    with ProcessPoolExecutor(min(run.workers, len(jobs)), mp_context=get_context("spawn")) as pool:
        yield from _submitted(pool, jobs, work, run)
    shutil.rmtree(work)


def _submitted(pool: Executor, jobs: Sequence[Job], work: Path, run: _Run) -> Iterator[Result]:
    waiting = {}
    for job in jobs:
        task = pool.submit(execution.make, job, notebook=run.notebook(job), work=work, store=run.places.store)
        waiting[task] = job
    for task in as_completed(waiting):
        try:
            yield task.result()
        except BrokenProcessPool:
            yield Result(waiting[task], False, cause="the process that made it was killed")


def _unchanged(job: Job, key: str, run: _Run) -> Page | None:
    page = run.last_page(job)
    if page is None or page.key != key:
        return None
    same = manifest.digest((run.target / job.page).read_bytes()) == page.sha256
    return replace(page, status="unchanged") if same else None


def _finished(result: Result, key: str, run: _Run) -> Page:
    job = result.job
    page = Page(job.name, job.title, job.reader, job.report, job.parameters, "made" if result.made else "failed")
    if result.made:
        content = result.page.encode("utf-8")
        (run.staged / job.page).write_bytes(content)
        return replace(
            page, key=key, sha256=manifest.digest(content), shows=_today(), headline=index.headline_of(result.page)
        )
    details = f"{result.cause}\n\n{result.details}\n"
    (run.staged / f"{job.name}-failure.txt").write_text(details, encoding="utf-8")
    before = run.last_page(job)
    if before is None:
        return replace(page, cause=result.cause)
    shutil.copy2(run.target / job.page, run.staged / job.page)
    return replace(page, cause=result.cause, sha256=before.sha256, shows=before.shows, headline=before.headline)


def _carried(jobs: Sequence[Job], run: _Run) -> list[Page]:
    asked = {job.name for job in jobs}
    kept = []
    for page in run.last.pages if run.last else ():
        path = run.target / f"{page.name}.html"
        if page.name not in asked and path.is_file():
            shutil.copy2(path, run.staged / path.name)
            kept.append(page if page.status == "failed" else replace(page, status="not asked for"))
    return kept


def _record(quarter: str, inputs: Sequence[Input], pages: Sequence[Page]) -> Manifest:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Manifest(quarter, now, _who(), manifest.versions(), tuple(inputs), tuple(pages))


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def _notebook(places: Places, report: str) -> Path:
    return places.notebooks / f"{report}.ipynb"
