"""The real pages read with only their text, as a screen reader does: by links, disclosures, pictures and headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfkit.run import page_tree
from perfkit.run.page_tree import Element

VAGUE = {"here", "click here", "more", "read more", "link", "this page", "details"}


@pytest.fixture(scope="module")
def trees(every_page: list[Path]) -> dict[str, Element]:
    return {str(page): page_tree.read(page.read_text(encoding="utf-8")) for page in every_page}


def each(page: Element, tag: str) -> Iterator[Element]:
    return (one for one in page.walk() if one.tag == tag)


def test_links_of_the_same_words_lead_to_the_same_place(trees: dict[str, Element]) -> None:
    for name, page in trees.items():
        places: dict[str, set[str]] = {}
        for link in each(page, "a"):
            places.setdefault(link.words, set()).add(link.get("href"))
        assert {words: found for words, found in places.items() if len(found) > 1} == {}, name


def test_the_words_of_a_link_say_where_it_leads(trees: dict[str, Element]) -> None:
    for name, page in trees.items():
        assert [link.start for link in each(page, "a") if link.words.lower() in VAGUE | {""}] == [], name


def test_disclosures_are_told_apart(trees: dict[str, Element]) -> None:
    for name, page in trees.items():
        told = Counter(summary.words for summary in each(page, "summary"))
        assert {words: times for words, times in told.items() if times > 1} == {}, name


def test_the_alternative_of_a_picture_is_a_sentence(trees: dict[str, Element]) -> None:
    for name, page in trees.items():
        alternatives = [one.get("aria-label") for one in page.walk() if one.get("role") == "img"]
        alternatives += [one.get("alt") for one in each(page, "img")]
        assert [text for text in alternatives if len(text.split()) < 4 or not text.endswith(".")] == [], name


def test_headings_of_a_page_differ_and_never_stand_empty(trees: dict[str, Element]) -> None:
    for name, page in trees.items():
        heads = [one.words for one in page.walk() if one.tag in ("h1", "h2")]
        assert "" not in heads, name
        assert len(heads) == len(set(heads)), (name, heads)


def test_captions_of_tables_differ(trees: dict[str, Element]) -> None:
    for name, page in trees.items():
        told = Counter(caption.words for caption in each(page, "caption"))
        assert {words: times for words, times in told.items() if times > 1} == {}, name
