"""Colours that can be read, and ratings that need no colour to be told apart."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from perfkit.display import style
from perfkit.model.colours import contrast


@pytest.mark.parametrize("mode", [0, 1], ids=["paper", "dark"])
@pytest.mark.parametrize(("ink", "ground"), style.PAIRS)
def test_every_text_colour_stands_out_from_its_ground(ink: str, ground: str, mode: int) -> None:
    assert contrast(style.TOKENS[ink][mode], style.TOKENS[ground][mode]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["paper", "dark"])
@pytest.mark.parametrize("shape", ["shape-green", "shape-amber", "shape-red"])
def test_every_shape_stands_out_from_the_page(shape: str, mode: int) -> None:
    assert contrast(style.TOKENS[shape][mode], style.TOKENS["paper"][mode]) >= 3


def test_contrast_agrees_with_the_worked_values_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_colours_are_distinct_so_that_each_can_follow_the_page() -> None:
    light = [pair[0] for pair in style.TOKENS.values()]
    assert len(set(light)) == len(light)


def test_a_rating_is_a_word_and_a_shape_with_its_colour() -> None:
    drawn = set()
    for rating in ("green", "amber", "red", "not rated"):
        for marked in (style.chip(rating), style.mark(rating)):
            assert rating.capitalize() in marked
            kind = marked.partition('"')[2].partition('"')[0].split()[-1]
            shapes = shapes_of(kind)
            assert shapes, kind
            drawn.add(shapes)
    assert len(drawn) == 4


def test_each_way_has_an_arrow_of_its_own() -> None:
    assert len({shapes_of(f"pk-{name}") for name in style.OUTLOOKS} - {()}) == 3


def shapes_of(kind: str) -> tuple[str, ...]:
    """What the style sheet draws before the words of a class, that is more than a colour."""
    found = re.findall(rf"\.{kind}::before(?:,[^{{]*)?{{([^}}]*)}}", style.stylesheet())
    return tuple(look for look in found if "clip-path" in look or "border-radius" in look)


def test_amber_differs_from_green_and_red_in_grey_and_these_by_stripes() -> None:
    for first, second in combinations(("green", "amber", "red"), 2):
        in_grey = contrast(style.RATED[first], style.RATED[second])
        assert in_grey > 2 or {first, second} & set(style.HATCHED)


@pytest.mark.parametrize("nothing", [None, float("nan"), "", "purple"])
def test_what_is_no_rating_is_not_rated(nothing: object) -> None:
    assert style.rating_of(nothing) == "not rated"
    assert "Not rated" in style.chip(nothing)


@pytest.mark.parametrize(("outlook", "word"), [("improving", "Improving"), ("stable", "Stable"), (None, "Not given")])
def test_an_outlook_is_said_in_words(outlook: object, word: str) -> None:
    assert word in style.outlook(outlook)


def test_the_palette_is_that_of_the_design() -> None:
    assert style.CATEGORICAL == ("#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1")
    assert style.FOCUS == ("#12436d", "#bfbfbf")
