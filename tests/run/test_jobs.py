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
        "cabinet_report", "scorecard", "scorecard-SCS", "scorecard-PH", "outlook", "leadership_report",
        "delayed_transfers", "delivery", "data_quality",
    ]  # fmt: skip


def test_one_report_or_one_directorate_may_be_made_alone() -> None:
    assert names(only="scorecard") == ["scorecard", "scorecard-SCS", "scorecard-PH"]
    assert names(directorate="PH") == ["scorecard-PH", "outlook-PH"]
    assert names(only="outlook") == ["outlook"]
    assert names(only="outlook", directorate="PH") == ["outlook-PH"]


def test_a_code_that_cannot_stand_in_the_name_of_a_file_names_a_page_all_the_same() -> None:
    plan = jobs.plan("2017-18 Q1", directorates={"HR/OD": "People", "PH": "Public Health"}, only="scorecard")
    assert [(job.page, job.parameters["directorate"]) for job in plan[1:]] == [
        ("scorecard-HR-OD.html", "HR/OD"),
        ("scorecard-PH.html", "PH"),
    ]


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


def test_parameters_of_ones_own_name_the_page_and_are_refused_where_they_are_wrong() -> None:
    (job,) = jobs.plan("2017-18 Q1", directorates=DIRECTORATES, only="delayed_transfers", given={"area": "West Sussex"})
    assert (job.name, job.title) == ("delayed_transfers-West-Sussex", "Delayed transfers of care, West Sussex")
    assert job.parameters["area"] == "West Sussex"
    with pytest.raises(ParameterError, match=r'no parameter "aera". Did you mean "area"\?'):
        jobs.plan("2017-18 Q1", directorates=DIRECTORATES, only="delayed_transfers", given={"aera": "Kent"})
    with pytest.raises(ParameterError, match="--parameter needs --only"):
        jobs.plan("2017-18 Q1", directorates=DIRECTORATES, given={"area": "Kent"})
    with pytest.raises(ParameterError, match="--parameter directorate: give it as --directorate instead"):
        jobs.plan("2017-18 Q1", directorates=DIRECTORATES, only="scorecard", given={"directorate": "PH"})


def test_a_report_for_which_nothing_has_come_is_left_out_with_the_reason() -> None:
    plan = jobs.plan("2017-18 Q1", directorates=DIRECTORATES)
    made, out = jobs.possible(plan, held={"assessments", "actions"}, quarter="2017-18 Q1")
    assert "delayed_transfers" not in {job.report for job in made}
    assert len(made) == len(plan) - 1
    assert [(one.report, one.reader, one.why) for one in out] == [
        ("delayed_transfers", "Health and care leaders", "No delays of 2017-18 Q1 have been loaded")
    ]


def test_every_report_is_declared_once_with_its_parameters_and_the_tables_that_it_needs() -> None:
    from perfkit.model import parameters, schemas

    assert set(jobs.REPORTS) == set(parameters.REPORTS)
    for name, report in jobs.REPORTS.items():
        assert set(report.needs) <= set(schemas.TABLES), name
        assert report.needs, name
        assert "directorate" in {p.name for p in parameters.declared(name)} or not report.by_directorate, name


def test_every_job_knows_which_reports_the_set_cannot_have() -> None:
    asked = jobs.plan("2017-18 Q1", directorates={}, only="cabinet_report")
    made, _ = jobs.possible(asked, held=["assessments", "risks"], quarter="2017-18 Q1")
    assert [job.absent for job in made] == [("delayed_transfers", "delivery")]
