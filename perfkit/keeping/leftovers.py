"""What is being written stands beside its place under a name of its own; what a process left so when it died goes."""

from __future__ import annotations

import os
import platform
import re
import shutil
import time
import uuid
from pathlib import Path

_BEGUN = re.compile(r"\.writing-(.+)-(\d+)-[0-9a-f]{32}")
_LONG = 24 * 60 * 60
"""Seconds after which nobody still writes, wherever the store is shared."""


def beside(place: Path) -> Path:
    """Name what is written beside a place, by this machine and process; it does not exist yet."""
    return place.with_name(f".writing-{platform.node()}-{os.getpid()}-{uuid.uuid4().hex}")


def clear(*folders: Path) -> None:
    """Take away what processes that are no more began to write in some folders and never finished."""
    for left in (path for folder in folders for path in folder.glob(".writing-*") if _is_left(path)):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _is_left(path: Path) -> bool:
    begun = _BEGUN.fullmatch(path.name)
    if begun and begun[1] == platform.node() and os.name == "posix":
        return not _lives(int(begun[2]))
    try:
        return time.time() - path.stat().st_mtime > _LONG
    except OSError:
        return False


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
