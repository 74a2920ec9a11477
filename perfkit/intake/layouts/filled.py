"""What a sheet to fill in was read into: the rows of its table, and where on the sheet each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from perfkit.intake import reading
from perfkit.intake.layouts.particulars import Told
from perfkit.intake.layouts.said import Said
from perfkit.intake.rows import Row
from perfkit.model.layouts import Layout


@dataclass(frozen=True)
class Filled:
    """A sheet read by its layout: its rows, those of totals set aside, and what is told above the table."""

    layout: Layout
    rows: reading.Rows = field(default_factory=list)
    totals: list[tuple[Row, dict[str, Said]]] = field(default_factory=list)
    told: Told = field(default_factory=dict)
    scales: dict[str, float] = field(default_factory=dict)
    """How many pounds one stands for, by field."""
    at: dict[str, Row] = field(default_factory=dict)
    """The row of the sheet by the cell that a row of the table names as its own."""

    def add(self, row: Row, name: str, facts: Mapping[str, object]) -> None:
        """Add what a row of the sheet says to what is told above the table; ``name`` is that of its main figure."""
        told = {field: value for field, value in self.told.items() if value is not None}
        record = {**told, **facts, **row.place(name)}
        self.at[str(record["cell"])] = row
        self.rows.append(record)

    def row_of(self, record: Mapping[str, object]) -> Row:
        """Give the row of the sheet that a row of the table came from."""
        return self.at[str(record["cell"])]
