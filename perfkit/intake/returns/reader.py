"""The return of one directorate for one quarter: the dashboard that it fills in and its red exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perfkit.intake import cells, headings, reading, records, signs, unread
from perfkit.intake.headings import Headings, words
from perfkit.intake.reading import Reading
from perfkit.intake.records import Record
from perfkit.intake.returns import dashboards, frame, last_quarter, lines, quarter_blocks, tables, year_to_date
from perfkit.intake.returns.frame import Facts, Framework, Ground
from perfkit.intake.rows import Row, walk
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import lists
from perfkit.model.errors import Issue, Severity, Where

_LONGEST_REF = 8
_ONCE = ("subject", "period", "file")
_NOTES = ("notes", "note", "guidance", "instructions", "how to fill in", "lists", "read me", "readme")

_EXCEPTION_HEADINGS = {"outcome_rag": "Outcome RAG", "cause": "Cause", "action": "Action"}


def recognises(workbook: Workbook) -> bool:
    """Say whether a sheet has the headings of a dashboard: a number, an indicator, and a RAG or an outlook."""
    names = dashboards.aliases()
    wanted = (("ref", "title", "rag"), ("ref", "title", "outlook"))
    sheets = _without_notes(workbook).sheets
    return any(headings.find(sheet, names, needed=some, year="*") for sheet in sheets for some in wanted)


def nearly(workbook: Workbook) -> Issue | None:
    """Tell what a sheet lacks that has most headings of a dashboard, yet not those by which one is known."""
    return next((issue for sheet in workbook.sheets if (issue := tables.lacking(sheet, dashboards.aliases()))), None)


def read(workbook: Workbook, *, framework: Framework) -> Reading:
    """Read a return into observations, assessments and commentary (cause and action of red exceptions).

    Every number, title and target is held against the framework; what does not fit is an issue at its cell. A figure
    that is absent makes no row; a rating without a figure stands. What the return repeats of earlier quarters of the
    year is given as ``earlier``, for `restatements` to settle; figures of quarters to come stop it.
    """
    workbook = _without_notes(workbook)
    ground, issues = frame.of_directorate(workbook, framework)
    if ground is None:
        return Reading({}, (*issues, *quarter_blocks.which(workbook, dashboards.of_any_quarter())))
    places = _dashboards(workbook, ground)
    if not places:
        return Reading({}, (*issues, _none_of_the_quarter(workbook, ground)))
    rows, earlier, shown = _read_dashboards(places, ground, issues)
    exceptions = _exception_tables(workbook)
    if rows["assessments"] or not any(issue.stops for issue in issues):
        _read_exceptions(exceptions, ground, rows, issues)
    issues += _unread(workbook, [sheet.name for sheet, _ in (*places, *exceptions)])
    read = reading.of(rows, issues)
    if read.stops:
        return replace(read, partly=reading.of(rows).drafts)
    return replace(read, earlier=reading.of(earlier).drafts, shown=shown)


def _none_of_the_quarter(workbook: Workbook, ground: Ground) -> Issue:
    """Tell of a table of another quarter than the title names, or that there is none."""
    own = ground.quarter.quarter
    for sheet, found in dashboards.of_any_quarter().places(workbook):
        return sheet.issue(found.row, found.columns["rag"],
                           found=f'the heading "{sheet.text(found.row, found.columns["rag"])}"',
                           expected=f"headings of Q{own}, since the workbook is titled {ground.period}",
                           action="Correct the quarter in the title, or in the headings.")  # fmt: skip
    return headings.missing(workbook.sheets[0], ("No.", "Indicator", f"Q{own} RAG"))


def _unread(workbook: Workbook, taken: Sequence[str]) -> list[Issue]:
    """Tell of sheets with a table that nothing reads; one with most headings of a dashboard keeps the return out."""
    lost = {sheet.name: lacking for sheet in workbook.sheets if sheet.name not in taken
            and (lacking := tables.lacking(sheet, dashboards.aliases()))}  # fmt: skip
    return [*lost.values(), *unread.tell(workbook, [*taken, *lost])]


def _without_notes(workbook: Workbook) -> Workbook:
    """Leave out sheets of notes and of words to choose from, whatever titles they hold."""
    return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if words(sheet.name) not in _NOTES))


def _dashboards(workbook: Workbook, ground: Ground) -> list[tuple[Sheet, Headings]]:
    columns = dashboards.dashboard(ground.quarter.quarter, year=ground.year)
    return list(columns.places(workbook))


def _read_dashboards(
    places: list[tuple[Sheet, Headings]], ground: Ground, issues: list[Issue]
) -> tuple[dict[str, reading.Rows], dict[str, reading.Rows], list[Record]]:
    rows: dict[str, reading.Rows] = {"observations": [], "assessments": [], "commentary": []}
    earlier: dict[str, reading.Rows] = {"observations": [], "assessments": []}
    seen: dict[str, str] = {}
    astray: list[Issue] = []
    unrated: list[tuple[Row, Facts]] = []
    shown: list[Record] = []
    for sheet, found in places:
        if wrong := tables.amiss(sheet, found, ground, seen):
            astray.append(wrong)
            continue
        issues += _absent_columns(sheet, found, ground)
        issues += tables.under(sheet, found) + tables.above(sheet, found, ground)
        issues += tables.unread(sheet, found, ground, dashboards.aliases())
        blocks: dict[int, quarter_blocks.Blocks] = {}
        before = last_quarter.column(sheet, found, ground)
        for row in walk(sheet, found, dashboards.dashboard(ground.quarter.quarter, year=ground.year), issues):
            if facts := _read_row(row, ground, seen, rows):
                unrated += [] if row.text_of("rag") else [(row, facts)]
                if row.headings.row not in blocks:
                    blocks[row.headings.row] = quarter_blocks.find(sheet, row.headings, ground.year)
                quarter_blocks.read(row, facts, ground, blocks[row.headings.row], earlier)
                shown += last_quarter.read(row, facts, ground, before) if before is not None else ()
    issues += _unrated(unrated, rows, ground)
    absent = {ref: facts for ref, facts in ground.due().items() if ref not in seen} if seen or not astray else {}
    issues += astray + [_without_row(places[0][0], facts) for facts in absent.values()]
    return rows, earlier, shown


def _read_row(row: Row, ground: Ground, seen: dict[str, str], rows: dict[str, reading.Rows]) -> Facts | None:
    facts = None if _is_note(row) else lines.indicator(row, ground, seen)
    if facts is None:
        return None
    lines.check_merged(row)
    lines.check_target(row, facts, ground)
    lines.check_cumulative(row, facts)
    row = year_to_date.of(row, facts, ground)
    if row.column("actual") is not None:
        rows["observations"] += lines.observations(row, facts, ground)
    rows["assessments"].append(lines.assessment(row, facts, ground))
    return facts


def _absent_columns(sheet: Sheet, found: Headings, ground: Ground) -> list[Issue]:
    figure = {} if "ytd" in found.columns else {"actual": f"Q{ground.quarter.quarter} Actual"}
    spared = {"outlook": "Outlook", "target": "Target", "status": "Status"}
    return headings.absent(sheet, found, figure, spared=spared) + year_to_date.alone(sheet, found, ground)


def _is_note(row: Row) -> bool:
    """Tell a line of notes, or a title within the table: words where the number should be, and no title of its own."""
    origin = row.origin("title")
    if origin is not None and origin in (row.origin("ref"), _place(row, "ref")):
        return True
    if row.text("title") is not None:
        return False
    text = row.text_of("ref")
    alone = all(row.text_of(name) == "" for name in row.headings.columns if name != "ref")
    words_alone = alone and len(text) > _LONGEST_REF and any(sign.isalpha() for sign in text)
    return words_alone or not any(sign.isdigit() for sign in text[:4])


def _place(row: Row, name: str) -> tuple[int, int]:
    return row.number, row.headings.columns[name]


def _unrated(unrated: list[tuple[Row, Facts]], rows: dict[str, reading.Rows], ground: Ground) -> list[Issue]:
    """Tell once of cells of ratings left empty beside figures with targets: they may be told by colours alone."""
    action = "Type G, A or R in each cell; a colour alone is not read."
    if unrated and len(unrated) == len(rows["assessments"]):
        row, found, expected = unrated[0][0], "no rating in any row", "a letter beside each indicator"
        where = row.sheet.where(row.headings.row, row.headings.columns["rag"])
        return [Issue(where, found, expected, action, Severity.WARNING)]
    valued = {figure["indicator"] for figure in rows["observations"] if records.has_value(figure)}
    blank = [(row, facts) for row, facts in unrated if facts["indicator"] in valued and lines.has_target(facts, ground)]
    if not blank:
        return []
    refs = [str(facts["ref"]) for _, facts in blank]
    found = f"no rating of indicator{'s' if len(refs) > 1 else ''} {lists.join(refs)}, beside a figure and a target"
    expected = "a letter, or Not rated"
    action = "Type it; a colour alone is not read, and where nothing stands the rating that is calculated holds."
    row = blank[0][0]
    where = row.sheet.where(row.number, row.headings.columns["rag"])
    return [Issue(where, found, expected, action, Severity.WARNING)]


def _without_row(sheet: Sheet, facts: Facts) -> Issue:
    found = f"no row for indicator {facts['ref']} ({facts['title']})"
    action = "Add the row, with [x] if there is no figure."
    return Issue(Where(sheet.file, sheet.name), found, "every indicator of the directorate", action, Severity.WARNING)


def _read_exceptions(
    places: list[tuple[Sheet, Headings]], ground: Ground, rows: dict[str, reading.Rows], issues: list[Issue]
) -> None:
    red = {row["subject"]: row for row in rows["assessments"] if row["rag"] == "red"}
    explained: set[str] = set()
    for sheet, found in places:
        issues += headings.absent(sheet, found, _EXCEPTION_HEADINGS)
        for row in walk(sheet, found, dashboards.EXCEPTIONS, issues):
            explained |= _exception(row, ground, red, rows)
    issues += [_unexplained(row) for subject, row in red.items() if subject not in explained]


def _exception_tables(workbook: Workbook) -> list[tuple[Sheet, Headings]]:
    """Find the tables of exceptions: number and indicator with an action or an outcome's rating."""
    places = dashboards.EXCEPTIONS.places(workbook)
    return [(sheet, found) for sheet, found in places if {"outcome_rag", "action"} & set(found.columns)]


def _exception(row: Row, ground: Ground, red: dict[str, Any], rows: dict[str, reading.Rows]) -> set[str]:
    if _is_note(row):
        return set()
    facts = lines.indicator(row, ground, {}, titled=False)
    if facts is None:
        return set()
    subject = str(facts["indicator"])
    if subject not in red:
        row.wrong("ref", f"indicator {facts['ref']}, which is not rated red", "the indicators rated red",
                  "Take the row out, or correct the rating in the dashboard.", severity=Severity.WARNING)  # fmt: skip
    texts = {kind: row.text(kind) for kind in ("cause", "action")}
    common = {"period": ground.period, "subject_kind": "indicator", "subject": subject, "number": 1,
              "indicators": subject, "status": "final"}  # fmt: skip
    rows["commentary"] += [{**common, "kind": k, "text": text, **row.place(k)} for k, text in texts.items() if text]
    if subject in red:
        red[subject]["action"] = texts["action"]
    _rate_outcome(row, ground, str(facts["outcome"]), rows["assessments"])
    return {subject} if texts["cause"] else set()


def _rate_outcome(row: Row, ground: Ground, outcome: str, assessments: reading.Rows) -> None:
    title, expected = row.text("outcome"), ground.outcome_titles.get(outcome)
    if title is not None and expected is not None and words(title) != words(expected):
        row.wrong("outcome", cells.shown(title), cells.shown(expected), "Correct the outcome of this indicator.")
    rating = signs.rating(row.value("outcome_rag"))
    row.report("outcome_rag", rating.problem)
    if rating.value is None or _already(assessments, outcome, rating.value):
        return
    assessments.append({
        "subject_kind": "outcome", "subject": outcome, "period": ground.period, "rag": rating.value,
        "assessed_by": ground.assessed_by, "assessed_on": ground.assessed_on, "council": ground.area,
        **row.place("outcome_rag"),
    })  # fmt: skip


def _already(assessments: reading.Rows, outcome: str, rating: str) -> bool:
    return any(a["subject"] == outcome and a["rag"] == rating for a in assessments if a["subject_kind"] == "outcome")


def _unexplained(assessment: dict[str, Any]) -> Issue:
    where = Where(assessment["file"], assessment["sheet"], assessment["cell"])
    action = "Fill in cause and action on the sheet Exceptions."
    return Issue(
        where, "a red rating without a cause", "cause and action for every red indicator", action, Severity.WARNING
    )


def sent_twice(readings: Sequence[Reading]) -> list[Issue]:
    """Tell of indicators that two files of one delivery assess for the same quarter: one return was sent twice.

    >>> sent_twice([])
    []
    """
    first: dict[tuple[str, str], str] = {}
    issues: dict[tuple[str, str], Issue] = {}
    for one in readings:
        for subject, period, own in records.distinct(one.drafts.get("assessments"), _ONCE):
            file = first.setdefault((subject, period), own)
            if file != own and (file, own) not in issues:
                issues[file, own] = _second(own, file, period)
    return list(issues.values())


def _second(file: str, first: str, period: str) -> Issue:
    found = f"indicators for {period} that {first} reports as well"
    return Issue(Where(file), found, "one return a directorate and quarter", "Send one of the two, and say which.")
