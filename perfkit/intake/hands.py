"""More hands for a large delivery: processes that each read a pile of its files at the same time."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any, Protocol

from perfkit.intake.files import File
from perfkit.intake.framework.known import Frameworks
from perfkit.intake.piles import Begun, Pile
from perfkit.intake.reading import Reading

_EACH, _PER_BYTE, _OLD_EXCEL = 5e-4, 1e-7, 1.5e-8
"""About how many seconds a file takes, and a byte of it besides: of a packed file, and of an .xls, which is not."""
_WORTH = 0.08
"""Seconds of work from which another process pays, also on a machine that is not idle."""


class Settle(Protocol):
    """Gives the frameworks against which the second step reads, by what the first step found."""

    def __call__(self, read_now: Mapping[File, Reading]) -> Frameworks:
        """Put the frameworks read now to those that were known."""


class Hand:
    """A pile of files that another process reads; where that process is lost, this one reads the pile itself."""

    def __init__(self, pile: Pile, settle: Settle, others: Sequence[Hand]) -> None:
        self._pile, self._settle, self._lost = pile, settle, False
        context = multiprocessing.get_context("fork")
        self._line, theirs = context.Pipe()
        lines = [self._line, *(other._line for other in others)]
        self._process = context.Process(target=_work, args=(pile, settle, theirs, lines), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self) -> Begun:
        """Give what the first step read."""
        with contextlib.suppress(EOFError, OSError):
            begun: Begun = _received(self._line)
            return begun
        self._lost = True
        return self._pile.begin()

    def tell(self, read_now: Mapping[File, Reading]) -> None:
        """Let the other process go on with the second step."""
        with contextlib.suppress(OSError):
            _send(self._line, read_now)

    def finish(self, read_now: Mapping[File, Reading]) -> dict[str, Reading]:
        """Give what the second step read."""
        with contextlib.suppress(EOFError, OSError):
            readings: dict[str, Reading] = _received(self._line)
            return readings
        if not self._lost:
            self._pile.begin()
        return self._pile.finish(self._settle(read_now))

    def let_go(self) -> None:
        """End the other process."""
        self._line.close()
        self._process.terminate()
        self._process.join()


def _work(pile: Pile, settle: Settle, line: Connection, lines: Sequence[Connection]) -> None:
    """Do both steps in a process of its own. Whatever fails here is done again by the process that asked for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A command may have its own way to stop, which would end here in a message that concerns nobody.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for inherited in lines:
        inherited.close()
    with contextlib.suppress(Exception):
        _send(line, pile.begin())
        _send(line, pile.finish(settle(_received(line))))


def _send(line: Connection, what: object) -> None:
    # By its own choice a line writes arrays as texts, which takes three times as long.
    line.send_bytes(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))


def _received(line: Connection) -> Any:
    return pickle.loads(line.recv_bytes())


@contextlib.contextmanager
def called(piles: Sequence[Pile], settle: Settle) -> Iterator[list[Hand]]:
    """Let a process of its own begin with each pile."""
    hands: list[Hand] = []
    try:
        for pile in piles:
            hands.append(Hand(pile, settle, hands))
        yield hands
    finally:
        for hand in hands:
            hand.let_go()


def share(files: Sequence[File], most: int) -> list[list[File]]:
    """Share files out among at most so many, alike in work; fewer where there is little to do or no way to share.

    Where one of them is large, they are read one after another: together they would fill the memory.

    >>> share([], 2)
    [[]]
    """
    shares = min(most, len(files), 1 + int(sum(map(_work_of, files)) / _WORTH)) if _can_fork() else 1
    if shares > 1 and any(file.is_large for file in files):
        shares = 1
    piles: list[list[File]] = [[] for _ in range(max(1, shares))]
    loads = [0.0] * len(piles)
    for file in sorted(files, key=_work_of, reverse=True):
        least = loads.index(min(loads))
        piles[least].append(file)
        loads[least] += _work_of(file)
    return piles


def _work_of(file: File) -> float:
    return _EACH + (_PER_BYTE if file.is_packed else _OLD_EXCEL) * file.size


def _can_fork() -> bool:
    return hasattr(os, "fork") and not multiprocessing.current_process().daemon
