"""Which pages a quarter has, and what is refused before anything runs."""

from __future__ import annotations

import pytest

from perfkit.model.errors import ParameterError
from perfkit.run import jobs

DIRECTORATES = {"SCS": "Social and Community Services", "PH": "Public Health"}


def names(**options: str) -> list[str]:
    return [job.name for job in jobs.plan("2017-18 Q1", directorates=DIRECTORATES, **options)]


def test_a_quarter_has_the_papers_and_a_scorecard_for_the_council_and_each_directorate() -> None:
    assert names() == [
        "cabinet_report", "scorecard", "scorecard-SCS", "scorecard-PH", "outlook", "delayed_transfers",
        "data_quality",
    ]  # fmt: skip


def test_one_report_or_one_directorate_may_be_made_alone() -> None:
    assert names(only="scorecard") == ["scorecard", "scorecard-SCS", "scorecard-PH"]
    assert names(directorate="PH") == ["scorecard-PH", "outlook-PH"]
    assert names(only="outlook") == ["outlook"]
    assert names(only="outlook", directorate="PH") == ["outlook-PH"]


def test_every_job_carries_the_quarter_and_the_day() -> None:
    plan = jobs.plan("2017-18 Q1", directorates=DIRECTORATES, as_of="2017-10-31")
    assert {job.parameters["quarter"] for job in plan} == {"2017-18 Q1"}
    assert {job.parameters["as_of"] for job in plan} == {"2017-10-31"}


def test_unknown_names_are_refused_with_the_near_match() -> None:
    with pytest.raises(ParameterError, match=r'There is no report "scorcard". Did you mean "scorecard"\?'):
        names(only="scorcard")
    with pytest.raises(ParameterError, match=r'There is no directorate "SCSS". Did you mean "SCS"\?'):
        names(directorate="SCSS")
    with pytest.raises(ParameterError, match="delayed_transfers is made for the whole council"):
        names(only="delayed_transfers", directorate="SCS")
