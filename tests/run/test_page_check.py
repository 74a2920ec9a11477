"""Each thing that keeps a page from being published, once, in the words that a person is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfkit import cli
from perfkit.run import page_check, page_style, page_tree

GOOD = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Scorecard – Oxfordshire</title>
<style>
.pk{--ink:#0b0c0c;--paper:#ffffff;--chip:#d6ebe0;--chip-ink:#004d29}
@media screen and (prefers-color-scheme:dark){body.pk,body.pk .pk{--ink:#f3f2f1;--paper:#14181c}}
@media print{body{color:#fff;background:#fff}}
body{background:var(--paper);color:var(--ink)}
a{color:inherit}
a:focus-visible{background:#ffdd00;color:#0b0c0f}
.chip{background:var(--chip);color:var(--chip-ink)}
</style>
</head>
<body class="pk">
<a href="#main">Skip to main content</a>
<header><h1>Scorecard</h1></header>
<main id="main">
<h2 id="stand">Where we stand</h2>
<p>See the <a href="https://www.example.org/statistics">statistics</a> and the <a href="index.html#top">index</a>.</p>
<figure>
<div role="img" aria-label="36 of 50 indicators are green."><svg viewBox="0 0 9 9">
<rect style="fill:#00703c"/><text style="fill:#fffffe">36</text><text style="fill:var(--ink)">Green</text></svg></div>
<figcaption>Source: returns.</figcaption>
</figure>
<table><caption>Indicators</caption>
<tr><th scope="col">Indicator</th><th scope="col">Rating</th></tr>
<tr><th scope="row">Visits</th><td><span class="chip">Green</span></td></tr></table>
</main>
</body>
</html>
"""


def told(old: str, new: str) -> list[str]:
    """Say what is found after one change to a page that is well."""
    assert GOOD.count(old) >= 1
    return [str(fault) for fault in page_check.check(GOOD.replace(old, new, 1))]


def test_a_page_that_is_well_has_no_fault() -> None:
    assert page_check.check(GOOD) == []
    assert page_check.cause(page_check.check(GOOD)) == ""


def test_a_page_without_first_heading() -> None:
    assert told("<h1>Scorecard</h1>", "") == [
        "line 1, the page: found no headings of level 1, expected one <h1>",
        'line 21, <h2 id="stand">: found level 2 after no heading, expected level 1 at most',
    ]


SAYS = "expected a sentence that says what it shows"
NOTHING = "which says nothing, expected what the picture shows"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (' lang="en-GB"', "", 'line 2, <html>: found no language, expected lang="en-GB" on <html>'),
        ("Scorecard – Oxfordshire", " ", "line 6, <title>: found no title, expected a <title> that names the report"),
        (
            '<main id="main">',
            "<main><main id='main'>",
            "line 20, <main id='main'>: found 2 main parts, expected one <main>",
        ),
        (
            '<a href="#main">Skip to main content</a>',
            "",
            'line 22, <a href="https://www.example.org/statistics">: found no skip link, '
            "expected a link to the id of <main> before all other links",
        ),
        ("<h2 ", "<h1>Again</h1><h2 ", "line 21, <h1>: found 2 headings of level 1, expected one <h1>"),
        ("<figure>", "<h4>Deep</h4><figure>", "line 23, <h4>: found level 4 after level 2, expected level 3 at most"),
        ("<figure>", "<h3> </h3><figure>", "line 23, <h3>: found an empty heading, expected a heading with words"),
        (
            "<figure>",
            '<figure id="stand">',
            'line 23, <figure id="stand">: found the id "stand" 2 times, expected each id once',
        ),
        (
            "<figure>",
            '<figure id="">',
            'line 23, <figure id="">: found an empty id, expected an id with a name, or none',
        ),
        (
            "index.html#top",
            "#top",
            'line 22, <a href="#top">: found a link to "#top", expected the id of an element of the page',
        ),
        (
            "<caption>",
            '<caption aria-labelledby="gone">',
            'line 28, <caption aria-labelledby="gone">: '
            'found a link to "#gone", expected the id of an element of the page',
        ),
        (
            "statistics</a>",
            "</a>",
            'line 22, <a href="https://www.example.org/statistics">: found a link without words, '
            "expected words that say where it leads",
        ),
        (
            "<caption>Indicators</caption>",
            "",
            "line 28, <table>: found a table without caption, expected a <caption> with words",
        ),
        (
            '<th scope="row">Visits',
            "<th>Visits",
            'line 30, <th>: found the header "Visits" without scope, expected scope="col" or scope="row"',
        ),
        ("Visits", "", 'line 30, <th scope="row">: found an empty header, expected a header with words'),
        (
            "<figure>",
            "<table><caption>Two</caption><tr><td>1</td></tr></table><figure>",
            'line 23, <table>: found a table without headers, expected <th scope="col"> over its columns',
        ),
        (
            "Source: returns.",
            "",
            "line 23, <figure>: found a figure without caption, expected a <figcaption> with words",
        ),
    ],
)
def test_the_structure_of_a_page(old: str, new: str, words: str) -> None:
    assert told(old, new) == [words]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ('<img src="data:image/png;base64,AA=="><figure>', f"found no text alternative, {SAYS}"),
        ('<img src="data:image/png;base64,AA==" alt=" "><figure>', f"found an empty text alternative, {SAYS}"),
        ('<svg><path d="M0 0"/></svg><figure>', f"found no text alternative, {SAYS}"),
        ('<svg role="img"><title></title></svg><figure>', f"found an empty text alternative, {SAYS}"),
        ('<svg aria-label="image"></svg><figure>', f'found the text alternative "image", {NOTHING}'),
        ("<svg><title>Chart 3</title></svg><figure>", f'found the text alternative "Chart 3", {NOTHING}'),
        ('<svg aria-label="trend.svg"></svg><figure>', f'found the text alternative "trend.svg", {NOTHING}'),
        (
            '<svg aria-label="A line chart of delays by month"></svg><figure>',
            f'found the text alternative "A line chart of delays by month", {NOTHING}',
        ),
        (
            '<svg aria-label="No description has been provided for this image"></svg><figure>',
            f'found the text alternative "No description has been provided for this image", {NOTHING}',
        ),
        (
            '<figure><svg aria-hidden="true"></svg><figcaption>Source</figcaption></figure><figure>',
            f"found a figure whose picture has no text alternative, {SAYS}",
        ),
    ],
)
def test_the_alternatives_of_pictures(new: str, words: str) -> None:
    (fault,) = told("<figure>", new)
    assert fault.startswith("line 23, <")
    assert fault.endswith(words)


@pytest.mark.parametrize(
    "new",
    [
        '<svg aria-hidden="true"><path d="M0 0"/></svg><figure>',
        '<p id="said">Delays fell.</p><svg aria-labelledby="said"></svg><figure>',
        '<figure><div><p>28.2%</p><svg aria-hidden="true"></svg></div><figcaption>S</figcaption></figure><figure>',
        '<svg aria-label="Chart of delays: 28 in March, 25 in June"></svg><figure>',
    ],
)
def test_hidden_marks_and_alternatives_that_say_something_are_well(new: str) -> None:
    assert told("<figure>", new) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "--ink:#0b0c0c",
            "--ink:#aaaaaa",
            "found contrast 2.32:1 (#aaaaaa on #ffffff, light screen), expected at least 4.5:1",
        ),
        (
            "--ink:#f3f2f1",
            "--ink:#444444",
            "found contrast 1.83:1 (#444444 on #14181c, dark screen), expected at least 4.5:1",
        ),
        (
            "--chip-ink:#004d29",
            "--chip-ink:#777",
            '<span class="chip">: found contrast 3.58:1 (#777777 on #d6ebe0, light screen), expected at least 4.5:1',
        ),
        (
            "color:#0b0c0f",
            "color:white",
            "the style of a:focus-visible: "
            "found contrast 1.34:1 (#ffffff on #ffdd00, light screen), expected at least 4.5:1",
        ),
        (
            '<span class="chip">',
            '<span class="chip" style="color:rgb(119, 119, 119)">',
            "found contrast 3.58:1 (#777777 on #d6ebe0, dark screen), expected at least 4.5:1",
        ),
        (
            "#fffffe",
            "#888888",
            '<text style="fill:#888888">: '
            "found contrast 3.54:1 (#888888 on #ffffff, light screen), expected at least 4.5:1",
        ),
    ],
)
def test_the_contrast_of_the_style_sheet_on_light_and_dark_screens(old: str, new: str, words: str) -> None:
    assert any(fault.endswith(words) for fault in told(old, new)), told(old, new)


def test_a_more_exact_rule_wins_over_a_later_one() -> None:
    assert told(".chip{background", "main .chip{color:#003300}.chip{color:#fff;background") == []


NOTHING_FETCHED = "which is fetched, expected everything inside the page"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "<figure>",
            "<script>alert(1)</script><figure>",
            "line 23, <script>alert(1)</script><figure>: found a script, expected a page without scripts",
        ),
        (
            "<figure>",
            '<figure onclick="alert(1)">',
            'line 23, <figure onclick="alert(1)">: found the event attribute onclick, expected no attribute that runs',
        ),
        (
            "index.html#top",
            "javascript:alert(1)",
            'line 22, <a href="javascript:alert(1)">: found a script in href, expected no attribute that runs',
        ),
        (
            "<figure>",
            "<iframe></iframe><figure>",
            "line 23, <iframe>: found <iframe>, expected a page that runs and loads nothing",
        ),
        (
            "<title>",
            '<meta http-equiv="refresh" content="0"><title>',
            'line 6, <meta http-equiv="refresh" content="0">: '
            "found a page that leads elsewhere by itself, expected no refresh",
        ),
        (
            "<figure>",
            '<img alt="28 a day" src="https://example.org/x.png"><figure>',
            'line 23, <img alt="28 a day" src="https://example.org/x.png">: '
            f'found src "https://example.org/x.png", {NOTHING_FETCHED}',
        ),
        (
            "<rect",
            '<use href="http://example.org/a.svg#b"/><rect',
            'line 25, <use href="http://example.org/a.svg#b"/>: '
            f'found href "http://example.org/a.svg#b", {NOTHING_FETCHED}',
        ),
        (
            "index.html#top",
            "file:///etc/passwd",
            'line 22, <a href="file:///etc/passwd">: '
            'found a link to "file:///etc/passwd", expected a link to a page, to https or to mail',
        ),
        (
            "a{color:inherit}",
            "a{background:url(//example.org/a)}",
            f'line 7, <style>: found the style "url(//example.org/a", {NOTHING_FETCHED}',
        ),
        (
            "a{color:inherit}",
            "@import 'a.css';",
            f"line 7, <style>: found the style \"@import 'a.css'\", {NOTHING_FETCHED}",
        ),
        ("default-src 'none';", "", "found a security policy without default-src, expected default-src 'none'"),
        (
            "img-src data:",
            "img-src *",
            "found img-src *, expected a security policy that lets nothing be fetched or run",
        ),
        (
            "img-src data:",
            "script-src 'unsafe-inline'",
            "found script-src 'unsafe-inline', expected a security policy that lets nothing be fetched or run",
        ),
        ("Where we stand", "Where we stand" + "." * 300_000, "line 1, the page: found 301 kB, expected at most 300 kB"),
    ],
)
def test_what_a_page_would_run_or_fetch(old: str, new: str, words: str) -> None:
    (fault,) = told(old, new)
    assert fault.endswith(words)


def test_a_page_without_security_policy() -> None:
    policy = next(line for line in GOOD.splitlines() if "Security" in line)
    (fault,) = told(policy, "")
    assert fault.startswith("line 1, the page: found no security policy, expected <meta http-equiv=")


def test_words_about_scripts_in_a_text_are_words() -> None:
    assert told("Where we stand", "&lt;script&gt; javascript: onclick=1 https://example.org") == []


def test_all_faults_are_told_at_once_and_the_cause_names_the_first() -> None:
    bad = GOOD.replace(' lang="en-GB"', "").replace("Visits", "")
    assert len(page_check.check(bad)) == 2
    assert page_check.cause(page_check.check(bad)) == (
        'the page fails 2 checks; the first: line 2, <html>: found no language, expected lang="en-GB" on <html>'
    )


def test_a_tree_keeps_lines_and_takes_the_first_of_two_attributes() -> None:
    tree = page_tree.read("<p>a\n<b id=x id=y>b</b></p><br>c")
    assert [(one.tag, one.line, one.words) for one in tree.walk()] == [("p", 1, "a b"), ("b", 2, "b"), ("br", 2, "")]
    assert tree.find("b")[0].get("id") == "x"


def test_rules_for_print_are_left_out_and_those_for_dark_are_marked() -> None:
    rules = page_style.rules(page_tree.read(GOOD))
    assert [(rule.selector, rule.mode) for rule in rules[:4]] == [
        (".pk", ""), ("body.pk", "dark"), ("body.pk .pk", "dark"), ("body", ""),
    ]  # fmt: skip


def test_the_command_says_what_is_wrong_and_gives_a_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.html").write_text(GOOD, encoding="utf-8")
    assert cli.main(["check-page", str(tmp_path)]) == cli.DONE
    assert capsys.readouterr().out == "1 page checked: none with faults.\n"
    (tmp_path / "bad.html").write_text(GOOD.replace(' lang="en-GB"', ""), encoding="utf-8")
    assert cli.main(["check-page", str(tmp_path)]) == cli.BAD_INPUT
    shown = capsys.readouterr()
    assert shown.out == "2 pages checked: 1 with faults.\n"
    assert "bad.html:\n  line 2, <html>: found no language" in shown.err


def test_the_command_refuses_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check-page", str(tmp_path / "none.html")]) == cli.MISUSED
    assert cli.main(["check-page", str(tmp_path)]) == cli.MISUSED
    said = capsys.readouterr().err
    assert "none.html does not exist." in said
    assert f"There is no HTML page in {tmp_path}." in said


def test_the_command_follows_the_link_of_a_published_set_and_passes_hidden_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "reports" / ".sets" / "first"
    made.mkdir(parents=True)
    (made / "good.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "reports" / "2017-18-Q1").symlink_to(made)
    assert cli.main(["check-page", str(tmp_path / "reports")]) == cli.DONE
    assert capsys.readouterr().out == "1 page checked: none with faults.\n"
