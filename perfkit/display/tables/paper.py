"""The small tables of a cabinet report: its calendar, last year's framework against this, the figures it states."""

from __future__ import annotations

import pandas as pd

from perfkit.display.markup import Fragment
from perfkit.display.tables.plain import STATUS_SIGNS, status_signs, table
from perfkit.display.words import capital, number, span

_NOTHING = Fragment("", "")


def calendar(timetable: pd.DataFrame, *, caption: str) -> Fragment:
    """Show the calendar of reporting, in its order; nothing where there is none.

    Needs ``number, starts, ends, step`` of the table `timetable`.

    >>> calendar(pd.DataFrame(columns=["number", "starts", "ends", "step"]), caption="Calendar").words
    ''
    """
    if timetable.empty:
        return _NOTHING
    steps = timetable.sort_values("number", kind="stable")
    steps = steps.assign(when=[span(row.starts, row.ends) for row in steps.itertuples()])
    return table(steps, caption=caption, columns={"step": "Step", "when": "When"}, where="file" in steps)


def framework_changes(changes: pd.DataFrame, *, caption: str) -> Fragment:
    """Show what was revised, introduced or dropped since last year; nothing where all was carried over unchanged.

    Needs what `framework_changes.between` gives.

    >>> framework_changes(pd.DataFrame(columns=["change"]), caption="Changes").words
    ''
    """
    told = changes[~changes["change"].isin(["carried over", "renumbered"])]
    if told.empty:
        return _NOTHING
    columns = {"title": "Indicator", "change": "Change", "before": "Before", "after": "Now", "reason": "Why"}
    shown = told.assign(title=told["title"].fillna(told["title_before"]))
    return table(shown, caption=caption, columns=columns, where=True)


def restated(statements: pd.DataFrame, *, caption: str) -> Fragment:
    """Show the figures that the council published beside perfkit's own; nothing where none was published.

    Needs what `restatement.restate` gives.

    >>> restated(pd.DataFrame(columns=["statement"]), caption="Published and computed").words
    ''
    """
    if statements.empty:
        return _NOTHING
    columns = {"statement": "Published statement", "published": "Published", "computed": "Computed",
               "remark": "Remark"}  # fmt: skip
    shown = statements.assign(statement=statements["statement"].map(capital))
    return table(shown, caption=caption, columns=columns, where=True)


def stated_figures(stated: pd.DataFrame, *, caption: str, others: pd.DataFrame | None = None) -> Fragment:
    """Show the figures that achievements and issues state beside the values of their indicators; nothing without any.

    Needs what `key_points.figures` gives; after them come ``others``, points that state none (`key_points.others`).

    >>> stated_figures(pd.DataFrame(columns=["stated"]), caption="Figures").words
    ''
    """
    if others is not None and len(others):
        blank = {"found": False, "computed": None, "stated": "no figure"}
        stated = pd.concat([stated, others.assign(**blank).reindex(columns=stated.columns)], ignore_index=True)
    if stated.empty:
        return _NOTHING
    shown = stated.assign(
        indicator=stated["ref"].astype("object").where(stated["ref"].notna(), None),
        held=[_value(row.computed, row.unit, row.status) for row in stated.itertuples()],
        remark=stated["remark"].mask(stated["found"].astype("bool"), "borne out"),
    )
    columns = {"text": "Statement", "stated": "States", "indicator": "Indicator", "held": "Its value",
               "remark": "Remark"}  # fmt: skip
    return table(shown, caption=caption, columns=columns, markers=status_signs(stated), where=True)


def _value(value: object, unit: object, status: object) -> str | None:
    sign = STATUS_SIGNS.get(str(status), "")
    return None if value is None or pd.isna(value) else f"{number(value, str(unit))} {sign}".strip()
