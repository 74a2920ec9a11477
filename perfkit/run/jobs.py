"""Which pages a quarter's set has: one job a page, each a notebook with its parameters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from perfkit.model import page_names, parameters
from perfkit.model.errors import ParameterError
from perfkit.model.parameters import Value
from perfkit.run.manifest import LeftOut


@dataclass(frozen=True)
class Report:
    """A report: its title and reader, the tables of which at least one must hold rows, and what to say where none does.

    ``missing`` may name the ``{quarter}``. With ``each_directorate`` there is a page for each directorate besides the
    whole council's; with ``by_directorate`` one is made when it is asked for.
    """

    title: str
    reader: str
    needs: tuple[str, ...]
    missing: str
    each_directorate: bool = False
    by_directorate: bool = False


_NO_RETURN = "No return for {quarter} has been loaded"
REPORTS: dict[str, Report] = {
    "cabinet_report": Report("Cabinet report", "Cabinet and the public", ("assessments",), _NO_RETURN),
    "scorecard": Report(
        "Scorecard", "Managers", ("assessments",), _NO_RETURN, each_directorate=True, by_directorate=True
    ),
    "outlook": Report("Trend and outlook", "Leadership", ("assessments",), _NO_RETURN, by_directorate=True),
    "leadership_report": Report(
        "Leadership report", "Leadership", ("assessments", "finance", "risks"), _NO_RETURN + ", nor finance or risks"
    ),
    "delayed_transfers": Report(
        "Delayed transfers of care", "Health and care leaders", ("delays",), "No delays of {quarter} have been loaded"
    ),
    "delivery": Report(
        "Delivery",
        "Programme boards",
        ("actions", "savings", "commitments", "measures"),
        "No action plan, savings programme, commitments or key measures for {quarter} have been loaded",
    ),
    "data_quality": Report("Data quality", "Analysts and data owners", ("assessments",), _NO_RETURN),
}
"""Every report, in the order of the index: a new one stands here, and its parameters in `perfkit.model.parameters`."""
_OWN_OPTIONS = {"quarter": "the first word", "directorate": "--directorate", "as_of": "--as-of"}


@dataclass(frozen=True)
class Job:
    """One page to make: the notebook, the page's name and title, who reads it, and its parameters.

    ``absent`` are the reports that the quarter's set cannot have, to which no link may lead.
    """

    report: str
    name: str
    title: str
    reader: str
    parameters: dict[str, Value] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The file name of its page."""
        return f"{self.name}.html"


@dataclass(frozen=True)
class Usual:
    """What a council usually has made: the reports, all where none is named, and defaults for their parameters."""

    reports: Collection[str] = ()
    parameters: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def makes(self, report: str) -> bool:
        """Say whether the council has a report made."""
        return not self.reports or report in self.reports


def plan(
    quarter: str,
    *,
    directorates: Mapping[str, str],
    only: str | None = None,
    directorate: str | None = None,
    as_of: str = "",
    given: Mapping[str, Value] | None = None,
    usual: Usual | None = None,
) -> list[Job]:
    """List the jobs of a quarter: every usual report, and the scorecard of each of several directorates (code to name).

    ``only`` names one report, ``directorate`` one directorate: its scorecard and its outlook. ``given`` are parameters
    of the report named by ``only``, whose page is then named by them. Raises `ParameterError` for what is unknown.

    >>> [job.name for job in plan("2017-18 Q1", directorates={"SCS": "Social Services", "PH": "Public Health"})]
    ['cabinet_report', 'scorecard', 'scorecard-SCS', 'scorecard-PH', 'outlook', 'leadership_report', \
'delayed_transfers', 'delivery', 'data_quality']
    """
    if only is not None:
        parameters.declared(only)
    if directorate is not None:
        parameters.require("directorate", directorate, directorates)
        if only is not None and not REPORTS[only].by_directorate:
            raise ParameterError(f"{only} is made for the whole council, not for one directorate.")
    usual = usual or Usual()
    common = {name: {**usual.parameters.get(name, {}), "quarter": quarter, "as_of": as_of} for name in REPORTS}
    if given:
        return [_asked(only, common.get(only or "", {}), given, directorate)]
    asked = [name for name in REPORTS if name == only or (only is None and usual.makes(name))]
    if directorate is not None:
        named = {directorate: directorates[directorate]}
        single = [name for name in asked if REPORTS[name].by_directorate]
        return [job for name in single for job in _of_directorates(name, common[name], named)]
    return [job for name in asked for job in _jobs(name, common[name], directorates)]


def possible(
    jobs: Sequence[Job], *, held: Collection[str], quarter: str, usual: Usual | None = None
) -> tuple[list[Job], list[LeftOut]]:
    """Part the jobs that can be made from the reports that cannot, by the tables that hold rows for the quarter.

    Each job is told which reports the set cannot have, asked for or not.

    >>> jobs = plan("2017-18 Q1", directorates={}, only="scorecard")
    >>> possible(jobs, held=["delays"], quarter="2017-18 Q1")[1][0].why
    'No return for 2017-18 Q1 has been loaded'
    """
    asked, usual = {job.report for job in jobs}, usual or Usual()
    without = {name for name, report in REPORTS.items() if not set(report.needs) & set(held)}
    absent = tuple(name for name in REPORTS if name in without or (name not in asked and not usual.makes(name)))
    lacking = {job.report: REPORTS[job.report] for job in jobs if job.report in without}
    out = [LeftOut(name, one.title, one.reader, one.missing.format(quarter=quarter)) for name, one in lacking.items()]
    return [replace(job, absent=absent) for job in jobs if job.report not in lacking], out


def unwanted(usual: Usual) -> list[LeftOut]:
    """Name the reports that a council does not have made.

    >>> [one.report for one in unwanted(Usual(["delivery", "cabinet_report", "scorecard", "outlook"]))]
    ['leadership_report', 'delayed_transfers', 'data_quality']
    """
    why = "Not among the council's reports"
    off = {name: report for name, report in REPORTS.items() if not usual.makes(name)}
    return [LeftOut(name, one.title, one.reader, why, unwanted=True) for name, one in off.items()]


def with_area(job: Job, own: Callable[[], str]) -> Job:
    """Name the council's own area where a report is of one and none was named; else give the same job."""
    if job.parameters.get("area") != "":
        return job
    return replace(job, parameters={**job.parameters, "area": own()})


def check_own_option(name: str) -> None:
    """Refuse to take as a parameter what has an option of its own."""
    if name in _OWN_OPTIONS:
        raise ParameterError(f"--parameter {name}: give it as {_OWN_OPTIONS[name]} instead.")


def check_areas(job: Job, known: Callable[[], Iterable[str]]) -> None:
    """Refuse an authority that the data do not know; they are asked only where a job names one.

    Raises `ParameterError` with the nearest name, for each of several names.
    """
    for parameter in parameters.declared(job.report):
        if parameter.kind not in ("area", "areas"):
            continue
        value = str(job.parameters[parameter.name])
        names = [name.strip() for name in value.split(";")] if parameter.kind == "areas" else [value]
        for name in filter(None, names):
            parameters.require(f"{parameter.name.removesuffix('s')}", name, known())


def _jobs(name: str, common: Mapping[str, Value], directorates: Mapping[str, str]) -> list[Job]:
    report = REPORTS[name]
    title = f"{report.title}, whole council" if report.each_directorate else report.title
    whole = Job(name, name, title, report.reader, parameters.check(name, common))
    own = page_names.of_directorates(name, directorates) if report.each_directorate else {}
    return [whole, *_of_directorates(name, common, {code: directorates[code] for code in own})]


def _of_directorates(name: str, common: Mapping[str, Value], directorates: Mapping[str, str]) -> list[Job]:
    report = REPORTS[name]
    return [
        Job(
            name,
            page_names.of(name, code),
            f"{report.title}, {title}",
            report.reader,
            parameters.check(name, {**common, "directorate": code}),
        )
        for code, title in directorates.items()
    ]


def _asked(only: str | None, common: Mapping[str, Value], given: Mapping[str, Value], directorate: str | None) -> Job:
    """Give the job of one report with parameters of the user's own."""
    if only is None:
        raise ParameterError("--parameter needs --only, which names the report that it is for.")
    for name in given:
        check_own_option(name)
    more: dict[str, Value] = {"directorate": directorate} if directorate else {}
    read = parameters.check(only, {**common, **more, **given})
    said = [*more.values(), *(_said(name, read[name]) for name in given)]
    report = REPORTS[only]
    return Job(only, page_names.of(only, *said), f"{report.title}, {', '.join(map(str, said))}", report.reader, read)


def _said(name: str, value: Value) -> str:
    return value if isinstance(value, str) and value else f"{name} {value}"
