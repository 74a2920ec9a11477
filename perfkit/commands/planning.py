"""Which pages a run makes, with which parameters: by what is loaded, what council.toml says and what was asked."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from perfkit import store
from perfkit.commands import knowledge
from perfkit.model import councils, parameters
from perfkit.model.errors import ParameterError
from perfkit.model.parameters import Value
from perfkit.run import jobs
from perfkit.run.jobs import Job, Usual
from perfkit.run.manifest import LeftOut


def plan(quarter: str, given: argparse.Namespace, place: Path, *, raw: Path | None) -> tuple[list[Job], list[LeftOut]]:
    """Give the jobs and what is left out; refuse what the data do not know before anything is made.

    Raises `ParameterError` for a quarter, directorate, area or parameter that is unknown.
    """
    day = knowledge.day(quarter, place, given.as_of)
    own, asked = _asked(given.parameter)
    usual = usual_of(councils.read(raw) if raw else None, asked)
    jobs_of_set = jobs.plan(
        quarter,
        directorates=knowledge.directorates(quarter, place, day),
        only=given.only,
        directorate=given.directorate,
        as_of=given.as_of,
        given=own,
        usual=usual,
    )
    held = knowledge.held(jobs_of_set, quarter, place, day)
    made, left_out = jobs.possible(jobs_of_set, held=held, quarter=quarter, usual=usual)
    if not (given.only and made):
        knowledge.check_quarter(quarter, place, given.as_of)
    made, without = _with_areas(made, place, day)
    if not made:
        raise ParameterError(" ".join(f"{one.why}." for one in [*left_out, *without]))
    whole = not given.only and not given.directorate
    return made, [*left_out, *without, *(jobs.unwanted(usual) if whole else [])]


def usual_of(council: councils.Council | None, asked: Mapping[str, Mapping[str, Value]]) -> Usual:
    """Put together what council.toml says of the reports and what was asked on the command line, which goes before.

    >>> usual_of(councils.Council("Oxford City Council", "Oxford", contact="Us"), {}).parameters["cabinet_report"]
    {'contact': 'Us'}
    """
    for report, values in asked.items():
        parameters.check(report, dict(values))
    defaults = {name: council.defaults(name) if council else {} for name in jobs.REPORTS}
    return Usual(
        council.reports if council else (), {name: {**defaults[name], **asked.get(name, {})} for name in defaults}
    )


def _asked(texts: list[str]) -> tuple[dict[str, Value], dict[str, dict[str, Value]]]:
    """Read NAME=VALUE, of the one report asked for, and REPORT.NAME=VALUE, of a report of the set."""
    own: dict[str, Value] = {}
    of_set: dict[str, dict[str, Value]] = {}
    for name, value in _pairs(texts):
        report, dot, bare = name.partition(".")
        if dot:
            jobs.check_own_option(bare)
            of_set.setdefault(report, {})[bare] = value
        else:
            own[name] = value
    return own, of_set


def _pairs(texts: list[str]) -> Iterator[tuple[str, str]]:
    names = set()
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise ParameterError(f'--parameter "{text}": expected NAME=VALUE, such as area=Kent.')
        if name in names:
            raise ParameterError(f"--parameter {name} is given twice.")
        names.add(name)
        yield name, value


def _with_areas(made: list[Job], place: Path, day: str) -> tuple[list[Job], list[LeftOut]]:
    """Name the council's own area where a report needs one and none was asked; leave out what the data do not know.

    Raises `ParameterError` for an area that was asked for and is unknown.
    """
    found, out = [], []
    for job in made:
        whole = jobs.with_area(job, lambda: store.area(root=place, as_of=day))
        if whole is not job and (area := str(whole.parameters["area"])) not in knowledge.areas(place, day):
            why = f"The delays loaded name no authority {area}" if area else "No area is named in council.toml"
            out.append(LeftOut(job.report, job.title, job.reader, why))
            continue
        jobs.check_areas(whole, lambda: knowledge.areas(place, day))
        found.append(whole)
    gone = tuple(one.report for one in out)
    return [replace(job, absent=(*job.absent, *gone)) for job in found], out
