"""A risk's score is likelihood times impact: one that is not is a warning, and never kept."""

from __future__ import annotations

import pytest

from perfkit.intake import papers
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook


def read(score: object, *, heading: str = "Score") -> Reading:
    rows = [["Quarter: 2024-25 Q2"], ["Risk id", "Inherent score", "Risk", "Likelihood", "Impact", heading],
            ["R1", 25, "No carers", 4, 5, score]]  # fmt: skip
    return papers.read(Workbook("a.xlsx", (Sheet("a.xlsx", "Risks", rows),)), framework={})


@pytest.mark.parametrize("heading", ["Score", "Risk score", "Current risk rating", "Residual score", "L x I"])
def test_a_score_that_contradicts_its_likelihood_and_impact_is_told(heading: str) -> None:
    reading = read(16, heading=heading)
    (issue,) = reading.issues
    assert (issue.where.cell, issue.found) == ("F3", "a score of 16")
    assert issue.expected == "20, the likelihood 4 times the impact 5"
    assert not reading.stops


@pytest.mark.parametrize("score", [20, "20", "20 (Red)", "High", None, "4 x 5"])
def test_a_score_that_agrees_or_tells_no_number_is_fine(score: object) -> None:
    assert read(score).issues == ()
