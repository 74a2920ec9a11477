"""The command line: reads what was typed, has the command carried out, and turns errors into words and a status."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

import perfkit
from perfkit.commands import (
    check,
    check_page,
    diff,
    export,
    load,
    outlook,
    roll,
    run,
    status,
    take_away,
    template,
    verify,
)
from perfkit.commands.terminal import BAD_INPUT, DONE, EXIT_CODES, FAILED, MISUSED, complain, show_issues
from perfkit.model.errors import InputError, PerfkitError

COMMANDS = (run, load, check, template, roll, check_page, take_away, diff, export, outlook, status, verify)
__all__ = ["BAD_INPUT", "COMMANDS", "DONE", "FAILED", "MISUSED", "command_names", "main", "parser"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; give its exit status."""
    given = parser().parse_args(arguments)
    action: Callable[[argparse.Namespace], int] = given.action
    try:
        return action(given)
    except InputError as error:
        show_issues(error.issues)
        return BAD_INPUT
    except PerfkitError as error:
        complain(str(error))
        return MISUSED
    except OSError as error:
        complain(f"{error.filename or 'A file'}: {error.strerror or error}.")
        return MISUSED
    except KeyboardInterrupt:
        complain(given.stopped)
        return FAILED


def parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    words = str(perfkit.__doc__).splitlines()[0]
    whole = argparse.ArgumentParser(prog="perfkit", description=words, epilog=EXIT_CODES)
    whole.add_argument("--version", action="version", version=f"perfkit {perfkit.__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return whole


def command_names() -> list[str]:
    """List the commands.

    >>> command_names()[:2]
    ['run', 'load']
    """
    return [command.__name__.rsplit(".", 1)[-1].replace("_", "-") for command in COMMANDS]
