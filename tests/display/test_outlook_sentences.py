"""What the outlook page says: every verdict in words, every question, every reason, and its tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.display import charts, icons, outlook_sentences, outlook_titles, tables
from perfkit.display.charts import outlook as charts_outlook

ROW: dict[str, Any] = {
    "indicator": "visits", "ref": "46", "title": "Visits", "directorate": "PH", "priority": "People", "unit": "count",
    "decimals": 0, "series_type": "ytd", "data_owner": "Lead, PH", "year": "2017-18", "year_end": 4880.0,
    "low80": 4391.0, "high80": 5369.0, "low95": 3995.0, "high95": 5765.0, "probability": 0.1, "verdict": "unlikely",
    "met": pd.NA, "confidence": "standard", "points": 13, "last_value": 1180.0, "reason": "", "words": "Unlikely.",
    "goal_low": 6248.0, "goal_high": float("nan"), "target_text": "1,562", "director_rag": "green",
    "director_outlook": "improving", "director_view": "on track", "agrees": "differs", "question": "What will change?",
    "chart": "xmr", "variation": "concern low", "assurance": "fail", "variation_words": "Cause for concern.",
    "single": True, "not_charted": "", "variation_warnings": "", "place": 1,
}  # fmt: skip
NONE = {"year_end": float("nan"), "low80": float("nan"), "probability": float("nan"), "verdict": "", "place": pd.NA}
NAMES = pd.DataFrame({"directorate": ["SCS", "PH"], "name": ["Social <Services>", "Public Health"], "order": [1, 2]})


def ranked(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([ROW | change for change in changes])


def test_the_headline_counts_each_verdict_and_names_the_most_at_risk() -> None:
    rows = ranked(
        {"place": 2, "title": "Second"},
        {"place": 1, "title": "First"},
        {"verdict": "likely", "probability": 0.9, "place": 4},
        {"verdict": "uncertain", "probability": 0.5, "place": 3},
        NONE,
    )
    assert outlook_sentences.headline(rows) == (
        "By the end of 2017-18, 1 of 5 targets is likely to be met, 1 is uncertain and 2 are unlikely; nothing can "
        "be said yet of 1. Most at risk: First (46) and Second (46)."
    )


def test_the_headline_of_no_outlook_at_all_is_plain() -> None:
    said = "No indicator has enough figures to say whether its target will be met."
    assert outlook_sentences.headline(ranked(NONE)) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"probability": 0.8, "verdict": "likely"}, "80%, likely"),
        ({"probability": 0.5, "verdict": "uncertain"}, "50%, uncertain"),
        ({"probability": 0.2}, "20%, unlikely"),
        ({"probability": 1.0, "verdict": "likely"}, "over 99%, likely"),
        ({"probability": 0.0}, "under 1%, unlikely"),
        ({"met": True}, "already met"),
        ({"met": False}, "can no longer be met"),
        (NONE, ""),
    ],
)
def test_every_verdict_has_its_words(changed: dict[str, Any], said: str) -> None:
    assert outlook_titles.likelihood(ROW | changed) == said


def test_assurance_that_contradicts_the_outlook_is_explained() -> None:
    assert outlook_titles.looking_back(ROW) == ""
    for assurance, verdict in (("pass", "unlikely"), ("fail", "likely")):
        said = outlook_titles.looking_back({"assurance": assurance, "verdict": verdict})
        assert said.startswith("They look back over all the points")


def test_questions_come_in_the_order_of_what_matters() -> None:
    rows = ranked({"place": 2}, {"place": 1, "ref": "7", "title": "Hours"}, NONE | {"ref": "9"}, {"question": ""})
    assert outlook_sentences.questions(rows) == [
        "Hours (7): What will change?",
        "Visits (46): What will change?",
        "Visits (9): What will change?",
    ]


def test_agreement_is_counted_with_those_on_which_only_one_speaks() -> None:
    rows = ranked({}, {"agrees": "agrees"}, {"agrees": "agrees"}, {"agrees": ""})
    assert outlook_sentences.agreement(rows) == (
        "Of 3 indicators on which both speak, the director and the figures agree on 2 and differ on 1. On 1 more only "
        "one of them speaks, or neither."
    )
    assert outlook_sentences.agreement_table(rows)["all"].tolist() == [4, 0, 0]


def test_what_cannot_be_projected_is_listed_with_its_reason() -> None:
    few = NONE | {"reason": "3 figures, 4 are needed", "data_owner": "Ann"}
    rows = ranked({}, few, few | {"ref": "47", "title": "Calls"}, NONE | {"reason": "a milestone", "data_owner": None})
    listed = outlook_sentences.unprojected(rows)
    assert listed["reason"].tolist() == ["3 figures, 4 are needed.", "A milestone."]
    assert listed["indicator"].tolist() == ["46 Visits; 47 Calls", "46 Visits"]
    assert listed["data_owner"].fillna("").tolist() == ["Ann", ""]
    assert outlook_sentences.left_out(rows) == "For three indicators the year-end cannot be projected."


def test_series_without_a_control_chart_say_why_and_share_their_reason() -> None:
    none = {"chart": "", "not_charted": "Rolling."}
    rows = ranked({}, none, none | {"ref": "47", "title": "Calls"}, {"chart": "", "last_value": float("nan")})
    assert outlook_sentences.uncharted(rows).to_numpy().tolist() == [["Rolling.", "46 Visits; 47 Calls"]]


def test_many_changes_are_counted_in_figures_throughout() -> None:
    rows = ranked(*[{"variation": "improvement high"}] * 11, *[{"variation": "common cause"}] * 5, {})
    assert outlook_sentences.changes(rows).startswith(
        "Of 17 indicators with a control chart, 1 has changed for the worse, 11 for the better and 5 show no"
    )


def test_changes_name_those_for_the_worse() -> None:
    rows = ranked({}, {"variation": "improvement high"}, {"variation": "common cause"}, {"chart": "run"})
    assert outlook_sentences.changes(rows) == (
        "Of three indicators with a control chart, one has changed for the worse, one for the better and one shows no "
        "significant change. For the worse: Visits (46)."
    )
    said = "No indicator has the 12 points that a control chart needs."
    assert outlook_sentences.changes(ranked({"chart": "run"})) == said


def test_the_order_of_the_first_tells_what_comes_first_of_equal_ones() -> None:
    two = pd.DataFrame({"place": [1, 2]})
    rule = "Of indicators equal to the hundredth, a cause for concern comes first."
    assert outlook_sentences.ten(two, {"Economy": 1.0, "People": 0.95}).endswith(f"in the plan. {rule}")
    assert outlook_sentences.ten(two, {"Economy": 1.0}).endswith(f"missing the target. {rule}")
    assert rule not in outlook_sentences.ten(two.head(1), {"Economy": 1.0, "People": 0.95})


def test_rules_name_the_rule_set_the_weights_and_the_width() -> None:
    said = outlook_sentences.rules(
        pd.DataFrame({"rule_set": ["ptd", None]}), {"People": 1.0}, pd.DataFrame({"widen": [1.2]})
    )
    assert "Control charts follow the rule set ptd." in said
    assert "Weights of the priorities: People 1." in said
    assert "Intervals are drawn 1.2 times as wide as the benchmark's." in said


def test_the_method_is_plain_and_says_what_it_must() -> None:
    method = " ".join(outlook_sentences.METHOD)
    for needed in ("no significant change", "not enough data", "four times in five", "80% and over", "none overwrites"):
        assert needed in method
    assert "common cause" not in method


@pytest.mark.parametrize("name", icons.VARIATION)
def test_every_variation_icon_has_a_shape_and_words(name: str) -> None:
    drawn = icons.variation(name)
    words, colour, drawing = icons.VARIATION[name]
    assert drawn.endswith(f"</svg>{words}</span>")
    assert drawing in drawn
    assert f"--pk-{colour}" in drawn


def test_no_two_icons_share_a_drawing_or_their_words() -> None:
    every = [*icons.VARIATION.values(), *icons.ASSURANCE.values()]
    assert len({drawing for _, _, drawing in every}) == len({words for words, _, _ in every}) == 11


def test_improvement_and_concern_differ_without_colour() -> None:
    better, worse = (icons.VARIATION[f"{kind} high"][2] for kind in ("improvement", "concern"))
    assert better.split("/>")[0] != worse.split("/>")[0]


def test_the_council_table_says_everything_in_words_and_escapes_it() -> None:
    rows = ranked({"title": "<b>Visits</b>"}, NONE | {"directorate": "SCS", "chart": "", "variation": ""})
    made = tables.outlook_council(rows, caption="Outlook", directorates=NAMES).html
    for said in ("Concern, lower", "Consistently missed", "4,880", "4,391 to 5,369", "at least 6,248", "Differs"):
        assert said in made
    assert "<b>" not in made
    assert "Social &lt;Services&gt;" in made
    assert made.index("Social &lt;Services&gt;") < made.index("Public Health")
    assert "Not charted" in made
    assert "Not projected" in made
    assert "Not said" in made


def test_a_row_without_a_numbered_target_shows_it_as_written() -> None:
    row = NONE | {"goal_low": float("nan"), "target_text": "Completion", "reason": "a milestone has no figures"}
    made = tables.outlook_first(ranked(row), caption="First").html
    assert "Completion" in made
    assert "A milestone has no figures." in made


def test_a_projection_of_the_second_figure_of_a_pair_says_so() -> None:
    assert "the second figure" in tables.outlook_first(ranked({"part": 2.0}), caption="First").html
    assert "the second figure" not in tables.outlook_first(ranked({"part": 1.0}), caption="First").html


def test_low_confidence_is_said_beside_the_probability() -> None:
    assert "low confidence" in tables.outlook_first(ranked({"confidence": "low"}), caption="First").html


POINTS = pd.DataFrame(
    {
        "indicator": "visits", "chart": "xmr", "period": ["2016-17 Q4", "2017-18 Q1"], "value": [1500.0, 1180.0],
        "mean": 1400.0, "lower": 1250.0, "upper": 1550.0, "special_cause": ["", "outside low"],
        "point_type": ["common cause", "concern"], "rules": ["", "outside low"], "group": 0, "points": 13,
        "trial": True, "rule_set": "ptd", "target": 1562.0,
    }
)  # fmt: skip


def test_small_multiples_say_each_indicator_in_words() -> None:
    rows = ranked({"title": "<i>Visits</i>"}, {"indicator": "x", "ref": "9", "chart": "", "variation": ""})
    (made,) = charts.small_multiples(POINTS, rows, directorates=NAMES, source="Returns")
    assert made.title == "Public Health: the one charted indicator changed for the worse"
    assert made.alt == "<i>Visits</i>: concern, lower."
    assert "Without a chart: 9" in made.html
    assert "<i>" not in made.html
    assert "Concern, lower" in made.html
    assert "1,180" in made.html


def test_a_quarter_without_a_figure_is_not_left_empty_in_the_data() -> None:
    points = pd.concat([POINTS, POINTS.tail(1).assign(indicator="calls")])
    rows = ranked({}, {"indicator": "calls", "ref": "9"})
    (made,) = charts.small_multiples(points, rows, directorates=NAMES, source="Returns")
    assert '<td class="pk-number pk-quiet">no value</td><td class="pk-number">1,180</td>' in made.html


def test_of_many_indicators_those_that_changed_are_drawn_and_the_others_named() -> None:
    many = [{"indicator": f"i{n}", "ref": str(n), "variation": ""} for n in range(1, charts_outlook.MOST + 3)]
    many[-1]["variation"], many[-2]["variation"] = "concern low", "improvement low"
    points = pd.concat([POINTS.assign(indicator=row["indicator"]) for row in many])
    (made,) = charts.small_multiples(points, ranked(*many), directorates=NAMES, source="Returns")
    assert made.html.count("<svg viewBox=") - made.html.count("pk-sign") == charts_outlook.MOST
    assert made.title.endswith("of 2 charted indicators 1 changed for the worse and 1 changed for the better")
    assert "Not drawn, to keep the page small: 29 and 30; the table above says what each shows" in made.html


def test_a_council_of_150_has_fewer_drawings_so_that_its_page_can_be_published() -> None:
    many = [{"indicator": f"i{n}", "ref": str(n)} for n in range(150)]
    points = pd.concat([POINTS.assign(indicator=row["indicator"]) for row in many])
    (made,) = charts.small_multiples(points, ranked(*many), directorates=NAMES, source="Returns")
    assert made.html.count('<svg viewBox="0 0 220') == charts_outlook.LEAST


def test_a_directorate_in_which_nothing_changed_has_a_drawing_all_the_same() -> None:
    many = [{"indicator": f"i{n}", "ref": str(n)} for n in range(charts_outlook.MOST)]
    calm = [{"indicator": f"c{n}", "ref": f"c{n}", "variation": "common cause", "directorate": "XX"} for n in (1, 2)]
    points = pd.concat([POINTS.assign(indicator=row["indicator"]) for row in many + calm])
    names = pd.concat([NAMES, pd.DataFrame({"directorate": ["XX"], "name": ["Calm"], "order": [9]})])
    _, made = charts.small_multiples(points, ranked(*many, *calm), directorates=names, source="Returns")
    assert made.title == "Calm: no significant change in 2 charted indicators"
    assert "Not drawn, to keep the page small: c2;" in made.html


def test_details_show_both_charts_the_words_and_the_question() -> None:
    history = pd.DataFrame({"indicator": "visits", "period": ["2017-18 Q1"], "value": [1180.0], "status": "final"})
    path = pd.DataFrame(
        {
            "indicator": "visits", "part": 1, "period": ["2017-18 Q4"], "mean": 4880.0, "low80": 4391.0,
            "high80": 5369.0, "low95": 3995.0, "high95": 5765.0,
        }
    )  # fmt: skip
    (made,) = charts.details(ranked({}), history, paths=path, points=POINTS, source="Returns")
    assert "1. Visits (46)" in made.html
    assert "Visits: the target of at least 6,248 is unlikely to be met" in made.html
    assert "Visits fell below the limits in quarter 1 of 2017-18" in made.html
    assert "What will change?" in made.html
    assert made.html.count("<figure") == 2
    assert "Taken apart from the year-to-date figures." in made.html


def test_details_without_a_control_chart_say_why() -> None:
    row = {"chart": "", "variation": "", "assurance": "", "not_charted": "Rolling figures are not charted."}
    history = pd.DataFrame({"indicator": "visits", "period": ["2017-18 Q1"], "value": [1180.0]})
    none = pd.DataFrame({"indicator": [], "part": [], "period": []})
    (made,) = charts.details(ranked(row), history, paths=none, points=POINTS.iloc[:0], source="Returns")
    assert made.html.count("<figure") == 1
    assert "Rolling figures are not charted." in made.html


def test_how_to_read_the_charts_is_said_of_the_charts_that_follow() -> None:
    top, points = ranked({"indicator": "visits"}), pd.DataFrame({"indicator": ["visits"]})
    both = outlook_sentences.how_to_read(top, points)
    assert both.startswith("First the outlook: the line is what was reported")
    assert "Then the control chart" in both
    assert "control chart" not in outlook_sentences.how_to_read(top, points.assign(indicator="other"))
    nothing = outlook_sentences.how_to_read(top.head(0), points)
    assert nothing == "No indicator comes first, so none is shown in detail."
