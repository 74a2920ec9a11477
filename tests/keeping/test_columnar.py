"""Rows as the store keeps them, and back."""

from __future__ import annotations

import pyarrow as pa

from perfkit.keeping import columnar
from perfkit.model import schemas


def test_no_rows_are_a_frame_that_can_be_joined_with_another() -> None:
    declared = schemas.OBSERVATIONS
    left_out = pa.chunked_array([], pa.large_string())
    nothing = columnar.schema(declared).empty_table().set_column(0, "indicator", left_out)
    one, other = (columnar.frame(nothing, declared) for _ in range(2))
    assert len(one.merge(other, on=["indicator", "period"], how="outer")) == 0
    assert one.dtypes.equals(schemas.empty(declared).dtypes)
