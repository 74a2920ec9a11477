"""From a notebook to a page: what is shown, what is not, and what the page never does."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbconvert.exporters import get_exporter

from perfkit.display import outputs, page, provenance, tables
from perfkit.display.exporter import POLICY, PerfkitExporter

TITLE = page.title("Scorecard", subtitle="Quarter 1", organisation="Oxfordshire County Council")


def exported(notebook: Any) -> str:
    html, _ = PerfkitExporter().from_notebook_node(notebook)
    return str(html)


def test_it_is_found_by_name_as_nbconvert_finds_it() -> None:
    assert get_exporter("perfkit") is PerfkitExporter


def test_a_page_has_language_title_policy_and_landmarks(notebook: Callable[..., Any]) -> None:
    html = exported(notebook(TITLE, page.heading("First"), page.heading("Second")))
    assert '<html lang="en-GB">' in html
    assert "<title>Scorecard – Oxfordshire County Council</title>" in html
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in html.replace("&#39;", "'")
    for landmark in ("<header>", '<nav class="pk-contents" aria-label="Contents">', '<main id="main"', "<footer"):
        assert html.count(landmark) == 1
    assert '<a class="pk-skip" href="#main">Skip to main content</a>' in html


def test_a_page_runs_no_script_and_asks_for_nothing(
    everything: Callable[[], list[Any]], notebook: Callable[..., Any]
) -> None:
    html = exported(notebook(*everything()))
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="(?!#|data:)|url\((?!#)|@import|https?://', html)


def test_the_contents_lead_to_every_section(notebook: Callable[..., Any]) -> None:
    html = exported(notebook(TITLE, page.heading("Where & why"), "## From prose\n\nWords."))
    assert '<li><a href="#where-why">Where &amp; why</a></li>' in html
    assert '<li><a href="#from-prose">From prose</a></li>' in html
    assert 'id="where-why"' in html
    assert 'id="from-prose"' in html


def test_a_heading_that_comes_twice_keeps_an_id_of_its_own(notebook: Callable[..., Any]) -> None:
    html = exported(notebook(TITLE, page.heading("Red"), page.heading("Red")))
    assert re.findall(r'href="#(red[^"]*)"', html) == ["red", "red-2"]
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(set(ids)) == len(ids)


def test_a_page_has_one_h1_whatever_the_notebook_says(notebook: Callable[..., Any]) -> None:
    for pieces in ([TITLE, "# Another"], ["# From prose"], [page.heading("No title")], []):
        html = exported(notebook(*pieces))
        assert html.count("<h1") == 1
        assert html.count("</h1>") == 1


def test_code_is_hidden(notebook: Callable[..., Any]) -> None:
    assert "page.show()" not in exported(notebook(TITLE))


def test_prose_for_analysts_is_hidden(notebook: Callable[..., Any]) -> None:
    made = notebook(TITLE, "# For analysts only")
    made.cells[1].metadata["tags"] = ["for-analysts"]
    assert "For analysts only" not in exported(made)


def test_html_of_others_is_shown_as_their_plain_text(notebook: Callable[..., Any]) -> None:
    foreign = {"text/html": "<table onclick='x'><b>bold</b></table>", "text/plain": "a <frame>"}
    html = exported(notebook(TITLE, foreign))
    assert "<b>bold</b>" not in html
    assert "a &lt;frame&gt;</pre>" in html


def test_a_script_among_the_outputs_is_dropped(notebook: Callable[..., Any]) -> None:
    assert "alert" not in exported(notebook(TITLE, {"application/javascript": "alert(1)"}))


def test_a_picture_is_embedded_with_its_words(notebook: Callable[..., Any]) -> None:
    html = exported(notebook(TITLE, {"image/png": "aGVsbG8=\n", "text/plain": 'A "map"'}))
    assert '<img src="data:image/png;base64,aGVsbG8=" alt="A &quot;map&quot;">' in html


def test_a_drawing_of_others_is_embedded_as_a_picture_that_runs_nothing(notebook: Callable[..., Any]) -> None:
    html = exported(notebook(TITLE, {"image/svg+xml": "<svg><script>x</script></svg>", "text/plain": "Map"}))
    assert "data:image/svg+xml;base64," in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("prose", "shown"),
    [
        ("<script>x</script>", "&lt;script&gt;"),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("[x](https://www.gov.uk)", '<a href="https://www.gov.uk">x</a>'),
        ("![map](http://example.org/x.png)", "<p>map</p>"),
        ("`a < b`", "<code>a &lt; b</code>"),
    ],
)
def test_prose_is_formatted_and_nothing_more(prose: str, shown: str) -> None:
    assert shown in outputs.markdown(prose)


def test_printed_text_is_shown_and_warnings_are_not(notebook: Callable[..., Any]) -> None:
    made = notebook(TITLE)
    made.cells[0].outputs += [
        nbformat.v4.new_output("stream", name="stdout", text="printed <b>"),
        nbformat.v4.new_output("stream", name="stderr", text="FutureWarning"),
    ]
    html = exported(made)
    assert "printed &lt;b&gt;" in html
    assert "FutureWarning" not in html


def test_an_error_makes_the_page_say_that_it_failed(notebook: Callable[..., Any]) -> None:
    made = notebook(TITLE, page.heading("First"))
    error = nbformat.v4.new_output("error", ename="KeyError", evalue="\x1b[31m'<b>'\x1b[0m", traceback=["secret"])
    made.cells[1].outputs.append(error)
    html = exported(made)
    assert "This report failed and must not be used." in html
    assert "Cell 2 failed: KeyError: &#39;&lt;b&gt;&#39;" in html
    assert "secret" not in html
    assert html.index("must not be used") < html.index("<h1>")


def test_cells_that_never_ran_make_the_page_say_so(notebook: Callable[..., Any]) -> None:
    made = notebook(TITLE, page.heading("First"), page.heading("Second"))
    made.cells[1].execution_count = made.cells[2].execution_count = None
    assert "2 of 3 code cells did not run to their end." in exported(made)


def test_a_page_of_a_good_run_has_no_failure(notebook: Callable[..., Any]) -> None:
    assert "must not be used" not in exported(notebook(TITLE, "Words."))


def test_the_same_notebook_gives_the_same_bytes_whatever_its_cells_are_called(notebook: Callable[..., Any]) -> None:
    assert exported(notebook(TITLE, "Words.")) == exported(notebook(TITLE, "Words."))


def test_the_style_for_open_notebooks_is_left_out(notebook: Callable[..., Any]) -> None:
    assert "<style" in TITLE._repr_html_()
    assert exported(notebook(TITLE)).count("<style") == 1


def test_nbconvert_writes_the_same_page_from_the_shell(notebook: Callable[..., Any], tmp_path: Path) -> None:
    made = notebook(TITLE, page.heading("First"))
    nbformat.write(made, tmp_path / "report.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "perfkit", str(tmp_path / "report.ipynb")]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == exported(made)


def test_nbconvert_may_run_the_notebook_on_the_way(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell("from perfkit import page\npage.title('Made on the way')", id="one")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), tmp_path / "report.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "perfkit", str(tmp_path / "report.ipynb")]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert "<h1>Made on the way</h1>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_foot_speaks_of_workbooks_and_ratings_only_where_the_page_has_them(notebook: Callable[..., Any]) -> None:
    assert "<p>Made with perfkit.</p></div></footer>" in exported(notebook(TITLE))
    sources = provenance.foot(pd.DataFrame({"file": ["a.xlsx"]}), parameters={})
    assert "<p>Made with perfkit from the workbooks named above.</p>" in exported(notebook(TITLE, sources))
    rated = tables.table(
        pd.DataFrame({"i": ["Visits"], "r": ["red"]}), caption="C", columns={"i": "I", "r": "R"}, ratings=["r"]
    )
    whole = exported(notebook(TITLE, rated, sources))
    assert "named above. Ratings are given as word, shape and colour.</p></div></footer>" in whole


def test_an_object_is_shown_without_its_place_in_memory() -> None:
    shown = nbformat.v4.new_output("execute_result", data={"text/plain": repr(object())}, execution_count=1)
    cell = nbformat.v4.new_code_cell("object()", outputs=[shown], execution_count=1)
    assert "&lt;object object&gt;" in exported(nbformat.v4.new_notebook(cells=[cell]))


def test_a_piece_that_holds_nothing_leaves_no_box_between_a_heading_and_what_follows(
    notebook: Callable[..., Any],
) -> None:
    html = exported(notebook(page.heading("Savings"), page.text(""), page.text("Gap.")))
    assert re.search(r'Savings</h2></div>\s*<div class="pk" data-perfkit><p>Gap\.', html)


def test_an_indicator_more_makes_a_page_little_heavier_so_that_150_have_room(
    notebook: Callable[..., Any], rated: pd.DataFrame
) -> None:
    def weight(times: int) -> int:
        many = pd.concat([rated.assign(ref=rated["ref"] + f".{n}") for n in range(times)], ignore_index=True)
        return len(exported(notebook(tables.scorecard(many, caption="Indicators"))).encode())

    assert (weight(50) - weight(10)) / (40 * len(rated)) < 800
