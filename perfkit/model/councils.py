"""Which council a folder of raw data belongs to, and what its reports are, as the file council.toml in it tells."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from perfkit.model.errors import InputError, Issue, ParameterError, ParseError, Where, one_of

FILE = "council.toml"
"""Its name; a sub-folder that holds one belongs to another council and is passed over."""
WHOLE = "Whole council"
"""Code and name of the one directorate of a council that has none."""
_TEXTS = {"name": "Oxford City Council", "area": "Oxford", "contact": "performance@example.gov.uk"}
_NEEDED = ("name", "area")
_KEYS = (*_TEXTS, "reports", "parameters")
_OF_A_RUN = ("quarter", "directorate", "as_of")
"""Parameters that every run is given anew."""


@dataclass(frozen=True)
class Council:
    """A council: its name as pages show it, the area that its figures are about, and how its reports are made.

    ``reports`` are those to make, all for which there are data where it is empty; ``parameters`` are defaults by
    report.

    >>> Council("Oxford City Council", "Oxford", contact="Performance team").defaults("cabinet_report")
    {'contact': 'Performance team'}
    """

    name: str
    area: str
    contact: str = ""
    reports: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def defaults(self, report: str) -> dict[str, Any]:
        """Give the council's defaults for the parameters of a report."""
        known = {parameter.name for parameter in _parameters().declared(report)}
        common = {"contact": self.contact} if self.contact and "contact" in known else {}
        return common | dict(self.parameters.get(report, {}))


def read(folder: Path) -> Council | None:
    """Read council.toml of a folder; None where there is none.

    Raises `InputError` with every fault at once: a key that is missing, unknown or not a text, a report or parameter
    that there is none of, a value that it cannot take, or a file that is not TOML.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        action = "Put every text in quotes, one key a line."
        raise InputError([Issue(Where(FILE), f"a line that cannot be read ({error})", _example(), action)]) from None
    if issues := _faults(said):
        raise InputError(issues)
    return Council(**said | {"reports": tuple(said.get("reports", ())), "parameters": _clean(said)})


def outside(path: Path, given: Path) -> bool:
    """Say whether a file below a folder belongs to another council: a folder between the two has a council.toml.

    >>> outside(Path("raw/2017-18/framework.xlsx"), Path("raw"))
    False
    """
    between = path.relative_to(given).parts[:-1]
    return any(given.joinpath(*between[: n + 1], FILE).is_file() for n in range(len(between)))


def others(folder: Path) -> list[str]:
    """Name the folders in a folder of raw data that belong to other councils."""
    return sorted(path.parent.name for path in folder.glob(f"*/{FILE}"))


def _faults(said: Mapping[str, Any]) -> list[Issue]:
    strange = [_issue(f'the key "{key}"', one_of(_KEYS), _suggest(key, _KEYS)) for key in said if key not in _KEYS]
    texts = [issue for key in _TEXTS for issue in _text_faults(said, key)]
    return [*strange, *texts, *_report_faults(said.get("reports", [])), *_table_faults(said.get("parameters", {}))]


def _text_faults(said: Mapping[str, Any], key: str) -> list[Issue]:
    line = f'{key} = "{_TEXTS[key]}"'
    if key not in said:
        return [_issue(f"no {key}", f"a line such as {line}", "Add it.")] if key in _NEEDED else []
    if isinstance(said[key], str) and said[key].strip():
        return []
    return [_issue(f"{key} = {said[key]!r}", f"a text, such as {line}", "Write it so.")]


def _report_faults(named: object) -> list[Issue]:
    if not isinstance(named, list):
        return [_issue(f"reports = {named!r}", 'a list, such as reports = ["scorecard", "delivery"]', "Write it so.")]
    reports = _parameters().REPORTS
    return [
        _issue(f"the report {name!r} in reports", one_of(reports), _suggest(str(name), reports))
        for name in named
        if name not in reports
    ]


def _table_faults(tables: object) -> list[Issue]:
    if not isinstance(tables, dict):
        return [_issue(f"parameters = {tables!r}", "a table such as [parameters.cabinet_report]", "Write it so.")]
    issues, reports = [], _parameters().REPORTS
    for report, table in tables.items():
        if report not in reports:
            issues.append(_issue(f"[parameters.{report}]", one_of(reports), _suggest(report, reports)))
        elif not isinstance(table, dict):
            action = "Write its parameters below that line."
            issues.append(_issue(f"parameters.{report} = {table!r}", f"a table [parameters.{report}]", action))
        else:
            issues += [issue for name, value in table.items() for issue in _value_faults(report, name, value)]
    return issues


def _value_faults(report: str, name: str, value: object) -> list[Issue]:
    known = {each.name: each for each in _parameters().declared(report) if each.name not in _OF_A_RUN}
    where = f"{name} in [parameters.{report}]"
    if name in _OF_A_RUN:
        return [_issue(where, "what stands for every quarter", "Take the line out: it is given with each run.")]
    if name not in known:
        return [_issue(where, one_of(known), _suggest(name, known))]
    try:
        known[name].read(value)
    except (ParseError, ParameterError) as error:
        return [_issue(f"{name} = {value!r} in [parameters.{report}]", known[name].meaning, _sentence(error))]
    return []


def _clean(said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        report: {p.name: p.read(table[p.name]) for p in _parameters().declared(report) if p.name in table}
        for report, table in said.get("parameters", {}).items()
    }


def _parameters() -> ModuleType:
    # Imported when asked for: it imports pandas, which a run in which nothing has changed does without.
    from perfkit.model import parameters

    return parameters


def _issue(found: str, expected: str, action: str) -> Issue:
    return Issue(Where(FILE), found, expected, action)


def _sentence(error: Exception) -> str:
    return f"{str(error)[:1].upper()}{str(error)[1:]}"


def _suggest(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key.lower(), list(known), n=1)
    return f'Did you mean "{near[0]}"? Correct it or take the line out.' if near else "Take the line out."


def _example() -> str:
    return " and ".join(f'{key} = "{_TEXTS[key]}"' for key in _NEEDED)
