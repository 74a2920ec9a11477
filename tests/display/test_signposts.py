"""Every page says which other page of the set holds the detail."""

from __future__ import annotations

import re

import pytest

from perfkit.display import signposts
from perfkit.model import parameters


@pytest.mark.parametrize("report", parameters.REPORTS)
def test_a_page_leads_to_every_other_report_and_not_to_itself(report: str) -> None:
    links = re.findall(r'href="(\w+)\.html"', signposts.beside(report).html)
    assert sorted(links) == sorted(set(parameters.REPORTS) - {report})


def test_a_directorates_page_leads_to_the_whole_councils_too() -> None:
    assert 'href="scorecard.html"' in signposts.beside("scorecard", directorate="SCS").html
