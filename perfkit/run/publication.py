"""Put a whole set of pages in place at once, so that a reader never meets half of one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perfkit.model.errors import RunError

_EARLIER = ".earlier"


def folder_name(quarter: str) -> str:
    """Give the folder of a quarter's set.

    >>> folder_name("2017-18 Q1")
    '2017-18-Q1'
    """
    return quarter.replace(" ", "-")


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Give a new empty folder beside the sets; it is gone afterwards unless it was published."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".making-", dir=out))
    except OSError as error:
        raise RunError(f"Reports cannot be written to {out}: {error.strerror or error}.") from None
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(staged: Path, target: Path) -> None:
    """Put the staged set in the place of the last one, which is kept until the new one stands there."""
    earlier = target.parent / _EARLIER / target.name
    recover(target)
    if target.exists():
        earlier.parent.mkdir(exist_ok=True)
        shutil.rmtree(earlier, ignore_errors=True)
        target.rename(earlier)
    staged.rename(target)


def recover(target: Path) -> None:
    """Bring the last good set back where a run was stopped between its two renames."""
    earlier = target.parent / _EARLIER / target.name
    if not target.exists() and earlier.is_dir():
        earlier.rename(target)
