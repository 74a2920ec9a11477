"""Carry out tasks on a Dask cluster.

Notebooks, store and reports must stand at the same paths on every machine, on storage that all of them see. A task
whose worker is lost is done again by another. Needs the package ``distributed``, which is an optional extra.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from perfkit.model.errors import ParameterError, RunError

T = TypeVar("T")
SCHEME = "dask://"
_PATIENCE = 20
_AGAIN = 3


class Cluster(Executor):
    """Carry out tasks on the workers of a scheduler, such as ``dask://127.0.0.1:8786``.

    Each worker has ``carry_out`` do a task, which is given a function, its arguments and its options. Raises
    `ParameterError` for another kind of address or without ``distributed``, `RunError` where nobody answers.
    """

    def __init__(self, address: str, carry_out: Callable[..., Any]) -> None:
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
        self._carry_out = carry_out
        self._pool = self._client.get_executor(pure=False, retries=_AGAIN)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Send a task to the cluster."""
        future: Future[T] = self._pool.submit(self._carry_out, fn, args, kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; tasks that nobody waits for any more are given up."""
        del wait, cancel_futures
        self._client.close()
