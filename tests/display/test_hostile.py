"""Text from a workbook is text, wherever it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from perfkit.display.exporter import PerfkitExporter

ALLOWED = re.compile(
    "html|head|meta|title|style|body|a|header|nav|main|footer|div|section|p|span|strong|h[123]|ul|ol|li|dl|dt|dd|"
    "figure|figcaption|details|summary|table|caption|thead|tbody|tr|th|td|"
    "svg|g|path|use|defs|clippath|rect|pattern|circle|text|pre|em|code"
)


class Tags(HTMLParser):
    """Gathers the names of elements and attributes, the addresses, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.said += data


def read(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def test_hostile_text_adds_no_element_attribute_or_address_to_any_piece(
    everything: Callable[[str], list[Any]], notebook: Callable[..., Any], hostile: str
) -> None:
    page, _ = PerfkitExporter().from_notebook_node(notebook(*everything(hostile), f"Prose {hostile}"))
    tags = read(page)
    assert all(ALLOWED.fullmatch(element) for element in tags.elements)
    assert not {name for name in tags.attributes if name.startswith("on") or name == "srcdoc"}
    assert all(address.startswith("#") for address in tags.addresses)


def test_hostile_text_is_still_read_as_written(
    everything: Callable[[str], list[Any]], notebook: Callable[..., Any]
) -> None:
    hostile = "<script>alert(1)</script>"
    page, _ = PerfkitExporter().from_notebook_node(notebook(*everything(hostile)))
    said = read(page).said
    for shown in ("Report", "Where we stand", "Falling", "Reablement hours", "Few carers.", "Outcomes", "SCS.xlsx"):
        assert f"{shown}{hostile}" in said


def test_every_piece_has_a_plain_text_for_a_terminal(everything: Callable[[str], list[Any]]) -> None:
    for piece in everything(""):
        assert repr(piece).strip()
        assert not re.search(r"<\w+", repr(piece))


@pytest.mark.browser
def test_hostile_texts_open_no_dialog_and_ask_for_nothing_in_a_real_browser(
    everything: Callable[[str], list[Any]], notebook: Callable[..., Any], chromium: Callable[..., Any], tmp_path: Path
) -> None:
    hostile = "<img src=http://127.0.0.1:9/x onerror=alert(1)><script>alert(2)</script>"
    html, _ = PerfkitExporter().from_notebook_node(notebook(*everything(hostile), f"Prose {hostile}"))
    page = tmp_path / "page.html"
    page.write_text(html, encoding="utf-8")

    async def work(tab: Any) -> tuple[list[str], list[str]]:
        await tab.open(page, width=1280)
        return tab.requests, tab.dialogs

    requests, dialogs = chromium(work)
    assert requests == [page.as_uri()]
    assert dialogs == []
