"""What commands say: results to standard output, complaints to standard error, in plain lines."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

DONE, FAILED, MISUSED, BAD_INPUT = 0, 1, 2, 3
EXIT_CODES = "exit status: 0 all is well, 1 some reports failed, 2 the command cannot be carried out, 3 bad input"


def say(text: str) -> None:
    """Write a line of result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line of complaint."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def reason(error: OSError) -> str:
    """Say what the system refused, of which file or folder, and what to do about it.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'There is no room left on the disk: make room, then try again.'
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "There is no room left on the disk: make room, then try again."
    if error.filename is None:
        return f"The system refused: {error.strerror or error}."
    # What is asked for need not exist, and what is written goes by a passing name first: both are told by their folder.
    asked = Path(os.fsdecode(error.filename)).absolute()
    there = next(path for path in (asked, *asked.parents) if os.access(path, os.F_OK))
    if isinstance(error, PermissionError):
        return f"{there} may not be read or written: close it elsewhere, see that you may, or name another place."
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{there} is a file where a folder is needed: name another place, or move the file."
    if isinstance(error, IsADirectoryError):
        return f"{there} is a folder where a file is needed: name a file."
    return f"{asked}: {error.strerror or error}."


def count(number: int, noun: str) -> str:
    """Write a number and its noun.

    >>> count(1, "file"), count(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
