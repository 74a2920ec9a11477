"""How far a run has come: a line a page in a log, and on a terminal one short line that is written over."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from perfkit.commands.terminal import say

if TYPE_CHECKING:
    from perfkit.run.manifest import Page
    from perfkit.run.sets import Progress


@contextmanager
def shown(form: str, *, total: int) -> Iterator[Progress]:
    """Give what tells of each finished page.

    On a terminal a page that is well shows in the line that is written over; what failed or has a remark stays.
    """
    if form != "text" or not sys.stdout.isatty():
        yield lambda page, done, total: _lasting(page, done, total, form)
        return
    _over(f"0 of {total} pages")
    try:
        yield _live
    finally:
        _over("")


def _lasting(page: Page, done: int, total: int, form: str) -> None:
    from perfkit.run import report

    for line in report.lines(page, done, total, form=form):
        say(line)


def _live(page: Page, done: int, total: int) -> None:
    if page.status == "failed" or page.remark:
        _over("")
        _lasting(page, done, total, "text")
    _over(f"{done} of {total} pages: {page.title}, {page.status}")


def _over(text: str) -> None:
    """Write over the line that was there before; nothing is left of it but the text."""
    width = max(20, shutil.get_terminal_size().columns - 1)
    sys.stdout.write(f"\r{' ' * width}\r{text[:width]}")
    sys.stdout.flush()
