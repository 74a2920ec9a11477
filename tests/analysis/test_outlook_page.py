"""The page on the outlook says what the code does."""

from __future__ import annotations

import doctest
from pathlib import Path

from perfkit.analysis import outlook
from perfkit.analysis.outlook import spread, statement

PAGE = Path("docs") / "reference" / "outlook.md"


def test_the_example_on_the_page_runs_and_gives_what_it_shows(project: Path) -> None:
    result = doctest.testfile(str(project / PAGE), module_relative=False)
    assert result.attempted >= 7
    assert result.failed == 0


def test_the_page_gives_the_numbers_that_were_calibrated(project: Path) -> None:
    text = (project / PAGE).read_text(encoding="utf-8")
    short = f"{spread.SHORT_FACTOR} × n / (n − {spread.SHORT_LOST:.0f}) × horizon^{spread.SHORT_GROWTH}"
    usual = f"{spread.FACTOR} × n / (n − {spread.LOST:.0f}) × horizon^{spread.GROWTH}"
    totals = ", ".join(f"{factor:g}" for factor in spread.TOTAL_FACTORS)
    prior = f"steadied by {spread.LEVEL_SHARE:.0%} of the level worth {spread.LEVEL_WEIGHT:g} points"
    assert [part for part in (short, usual, totals, prior) if part not in text] == []


def test_the_page_names_every_word_of_confidence(project: Path) -> None:
    text = (project / PAGE).read_text(encoding="utf-8")
    words = ("insufficient data", "wide", "low", "standard", "seasonal", "known")
    assert [word for word in words if f"| {word} |" not in text] == []
    assert all(f'"{word}"' in (statement.Outlook.__doc__ or "") for word in words)


def test_the_page_names_every_public_function(project: Path) -> None:
    text = (project / PAGE).read_text(encoding="utf-8")
    functions = ("project", "project_many", "agreement", "record", "score", "calibrate")
    assert [name for name in functions if f"outlook.{name}(" not in text or not hasattr(outlook, name)] == []
