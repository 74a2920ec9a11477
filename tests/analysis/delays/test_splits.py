"""Why and whose: shares, ranks, and the parts of a change that add up to it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from perfkit.analysis import delays
from perfkit.model.errors import ParameterError

Make = Callable[..., pd.DataFrame]

E = {"reason": "E", "reason_title": "Awaiting care package in own home"}
C = {"reason": "C", "reason_title": "Awaiting further non-acute NHS care"}
O = {"reason": "O", "reason_title": "Other"}  # noqa: E741


@pytest.fixture
def reasons(delays_of: Make) -> pd.DataFrame:
    return delays_of(
        ("2017-03", "Oxfordshire", 310, E), ("2017-03", "Oxfordshire", 620, C), ("2017-03", "Oxfordshire", 930),
        ("2017-04", "Oxfordshire", 600, E), ("2017-04", "Oxfordshire", 300, C), ("2017-04", "Oxfordshire", 300, O),
        ("2017-04", "Oxfordshire", 1200),
        ("2017-04", "Oxfordshire", 700, {"attribution": "NHS"}),
        ("2017-04", "Oxfordshire", 500, {"attribution": "both"}),
        ("2017-04", "Oxfordshire", 900, {"setting": "acute"}),
        ("2017-04", "Oxfordshire", 300, {"setting": "non-acute"}),
    )  # fmt: skip


def test_reasons_have_shares_and_ranks_and_ties_take_the_better_one(reasons: pd.DataFrame) -> None:
    found = delays.by_reason(reasons, area="Oxfordshire", period="April 2017")
    assert found[["reason", "delayed_days", "people_a_day", "share", "rank"]].to_numpy().tolist() == [
        ["E", 600, 20, 0.5, 1],
        ["C", 300, 10, 0.25, 2],
        ["O", 300, 10, 0.25, 2],
    ]
    assert found["reason_title"].iloc[0] == "Awaiting care package in own home"


def test_a_quarter_takes_the_months_that_are_there(reasons: pd.DataFrame) -> None:
    found = delays.by_reason(reasons, area="Oxfordshire", period="2017-18 Q1")
    assert found["months"].tolist() == [1, 1, 1]
    assert found["people_a_day"].tolist() == [20, 10, 10]


def test_a_month_with_a_sign_in_place_of_one_part_counts_for_none(delays_of: Make) -> None:
    nhs, social = {"attribution": "NHS"}, {"attribution": "social care"}
    frame = delays_of(
        ("2017-04", "Oxfordshire", 300, nhs), ("2017-04", "Oxfordshire", 300, social),
        ("2017-05", "Oxfordshire", 620, nhs), ("2017-05", "Oxfordshire", None, social | {"marker": "*"}),
        ("2017-06", "Oxfordshire", 600, nhs), ("2017-06", "Oxfordshire", 600, social),
    )  # fmt: skip
    found = delays.by_attribution(frame, area="Oxfordshire", period="2017-18 Q1")
    assert found[["attribution", "months", "people_a_day", "share"]].to_numpy().tolist() == [
        ["NHS", 2, 15, 0.5],
        ["social care", 2, 15, 0.5],
    ]
    only = delays.by_attribution(frame, area="Oxfordshire", period="May 2017")
    assert only["attribution"].tolist() == ["NHS"]


def test_without_a_period_every_month_counts(reasons: pd.DataFrame) -> None:
    found = delays.by_reason(reasons, area="Oxfordshire").set_index("reason")
    assert found["delayed_days"].to_dict() == {"C": 920, "E": 910, "O": 300}
    assert found["people_a_day"]["O"] == pytest.approx(300 / 61)


def test_attribution_and_setting_split_the_same_way(reasons: pd.DataFrame) -> None:
    by = delays.by_attribution(reasons, area="Oxfordshire", period="April 2017")
    assert by[["attribution", "delayed_days", "rank"]].to_numpy().tolist() == [["NHS", 700, 1], ["both", 500, 2]]
    by = delays.by_setting(reasons, area="Oxfordshire", period="April 2017")
    assert by["share"].tolist() == [0.75, 0.25]


def test_the_parts_of_a_change_add_up_to_it(reasons: pd.DataFrame) -> None:
    found = delays.explain(reasons, area="Oxfordshire", period="April 2017", since="March 2017").set_index("reason")
    assert found["change"].to_dict() == {"C": -10, "E": 10, "O": 10}
    assert found["change"].sum() == 1200 / 30 - 930 / 31
    assert found["share_of_change"].tolist() == [-1.0, 1.0, 1.0]


def test_a_reason_that_was_not_collected_then_has_no_before(reasons: pd.DataFrame) -> None:
    found = delays.explain(reasons, area="Oxfordshire", period="April 2017", since="March 2017").set_index("reason")
    assert pd.isna(found.loc["O", "before"])
    assert found.loc["O", "note"] == "not collected in March 2017"
    assert pd.isna(found.loc["E", "note"])


def test_a_change_needs_an_earlier_period(reasons: pd.DataFrame) -> None:
    with pytest.raises(ParameterError, match="April 2017 is not before March 2017"):
        delays.explain(reasons, area="Oxfordshire", period="March 2017", since="April 2017")


def test_no_change_has_no_shares(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 30, E), ("2017-05", "Oxfordshire", 31, E))
    found = delays.explain(frame, area="Oxfordshire", period="May 2017", since="April 2017")
    assert found["change"].tolist() == [0]
    assert found["share_of_change"].isna().all()


def test_a_period_without_data_is_told_with_what_there_is(reasons: pd.DataFrame) -> None:
    expected = r"There are no delays for 2018-19; there are March 2017 to April 2017\."
    with pytest.raises(ParameterError, match=expected):
        delays.by_reason(reasons, area="Oxfordshire", period="2018-19")
    with pytest.raises(ParameterError, match="There are no delays for March 2017; there are March 2017 to April 2017"):
        delays.by_setting(reasons, area="Oxfordshire", period="March 2017")
