"""The framework: priorities, outcomes, indicators and targets of one financial year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from perfkit.intake import cells, framework_checks, headings, papers, reading, titles
from perfkit.intake.framework_checks import Places
from perfkit.intake.headings import words
from perfkit.intake.reading import Reading
from perfkit.intake.returns import dashboards
from perfkit.intake.rows import Columns, Row, walk
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model import periods, schemas, targets
from perfkit.model.councils import WHOLE
from perfkit.model.errors import Issue, ParseError, Where

_CAN_PASS_100 = tuple(
    f"{may} {go} 100{sign}{asked}"
    for may in ("can", "may")
    for go in ("pass", "exceed", "be above", "be over")
    for sign in ("", "%", " %")
    for asked in ("", " y n")
)
INDICATORS = Columns(
    {
        "indicator": ("id", "indicator id", "stable id"),
        "ref": (*dashboards.REF, "published number"),
        "title": dashboards.TITLE,
        "title?": dashboards.TITLE_ELSE,
        "directorate": ("directorate", "directorate code"),
        "priority": ("priority", "corporate priority"),
        "outcome": ("outcome id", "outcome ref", "outcome code"),
        "unit": ("unit", "units", "unit of measure", "unit of measurement", "measured in"),
        "polarity": ("polarity", "good is", "what is good", "desired direction", "good performance is"),
        "cumulative": ("cumulative", "cumulative target y n", "cumulative y n"),
        "frequency": ("frequency",),
        "series_type": ("series type",),
        "arrears": ("arrears", "arrears quarters", "quarters in arrears"),
        "decimals": ("decimals", "decimal places"),
        "rule": ("rule", "rating rule"),
        "tolerance": ("tolerance",),
        "set_by": ("set by",),
        "set_on": ("set on",),
        "data_owner": ("data owner", "owner"),
        "definition": ("definition",),
        "can_pass_100": _CAN_PASS_100,
    },
    ("indicator", "ref", "title", "priority", "outcome", "unit", "polarity"),
    "indicator",
    "title",
)
TARGETS = Columns(
    {
        "indicator": ("id", "indicator id", "stable id"),
        "role": ("role",),
        "period": ("period", "for"),
        "text": ("target", "target as written"),
        "basis": ("basis",),
        "profile": ("profile",),
        "baseline": ("baseline",),
        "baseline_period": ("baseline period",),
        "due": ("due",),
        "year_total": ("year total",),
        "set_by": ("set by",),
        "set_on": ("set on",),
        "reason": ("reason", "why changed", "reason for change"),
    },
    ("indicator", "role", "period", "text"),
    "indicator",
    "text",
)
OUTCOMES = Columns(
    {"outcome": ("outcome id", "id"), "title": ("outcome", "title"), "priority": ("priority",),
     "directorate": ("directorate", "lead directorate")},
    ("outcome", "title", "priority"),
    "outcome",
    "title",
)  # fmt: skip
PRIORITIES = Columns({"order": ("order",), "priority": ("priority",)}, ("order", "priority"), "priority", "order")
DIRECTORATES = Columns(
    {"order": ("order",), "directorate": ("code",), "name": ("directorate", "name")},
    ("order", "directorate", "name"),
    "directorate",
    "name",
)
LEADERSHIP = Columns(
    {"number": ("number", "no"), "title": ("priority", "leadership priority"), "kind": ("kind",)},
    ("number", "title", "kind"),
    "title",
    "number",
)
PUBLISHED = Columns(
    {"period": ("period",), "statement": ("statement",), "count": ("count",)},
    ("period", "statement", "count"),
    "statement",
    "count",
)
_COLUMNS = {
    "priorities": PRIORITIES,
    "outcomes": OUTCOMES,
    "indicators": INDICATORS,
    "directorates": DIRECTORATES,
    "leadership_priorities": LEADERSHIP,
    "published": PUBLISHED,
    "targets": TARGETS,
}
_FLAGS = {None: None, "y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
_OPTIONAL = {
    "directorates": "directorates",
    "leadership_priorities": "leadership priorities",
    "published": "published counts",
}
"""What a council may do without, with the name of its sheet: a sheet called so must still be whole."""


def recognises(workbook: Workbook) -> bool:
    """Say whether the workbook holds a table of indicators with their ids and polarity."""
    wanted = ("indicator", "title", "polarity")
    return any(headings.find(sheet, INDICATORS.aliases, needed=wanted) for sheet in workbook.sheets)


def read(workbook: Workbook) -> Reading:
    """Read the framework: indicators, outcomes, priorities, directorates, leadership_priorities, targets, published.

    The financial year is the one that the workbook's titles name. Targets are read by `targets.parse`; what cannot be
    understood is an issue at its cell. A council without directorates leaves out their sheet and their cells, and is
    then `WHOLE` to itself; leadership priorities and published counts may be left out too. Papers, such as the mapping
    or a register of risks, may stand on sheets of the same workbook.
    """
    named = titles.year(workbook)
    if named is None:
        action = "Write the year in a title, as Financial year: 2017-18."
        return Reading({}, (Issue(Where(workbook.file), "no financial year", "a title that names it", action),))
    year = periods.label(named[0])
    issues = reading.hidden(workbook)
    places = {name: next(columns.places(workbook), None) for name, columns in _COLUMNS.items()}
    issues += _absent(workbook, places)
    walks = {name: walk(*place, _COLUMNS[name], issues) if place else () for name, place in places.items()}
    rows = {name: _rows(walks[name], name, year) for name in _TAKE}
    rows["targets"] = _targets(walks["targets"], rows["indicators"])
    if not rows["directorates"]:
        rows = _of_one(rows, year)
    own = reading.of(rows, issues + framework_checks.check(rows, places))
    return papers.beside(workbook, own, taken=[place[0].name for place in places.values() if place])


def _absent(workbook: Workbook, places: Places) -> Iterator[Issue]:
    """Tell of each table without a place, but for those that are left out on purpose: no sheet bears their name."""
    names = {words(sheet.name) for sheet in workbook.sheets}
    for name in (name for name, place in places.items() if place is None):
        if name not in _OPTIONAL or _OPTIONAL[name] in names:
            columns = _COLUMNS[name]
            wanted = ", ".join(columns.aliases[field][0] for field in columns.needed)
            yield Issue(Where(workbook.file), f"no sheet with the headings {wanted}", "every table of a framework",
                        "Put the sheet back, with its headings in one row.")  # fmt: skip


def _of_one(rows: dict[str, reading.Rows], year: str) -> dict[str, reading.Rows]:
    """Give a council without directorates one for the whole of it; rows that name another stay as they are."""
    users = [row for table in ("indicators", "outcomes") for row in rows[table]]
    if not users or any(row["directorate"] is not None for row in users):
        return rows
    place = {key: users[0][key] for key in ("file", "sheet", "cell")}
    own = {"directorate": WHOLE, "name": WHOLE, "order": 1, "financial_year": year, **place}
    filled = {table: [{**row, "directorate": WHOLE} for row in rows[table]] for table in ("indicators", "outcomes")}
    return {**rows, **filled, "directorates": [own]}


def _rows(some: Iterable[Row], name: str, year: str) -> reading.Rows:
    table, key, take = schemas.TABLES[name], _COLUMNS[name].key, _TAKE[name]
    return [
        {**framework_checks.in_words(row, take(row), table), "financial_year": year, **row.place(key)}
        for row in some if _is_filled(row, key)
    ]  # fmt: skip


def _is_filled(row: Row, key: str) -> bool:
    """Tell a row that holds more than its key; one that does not is told once."""
    if any(row.text_of(name) for name in row.headings.columns if name != key):
        return True
    row.wrong(key, f"{cells.shown(row.value(key))} and nothing beside it", "a row that is filled",
              "Fill the row; if it only heads the rows below it, take it out.")  # fmt: skip
    return False


def _indicator(row: Row) -> dict[str, Any]:
    cumulative = row.code("cumulative") in ("y", "yes")
    return {
        "indicator": row.text("indicator"),
        "ref": row.text("ref"),
        "title": row.text("title"),
        "directorate": row.text("directorate"),
        "priority": row.text("priority"),
        "outcome": row.text("outcome"),
        "unit": framework_checks.unit(row.text("unit")),
        "polarity": framework_checks.polarity(row.code("polarity")),
        "frequency": row.code("frequency") or "quarter",
        "series_type": row.code("series_type") or ("ytd" if cumulative else "point"),
        "arrears": row.whole("arrears") or 0,
        "decimals": row.whole("decimals") or 0,
        "rule": row.code("rule"),
        "tolerance": row.number_of("tolerance"),
        "tolerance_set_by": row.text("set_by"),
        "tolerance_set_on": row.day("set_on"),
        "data_owner": row.text("data_owner"),
        "definition": row.text("definition"),
        "can_pass_100": _flag(row, "can_pass_100"),
    }


def _flag(row: Row, name: str) -> bool | None:
    word = row.code(name)
    if word not in _FLAGS:
        row.wrong(name, cells.shown(word), "Y, N or nothing", "Type Y or N.")
    return _FLAGS.get(word)


def _outcome(row: Row) -> dict[str, Any]:
    return {name: row.text(name) for name in ("outcome", "title", "priority", "directorate")}


def _priority(row: Row) -> dict[str, Any]:
    return {"priority": row.text("priority"), "order": row.whole("order")}


def _directorate(row: Row) -> dict[str, Any]:
    return {"directorate": row.text("directorate"), "name": row.text("name"), "order": row.whole("order")}


def _leadership(row: Row) -> dict[str, Any]:
    return {"number": row.whole("number"), "title": row.text("title"), "kind": row.code("kind")}


def _published(row: Row) -> dict[str, Any]:
    return {"period": _period(row, "period"), "statement": row.text("statement"), "count": row.number_of("count")}


_TAKE: dict[str, Callable[[Row], dict[str, Any]]] = {
    "priorities": _priority,
    "outcomes": _outcome,
    "indicators": _indicator,
    "directorates": _directorate,
    "leadership_priorities": _leadership,
    "published": _published,
}


def _period(row: Row, name: str) -> str | None:
    text = row.text(name)
    if text is None:
        return None
    try:
        return periods.label(periods.parse(text))
    except ParseError as error:
        row.wrong(name, cells.shown(text), "a period such as 2017-18, 2017-18 Q1 or March 2018", str(error))
        return None


def _targets(some: Iterable[Row], indicators: reading.Rows) -> reading.Rows:
    known = {row["indicator"]: row for row in indicators}
    rows: reading.Rows = []
    for row in some:
        indicator = known.get(row.text("indicator"))
        if indicator is None:
            row.wrong("indicator", cells.shown(row.value("indicator")), "the id of an indicator of this framework",
                      "Correct the id, or add the indicator to the Indicators sheet.")  # fmt: skip
            continue
        rows += _target(row, indicator)
    return rows


def _target(row: Row, indicator: dict[str, Any]) -> reading.Rows:
    text = cells.as_written(row.value("text"), row.format("text"))
    try:
        target = _meant(text, str(indicator["polarity"]), str(indicator["unit"]))
    except ParseError as error:
        found = cells.shown(row.value("text") if isinstance(row.value("text"), date) else text)
        row.wrong("text", found, "a target such as 67%, >28%, 93-95% or TBC", str(error))
        return []
    own = framework_checks.in_words(row, _own(row), schemas.TARGETS)
    _check_share(row, text, target.low if indicator["unit"] == "percent" else None)
    _check_year_total(row, own["basis"], target.low)
    return [
        {**part, **{k: v for k, v in own.items() if v is not None}, **row.place("text")}
        for part in targets.rows(target)
    ]


@lru_cache(maxsize=4_096)
def _meant(text: str, polarity: str, unit: str) -> targets.Target:
    # The same few targets come year after year.
    return targets.parse(text, polarity=polarity, unit=unit)


def _own(row: Row) -> dict[str, Any]:
    return {
        "indicator": row.text("indicator"),
        "period": _period(row, "period"),
        "role": row.code("role"),
        "basis": row.code("basis"),
        "profile": row.code("profile"),
        "baseline": row.number_of("baseline"),
        "baseline_period": _period(row, "baseline_period"),
        "due": _period(row, "due"),
        "set_by": row.text("set_by"),
        "set_on": row.day("set_on"),
        "reason": row.text("reason"),
    }


def _check_share(row: Row, text: str, share: float | None) -> None:
    """Tell of a percentage such as 0.67 in a cell that does not show it as one: is it 67% or 0.67%?"""
    if share is not None and 0 < abs(share) <= 1 and "%" not in text:
        row.wrong("text", f"{share:g} in a cell that is not shown as a percentage", "a percentage such as 67%",
                  f"Type {share:g} as {round(share * 100, 6):g}%, or, if it is at most 1%, as text with the sign: "
                  f"{share:g}%.")  # fmt: skip


def _check_year_total(row: Row, basis: str | None, quarterly: float | None) -> None:
    total = row.number_of("year_total")
    if basis == "quarter" and total is not None and quarterly is not None and total != 4 * quarterly:
        row.wrong("year_total", cells.shown(total), f"{4 * quarterly:,.0f}, four times the quarter's {quarterly:,.0f}",
                  "Correct the quarter's target or the year's.")  # fmt: skip
