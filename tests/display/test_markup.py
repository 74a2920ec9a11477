"""Where text becomes HTML."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from perfkit.display import markup


def test_characters_that_html_has_no_place_for_are_replaced() -> None:
    assert markup.escape("a\x00b\x1b\ud800c") == "a\ufffdb\ufffd\ufffdc"
    assert markup.escape("tab\tand\nline") == "tab\tand\nline"


def test_quotes_cannot_end_an_attribute() -> None:
    assert markup.element("p", "x", title='" onclick="') == '<p title="&quot; onclick=&quot;">x</p>'


def test_an_empty_attribute_is_left_out_and_a_zero_is_not() -> None:
    assert markup.element("li", "x", class_="", value=0) == '<li value="0">x</li>'


@pytest.mark.parametrize(
    ("heading", "slug"),
    [("What is red, and why?", "what-is-red-and-why"), ("  ", "section"), ("Café 2017-18", "caf-2017-18")],
)
def test_a_slug_is_safe_as_an_id(heading: str, slug: str) -> None:
    assert markup.slug(heading) == slug


def test_a_fragment_is_frozen_and_says_its_words() -> None:
    piece = markup.Fragment("<p>x</p>", "x")
    assert repr(piece) == "x"
    assert piece._repr_html_() == '<div class="pk" data-perfkit><p>x</p></div>'
    with pytest.raises(FrozenInstanceError):
        piece.html = "y"  # type: ignore[misc]
