"""The two icons of a chart, and when there are none."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest

from perfkit.analysis import spc
from perfkit.model.errors import ParameterError

BASE = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11]  # limits 4.68 and 15.32 about 10


def chart(values: Sequence[float | None], **options: object) -> pd.DataFrame:
    frame = pd.DataFrame({"period": pd.period_range("2015-04", periods=len(values), freq="M"), "value": values})
    return spc.xmr(frame, fix_after=12, **options)  # type: ignore[arg-type]


def test_the_variation_icon_is_the_latest_points() -> None:
    assert spc.icons(chart([*BASE, 16])).variation == "improvement high"
    assert spc.icons(chart([*BASE, 16], polarity="lower")).variation == "concern high"
    assert spc.icons(chart([*BASE, 4])).variation == "concern low"
    assert spc.icons(chart([*BASE, 4], polarity="lower")).variation == "improvement low"
    assert spc.icons(chart([*BASE, 4], polarity="neutral")).variation == "neutral low"
    assert spc.icons(chart([*BASE, 16, 10])).variation == "common cause"


def test_a_falling_trend_above_the_mean_is_low() -> None:
    falling = [13, 12.5, 12, 11.5, 11, 10.5, 10.2]
    assert spc.icons(chart([*BASE, *falling])).variation == "concern low"


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [(15.4, "fail", "pass"), (10, "hit and miss", "hit and miss"), (4.6, "pass", "fail"), (None, "", "")],
)
def test_assurance_is_the_target_against_the_limits(target: float | None, higher: str, lower: str) -> None:
    assert spc.icons(chart(BASE, target=target)).assurance == higher
    assert spc.icons(chart(BASE, target=target, polarity="lower")).assurance == lower
    assert spc.icons(chart(BASE, target=target, polarity="neutral")).assurance == ""


def test_a_target_on_a_limit_is_hit_and_miss_but_decides_in_the_excel_rule_set() -> None:
    points = chart([*BASE, 10])
    upper, lower = points["upper"].iloc[0], points["lower"].iloc[0]
    for target, excel in ((upper, "fail"), (lower, "pass")):
        assert spc.icons(chart([*BASE, 10], target=target)).assurance == "hit and miss"
        assert spc.icons(chart([*BASE, 10], target=target, rules="mdc_excel")).assurance == excel


def test_below_12_values_in_the_latest_group_there_are_no_icons() -> None:
    short = spc.icons(chart([*BASE[:10], None, 30], target=5))
    assert short == spc.Icons("", "", "Not enough data: 11 of the 12 points that the icons need.")
    assert spc.icons(chart([*BASE[:10], None, 30], target=5), least=0).variation == "improvement high"
    rebased = chart([*BASE, 10, 11], rebase=["April 2016"])
    assert spc.icons(rebased).words.startswith("Not enough data: 2 of the 12")


def test_annual_figures_have_no_icons() -> None:
    years = pd.DataFrame({"period": [f"20{n}-{n + 1}" for n in range(10, 24)], "value": [*BASE, 9, 30]})
    assert spc.icons(spc.xmr(years)) == spc.Icons("", "", "Not enough data: annual figures have no icons.")


def test_common_cause_is_worded_no_significant_change() -> None:
    icons = spc.icons(chart([*BASE, 10], target=10))
    assert icons.words == "No significant change. Hit and miss: the target lies within the limits."
    assert "stable" not in icons.words


def test_the_words_name_the_special_cause_and_what_will_come_of_the_target() -> None:
    assert spc.icons(chart([*BASE, 4], target=16)).words == (
        "Cause for concern: the latest point is below the lower limit. "
        "The target will be missed consistently, unless something changes."
    )
    assert spc.icons(chart([*BASE, 16], target=4)).words == (
        "Significant improvement: the latest point is above the upper limit. The target will be met consistently."
    )


def test_a_missing_latest_value_is_said() -> None:
    icons = spc.icons(chart([*BASE, None]))
    assert icons.variation == "common cause"
    assert icons.words == "No significant change can be seen: the latest value is missing."


@pytest.mark.parametrize(
    ("polarity", "target", "assurance"),
    [
        ("higher", 5, "pass"),
        ("higher", 4, "pass"),
        ("higher", 6, "fail"),
        ("lower", 5, "pass"),
        ("lower", 4, "fail"),
        ("lower", 6, "pass"),
        ("neutral", 5, ""),
        ("higher", None, ""),
    ],
)
def test_a_constant_series_has_no_variation_and_compares_its_value_with_the_target(
    polarity: str, target: float | None, assurance: str
) -> None:
    icons = spc.icons(chart([5] * 13, polarity=polarity, target=target))
    assert (icons.variation, icons.assurance) == ("no variation", assurance)
    assert icons.words.startswith("No variation: every value is the same.")


def test_limits_without_width_or_none_at_all_are_said() -> None:
    frame = pd.DataFrame({"period": pd.period_range("2015-04", periods=13, freq="M"), "value": [*[1] * 11, 100, 1]})
    flat = spc.icons(spc.xmr(frame, target=2))  # both ranges of 99 are screened out; the mean is 8.6
    assert flat.words.endswith("so the limits have no width: compare each value with the target.")
    none = spc.icons(chart([*[1] * 12, 100], target=2))
    assert none.words == "No significant change. No limits can be drawn to judge by."


def test_a_frame_that_is_not_a_chart_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"no column points: give what spc\.xmr returns"):
        spc.icons(pd.DataFrame({"value": [1]}))
    assert spc.icons(chart([])).words == "Not enough data: 0 of the 12 points that the icons need."
