"""The cabinet report reads as a paper: its paragraphs in correct English, its lists linked and checked."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.display import cabinet_sentences as sentences
from perfkit.display import page, tables

QUARTER = "2017-18 Q1"
QUESTION = "46 Visits is red: why is this an achievement?"


def points(kind: str, named: int, unnamed: int = 0, questions: int = 0) -> pd.DataFrame:
    """Give what `key_points.link` gives: points that name indicator 46, points that name none, questions among them."""
    total = named + unnamed
    return pd.DataFrame(
        {
            "kind": pd.Series([kind] * total, dtype="object"),
            "subject": pd.Series(["Safety"] * total, dtype="object"),
            "number": range(1, total + 1),
            "text": pd.Series([f"Point {n}." for n in range(total)], dtype="object"),
            "status": pd.Series(["final"] * total, dtype="object"),
            "ref": pd.Series(["46"] * named + [None] * unnamed, dtype="object"),
            "title": pd.Series(["Visits"] * named + [None] * unnamed, dtype="object"),
            "effective": pd.Series(["red"] * named + [None] * unnamed, dtype="object"),
            "question": pd.Series([QUESTION] * questions + [None] * (total - questions), dtype="object"),
        }
    )


def rated(**ratings: str) -> pd.DataFrame:
    """Give rated indicators by number (a7="red"), all of outcome V2."""
    rows = [{"indicator": n, "ref": n[1:], "title": f"Title {n[1:]}", "effective": rating, "outcome": "V2",
             "priority": "Safety", "directorate": "CSS", "value": 1180.0, "unit": "count", "target_text": "1,562",
             "status": "final", "file": "CSS.xlsx", "sheet": "Dashboard", "cell": "G10"}
            for n, rating in ratings.items()]  # fmt: skip
    return pd.DataFrame(rows, columns=["indicator", "ref", "title", "effective", "outcome"] if not rows else None)


def rolled(*ratings: str) -> pd.DataFrame:
    """Give outcomes V1, V2, ... with these ratings."""
    names = [f"V{n}" for n in range(1, len(ratings) + 1)]
    return pd.DataFrame({"outcome": names, "title": [f"Aim {n}" for n in names], "priority": "Safety", "rag": ratings})


@pytest.mark.parametrize(
    ("named", "unnamed", "questions", "expected"),
    [
        (0, 0, 0, ["No achievement was reported for 2017-18 Q1."]),
        (1, 0, 0, ["For 2017-18 Q1 one achievement was reported, which names an indicator."]),
        (0, 1, 0, ["For 2017-18 Q1 one achievement was reported, which names no indicator."]),
        (2, 0, 0, ["For 2017-18 Q1 two achievements were reported, both of which name indicators."]),
        (0, 2, 0, ["For 2017-18 Q1 two achievements were reported, neither of which names an indicator."]),
        (1, 1, 0, ["For 2017-18 Q1 two achievements were reported, one of which names an indicator."]),
        (12, 3, 0, ["For 2017-18 Q1 15 achievements were reported, 12 of which name indicators."]),
        (1, 0, 1, ["For 2017-18 Q1 one achievement was reported, which names an indicator.",
                   "It speaks of an indicator that is red, and goes back to its author as a question."]),
        (2, 0, 1, ["For 2017-18 Q1 two achievements were reported, both of which name indicators.",
                   "One of them speaks of an indicator that is red, and goes back to its author as a question."]),
        (3, 0, 2, ["For 2017-18 Q1 three achievements were reported, all of which name indicators.",
                   "Two of them speak of indicators that are red, and go back to their authors as questions."]),
    ],
)  # fmt: skip
def test_achievements_are_introduced(named: int, unnamed: int, questions: int, expected: list[str]) -> None:
    assert sentences.achievements(points("achievement", named, unnamed, questions), quarter=QUARTER) == expected


@pytest.mark.parametrize(
    ("named", "ratings", "last"),
    [
        (0, {"a7": "red"}, "No issue was reported for 2017-18 Q1."),
        (1, {"a46": "red"}, "For 2017-18 Q1 one issue was reported, which names an indicator."),
        (1, {"a7": "red"}, "No issue speaks of Title 7 (7), which is red."),
        (1, {"a7": "red", "a8": "red"}, "No issue speaks of Title 7 (7) or Title 8 (8), which are red."),
        (1, {"a7": "green"}, "For 2017-18 Q1 one issue was reported, which names an indicator."),
    ],
)
def test_issues_are_introduced_and_a_red_indicator_that_none_speaks_of_is_named(
    named: int, ratings: dict[str, str], last: str
) -> None:
    assert sentences.issues(points("issue", named), rated(**ratings), quarter=QUARTER)[-1] == last


@pytest.mark.parametrize(
    ("ratings", "ambers", "expected"),
    [
        ((), {}, ["No outcome has been reported."]),
        (("green",), {}, ["No outcome is red."]),
        (("green",), {"a1": "amber"}, ["No outcome is red.", "One indicator is amber; see Annex 2."]),
        (("red",), {}, ["The one outcome is red: Aim V1 (V1). It stands here with its cause and what is to be done."]),
        (("red", "red", "green"), {"a1": "amber", "a2": "amber"},
         ["Two of 3 outcomes are red: Aim V1 (V1) and Aim V2 (V2). They stand here with their causes and what is to be "
          "done.", "Two indicators are amber; see Annex 2."]),
    ],
)  # fmt: skip
def test_red_outcomes_are_introduced(ratings: tuple[str, ...], ambers: dict[str, str], expected: list[str]) -> None:
    assert sentences.red_outcomes(rolled(*ratings), rated(**ambers)) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "No achievement or issue states a figure."),
        ([True], "Achievements and issues state one figure; it is borne out by an indicator."),
        ([True, True], "Achievements and issues state two figures; both are borne out by an indicator."),
        ([True] * 3, "Achievements and issues state three figures; all are borne out by an indicator."),
        ([False], "Achievements and issues state one figure; no indicator bears it out, and the remark says why."),
        ([True, False],
         "Achievements and issues state 2 figures: 1 is borne out by an indicator, 1 is not; the remark says why."),
        ([True, True, False, False],
         "Achievements and issues state 4 figures: 2 are borne out by an indicator, 2 are not; the remark says why."),
    ],
)  # fmt: skip
def test_figures_are_counted(found: list[bool], expected: str) -> None:
    assert sentences.figures(pd.DataFrame({"found": pd.Series(found, dtype="bool")})) == [expected]


def timetable(*starts: str) -> pd.DataFrame:
    days = pd.to_datetime(list(starts))
    return pd.DataFrame({"number": range(1, len(starts) + 1), "starts": days, "ends": days + pd.offsets.MonthEnd(),
                         "step": [f"Step {n}" for n in range(1, len(starts) + 1)]})  # fmt: skip


def test_the_calendar_names_the_first_step_after_the_quarter() -> None:
    steps = timetable("2017-06-01", "2017-10-01", "2017-09-01")
    said = "The calendar of reporting has three steps. First after the quarter: Step 3 (September 2017)."
    assert sentences.calendar(steps, quarter=QUARTER) == [said]
    said = "The calendar of reporting has one step. It lies within the quarter or before it."
    assert sentences.calendar(timetable("2017-06-01"), quarter=QUARTER) == [said]
    said = "No calendar of reporting has been loaded for this year."
    assert sentences.calendar(timetable(), quarter=QUARTER) == [said]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["carried over"], "Since 2016-17 one indicator was carried over."),
        (["carried over", "carried over", "dropped"],
         "Since 2016-17 two indicators were carried over and one was dropped."),
        (["revised", "introduced", "introduced", "dropped"],
         "Since 2016-17 one indicator was revised, two were introduced and one was dropped."),
    ],
)  # fmt: skip
def test_what_became_of_the_framework_is_counted(statuses: list[str], expected: str) -> None:
    frame = pd.DataFrame({"indicator": [str(n) for n in range(len(statuses))], "status": statuses})
    assert sentences.framework(frame, quarter=QUARTER) == [expected]


def test_paragraphs_are_numbered_through_the_whole_paper() -> None:
    paper = page.sections({"summary": ["One.", "Two."], "none": [], "issues": ["Three."]})
    assert paper["issues"].html == '<ol class="pk-numbered" start="3"><li>Three.</li></ol>'
    assert paper["none"].html == ""


def test_a_point_shows_the_rating_of_its_indicator_links_to_it_and_asks_its_author() -> None:
    html = tables.key_points(points("achievement", 1, questions=1), kind="achievement", links=True).html
    assert '<a href="#indicator-46">Indicator 46' in html
    assert "Red</span>" in html
    assert f"Question: {QUESTION}" in html
    assert 'id="indicator-46"' in tables.dashboards(full(), directorates(), caption="Indicators").html


def full() -> pd.DataFrame:
    frame = rated(a46="red").assign(calculated="red", assessed=None, outlook="stable", differs=False, question=None)
    return frame.assign(calculated_reason="", effective_reason="calculated", reason=None, decimals=0, marker=None)


def directorates() -> pd.DataFrame:
    return pd.DataFrame({"directorate": ["PH", "CSS"], "name": ["Public Health", "Community Safety"], "order": [1, 2]})


def test_dashboards_stand_by_directorate_under_its_name() -> None:
    both = pd.concat([full(), full().assign(indicator="x", ref="20", directorate="PH")], ignore_index=True)
    html = tables.dashboards(both, directorates(), caption="Indicators").html
    assert html.index("Indicators: Public Health") < html.index("Indicators: Community Safety")


def test_a_council_without_directorates_has_one_dashboard() -> None:
    html = tables.dashboards(full().assign(directorate="The council"), directorates().head(0), caption="All").html
    assert html.count("<table") == 1
    assert "All: The council" in html


def test_the_grid_says_each_rating_in_words() -> None:
    grid = tables.outcome_grid(rolled("red", "not rated"), caption="Outcomes")
    assert grid.words == "Outcomes. Safety: V1 red, V2 not rated"
    assert "Not rated" in grid.html


def commentary(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "subject", "text"])


def red(said: pd.DataFrame, **options: object) -> str:
    frame = rolled("green", "red").assign(assessed=[None, "red"])
    return tables.red_outcomes(frame, rated(a46="red"), said, caption="Red", **options).html  # type: ignore[arg-type]


def test_a_sign_in_place_of_a_red_indicators_figure_stands_as_it_is() -> None:
    frame = rated(a46="red").assign(value=None, marker="[c]", marker_means="suppressed")
    rolled_up = rolled("green", "red").assign(assessed=[None, "red"])
    html = tables.red_outcomes(rolled_up, frame, commentary(), caption="Red").html
    assert "[c] against a target of 1,562" in html
    assert "Signs: [c] suppressed." in html


def test_a_red_outcome_stands_with_its_indicator_cause_narrative_and_action() -> None:
    said = commentary(("cause", "a46", "Late paperwork."), ("action", "V2", "More staff."))
    narrative = pd.DataFrame({"subject": ["a46"], "reason": ["Back on target soon."]})
    html = red(said, assessments=narrative)
    assert "Title 46" in html
    assert "1,180 against a target of 1,562" in html
    for text in ("Late paperwork.", "More staff.", "Back on target soon.", "CSS.xlsx, Dashboard!G10"):
        assert text in html
    assert "Aim V1" not in html


def test_a_red_outcome_without_cause_or_action_is_a_question() -> None:
    html = red(commentary())
    assert "No cause was given: a question to the director." in html
    assert "No action was given: a question to the director." in html
    assert "The director reported “None”. Is none needed?" in red(commentary(("action", "a46", "None")))


def test_an_outcome_that_only_the_director_calls_red_is_shown_too() -> None:
    frame = rolled("amber").assign(assessed=["red"])
    html = tables.red_outcomes(frame, rated(a46="green"), commentary(), caption="Red").html
    assert "Aim V1" in html


def test_a_figure_borne_out_by_nothing_published_says_so() -> None:
    stated = pd.DataFrame(
        {"text": ["Over 59%."], "stated": ["Over 59%"], "ref": ["41"], "computed": [59.9], "unit": ["percent"],
         "status": ["illustrative"], "found": [False], "remark": ["illustrative and bears nothing out"],
         "file": ["k.xlsx"], "sheet": ["Key points"], "cell": ["C16"]}
    )  # fmt: skip
    html = tables.stated_figures(stated, caption="Figures").html
    assert "59.9% [i]" in html
    assert "[i] illustrative, made up and never published" in html
    assert "k.xlsx, Key points!C16" in html
