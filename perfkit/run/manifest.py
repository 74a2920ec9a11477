"""What a set of pages was made from: the record beside the pages, and the key by which a page is known unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfkit.model.errors import RunError

if TYPE_CHECKING:
    from perfkit.model.parameters import Value
    from perfkit.run.jobs import Job

NAME = "manifest.json"
PACKAGES = ("perfkit", "pandas", "numpy", "matplotlib", "seaborn", "nbconvert", "papermill")


@dataclass(frozen=True)
class Input:
    """One file that the store held when the set was made."""

    file: str
    vintage: str
    sha256: str
    received: str


@dataclass(frozen=True)
class Read:
    """What a page read from the store: a table, perhaps of one directorate or as of a day, and a digest of its rows.

    ``asked`` is what else was asked for, as JSON.
    """

    table: str
    rows: str
    directorate: str = ""
    as_of: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Page:
    """One page of a set: ``status`` is made, unchanged or failed; a failed page may still show its last good copy."""

    name: str
    title: str
    reader: str
    report: str
    parameters: dict[str, Value]
    status: str
    cause: str = ""
    key: str = ""
    sha256: str = ""
    shows: str = ""
    """When the page shown was made, as a day; empty where there is none."""
    headline: str = ""
    """The answer of the page shown, in its own words."""
    rules: tuple[str, ...] = ()
    """The rules that the page shown names at its foot."""
    reads: tuple[Read, ...] = ()
    take_aways: dict[str, str] = field(default_factory=dict)
    """The files beside the page shown that hold its tables or print it, with the SHA-256 of each."""
    kinds: tuple[str, ...] = ()
    """Which kinds of take-aways have been made of it: tables, pdf."""
    findings: tuple[str, ...] = ()
    """For the log: what the check of pages found in a page that failed it, or why a take-away could not be made."""
    remark: str = ""
    """What else is to be said of it, such as why there is no PDF."""

    @property
    def files(self) -> dict[str, str]:
        """The page that is shown and its take-aways, with the SHA-256 of each."""
        return {**({f"{self.name}.html": self.sha256} if self.sha256 else {}), **self.take_aways}


@dataclass(frozen=True)
class Rule:
    """A rule and tolerance that rated indicators, by whom and when it was set; without them perfkit's default holds."""

    rule: str
    tolerance: float | None
    set_by: str
    set_on: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """A report that is not made, and the reason in words: nothing it could show has come, or it is ``unwanted``."""

    report: str
    title: str
    reader: str
    why: str
    unwanted: bool = False
    """Whether the council has it made no longer."""


@dataclass(frozen=True)
class Manifest:
    """The record of one set."""

    quarter: str
    made_at: str
    made_by: str
    versions: dict[str, str]
    inputs: tuple[Input, ...] = ()
    pages: tuple[Page, ...] = field(default_factory=tuple)
    organisation: str = ""
    rules: tuple[Rule, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def page(self, name: str) -> Page | None:
        """Find a page by its name."""
        return next((page for page in self.pages if page.name == name), None)


def write(manifest: Manifest, folder: Path) -> None:
    """Write the record into the folder of its set."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest | None:
    """Read the record of a set; None where there is no set. Raises `RunError` where it cannot be read."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**fields | _parts(fields))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunError(f"{path} cannot be read ({error}). Move it away to make every page again.") from None


def _parts(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "inputs": tuple(Input(**item) for item in fields["inputs"]),
        "pages": tuple(_page(item) for item in fields["pages"]),
        "rules": tuple(Rule(**item | {"indicators": tuple(item["indicators"])}) for item in fields.get("rules", ())),
        "left_out": tuple(LeftOut(**item) for item in fields.get("left_out", ())),
    }


def _page(fields: dict[str, Any]) -> Page:
    listed = {name: tuple(fields.get(name, ())) for name in ("rules", "kinds", "findings")}
    return Page(**fields | listed | {"reads": tuple(Read(**read) for read in fields.get("reads", ()))})


def versions() -> dict[str, str]:
    """Give the versions that shape a page."""
    return {name: metadata.version(name) for name in PACKAGES}


def page_key(job: Job, *, notebook: Path, reads: Iterable[Read], inputs: Iterable[Input]) -> str:
    """Name what a page is made from: notebook, parameters, rows read, versions and perfkit's own code; never the time.

    Of a page that read nothing through the store nobody knows what it depends on, so it depends on every input.
    """
    rows = sorted({astuple(read) for read in reads}) or [astuple(item) for item in inputs]
    parts: dict[str, Any] = {
        "notebook": digest(notebook.read_bytes()),
        "title": job.title,
        "parameters": job.parameters,
        "absent": job.absent,
        "rows": rows,
        "versions": versions(),
        "code": code(),
    }
    return digest(json.dumps(parts, sort_keys=True).encode())


def digest(content: bytes) -> str:
    """Give the SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


@cache
def code() -> str:
    """Give one digest of perfkit's own files."""
    package = Path(__file__).resolve().parents[1]
    files = sorted(p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return digest(b"".join(p.relative_to(package).as_posix().encode() + p.read_bytes() for p in files))
