"""Which pages a quarter's set has: one job a page, each a notebook with its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from perfkit.model import parameters
from perfkit.model.errors import ParameterError
from perfkit.model.parameters import Value


@dataclass(frozen=True)
class Job:
    """One page to make: the notebook, the page's name and title, who reads it, and its parameters."""

    report: str
    name: str
    title: str
    reader: str
    parameters: dict[str, Value] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The file name of its page."""
        return f"{self.name}.html"


_TITLES = {
    "scorecard": ("Scorecard", "Managers"),
    "delayed_transfers": ("Delayed transfers of care", "Health and care leaders"),
    "cabinet_report": ("Cabinet report", "Cabinet and the public"),
    "outlook": ("Trend and outlook", "Leadership"),
    "data_quality": ("Data quality", "Analysts and data owners"),
}
_ORDER = ("cabinet_report", "scorecard", "outlook", "delayed_transfers", "data_quality")
_OF_DIRECTORATES = ("scorecard", "outlook")


def plan(
    quarter: str,
    *,
    directorates: Mapping[str, str],
    only: str | None = None,
    directorate: str | None = None,
    as_of: str = "",
) -> list[Job]:
    """List the jobs of a quarter: every report, and the scorecard of each directorate (code to name).

    ``only`` names one report, ``directorate`` one directorate: its scorecard and its outlook. Raises `ParameterError`
    for an unknown one.

    >>> [job.name for job in plan("2017-18 Q1", directorates={"SCS": "Social Services"})]
    ['cabinet_report', 'scorecard', 'scorecard-SCS', 'outlook', 'delayed_transfers', 'data_quality']
    """
    if only is not None:
        parameters.declared(only)
    if directorate is not None:
        parameters.require("directorate", directorate, directorates)
    if directorate is not None and only not in (None, *_OF_DIRECTORATES):
        raise ParameterError(f"{only} is made for the whole council, not for one directorate.")
    jobs = [job for report in _ORDER for job in _jobs(report, quarter, directorates, as_of)]
    if directorate is not None:
        jobs += [_of_directorate("outlook", quarter, directorate, directorates[directorate], as_of)]
        jobs = [job for job in jobs if job.parameters.get("directorate") == directorate]
    return [job for job in jobs if only in (None, job.report)]


def _jobs(report: str, quarter: str, directorates: Mapping[str, str], as_of: str) -> list[Job]:
    title, reader = _TITLES[report]
    common = {"quarter": quarter, "as_of": as_of}
    jobs = [Job(report, report, title, reader, parameters.check(report, common))]
    if report == "scorecard":
        jobs[0] = Job(report, report, f"{title}, whole council", reader, parameters.check(report, common))
        jobs += [_of_directorate(report, quarter, code, name, as_of) for code, name in directorates.items()]
    return jobs


def _of_directorate(report: str, quarter: str, code: str, name: str, as_of: str) -> Job:
    title, reader = _TITLES[report]
    given = parameters.check(report, {"quarter": quarter, "directorate": code, "as_of": as_of})
    return Job(report, f"{report}-{code}", f"{title}, {name}", reader, given)
