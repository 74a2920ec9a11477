"""Make the set of pages of a quarter: only what changed, judged, indexed, recorded and published together."""

from __future__ import annotations

import datetime as dt
import getpass
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from perfkit.run import execution, index, manifest, publication
from perfkit.run.execution import Result, Task
from perfkit.run.jobs import Job
from perfkit.run.manifest import Input, Manifest, Page, Read

T = TypeVar("T")
Progress = Callable[[Page, int, int], None]


@dataclass(frozen=True)
class Places:
    """Where a run finds and puts things."""

    notebooks: Path
    out: Path
    store: Path


@dataclass(frozen=True)
class Means:
    """How a run makes pages: who carries out the tasks, what runs the cells, and how long each cell may take."""

    pool: Executor
    engine: str = "kernel"
    timeout: int = execution.TIMEOUT


@dataclass(frozen=True)
class Known:
    """What a run knows of its inputs: the files, the council's name, and how to tell which rows a page would read now.

    ``rows`` gives the digest of the rows of a `Read` as they are now.
    """

    inputs: Sequence[Input]
    organisation: str = ""
    rows: Callable[[Read], str] = lambda _: ""


@dataclass
class _Run:
    """All that one set is made with."""

    places: Places
    means: Means
    known: Known
    progress: Progress
    staged: Path
    target: Path
    last: Manifest | None
    stopped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = cache(self.known.rows)

    def notebook(self, job: Job) -> Path:
        return _notebook(self.places, job.report)

    def last_page(self, job: Job) -> Page | None:
        """The record of the job's page in the last set, where its file is still there."""
        page = self.last.page(job.name) if self.last else None
        return page if (self.target / job.page).is_file() else None

    def key(self, job: Job, reads: Sequence[Read]) -> str:
        return manifest.page_key(job, notebook=self.notebook(job), reads=reads, inputs=self.known.inputs)

    def task(self, job: Job) -> Task:
        work = self.staged / ".work"
        work.mkdir(exist_ok=True)
        return Task(job, self.notebook(job), work, self.places.store, self.means.engine, self.means.timeout)


def make(
    jobs: Sequence[Job],
    *,
    quarter: str,
    places: Places,
    known: Known,
    means: Means,
    progress: Progress | None = None,
) -> Manifest:
    """Make and publish the pages of a quarter; give the record of what was made, unchanged or failed.

    A page that fails keeps its last good copy, and the index says so; so do the pages that a stopped run (Ctrl-C, a
    signal) did not come to. Pages of the last set that this run was not asked for are carried over. Where everything is
    as it was, nothing is published. Notebooks without a parameters cell are refused before anything runs.
    """
    for report in sorted({job.report for job in jobs}):
        execution.check_notebook(_notebook(places, report))
    target = places.out / publication.folder_name(quarter)
    with publication.locked(target), publication.staging(target) as staged:
        run = _Run(places, means, known, progress or _silent, staged, target, manifest.read(target))
        pages = (*_pages(jobs, run), *_carried(jobs, run))
        record = replace(_record(quarter, known.inputs, pages), organisation=known.organisation)
        if not _same(record, run):
            _publish(record, run)
    return record


def _publish(record: Manifest, run: _Run) -> None:
    shutil.rmtree(run.staged / ".work", ignore_errors=True)
    (run.staged / "index.html").write_text(_text(index.render, record, run), encoding="utf-8")
    manifest.write(record, run.staged)
    publication.publish(run.staged, run.target)
    publication.replace_text(run.places.out / "index.html", _text(index.render_all, _records(run.places.out), run))


def _text(render: Callable[[T], str], shown: T, run: _Run) -> str:
    """Have a page rendered; a stopped pool may be busy with pages that nobody waits for any more."""
    return render(shown) if run.stopped else run.means.pool.submit(render, shown).result()


def _records(out: Path) -> list[Manifest]:
    folders = sorted(path for path in out.glob("[!.]*") if path.is_dir())
    return [record for record in map(manifest.read, folders) if record]


def _same(record: Manifest, run: _Run) -> bool:
    """Whether the set that is shown already says all that the new one would."""
    if run.last is None or not (run.target / "index.html").is_file():
        return False
    old, new = run.last, record
    shown = [(page.name, page.sha256, page.key, page.title) for page in old.pages if page.status != "failed"]
    return (
        all(page.status in ("unchanged", "not asked for") for page in new.pages)
        and shown == [(page.name, page.sha256, page.key, page.title) for page in new.pages]
        and (old.inputs, old.versions, old.organisation) == (new.inputs, new.versions, new.organisation)
    )


def _silent(page: Page, done: int, total: int) -> None:
    del page, done, total


def _pages(jobs: Sequence[Job], run: _Run) -> list[Page]:
    found: dict[str, Page] = {}
    for job in jobs:
        if page := _unchanged(job, run):
            shutil.copy2(run.target / job.page, run.staged / job.page)
            found[job.name] = page
            run.progress(page, len(found), len(jobs))
    for result in _results([job for job in jobs if job.name not in found], run):
        page = _finished(result, run)
        found[result.job.name] = page
        run.progress(page, len(found), len(jobs))
    return [found[job.name] for job in jobs]


def _results(jobs: Sequence[Job], run: _Run) -> Iterator[Result]:
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


def _unchanged(job: Job, run: _Run) -> Page | None:
    page = run.last_page(job)
    if page is None or not page.key:
        return None
    reads = [replace(read, rows=run.rows(replace(read, rows=""))) for read in page.reads]
    if run.key(job, reads) != page.key:
        return None
    same = manifest.digest((run.target / job.page).read_bytes()) == page.sha256
    return replace(page, status="unchanged") if same else None


def _finished(result: Result, run: _Run) -> Page:
    job = result.job
    page = Page(job.name, job.title, job.reader, job.report, job.parameters, "made" if result.made else "failed")
    if not result.made:
        return _failed(page, result, run)
    content = result.page.encode("utf-8")
    (run.staged / job.page).write_bytes(content)
    return replace(
        page,
        key=run.key(job, result.reads),
        sha256=manifest.digest(content),
        shows=_today(),
        headline=index.headline_of(result.page),
        reads=result.reads,
    )


def _failed(page: Page, result: Result, run: _Run) -> Page:
    details = f"{result.cause}\n\n{result.details}\n"
    (run.staged / f"{page.name}-failure.txt").write_text(details, encoding="utf-8")
    before = run.last_page(result.job)
    if before is None:
        return replace(page, cause=result.cause)
    shutil.copy2(run.target / result.job.page, run.staged / result.job.page)
    return replace(page, cause=result.cause, sha256=before.sha256, shows=before.shows, headline=before.headline)


def _carried(jobs: Sequence[Job], run: _Run) -> list[Page]:
    asked = {job.name for job in jobs}
    kept = []
    for page in run.last.pages if run.last else ():
        if page.name in asked or not (run.target / f"{page.name}.html").is_file():
            continue
        for path in (run.target / f"{page.name}.html", run.target / f"{page.name}-failure.txt"):
            if path.is_file():
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
