"""What becomes of each page of a set: unchanged, made, failed with its last good copy, or carried over."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from perfkit.run import execution, index, manifest, takeaways
from perfkit.run.execution import Result, Task
from perfkit.run.jobs import Job
from perfkit.run.manifest import Input, Manifest, Page, Read, Rule
from perfkit.run.takeaways import Made, Wanted

Progress = Callable[[Page, int, int], None]


@dataclass(frozen=True)
class Places:
    """Where a run finds and puts things."""

    notebooks: Path
    out: Path
    store: Path

    def notebook(self, report: str) -> Path:
        """Give the notebook of a report."""
        return self.notebooks / f"{report}.ipynb"


@dataclass(frozen=True)
class Means:
    """How a run makes pages: who carries out the tasks, what runs the cells, how long each may take, what goes beside.

    ``wanted`` are the take-aways that go beside each page.
    """

    pool: Executor
    engine: str = "kernel"
    timeout: int = execution.TIMEOUT
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True)
class Known:
    """What a run knows of its inputs: the files, the council's name, and how to tell which rows a page would read now.

    ``rows`` gives the digest of the rows of a `Read` as they are now, ``rules`` the rules that rows that were read set.
    """

    inputs: Sequence[Input]
    organisation: str = ""
    rows: Callable[[Read], str] = lambda _: ""
    rules: Callable[[Sequence[Read]], Sequence[Rule]] = lambda _: ()


@dataclass
class Making:
    """All that one set is made with: the folder to make it in, and the set that it takes the place of."""

    places: Places
    means: Means
    known: Known
    progress: Progress
    staged: Path
    target: Path
    last: Manifest | None
    stopped: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    """Files beside pages that were made for this set."""

    def __post_init__(self) -> None:
        self.rows = cache(self.known.rows)

    def last_page(self, job: Job) -> Page | None:
        """The record of the job's page in the last set, where its file is still there."""
        page = self.last.page(job.name) if self.last else None
        return page if (self.target / job.page).is_file() else None

    def key(self, job: Job, reads: Sequence[Read]) -> str:
        """Name what the job's page is made from."""
        return manifest.page_key(job, notebook=self.places.notebook(job.report), reads=reads, inputs=self.known.inputs)

    def task(self, job: Job) -> Task:
        """Give the job with all that is needed to carry it out."""
        work = self.staged / ".work"
        work.mkdir(exist_ok=True)
        means, places = self.means, self.places
        return Task(job, places.notebook(job.report), work, places.store, means.engine, means.timeout, means.wanted)


def unchanged(job: Job, run: Making) -> Page | None:
    """Carry over a page that would be made from the same again; None for another."""
    page = run.last_page(job)
    if page is None or not page.key:
        return None
    reads = [replace(read, rows=run.rows(replace(read, rows=""))) for read in page.reads]
    if run.key(job, reads) != page.key or _digest(run.target / job.page) != page.sha256:
        return None
    return replace(_copied(page, run), status="unchanged", remark="", findings=())


def lacking(page: Page, run: Making) -> Wanted:
    """Say which of the take-aways that are wanted an unchanged page does not have yet."""
    return run.means.wanted.only(tuple(kind for kind in run.means.wanted.kinds if kind not in page.kinds))


def finished(result: Result, run: Making) -> Page:
    """Put a page and its take-aways into the new set, or the last good copy of one that failed."""
    job = result.job
    page = Page(job.name, job.title, job.reader, job.report, job.parameters, "made" if result.made else "failed")
    if not result.made:
        return _failed(page, result, run)
    content = result.page.encode("utf-8")
    _put(content, run.staged / job.page)
    made = replace(
        page,
        key=run.key(job, result.reads),
        sha256=manifest.digest(content),
        shows=_today(),
        headline=index.headline_of(result.page),
        rules=index.rules_of(result.page),
        reads=result.reads,
    )
    return with_taken(made, result.taken, run)


def with_taken(page: Page, taken: Made, run: Making) -> Page:
    """Put take-aways beside a page of the new set."""
    for name, content in taken.files.items():
        _put(content, run.staged / name)
        run.renewed.append(name)
    files = page.take_aways | {name: manifest.digest(content) for name, content in taken.files.items()}
    return replace(
        page, take_aways=files, kinds=(*page.kinds, *taken.kinds), remark=taken.remark, findings=taken.details
    )


def carried(jobs: Iterable[Job], run: Making, *, without: Collection[str] = ()) -> list[Page]:
    """Carry over the pages of the last set that this run was not asked for, but for those of reports given up."""
    asked = {job.name for job in jobs}
    kept = []
    for page in run.last.pages if run.last else ():
        if page.name in asked or page.report in without or not (run.target / f"{page.name}.html").is_file():
            continue
        copied = _copied(page, run)
        if (told := run.target / f"{page.name}-failure.txt").is_file():
            shutil.copy2(told, run.staged / told.name)
        kept.append(copied if page.status == "failed" else replace(copied, status="not asked for"))
    return kept


def _failed(page: Page, result: Result, run: Making) -> Page:
    details = f"{result.cause}\n\n{result.details}\n"
    (run.staged / f"{page.name}-failure.txt").write_text(details, encoding="utf-8")
    page = replace(page, cause=result.cause, findings=result.findings)
    before = run.last_page(result.job)
    if before is None:
        return page
    last = _copied(before, run)
    return replace(
        page,
        sha256=last.sha256,
        shows=last.shows,
        headline=last.headline,
        rules=last.rules,
        take_aways=last.take_aways,
        kinds=last.kinds,
    )


def _copied(page: Page, run: Making) -> Page:
    """Copy a page of the last set with those of its take-aways that stand as they were made."""
    shutil.copy2(run.target / f"{page.name}.html", run.staged / f"{page.name}.html")
    kinds = tuple(kind for kind in page.kinds if _stand(_of_kind(page.take_aways, kind), run.target))
    files = {name: sha256 for kind in kinds for name, sha256 in _of_kind(page.take_aways, kind).items()}
    for name in files:
        (run.staged / name).parent.mkdir(exist_ok=True)
        shutil.copy2(run.target / name, run.staged / name)
    return replace(page, take_aways=files, kinds=kinds)


def _of_kind(files: Mapping[str, str], kind: str) -> dict[str, str]:
    return {name: sha256 for name, sha256 in files.items() if takeaways.kind_of(name) == kind}


def _stand(files: Mapping[str, str], folder: Path) -> bool:
    return all((folder / name).is_file() and _digest(folder / name) == sha256 for name, sha256 in files.items())


def _put(content: bytes, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def _digest(path: Path) -> str:
    return manifest.digest(path.read_bytes())


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()
