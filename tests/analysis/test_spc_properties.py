"""What must hold of any series whatever."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perfkit.analysis import spc

LINES = ["mean", "lower", "upper", "near_lower", "near_upper"]
series = st.lists(st.one_of(st.none(), st.integers(-50, 50)), max_size=40)
rules = st.sampled_from(sorted(spc.RULE_SETS))


def frame(values: list[int | None]) -> pd.DataFrame:
    dates = pd.period_range("2015-04", periods=len(values), freq="M")
    return pd.DataFrame({"period": dates, "value": pd.array(values, dtype="Int64")})


def clear_of_lines(chart: pd.DataFrame) -> bool:
    """Whether no value lies on a line but the mean, where the rounding of a sum may decide its side."""
    distance = np.abs(chart[LINES[1:]].to_numpy() - chart[["value"]].to_numpy())
    return not bool((distance < 1e-6).any())


@given(values=series, shift=st.integers(-1000, 1000), rule_set=rules)
@settings(max_examples=60, deadline=None)
def test_adding_a_constant_changes_no_verdict(values: list[int | None], shift: int, rule_set: str) -> None:
    chart = spc.xmr(frame(values), rules=rule_set)
    assume(clear_of_lines(chart))
    moved = spc.xmr(frame([None if value is None else value + shift for value in values]), rules=rule_set)
    np.testing.assert_allclose(moved[LINES], chart[LINES] + shift, atol=1e-9)
    assert moved["rules"].tolist() == chart["rules"].tolist()
    assert moved["point_type"].tolist() == chart["point_type"].tolist()


@given(values=series, rule_set=rules, target=st.integers(-60, 60))
@settings(max_examples=60, deadline=None)
def test_the_mirror_image_under_the_other_polarity_is_as_good(
    values: list[int | None], rule_set: str, target: int
) -> None:
    chart = spc.xmr(frame(values), rules=rule_set, target=target)
    mirrored = spc.xmr(
        frame([None if value is None else -value for value in values]), rules=rule_set, target=-target, polarity="lower"
    )
    assert mirrored["point_type"].tolist() == chart["point_type"].tolist()
    assert spc.icons(mirrored, least=0).assurance == spc.icons(chart, least=0).assurance


@given(values=series, seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_does_not_matter(values: list[int | None], seed: object) -> None:
    given_frame = frame(values)
    order = list(range(len(values)))
    seed.shuffle(order)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(spc.xmr(given_frame.iloc[order]), spc.xmr(given_frame))


@given(values=series, rule_set=rules, cut=st.integers(0, 39))
@settings(max_examples=60, deadline=None)
def test_whatever_is_missing_there_is_an_answer(values: list[int | None], rule_set: str, cut: int) -> None:
    given_frame = frame(values)
    rebase = given_frame["period"].tolist()[cut : cut + 1]
    chart = spc.xmr(given_frame, rules=rule_set, rebase=rebase, target=0)
    assert len(chart) == len(values)
    assert ((chart["special_cause"] == "") == (chart["point_type"] == "common cause")).all()
    assert (chart["rules"].str.split("; ").str[0] == chart["special_cause"]).all()
    assert (chart.loc[chart["value"].isna(), "special_cause"] == "").all()
    assert set(chart["special_cause"]) <= {"", *spc.CAUSES}
    assert spc.icons(chart, least=0).words
    assert spc.runs(given_frame)["run"].isna().sum() >= given_frame["value"].isna().sum()


@given(tops=st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=30), size=st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_attribute_charts_answer_whatever_is_missing(tops: list[int | None], size: int) -> None:
    shares = frame([None if top is None else min(top, size) for top in tops]).rename(columns={"value": "numerator"})
    shares["denominator"] = size
    for chart in (spc.p_chart(shares), spc.u_chart(shares), spc.p_chart(shares, prime=False)):
        assert len(chart) == len(tops)
        assert (chart["upper"].dropna() >= chart["lower"].dropna()).all()
