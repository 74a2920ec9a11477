"""``python -m perfkit`` is the same as ``perfkit``."""

import sys


def main() -> int:
    """Carry out the command typed; being stopped while its modules are still imported is no fault to trace."""
    try:
        from perfkit import cli

        return cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
