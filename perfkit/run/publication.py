"""Put a whole set of pages in place at once, so that a reader never meets half of one.

Sets are kept by the moment they were published, below ``reports/.sets/<quarter>``; ``reports/<quarter>`` is a link that
is turned from one to the next in a single step. Where links cannot be made, the set itself is moved there, and the next
run mends what a run stopped between the two moves has left.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from perfkit.model.errors import RunError

KEPT = 12
"""How many sets of a quarter are kept, the one shown among them."""
PATIENCE = 600
"""Seconds to wait for another run on the same reports."""
_SETS, _MAKING, _MOVED, _LINK = ".sets", ".making-", ".moved-", ".link-"


def folder_name(quarter: str) -> str:
    """Give the folder of a quarter's set.

    >>> folder_name("2017-18 Q1")
    '2017-18-Q1'
    """
    return quarter.replace(" ", "-")


@contextmanager
def locked(target: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other runs from this quarter's reports; on the way in, clear up what a killed run has left.

    Raises `RunError` where the folder cannot be written to, or another run does not end.
    """
    folder = _sets(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a")
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    with lock:
        _wait_for(lock.fileno(), target, patience)
        for left in folder.glob(f"{_MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in folder.glob(f"{_LINK}*"):
            left.unlink()
        recover(target)
        yield


def _wait_for(lock: int, target: Path, patience: float) -> None:
    """Take the lock; the system gives it back when the process ends, however it ends."""
    until = time.monotonic() + patience
    while not _taken(lock):
        if time.monotonic() > until:
            raise RunError(f"Another run is still making {target}: wait until it has ended, or stop it.")
        time.sleep(0.1)


def _taken(lock: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give a new empty folder to make a set in; it is gone afterwards unless it was published."""
    try:
        _sets(target).mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_MAKING, dir=_sets(target)))
        folder.chmod(0o755)
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    try:
        yield folder
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(staged: Path, target: Path) -> None:
    """Show the staged set at ``target``; earlier sets are kept by date, the oldest given up."""
    place = _sets(target) / _now()
    staged.rename(place)
    if target.is_symlink() or not target.exists():
        moved = None
    else:
        moved = _sets(target) / f"{_MOVED}{_now()}"
        target.rename(moved)
    _show(place, target)
    if moved:
        moved.rename(moved.with_name(moved.name.removeprefix(_MOVED)))
    for old in _kept(target)[:-KEPT]:
        if old.resolve() != target.resolve():
            shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    """Bring the last good set back where a run was stopped between its two moves."""
    for moved in sorted(_sets(target).glob(f"{_MOVED}*")):
        if target.exists():
            moved.rename(moved.with_name(moved.name.removeprefix(_MOVED)))
        else:
            moved.rename(target)


def earlier(target: Path) -> list[Path]:
    """List the sets that are kept besides the one shown, the oldest first."""
    return [place for place in _kept(target) if place.resolve() != target.resolve()]


def replace_text(path: Path, text: str) -> None:
    """Write a file beside its place and put it there in one step."""
    try:
        handle, beside = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    except OSError as error:
        raise _unwritable(path.parent, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise _unwritable(path.parent, error) from None


def _show(place: Path, target: Path) -> None:
    link = _sets(target) / f"{_LINK}{place.name}"
    with suppress(OSError, NotImplementedError):
        link.symlink_to(os.path.relpath(place, target.parent), target_is_directory=True)
        link.replace(target)
        return
    link.unlink(missing_ok=True)
    place.rename(target)


def _kept(target: Path) -> list[Path]:
    return sorted(path for path in _sets(target).glob("[!.]*") if path.is_dir())


def _sets(target: Path) -> Path:
    return target.parent / _SETS / target.name


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")


def _unwritable(out: Path, error: OSError) -> RunError:
    return RunError(f"Reports cannot be written to {out}: {error.strerror or error}. The last good reports stay.")
