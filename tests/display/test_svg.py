"""From a drawing to inline SVG."""

from __future__ import annotations

import re
import warnings

import pytest

from perfkit.display import svg
from perfkit.display.svg import Sheet

MARGINS = (40.0, 10.0, 10.0, 30.0)


def drawn(text: str = "words", key: str = "c1", width: int = 320) -> str:
    def drawing(sheet: Sheet) -> None:
        sheet.axes.plot([1, 2, 3], [1, 3, 2], "o", color="#12436d")
        svg.beside(sheet.axes, text, (1, 1), by=(4, 4))

    return svg.draw(drawing, width=width, height=200, margins=MARGINS, key=key)


def test_a_drawing_scales_with_its_place_and_carries_no_date_or_tool() -> None:
    made = drawn()
    assert made.startswith('<svg viewBox="0 0 320 200"')
    assert not re.search(r"matplotlib|<metadata|<!--|\d{4}-\d\d-\d\dT", made)


def test_ids_are_the_chart_s_own() -> None:
    ids = re.findall(r' id="([^"]*)"', drawn(key="c9"))
    assert ids
    assert all(name.startswith("c9-") for name in ids)


@pytest.mark.parametrize(
    "text", ['id="x" #12436d url(#c1-1)', "font: 12px x; y", "3.14159265 $a_b$", "日本 ◆", "a & b < c"]
)
def test_words_are_never_taken_for_markup(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert f">{escaped}</text>" in drawn(text)


def test_groups_stay_balanced() -> None:
    made = drawn()
    assert made.count("<g") == made.count("</g>")


def test_each_line_of_a_label_is_a_text_of_its_own() -> None:
    made = drawn("first\nsecond")
    assert ">first</text>" in made
    assert ">second</text>" in made


def test_the_two_drawings_share_one_alternative() -> None:
    made = svg.figure_of(drawn(width=760), drawn(), 'Fell from "28" to 25')
    assert made.count('role="img"') == 1
    assert 'aria-label="Fell from &quot;28&quot; to 25"' in made
    assert made.count('aria-hidden="true"') == 2
