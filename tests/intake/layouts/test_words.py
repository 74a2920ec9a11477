"""Statuses, crosses and scores as officers type them: a colour is no status, High is no number."""

from __future__ import annotations

import pytest

from perfkit.intake.layouts import words
from perfkit.intake.layouts.said import Said
from perfkit.model.layouts import Heading
from perfkit.model.paper_layouts import LAYOUTS


def heading(table: str, field: str) -> Heading:
    return next(heading for heading in LAYOUTS[table].headings if heading.field == field)


@pytest.mark.parametrize(
    ("text", "status"),
    [("COMPLETED ✓", "complete"), ("✓", "complete"), ("☑", "complete"), ("✅", "complete"), ("Complete.", "complete"),
     ("Completed 12/9/24", "complete"), ("Complete (Green)", "complete"), ("green - complete", "complete"),
     ("on-track", "ongoing"), ("On Track ", "ongoing"), ("Ongoing - on track", "ongoing"), ("WIP", "ongoing"),
     ("Partially complete", "ongoing"), ("Behind schedule", "ongoing"), ("Not complete", "ongoing"),
     ("not-started", "not started"), ("Not yet due", "not started"), ("Superseded", "withdrawn"),
     ("No longer required", "withdrawn")],
)  # fmt: skip
def test_a_status_is_read_with_what_stands_beside_it(text: str, status: str) -> None:
    assert words.code(text, heading("actions", "status")) == Said(status)


@pytest.mark.parametrize("text", ["amber", "G", "R/A", "Blue", "Amber/Red"])
def test_a_colour_tells_no_status(text: str) -> None:
    said = words.code(text, heading("actions", "status"))
    assert said.problem is not None
    assert said.problem.expected == "complete, ongoing, not started or withdrawn"
    assert said.problem.action == "Type one of these words; a colour does not tell them."


@pytest.mark.parametrize("text", ["Complete / ongoing", "Not delivered", "50%", "x", "❌", "Outstanding", True, 1])
def test_what_may_be_two_statuses_or_none_is_asked(text: object) -> None:
    said = words.code(text, heading("actions", "status"))
    assert (said.value, said.problem is not None and said.problem.action) == (None, "Type one of these words.")


@pytest.mark.parametrize("text", ["Higher is better", "Bigger is better", "↑", "maximise"])
def test_which_way_is_good_is_known_by_what_people_write(text: str) -> None:
    assert words.code(text, heading("measures", "polarity")).value == "higher"


@pytest.mark.parametrize("sign", ["x", "X", "×", "✓", "√", "ü", "☒", "■", "Yes", "TRUE", True, 1.0, "x*", "Deliver"])
def test_a_mark_says_yes(sign: object) -> None:
    assert words.flag(sign, heading("commitments", "deliver")) == Said(True)


@pytest.mark.parametrize("sign", ["✗", "❌", "n/a", "P", "lead"])
def test_a_sign_that_may_mean_yes_or_no_is_asked(sign: str) -> None:
    said = words.flag(sign, heading("commitments", "deliver"))
    assert said.problem is not None
    assert said.problem.action == "Type x where it is so, else empty the cell."


@pytest.mark.parametrize(
    "text", ["4", " 4 ", "4.0", "4 - Likely", "4: likely", "Likely", "Likely (4)", "4/5", "4 of 5"]
)
def test_a_likelihood_is_read_with_its_word_or_its_scale(text: str) -> None:
    assert words.whole(text, heading("risks", "likelihood")) == Said(4)


@pytest.mark.parametrize("text", ["High", "Medium", "Very high", "3-4", "4/4", "5 - Likely", "iv", "TBC", "low"])
def test_a_word_of_another_scale_says_to_type_the_number(text: str) -> None:
    said = words.whole(text, heading("risks", "likelihood"))
    assert said.problem is not None
    assert said.problem.expected == "a number from 1 to 5"
    assert said.problem.action == "Type the number alone: 1 (rare) to 5 (almost certain)."


@pytest.mark.parametrize("text", ["2", "2.", "2)", "WS2", "Work stream 2", "No. 2", "2.0", "#2", "2 - ICT"])
def test_the_number_of_an_item_is_read_with_what_stands_about_it(text: str) -> None:
    assert words.whole(text, heading("savings", "number")) == Said(2)


@pytest.mark.parametrize("text", ["2a", "two", "2 and 3", "1-2"])
def test_what_is_no_one_number_is_asked(text: str) -> None:
    said = words.whole(text, heading("savings", "number"))
    assert said.problem is not None
    assert said.problem.expected == "a whole number"
