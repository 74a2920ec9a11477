"""What a tidy table is: its columns, its key, and what every row carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "whole", "flag", "date", "month"]


@dataclass(frozen=True)
class Column:
    """A column: its name, kind and meaning, whether it may be empty, and the words it may hold."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A tidy table: rows are unique by ``key``; of two files that hold one ``unit`` only one is believed."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    unit: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of its columns, lineage included."""
        return [column.name for column in (*self.columns, *LINEAGE)]

    @property
    def believed_by(self) -> tuple[str, ...]:
        """The columns within which one file is believed and others are left out."""
        return self.unit or self.key


LINEAGE = (
    Column("file", "text", "path of the workbook, below the folder of raw data", True),
    Column("sheet", "text", "sheet of the workbook; empty for a CSV file"),
    Column("cell", "text", "the cell that the row's main figure stands in, such as F12", True),
    Column("vintage", "text", "first twelve hexadecimal digits of the SHA-256 of the file's content"),
)
