"""Options that several commands share, and how their text is read.

What reads them imports what it needs itself: the help of all commands is to be quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.model.errors import ParameterError, StoreError

if TYPE_CHECKING:
    import datetime as dt

RAW = Path("data") / "raw"
REPORTS = Path("reports")
NOTEBOOKS = Path("notebooks")


def path(text: str) -> Path:
    """Read a file or folder given as an option; an empty text would quietly mean the current folder.

    >>> path("data/raw").as_posix()
    'data/raw'
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("a file or folder must be named, and the text given is empty")
    return Path(text)


def add_hidden(parser: argparse.ArgumentParser) -> None:
    """Add the option by which hidden sheets are read too."""
    parser.add_argument("--hidden", action="store_true", help="read hidden sheets too, and say which")


def add_recipe(parser: argparse.ArgumentParser) -> None:
    """Add the option by which a recipe is tried before it stands among the data."""
    words = "read releases by this recipe before all others (docs/how-to/add-a-release.md)"
    parser.add_argument("--recipe", type=path, metavar="FILE", help=words)


def add_council(parser: argparse.ArgumentParser) -> None:
    """Add the option that takes another council's folders for the usual ones."""
    words = "a council with a folder of its own in data/raw, such as oxford-city (default: that of data/raw itself)"
    parser.add_argument("--council", default="", metavar="FOLDER", help=words)


def council_of(given: argparse.Namespace) -> str:
    """Give the folder of the council asked for, empty for that of data/raw itself.

    Raises `ParameterError` with the nearest where no folder of data/raw with a council.toml is called so.
    """
    name: str = getattr(given, "council", "")
    return _known_council(name) if name else ""


def _known_council(name: str) -> str:
    from perfkit.model import councils, parameters

    known = councils.others(RAW)
    if name not in known:
        none = f" No folder in {RAW.as_posix()} has a {councils.FILE}."
        raise ParameterError(f'There is no council "{name}".{parameters.suggestion(name, known) if known else none}')
    return name


def check_paths(given: argparse.Namespace, paths: Sequence[Path]) -> None:
    """Refuse files of one council for the store of another; whoever names a store knows which it is."""
    from perfkit.model import councils

    for path in paths if not given.store else ():
        within = path.resolve().relative_to(RAW.resolve()).parts if path.resolve().is_relative_to(RAW.resolve()) else ()
        owner = within[0] if within and within[0] in councils.others(RAW) else ""
        if owner and owner != council_of(given):
            raise ParameterError(f"{path.as_posix()} belongs to another council: give --council {owner}.")


def store_of(given: argparse.Namespace) -> Path:
    """Give the store that a command works on; raises `StoreError` where a file stands in its place."""
    from perfkit.keeping import receipts

    place: Path = given.store.absolute() if given.store else receipts.locate() / council_of(given)
    there = next((path for path in (place, *place.parents) if path.exists()), place)
    if there.is_file():
        raise StoreError(f"The store must be a folder, and {there} is a file: name a folder with --store or move it.")
    return place


def raw_of(given: argparse.Namespace) -> Path:
    """Give the folder of raw data that a command works on."""
    asked: Path | None = getattr(given, "raw", None)
    return asked or RAW / council_of(given)


def reports_of(given: argparse.Namespace) -> Path:
    """Give the folder that the reports stand in."""
    asked: Path | None = given.out
    return asked or REPORTS / council_of(given)


def day_gone(name: str, text: str | None) -> dt.date | None:
    """Read a day on which something came; one still to come would go before all that comes until then.

    Raises `ParameterError`.
    """
    import datetime as dt

    found = day(name, text)
    if found is not None and found > dt.date.today():
        raise ParameterError(f'{name} "{text}" is still to come: expected the day on which the files came.')
    return found


def day(name: str, text: str | None) -> dt.date | None:
    """Read a day given as an option.

    >>> day("--received", "2017-07-21"), day("--received", None)
    (datetime.date(2017, 7, 21), None)
    """
    import datetime as dt

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f'{name} "{text}" is not a day: expected one such as 2017-07-21.') from None
