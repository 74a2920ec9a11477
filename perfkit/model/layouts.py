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

    ``words`` are the only ones allowed below, offered as a drop-down list; ``synonyms`` say what else people write
    for them. ``aliases`` are in bare words, as small letters without signs; the heading itself is always understood.
    Names that are ``spare`` are heeded, the first before the last, only where no column bears one of the others.
    A figure below ``least`` or above ``most`` is refused. A field that the table lacks is for the person who fills it.
    ``names`` tells a text or list that names something: by an "id", kept as typed, or by its "number" in a list.
    """

    field: str
    title: str
    kind: FieldKind
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    width: int = 16
    synonyms: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    names: Literal["", "id", "number"] = ""


TITLES = {
    "period": "Quarter",
    "financial_year": "Financial year",
    "programme": "Programme",
    "as_at": "As at",
    "directorate": "Directorate",
    "status": "Status of figures",
    "source_status": "Status of figures",
    "money": "Figures in",
}
"""The words that begin a title line, such as Quarter: 2017-18 Q1, by the field that the line tells."""


@dataclass(frozen=True)
class Layout:
    """A sheet to fill in: the table that its rows give, its name, its headings and how its rows are told apart.

    A row counts where the ``key`` field is filled; one whose ``witness`` is filled but not its key has lost its key.
    ``told`` are the fields that a title line above the table gives for every row (see `TITLES`). Each item under the
    heading ``spread`` makes a row of its own. ``summed`` are the figures that a row of totals adds up.
    """

    table: str
    sheet: str
    meaning: str
    headings: tuple[Heading, ...]
    key: str
    witness: str
    told: tuple[str, ...] = ()
    spread: str = ""
    summed: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields without which the sheet is not recognised.

        >>> layout = Layout("risks", "Risks", "", (Heading("risk", "Risk id", "text", "", required=True),
        ...                 Heading("owner", "Owner", "text", "")), "risk", "owner")
        >>> layout.needed
        ('risk',)
        """
        return tuple(heading.field for heading in self.headings if heading.required)
