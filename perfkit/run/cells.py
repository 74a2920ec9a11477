"""The process that a notebook's cells run in: a clean IPython namespace that reports what each cell shows.

One end of a connection sends the source of a cell; this end answers with one JSON message for each thing shown, as a
kernel would (``stream``, ``display_data``, ``execute_result``, ``error``), and ``done`` with the cell's number.
"""

from __future__ import annotations

import base64
import io
import json
import os
import random
import select
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import Type
from traitlets.config import Config

INLINE = "module://matplotlib_inline.backend_inline"
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
_FACES = ("pandas", "numpy", "matplotlib.pyplot", "seaborn", "pyarrow.parquet", "openpyxl")


def preload() -> None:
    """Import what notebooks use, and nothing that opens a thread, a socket or a kernel."""
    os.environ |= _ONE_THREAD
    os.environ.setdefault("MPLBACKEND", INLINE)
    for name in _FACES:
        import_module(name)
    face = import_module("perfkit")
    for name in face.__all__:
        getattr(face, name)


def serve(connection: Connection, lifelines: Iterable[int] = ()) -> None:
    """Run each cell that is sent, until the other end hangs up; end at once when a lifeline's other end closes."""
    os.setsid()
    threading.Thread(target=_watch, args=(tuple(lifelines),), daemon=True).start()
    _silence()
    _seed()
    shell = _Shell.begin(connection)
    while True:
        try:
            source = connection.recv_bytes().decode("utf-8")
        except EOFError:
            return
        shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        shell.say({"done": shell.execution_count - 1})


def _watch(lifelines: tuple[int, ...]) -> None:
    """Take whatever the notebook started along, so that nothing outlives the run that wanted it."""
    if lifelines:
        select.select(lifelines, [], [])
        os.killpg(os.getpgrp(), signal.SIGKILL)


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def _seed() -> None:
    """Children of one parent share its random state: give each notebook the same beginning, whoever ran before."""
    import numpy as np

    random.seed(0)
    np.random.seed(0)


class _Stream(io.TextIOBase):
    """Standard output or error, told as messages."""

    encoding = "utf-8"

    def __init__(self, name: str, shell: _Shell) -> None:
        self._name, self._shell = name, shell

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Tell the text."""
        if text:
            self._shell.say({"output_type": "stream", "name": self._name, "text": text})
        return len(text)


class _Publisher(DisplayPublisher):
    """What ``display`` calls."""

    def publish(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        *_: Any,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **__: Any,
    ) -> None:
        """Tell what ``display`` was given."""
        message = {"output_type": "display_data", "data": _plain(data), "metadata": metadata or {}}
        self.shell.say(message | {"display_id": (transient or {}).get("display_id"), "update": update})

    def clear_output(self, wait: bool = False) -> None:
        """Tell that what the cell has shown so far is to go."""
        self.shell.say({"clear": True, "wait": wait})


class _Hook(DisplayHook):
    """What the value of a cell's last line goes to."""

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None) -> None:
        """Tell the value of a cell's last line."""
        message = {"output_type": "execute_result", "data": _plain(format_dict), "metadata": md_dict or {}}
        shell: Any = self.shell
        shell.say(message | {"execution_count": self.prompt_count})


class _Shell(InteractiveShell):
    """IPython without a terminal, telling what is shown."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    connection: Connection

    @classmethod
    def begin(cls, connection: Connection) -> _Shell:
        """Give a shell whose output goes to a connection, with no history, profile or start-up file of the user's."""
        cls.connection = connection
        place = Path(tempfile.gettempdir()) / "perfkit-no-profile"
        quiet = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})
        profile = ProfileDir.create_profile_dir(str(place))  # type: ignore[no-untyped-call]
        shell = cls.instance(config=quiet, profile_dir=profile)
        sys.stdout, sys.stderr = _Stream("stdout", shell), _Stream("stderr", shell)
        return shell

    def say(self, message: Mapping[str, Any]) -> None:
        """Send one message."""
        self.connection.send_bytes(json.dumps(message, default=str).encode("utf-8"))

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.say({"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": stb})

    def ask_exit(self) -> None:
        """End the process, so that the cell counts as one that did not run to its end."""
        os._exit(0)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        kind: base64.encodebytes(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


if __name__ == "__main__":
    preload()
    serve(Connection(int(sys.argv[1])), [int(sys.argv[2])])
