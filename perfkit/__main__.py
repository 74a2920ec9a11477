"""``python -m perfkit`` is the same as ``perfkit``."""

import io
import os
import sys
from pathlib import Path
from typing import TextIO


def main() -> int:
    """Carry out the command typed; being stopped while its modules are still imported is no fault to trace."""
    sys.stdout, sys.stderr = _able(sys.stdout), _able(sys.stderr)
    try:
        from perfkit import cli

        return cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 1


def _able(stream: TextIO | None) -> TextIO:
    """Give a stream that takes all that is said: one that was closed says nothing, a sign unknown to it its number."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


if __name__ == "__main__":
    sys.exit(main())
