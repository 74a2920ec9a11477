"""A page becomes a tagged PDF where a browser is installed, and a plain sentence where none is."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfkit import cli
from perfkit.model.errors import RunError
from perfkit.run import pdf

PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>Scorecard</title></head><body><main>'
    '<h1>Scorecard</h1><table><caption>Days</caption><tr><th scope="col">Month</th></tr><tr><td>May</td></tr>'
    "</table></main></body></html>"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "score card.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def browser(tmp_path: Path) -> Callable[[str], Path]:
    """Write a program that takes a browser's options; its script knows the PDF's path as $out."""

    def write(script: str) -> Path:
        path = tmp_path / "browser"
        found = 'for given; do case "$given" in --print-to-pdf=*) out="${given#--print-to-pdf=}";; esac; done'
        path.write_text(f"#!/bin/sh\n{found}\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return write


@pytest.mark.browser
def test_a_page_becomes_a_tagged_pdf_with_its_title_language_and_outline(
    page: Path, chromium: Callable[..., Any]
) -> None:
    made = pdf.write(page)
    content = made.read_bytes()
    assert made == page.with_name("score card.pdf")
    assert pdf.is_tagged(content)
    for part in (b"/Lang (en-GB)", b"/Outlines", b"/S /H1", b"/S /Table", b"/S /TH", b"/S /Caption", b"(Scorecard)"):
        assert part in content, part


@pytest.mark.browser
def test_the_same_page_gives_the_same_pdf_and_no_time_of_the_run(page: Path, chromium: Callable[..., Any]) -> None:
    first = pdf.write(page).read_bytes()
    assert pdf.write(page).read_bytes() == first
    assert b"/CreationDate (D:19800101000000+00'00')" in first


def test_without_a_browser_it_says_so(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf, "_installed", lambda: iter(()))
    monkeypatch.delenv(pdf.VARIABLE, raising=False)
    assert cli.main(["take-away", "--pdf", str(page)]) == cli.MISUSED
    assert capsys.readouterr().err == (
        "There is no Chromium, Chrome or Edge on this machine, so no PDF can be made. Install one, or name it in the "
        "environment variable PERFKIT_BROWSER. The page itself prints well from any browser.\n"
    )
    assert not page.with_suffix(".pdf").exists()


def test_a_named_browser_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.VARIABLE, "no-such-browser")
    with pytest.raises(RunError, match='PERFKIT_BROWSER names "no-such-browser", which is not a program'):
        pdf.find()


def test_a_pdf_without_tags_is_not_kept(page: Path, browser: Callable[[str], Path]) -> None:
    with pytest.raises(RunError, match=r"printed score card\.html without tags; a newer version is needed"):
        pdf.write(page, browser=browser('printf "%%PDF-1.4" > "$out"'))
    assert not page.with_suffix(".pdf").exists()


def test_a_browser_that_fails_is_quoted(page: Path, browser: Callable[[str], Path]) -> None:
    with pytest.raises(RunError, match=r"browser could not print score card\.html: no room left\."):
        pdf.write(page, browser=browser("echo no room left >&2; exit 1"))


def test_a_browser_that_hangs_is_stopped(
    page: Path, browser: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "TIMEOUT", 1)
    with pytest.raises(RunError, match=r"browser did not print score card\.html within 1 seconds\."):
        pdf.write(page, browser=browser("exec sleep 20"))


def test_a_place_that_cannot_be_written_to_is_named(page: Path, browser: Callable[[str], Path]) -> None:
    (page.with_suffix(".pdf") / "in-the-way").mkdir(parents=True)
    tagged = browser('printf "%%PDF-1.4 /StructTreeRoot /Marked true" > "$out"')
    with pytest.raises(RunError, match=r"score card\.pdf cannot be written: "):
        pdf.write(page, browser=tagged)
    assert sorted(path.name for path in page.parent.iterdir()) == ["browser", "score card.html", "score card.pdf"]
