"""Options that several commands share, and how their text is read."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands.terminal import EXIT_CODES
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

RAW = Path("data") / "raw"
REPORTS = Path("reports")
NOTEBOOKS = Path("notebooks")


def command(
    commands: Commands, name: str, words: str, carry_out: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Add a command, with the option that all commands share."""
    parser = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".", epilog=EXIT_CODES)
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="the store (default: data/processed)")
    parser.set_defaults(action=carry_out)
    return parser


def add_hidden(parser: argparse.ArgumentParser) -> None:
    """Add the option by which hidden sheets are read too."""
    parser.add_argument("--hidden", action="store_true", help="read hidden sheets too, and say which")


def add_recipe(parser: argparse.ArgumentParser) -> None:
    """Add the option by which a recipe is tried before it stands among the data."""
    words = "read releases by this recipe before all others (docs/how-to/add-a-release.md)"
    parser.add_argument("--recipe", type=Path, metavar="FILE", help=words)


def store_of(options: argparse.Namespace) -> Path:
    """Give the store that a command works on."""
    from perfkit import store

    return options.store.absolute() if options.store else store.locate()


def day(name: str, text: str | None) -> dt.date | None:
    """Read a day given as an option.

    >>> day("--received", "2017-07-21"), day("--received", None)
    (datetime.date(2017, 7, 21), None)
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f'{name} "{text}" is not a day: expected one such as 2017-07-21.') from None
