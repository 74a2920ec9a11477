"""Which reader knows a workbook, by its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

import pandas as pd

from perfkit.intake import discharge, dtoc, papers, returns
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import Recipe
from perfkit.intake.recipes import reader as recipe_reader
from perfkit.intake.returns import commentary, history
from perfkit.intake.workbooks.grid import Workbook


class Reader(Protocol):
    """A module that knows a kind of workbook by its content and reads it against the framework."""

    def recognises(self, workbook: Workbook) -> bool:
        """Say whether a workbook is of this kind."""

    def read(self, workbook: Workbook, *, framework: Mapping[str, pd.DataFrame]) -> Reading:
        """Read it into tables, or into the issues that keep it out."""


READERS: tuple[Reader, ...] = (returns, history, commentary)
"""The kinds of workbook that a council sends besides its framework, in the order in which they are tried."""
ALONE: tuple[Reader, ...] = (papers,)
"""The kinds that can be read without a framework, tried after `READERS`; where there is one, it is heeded."""


def release(workbook: Workbook, recipes: Sequence[Recipe]) -> Callable[[Workbook], Reading] | None:
    """Find what reads a national release; None where the workbook is none that is known.

    >>> release(Workbook("SCS.xlsx", ()), ()) is None
    True
    """
    if dtoc.recognises(workbook):
        return dtoc.read
    if discharge.recognises(workbook):
        return discharge.read
    recipe = recipe_reader.recognise(workbook, recipes)
    return partial(recipe_reader.read, recipe=recipe) if recipe else None


def reader(workbook: Workbook) -> Reader | None:
    """Find the reader of a council's own workbook; None where no reader knows it.

    >>> reader(Workbook("notes.xlsx", ())) is None
    True
    """
    return next((one for one in (*READERS, *ALONE) if one.recognises(workbook)), None)
