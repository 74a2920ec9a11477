"""What commands say: results to standard output, complaints to standard error, in plain lines."""

from __future__ import annotations

import sys

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


def count(number: int, noun: str) -> str:
    """Write a number and its noun.

    >>> count(1, "file"), count(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
