"""The marks of footnotes are taken off a name or heading; codes, pathways and numbers of their own stay."""

from __future__ import annotations

import pytest

from perfkit.intake import footnotes


@pytest.mark.parametrize(
    "text",
    ["Dorset*", "Dorset1", "Dorset¹ ²", "Dorset (1)", "Dorset [2]", "Dorset [note 3]^1", "Dorset2,3", " Dorset † "],
)
def test_marks_are_taken_off(text: str) -> None:
    assert footnotes.bare(text) == "Dorset"


@pytest.mark.parametrize("text", ["P0", "Q1", "Pathway 1", "Authority 001", "Dorset (before 2019)", "Home (Pathway 1)"])
def test_what_is_no_mark_stays(text: str) -> None:
    assert footnotes.bare(text) == text
