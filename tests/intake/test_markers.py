"""Markers and what they mean."""

from __future__ import annotations

import pytest

from perfkit.intake import markers


@pytest.mark.parametrize("text", ["[C]", " [ c ]", "see note", "0", "", "nil", "none", "12"])
def test_only_what_is_listed_is_a_marker(text: str) -> None:
    assert (markers.meaning(text) is not None) == (text == "[C]")


def test_every_kind_of_dash_is_one_marker() -> None:
    assert {markers.meaning(dash) for dash in "-‐‑‒–—−"} == {"not available"}


def test_notes_may_be_several() -> None:
    assert markers.meaning("[notes 1, 2]") == "see note"
