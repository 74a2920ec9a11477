"""The annex of targets: what each indicator is held against, where it starts from, and what is to be known of it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import words
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import cards
from perfkit.display.tables.plain import STATUS_SIGNS, files, legend, place_of, status_signs

Record = Mapping[str, object]
_GOOD = {"higher": "Higher is better", "lower": "Lower is better", "within": "Best within its range"}
_COVERS = {
    "ytd": "adds up from April",
    "rolling": "over the last twelve months",
    "snapshot": "as at a date",
    "point": "of the period alone",
    "rare_count": "a rare event",
}
_BASES = {"quarter": "a quarter", "month": "a month"}
_HEADINGS = ("No.", "Indicator", "Target", "Baseline")


def yardsticks(laid: pd.DataFrame, assessments: pd.DataFrame | None = None, *, caption: str) -> Fragment:
    """Show each indicator's target, later target and baseline in words, with its definition and the director's remark.

    Needs what `yardsticks.lay_out` gives; ``assessments`` of the quarter bring the remarks (``subject, reason``). What
    a target asks for against its baseline, and what quarters add up to in the year, stand beside the target.

    >>> yardsticks(pd.DataFrame(columns=["ref", "title"]), caption="Targets").words
    ''
    """
    if laid.empty:
        return Fragment("", "")
    remarks = _remarks(assessments)
    rows = (_row(record, remarks) for record in laid.to_dict("records"))
    made = cards.table(caption, _HEADINGS, [cards.body(rows)])
    signs = legend(status_signs(laid, "recorded_status"))
    return Fragment(signs + made + files(laid, of=caption), f"{caption}: {words.counted('indicator', len(laid))}")


def _row(record: Record, remarks: Mapping[str, str]) -> str:
    small = [*_told(record, remarks), f"Target {place}" if (place := place_of(record)) else ""]
    return cards.row(
        cards.ref(record["ref"]),
        cards.title(escape(record["title"]) + _small(small)),
        _cell("Target", [_target(record), _later(record)], none="No target"),
        _cell("Baseline", baseline(record), none="None named"),
    )


def _cell(label: str, said: list[str], *, none: str) -> str:
    first = escape(said[0]) if said and said[0] else cards.quiet(none)
    return cards.cell(label, first + _small(said[1:]))


def _small(lines: list[str]) -> str:
    return "".join(map(cards.small, lines))


def _remarks(assessments: pd.DataFrame | None) -> dict[str, str]:
    if assessments is None:
        return {}
    given = assessments.dropna(subset="reason")
    return {str(row.subject): str(row.reason) for row in given.itertuples()}


def _reads(record: Record) -> str:
    if record["series_type"] == "milestone":
        return "A step to be taken."
    good, covers = _GOOD.get(str(record["polarity"]), ""), _COVERS.get(str(record["series_type"]), "")
    return words.sentence("; ".join(part for part in (good, covers) if part))


def _target(record: Record) -> str:
    if words.missing(record["target"]):
        return ""
    basis = _BASES.get(str(record["basis"]), "")
    when = "" if words.missing(record["target_period"]) else str(record["target_period"])
    if basis and not words.missing(record["in_year"]):
        return f"{words.target(record['target'])} {basis}: {_figure(record, 'in_year')} in {when}"
    if not words.missing(record["due"]):
        return f"{words.target(record['target'])} by {record['due']}"
    interim = ", an interim target" if record["role"] == "interim" else ""
    return f"{_by(str(record['target']), when)}{interim}{_change(record, 'change')}"


def _later(record: Record) -> str:
    if words.missing(record["later"]):
        return ""
    return f"Then {_by(str(record['later']), str(record['later_period']))}{_change(record, 'later_change')}"


def _by(target: str, when: str) -> str:
    """Join a target with its time: by a month, in a year."""
    target = words.target(target)
    return f"{target} {'in' if '-' in when else 'by'} {when}" if when else target


def _change(record: Record, column: str) -> str:
    """Say what a target asks for against the baseline; nothing where there is none.

    >>> _change({"change": -14.8, "unit": "count"}, "change")
    ', a reduction of 15%'
    """
    change = record[column]
    if words.missing(change):
        return ""
    amount = abs(float(str(change)))
    unit = "points" if record["unit"] == "percent" else "percent"
    size = words.number(amount, unit, 0 if amount >= 10 else 1)
    if not round(amount, 1):
        return ", as the baseline"
    return f", {'an increase' if float(str(change)) > 0 else 'a reduction'} of {size}"


def baseline(record: Record) -> list[str]:
    """Write a baseline, then the figure that was reported for it, or that none was; nothing where none is named.

    >>> row = {"baseline": 667.0, "baseline_period": "March 2017", "unit": "count", "decimals": 0,
    ...     "recorded": 667.0, "recorded_period": "2016-17 Q4", "recorded_status": "final"}
    >>> baseline(row)
    ['667 for March 2017', 'Reported for 2016-17 Q4: 667']
    """
    if words.missing(record["baseline"]):
        return []
    said = f"{_figure(record, 'baseline')} for {record['baseline_period']}"
    if words.missing(record["recorded"]):
        return [said, "No figure of that time was reported"]
    sign = STATUS_SIGNS.get(str(record["recorded_status"]), "")
    found = f"{_figure(record, 'recorded')} {sign}".strip()
    apart = "" if record["recorded"] == record["baseline"] else ", which differs"
    return [said, f"Reported for {record['recorded_period']}: {found}{apart}"]


def _figure(record: Record, column: str) -> str:
    decimals = record["decimals"]
    unit = "percent" if record["unit"] == "percent" else ""
    return words.number(record[column], unit, None if words.missing(decimals) else int(float(str(decimals))))


def _told(record: Record, remarks: Mapping[str, str]) -> list[str]:
    """Say how to read an indicator, what its definition adds, and what the director remarked."""
    definition, remark = record["definition"], remarks.get(str(record["indicator"]))
    added = "" if words.missing(definition) else words.sentence(str(definition))
    return [f"{_reads(record)} {added}".strip(), f"Director’s remark: {words.sentence(remark)}" if remark else ""]
