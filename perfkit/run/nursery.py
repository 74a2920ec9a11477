"""The preloaded parent: it imports everything once, then forks a process for each task, and keeps nothing else open.

Tasks come in and answers go out as pickles over two pipes. When the run that wanted them has gone, the parent and every
process below it end.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections import deque
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any

TOOLS = (
    "papermill", "papermill.engines", "nbconvert.exporters", "nbformat", "perfkit.run.engine", "perfkit.run.execution",
    "perfkit.run.index", "perfkit.run.workbook",
)  # fmt: skip


def main() -> None:
    """Preload, then serve standard input and output until the input ends."""
    tasks, answers = _pipes()
    from perfkit.run import cells, grammar

    grammar.leave_out()
    cells.preload()
    for name in TOOLS:
        import_module(name)
    _warm()
    gc.collect()
    gc.freeze()
    _Nursery(tasks, answers, most=int(sys.argv[1])).serve()


def _pipes() -> tuple[Connection, Connection]:
    """Take the pipes away from standard input and output, where a stray line would spoil them."""
    tasks = Connection(os.dup(0), writable=False)
    answers = Connection(os.dup(1), readable=False)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return tasks, answers


def _warm() -> None:
    """Compile the template of a page once, for all pages."""
    import nbformat
    from nbconvert.exporters import get_exporter

    get_exporter("perfkit")().from_notebook_node(nbformat.v4.new_notebook())


class _Nursery:
    def __init__(self, tasks: Connection, answers: Connection, *, most: int) -> None:
        self._tasks, self._answers, self._most = tasks, answers, most
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._running: dict[Any, tuple[int, int]] = {}
        self._life, self._hold = os.pipe()

    def serve(self) -> None:
        """Start tasks as they come, as many at once as allowed, and pass on what became of each."""
        try:
            while True:
                for ready in wait([self._tasks, *self._running]):
                    self._hear(ready)
        except (EOFError, OSError):
            for number, _ in self._running.values():
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)

    def _hear(self, ready: Any) -> None:
        if ready is self._tasks:
            self._waiting.append(pickle.loads(self._tasks.recv_bytes()))
        else:
            self._finish(ready)
        while self._waiting and len(self._running) < self._most:
            self._begin(*self._waiting.popleft())

    def _begin(self, task: int, work: bytes) -> None:
        ours, theirs = os.pipe()
        number = os.fork()
        if not number:
            self._carry_out(work, theirs)
        os.close(theirs)
        self._running[Connection(ours, writable=False)] = (number, task)

    def _carry_out(self, work: bytes, theirs: int) -> None:
        """Do the task in the new process; its answer is a pickle of whether it went well, and the result or error."""
        try:
            from perfkit.run import engine

            for shared in (self._tasks.fileno(), self._answers.fileno(), self._hold):
                os.close(shared)
            engine.LIFELINES.append(self._life)
            try:
                function, arguments, options = pickle.loads(work)
                answer = (True, function(*arguments, **options))
            except Exception as error:
                answer = (False, error)
            Connection(theirs, readable=False).send_bytes(pickle.dumps(answer))
        finally:
            os._exit(0)

    def _finish(self, ready: Any) -> None:
        number, task = self._running.pop(ready)
        try:
            answer = ready.recv_bytes()
        except EOFError:
            answer = b""
        ready.close()
        os.waitpid(number, 0)
        self._answers.send_bytes(pickle.dumps((task, answer)))


if __name__ == "__main__":
    main()
