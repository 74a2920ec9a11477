"""A page of every piece in a real browser: on a desk, on a phone, in the dark, and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfkit.display.exporter import PerfkitExporter

pytestmark = pytest.mark.browser
WIDTH = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
HIDDEN = "getComputedStyle(document.querySelector('{}')).display === 'none'"


@pytest.fixture
def report(everything: Callable[[], list[Any]], notebook: Callable[..., Any], tmp_path: Path) -> Path:
    html, _ = PerfkitExporter().from_notebook_node(notebook(*everything()))
    path = tmp_path / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


def test_a_page_fits_every_screen_and_asks_for_nothing(chromium: Callable[..., Any], report: Path) -> None:
    async def work(tab: Any) -> None:
        for width in (1280, 390, 320):
            await tab.open(report, width=width)
            await tab.value("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert await tab.value(WIDTH) == [width, width]
            assert await tab.value(HIDDEN.format(".pk-narrow")) is (width == 1280)
            assert await tab.value(HIDDEN.format(".pk-wide")) is (width < 1280)
            assert (await tab.picture()).startswith(b"\x89PNG")
        assert set(tab.requests) == {report.as_uri()}

    chromium(work)


def test_a_page_turns_dark_where_the_reader_asks_for_it_and_light_on_paper(
    chromium: Callable[..., Any], report: Path
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    text = "getComputedStyle(document.querySelector('main .pk-table th')).color"

    async def work(tab: Any) -> None:
        await tab.open(report, width=1280, dark=True)
        assert await tab.value(ground) == "rgb(20, 24, 28)"
        assert await tab.value(text) == "rgb(243, 242, 241)"
        await tab.call("Emulation.setEmulatedMedia", media="print")
        assert await tab.value(ground) == "rgb(255, 255, 255)"
        assert await tab.value(text) == "rgb(11, 12, 12)"

    chromium(work)


def test_the_keyboard_reaches_the_skip_link_then_the_contents_and_sees_where_it_is(
    chromium: Callable[..., Any], report: Path
) -> None:
    async def work(tab: Any) -> None:
        await tab.open(report, width=1280)
        reached = []
        for _ in range(3):
            await tab.key("Tab", 9)
            reached.append(await tab.value("document.activeElement.textContent"))
            assert await tab.value("getComputedStyle(document.activeElement).boxShadow") != "none"
        assert reached == ["Skip to main content", "Where we stand", "Sources and method"]

    chromium(work)
