"""The pieces of a page."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.display import page


def test_a_title_holds_the_one_h1_and_what_it_covers() -> None:
    html = page.title("Scorecard", subtitle="Quarter 1", organisation="Oxfordshire County Council").html
    assert html.count("<h1>") == 1
    for shown in ("<h1>Scorecard</h1>", "Quarter 1", "Oxfordshire County Council"):
        assert shown in html


def test_a_heading_can_be_linked_to() -> None:
    assert page.heading("What is red, and why?").html == '<h2 id="what-is-red-and-why">What is red, and why?</h2>'


def test_text_keeps_its_paragraphs() -> None:
    assert page.text("One & two.\n\nThree.").html == "<p>One &amp; two.</p><p>Three.</p>"


def test_no_points_are_said_and_missing_ones_are_left_out() -> None:
    assert page.bullets([]).words == "None."
    assert page.bullets(["a", None, float("nan"), "b"]).html == "<ul><li>a</li><li>b</li></ul>"


def test_numbered_paragraphs_go_on_from_an_earlier_list() -> None:
    assert 'start="3"' in page.numbered(["x"], start=3).html
    assert "start" not in page.numbered(["x"]).html


@pytest.mark.parametrize(
    ("kind", "said"),
    [("illustrative", "Illustrative figures:"), ("warning", "Warning:"), ("information", "Please note:")],
)
def test_a_notice_says_its_kind_in_words(kind: page.Kind, said: str) -> None:
    assert f"<strong>{said}</strong> Beware." in page.notice("Beware.", kind=kind).html


def test_key_figures_write_numbers_and_never_nan() -> None:
    shown = page.figures([("Days", 52236, "in 2016-17"), ("Rate", float("nan")), ("Share", "67.0%")])
    assert shown.words == "Days: 52,236 (in 2016-17); Rate: no value; Share: 67.0%"
    assert "nan" not in shown.html


def test_sources_name_files_parameters_rules_and_versions() -> None:
    files = pd.DataFrame({"file": ["SCS.xlsx"], "vintage": ["1a2b3c"], "received": [pd.Timestamp("2017-07-05")]})
    html = page.sources(
        files,
        parameters={"quarter": "2017-18 Q1", "directorate": ""},
        versions={"perfkit": "0.1.0"},
        rules=["Worst counts."],
    ).html
    for shown in ("SCS.xlsx", "1a2b3c", "5 July 2017", "2017-18 Q1", "not given", "0.1.0", "Worst counts."):
        assert shown in html
    assert '<h2 id="sources-and-method">Sources and method</h2>' in html


def test_sources_say_that_no_file_was_read() -> None:
    assert (
        "No file was read." in page.sources(pd.DataFrame(columns=["file"]), parameters={}, versions={}, rules=[]).html
    )


def test_the_pages_with_the_detail_are_links_and_nothing_else() -> None:
    found = page.see_also([("scorecard-SCS.html", "Scorecard <SCS>"), ("#risk-R1", "The risk")])
    assert '<a href="scorecard-SCS.html">Scorecard &lt;SCS&gt;</a>' in found.html
    assert '<a href="#risk-R1">The risk</a>' in found.html
    assert page.see_also([]).html == ""
    for address in ("javascript:alert(1)", "", "http://x.html", "../x.html", "#", "x.pdf"):
        with pytest.raises(ValueError, match="is no page of the set"):
            page.see_also([(address, "There")])


def test_a_headline_may_lead_to_its_detail() -> None:
    plain, led = page.headline("Red & late."), page.headline("Red & late.", links=[("#risks", "The risks")])
    assert plain.html == '<p class="pk-headline">Red &amp; late.</p>'
    assert '<a href="#risks">The risks</a>' in led.html
    assert led.words == "Red & late."


def test_links_to_the_detail_stand_beside_the_headline_and_not_in_it() -> None:
    """Whoever takes the headline to an index or a workbook takes the sentence alone."""
    made = page.headline("All three meet.", links=[("#view-SCS", "See Social and Community Services")]).html
    assert made.startswith('<p class="pk-headline">All three meet.</p><p class="pk-more"><a href="#view-SCS">')
