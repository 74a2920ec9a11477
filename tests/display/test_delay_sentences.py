"""The words of the page on delayed transfers: up, down and the same; one and many; and what is missing."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.display import delay_answers, delay_causes, delay_checks, delay_sentences, delay_years

NAN = float("nan")


def moved(now: float, before: float, percent: float, verdict: str) -> pd.DataFrame:
    return pd.DataFrame(
        [{"attribution": "all", "now": now, "before": before, "percent": percent, "verdict": verdict}]
    )  # fmt: skip


def line(*, months_ahead: float, people: float, distance: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": ["March 2017", "April 2017", "May 2017", "June 2017"],
            "people_a_day": [28.0, 27.0, 26.0, people],
            "expected": [28.0, 26.8, 25.7, 24.5],
            "distance": [0.0, 0.2, 0.3, distance],
            "months_ahead": [0.0, -0.2, -0.3, months_ahead],
        }
    )


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (moved(193.4, 120.6, 60.4, "worse"), "It is getting worse: 193.4 people a day were delayed in quarter 1 of "
         "2017-18, 60% more than the 120.6 of a year before."),
        (moved(90.0, 120.0, -25.0, "better"), "It is getting better: 90.0 people a day were delayed in quarter 1 of "
         "2017-18, 25% fewer than the 120.0 of a year before."),
        (moved(121.0, 120.0, 0.8, "much the same"), "No clear change: 121.0 people a day were delayed in quarter 1 of "
         "2017-18, much the same as the 120.0 of a year before."),
        (moved(121.0, NAN, NAN, ""), "Whether it is getting better cannot be said: 121.0 people a day were delayed in "
         "quarter 1 of 2017-18, and no earlier quarter is loaded."),
        (moved(NAN, 120.0, NAN, ""), "Whether it is getting better cannot be said: there is no figure for quarter 1 of "
         "2017-18."),
    ],
)  # fmt: skip
def test_it_is_getting_worse_better_or_neither(frame: pd.DataFrame, said: str) -> None:
    assert delay_answers.better(frame, quarter="2017-18 Q1", before="2016-17 Q1") == said


def test_a_quarter_without_all_its_months_is_told_with_how_many_it_has() -> None:
    frame = moved(5.1, 3.2, 59.4, "worse").assign(months=1, months_before=2)
    assert delay_answers.better(frame, quarter="2017-18 Q1", before="2016-17 Q1") == (
        "It is getting worse: 5.1 people a day were delayed in quarter 1 of 2017-18 (one of its three months), 59% "
        "more than the 3.2 of a year before (two of its three months)."
    )


def test_a_quarter_that_is_not_a_year_before_is_named() -> None:
    said = delay_answers.better(moved(5.1, 3.2, 59.4, "worse"), quarter="2013-14 Q2", before="2013-14 Q1")
    assert said.endswith("59% more than the 3.2 of quarter 1 of 2013-14.")


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (line(months_ahead=-0.4, people=25.0, distance=0.5),
         "Social care delays are 0.5 people a day above what was promised for June 2017, 0.4 months behind."),
        (line(months_ahead=1.0, people=23.3, distance=-1.2),
         "Social care delays are 1.2 people a day below what was promised for June 2017, 1 month ahead."),
        (line(months_ahead=0.0, people=24.5, distance=0.0),
         "Social care delays are at what was promised for June 2017."),
        (line(months_ahead=-11.2, people=37.6, distance=13.1),
         "Social care delays are 13.1 people a day above what was promised for June 2017 and worse than the 28.0 of "
         "March 2017 where the promise starts."),
        (line(months_ahead=188.5, people=-1.0, distance=-25.5),
         "Social care delays are 25.5 people a day below what was promised for June 2017, more than a year ahead."),
        (line(months_ahead=0.0, people=NAN, distance=NAN),
         "Social care delays are 0.3 people a day above what was promised for May 2017, 0.3 months behind."),
    ],
)  # fmt: skip
def test_the_distance_from_a_promise_and_the_months_ahead_or_behind(frame: pd.DataFrame, said: str) -> None:
    assert delay_answers.kept({"Social care delays": frame}) == said


def test_without_a_promise_that_is_what_is_said() -> None:
    bare = line(months_ahead=NAN, people=25.0, distance=NAN).assign(expected=NAN, months_ahead=NAN)
    assert delay_answers.kept({"A": bare}) == "Nothing was promised that could be held against these months."
    assert delay_sentences.against(bare, what="Delays").endswith(
        "25.0 people a day in June 2017; no target is set for then"
    )


def reasons(*shares: float) -> pd.DataFrame:
    titles = ["Awaiting care package in own home", "Disputes", "Other"][: len(shares)]
    return pd.DataFrame({"reason_title": titles, "share": shares, "rank": range(1, len(shares) + 1)})


def change(*amounts: float) -> pd.DataFrame:
    titles = ["Care package", "Choice", "Assessment"][: len(amounts)]
    return pd.DataFrame({"reason_title": titles, "change": amounts})


def test_why_people_wait_with_one_reason_two_or_none_that_stands_out() -> None:
    none = pd.DataFrame({"split": [], "part": [], "share": []})
    said = [delay_answers.why(reasons(*shares), none, change()) for shares in ((1.0,), (0.45, 0.3), (0.3, 0.2, 0.2))]
    assert said == [
        "Most are awaiting care package in own home (100% of delayed days).",
        "Most are awaiting care package in own home (45% of delayed days) and disputes (30%).",
        "The largest parts are awaiting care package in own home (30% of delayed days) and disputes (20%).",
    ]


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((12.0, -2.0), "delays rose by 10.0 people a day. Largest rise: care package (up 12.0 people a day)."),
        ((-12.0, 2.0), "delays fell by 10.0 people a day. Largest fall: care package (down 12.0 people a day)."),
        ((2.0, -2.0), "delays did not change in total."),
    ],
)
def test_what_explains_a_rise_a_fall_and_no_change(amounts: tuple[float, ...], said: str) -> None:
    told = delay_causes.explained(change(*amounts), since="2016-17 Q1", period="2017-18 Q1")
    assert told == f"Between 2016-17 Q1 and 2017-18 Q1 {said}"


def test_without_an_earlier_quarter_no_change_is_told() -> None:
    assert delay_causes.explained(change(), since="", period="2017-18 Q1") == (
        "What changed cannot be told: no quarter before 2017-18 Q1 is loaded."
    )
    assert delay_causes.changed(change(), since="", period="2017-18 Q1") == "No change can be told for 2017-18 Q1"


def standing(rank: object, of: int = 151) -> pd.DataFrame:
    return pd.DataFrame({"among": ["authorities in England"], "rank": [rank], "of": [of]})


def test_how_an_area_compares_first_fourth_or_unranked() -> None:
    beside = pd.DataFrame({"basis": ["mean of authorities"], "ratio": [3.5], "rate": [NAN]})
    said = [delay_answers.compare(standing(r), beside, area="A", period="2016-17") for r in (1, 4, pd.NA)]
    assert said[0].startswith(
        "A had the most delayed days of 151 authorities in England in 2016-17: 3.5 times the mean"
    )
    assert said[1].startswith("A had the 4th most delayed days of 151")
    assert said[2] == "A has no rank for 2016-17: only authorities with a figure for every month of it are ranked."


def test_a_place_by_rate_is_not_told_as_one_by_days() -> None:
    beside = pd.DataFrame({"basis": ["A", "mean of authorities"], "ratio": [1.0, 3.5], "rate": [9000.0, NAN]})
    assert delay_answers.compare(standing(7, of=141), beside, area="A", period="2016-17") == (
        "A had the 7th highest rate of delayed days of 141 authorities in England in 2016-17. By days, whatever its "
        "size, it had 3.5 times the mean of authorities."
    )
    assert delay_answers.compare(standing(pd.NA), beside, area="A", period="2016-17").endswith(
        "only authorities with a figure for every month of it and a number of adults are ranked."
    )
    ranked = pd.DataFrame({"area": ["B", "A"], "rank": [1, 2], "rate": [9500.0, 9000.0], "delayed_days": [10.0, 99.0]})
    assert delay_sentences.comparison(ranked, area="A", year="2016-17") == (
        "A had the 2nd highest rate of delayed days of 2 authorities in 2016-17"
    )
    assert delay_sentences.first_ten(ranked, year="2016-17") == (
        "The ten authorities with the highest rates of delayed days, 2016-17"
    )
    shown = delay_sentences.drawn_by(ranked, beside)
    assert shown == {"value": "rate", "unit": "days per 100,000 adults", "decimals": 0}
    assert shown.items() >= delay_sentences.ranked_by(ranked).items()


def test_a_rate_needs_no_warning_of_unlike_sizes() -> None:
    beside = pd.DataFrame({"basis": ["rate of England"], "ratio": [2.9], "rate": [4200.0]})
    assert "large authority" not in delay_answers.compare(standing(2), beside, area="A", period="2016-17")
    adults = pd.DataFrame({"area": ["A"], "adults": [500_000.0], "year": ["2016"], "source": ["population, pop.csv"]})
    assert delay_sentences.denominator(adults) == (
        "Rates are delayed days per 100,000 people aged 18 and over in 2016. Source of the number of adults: "
        "population, pop.csv."
    )
    assert delay_sentences.denominator(None).startswith("No rate per 100,000 adults is shown: no table")


def claims(*rows: tuple[str, float, bool]) -> pd.DataFrame:
    bases, figures, holds = zip(*rows, strict=True)
    return pd.DataFrame({"claim": "67 a day", "basis": bases, "figure": figures, "holds": holds, "verdict": ""})


def test_a_statement_holds_by_every_basis_by_some_or_by_none() -> None:
    assert delay_checks.verdicts(claims(("both", 66.5, True))) == ['"67 a day" holds: 66.5 (both).']
    assert delay_checks.verdicts(claims(("both", 66.5, True), ("NHS", 86.9, False))) == [
        '"67 a day" holds only as 66.5 (both); another basis says otherwise.'
    ]
    assert delay_checks.verdicts(claims(("both", 66.5, True), ("NHS", 86.9, False), ("all", 181.1, False))) == [
        '"67 a day" holds only as 66.5 (both); 2 other bases say otherwise.'
    ]
    assert delay_checks.verdicts(claims(("NHS", 86.9, False), ("all", 181.1, False))) == [
        '"67 a day" does not hold by any basis: 86.9 (NHS) and 181.1 (all).'
    ]


def test_a_statement_that_cannot_be_checked_says_why_and_none_says_so() -> None:
    lost = pd.DataFrame(
        {"claim": ["9 a day"], "basis": [""], "figure": [NAN], "holds": [None], "verdict": ["No data."]}
    )
    assert delay_checks.verdicts(lost) == ['"9 a day" cannot be checked: No data.']
    assert delay_checks.verdicts(lost.iloc[:0]) == ["No published statement about this area is loaded."]
    assert delay_checks.checked(lost)[["said", "answer"]].to_numpy().tolist() == [["", "cannot be checked"]]


def totals(months: int, days: float, before: float) -> pd.DataFrame:
    return pd.DataFrame(
        [{"attribution": "all", "months": months, "days": days, "days_before": before, "change": days - before}]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (totals(3, 1600.0, 1500.0), "In the first 3 months of 2017-18 A lost 1,600 days, 100 more than the 1,500 of "
         "the same months a year before."),
        (totals(1, 500.0, 600.0), "In the first month of 2017-18 A lost 500 days, 100 fewer than the 600 of the same "
         "months a year before."),
        (totals(3, 500.0, 500.0), "In the first 3 months of 2017-18 A lost 500 days, the same as the 500 of the same "
         "months a year before."),
        (totals(3, 500.0, NAN), "In the first 3 months of 2017-18 A lost 500 days. The same months of the year before "
         "are not loaded."),
    ],
)  # fmt: skip
def test_the_year_so_far(frame: pd.DataFrame, said: str) -> None:
    assert delay_years.so_far(frame, area="A", year="2017-18") == said


def outlook(**words: object) -> pd.DataFrame:
    row: dict[str, object] = {
        "indicator": "delayed-all", "year": "2017-18", "year_end": 28.0, "low80": 20.0, "high80": 36.0, "horizon": 3,
        "probability": 0.05, "verdict": "unlikely", "confidence": "standard", "last_value": 30.0,
        "last_period": "2017-18 Q1", "met": None, "reason": "",
    }  # fmt: skip
    return pd.DataFrame([row | words])


def test_where_the_year_is_heading_over_or_unsaid() -> None:
    assert delay_years.chart_title(outlook(), year="2017-18") == (
        "All delays are heading for 28.0 people a day by the end of 2017-18, from 30.0 now"
    )
    over = outlook(horizon=0)
    assert delay_years.chart_title(over, year="2017-18") == "All delays ended 2017-18 at 28.0 people a day"
    assert delay_years.heading_for(over, year="2017-18") == (
        "The year is over: all delays stood at 28.0 people a day in its last quarter."
    )
    unsaid = outlook(year_end=NAN, reason="there are fewer than four figures")
    assert delay_years.heading_for(unsaid, year="2017-18") == (
        "Where the year ends cannot be said yet: there are fewer than four figures."
    )


def test_the_outlook_of_a_target_its_absence_and_its_end() -> None:
    defined = pd.DataFrame({"indicator": ["delayed-all"], "title": ["All delays"]})
    goal = pd.DataFrame({"indicator": ["delayed-all"], "goal_high": [14.0]})
    none = goal.assign(goal_high=NAN)

    def likelihood(frame: pd.DataFrame, paths: pd.DataFrame) -> list[str]:
        return delay_years.ahead(frame, defined, paths)[["target", "likelihood"]].iloc[0].tolist()

    assert likelihood(outlook(), goal) == ["at most 14", "5%, unlikely"]
    assert likelihood(outlook(probability=0.001), goal) == ["at most 14", "under 1%, unlikely"]
    assert likelihood(outlook(probability=NAN), goal) == ["at most 14", "not said: too few quarters"]
    assert likelihood(outlook(), none) == ["none set", ""]


def test_the_hours_that_were_delivered_and_none() -> None:
    held = pd.DataFrame({"period": ["2017-18 Q1"], "hours": [5976.0], "contracted": [8920.0], "share": [67.0]})
    assert delay_sentences.hours(held).endswith("contracted a month were delivered: 67%.")
    assert "is not known here" in delay_sentences.hours(held.iloc[:0])


def test_what_is_loaded_one_month_many_and_gaps() -> None:
    months = pd.DataFrame({"month": pd.PeriodIndex(["2017-01", "2017-03"], freq="M")})
    assert delay_checks.quality(months, gaps="February 2017")[0] == (
        "Two months are loaded, January 2017 to March 2017; not loaded in between: February 2017."
    )
    assert delay_checks.quality(months.head(1), gaps="")[0].startswith("One month is loaded, January 2017;")
