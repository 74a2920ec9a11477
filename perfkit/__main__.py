"""``python -m perfkit`` is the same as ``perfkit``."""

import sys

from perfkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
