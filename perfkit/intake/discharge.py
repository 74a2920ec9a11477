"""Monthly workbooks of acute and community discharges (NHS England, since April 2022), to tidy `discharges`.

The statistics that came after delayed transfers of care; what they count differs, so they are a table of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter

from perfkit.intake import discharge_checks, discharge_layout, recipe_values
from perfkit.intake.discharge_layout import Column, Table
from perfkit.intake.dtoc_checks import month_in
from perfkit.intake.grid import Sheet, Workbook
from perfkit.intake.headings import words
from perfkit.intake.reading import Reading, hidden
from perfkit.model import periods, schemas
from perfkit.model.errors import InputError, Issue, ParseError, Severity, Where

NOT_AVAILABLE, SUPPRESSED = "not available", "suppressed"
NO_AVERAGE = "#div/0!"
"""What the publisher's average of no snapshots at all comes to; any other formula error is an issue."""
_TITLES = (
    (re.compile(r"criteria to reside and number|were / were not discharged|not discharged$"), "", "patients"),
    (re.compile(r"additional (bed )?days"), "additional_bed_days", "bed days"),
    (re.compile(r"discharge destination|pathway"), "discharged_to", "patients"),
    (re.compile(r"snapshot average|reasons? why"), "delayed_by_reason", "people a day"),
)
"""What a table measures, by its title; "" where each column says it."""
_COUNTS = (
    (re.compile(r"number of patients remaining in hospital.*"), "remaining"),
    (re.compile(r"number of patients who (do )?no(t| longer) meet.* criteria to reside"), "not_meeting_criteria"),
    (re.compile(r"number of patients discharged(?P<when>.*)"), "discharged"),
)
_STAY = re.compile(r"length of stay of (?P<days>\d+) days|(?P<plus>\d+)\+ days")
_MISSING = re.compile(r"missing organisations.*")


def recognises(workbook: Workbook) -> bool:
    """Say whether a workbook is a monthly release of acute or community discharges.

    >>> recognises(Workbook("x.xlsx", (Sheet("x.xlsx", "Sheet1", [["Name", "Age"]]),)))
    False
    """
    return _collection(workbook) is not None and any(discharge_layout.find(sheet) for sheet in workbook.sheets)


def _collection(workbook: Workbook) -> str | None:
    top = " ".join(
        v for s in workbook.sheets[:3] for row in s.rows[:12] for v in row[:12] if isinstance(v, str)
    ).lower()
    if "discharge situation" not in top and "criteria to reside" not in top:
        return None
    title = next((sheet.text(r, c + 1).lower() for sheet, r, c in _labels(workbook, "title")), top)
    return "community" if "community discharge" in title else "acute"


def _labels(workbook: Workbook, label: str) -> Iterator[tuple[Sheet, int, int]]:
    for sheet in workbook.sheets[:3]:
        for r, row in enumerate(sheet.rows[:15]):
            for c, value in enumerate(row[:4]):
                if isinstance(value, str) and words(value) == label:
                    yield sheet, r, c


def read(workbook: Workbook) -> Reading:
    """Read a workbook; with an issue that stops there is no table."""
    issues: list[Issue] = list(hidden(workbook))
    month = _month(workbook, issues)
    frames: list[pd.DataFrame] = []
    for sheet in workbook.sheets:
        if words(sheet.name) in ("cover sheet", "contents", "cover", "notes"):
            continue
        table = discharge_layout.find(sheet)
        frame = _missing(sheet, issues) if table is None else _figures(table, issues)
        if frame is None:
            issues.append(_unread(sheet))
        else:
            frames.append(frame)
            issues += discharge_checks.check(table, frame) if table else ()
    if not frames or month is None or any(issue.stops for issue in issues):
        return Reading({}, tuple(sorted(dict.fromkeys(issues))))
    whole = pd.concat(frames, ignore_index=True)
    issues += discharge_checks.within(whole, month)
    return _reading(_dated(whole, month).assign(collection=_collection(workbook), status=_status(workbook)), issues)


def _reading(frame: pd.DataFrame, issues: list[Issue]) -> Reading:
    tables = {}
    if not any(issue.stops for issue in issues):
        try:
            tables = {"discharges": schemas.conform(frame, schemas.DISCHARGES)}
        except InputError as error:
            issues += error.issues[:50]
    return Reading(tables, tuple(sorted(dict.fromkeys(issues))))


def _unread(sheet: Sheet) -> Issue:
    return Issue(Where(sheet.file, sheet.name), "a sheet without a row for England under known headings",
                 "a table of discharges", "It was not read; compare it with the tables of other months.",
                 Severity.WARNING)  # fmt: skip


def _month(workbook: Workbook, issues: list[Issue]) -> pd.Period | None:
    place = next(_labels(workbook, "period"), None)
    if place is None:
        issues.append(Issue(Where(workbook.file), 'no "Period:" on its first sheets', "the month it is for",
                            "Restore the cover sheet."))  # fmt: skip
        return None
    sheet, row, column = place
    value = sheet.at(row, column + 1)
    try:
        month = pd.Period(value, "M") if isinstance(value, dt.date) else periods.parse(str(value), expect="month")
    except ParseError:
        issues.append(sheet.issue(row, column + 1, found=f'"{sheet.text(row, column + 1)}"',
                                  expected="a month such as April 2022", action="Correct the period."))  # fmt: skip
        return None
    named = month_in(workbook.file)
    if named is not None and named != month:
        issues.append(sheet.issue(row, column + 1, found=f'"{periods.label(month)}"',
                                  expected=f"{periods.label(named)}, as the file's name says",
                                  action="Rename the file, or fetch the right month."))  # fmt: skip
    return month


def _status(workbook: Workbook) -> str:
    texts = [sheet.text(r, c + 1).lower() for sheet, r, c in _labels(workbook, "status")]
    if any("provisional" in text for text in texts):
        return "provisional"
    return "revised" if any("revised" in text for text in texts) else "final"


def _figures(table: Table, issues: list[Issue]) -> pd.DataFrame | None:
    """Read every figure of a table, one row each, or None where its title says nothing known."""
    kind = next(((m, unit) for form, m, unit in _TITLES if form.search(table.title.lower())), None)
    told = [(column, said) for column in table.columns if kind and (said := _said(column, *kind)) is not None]
    if not told or not table.organisations:
        return None
    sheet, organisations = table.sheet, table.organisations
    cells = [sheet.at(org.row, column.place) for org in organisations for column, _ in told]
    figures = recipe_values.read(cells, meanings={"-": NOT_AVAILABLE, NO_AVERAGE: NOT_AVAILABLE})
    width = len(told)
    for i, problem in figures.problems[:50]:
        issues.append(problem.at(sheet, organisations[i // width].row, told[i % width][0].place))
    columns = pd.DataFrame(
        [(c.day, c.weekly, measure, breakdown, title, unit, get_column_letter(c.place + 1))
         for c, (measure, breakdown, title, unit) in told],
        columns=["day", "weekly", "measure", "breakdown", "breakdown_title", "unit", "letter"],
    )  # fmt: skip
    rows = pd.DataFrame(
        [(org.kind, org.code, org.name, org.region, org.row + 1) for org in organisations],
        columns=["org_kind", "org_code", "org_name", "region", "row"],
    )
    frame = rows.merge(columns, how="cross").assign(value=figures.values, marker=figures.markers, means=figures.means)
    cell = frame["letter"] + frame["row"].astype("str")
    frame = frame.assign(day=pd.to_datetime(frame["day"]), file=sheet.file, sheet=sheet.name, cell=cell)
    return _reasons(frame).drop(columns=["letter", "row", "means"])


def _said(column: Column, measure: str, unit: str) -> tuple[str, str, str, str] | None:
    """Say what a column gives: measure, breakdown, its title and unit; None where it gives nothing known."""
    heading = words(column.heading)
    if measure == "":
        for form, name in _COUNTS:
            if match := form.fullmatch(heading):
                when = (match.groupdict().get("when") or "").strip()
                return name, when or "all", when or "all", unit
        return None
    if measure == "additional_bed_days":
        stay = re.search(r"(\d+)\+ days", column.heading)
        return (measure, f"{stay[1]} days or more", column.heading, unit) if stay else None
    return measure, heading, column.heading, unit


def _reasons(frame: pd.DataFrame) -> pd.DataFrame:
    """Say what a dash means: nothing was sent, or, beside other figures in a table of the month, it is withheld."""
    dash = frame["marker"] == "-"
    monthly = frame["day"].isna() & frame["org_kind"].isin(["board", "trust"])
    gave = frame["value"].notna().groupby([frame["org_kind"], frame["org_code"]]).transform("any")
    return frame.assign(marker_means=frame["means"].mask(dash & monthly & gave, SUPPRESSED))


def _missing(sheet: Sheet, issues: list[Issue]) -> pd.DataFrame | None:
    """Read the table of organisations that sent nothing, by day."""
    for r, row in enumerate(sheet.rows[: discharge_layout.DEPTH]):
        texts = {c: words(v) for c, v in enumerate(row[:8]) if isinstance(v, str)}
        dates = [c for c, text in texts.items() if text == "date"]
        figures = [c for c, text in texts.items() if _MISSING.fullmatch(text)]
        if dates and figures:
            return _days(sheet, r, (dates[0], figures[0]), issues)
    return None


def _days(sheet: Sheet, heading: int, columns: tuple[int, int], issues: list[Issue]) -> pd.DataFrame:
    dates, figures = columns
    rows = [r for r in range(heading + 1, len(sheet.rows)) if isinstance(sheet.at(r, dates), dt.date)]
    cells = [sheet.at(r, figures) for r in rows]
    meanings = {"-": NOT_AVAILABLE, **{text.lower(): NOT_AVAILABLE for text in _said_instead(cells)}}
    values = recipe_values.read(cells, meanings=meanings)
    issues += [problem.at(sheet, rows[i], figures) for i, problem in values.problems]
    days: Sequence[object] = [sheet.at(r, dates) for r in rows]
    return pd.DataFrame(
        {
            "org_kind": "country",
            "org_code": "England",
            "org_name": "England",
            "region": None,
            "day": pd.to_datetime(pd.Series(days, dtype="object")),
            "weekly": False,
            "measure": "organisations_without_data",
            "breakdown": "all",
            "breakdown_title": sheet.text(heading, figures),
            "unit": "organisations",
            "value": values.values,
            "marker": values.markers,
            "marker_means": values.means,
            "file": sheet.file,
            "sheet": sheet.name,
            "cell": [f"{get_column_letter(figures + 1)}{r + 1}" for r in rows],
        }
    )


def _said_instead(cells: Sequence[object]) -> Iterator[str]:
    """Walk the texts that say that nothing was sent that day."""
    tidy = (" ".join(value.split()) for value in cells if isinstance(value, str))
    yield from (text for text in tidy if text.lower().startswith("no data"))


def _dated(frame: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    day = frame["day"]
    iso = day.dt.strftime("%Y-%m-%d")
    label = np.where(day.isna(), periods.label(month), np.where(frame["weekly"], "week of " + iso, iso))
    kind = np.where(day.isna(), "month", np.where(frame["weekly"], "week", "day"))
    return frame.assign(period=label, period_kind=kind, starts=day.fillna(month.start_time), month=month)
