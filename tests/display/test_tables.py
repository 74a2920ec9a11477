"""Tables: captions, headers, figures, marks and cells of origin."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from perfkit.display import tables
from perfkit.display.tables import scorecards


def row_of(html: str, start: str) -> str:
    return next(row for row in re.findall(r"<tr.*?</tr>", html, re.S) if start in row)


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_table_has_a_caption_and_scoped_headers(rated: pd.DataFrame) -> None:
    html = tables.table(rated, caption="All indicators", columns={"title": "Indicator", "value": "Value"}).html
    assert ">All indicators</span></caption>" in html
    assert '<th scope="col" class="pk-long">Indicator</th>' in html
    assert '<th scope="row">Reablement hours</th>' in html
    assert 'role="region" tabindex="0" aria-label="Table: All indicators"' in html


@pytest.mark.parametrize("function", [tables.scorecard, tables.outcomes, tables.exceptions])
def test_a_table_without_a_caption_is_refused(function: object, rated: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="needs a caption that says what it shows"):
        function(rated, caption=" ")  # type: ignore[operator]


def test_a_column_that_the_frame_lacks_is_named(rated: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="asks for wrong and worse, which its frame does not have"):
        tables.table(rated, caption="C", columns={"title": "T", "wrong": "W", "worse": "X"})


def test_figures_stand_right_with_separators_and_missing_ones_are_said() -> None:
    frame = pd.DataFrame({"area": ["A", "B", "C"], "days": [52236.0, float("nan"), 0.0]})
    html = tables.table(frame, caption="Days", columns={"area": "Area", "days": "Days"}).html
    assert '<td class="pk-number">52,236</td>' in html
    assert '<td class="pk-number pk-quiet">no value</td>' in html
    assert '<td class="pk-number">0</td>' in html
    assert "nan" not in html.lower()


def test_signs_are_explained_above_the_table(rated: pd.DataFrame) -> None:
    columns = {"title": "Indicator", "value": "Value"}
    html = tables.table(rated, caption="C", columns=columns, markers={"[x]": "not available"}).html
    above = html[: html.index("<table")]
    assert "[i] illustrative, made up and never published; [x] not available." in above
    assert "5,976 [i]" in html


def test_the_cell_of_a_figure_is_text_not_a_tooltip(rated: pd.DataFrame) -> None:
    html = tables.table(rated, caption="C", columns={"title": "Indicator"}, where=True).html
    assert "SCS.xlsx, Dashboard!H9" in html
    assert "2017-18/Q1/returns/SCS.xlsx (version 1a2b3c4d5e6f)" in html
    assert "title=" not in html


def test_an_empty_table_says_so_or_gives_way_to_a_sentence() -> None:
    none, columns = pd.DataFrame({"a": []}), {"a": "A"}
    html = tables.table(none, caption="C", columns=columns).html
    assert '<td colspan="1" class="pk-quiet">No rows.</td>' in html
    assert tables.table(none, caption="C", columns=columns, without="There is no a.").html == "<p>There is no a.</p>"
    assert tables.table(none, caption="C", columns=columns, without="").html == ""


def test_the_scorecard_shows_three_ratings_in_words(rated: pd.DataFrame) -> None:
    html = tables.scorecard(rated, caption="Indicators").html
    said = words_of(row_of(html, "Users satisfied"))
    assert said == (
        "1 Users satisfied Why the ratings differ: One survey was late. "
        "Value SCS.xlsx, Dashboard!H3; rating J3; target framework.xlsx, Targets!F2 "
        "67.0% for 2016-17 Q4 67% Green by rule 2 Amber Amber the director&#x27;s rating Stable"
    )


def test_the_scorecard_numbers_its_rules_once(rated: pd.DataFrame) -> None:
    html = tables.scorecard(rated, caption="Indicators").html
    assert "<li>Green at target, amber within 10%.</li><li>Green at target.</li>" in html


def test_the_scorecard_marks_illustrative_values_and_explains_its_signs(rated: pd.DataFrame) -> None:
    html = tables.scorecard(rated, caption="Indicators").html
    assert "5,976 hours [i]" in words_of(row_of(html, "Reablement hours"))
    assert "Signs: [i] illustrative, made up and never published; [x] not available." in words_of(html)


def test_an_indicator_without_value_target_or_rating_says_each(rated: pd.DataFrame) -> None:
    said = words_of(row_of(tables.scorecard(rated, caption="Indicators").html, "Exclusions"))
    assert "[x] No target Not rated no value Not given Not rated" in said


def test_a_difference_without_reason_is_asked_about(rated: pd.DataFrame) -> None:
    asked = rated.assign(reason=None, question="The director rates indicator 1 amber: a reason is needed.")
    assert "To be answered: The director rates indicator 1 amber" in tables.scorecard(asked, caption="I").html
    silent = rated.assign(reason=None, question="")
    assert "The two ratings differ; no reason was given." in tables.scorecard(silent, caption="I").html


def test_what_is_expected_by_now_is_said_where_it_is_not_the_target(rated: pd.DataFrame) -> None:
    html = tables.scorecard(rated.assign(expected=[8000.5, 67.0, float("nan")]), caption="I").html
    assert "expected by now 8,000.5 hours" in html
    assert "expected by now 67" not in html


def test_a_pair_shows_both_values(rated: pd.DataFrame) -> None:
    html = tables.scorecard(rated.assign(value_of_which=[20.0, 1.0, 1.0], unit="count pair"), caption="I").html
    assert "5,976, of which 20" in html


def test_the_scorecard_is_grouped_by_priority_and_outcome(rated: pd.DataFrame, rolled: pd.DataFrame) -> None:
    html = tables.scorecard(rated, caption="Indicators", outcomes=rolled).html
    assert re.findall(r"<caption>(.*?)</caption>", html) == [
        "Indicators: Efficient", "Indicators: Protecting", "Indicators: Thriving",
    ]  # fmt: skip
    assert words_of(row_of(html, "Effective services")) == "E5 Effective services Red"


def test_a_target_for_each_quarter_says_so_beside_what_is_expected_by_now(rated: pd.DataFrame) -> None:
    third = rated.iloc[:1].assign(expected=26760.0, expected_how="8,920 a quarter times 3")
    html = tables.scorecard(third, caption="Indicators").html
    assert "expected by now 26,760 hours, at 8,920 a quarter" in words_of(html)


def test_the_name_of_a_quarter_is_not_broken_on_a_phone() -> None:
    frame = pd.DataFrame({"quarter": ["2016-17 Q3", "2016-17 Q4"], "year": ["2016-17", None], "n": [1.0, 2.0]})
    html = tables.table(frame, caption="Hours", columns={"quarter": "Quarter", "year": "Year", "n": "Hours"}).html
    assert '<th scope="col" class="pk-period">Quarter</th><th scope="col" class="pk-year">Year</th>' in html


def test_outcomes_disclose_those_not_rated(rolled: pd.DataFrame) -> None:
    html = tables.outcomes(rolled.assign(not_rated=[2, 0]), caption="Outcomes").html
    said = words_of(row_of(html, "Effective services"))
    assert said == "E5 Effective services Lead: SCS Red worst of 3: red on 7 Red 1 green 1 amber 1 red 2 not rated"


def test_the_lead_of_an_outcome_is_named_in_full_for_readers_who_do_not_know_the_codes(rolled: pd.DataFrame) -> None:
    names = pd.DataFrame({"directorate": ["SCS"], "name": ["Social & Community Services"]})
    html = tables.outcomes(rolled, caption="Outcomes", directorates=names).html
    assert "Lead: Social &amp; Community Services<" in html
    assert "Lead: SCS" not in html


def test_indicators_come_in_the_order_of_their_outcomes(rated: pd.DataFrame, rolled: pd.DataFrame) -> None:
    html = tables.scorecard(rated, caption="Indicators", outcomes=rolled.iloc[::-1]).html
    places = [html.index(f">{outcome} ") for outcome in rolled["outcome"].iloc[::-1] if f">{outcome} " in html]
    assert len(places) > 1
    assert places == sorted(places)


def test_a_reason_that_all_outcomes_share_is_said_once(rolled: pd.DataFrame) -> None:
    html = tables.outcomes(rolled.assign(rag_reason="worst of its indicators"), caption="Outcomes").html
    assert html.count("worst of its indicators") == 1


def test_red_exceptions_carry_cause_and_action(rated: pd.DataFrame) -> None:
    said = pd.DataFrame({"kind": ["cause", "action"], "subject": "hours", "text": ["Few carers.", "Recruit."]})
    html = tables.exceptions(rated, said, caption="Exceptions").html
    assert "5,976 hours [i] against a target of 8,920" in html
    assert "Few carers." in html
    assert "Recruit." in html
    assert "Users satisfied" not in html


def test_a_red_exception_shows_a_sign_as_it_stands_and_a_figure_as_the_scorecard_does(rated: pd.DataFrame) -> None:
    hidden = rated.assign(value=None, marker="[c]", marker_means="suppressed", status="provisional")
    shown = words_of(tables.exceptions(hidden, caption="Exceptions").html)
    assert "Value [c] against a target of 8,920" in shown
    assert "[c] suppressed" in shown
    fine = rated.assign(value=60.64, unit="percent", decimals=2, marker=None, status="final")
    assert "Value 60.64% against a target" in words_of(tables.exceptions(fine, caption="Exceptions").html)
    pair = rated.assign(value=17.0, value_of_which=6.0, unit="count", decimals=0, marker=None, status="final")
    assert "Value 17, of which 6 against a target" in words_of(tables.exceptions(pair, caption="Exceptions").html)


def test_a_missing_cause_is_said_to_be_missing(rated: pd.DataFrame) -> None:
    html = tables.exceptions(rated, caption="Exceptions").html
    assert "No cause was given." in html
    assert "No action was given." in html


def test_nothing_red_is_said() -> None:
    frame = pd.DataFrame({"ref": ["1"], "title": ["x"], "effective": ["green"]})
    assert tables.exceptions(frame, caption="Exceptions").html == ""


def test_key_points_stand_under_their_priority() -> None:
    said = pd.DataFrame(
        {
            "kind": ["issue", "issue", "achievement"],
            "subject": ["A", "B", "A"],
            "number": [1, 1, 1],
            "text": ["x", "y", "z"],
            "status": "final",
            "ref": None,
        }
    )
    shown = tables.key_points(said, kind="issue")
    assert shown.words == "A: x\nB: y"
    assert re.findall(r"<h3>(\w)</h3>", shown.html) == ["A", "B"]
    assert tables.key_points(said.head(2), kind="achievement").html == ""


def test_our_own_row_of_a_ranking_is_named_in_words() -> None:
    frame = pd.DataFrame({"area": ["Kent", "Oxfordshire"], "days": [60000.0, 52236.0], "rank": [1, 2]})
    html = tables.ranking(frame, caption="Most", label="area", value="days", unit="days", focus="Oxfordshire").html
    assert "Oxfordshire (this council)" in row_of(html, "52,236")


def test_frames_given_are_not_changed(rated: pd.DataFrame, rolled: pd.DataFrame) -> None:
    before, outcomes_before = rated.copy(deep=True), rolled.copy(deep=True)
    tables.scorecard(rated, caption="I", outcomes=rolled)
    tables.outcomes(rolled, caption="O")
    tables.exceptions(rated, caption="E")
    pd.testing.assert_frame_equal(rated, before)
    pd.testing.assert_frame_equal(rolled, outcomes_before)


def test_a_missing_text_is_an_empty_cell_and_a_missing_figure_is_said() -> None:
    frame = pd.DataFrame({"area": ["A", "B"], "note": ["late", None], "days": pd.Series([None, 3], dtype="object")})
    html = tables.table(frame, caption="C", columns={"area": "Area", "note": "Note", "days": "Days"}).html
    assert '<td>late</td><td class="pk-number pk-quiet">no value</td>' in html
    assert '<td></td><td class="pk-number">3</td>' in html


def test_a_sign_that_explains_itself_is_not_explained(rated: pd.DataFrame) -> None:
    html = tables.scorecard(rated.assign(marker="Pending", marker_means="pending", status=None), caption="I").html
    assert "Signs:" not in html


def test_a_range_as_written_is_not_repeated_as_expected(rated: pd.DataFrame) -> None:
    band = rated.assign(target_text="93-95%", target_low=93.0, target_high=95.0, expected=93.0, expected_high=95.0)
    assert "expected by now" not in tables.scorecard(band, caption="I").html
    html = tables.scorecard(band.assign(expected_high=96.0, unit="percent", decimals=1), caption="I").html
    assert "expected by now 93.0% to 96.0%" in html


def test_what_moved_stands_right_with_its_direction_in_words(rated: pd.DataFrame) -> None:
    moved = pd.DataFrame(
        {
            "indicator": ["hours", "users"],
            "value": [5976.0, 66.96],
            "change": [0.0, None],
            "direction_previous": ["unchanged", ""],
            "year_ago_value": [5000.0, 70.0],
            "change_year": [976.0, -3.04],
            "direction_year": ["improving", "deteriorating"],
        }
    )
    html = tables.movements(rated, moved, caption="Moved").html
    assert words_of(row_of(html, "Users satisfied")) == "1 Users satisfied 67.0% 70.0% −3.0 points, worse"
    assert "5,976 hours the same 5,000 hours +976 hours, better" in words_of(row_of(html, "Reablement hours"))
    assert '<td class="pk-number">5,976 hours</td>' in html
    assert html.index("Users satisfied") < html.index("Reablement hours")


@pytest.mark.parametrize(
    ("unit", "decimals", "change", "told"),
    [
        ("percent", 0, -1.0, "−1 point, worse"),
        ("percent", 1, 0.02, "under 0.1 points up, worse"),
        ("hours", 0, -0.4, "under 1 hour down, worse"),
        ("count", 0, -0.4, "under 1 down, worse"),
    ],
)
def test_a_change_too_small_to_show_is_not_told_as_nought(
    rated: pd.DataFrame, unit: str, decimals: int, change: float, told: str
) -> None:
    moved = pd.DataFrame(
        {"indicator": ["users"], "value": [66.96], "change": [None], "direction_previous": [""],
         "year_ago_value": [70.0], "change_year": [change], "direction_year": ["deteriorating"]}
    )  # fmt: skip
    html = tables.movements(rated.assign(unit=unit, decimals=decimals), moved, caption="Moved").html
    assert words_of(row_of(html, "Users satisfied")).endswith(told)


@pytest.mark.parametrize(("then", "told"), [(70.0, "not comparable"), (None, "no value")])
def test_a_figure_of_a_year_ago_that_cannot_be_compared_is_not_told_as_missing(
    rated: pd.DataFrame, then: float | None, told: str
) -> None:
    moved = pd.DataFrame(
        {"indicator": ["users"], "value": [66.96], "change": [-1.0], "direction_previous": ["deteriorating"],
         "year_ago_value": [then], "change_year": [None], "direction_year": [""]}
    )  # fmt: skip
    html = tables.movements(rated, moved, caption="Moved").html
    assert words_of(row_of(html, "Users satisfied")) == f"1 Users satisfied 67.0% −1.0 points, worse {told}"


def test_a_quartile_is_not_told_as_expected_by_now() -> None:
    """The first quartile is how a place is reckoned; "Top quartile" says it to a reader."""
    assert scorecards.expected({"expected": 1.0, "target_low": None, "unit": "quartile"}) == ""


@pytest.mark.parametrize("nothing", ["None", "nil.", "N/A"])
def test_an_action_of_none_is_asked_about_and_not_shown_as_an_action(nothing: str) -> None:
    red = pd.DataFrame({"ref": ["46"], "title": ["Visits"], "effective": ["red"], "indicator": ["visits"],
                        "outcome": ["V2"], "action": [nothing]})  # fmt: skip
    html = tables.exceptions(red, caption="Red exceptions").html
    assert f"The director reported “{nothing}”. Is none needed?" in html


def test_money_beside_millions_stands_in_millions_too() -> None:
    frame = pd.DataFrame(
        {"line": ["Care", "Trading", "Planning", "Postage"], "spent": [5.4e6, 550_000.0, 90_000.0, 1_250.0],
         "gap": [-200_000.0, 0.0, None, 30_000.0]}
    )  # fmt: skip
    columns = {"line": "Line", "spent": "Spent", "gap": "Gap"}
    shown = tables.table(frame, caption="Money", columns=columns, units={"spent": "£", "gap": "£"}).html
    for said in ("£5.4m", "£0.55m", "£0.09m", "£1,250", "−£200,000", "£0", "£30,000"):
        assert f'<td class="pk-number">{said}</td>' in shown
