"""The command line: reads what was typed, has the command carried out, and turns errors into words and a status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import perfkit
from perfkit.commands import issue_text, options
from perfkit.commands.terminal import BAD_INPUT, DONE, EXIT_CODES, FAILED, MISUSED, complain, reason
from perfkit.model.errors import InputError, PerfkitError

COMMANDS = {
    "run": "load the raw data and make the reports of a quarter",
    "load": "check workbooks and keep what they say",
    "check": "show every issue of workbooks; keep nothing",
    "template": "write workbooks to fill in, which read back when filled",
    "roll": "prepare a quarter: the workbooks to fill in; for a new year the framework to confirm",
    "check-page": "say whether pages may be published",
    "take-away": "write the tables of pages as workbooks and CSV files, beside the pages",
    "diff": "say what changed between two moments, cell by cell, and what it did to ratings",
    "export": "write tidy tables, or all as a star for Power BI, as files or into a database",
    "outlook": "see how well past outlooks did, calibrate the next, record and score judgements",
    "status": "say what is loaded and what reports there are",
    "verify": "say whether published reports still agree with their record and their inputs",
}
"""What each command does; a module of `perfkit.commands` that is called like it adds its options and carries it out."""
__all__ = ["BAD_INPUT", "COMMANDS", "DONE", "FAILED", "MISUSED", "main", "parser"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; give its exit status."""
    typed = sys.argv[1:] if arguments is None else arguments
    given = parser(typed).parse_args(typed)
    action: Callable[[argparse.Namespace], int] = given.action
    try:
        return action(given)
    except InputError as error:
        issue_text.show(error.issues)
        return BAD_INPUT
    except PerfkitError as error:
        complain(str(error))
        return MISUSED
    except BrokenPipeError:
        # Whoever reads what is said, such as head, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        complain(reason(error))
        return MISUSED
    except KeyboardInterrupt:
        complain(given.stopped)
        return FAILED


def parser(typed: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Build the parser of all commands, with the options of all, or of those alone that stand among the words typed."""
    words = str(perfkit.__doc__).splitlines()[0]
    whole = argparse.ArgumentParser(prog="perfkit", description=words, epilog=EXIT_CODES)
    whole.add_argument("--version", action="version", version=f"perfkit {perfkit.__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, words in COMMANDS.items():
        described = words[0].upper() + words[1:] + "."
        own = commands.add_parser(name, help=words, description=described, epilog=EXIT_CODES)
        if typed is None or name in typed:
            _equip(own, import_module(f"perfkit.commands.{name.replace('-', '_')}"))
    return whole


def _equip(own: argparse.ArgumentParser, command: Any) -> None:
    """Give a command's parser the option that all commands share, and its own."""
    own.add_argument("--store", type=options.path, metavar="FOLDER", help="the store (default: data/processed)")
    own.set_defaults(action=command.carry_out, stopped="Stopped.")
    command.add(own)
