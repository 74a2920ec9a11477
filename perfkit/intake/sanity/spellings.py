"""Authorities of delayed transfers under another spelling than before; a page puts them under the usual one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.model import areas
from perfkit.model.errors import Issue, Severity, Where


def usual(delays: pd.DataFrame) -> dict[str, str]:
    """Give for each authority, by its name in the register, the spelling that most rows have, of two the first.

    Columns used: ``area, area_kind``.
    """
    return areas.usual(delays.loc[delays["area_kind"] == areas.AUTHORITY, "area"].value_counts().to_dict())


def changed(delays: pd.DataFrame, spelt: Mapping[str, str]) -> list[Issue]:
    """Tell of a month's authorities that are not spelt as in ``spelt``, once for a file."""
    names = delays.loc[delays["area_kind"] == areas.AUTHORITY, "area"].unique()
    other = {name: spelt.get(areas.named(name), name) for name in names}
    told = [f'"{name}" for "{before}"' for name, before in other.items() if name != before]
    if not told:
        return []
    first = delays[delays["area"] == next(name for name, before in other.items() if name != before)].iloc[0]
    some = ", ".join(told[:3]) + (f" and {len(told) - 3} more" if len(told) > 3 else "")
    where = Where(first["file"], first["sheet"], first["cell"])
    return [Issue(where, f"names that other months spell otherwise: {some}",
                  "the spelling of the other months, by which a series is put together",
                  "Pages put them under the usual spelling; check that they are the same authorities.",
                  Severity.WARNING)]  # fmt: skip
