"""Whatever the figures are, an outlook keeps its promises."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from perfkit.analysis import outlook
from perfkit.model import periods

START = periods.parse("2012-13 Q1")
LABELS = [periods.label(START + place) for place in range(24)]
ordinary = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))
counts = st.integers(0, 40).map(float)
percentages = st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 1))


def series(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[float | None]]:
    return st.lists(st.one_of(values, values, values, st.none()), min_size=0, max_size=24)


def asked(values: list[float | None], unit: str, series_type: str, target: float) -> outlook.Outlook:
    frame = pd.DataFrame({"period": LABELS[: len(values)], "value": pd.array(values, dtype="Float64")})
    return outlook.project(frame, unit=unit, series_type=series_type, target=outlook.Goal("higher", low=target))


@settings(max_examples=60, deadline=None)
@given(values=series(ordinary), target=ordinary, series_type=st.sampled_from(["point", "ytd", "snapshot", "rolling"]))
def test_intervals_are_nested_and_probabilities_are_probabilities(
    values: list[float | None], target: float, series_type: str
) -> None:
    found = asked(values, "", series_type, target)
    assert found.words.endswith(".")
    assert found.probability is None or 0 <= found.probability <= 1
    if found.year_end is None:
        assert found.reason
        return
    slack = 1e-9 * (1 + abs(found.year_end))
    ends = [found.low95, found.low80, found.year_end, found.high80, found.high95]
    assert all(left <= right + slack for left, right in pairwise(ends))


@settings(max_examples=40, deadline=None)
@given(values=series(counts), target=counts, series_type=st.sampled_from(["point", "ytd"]))
def test_counts_are_whole_and_never_negative(values: list[float | None], target: float, series_type: str) -> None:
    if series_type == "ytd":
        values = _running(values)
    found = asked(values, "count", series_type, target)
    if found.year_end is not None:
        assert found.low95 >= 0
        assert found.high95 == round(found.high95)
        assert all(step.low80 == round(step.low80) for step in found.path)


@settings(max_examples=40, deadline=None)
@given(values=series(percentages), target=percentages, series_type=st.sampled_from(["point", "ytd"]))
def test_percentages_stay_in_their_bounds(values: list[float | None], target: float, series_type: str) -> None:
    found = asked(values, "percent", series_type, target)
    if found.year_end is not None and series_type == "point":
        assert 0 <= found.low95 <= found.high95 <= 100


def _running(values: list[float | None]) -> list[float | None]:
    """Add up each financial year, so that a gap stays a gap."""
    totals: list[float | None] = []
    for place, value in enumerate(values):
        so_far = 0.0 if place % 4 == 0 else max((t for t in totals[place - place % 4 :] if t is not None), default=0.0)
        totals.append(None if value is None else so_far + value)
    return totals
