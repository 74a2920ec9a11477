"""The real pages in a real browser: by keyboard, on every screen, on paper, in the dark, and without a network."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Browser = Callable[..., Any]
WIDTHS = (1280, 1024, 920, 860, 390, 320)
PAPER = {"width": 680, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
"""The width of A4 within its margins of 15 mm, at 96 points to the inch."""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """(() => {
  const style = new CSSStyleSheet();
  style.replaceSync(`* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}
                     p {margin-bottom: 2em !important}`);
  document.adoptedStyleSheets = [style];
})()"""
"""The spacing of texts that a reader may ask for: WCAG 2.2, 1.4.12."""
UNSPACED = "document.adoptedStyleSheets = []"
STOPS = """(() => {
  const found = [...document.querySelectorAll('a[href], summary, [tabindex="0"], button, input')];
  window.stops = found.filter(one => one.checkVisibility());
  return window.stops.length;
})()"""
REACHED = "window.stops.indexOf(document.activeElement)"
SHOWN = """(() => {
  const look = getComputedStyle(document.activeElement);
  return look.boxShadow !== 'none' || (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0);
})()"""
RUN_OVER = """(() => {
  const over = text => {
    const cell = text.parentElement.closest('td, tbody th');
    if (!cell || text.parentElement.closest('.pk-unseen') || !text.parentElement.checkVisibility()) return false;
    const words = document.createRange();
    words.selectNodeContents(text);
    return words.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1;
  };
  const found = [], texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (over(texts.currentNode)) found.push(texts.currentNode.data);
  return found;
})()"""
UNLABELLED = """[...document.querySelectorAll('.pk-cards td:not(.pk-ref, [colspan])')]
  .filter(one => one.textContent && !/\\w/.test(getComputedStyle(one, '::before').content.replace('none', '')))
  .map(one => one.textContent)"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def is_like_another(page: Path) -> bool:
    """Whether a page is a directorate's scorecard other than the first: built alike, so that slow visits pass it."""
    return page.stem.startswith("scorecard-") and page.stem != "scorecard-CEF"


def test_the_keyboard_reaches_the_skip_link_the_contents_every_region_and_every_disclosure(
    chromium: Browser, every_page: list[Path]
) -> None:
    async def walk(tab: Any, page: Path, *, opened: bool) -> None:
        await tab.open(page, width=390)
        if opened:
            await tab.value(OPEN_ALL)
        stops = await tab.value(STOPS)
        reached: list[int] = []
        while len(reached) < stops + 20:
            await tab.key("Tab", 9)
            place = await tab.value(REACHED)
            if (place == 0 and reached) or await tab.value("document.activeElement === document.body"):
                break
            reached.append(place)
            assert await tab.value(SHOWN), (page.name, reached)
        # A browser may add a stop of its own for a box that scrolls: that is minus one here.
        assert [one for one in reached if one >= 0] == list(range(stops)), page.name

    async def work(tab: Any) -> None:
        for page in every_page:
            await walk(tab, page, opened=True)
            if not is_like_another(page):
                await walk(tab, page, opened=False)

    chromium(work)


def test_the_first_stop_leads_past_the_contents_to_the_main_part(chromium: Browser, every_page: list[Path]) -> None:
    async def work(tab: Any) -> None:
        for page in every_page:
            await tab.open(page, width=1280)
            await tab.key("Tab", 9)
            assert await tab.value("document.activeElement.textContent") == "Skip to main content"
            assert await tab.value("document.activeElement.getBoundingClientRect().left >= 0")
            await tab.value("document.activeElement.click()")
            assert await tab.value("document.activeElement.id") == "main"

    chromium(work)


def test_a_disclosure_opens_by_keyboard(chromium: Browser, real_pages: Path) -> None:
    async def work(tab: Any) -> list[bool]:
        await tab.open(real_pages / "delayed_transfers.html", width=1280)
        await tab.value("document.querySelector('summary').focus()")
        states = []
        for _ in range(3):
            states.append(await tab.value("document.querySelector('details').open"))
            await tab.call("Input.dispatchKeyEvent", type="char", text="\r", key="Enter", code="Enter")
        return states

    assert chromium(work) == [False, True, False]


def test_no_page_scrolls_sideways_at_any_width_nor_asks_for_anything(chromium: Browser, every_page: list[Path]) -> None:
    async def work(tab: Any) -> None:
        for page in every_page:
            await tab.open(page, width=WIDTHS[0])
            await tab.value(OPEN_ALL)
            for width in WIDTHS:
                await tab.show(width=width)
                assert await tab.value(OVERFLOW) == 0, (page.name, width)
                await tab.value(SPACED)
                assert await tab.value(OVERFLOW) == 0, (page.name, width, "with its text spaced")
                await tab.value(UNSPACED)
        assert set(tab.requests) == {page.as_uri() for page in every_page}

    chromium(work)


def test_no_words_of_a_cell_run_into_the_next(chromium: Browser, every_page: list[Path]) -> None:
    async def work(tab: Any) -> None:
        for page in every_page:
            await tab.open(page, width=1280)
            await tab.value(OPEN_ALL)
            for width in (1280, 1024, 390):
                await tab.show(width=width)
                assert await tab.value(RUN_OVER) == [], (page.name, width)

    chromium(work)


def test_on_a_phone_every_cell_of_a_card_says_what_it_holds(chromium: Browser, every_page: list[Path]) -> None:
    async def work(tab: Any) -> None:
        for page in every_page:
            await tab.open(page, width=390)
            assert await tab.value(UNLABELLED) == [], page.name
            await tab.show(width=1280)
            cells = await tab.value("document.querySelectorAll('.pk-cards td:not(.pk-ref, [colspan])').length")
            assert bool(cells) is bool(await tab.value(f"({UNLABELLED}).length")), page.name

    chromium(work)


def test_pages_are_drawn_on_paper_and_in_the_dark(chromium: Browser, every_page: list[Path]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"

    async def work(tab: Any) -> None:
        for page in (one for one in every_page if not is_like_another(one)):
            await tab.open(page, width=1280)
            light = await seen(tab)
            await tab.show(width=1280, dark=True)
            assert await tab.value(ground) == "rgb(20, 24, 28)"
            dark = await seen(tab)
            assert light != dark
            assert {light[:4], dark[:4]} == {b"\x89PNG"}
            printed = await tab.call("Page.printToPDF", preferCSSPageSize=True)
            assert base64.b64decode(printed["data"]).startswith(b"%PDF")
            await tab.call("Emulation.setEmulatedMedia", media="print")
            assert await tab.value(ground) == "rgb(255, 255, 255)"
            assert (await seen(tab))[:4] == b"\x89PNG"
            await tab.call("Emulation.setDeviceMetricsOverride", **PAPER)
            assert await tab.value(OVERFLOW) == 0, (page, "on paper")
            await tab.call("Emulation.setEmulatedMedia", media="")

    chromium(work)


async def seen(tab: Any) -> bytes:
    """Take a picture of what stands on the screen: of a whole long page it would take seconds."""
    shot = await tab.call("Page.captureScreenshot", format="png")
    return base64.b64decode(shot["data"])


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fetch axe-core into a folder of its own, or skip: it is no part of the project."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed, so axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    try:
        fetched = subprocess.run(
            ["npm", "pack", "axe-core@4"], cwd=folder, capture_output=True, text=True, timeout=40, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip("axe-core could not be fetched within 40 seconds")
    packs = list(folder.glob("axe-core-*.tgz"))
    if fetched.returncode or not packs:
        pytest.skip("axe-core could not be fetched: there may be no network")
    shutil.unpack_archive(packs[0], folder, filter="data")
    return (folder / "package" / "axe.min.js").read_text(encoding="utf-8")


def asked(**options: Any) -> str:
    """Write the call of axe, and what of its answer is told."""
    only = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"], **options}
    told = "found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)])"
    return f"axe.run(document, {json.dumps(only)}).then(found => {told})"


def test_axe_finds_no_violation_of_wcag_2_2_aa(chromium: Browser, every_page: list[Path], axe: str) -> None:
    contrast_alone = asked(runOnly={"type": "rule", "values": ["color-contrast"]})
    without_contrast = asked(rules={"color-contrast": {"enabled": False}})
    visits = ((1280, False, asked()), (1280, True, contrast_alone), (320, False, without_contrast))

    async def work(tab: Any) -> dict[str, Any]:
        found = {}
        for page in every_page:
            await tab.open(page, width=1280)
            await tab.value(OPEN_ALL)
            await tab.value(f"{axe};1")
            for width, dark, question in visits[: 1 if is_like_another(page) else None]:
                await tab.show(width=width, dark=dark)
                found[f"{page} at {width}{' dark' * dark}"] = await tab.value(question)
        return found

    found = chromium(work)
    alike = sum(is_like_another(page) for page in every_page)
    assert len(found) == 3 * len(every_page) - 2 * alike
    assert {name: faults for name, faults in found.items() if faults} == {}
