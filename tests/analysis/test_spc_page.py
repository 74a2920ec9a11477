"""The page on variation says what the code does."""

from __future__ import annotations

import doctest
from pathlib import Path

from perfkit.analysis import spc

PAGE = Path("docs") / "reference" / "variation.md"


def test_the_example_on_the_page_runs_and_gives_what_it_shows(project: Path) -> None:
    result = doctest.testfile(str(project / PAGE), module_relative=False)
    assert result.attempted >= 7
    assert result.failed == 0


def test_the_page_names_every_special_cause_and_rule_set(project: Path) -> None:
    text = (project / PAGE).read_text(encoding="utf-8")
    assert [name for name in (*spc.CAUSES, *spc.RULE_SETS) if name not in text] == []
