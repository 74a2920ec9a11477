"""Put files where they were asked for: all of them whole, or those that stood there before stay as they were."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from perfkit.model.errors import ParameterError

Write = Callable[[Path], object]
"""What writes a file at the path given."""


def replace(target: Path, write_to: Write) -> None:
    """Have a file written beside its place, then put there; raises as `replace_all` does."""
    replace_all({target: write_to})


def replace_all(targets: Mapping[Path, Write]) -> None:
    """Have files written beside their places, then put there; one behind a link is replaced there.

    What is no ordinary file, such as a terminal or a pipe, is written to as it is. Raises `ParameterError` where a
    folder stands in a file's place, and `OSError` that names the target where it cannot be written.
    """
    if folder := next((target for target in targets if target.is_dir()), None):
        raise ParameterError(f"{folder} is a folder: name a file with --out.")
    plain = [target for target in targets if target.is_file() or not target.exists()]
    beside = {target: target.resolve().with_name(f".writing-{uuid.uuid4().hex}") for target in plain}
    target = Path()
    try:
        for target, write_to in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_to(beside.get(target, target))
        for target, path in beside.items():
            path.replace(target.resolve())
    except OSError as error:
        said = os.strerror(error.errno) if error.errno else str(error)
        raise OSError(error.errno, said, str(target)) from error
    finally:
        for path in beside.values():
            with suppress(OSError):
                path.unlink()
