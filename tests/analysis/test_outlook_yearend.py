"""What may be said of a year's end: by number of points, kind of target, and at every edge."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from perfkit.analysis import outlook
from perfkit.analysis.outlook import Goal
from perfkit.model import periods
from perfkit.model.errors import ParameterError, ParseError

RISING = [61.0, 62.5, 62.0, 63.5, 63.0, 65.0, 64.0, 66.0, 65.5, 67.0]


def quarterly(values: list[float | None], first: str = "2015-16 Q1") -> pd.DataFrame:
    start = periods.parse(first)
    labels = [periods.label(start + place) for place in range(len(values))]
    return pd.DataFrame({"period": labels, "value": pd.array(values, dtype="Float64")})


def at_least(figure: float, *, strict: bool = False) -> Goal:
    return Goal("higher", low=figure, strict=strict)


@pytest.mark.parametrize("values", [[], [None, None, None]])
def test_without_a_figure_nothing_is_said(values: list[float | None]) -> None:
    found = outlook.project(quarterly(values), year="2017-18", target=at_least(5))
    assert (found.confidence, found.points, found.year_end, found.probability) == ("insufficient data", 0, None, None)
    assert found.words == "Insufficient data: there is no figure."


@pytest.mark.parametrize(("count", "few"), [(1, "1 figure, 4 are needed"), (3, "3 figures, 4 are needed")])
def test_one_to_three_points_give_the_last_value_alone(count: int, few: str) -> None:
    found = outlook.project(quarterly(RISING[:count]), year="2015-16", unit="percent", target=at_least(60))
    assert (found.confidence, found.year_end, found.probability) == ("insufficient data", None, None)
    assert found.last_value == RISING[count - 1]
    assert found.words.startswith(f"Insufficient data: {few}; the last figure is {RISING[count - 1]:.1f}% for 2015-16")


@pytest.mark.parametrize(
    ("count", "confidence", "probable"),
    [(4, "wide", False), (5, "wide", False), (6, "low", True), (7, "low", True), (8, "standard", True)],
)
def test_more_may_be_said_with_more_points(count: int, confidence: str, probable: bool) -> None:
    found = outlook.project(quarterly(RISING[:count]), year="2017-18", target=at_least(60))
    assert (found.confidence, found.points, found.horizon) == (confidence, count, 12 - count)
    assert (found.probability is not None, found.verdict != "") == (probable, probable)


def test_from_twelve_points_seasons_may_be_spoken_of() -> None:
    assert outlook.project(quarterly([*RISING, 66.0, 68.0]), year="2018-19").confidence == "seasonal"


def test_a_direction_needs_six_points_and_last_years_quarter() -> None:
    assert outlook.project(quarterly(RISING[:5]), year="2016-17").direction == ""
    assert outlook.project(quarterly(RISING[:6]), year="2016-17").direction == "improving"
    assert outlook.project(quarterly(RISING[:6]), year="2017-18").direction == ""


def test_intervals_are_nested_and_the_path_leads_to_the_year_end() -> None:
    found = outlook.project(quarterly(RISING[:9]), year="2017-18", unit="percent")
    assert found.low95 < found.low80 < found.year_end < found.high80 < found.high95
    assert [step.period for step in found.path] == ["2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]
    assert (found.path[-1].mean, found.path[-1].low95) == (found.year_end, found.low95)


@pytest.mark.parametrize(
    ("polarity", "word", "arrow"),
    [("higher", "improving", "up"), ("lower", "deteriorating", "up"), ("neutral", "", "up"), ("within", "", "up")],
)
def test_the_arrow_follows_the_number_and_the_word_polarity(polarity: str, word: str, arrow: str) -> None:
    found = outlook.project(quarterly(RISING[:8]), year="2017-18", polarity=polarity)
    assert (found.direction, found.arrow) == (word, arrow)


def test_a_change_its_owner_would_not_mention_is_no_change() -> None:
    found = outlook.project(quarterly(RISING[:8]), year="2017-18", materiality=20.0)
    assert (found.direction, found.arrow, found.direction_probability) == ("no clear change", "level", None)


def test_the_three_words_for_a_probability_and_the_sentence() -> None:
    frame = quarterly(RISING[:8])
    words = {target: outlook.project(frame, year="2017-18", target=at_least(target)).verdict for target in (55, 68, 80)}
    assert words == {55: "likely", 68: "uncertain", 80: "unlikely"}
    found = outlook.project(frame, year="2017-18", unit="percent", target=at_least(55))
    assert found.words.startswith("2017-18 is projected to end at 6")
    assert "; the target is likely to be met (probability 99%); improving on last year (probability " in found.words


def test_probabilities_of_at_least_and_at_most_the_same_figure_add_up() -> None:
    frame = quarterly(RISING[:8])
    above = outlook.project(frame, year="2017-18", target=at_least(66)).probability
    below = outlook.project(frame, year="2017-18", target=Goal("lower", high=66, strict=True)).probability
    assert above + below == pytest.approx(1.0)
    band = outlook.project(frame, year="2017-18", target=Goal("band", low=60, high=66)).probability
    assert band == pytest.approx(outlook.project(frame, year="2017-18", target=at_least(60)).probability - above)


def test_a_milestone_and_no_target_have_no_probability() -> None:
    frame = quarterly(RISING[:8])
    for target in (None, Goal("none"), Goal("milestone")):
        assert outlook.project(frame, year="2017-18", target=target).probability is None
    found = outlook.project(frame, series_type="milestone")
    assert found.words == "Insufficient data: a milestone has no figures to project."


def test_a_constant_series_is_expected_to_stay() -> None:
    found = outlook.project(quarterly([50.0] * 10), year="2017-18", unit="percent", target=at_least(50))
    assert (found.year_end, found.low80, found.high80) == (50, 50, 50)
    assert found.low95 < 50 < found.high95
    assert found.probability == pytest.approx(1 - 1 / 24)  # it moves with 1 chance in 12, half of that down
    assert found.direction == "no clear change"
    assert found.warnings == ("the figure has never varied; the interval is a convention",)


def test_counts_that_were_always_nought_may_still_be_one() -> None:
    found = outlook.project(quarterly([0] * 10), year="2017-18", unit="count", target=Goal("lower", high=0))
    assert (found.year_end, found.low95, found.high95) == (0, 0, 1)
    assert found.probability == pytest.approx(11 / 12)


def test_one_figure_a_hundred_times_the_rest_does_not_move_the_outlook() -> None:
    usual = [10.0, 12.0, 11.0, 13.0, 10.5, 12.5, 11.0, 12.0, 10.0]
    slipped = [*usual[:4], 1050.0, *usual[5:]]
    found = outlook.project(quarterly(slipped), year="2017-18")
    calm = outlook.project(quarterly(usual), year="2017-18")
    assert abs(found.year_end - calm.year_end) < 1
    assert found.high95 < 25
    assert "is not used: check it" in found.warnings[0]


def test_a_last_figure_a_hundred_times_the_rest_is_shown_but_not_used() -> None:
    found = outlook.project(quarterly([10.0, 12.0, 11.0, 13.0, 10.5, 12.5, 11.0, 12.0, 1000.0]), year="2017-18")
    assert (found.last_value, found.last_period, found.horizon) == (1000.0, "2017-18 Q1", 4)
    assert found.high95 < 25


def test_negative_values_are_projected_below_nought() -> None:
    found = outlook.project(quarterly([-5.0, -3, -4, -6, -2, -3, -5]), year="2016-17", target=at_least(0))
    assert found.high80 < 0
    assert found.verdict == "unlikely"


def test_a_figure_never_negative_does_not_become_so() -> None:
    found = outlook.project(quarterly([0.5, 0.1, 0.4, 0.0, 0.6, 0.2, 0.1, 0.3]), year="2017-18", unit="rate")
    assert (found.low80 >= 0, found.low95) == (True, 0.0)


def test_percentages_stay_within_nought_and_a_hundred() -> None:
    found = outlook.project(quarterly([97.0, 99, 98, 100, 99, 100, 98, 100]), year="2017-18", unit="percent")
    assert found.high95 == 100
    assert found.year_end <= 100


def test_a_percentage_that_can_pass_100_is_not_held_below_it() -> None:
    values = [97.0, 99, 98, 100, 99, 100, 98, 100]
    found = outlook.project(quarterly(values), year="2017-18", unit="percent", can_pass_100=True)
    assert found.high95 is not None
    assert found.high95 > 100


def test_counts_are_whole_and_meet_a_target_from_half_a_unit_below() -> None:
    values = [200.0, 210, 190, 205, 220, 215, 208, 211, 214]
    found = outlook.project(quarterly(values), year="2017-18", unit="count")
    figures = (found.year_end, found.low80, found.high80, found.low95, found.high95)
    assert all(figure == round(figure) for figure in figures)
    met = [outlook.project(quarterly(values), year="2017-18", unit="count", target=g).probability for g in (
        at_least(found.year_end), at_least(found.year_end, strict=True), at_least(found.year_end + 1),
    )]  # fmt: skip
    assert met[0] > met[1] == met[2]


def test_small_counts_are_negative_binomial() -> None:
    found = outlook.project(
        quarterly([2, 0, 1, 3, 1, 0, 2, 1, 0]), year="2017-18", unit="count", target=Goal("lower", high=2)
    )
    assert (found.low80, found.low95) == (0, 0)
    assert found.high80 in (2, 3)
    assert 0.7 < found.probability < 0.95


def test_a_year_to_date_series_is_projected_by_its_increments_and_added_up() -> None:
    frame = quarterly([20, 40, 60, 80, 20, 41, 60, 81, 20, 40])
    found = outlook.project(frame, series_type="ytd", unit="count", year="2017-18", target=at_least(100))
    assert 78 <= found.year_end <= 82
    assert found.low95 >= 40
    assert [step.period for step in found.path] == ["2017-18 Q3", "2017-18 Q4"]
    assert 58 <= found.path[0].mean <= 62
    assert found.verdict == "unlikely"
    assert (found.last_value, found.last_period, found.points) == (40, "2017-18 Q2", 10)


def test_single_quarters_may_be_asked_for_as_a_years_total() -> None:
    singles = quarterly([20, 20, 20, 20, 20, 21, 19, 21, 20, 20])
    totals = quarterly([20, 40, 60, 80, 20, 41, 60, 81, 20, 40])
    added = outlook.project(singles, unit="count", year="2017-18", total=True)
    running = outlook.project(totals, unit="count", year="2017-18", series_type="ytd")
    assert (added.year_end, added.low80, added.high80) == (running.year_end, running.low80, running.high80)


def test_a_target_already_met_by_a_total_that_can_only_grow_is_met() -> None:
    frame = quarterly([20, 40, 60, 80, 20, 40, 60, 80, 30, 70])
    found = outlook.project(frame, series_type="ytd", unit="count", year="2017-18", target=at_least(65))
    assert (found.met, found.probability, found.verdict) == (True, 1.0, "likely")
    assert "; the target is already met" in found.words


def test_a_ceiling_already_passed_can_no_longer_be_kept() -> None:
    frame = quarterly([20, 40, 60, 80, 20, 40, 60, 80, 30, 70])
    found = outlook.project(frame, series_type="ytd", unit="count", year="2017-18", target=Goal("lower", high=65))
    assert (found.met, found.probability, found.verdict) == (False, 0.0, "unlikely")
    assert "the target can no longer be met" in found.words


def test_a_total_that_has_fallen_before_settles_nothing() -> None:
    frame = quarterly([20, 40, 30, 80, 20, 40, 60, 80, 30, 70])
    found = outlook.project(frame, series_type="ytd", unit="count", year="2017-18", target=at_least(65))
    assert found.met is None
    assert found.probability > 0.9


def test_a_target_met_is_said_even_of_too_few_points() -> None:
    frame = quarterly([30, 70], "2017-18 Q1")
    found = outlook.project(frame, series_type="ytd", unit="count", year="2017-18", target=at_least(65))
    assert (found.confidence, found.met, found.year_end) == ("insufficient data", True, None)
    assert found.words.endswith("the last figure is 70 for 2017-18 Q2; the target is already met.")


@pytest.mark.parametrize("after", [[], [66.0, 70.0]])
def test_a_year_that_is_over_is_told_not_projected(after: list[float]) -> None:
    frame = quarterly(RISING[:8] + after)
    found = outlook.project(frame, year="2016-17", unit="percent", target=at_least(67))
    assert (found.confidence, found.horizon, found.year_end, found.low95, found.high95) == ("known", 0, 66, 66, 66)
    assert (found.met, found.probability, found.direction) == (False, 0.0, "")
    assert found.words == "2016-17 ended at 66.0%; the target was not met."


def test_the_total_of_a_year_that_is_over_is_its_last_or_its_sum() -> None:
    running = outlook.project(quarterly([20, 40, 60, 80]), series_type="ytd", year="2015-16", target=at_least(80))
    single = outlook.project(quarterly([20, 20, 20, 20]), total=True, year="2015-16", target=at_least(81))
    assert (running.year_end, running.met, single.year_end, single.met) == (80, True, 80, False)


def test_a_year_that_is_over_without_its_figure_is_not_guessed() -> None:
    found = outlook.project(quarterly([61, 62, 63, None, 65, 66, 67, 68]), year="2015-16")
    assert found.year_end is None
    assert found.words.startswith("Insufficient data: 2015-16 is over but its figure is missing")


def test_missing_quarters_are_filled_and_widen_the_interval() -> None:
    values = [10.0, 14, 12, 16, 11, 13, 13, 15, 12, 15]  # the gap is filled with the mean of 10 and 12
    whole = outlook.project(quarterly(values), year="2017-18")
    gappy = outlook.project(quarterly([*values[:4], None, *values[5:]]), year="2017-18")
    assert (whole.points, gappy.points) == (10, 9)
    assert gappy.high80 - gappy.low80 > whole.high80 - whole.low80
    assert gappy.warnings == ("1 quarter without a figure filled; the interval is wider for it",)


def test_more_gaps_than_figures_are_of_low_confidence() -> None:
    values = [10.0, None, None, 13, None, 12, None, 13, None, None, 11, 12, 10, 12]
    assert outlook.project(quarterly(values), year="2018-19").confidence == "low"


def test_a_declared_break_starts_history_again() -> None:
    frame = quarterly([500.0, 510, 505, 515, 61, 62, 63, 64, 62, 63])
    found = outlook.project(frame, year="2017-18", breaks=["2016-17 Q1"])
    assert found.points == 6
    assert 60 < found.year_end < 67


def test_with_arrears_the_horizon_counts_from_the_last_figure() -> None:
    found = outlook.project(quarterly(RISING[:9]), year="2017-18", arrears=1)
    assert (found.horizon, found.last_period) == (3, "2017-18 Q1")
    assert found.warnings == ("figures come 1 quarter late",)


def test_beyond_four_quarters_the_reader_is_warned_and_beyond_eight_nothing_is_said() -> None:
    far = outlook.project(quarterly(RISING[:7]), year="2017-18")
    assert far.warnings == ("5 quarters ahead is beyond the four that intervals are made for: they may be too narrow",)
    too_far = outlook.project(quarterly(RISING[:7]), year="2018-19")
    assert too_far.reason == "the year ends 9 quarters after the last figure"


def test_monthly_figures_answer_as_their_quarters_do() -> None:
    values = [v for v in RISING[:9] for _ in range(3)]
    labels = [p.strftime("%B %Y") for p in pd.period_range("2015-04", periods=len(values), freq="M")]
    monthly = outlook.project(pd.DataFrame({"period": labels, "value": values}), unit="percent", year="2017-18")
    assert monthly == outlook.project(quarterly(RISING[:9]), unit="percent", year="2017-18")


def test_without_a_year_it_is_that_of_the_next_quarter() -> None:
    assert outlook.project(quarterly(RISING[:7])).year == "2016-17"
    assert outlook.project(quarterly(RISING[:8])).year == "2017-18"


def test_a_councils_recalibration_widens_every_interval() -> None:
    frame = quarterly(RISING[:9])
    usual, wide = (outlook.project(frame, year="2017-18", widen=widen) for widen in (1.0, 1.5))
    assert wide.year_end == usual.year_end
    assert wide.high80 - wide.low80 == pytest.approx(1.5 * (usual.high80 - usual.low80))


def test_an_unknown_series_type_a_quarter_for_a_year_and_an_incomplete_goal_are_refused() -> None:
    with pytest.raises(ParseError, match='"2017-18 Q1" is a quarter, expected a year'):
        outlook.project(quarterly(RISING), year="2017-18 Q1")
    with pytest.raises(ParameterError, match='"cumulative" is not a series type: expected point, ytd'):
        outlook.project(quarterly(RISING), series_type="cumulative")
    with pytest.raises(ParameterError, match='A target of the kind "higher" needs its low edge'):
        Goal("higher", high=3.0)
    with pytest.raises(ParameterError, match="A band from 5 to 3 is empty"):
        Goal("band", low=5.0, high=3.0)


def test_the_less_probable_part_bounds_a_pair() -> None:
    assert outlook.pair([0.9, 0.4]) == 0.4
    assert outlook.pair([0.9, None]) is None
    assert outlook.pair([]) is None


@pytest.mark.parametrize("seed", range(4))
def test_scale_does_not_change_what_is_said(seed: int) -> None:
    values = 50 + np.cumsum(np.random.default_rng(seed).normal(size=14))
    one = outlook.project(quarterly(values.tolist()), year="2018-19", target=at_least(51))
    ten = outlook.project(quarterly((10 * values).tolist()), year="2018-19", target=at_least(510))
    assert ten.probability == pytest.approx(one.probability)
    assert ten.direction == one.direction
    assert ten.year_end == pytest.approx(10 * one.year_end)
