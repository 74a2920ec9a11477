"""council.toml as a file of a delivery: whose figures a store holds, and returns that name another council."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from perfkit.intake import reading, titles
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model import councils
from perfkit.model.errors import InputError, Issue, Where

TABLE = "councils"


def read(path: Path, *, file: str) -> Reading:
    """Read council.toml into the table of its name and area, or into what is wrong with it."""
    try:
        council = councils.read(path.parent)
    except InputError as error:
        return Reading({}, error.issues)
    if council is None:
        return Reading({}, ())
    row = {"name": council.name, "area": council.area, "file": file, "sheet": None, "cell": "name"}
    return reading.of({TABLE: [row]})


def own_name(framework: Mapping[str, pd.DataFrame]) -> str:
    """Give the name that council.toml tells; empty where there is none."""
    told = framework.get(TABLE)
    return "" if told is None or told.empty else str(told["name"].iloc[-1])


def of_title(workbook: Workbook, framework: Mapping[str, pd.DataFrame]) -> tuple[str, Where] | None:
    """Give the council that a title names, and where; the one of council.toml where no title names any."""
    own = own_name(framework)
    return titles.council(workbook) or ((own, Where(workbook.file)) if own else None)


def another(named: str, where: Where, framework: Mapping[str, pd.DataFrame]) -> list[Issue]:
    """Hold the council that a workbook names against council.toml, where there is one.

    >>> told = {"councils": pd.DataFrame({"name": ["Oxford City Council"], "file": ["council.toml"]})}
    >>> print(*another("Oxfordshire County Council", Where("SCS.xlsx", "Dashboard", "A1"), told))
    SCS.xlsx, sheet Dashboard, cell A1: found the council Oxfordshire County Council, expected Oxford City Council, as \
council.toml says. Correct the title, or move the file to its own council's folder.
    """
    own = own_name(framework)
    if not own or _plain(named) == _plain(own):
        return []
    expected = f"{own}, as {councils.FILE} says"
    action = "Correct the title, or move the file to its own council's folder."
    return [Issue(where, f"the council {named}", expected, action)]


def in_titles(workbook: Workbook, framework: Mapping[str, pd.DataFrame]) -> list[Issue]:
    """Hold the titles of a workbook against council.toml: where they name councils, one of them must be its own."""
    named = list(titles.councils(workbook))
    issues = [issue for name, where in named for issue in another(name, where, framework)]
    return issues[:1] if len(issues) == len(named) else []


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())
