"""Jupyter kernels started ahead: while one notebook runs, the next one's kernel starts and imports what notebooks use.

For systems without fork. A kernel runs one notebook and is ended, so that nothing leaks into the next. papermill knows
this way of running as the engine ``perfkit-ahead`` once `register` was called.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import util
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

NAME = "perfkit-ahead"
_KERNEL = "python3"
_PATIENCE = 60
# One expression, so that no name of it is left among the notebook's own.
_PRELOAD = "__import__('perfkit.run.cells', fromlist=['preload']).preload()"
_WAITING: list[_Kernel] = []


@dataclass(frozen=True)
class _Kernel:
    """A kernel that was started, and the client that asked it to import."""

    manager: KernelManager
    client: BlockingKernelClient

    def ready(self) -> KernelManager:
        """Wait until it has imported, hand on this process's environment, and give it for a notebook to use."""
        self.client.wait_for_ready(timeout=_PATIENCE)
        environment = {name: value for name, value in os.environ.items() if name.startswith("PERFKIT_")}
        told = f"__import__('os').environ.update({environment!r})"
        self.client.execute_interactive(told, silent=True, timeout=_PATIENCE)
        self.client.stop_channels()
        return self.manager

    def end(self) -> None:
        """End it, whatever it is at."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


def begin() -> None:
    """Start a kernel ahead, unless one is waiting; it ends with this process at the latest."""
    if _WAITING:
        return
    manager = KernelManager(kernel_name=_KERNEL, client_class="jupyter_client.asynchronous.AsyncKernelClient")
    # Errors only: the kernel's warning that it listens on loopback without encryption helps nobody in a run's log.
    manager.start_kernel(extra_arguments=["--IPKernelApp.log_level=40"])
    client = BlockingKernelClient()
    client.load_connection_info(manager.get_connection_info())
    client.start_channels()
    client.execute(_PRELOAD, silent=True)
    _WAITING.append(_Kernel(manager, client))


def end() -> None:
    """End the kernel that waits, if one does."""
    while _WAITING:
        _WAITING.pop().end()


def start_worker() -> None:
    """Start a worker's first kernel ahead; the one that waits last is ended with the worker."""
    util.Finalize(None, end, exitpriority=10)
    begin()


def waiting() -> list[int]:
    """Give the numbers of the processes of kernels that wait."""
    provisioners: list[Any] = [kernel.manager.provisioner for kernel in _WAITING]
    return [int(provisioner.pid) for provisioner in provisioners]


@contextmanager
def _taken() -> Iterator[KernelManager]:
    """Give a kernel for one notebook, start the one after it, and end the first when the notebook has run."""
    begin()
    kernel = _WAITING.pop()
    try:
        manager = kernel.ready()
        begin()
        yield manager
    finally:
        kernel.end()


class AheadEngine(Engine):  # type: ignore[misc]  # papermill carries no types
    """papermill's engine that runs each notebook in a kernel started ahead."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook's cells with papermill's options; ``kernel_name`` is perfkit's own kernel."""
        del kernel_name
        given = {"timeout": options.get("execution_timeout"), "log_output": options.get("log_output", False)}
        with _taken() as manager:
            return PapermillNotebookClient(nb_man, km=manager, startup_timeout=_PATIENCE, **given).execute()


def register() -> str:
    """Let papermill know the engine; give its name."""
    papermill_engines.register(NAME, AheadEngine)
    return NAME
