"""Who carries out the tasks of a run: processes forked from a preloaded parent, new processes, or a Dask cluster.

A run asks only for `concurrent.futures.Executor`: ``submit`` and the futures that it gives.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
ENGINES = ("fork", "ahead", "kernel")
_MEGABYTES = 400
"""Memory that one page may take while it is made."""


def usual_engine() -> str:
    """Give the engine to use unless another is asked for: fork where there is one, else kernels started ahead."""
    return "fork" if hasattr(os, "fork") else "ahead"


def most(wanted: int | None = None) -> int:
    """Limit the number of pages made at once by what is wanted, by cores and by free memory.

    >>> most(1)
    1
    """
    allowed = max(1, min(_cores(), _free_megabytes() // _MEGABYTES))
    return allowed if wanted is None else min(wanted, allowed)


def _cores() -> int:
    """Count the cores that this process may use, which a container or a scheduler may have limited."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _free_megabytes() -> int:
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("MemAvailable")).split()[1]) // 1024
    return 2 * _MEGABYTES


@contextmanager
def opened(engine: str, *, workers: int, address: str = "") -> Iterator[Executor]:
    """Give an executor, of this machine or of the cluster at an address.

    Leaving it early, by an error or a signal, ends the processes that still work.
    """
    forks = engine == "fork"
    pool: Executor
    if address:
        from perfkit.run.cluster import Cluster

        pool = Cluster(address, _carry_out)
    else:
        pool = Nursery(workers) if forks else _spawned(engine, workers)
    try:
        yield pool
    finally:
        pool.shutdown(wait=not forks, cancel_futures=True)


def _spawned(engine: str, workers: int) -> Executor:
    """Give new processes; each starts its first kernel at once where kernels are started ahead."""
    start = _start_worker if engine == "ahead" else None
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=start)


def _start_worker() -> None:
    from perfkit.run import kernels

    kernels.start_worker()


class Nursery(Executor):
    """Carry out each task in a process forked from a parent that imported everything, and no more, before.

    The parent starts at once, so that its imports go on beside whatever the run does first.
    """

    def __init__(self, workers: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "perfkit.run.nursery", str(workers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._tasks = Connection(os.dup(self._process.stdin.fileno()), readable=False)
        self._answers = Connection(os.dup(self._process.stdout.fileno()), writable=False)
        self._process.stdin.close()
        self._process.stdout.close()
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._count = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Send a task; its future raises `BrokenProcessPool` where the process that did it was killed."""
        future: Future[T] = Future()
        with self._lock:
            self._count += 1
            number = self._count
            self._waiting[number] = future
        future.set_running_or_notify_cancel()
        try:
            self._tasks.send_bytes(pickle.dumps((number, pickle.dumps((fn, args, kwargs)))))
        except OSError:
            self._settle(number, b"")
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the parent at once; every process below it ends when it sees its parent gone."""
        del wait, cancel_futures
        self._process.kill()
        self._process.wait()
        self._tasks.close()
        self._reader.join()

    def _read(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._settle(*pickle.loads(self._answers.recv_bytes()))
        for number in list(self._waiting):
            self._settle(number, b"")

    def _settle(self, number: int, answer: bytes) -> None:
        with self._lock:
            future = self._waiting.pop(number, None)
        if future is None:
            return
        if not answer:
            future.set_exception(BrokenProcessPool("the process that did it was killed"))
            return
        went_well, result = pickle.loads(answer)
        if went_well:
            future.set_result(result)
        else:
            future.set_exception(result)


def _carry_out(function: Callable[..., T], arguments: tuple[Any, ...], options: dict[str, Any]) -> T:
    """Do a task in a worker of a cluster: in a process forked from the worker's own parent, where there is fork."""
    if usual_engine() != "fork":
        return function(*arguments, **options)
    return _nursery().submit(function, *arguments, **options).result()


@cache
def _nursery() -> Nursery:
    return Nursery(most())
