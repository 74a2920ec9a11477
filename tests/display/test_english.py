"""The English of what pages say: every sentence over every combination, against a small grammar, and exact examples."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from perfkit.display import cabinet_sentences, change_sentences, outlook_sentences, quality_sentences, sentences, words
from tests.display import combinations, combinations_ahead
from tests.display.combinations import came, outcomes, rated

CASES = combinations.CASES | {f"ahead: {name}": case for name, case in combinations_ahead.CASES.items()}
NOUNS = (
    "achievement|authority|bar|cell|day|figure|file|indicator|issue|judgement|month|outcome|point|quarter|rating|reason|"
    "return|step|target|value|warning"
)
MANY = NOUNS.replace("authority", "authoritie").replace("|", "s|") + "s"
WRONG = {
    "a missing value": r"\bnan\b|\bNaT\b|<NA>|\bNone\b(?! of)",
    "a sign too many": r"  |\.\.|[;:,]\.|\. \.| [.,;:]|\(\)|\( | \)|,,|;;",
    "one of several": rf"\b(?:1|one) (?:{MANY})\b|\b(?:1|[Oo]ne) (?:are|have|were|differ|need)\b",
    "several of one": rf"(?<![\d,.])(?:0|[2-9]|\d\d+|no more|two|three|both|all \d+) (?:{NOUNS})\b(?! rule)",
    "several that is": r"\b(?:[Tt]wo|[Tt]hree|[Tt]welve|[Bb]oth|[Aa]ll \d+|[Tt]hey|them) (?:is|has|was)\b",
    "none that are": r"\b(?:[Nn]one|[Nn]either)(?: of (?:the )?\d+ \w+| \w+)? (?:are|have|were)\b",
    "a counted nought": r"(?<![\d.,])0 (?:is(?! perfect)|are|has|have|was|were|indicators|figures|unchanged)\b",
    "all of one": r"\b[Aa]ll (?:0|1|2|one|two)\b|\b(?:(?:\d+|[Oo]ne) o|O)f 1\b|\b(\d+) of \1 \w+ (?:is|are|has|have)\b",
    "a before a vowel": r"\ba [aeiou](?!ne\b|se|ni)|\b[Aa]n [bcdfgjklmnpqrstvwxyz]",
    "a word twice": r"\b(?!that|had)(\w+) \1\b",
    "no value": r"no value (?:people|days|hours|points)|\bno value%",
}
"""What no sentence may hold, by the kind of slip."""


def slips(said: str) -> list[str]:
    """Name what is wrong with a text of whole sentences."""
    found = [name for name, pattern in WRONG.items() if re.search(pattern, said)]
    found += ["no capital"] if not re.match(r"[A-Z0-9\"“£]", said) else []
    found += ["no full stop"] if not re.search(r"[^.?!][.?!][\"”]?$", said) else []
    found += ["no capital after a full stop"] if re.search(r"[.?!] [a-z]", said) else []
    found += ["unbalanced"] if any(said.count(a) != said.count(b) for a, b in ("()", "[]", "“”")) else []
    found += ["unbalanced"] if said.count('"') % 2 else []
    return found


@pytest.mark.parametrize("name", list(CASES))
def test_every_combination_reads_as_english(name: str) -> None:
    said = list(dict.fromkeys(text for text in CASES[name]() if text))
    wrong = [(slips(text), text) for text in said if slips(text)]
    assert said
    assert not wrong, wrong[:5]


@pytest.mark.parametrize(
    ("said", "slip"),
    [
        ("1 are red.", "one of several"), ("There are 1 indicators.", "one of several"),
        ("0 are red.", "a counted nought"), ("All 1 indicator is red.", "all of one"),
        ("3 of 3 figures are red.", "all of one"), ("Both is red.", "several that is"),
        ("3 indicator is red.", "several of one"), ("None of 3 indicators are red.", "none that are"),
        ("The rest is nan.", "a missing value"), ("It is red..", "a sign too many"), ("Red: .", "a sign too many"),
        ("it is red.", "no capital"), ("It is red", "no full stop"), ("It (3 is red.", "unbalanced"),
        ("It is a outcome.", "a before a vowel"), ("It is is red.", "a word twice"), ("It is red. it is.",
         "no capital after a full stop"),
    ],
)  # fmt: skip
def test_the_grammar_sees_what_is_wrong(said: str, slip: str) -> None:
    assert slip in slips(said)


QUARTER = "2017-18 Q1"


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([], "There are no indicators to rate."),
        (["green"], "The one indicator is green."),
        (["red"], "The one indicator is red: Measure B (1)."),
        (["green"] * 2, "Both indicators are green."),
        (["green"] * 12, "All 12 indicators are green."),
        (["red"] * 3, "All 3 indicators are red: Measure B (1), Measure C (2) and Measure D (3)."),
        (["not rated"] * 3, "None of the 3 indicators is rated."),
        (["red"] * 9 + ["green"], "1 of 10 indicators is green and 9 red. Red: Measure B (1), Measure C (2), Measure D "
         "(3), Measure E (4), Measure F (5), Measure G (6) and 3 others."),
    ],
)  # fmt: skip
def test_a_scorecard_begins_with(ratings: list[Any], expected: str) -> None:
    assert sentences.scorecard(rated(ratings)) == expected


@pytest.mark.parametrize(
    ("outlooks", "told"),
    [
        (["stable", "improving"], (2, "of 2, directors say")),
        (["stable", None], (1, "of 2, directors say; 1 without an outlook")),
        ([None, None], ("not given", "directors gave no outlook")),
    ],
)
def test_an_outlook_that_nobody_gave_is_not_counted_as_none(outlooks: list[Any], told: tuple[object, str]) -> None:
    rated = pd.DataFrame({"effective": ["green", "red"], "outlook": outlooks})
    assert ("Stable or improving", *told) in sentences.key_figures(rated, pd.DataFrame({"rag": ["red"]}))


def test_a_paper_on_nothing_says_so() -> None:
    none = rated([], outlook=None, assessed=None, calculated=None, differs=False, direction_year="")
    said = sentences.cabinet(none, outcomes([]), none, quarter=QUARTER)
    assert said[:4] == [
        "This paper reports no indicator for quarter 1 of 2017-18 (April to June 2017).",
        "There are no indicators to rate.",
        "Directors have given no outlook.",
        "There are no outcomes to rate.",
    ]
    assert said[5] == "No indicator is rated, by its director or from its figures."


def test_a_quarter_of_which_nothing_came_says_so() -> None:
    nothing = pd.DataFrame({"kind": ["no return"] * 3, "effective": "not rated"})
    assert quality_sentences.headline(came(["missing"] * 2), nothing, rated(["not rated"] * 3), nothing.head(0)) == (
        "Neither return for 2017-18 Q1 came, 2 are missing. No indicator has a figure. No warning is open."
    )
    assert quality_sentences.no_figures(nothing, nothing) == (
        "No indicator has a figure: all belong to returns that did not come."
    )


def test_a_council_with_one_indicator_is_not_spoken_of_as_many() -> None:
    one = rated(["green"], outlook="stable", assessed="green", calculated="green", differs=False)
    assert sentences.outlooks(one) == "Directors see the one indicator stable."
    assert sentences.differences(one) == (
        "The one rating is the director's. For it the figures give a rating too, and it is the same."
    )
    assert sentences.most_concern(one.assign(effective="red", priority="Economy"), by="priority") == (
        "Economy: the one indicator is off target"
    )
    assert words.every("indicator", 1) == "the one indicator"


def test_without_a_quarter_before_nothing_is_compared() -> None:
    none = rated([]).assign(kind=[])
    assert change_sentences.since_last(none, none, quarter=QUARTER) == (
        "There is no return for the quarter before (2016-17 Q4), so which ratings, targets and definitions "
        "changed since then cannot be said."
    )
    assert cabinet_sentences.framework(none, quarter=QUARTER) == [
        "No framework of 2016-17 has been loaded, so what was carried over, revised, introduced or dropped cannot be "
        "said."
    ]


def test_a_likely_target_of_all_is_said_of_all() -> None:
    frame = combinations_ahead.ranked(["likely"] * 4, [])
    assert outlook_sentences.headline(frame) == "By the end of 2017-18, all 4 targets are likely to be met."
