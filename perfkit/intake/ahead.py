"""The next workbooks of a delivery are parsed while this one is read: the parser leaves the interpreter to others."""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from perfkit.intake.files import File
from perfkit.intake.workbooks import releases
from perfkit.intake.workbooks.grid import Workbook
from perfkit.intake.workbooks.releases import Looked, Parsed
from perfkit.model.errors import InputError

_QUICK = 1024 * 1024
"""Bytes up to which an .xls is parsed in less time than another thread takes to be told."""
AHEAD = 2
"""How many workbooks are begun before they are read: with one, the first would be waited for."""
_TURN = 5e-5
"""Seconds after which the thread is given its turn: it waits some fifty times a workbook, else for 5 ms each time."""


class Ahead:
    """Reads workbooks quickly, those that were begun before from where a thread has got to with them."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._thread = ThreadPoolExecutor(1)
        self._begun: dict[File, tuple[Looked, Future[Parsed]]] = {}

    def __enter__(self) -> Self:
        """Give itself, and let the thread have its turns often."""
        self._turn = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the thread end what it does, and begin nothing else."""
        self._thread.shutdown(cancel_futures=True)
        sys.setswitchinterval(self._turn)

    def begin(self, file: File) -> None:
        """Let a workbook be parsed; one that is refused, too large or quickly parsed is left until it is read."""
        if file in self._begun or file.is_large or not (file.is_packed or file.size > _QUICK):
            return
        try:
            looked = releases.look(file.path, file=file.name, hidden=self._hidden)
        except InputError:
            return
        self._begun[file] = looked, self._thread.submit(releases.parse, looked)

    def read(self, file: File) -> Workbook:
        """Read a workbook; raises `InputError` as `releases.read` does."""
        if file not in self._begun:
            return releases.read(file.path, file=file.name, hidden=self._hidden)
        looked, parsing = self._begun.pop(file)
        return releases.grids(looked, parsing.result)
