"""Which council a folder of raw data belongs to, as the file council.toml in it tells."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from perfkit.model.errors import InputError, Issue, Where

FILE = "council.toml"
"""Its name; a sub-folder that holds one belongs to another council and is passed over."""


@dataclass(frozen=True)
class Council:
    """A council: its name as pages show it, and the area that its figures are about.

    >>> Council("Oxford City Council", "Oxford").area
    'Oxford'
    """

    name: str
    area: str


_EXAMPLES = {"name": "Oxford City Council", "area": "Oxford"}


def read(folder: Path) -> Council | None:
    """Read council.toml of a folder; None where there is none.

    Raises `InputError` with every fault at once: a key that is missing, unknown or not a text, or a file that is not
    TOML.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        action = "Put every text in quotes, one key a line."
        raise InputError([Issue(Where(FILE), f"a line that cannot be read ({error})", _example(), action)]) from None
    if issues := _faults(said):
        raise InputError(issues)
    return Council(**said)


def outside(path: Path, given: Path) -> bool:
    """Say whether a file below a folder belongs to another council: a folder between the two has a council.toml.

    >>> outside(Path("raw/2017-18/framework.xlsx"), Path("raw"))
    False
    """
    between = path.relative_to(given).parts[:-1]
    return any(given.joinpath(*between[: n + 1], FILE).is_file() for n in range(len(between)))


def others(folder: Path) -> list[str]:
    """Name the folders in a folder of raw data that belong to other councils."""
    return sorted(path.parent.name for path in folder.glob(f"*/{FILE}"))


def _faults(said: Mapping[str, Any]) -> list[Issue]:
    known = [field.name for field in fields(Council)]
    issues = [Issue(Where(FILE), f'the key "{key}"', _one_of(known), _suggest(key, known)) for key in said
              if key not in known]  # fmt: skip
    for key in known:
        line = f'{key} = "{_EXAMPLES[key]}"'
        if key not in said:
            issues.append(Issue(Where(FILE), f"no {key}", f"a line such as {line}", "Add it."))
        elif not isinstance(said[key], str) or not said[key].strip():
            issues.append(Issue(Where(FILE), f"{key} = {said[key]!r}", f"a text, such as {line}", "Write it so."))
    return issues


def _suggest(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key.lower(), known, n=1)
    return f'Did you mean "{near[0]}"? Correct it or take the line out.' if near else "Take the line out."


def _one_of(known: list[str]) -> str:
    return " or ".join(known)


def _example() -> str:
    return " and ".join(f'{key} = "{value}"' for key, value in _EXAMPLES.items())
