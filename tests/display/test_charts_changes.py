"""The chart of what a change is made of."""

from __future__ import annotations

import pandas as pd

from perfkit.display import charts

FRAME = pd.DataFrame({"reason": ["Housing", "Own home", "Disputes", "New"], "change": [-2.0, 12.5, 0.0, None]})


def drawn(frame: pd.DataFrame) -> charts.Chart:
    look = {"label": "reason", "value": "change", "unit": "people a day", "source": "NHS England"}
    return charts.changes(frame, title="Own home rose most", decimals=1, **look)


def test_rises_come_first_with_signed_figures_and_falls_are_hollow() -> None:
    html = drawn(FRAME).html
    assert html.index(">+12.5<") < html.index(">−2.0<")
    assert "hollow bars to the left fell" in html
    assert "var(--pk-paper" in html


def test_its_alternative_says_what_rose_and_fell_most() -> None:
    assert drawn(FRAME).alt == (
        "Own home rose most, by 12.5 a day; Housing fell most, by 2.0 a day. 1 of 3 shown rose and 1 fell."
    )
    assert drawn(FRAME.assign(change=0.0)).alt == "Nothing changed."


def test_a_row_without_a_change_stays_in_the_data() -> None:
    assert "New" in drawn(FRAME).html
    assert "no value" in drawn(FRAME).html


def test_without_any_change_nothing_is_drawn() -> None:
    assert drawn(FRAME.iloc[:0]).html == ""


def test_lines_of_one_chart_differ_by_mark_and_dash_in_grey() -> None:
    frame = pd.DataFrame({"month": ["May 2017", "June 2017"], "a": [1.0, 2.0], "b": [2.0, 3.0], "c": [3.0, 4.0]})
    names = {"a": "First", "b": "Second", "c": "Third"}
    html = charts.trend(frame, x="month", y=names, title="Up", unit="days", source="NHS England").html
    wide = html[html.index("pk-wide") : html.index("pk-narrow")]
    dashes = {part.split('"')[0].split(";")[0] for part in wide.split("stroke-dasharray: ")[1:]}
    assert len(dashes) >= 2
    assert all(f"{name} {value}" in wide for name, value in (("First", 2), ("Second", 3), ("Third", 4)))


def test_the_names_of_causes_are_whole_on_a_phone() -> None:
    name = "Awaiting residential home placement or availability"
    frame = pd.DataFrame({"reason": [name, "Other"], "change": [-1.0, 2.0]})
    chart = charts.changes(frame, label="reason", value="change", title="Fell", unit="people a day", source="NHS")
    assert f">{name}</text>" in chart.html.split("pk-narrow")[1].split("</svg>")[0]
