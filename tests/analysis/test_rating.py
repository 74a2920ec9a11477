"""Each rule as its reader knows it, with both sides of every boundary; figures worked by hand."""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import rating
from perfkit.model import schemas
from perfkit.model import targets as grammar
from perfkit.model.errors import ParameterError

QUARTER = "2017-18 Q1"


def indicator(**more: Any) -> dict[str, Any]:
    plain = {"indicator": "a", "financial_year": "2017-18", "ref": "7", "title": "Visits", "directorate": "SCS",
             "priority": "Efficient", "outcome": "E5", "unit": "count", "polarity": "higher", "frequency": "quarter",
             "series_type": "point", "arrears": 0, "decimals": 0}  # fmt: skip
    return {**plain, **more}


def promised(text: str | None, defined: dict[str, Any], period: str = "2017-18", **more: Any) -> pd.DataFrame:
    read = grammar.parse(text, polarity=defined["polarity"], unit=defined["unit"])
    place = {"file": "framework.xlsx", "sheet": "Targets", "cell": "F12"}
    rows = [
        {"indicator": "a", "period": period, "role": "target", **place, **row, **more} for row in grammar.rows(read)
    ]
    return pd.DataFrame(rows)


def observed(value: float | None, period: str = QUARTER, **more: Any) -> dict[str, Any]:
    place = {"file": "SCS.xlsx", "sheet": "Dashboard", "cell": "H9", "vintage": "0123456789ab"}
    told = {"area": "Oxfordshire", "part": 1, "report_period": QUARTER, "value": value, "status": "final"}
    return {"indicator": "a", "period": period, **told, **place, **more}


def one(
    value: float | None,
    text: str | None,
    *,
    last_year: float | None = None,
    quarter: str = QUARTER,
    promise: dict[str, Any] | None = None,
    told: dict[str, Any] | None = None,
    comparators: pd.DataFrame | None = None,
    **more: Any,
) -> pd.Series[Any]:
    """Rate one figure of one indicator against one target."""
    defined = indicator(**more)
    rows = [observed(value, quarter, **(told or {}))]
    if last_year is not None:
        rows.append(observed(last_year, "2016-17 " + quarter[-2:]))
    frames = pd.DataFrame(rows), promised(text, defined, **(promise or {}))
    rated = rating.rate(*frames, indicators=pd.DataFrame([defined]), quarters=[quarter], comparators=comparators)
    assert len(rated) == 1
    return rated.iloc[0]


def colour(value: float | None, text: str | None, **more: Any) -> str:
    return str(one(value, text, **more)["calculated"])


@pytest.mark.parametrize(
    ("value", "word"), [(100, "green"), (99.99, "amber"), (90, "amber"), (89.99, "red"), (130, "green")]
)
def test_relative_is_amber_within_10_percent_of_the_target(value: float, word: str) -> None:
    assert colour(value, "100") == word


@pytest.mark.parametrize(("value", "word"), [(100, "green"), (100.01, "amber"), (110, "amber"), (110.01, "red")])
def test_relative_is_mirrored_where_lower_is_better(value: float, word: str) -> None:
    assert colour(value, "100", polarity="lower") == word


@pytest.mark.parametrize(("value", "word"), [(98, "amber"), (97.99, "red")])
def test_a_tolerance_of_its_own_takes_the_place_of_the_default(value: float, word: str) -> None:
    found = one(value, "100", rule="relative", tolerance=2.0, tolerance_set_by="Head of Performance",
                tolerance_set_on=pd.Timestamp("2017-04-03"))  # fmt: skip
    assert found["calculated"] == word
    assert found["rule_text"] == (
        "Green where the target is met, amber within 2% of it, red beyond (set by Head of Performance on 3 April 2017)."
    )


@pytest.mark.parametrize(("value", "word"), [(80, "green"), (79.9, "amber"), (75, "amber"), (74.9, "red")])
def test_percentages_are_amber_within_5_points(value: float, word: str) -> None:
    found = one(value, "80%", unit="percent")
    assert (found["calculated"], found["rule"]) == (word, "points")
    assert (
        found["rule_text"]
        == "Green where the target is met, amber within 5 points of it, red beyond (perfkit's default)."
    )


@pytest.mark.parametrize(("value", "word"), [(0, "green"), (1, "red")])
def test_a_target_of_0_has_no_amber_unless_a_tolerance_is_set(value: float, word: str) -> None:
    assert one(value, "0", polarity="lower")["rule"] == "points"
    assert colour(value, "0", polarity="lower") == word


@pytest.mark.parametrize(("value", "word"), [(0, "green"), (2, "amber"), (3, "red")])
def test_a_target_of_0_with_a_tolerance_is_amber_within_it(value: float, word: str) -> None:
    assert colour(value, "0", polarity="lower", rule="points", tolerance=2.0) == word


@pytest.mark.parametrize(("value", "word"), [(100, "green"), (99.9, "amber"), (95, "amber"), (94.9, "red")])
def test_floor_is_red_below_its_floor(value: float, word: str) -> None:
    found = one(value, "100%", unit="percent", rule="floor", tolerance=95.0)
    assert found["calculated"] == word
    assert "amber from there to the floor of 95%, red beyond the floor" in found["rule_text"]


@pytest.mark.parametrize(("value", "word"), [(50, "green"), (49, "amber"), (40, "amber"), (39, "red")])
def test_the_floor_of_a_year_is_spread_as_its_target(value: float, word: str) -> None:
    """200 a year with a floor of 160: 50 and 40 by the end of quarter 1."""
    assert colour(value, "200", rule="floor", tolerance=160.0, series_type="ytd") == word


def test_a_floor_that_nobody_set_is_no_rule() -> None:
    assert one(99, "100%", unit="percent", rule="floor")["calculated_reason"] == "no floor is set for it"


@pytest.mark.parametrize(("value", "word"), [(100, "green"), (71, "amber"), (70, "red"), (60, "red")])
def test_direction_is_amber_only_if_better_than_the_same_quarter_last_year(value: float, word: str) -> None:
    assert colour(value, "100", rule="direction", last_year=70) == word


def test_direction_off_target_without_last_year_is_not_rated() -> None:
    assert colour(100, "100", rule="direction") == "green"
    found = one(90, "100", rule="direction")
    assert found["calculated"] == "not rated"
    assert found["calculated_reason"] == "off target, and no value for the same quarter last year to compare with"


@pytest.mark.parametrize(
    ("value", "word"), [(97, "green"), (95, "green"), (93, "green"), (92.9, "amber"), (88, "amber"), (87.9, "red")]
)
def test_a_range_where_higher_is_better_has_its_threshold_at_the_lower_edge(value: float, word: str) -> None:
    assert colour(value, "93-95%", unit="percent") == word


@pytest.mark.parametrize(
    ("value", "word"), [(90, "green"), (95, "green"), (95.1, "amber"), (100, "amber"), (100.1, "red")]
)
def test_a_range_where_lower_is_better_has_its_threshold_at_the_upper_edge(value: float, word: str) -> None:
    assert colour(value, "93-95%", unit="percent", polarity="lower") == word


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (93, "green"),
        (95, "green"),
        (92, "amber"),
        (96, "amber"),
        (90, "amber"),
        (98, "amber"),
        (89.9, "red"),
        (98.1, "red"),
    ],
)
def test_within_a_range_is_green_and_the_nearer_edge_counts_outside(value: float, word: str) -> None:
    assert colour(value, "93-95%", unit="percent", polarity="within", rule="range", tolerance=3.0) == word


def test_the_rule_of_a_band_does_not_say_that_beyond_it_is_better() -> None:
    asked = {"unit": "percent", "rule": "range", "tolerance": 3.0}
    within = one(97, "93-95%", polarity="within", **asked)["rule_text"]
    assert within.startswith("Green in the range, amber within 3 points of its nearer edge, red beyond")
    higher = one(97, "93-95%", polarity="higher", **asked)["rule_text"]
    assert higher.startswith("Green in the range or better, amber within 3 points of its nearer edge")


def test_the_variance_of_a_range_is_the_distance_to_the_edge_that_counts() -> None:
    assert one(92, "93-95%", unit="percent")["variance"] == -1.0
    assert one(97, "93-95%", unit="percent", polarity="lower")["variance"] == 2.0
    within = {"unit": "percent", "polarity": "within"}
    assert [one(v, "93-95%", **within)["variance"] for v in (92, 94, 97)] == [-1.0, 0.0, 2.0]


@pytest.mark.parametrize(
    ("whole", "part", "word"),
    [(15, 5, "green"), (15, 4.5, "amber"), (13.5, 5, "amber"), (30, 4.4, "red"), (13.4, 5, "red")],
)
def test_a_pair_is_as_its_worse_part(whole: float, part: float, word: str) -> None:
    """60/20 for the year is 15 and 5 by the end of quarter 1; within 10% is amber."""
    defined = indicator(series_type="ytd")
    rows = pd.DataFrame([observed(whole), observed(part, part=2)])
    found = rating.rate(rows, promised("60/20", defined), indicators=pd.DataFrame([defined])).iloc[0]
    assert (found["calculated"], found["expected"], found["expected_of_which"]) == (word, 15.0, 5.0)
    assert found["value_of_which"] == part


def test_a_pair_without_its_part_is_not_rated() -> None:
    found = one(17, "60/20", series_type="ytd")
    assert (found["calculated"], found["calculated_reason"]) == ("not rated", "no value for the 'of which'")


@pytest.mark.parametrize(
    ("marker", "quarter", "word", "reason"),
    [
        ("Complete", "2017-18 Q1", "green", ""),
        ("Complete", "2017-18 Q3", "green", ""),
        ("On track", "2017-18 Q1", "green", ""),
        ("Delayed", "2017-18 Q1", "amber", ""),
        ("On track", "2017-18 Q2", "red", ""),
        ("Delayed", "2017-18 Q3", "red", ""),
        ("N/A", "2017-18 Q1", "not rated", "not due until September 2017"),
        (None, "2017-18 Q2", "not rated", "no value: it was due by September 2017 and was not reported on"),
    ],
)
def test_a_milestone_is_complete_on_track_behind_or_overdue(
    marker: str | None, quarter: str, word: str, reason: str
) -> None:
    found = one(None, "Completion by Sept 2017", quarter=quarter, unit="milestone", told={"marker": marker})
    assert (found["calculated"], found["calculated_reason"]) == (word, reason)


def test_a_milestone_with_a_value_of_1_is_complete_and_with_0_overdue_when_due() -> None:
    due = {"unit": "milestone", "series_type": "milestone"}
    assert colour(1, "Completion by June 2017", **due) == "green"
    assert colour(0, "Completion by June 2017", **due) == "red"
    assert colour(60, "Completion by June 2017", **due) == "red"
    assert colour(100, "Completion by June 2017", unit="percent") == "green"


@pytest.mark.parametrize(("quartile", "word"), [(1, "green"), (2, "amber"), (3, "red"), (4, "red")])
def test_a_quartile_is_green_in_the_top_one_and_amber_in_the_next(quartile: float, word: str) -> None:
    assert colour(quartile, "Top quartile", unit="quartile", rule="rank") == word


def compared(comparator: str, value: float, amber: float | None = None, period: str = QUARTER) -> pd.DataFrame:
    return pd.DataFrame(
        {"indicator": ["a"], "period": period, "comparator": comparator, "value": value, "amber": amber}
    )


@pytest.mark.parametrize(("value", "word"), [(78, "green"), (77.9, "amber"), (74, "amber"), (73.9, "red")])
def test_top_quartile_is_rated_against_the_values_that_end_the_quartiles(value: float, word: str) -> None:
    found = one(value, "Top quartile", unit="percent", comparators=compared("top quartile", 78.0, 74.0))
    assert (found["calculated"], found["rule"], found["expected"]) == (word, "rank", 78.0)
    assert found["expected_how"] == "the comparator: top quartile"


@pytest.mark.parametrize(("value", "word"), [(73.1, "green"), (73, "amber"), (68, "amber"), (67.9, "red")])
def test_above_the_national_average_leaves_the_average_out(value: float, word: str) -> None:
    year = compared("national average", 73.0, period="2017-18")
    assert colour(value, "Above national average", unit="percent", comparators=year) == word


def test_without_its_comparator_a_relative_target_is_not_rated() -> None:
    last = compared("top quartile", 78.0, 74.0, period="2016-17 Q1")
    for comparators in (None, last):
        found = one(80, "Top quartile", unit="percent", comparators=comparators)
        assert (found["calculated"], found["calculated_reason"]) == ("not rated", "no comparator for this period")


@pytest.mark.parametrize(
    ("text", "value", "word"), [(">28%", 28.0, "amber"), (">28%", 28.01, "green"), ("≥28%", 28.0, "green")]
)
def test_more_than_asks_for_more_than_the_figure(text: str, value: float, word: str) -> None:
    assert colour(value, text, unit="percent") == word


@pytest.mark.parametrize(
    ("text", "value", "word"), [("<20%", 20.0, "amber"), ("<20%", 19.99, "green"), ("≤20%", 20.0, "green")]
)
def test_less_than_asks_for_less_than_the_figure(text: str, value: float, word: str) -> None:
    assert colour(value, text, unit="percent", polarity="lower") == word


def test_more_than_with_no_tolerance_is_red_at_the_figure() -> None:
    assert colour(28.0, ">28%", unit="percent", rule="points", tolerance=0.0) == "red"


def test_values_are_compared_unrounded() -> None:
    assert colour(79.96, "80%", unit="percent", decimals=0) == "amber"


def test_a_share_worked_out_in_binary_is_not_below_its_own_target() -> None:
    assert colour(0.1 + 0.2, "0.3", unit="ratio", polarity="lower") == "green"
    assert colour(60.3, "67%", unit="percent", rule="relative", tolerance=10.0) == "amber"


def test_changes_and_bands_are_rated_against_the_baseline() -> None:
    more = {"promise": {"baseline": 266.0, "baseline_period": "2016-17"}, "series_type": "ytd"}
    found = one(91, "Increase of 36%", **more)
    assert (found["expected"], found["calculated"]) == (pytest.approx(90.44), "green")
    assert (
        one(91, "Increase of 36%", series_type="ytd")["calculated_reason"]
        == "no baseline or profile to work the target out of"
    )
    budget = {"polarity": "within", "unit": "percent", "promise": {"baseline": 0.0}}
    assert [colour(v, "±4.5%", **budget) for v in (-4.5, 4.5, 9.5, -9.6)] == ["green", "green", "amber", "red"]


def test_a_range_of_one_figure_is_met_at_the_figure_only() -> None:
    assert [colour(v, "100", polarity="within") for v in (100, 101, 90, 89)] == ["green", "amber", "amber", "red"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("TBC", "no target: it is to be confirmed"),
        ("No target", "no target"),
        ("Data only", "data only"),
        (None, "no target"),
    ],
)
def test_no_target_is_a_reason_not_a_0(text: str | None, reason: str) -> None:
    found = one(50, text)
    assert (found["calculated"], found["calculated_reason"]) == ("not rated", reason)
    assert pd.isna(found["expected"])
    assert pd.isna(found["variance"])


@pytest.mark.parametrize(
    ("told", "more", "reason"),
    [
        ({}, {}, "no value"),
        ({"marker": "[c]"}, {}, "suppressed ([c])"),
        ({"marker": "*", "marker_means": "suppressed, fewer than 5"}, {}, "suppressed (*)"),
        ({"marker": "Pending"}, {}, "no value (Pending)"),
        ({"marker": "[x]", "marker_means": "not available"}, {}, "no value (not available)"),
        ({"marker": "Pending"}, {"frequency": "year"}, "not due (Pending)"),
        ({}, {"frequency": "year"}, "not due: reported once a year, for quarter 4"),
    ],
)
def test_what_stands_in_place_of_a_value_is_the_reason(told: dict[str, Any], more: dict[str, Any], reason: str) -> None:
    found = one(None, "100", told=told, **more)
    assert (found["calculated"], found["calculated_reason"]) == ("not rated", reason)


def test_a_yearly_figure_is_due_for_quarter_4_and_may_be_labelled_by_its_year() -> None:
    defined = pd.DataFrame([indicator(frequency="year")])
    found = rating.rate(
        pd.DataFrame([observed(101, "2017-18")]),
        promised("100", indicator()),
        indicators=defined,
        quarters=["2017-18 Q4"],
    ).iloc[0]
    assert (found["calculated"], found["data_period"]) == ("green", "2017-18")
    assert one(None, "100", quarter="2017-18 Q4", frequency="year")["calculated_reason"] == "no value"


def test_where_neither_direction_is_good_nothing_is_rated_unless_the_target_says_one() -> None:
    assert one(50, "100", polarity="neutral")["calculated_reason"] == "neither direction is good for this indicator"
    assert colour(100, "at least 100", polarity="neutral") == "green"


def test_an_indicator_without_figure_or_target_is_never_dropped() -> None:
    defined = pd.DataFrame([indicator(), indicator(indicator="b", ref="8")])
    rated = rating.rate(pd.DataFrame([observed(120)]), promised("100", indicator()), indicators=defined)
    assert rated["indicator"].tolist() == ["a", "b"]
    assert rated["calculated"].tolist() == ["green", "not rated"]
    assert rated["calculated_reason"].tolist() == ["", "no target"]


def test_empty_tables_still_give_every_indicator() -> None:
    none, defined = pd.DataFrame([observed(1)]).iloc[:0], pd.DataFrame([indicator()])
    rated = rating.rate(none, promised("100", indicator()).iloc[:0], indicators=defined, quarters=[QUARTER])
    assert rated[["calculated", "calculated_reason", "period", "data_period"]].to_numpy().tolist() == [
        ["not rated", "no target", QUARTER, QUARTER]
    ]


def test_a_figure_in_arrears_is_rated_against_the_target_of_its_own_period() -> None:
    defined = indicator(arrears=1)
    both = pd.concat([promised("90", defined, "2016-17"), promised("100", defined, "2017-18")])
    told = pd.DataFrame([observed(92, "2016-17 Q4"), observed(50, QUARTER)])
    found = rating.rate(told, both, indicators=pd.DataFrame([defined]), quarters=[QUARTER]).iloc[0]
    assert (found["value"], found["expected"], found["calculated"]) == (92, 90, "green")
    assert (found["period"], found["data_period"]) == (QUARTER, "2016-17 Q4")


def test_a_figure_in_arrears_whose_period_has_no_target_is_not_rated() -> None:
    found = rating.rate(
        pd.DataFrame([observed(92, "2016-17 Q4")]),
        promised("100", indicator()),
        indicators=pd.DataFrame([indicator(arrears=1)]),
    ).iloc[0]
    assert found["calculated_reason"] == "no target for 2016-17 Q4, the period of the figure"


def test_the_month_that_ends_the_quarter_stands_for_it_where_the_quarter_has_no_row() -> None:
    told = pd.DataFrame([observed(90, "May 2017"), observed(100, "June 2017")])
    frames = told, promised("100", indicator())
    found = rating.rate(*frames, indicators=pd.DataFrame([indicator()]), quarters=[QUARTER]).iloc[0]
    assert (found["value"], found["data_period"]) == (100, "June 2017")


def test_every_figure_keeps_the_cells_of_value_and_target() -> None:
    found = one(100, "100")
    assert found[["file", "sheet", "cell", "vintage"]].tolist() == ["SCS.xlsx", "Dashboard", "H9", "0123456789ab"]
    assert found[["target_file", "target_sheet", "target_cell"]].tolist() == ["framework.xlsx", "Targets", "F12"]


def test_mixed_areas_are_refused_until_one_is_named() -> None:
    told = pd.DataFrame([observed(100), observed(50, area="Kent")])
    frames = told, promised("100", indicator())
    with pytest.raises(ParameterError, match=r"hold 2 areas \(Kent, Oxfordshire\): name the one to rate"):
        rating.rate(*frames, indicators=pd.DataFrame([indicator()]))
    assert rating.rate(*frames, indicators=pd.DataFrame([indicator()]), area="Kent")["value"].tolist() == [50]


def test_one_figure_given_twice_is_refused() -> None:
    told = pd.DataFrame([observed(100), observed(50)])
    with pytest.raises(ParameterError, match='hold "a" for 2017-18 Q1 twice'):
        rating.rate(told, promised("100", indicator()), indicators=pd.DataFrame([indicator()]))


def test_each_year_is_rated_by_its_own_definition() -> None:
    defined = pd.DataFrame([indicator(financial_year="2016-17", ref="3"), indicator(rule="relative", tolerance=2.0)])
    both = pd.concat([promised("100", indicator(), "2016-17"), promised("100", indicator(), "2017-18")])
    told = pd.DataFrame([observed(95, "2016-17 Q1", report_period="2016-17 Q1"), observed(95)])
    rated = rating.rate(told, both, indicators=defined)
    assert rated[["period", "ref", "calculated"]].to_numpy().tolist() == [
        ["2016-17 Q1", "3", "amber"],
        ["2017-18 Q1", "7", "red"],
    ]


def test_the_frames_given_stay_as_they_are() -> None:
    told, promise, defined = pd.DataFrame([observed(100)]), promised("100", indicator()), pd.DataFrame([indicator()])
    copies = told.copy(), promise.copy(), defined.copy()
    rating.rate(told, promise, indicators=defined)
    for frame, copy in zip((told, promise, defined), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def assessed(rag: str | None, calculated: str = "red", **more: Any) -> pd.Series[Any]:
    rated = pd.DataFrame({"indicator": ["a"], "period": [QUARTER], "ref": ["46"], "calculated": [calculated],
                          "calculated_reason": ["no value" if calculated == "not rated" else ""]})  # fmt: skip
    said = {"subject_kind": "indicator", "subject": "a", "period": QUARTER, "rag": rag, "outlook": "stable", **more}
    return rating.assess(rated, pd.DataFrame([said])).iloc[0]


def test_the_directors_rating_is_effective_and_the_calculated_one_stays() -> None:
    found = assessed(
        "amber", reason="Paperwork was late.", assessed_by="The director", assessed_on=pd.Timestamp("2017-07-20")
    )
    assert found[["calculated", "assessed", "effective", "differs", "question"]].tolist() == [
        "red",
        "amber",
        "amber",
        True,
        "",
    ]
    assert found["effective_reason"] == "the director's rating"


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ({}, "a reason, a name and a date are needed"),
        ({"reason": "Late."}, "a name and a date are needed"),
        ({"reason": "Late.", "assessed_by": "The director"}, "a date is needed"),
    ],
)
def test_an_override_needs_a_reason_a_name_and_a_date(given: dict[str, Any], needed: str) -> None:
    assert (
        assessed("amber", **given)["question"]
        == f"The director rates indicator 46 amber, the figures say red: {needed}."
    )


@pytest.mark.parametrize(("rag", "calculated", "effective"), [("red", "red", "red"), ("green", "not rated", "green")])
def test_agreement_and_a_rating_without_figures_need_no_reason(rag: str, calculated: str, effective: str) -> None:
    found = assessed(rag, calculated)
    assert (found["effective"], found["differs"], found["question"]) == (effective, False, "")


def test_without_the_directors_rating_the_calculated_one_is_effective() -> None:
    assert assessed(None)[["effective", "effective_reason"]].tolist() == ["red", "calculated"]
    assert assessed(None, "not rated")[["effective", "effective_reason"]].tolist() == ["not rated", "no value"]


@pytest.mark.parametrize(
    ("expires", "on", "effective"),
    [
        ("2017-06-30", None, "amber"),
        ("2017-06-29", None, "red"),
        ("2017-08-01", datetime.date(2017, 8, 1), "amber"),
        ("2017-08-01", datetime.date(2017, 8, 2), "red"),
    ],
)
def test_an_override_stands_to_the_end_of_the_day_it_expires_on(
    expires: str, on: datetime.date | None, effective: str
) -> None:
    rated = pd.DataFrame({"indicator": ["a"], "period": [QUARTER], "calculated": ["red"], "calculated_reason": [""]})
    said = {
        "subject_kind": "indicator",
        "subject": "a",
        "period": QUARTER,
        "rag": "amber",
        "expires_on": pd.Timestamp(expires),
    }
    found = rating.assess(rated, pd.DataFrame([said]), on=on).iloc[0]
    assert found["effective"] == effective
    assert found["assessed"] == "amber"


def test_an_expired_override_says_when_it_expired() -> None:
    found = assessed("amber", expires_on=pd.Timestamp("2017-06-15"))
    assert found["effective_reason"] == "calculated: the director's rating expired on 15 June 2017"


def test_quarters_put_together_are_assessed_each_by_itself() -> None:
    one_quarter = pd.DataFrame(
        {"indicator": ["a"], "period": [QUARTER], "calculated": ["red"], "calculated_reason": [""]}
    )
    two = pd.concat([one_quarter, one_quarter.assign(period="2017-18 Q2", calculated="green")])
    said = {"subject_kind": "indicator", "subject": "a", "period": QUARTER, "rag": "amber"}
    found = rating.assess(two, pd.DataFrame([said]))
    assert found["effective"].tolist() == ["amber", "green"]
    assert found["question"].ne("").tolist() == [True, False]
    assert rating.count(two, column="calculated")[["green", "red"]].to_numpy().tolist() == [[1, 1]]


def test_assessments_of_outcomes_and_other_quarters_are_left_alone() -> None:
    assert pd.isna(assessed("amber", subject_kind="outcome")["assessed"])
    assert pd.isna(assessed("amber", period="2017-18 Q2")["assessed"])


def test_what_is_not_rated_is_counted() -> None:
    rated = pd.DataFrame(
        {"effective": ["green", "not rated", "red", "green"], "directorate": ["PH", "PH", "CEF", "CEF"]}
    )
    assert rating.count(rated).to_dict("records") == [{"green": 2, "amber": 0, "red": 1, "not_rated": 1, "total": 4}]
    by = rating.count(rated, by="directorate")
    assert by.to_numpy().tolist() == [["PH", 1, 0, 0, 1, 2], ["CEF", 1, 0, 1, 0, 2]]


def test_a_missing_assessed_rating_counts_as_not_rated() -> None:
    rated = pd.DataFrame({"assessed": pd.Series(["green", None], dtype="str")})
    assert rating.count(rated, column="assessed")[["green", "not_rated", "total"]].to_numpy().tolist() == [[1, 1, 2]]


def test_a_council_without_indicators_has_no_ratings_rather_than_a_fault() -> None:
    none = {name: schemas.empty(schemas.TABLES[name]) for name in ("observations", "targets", "indicators")}
    rated = rating.rate(none["observations"], none["targets"], indicators=none["indicators"], quarters=["2024-25 Q3"])
    judged = rating.assess(rated, schemas.empty(schemas.ASSESSMENTS))
    assert judged.empty
    assert {"effective", "effective_reason", "differs"} <= set(judged)
