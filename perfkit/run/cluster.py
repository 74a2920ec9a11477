"""Carry out tasks on a Dask cluster, in whose workers a preloaded parent forks a process for each task.

Notebooks, store and reports must stand at the same paths on every machine, on storage that all of them see. A task
whose worker is lost is done again by another. Needs the package ``distributed``, which is an optional extra.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import cache
from typing import Any, TypeVar

from perfkit.model.errors import ParameterError, RunError
from perfkit.run.executors import Nursery, most, usual_engine

T = TypeVar("T")
SCHEME = "dask://"
_PATIENCE = 20
_AGAIN = 3


class Cluster(Executor):
    """Carry out tasks on the workers of a scheduler, such as ``dask://127.0.0.1:8786``.

    Raises `ParameterError` for another kind of address or without ``distributed``, `RunError` where nobody answers.
    """

    def __init__(self, address: str) -> None:
        if not address.startswith(SCHEME):
            raise ParameterError(f'--executor "{address}": expected an address such as dask://127.0.0.1:8786.')
        try:
            from distributed import Client
        except ImportError:
            raise ParameterError("--executor needs the package distributed: pip install 'perfkit[dask]'") from None
        try:
            self._client = Client(address.replace(SCHEME, "tcp://", 1), timeout=_PATIENCE)
        except OSError:
            raise RunError(f"No Dask scheduler answers at {address}.") from None
        self._pool = self._client.get_executor(pure=False, retries=_AGAIN)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Send a task to the cluster."""
        future: Future[T] = self._pool.submit(carry_out, fn, args, kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; tasks that nobody waits for any more are given up."""
        del wait, cancel_futures
        self._client.close()


def carry_out(function: Callable[..., T], arguments: tuple[Any, ...], options: dict[str, Any]) -> T:
    """Do a task in this worker: in a process forked from the worker's own parent, where there is fork."""
    if usual_engine() != "fork":
        return function(*arguments, **options)
    return _nursery().submit(function, *arguments, **options).result()


@cache
def _nursery() -> Nursery:
    return Nursery(most())
