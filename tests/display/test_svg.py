"""From a drawing to inline SVG."""

from __future__ import annotations

import re
import warnings

import pytest

from perfkit.display import svg
from perfkit.display.svg import Sheet
from perfkit.display.svg_lean import lean

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


def test_a_lean_drawing_draws_a_grid_at_once_and_a_mark_where_it_is_used() -> None:
    line = '<path d="M 4 {y} L 9 {y} " style="fill: none; stroke: var(--pk-line); stroke-width: 0.6"/>'
    mark = '<defs><path id="m" d="M 0 0 L 1 1 z" style="stroke: red"/></defs>'
    mark += '<use href="#m" x="2" y="3" style="fill: red"/>'
    made = lean(f"<svg>{line.format(y=1)}<text>1</text>{line.format(y=2)}{mark}</svg>")
    assert '<path d="M4 1H9M4 2H9" style="stroke:var(--pk-line);stroke-width:0.6"/><text>1</text>' in made
    assert '<path transform="translate(2 3)" d="M0 0L1 1z" style="fill:red;stroke:red"/></svg>' in made


def test_a_mark_that_is_used_twice_stays_a_mark() -> None:
    used = '<defs><path id="m" d="M0 0L1 1z"/></defs><use href="#m" x="2" y="3" style="fill:red"/>'
    twice = f'<svg>{used}<use href="#m" x="5" y="3" style="fill:red"/></svg>'
    assert lean(twice) == twice
