"""What a cell of a sheet to fill in was found to say."""

from __future__ import annotations

from typing import Any, NamedTuple

from perfkit.intake.cells import Problem


class Said(NamedTuple):
    """What a cell says: its value, or the marker in its place, and the problem where it is not plainly understood.

    A value may come with a problem that only warns.
    """

    value: Any = None
    marker: str | None = None
    problem: Problem | None = None
