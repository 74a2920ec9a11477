"""The page on the quality of data: its words and its tables, and that nothing from a workbook becomes markup."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.display import notices, quality_sentences, tables

NONE = pd.DataFrame({"kind": [], "file": []})


def came(*states: str) -> pd.DataFrame:
    return pd.DataFrame({"state": list(states), "name": "Safety", "period": "2017-18 Q1"})


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (("on time", "on time"), "Both returns for 2017-18 Q1 came, both on time."),
        (("on time", "late"), "Both returns for 2017-18 Q1 came, 1 late."),
        (("late", "missing", "missing"), "1 of 3 returns for 2017-18 Q1 came, 1 late, 2 are missing."),
        (("on time", "not due yet"), "1 of 2 returns for 2017-18 Q1 came, 1 is not due yet."),
    ],
)
def test_the_headline_counts_returns(states: tuple[str, ...], words: str) -> None:
    said = quality_sentences.headline(came(*states), NONE, pd.DataFrame({"ref": ["1"]}), NONE)
    assert said == f"{words} Every indicator has a figure. No warning is open."


def test_missing_and_awaited_returns_are_named() -> None:
    frame = pd.DataFrame(
        {"state": ["missing", "missing", "not due yet"], "name": ["Health", "Roads", "Schools"], "period": "2017-18 Q1",
         "due": pd.Timestamp("2017-07-30"), "days_late": None, "received": pd.NaT}
    )  # fmt: skip
    assert quality_sentences.returns(frame, days=30) == (
        "Returns are due 30 days after the end of the quarter: for 2017-18 Q1 by 30 July 2017. The returns of Health "
        "and Roads are missing. The return of Schools is still to come."
    )


def test_each_reason_for_an_absence_is_counted() -> None:
    kinds = ["no return", "no return", "left empty", "sign in its place", "not due"]
    gaps = pd.DataFrame({"kind": kinds, "effective": "not rated"})
    assert quality_sentences.no_figures(gaps, pd.DataFrame({"ref": range(9)})) == (
        "5 of 9 indicators have no figure: 2 belong to returns that did not come, 1 was left empty, 1 has a sign in "
        "place of a figure and 1 is not due this quarter."
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 of 9 indicators has no figure: it is not due this quarter."),
        (2, "2 of 9 indicators have no figure: neither is due this quarter."),
        (3, "3 of 9 indicators have no figure: none is due this quarter."),
    ],
)
def test_absences_that_are_all_not_due_read_as_english(count: int, words: str) -> None:
    gaps = pd.DataFrame({"kind": ["not due"] * count, "effective": "not rated"})
    assert quality_sentences.no_figures(gaps, pd.DataFrame({"ref": range(9)})) == words


@pytest.mark.parametrize(
    ("differs", "question", "words"),
    [
        ([False], [""], "No director's rating differs from the figures."),
        ([True, True], ["", ""], "2 ratings differ from the figures; each has its reason, name and date."),
        ([True, True], ["Why?", "Why?"],
         "Both ratings that differ from the figures need an answer from their directors."),
    ],
)  # fmt: skip
def test_ratings_that_differ_are_counted_with_what_they_lack(
    differs: list[bool], question: list[str], words: str
) -> None:
    assert quality_sentences.questions(pd.DataFrame({"differs": differs, "question": question})) == words


def test_all_returns_received_need_no_notice() -> None:
    none = pd.DataFrame({"directorate": [], "indicators": []})
    assert quality_sentences.silent(none, pd.DataFrame(), quarter="2017-18 Q1") == ""


def test_warnings_and_files_are_both_counted_in_figures() -> None:
    found = pd.DataFrame({"file": ["a.xlsx", "b.xlsx", "b.xlsx"]})
    assert quality_sentences.warnings(found) == (
        "The checks left 3 warnings open in 2 files, as they were last loaded."
    )


def test_warnings_stand_file_by_file_with_their_cells_escaped() -> None:
    found = pd.DataFrame(
        {"file": ["a.xlsx", "a.xlsx", "b.xlsx"], "sheet": ["D", "D", None], "cell": ["G9", "I9", None],
         "found": ["<script>", "x", "y"], "expected": ["G", "G", None], "action": ["Type G.", "Type G.", None]}
    )  # fmt: skip
    shown = tables.warnings(found, caption="Warnings").html
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert [shown.count(text) for text in ("D!G9", "D!I9", "whole file", "the same")] == [1, 1, 1, 1]


def test_a_revised_figure_is_shown_in_its_own_unit() -> None:
    row = {"kind": "value revised", "ref": "2", "title": "Payments", "unit": "percent", "decimals": 1, "period":
           "2017-18 Q1", "part": 2, "before": 29.2, "after": None, "received": "2017-10-20", "file": "S.xlsx",
           "sheet": "D", "cell": "G9"}  # fmt: skip
    shown = tables.revisions(pd.DataFrame([row]), caption="Revised").html
    for text in ("Value revised (of which)", "29.2%", ">none<", "20 October 2017", "S.xlsx, D!G9"):
        assert text in shown


def test_a_return_shows_how_late_it_was_and_how_much_it_answers() -> None:
    row = {"name": "Safety", "state": "late", "due": pd.Timestamp("2017-07-30"), "received": pd.Timestamp("2017-07-31"),
           "days_late": 1.0, "deliveries": 2, "answered": 6, "indicators": 7, "period": "2017-18 Q1"}  # fmt: skip
    shown = tables.returns(pd.DataFrame([row]), caption="Returns").html
    for text in ("Late", "30 July 2017", "31 July 2017", "1 day", "6 of 7"):
        assert f">{text}<" in shown


def test_a_sign_in_place_of_a_figure_is_no_illustrative_value() -> None:
    frame = pd.DataFrame({"value": [1.0, None], "status": ["illustrative", "illustrative"]})
    assert str(notices.illustrative(frame).words).startswith("Illustrative figures: The one value on this page is")


NAMES = pd.DataFrame({"directorate": ["CSS"], "name": ["Community Safety Services"]})


def test_directorates_are_named_in_full_for_readers_who_do_not_know_the_codes() -> None:
    gaps = pd.DataFrame(
        {"ref": ["1", "2"], "title": ["Users", "Strategy"], "directorate": ["CSS", "COM"],
         "kind": ["sign in its place", "left empty"], "marker": ["Pending", None], "reason": ["not due", ""],
         "effective": "green", "file": "CSS.xlsx", "sheet": "D", "cell": "G8"}
    )  # fmt: skip
    shown = tables.missing(gaps, caption="Missing", directorates=NAMES).html
    for said in ("Community Safety Services", "COM", "Sign in its place: Pending", "Left empty"):
        assert f"<td>{said}</td>" in shown
    asked = pd.DataFrame(
        {"ref": ["46"], "title": ["Visits"], "directorate": ["CSS"], "calculated": ["red"], "assessed": ["green"],
         "question": ["Why?"], "assessed_file": "CSS.xlsx", "assessed_sheet": "D", "assessed_cell": "I10"}
    )  # fmt: skip
    assert "<td>Community Safety Services</td>" in tables.questions(asked, caption="Asked", directorates=NAMES).html


def test_the_path_of_a_file_breaks_after_a_slash_and_not_within_its_year() -> None:
    found = pd.DataFrame(
        {"file": ["2017-18/Q1/CSS.xlsx"], "sheet": ["D"], "cell": ["G9"], "found": ["1"], "expected": ["G"],
         "action": ["Type G."]}
    )  # fmt: skip
    shown = tables.warnings(found, caption="Warnings").html
    assert '<span class="pk-unbroken">2017-18/</span><wbr><span class="pk-unbroken">Q1/</span><wbr>' in shown
