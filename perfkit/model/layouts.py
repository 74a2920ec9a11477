"""How a sheet that people fill in is laid out: told once, read by it and written by it.

A reader finds the sheet by its headings wherever they stand; a template writes the same headings with what may be
filled in below. A sheet that perfkit wrote therefore always reads back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "code", "number", "money", "whole", "flag", "day", "month", "period", "year", "list"]


@dataclass(frozen=True)
class Heading:
    """A column to fill in: the field it gives, its heading, what to write below, and the other names it goes by.

    ``words`` are the only ones allowed below, offered as a drop-down list. ``aliases`` are in bare words, as
    small letters without signs; the heading itself is always understood.
    """

    field: str
    title: str
    kind: FieldKind
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    width: int = 16


@dataclass(frozen=True)
class Layout:
    """A sheet to fill in: the table that its rows give, its name, its headings and how its rows are told apart.

    A row counts where the ``key`` field is filled; one whose ``witness`` is filled but not its key has lost its key.
    """

    table: str
    sheet: str
    meaning: str
    headings: tuple[Heading, ...]
    key: str
    witness: str

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields without which the sheet is not recognised.

        >>> layout = Layout("risks", "Risks", "", (Heading("risk", "Risk id", "text", "", required=True),
        ...                 Heading("owner", "Owner", "text", "")), "risk", "owner")
        >>> layout.needed
        ('risk',)
        """
        return tuple(heading.field for heading in self.headings if heading.required)
