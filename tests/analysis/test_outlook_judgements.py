"""The director beside the figures, the questions that follow, and judgements scored when the years have ended."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.analysis import outlook

NO_QUESTION = ""


def beside(probability: float | None, rag: str | None, said: str | None, *, direction: str = "") -> pd.Series:
    projected = pd.DataFrame({"indicator": ["visits"], "probability": [probability], "direction": [direction]})
    assessments = pd.DataFrame({"subject": ["visits"], "rag": [rag], "outlook": [said]})
    return outlook.agreement(projected.astype({"probability": "float64"}), assessments).iloc[0]


@pytest.mark.parametrize(
    ("rag", "said", "view"),
    [
        ("green", "improving", "on track"),
        ("green", "stable", "on track"),
        ("green", None, "on track"),
        ("amber", "improving", "on track"),
        (None, "stable", "on track"),
        ("green", "deteriorating", "off track"),
        (None, "deteriorating", "off track"),
        ("red", "stable", "off track"),
        ("red", None, "off track"),
        ("red", "improving", ""),
        ("amber", "stable", ""),
        ("amber", None, ""),
        (None, None, ""),
    ],
)
def test_rating_and_outlook_together_make_the_directors_view(rag: str | None, said: str | None, view: str) -> None:
    assert beside(0.5, rag, said)["director_view"] == view


def test_on_track_below_a_quarter_is_asked_about() -> None:
    asked = beside(0.24, "green", "stable")
    assert asked["agrees"] == "differs"
    assert asked["question"] == (
        "The director's view is on track (green, stable); the figures give the target a probability of 24%. "
        "What will change by the year-end?"
    )
    assert beside(0.25, "green", "stable")["question"] == NO_QUESTION


def test_off_track_above_three_quarters_is_asked_about() -> None:
    asked = beside(0.76, "red", "deteriorating")
    assert asked["question"] == (
        "The director's view is off track (red, deteriorating); the figures give the target a probability of 76%. "
        "What is not yet in the figures?"
    )
    assert beside(0.75, "red", "deteriorating")["question"] == NO_QUESTION


def test_without_a_probability_opposite_directions_are_asked_about() -> None:
    asked = beside(None, "red", "improving", direction="deteriorating")
    assert asked["question"] == (
        "The director says improving; the figures say deteriorating. What is not yet in the figures?"
    )
    assert beside(None, "green", "improving", direction="improving")["agrees"] == "agrees"
    assert beside(None, "green", "improving", direction="no clear change")["agrees"] == ""


def test_an_indicator_without_an_assessment_is_kept() -> None:
    projected = pd.DataFrame({"indicator": ["a", "b"], "probability": [0.9, 0.1], "direction": ["", ""]})
    said = pd.DataFrame(
        {"subject": ["b", "b"], "subject_kind": ["indicator", "outcome"], "rag": ["red", "green"], "outlook": ["", ""]}
    )
    found = outlook.agreement(projected, said)
    assert found["director_view"].tolist() == ["", "off track"]
    assert found["agrees"].tolist() == ["", "agrees"]


def agreed(probability: float = 0.7, view: str = "on track") -> pd.DataFrame:
    return pd.DataFrame(
        {"indicator": ["visits"], "year": ["2017-18"], "probability": [probability], "director_view": [view]}
    )


def test_both_judgements_are_recorded_the_directors_by_what_the_words_mean() -> None:
    kept = outlook.record(agreed(), quarter="2017-18 Q1")
    assert kept[["who", "probability"]].values.tolist() == [["director", 0.8], ["perfkit", 0.7]]
    assert outlook.record(agreed(view=""), quarter="2017-18 Q1")["who"].tolist() == ["perfkit"]


def test_a_judgement_once_recorded_stands() -> None:
    first = outlook.record(agreed(0.7), quarter="2017-18 Q1")
    again = outlook.record(agreed(0.1), quarter="2017-18 Q1", before=first)
    pd.testing.assert_frame_equal(again, first)
    later = outlook.record(agreed(0.1), quarter="2017-18 Q2", before=first)
    assert later["probability"].tolist() == [0.8, 0.7, 0.8, 0.1]


def test_settled_matters_are_no_judgements() -> None:
    settled = agreed(1.0).assign(met=pd.array([True], dtype="boolean"))
    assert outlook.record(settled, quarter="2017-18 Q4").empty


def judged(count: int, probability: float = 0.8) -> pd.DataFrame:
    names = [f"i{place}" for place in range(count)]
    return pd.DataFrame(
        {"indicator": names, "year": "2017-18", "quarter": "2017-18 Q1", "who": "perfkit", "probability": probability}
    )


def ended(count: int, met: int) -> pd.DataFrame:
    outcomes = pd.array([True] * met + [False] * (count - met), dtype="boolean")
    return pd.DataFrame({"indicator": [f"i{p}" for p in range(count)], "year": "2017-18", "met": outcomes})


def test_a_score_appears_from_thirty_resolved_judgements() -> None:
    early = outlook.score(judged(40), ended(29, 20)).iloc[0]
    assert (early["judgements"], early["resolved"], pd.isna(early["brier"])) == (40, 29, True)
    assert early["words"] == "29 judgements resolved; a score is shown from 30: 1 more is needed."
    enough = outlook.score(judged(40), ended(30, 24)).iloc[0]
    assert enough["brier"] == pytest.approx((24 * 0.04 + 6 * 0.64) / 30)
    assert enough["words"] == "Brier score 0.16 over 30 judgements (a coin scores 0.25)."


def test_an_unknown_outcome_resolves_nothing() -> None:
    unknown = ended(30, 30).assign(met=pd.array([None] * 30, dtype="boolean"))
    assert outlook.score(judged(30), unknown)["resolved"].item() == 0


def test_a_year_recorded_in_four_quarters_is_scored_by_hand() -> None:
    names = [f"i{place}" for place in range(8)]
    kept = None
    for number, chance in enumerate((0.5, 0.6, 0.8, 0.9), start=1):
        said = pd.DataFrame(
            {"indicator": names, "year": "2017-18", "probability": chance, "director_view": "off track"}
        )
        kept = outlook.record(said, quarter=f"2017-18 Q{number}", before=kept)
    assert kept is not None
    assert len(kept) == 64
    found = outlook.score(kept, ended(8, 6)).set_index("who")
    assert found["resolved"].tolist() == [32, 32]
    # Six met: misses 0.5, 0.4, 0.2, 0.1; two not met: misses 0.5, 0.6, 0.8, 0.9.
    ours = (6 * (0.25 + 0.16 + 0.04 + 0.01) + 2 * (0.25 + 0.36 + 0.64 + 0.81)) / 32
    assert found.loc["perfkit", "brier"] == pytest.approx(ours) == pytest.approx(0.215)
    # Off track counts as 0.2: six missed by 0.8, two by 0.2, in every quarter.
    assert found.loc["director", "brier"] == pytest.approx((6 * 0.64 + 2 * 0.04) / 8) == pytest.approx(0.49)


def quarterly(values: list[float]) -> pd.DataFrame:
    labels = [f"{2015 + n // 4}-{16 + n // 4} Q{n % 4 + 1}" for n in range(len(values))]
    return pd.DataFrame({"indicator": "visits", "part": 1, "period": labels, "value": values})


DEFINED = pd.DataFrame(
    {
        "indicator": ["visits"], "financial_year": ["2017-18"], "unit": ["count"], "polarity": ["higher"],
        "series_type": ["ytd"], "arrears": [0],
    }
)  # fmt: skip
PROMISED = pd.DataFrame(
    {
        "indicator": ["visits"], "period": ["2017-18"], "part": [1], "role": ["target"], "text": ["100"],
        "kind": ["threshold"], "direction": [None], "strict": [None], "low": [100.0], "high": [None],
        "basis": ["year"], "profile": [None], "baseline": [None], "baseline_period": [None],
    }
)  # fmt: skip
EARLIER = [20.0, 40.0, 60.0, 80.0] * 2


def outturn(values: list[float]) -> list[bool]:
    found = outlook.outturns(judged(1), quarterly(EARLIER + values), DEFINED, PROMISED)
    return found["met"].tolist()


def test_a_year_has_an_outturn_only_when_its_last_figure_is_known() -> None:
    assert outturn([30.0, 60.0, 90.0, 100.0]) == [True]
    assert outturn([30.0, 60.0, 90.0, 99.0]) == [False]
    assert outturn([30.0, 60.0, 90.0]) == []
    assert outturn([60.0, 101.0]) == [], "the target is met, the year has not ended"


def test_nothing_recorded_is_scored_as_nothing() -> None:
    assert outlook.score(judged(0), ended(3, 2)).empty
