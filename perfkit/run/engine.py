"""papermill's ``perfkit`` engine: each notebook's cells in a process of their own, forked where that is safe.

``papermill --engine perfkit`` uses it too. A process that opened no thread is forked as it stands, with all its
imports; from any other a fresh interpreter is started, which is as clean and a second slower. Where fork does not exist
the notebook gets an ordinary kernel.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from perfkit.model.errors import RunError

_MANAGED = ("output_path", "log_output", "progress_bar", "autosave_cell_every")

LIFELINES: list[int] = []
"""Further files whose other end closes when the run has gone: a cells' process ends with it."""
_LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"}


class PerfkitEngine:
    """Run a notebook's cells in one clean process, and record what they show as a kernel's client would.

    It has the methods of papermill's ``Engine`` without being one: papermill loads this module while its own is half
    loaded, so it is imported only when a notebook runs.
    """

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """Run a notebook with papermill's options; give it with its outputs."""
        from papermill.engines import NBClientEngine, NotebookExecutionManager

        if not hasattr(os, "fork"):
            ran: NotebookNode = NBClientEngine.execute_notebook(nb, kernel_name, **options)
            return ran
        kept = {name: options[name] for name in _MANAGED if name in options}
        manager = NotebookExecutionManager(nb, **kept)
        manager.notebook_start()
        try:
            cls._execute(manager, options.get("execution_timeout"))
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        done: NotebookNode = manager.nb
        return done

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Give the name of the kernel that the notebook asks for."""
        return str(name or nb.metadata.get("kernelspec", {}).get("name") or "python3")

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Give the notebook's language; any but Python is refused.

        >>> import nbformat
        >>> PerfkitEngine.nb_language(nbformat.v4.new_notebook())
        'python'
        """
        found = language or nb.metadata.get("kernelspec", {}).get("language") or "python"
        if found != "python":
            raise RunError(f"perfkit runs Python notebooks; this one is written in {found}.")
        return str(found)

    @classmethod
    def _execute(cls, manager: Any, limit: int | None) -> None:
        """Run the cells in order; stop at the first that fails, takes too long or loses its process."""
        with _process() as connection:
            notes = _Notes(connection, limit)
            for index, cell in enumerate(manager.nb.cells):
                manager.cell_start(cell, index)
                try:
                    notes.run(cell)
                except CellExecutionError as error:
                    manager.cell_exception(cell, cell_index=index, exception=error)
                    break
                finally:
                    manager.cell_complete(cell, cell_index=index)
        manager.nb.metadata["language_info"] = {**_LANGUAGE, "version": sys.version.split()[0]}


class _Notes:
    """Writes what the cells' process tells into the notebook."""

    def __init__(self, connection: Connection, limit: int | None) -> None:
        self._connection, self._limit = connection, limit
        self._named: dict[str, list[NotebookNode]] = {}
        self._clear = False

    def run(self, cell: NotebookNode) -> None:
        """Run one cell. Raises what nbclient raises for an error, a time-out and a dead process."""
        if cell.cell_type != "code" or not cell.source.strip():
            return
        cell.outputs, cell.execution_count, self._clear = [], None, False
        failed = None
        for message in self._answers(cell):
            if "done" in message:
                cell.execution_count = message["done"]
            else:
                failed = self._note(cell, message) or failed
        if failed:
            raise CellExecutionError.from_cell_and_msg(cell, failed)

    def _answers(self, cell: NotebookNode) -> Iterator[dict[str, Any]]:
        """Send the cell's source; give the messages that come back, the last with ``done``."""
        message: dict[str, Any] = {}
        until = time.monotonic() + (self._limit or math.inf)
        try:
            self._connection.send_bytes(cell.source.encode("utf-8"))
            while "done" not in message and self._comes_by(until):
                message = json.loads(self._connection.recv_bytes())
                yield message
        except (EOFError, OSError):
            raise DeadKernelError("The notebook's process was killed or died.") from None
        if "done" not in message:
            raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", self._limit or 0, cell)

    def _comes_by(self, until: float) -> bool:
        return self._connection.poll(None if math.isinf(until) else max(0.0, until - time.monotonic()))

    def _note(self, cell: NotebookNode, message: dict[str, Any]) -> dict[str, Any] | None:
        if "clear" in message:
            self._clear = message["wait"]
            cell.outputs = cell.outputs if message["wait"] else []
            return None
        if self._clear:
            cell.outputs, self._clear = [], False
        if message.pop("update", False):
            self._replace(message)
            return None
        name = message.pop("display_id", None)
        output = output_from_msg({"header": {"msg_type": message["output_type"]}, "content": message})
        if _continues(cell, output):
            cell.outputs[-1]["text"] += output.text
        else:
            cell.outputs.append(output)
        if name:
            self._named.setdefault(name, []).append(output)
        return message if output.output_type == "error" else None

    def _replace(self, message: dict[str, Any]) -> None:
        for output in self._named.get(message["display_id"], []):
            output["data"], output["metadata"] = message["data"], message["metadata"]


def _continues(cell: NotebookNode, output: NotebookNode) -> bool:
    if output.output_type != "stream" or not cell.outputs:
        return False
    last = cell.outputs[-1]
    return bool(last.output_type == "stream" and last.name == output.name)


@contextmanager
def _process() -> Iterator[Connection]:
    """Give a connection to a new cells' process; the process, and what it started, is gone afterwards."""
    here, there = Pipe()
    life, hold = os.pipe()
    start = _forked if threading.active_count() == 1 else _started
    number = start(here, there, life, hold)
    try:
        there.close()
        yield here
    finally:
        os.close(hold)
        os.close(life)
        here.close()
        _end(number)


def _end(number: int) -> None:
    """End a cells' process with all that it started; it may not have become the leader of its group yet."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(number, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(number, 0)


def _forked(here: Connection, there: Connection, life: int, hold: int) -> int:
    number = os.fork()
    if number:
        return number
    try:
        from perfkit.run import cells

        here.close()
        os.close(hold)
        cells.serve(there, [life, *LIFELINES])
    finally:
        os._exit(0)


def _started(here: Connection, there: Connection, life: int, hold: int) -> int:
    del here, hold
    from perfkit.run.cells import INLINE

    command = [sys.executable, "-m", "perfkit.run.cells", str(there.fileno()), str(life)]
    process = subprocess.Popen(command, pass_fds=[there.fileno(), life], env={"MPLBACKEND": INLINE} | os.environ)
    process.returncode = 0  # it is waited for by its number, as a forked one is
    return process.pid
