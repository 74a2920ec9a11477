"""What a run is asked to make: council.toml, then the command line, then what the data know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from perfkit import cli
from perfkit.commands import planning
from perfkit.model.councils import Council
from perfkit.model.errors import ParameterError
from perfkit.run import jobs
from perfkit.run.jobs import Usual

COUNTY = {"SCS": "Social Services", "PH": "Public Health"}
Q1 = "2017-18 Q1"


def test_the_command_line_goes_before_council_toml() -> None:
    council = Council("Kent County Council", "Kent", contact="Us", parameters={"leadership_report": {"limit": 7}})
    usual = planning.usual_of(council, {"leadership_report": {"limit": "9"}})
    assert usual.parameters["leadership_report"] == {"limit": "9"}
    assert usual.parameters["cabinet_report"] == {"contact": "Us"}


def test_an_unknown_parameter_of_the_set_is_refused_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match='Did you mean "limit"'):
        planning.usual_of(None, {"leadership_report": {"limt": "9"}})


def test_defaults_reach_the_page_and_leave_its_name_alone() -> None:
    plan = jobs.plan(Q1, directorates=COUNTY, usual=Usual(parameters={"leadership_report": {"limit": "9"}}))
    (job,) = [job for job in plan if job.report == "leadership_report"]
    assert (job.name, job.parameters["limit"], job.parameters["quarter"]) == ("leadership_report", 9, Q1)


def test_only_the_reports_that_the_council_has_made_are_planned_unless_one_is_asked_for() -> None:
    usual = Usual(["scorecard"])
    assert {job.report for job in jobs.plan(Q1, directorates=COUNTY, usual=usual)} == {"scorecard"}
    assert [job.report for job in jobs.plan(Q1, directorates=COUNTY, usual=usual, only="delivery")] == ["delivery"]


def test_the_reports_that_a_council_does_not_have_made_are_named_with_the_reason() -> None:
    off = jobs.unwanted(Usual([name for name in jobs.REPORTS if name != "outlook"]))
    assert [(one.report, one.why, one.unwanted) for one in off] == [
        ("outlook", "Not among the council's reports", True),
    ]  # fmt: skip
    assert jobs.unwanted(Usual()) == [], "a council that names none has all of them made"


def test_links_lead_to_no_report_that_the_council_does_not_have_made() -> None:
    usual = Usual(["scorecard"])
    plan = jobs.plan(Q1, directorates={}, usual=usual)
    (job,), _ = jobs.possible(plan, held=["assessments"], quarter=Q1, usual=usual)
    assert "cabinet_report" in job.absent
    assert "scorecard" not in job.absent


def test_a_council_of_one_directorate_has_one_scorecard() -> None:
    plan = jobs.plan(Q1, directorates={"Whole council": "Whole council"}, only="scorecard")
    assert [job.name for job in plan] == ["scorecard"]


def test_an_empty_area_is_the_council_s_own() -> None:
    (job,) = jobs.plan(Q1, directorates={}, only="delayed_transfers")
    assert jobs.with_area(job, lambda: "Kent").parameters["area"] == "Kent"
    (named,) = jobs.plan(Q1, directorates={}, only="delayed_transfers", given={"area": "Devon"})
    assert jobs.with_area(named, lambda: "Kent") is named


def test_delays_that_know_nothing_of_the_council_s_area_leave_the_page_out(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(project / "data" / "raw" / "2017-18" / "dtoc", raw / "2017-18" / "dtoc",
                    ignore=lambda _, names: [n for n in names if not n.startswith("June_17")])  # fmt: skip
    (raw / "council.toml").write_text('name = "Ashmere District Council"\narea = "Ashmere"\n', encoding="utf-8")
    monkeypatch.chdir(project)
    places = ["--raw", str(raw), "--store", str(tmp_path / "store"), "--out", str(tmp_path / "out")]
    assert cli.main(["run", Q1, "--only", "delayed_transfers", *places]) == cli.MISUSED
    assert "The delays loaded name no authority Ashmere." in capsys.readouterr().err


def test_no_link_leads_to_a_page_left_out_for_its_area(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(planning.knowledge, "areas", lambda *_: ["Kent"])
    monkeypatch.setattr(planning.store, "area", lambda **_: "Ashmere")
    plan = [job for job in jobs.plan(Q1, directorates={}) if job.report in ("outlook", "delayed_transfers")]
    made, out = planning._with_areas(plan, tmp_path, "")
    assert [one.report for one in out] == ["delayed_transfers"]
    assert [(job.report, job.absent) for job in made] == [("outlook", ("delayed_transfers",))]


@pytest.mark.parametrize(("text", "said"), [
    ("cabinet.contact=x", 'There is no report "cabinet". Did you mean "cabinet_report"?'),
    ("scorecard.quarter=x", "--parameter quarter: give it as the first word instead."),
    ("cabinet_report.contact", 'expected NAME=VALUE, such as area=Kent.'),
])  # fmt: skip
def test_what_is_wrong_on_the_command_line_is_told_before_anything_is_made(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str,
    said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(project)
    places = ["--raw", "data/raw/oxford-city", "--store", str(tmp_path / "store"), "--out", str(tmp_path / "out")]
    assert cli.main(["run", "2024-25 Q3", "-p", text, *places]) == cli.MISUSED
    assert said in capsys.readouterr().err
