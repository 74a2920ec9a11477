"""A tidy table as Arrow columns, which the store keeps, and back: by the kinds that are declared, not by guessing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa

from perfkit.model import schemas
from perfkit.model.columns import LINEAGE

_TYPES = {
    "text": pa.large_string(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "flag": pa.bool_(),
    "date": pa.timestamp("us"),
    "month": pa.timestamp("us"),
}
_MAY_BE_EMPTY = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}


@lru_cache(maxsize=256)
def schema(table: schemas.Table) -> Any:
    """Give the Arrow schema of a table: a month is the moment at which it starts.

    >>> schema(schemas.PRIORITIES).field("order").type
    DataType(int64)
    """
    return pa.schema([(column.name, _TYPES[column.kind]) for column in (*table.columns, *LINEAGE)])


def of_frame(frame: pd.DataFrame, table: schemas.Table) -> Any:
    """Give a frame that keeps to its table (`schemas.conform`) as Arrow columns."""
    declared = schema(table)
    return pa.table([_values(frame[name], declared.field(name).type) for name in declared.names], schema=declared)


def _values(column: pd.Series[Any], kind: Any) -> Any:
    plain = column.dt.to_timestamp() if isinstance(column.dtype, pd.PeriodDtype) else column
    return pa.array(plain.array, type=kind, from_pandas=True)


def as_declared(rows: Any, table: schemas.Table) -> Any:
    """Give Arrow columns as a table declares them today, whatever wrote them.

    What an earlier edition kept may lack columns that have come since; those that may be empty are. Raises `InputError`
    where one may not, and `ValueError` where values are not of the kind that is declared.
    """
    declared = schema(table)
    if rows.column_names != declared.names:
        return of_frame(schemas.conform(frame(rows, table), table), table)
    return rows.replace_schema_metadata(None) if rows.schema.equals(declared) else rows.cast(declared)


def frame(rows: Any, table: schemas.Table) -> pd.DataFrame:
    """Give Arrow columns as a frame, those that are declared typed as `schemas.conform` types them."""
    if not rows.num_rows:
        # Two columns of texts without a single piece of memory cannot be joined.
        rows = pa.table([pa.array([], field.type) for field in rows.schema], schema=rows.schema)
    made = rows.to_pandas(types_mapper=_MAY_BE_EMPTY.get, ignore_metadata=True)
    months = [column.name for column in table.columns if column.kind == "month" and column.name in made]
    return made.assign(**{name: made[name].dt.to_period("M") for name in months}) if months else made
