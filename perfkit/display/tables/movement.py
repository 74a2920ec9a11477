"""What moved and what changed: figures beside those of last quarter and of a year ago, and changes with their cells."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import markup, page, style, words
from perfkit.display.markup import Fragment
from perfkit.display.tables.plain import files, place_of, table

_COLUMNS = {
    "ref": "No.",
    "title": "Indicator",
    "now": "Now",
    "moved_previous": "Since last quarter",
    "then": "A year ago",
    "moved_year": "Since a year ago",
}
_FIGURES = {"now": "", "then": ""}
_ORDER = {"deteriorating": 0, "unchanged": 1, "improving": 2}
_WORDS = {"deteriorating": "worse", "unchanged": "the same", "improving": "better"}
_OWN = (
    "Of counts to date the quarter's own figure is compared with the previous quarter's own, and the figure to date "
    "with that of a year ago. Changes of percentages are in percentage points."
)


def movements(rated: pd.DataFrame, moved: pd.DataFrame, *, caption: str) -> Fragment:
    """Show every indicator that can be compared with last quarter or a year ago, those that got worse first.

    Needs of ``rated`` the columns indicator, ref, title, unit and decimals, and what `direction.travel` gives. Changes
    in a percentage are in percentage points.

    >>> rated = pd.DataFrame({"indicator": ["a"], "ref": ["36"], "title": ["Replies"], "unit": ["percent"],
    ...     "decimals": [1]})
    >>> moved = pd.DataFrame({"indicator": ["a"], "value": [76.2], "year_ago_value": [82.0], "change_year": [-5.8],
    ...     "direction_year": ["deteriorating"], "change": [None], "direction_previous": [""]})
    >>> movements(rated, moved, caption="Moved")
    Moved: table of 1 row
    """
    both = rated[["indicator", "ref", "title", "unit", "decimals"]].merge(
        moved[
            ["indicator", "value", "change", "direction_previous", "year_ago_value", "change_year", "direction_year"]
        ],
        on="indicator",
    )
    both = both[both[["direction_year", "direction_previous"]].isin(list(_ORDER)).any(axis=1)]
    if both.empty:
        return Fragment("", "")
    order = [both[name].map(_ORDER).fillna(len(_ORDER)) for name in ("direction_year", "direction_previous")]
    both = both.assign(_year=order[0], _last=order[1]).sort_values(["_year", "_last"], kind="stable")
    records = both.to_dict("records")
    shown = pd.DataFrame(
        {
            "ref": both["ref"],
            "title": both["title"],
            "now": [_figure(row, "value") for row in records],
            "moved_previous": [moved_by(row, "previous") for row in records],
            "then": [_then(row) for row in records],
            "moved_year": [moved_by(row, "year") for row in records],
        }
    )
    return table(shown, caption=caption, columns=_COLUMNS, units=_FIGURES, notes=[_OWN])


def _then(record: Mapping[str, object]) -> str:
    """Write the figure of a year ago; one that cannot be compared, of another definition or target, is not shown."""
    comparable = record["direction_year"] in _ORDER or words.missing(record["year_ago_value"])
    return _figure(record, "year_ago_value") if comparable else "not comparable"


def moved_by(record: Mapping[str, object], since: str) -> str:
    """Say by how much and which way an indicator moved since "previous" (quarter) or "year" ago; empty where it cannot.

    >>> moved_by({"change": -1.5, "direction_previous": "improving", "unit": "percent", "decimals": 1}, "previous")
    '−1.5 points, better'
    """
    way = record.get(f"direction_{since}")
    if way not in _WORDS or way == "unchanged":
        return _WORDS.get(str(way), "")
    return f"{_change(record, 'change' if since == 'previous' else 'change_year')}, {_WORDS[str(way)]}"


def directions(record: Mapping[str, object]) -> str:
    """Draw an indicator's direction of travel as a table's cell: since last quarter, and since the same last year."""
    lines = [_direction(record, "previous", "quarter"), _direction(record, "year", "year")]
    return "".join(lines) or '<span class="pk-quiet">Cannot be compared</span>'


def _direction(record: Mapping[str, object], since: str, name: str) -> str:
    way = record.get(f"direction_{since}")
    if way not in _WORDS:
        return ""
    change = _change(record, "change" if since == "previous" else "change_year")
    beside = f"as last {name}" if way == "unchanged" else f"{change} on last {name}"
    said = style.way("stable" if way == "unchanged" else str(way), _WORDS[str(way)].capitalize())
    return said + markup.text("span", beside, class_="pk-small")


def _figure(record: Mapping[str, object], column: str) -> str:
    return words.number(record[column], str(record["unit"]), int(str(record["decimals"]).split(".")[0]))


def _change(record: Mapping[str, object], column: str) -> str:
    change, unit = float(str(record[column])), str(record["unit"])
    places, unit = int(str(record["decimals"]).split(".")[0]), "points" if unit == "percent" else unit
    if change and not float(words.figure(abs(change), places).replace(",", "")):
        return f"under {words.number(10**-places, unit, places)} {'up' if change > 0 else 'down'}"
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{words.number(abs(change), unit, places)}"


def changes(changed: pd.DataFrame, *, caption: str, now: str = "Now") -> Fragment:
    """Show what changed, kind by kind, with the reason and the cell; nothing where nothing changed.

    Needs what `changes.since` gives; ``now`` heads the column of what stands now.

    >>> changes(pd.DataFrame({"kind": []}), caption="Changes").words
    ''
    """
    if changed.empty:
        return Fragment("", "")
    names = {"kind": "What", "ref": "No.", "title": "Indicator", "period": "Period", "before": "Before", "after": now,
             "reason": "Why", "place": "Source"}  # fmt: skip
    rows = changed.assign(place=[place_of(record) for record in changed.to_dict("records")])
    rows = rows.assign(kind=rows["kind"].astype("object").str.capitalize())
    rows = rows.assign(**{name: [_text(value) for value in rows[name]] for name in ("before", "after")})
    shown = table(rows, caption=caption, columns=names)
    return Fragment(shown.html + files(changed, of=caption), shown.words)


def later(changed: pd.DataFrame, *, said: str, caption: str) -> Fragment:
    """Show in a section of its own what came after a quarter was reported; nothing where the page uses all.

    Needs what `changes.since` gives, the quarter as it would stand now against how it was reported; ``said`` tells of
    it in a sentence.

    >>> later(pd.DataFrame({"kind": []}), said="", caption="Later").words
    ''
    """
    if changed.empty or not said:
        return Fragment("", "")
    held = changes(changed, caption=caption, now="As it would stand now")
    parts = (page.heading("What has changed since this was reported"), page.text(said), held)
    return Fragment("".join(part.html for part in parts), said)


def _text(value: object) -> str:
    return "" if words.missing(value) else markup.fit(value)
