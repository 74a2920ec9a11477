"""p and u charts with Laney's correction."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest

from perfkit.analysis import spc
from perfkit.model.errors import ParameterError


def counts(top: Sequence[float | None], bottom: Sequence[float | None]) -> pd.DataFrame:
    dates = pd.period_range("2015-04", periods=len(top), freq="M")
    return pd.DataFrame({"period": dates, "numerator": top, "denominator": bottom})


def test_the_classical_p_chart_has_limits_of_3_standard_deviations() -> None:
    chart = spc.p_chart(counts([40, 240], [100, 400]), prime=False)  # 280 of 500: 56%
    assert chart["value"].tolist() == [40, 60]
    assert chart["mean"].tolist() == pytest.approx([56, 56])
    # the square root of 0.56 × 0.44 is 0.496387: divided by 10, then by 20
    assert chart["upper"].tolist() == pytest.approx([56 + 14.8916, 56 + 7.4458], abs=1e-4)
    assert chart["near_lower"].tolist() == pytest.approx([56 - 9.9277, 56 - 4.9639], abs=1e-4)


def test_laneys_p_chart_widens_the_limits_by_sigma_z() -> None:
    chart = spc.p_chart(counts([40, 60, 40, 60], [100] * 4))
    # z is -2, 2, -2, 2: mean range 4, sigma z 4 / 1.128; limits 50 ± 3 × 5 × sigma z
    assert chart["sigma_z"].tolist() == pytest.approx([4 / 1.128] * 4)
    assert chart["upper"].tolist() == pytest.approx([50 + 15 * 4 / 1.128] * 4)
    assert chart["lower"].tolist() == pytest.approx([50 - 15 * 4 / 1.128] * 4)
    assert chart["special_cause"].tolist() == [""] * 4
    assert spc.p_chart(counts([30, 70, 30, 70], [100] * 4), prime=False)["special_cause"].tolist() == [
        "outside low",
        "outside high",
        "outside low",
        "outside high",
    ]


def test_laneys_u_chart_widens_the_limits_by_sigma_z() -> None:
    chart = spc.u_chart(counts([0, 32, 0, 32], [4] * 4), per=10)
    # mean 4, standard deviation the square root of 4 / 4; z is -4, 4, -4, 4: sigma z 8 / 1.128; all times 10
    assert chart["mean"].tolist() == [40] * 4
    assert chart["sigma_z"].tolist() == pytest.approx([8 / 1.128] * 4)
    assert chart["upper"].tolist() == pytest.approx([40 + 30 * 8 / 1.128] * 4)


def test_without_excess_variation_both_charts_agree_with_the_xmr_chart_on_equal_denominators() -> None:
    top = [40, 44, 39, 42, 45, 38, 41, 43, 40, 44, 39, 42, 47]
    chart = spc.p_chart(counts(top, [100] * 13))
    individual = spc.xmr(chart[["period", "value"]], screen=False)
    # 3 / 1.128 is 2.6596, which the XmR chart rounds to 2.66
    assert chart["upper"].tolist() == pytest.approx(individual["upper"].tolist(), rel=1e-3)
    assert chart["special_cause"].tolist() == individual["special_cause"].tolist()


def test_groups_have_lines_and_sigma_of_their_own() -> None:
    chart = spc.p_chart(counts([40, 60, 10, 10], [100] * 4), rebase=["June 2015"])
    assert chart["mean"].tolist() == [50, 50, 10, 10]
    assert chart["sigma_z"].tolist() == pytest.approx([4 / 1.128, 4 / 1.128, 0, 0])


def test_no_cases_and_missing_counts_have_no_value() -> None:
    chart = spc.p_chart(counts([40, 0, None, 60], [100, 0, 100, 100]))
    assert chart["value"].isna().tolist() == [False, True, True, False]
    assert chart["mean"].tolist() == [50] * 4
    assert chart["point_type"].tolist() == ["common cause"] * 4


def test_none_or_all_of_the_cases_leave_no_variation() -> None:
    for top, words in (([0] * 13, "missed"), ([50] * 13, "met")):
        icons = spc.icons(spc.p_chart(counts(top, [50] * 13), target=60))
        assert icons.variation == "no variation"
        assert words in icons.words
    assert spc.p_chart(counts([0, 0], [5, 5]))["upper"].isna().all()


def test_icons_judge_the_latest_points_own_limits() -> None:
    top = [40, 44, 39, 42, 45, 38, 41, 43, 40, 44, 39, 42]
    chart = spc.p_chart(counts([*top, 640], [100] * 12 + [1000]), target=30)
    assert chart["upper"].iloc[-1] < chart["upper"].iloc[0]
    icons = spc.icons(chart)
    assert (icons.variation, icons.assurance) == ("improvement high", "pass")


def test_the_excel_rule_set_draws_limits_from_13_points() -> None:
    frame = counts([40, 44, 39, 42] * 3, [100] * 12)
    assert spc.p_chart(frame, rules="mdc_excel")["upper"].isna().all()
    assert spc.p_chart(frame)["upper"].notna().all()


@pytest.mark.parametrize(
    ("top", "bottom", "message"),
    [
        ([5], [4], "April 2015 counts 5 of 4: a share cannot exceed the whole. Use spc.u_chart"),
        ([-1], [4], "April 2015 counts -1 of 4: correct"),
        ([1], [0], "April 2015 counts 1 of 0: correct"),
    ],
)
def test_impossible_counts_are_refused(top: list[float], bottom: list[float], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        spc.p_chart(counts(top, bottom))


def test_a_u_chart_may_count_more_events_than_its_denominator() -> None:
    assert spc.u_chart(counts([5, 6], [4, 4]))["value"].tolist() == [1.25, 1.5]
    assert spc.u_chart(counts([], [])).empty


def test_columns_may_have_other_names_and_the_input_stays_as_it_was() -> None:
    frame = counts([40, 60], [100, 100]).rename(columns={"numerator": "met", "denominator": "cases"})
    before = frame.copy(deep=True)
    chart = spc.p_chart(frame, numerator="met", denominator="cases")
    assert chart["met"].tolist() == [40, 60]
    pd.testing.assert_frame_equal(frame, before)
    with pytest.raises(ParameterError, match="no column numerator"):
        spc.p_chart(frame)
