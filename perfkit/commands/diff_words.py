"""How ``diff`` says what it found: a summary, then text for people, or CSV or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from perfkit.analysis.differences import ADDED, CHANGED, OUTCOMES, PLACE, RATINGS, WITHDRAWN, count
from perfkit.model.errors import Where

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.commands.moments import Moment

SHOWN = 20
"""How many added facts of one table the text lists, and how many ratings the summary names; CSV and JSON list all."""
_NAMED = 5
_FOLLOW = (RATINGS, OUTCOMES)


def summary(found: pd.DataFrame, start: Moment, end: Moment, *, names: Mapping[str, str], rates: bool = True) -> str:
    """Say in a few sentences how much changed, and which ratings.

    Columns used: those of `differences.facts`. ``names`` gives what an indicator or outcome is called; without
    ``rates`` nothing is said of ratings.
    """
    between = f"Between {start.words} and {end.words}"
    if found.empty:
        return f"{between} nothing changed."
    counted = count(found).set_index("table")
    facts = counted.drop(index=list(_FOLLOW), errors="ignore")
    total = facts.sum()
    told = f"{between} {_facts(total[CHANGED])} changed, {total[ADDED]:,} added and {total[WITHDRAWN]:,} withdrawn"
    where = f" in {_listed(list(facts.index))}" if 0 < len(facts) < 4 else ""
    if not rates:
        return f"{told}{where}."
    moved = [_moved(found, RATINGS, "indicator", names), _kept(found, names), _moved(found, OUTCOMES, "outcome", names)]
    return f"{told}{where}. {' '.join(filter(None, moved))}"


def _facts(number: int) -> str:
    return "1 fact was" if number == 1 else f"{number:,} facts were"


def _listed(words: list[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])


def _moved(found: pd.DataFrame, table: str, noun: str, names: Mapping[str, str]) -> str:
    """Name the ratings that moved from one colour to another, and count those that came and went."""
    column = "effective" if table == RATINGS else "rag"
    rows = found[(found["table"] == table) & (found["column"] == column)]
    moved = rows[rows["kind"] == CHANGED]
    texts = [f"{rated(row['key'], names)} from {row['before']} to {row['after']}" for row in moved.to_dict("records")]
    more = f"; and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    verb = f"{len(texts)} {noun}{'' if len(texts) == 1 else 's'} changed rating"
    changed = f"{verb}: {'; '.join(texts[:_NAMED])}{more}" if texts else f"No {noun} changed rating"
    others = (
        (int((rows["kind"] == kind).sum()), words) for kind, words in ((ADDED, "newly there"), (WITHDRAWN, "gone"))
    )
    return "; ".join([changed, *(f"{number} {words}" for number, words in others if number)]) + "."


def _kept(found: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Name the calculated ratings that changed while the effective one stayed, as the director's does."""
    rows = found[(found["table"] == RATINGS) & (found["kind"] == CHANGED)]
    moved = rows.loc[rows["column"] == "effective", "key"]
    kept = rows[(rows["column"] == "calculated") & ~rows["key"].isin(moved)].to_dict("records")
    texts = [f"{rated(row['key'], names)} from {row['before']} to {row['after']}" for row in kept]
    more = f"; and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    words = f"The figures alone would move {'; '.join(texts[:_NAMED])}{more}: the director's rating stands."
    return words if texts else ""


def rated(key: str, names: Mapping[str, str]) -> str:
    """Say what is rated, and for when.

    >>> rated("indicator visits, period 2017-18 Q1", {"visits": "46 Visits"})
    '46 Visits in 2017-18 Q1'
    """
    subject, _, period = key.partition(" ")[2].rpartition(", period ")
    return f"{names.get(subject, subject)} in {period}"


def as_text(found: pd.DataFrame, told: str, names: Mapping[str, str]) -> str:
    """Write it for people: the summary, the ratings, then each table's facts with the cells that they stand in."""
    lines = [told]
    counted = count(found).set_index("table")
    order = [*(name for name in _FOLLOW if name in counted.index), *(n for n in counted.index if n not in _FOLLOW)]
    for name in order:
        numbers = ", ".join(f"{counted.at[name, kind]:,} {kind}" for kind in (CHANGED, WITHDRAWN, ADDED))
        lines += ["", f"{name}: {numbers}", *_facts_told(found[found["table"] == name], names)]
    return "\n".join(lines) + "\n"


def _facts_told(rows: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    added = 0
    for (kind, key), cells in rows.groupby(["kind", "key"], sort=False):
        added += kind == ADDED
        if kind == ADDED and added > SHOWN:
            continue
        first = cells.iloc[0]
        yield f"  {kind}: {rated(key, names) if first['table'] in _FOLLOW else key}"
        yield from (f"    {row.column}: {_value(row.before)} -> {_value(row.after)}" for row in cells.itertuples())
        yield from _stood(first)
    if added > SHOWN:
        yield f"  and {added - SHOWN:,} more added: --format csv or json lists them all"


def _value(text: Any) -> str:
    return text if isinstance(text, str) else "nothing"


def _stood(row: pd.Series[Any]) -> Iterator[str]:
    before, after = (_place(row, suffix) for suffix in ("_before", ""))
    if before and after and before != after:
        yield f"    stood in {before}"
        yield f"    stands in {after}"
    elif before or after:
        yield f"    {'stands' if after else 'stood'} in {after or before}"


def _place(row: pd.Series[Any], suffix: str) -> str:
    file, sheet, cell, vintage = (v if isinstance(v := row[f"{n}{suffix}"], str) else "" for n in PLACE)
    return f"{Where(file, sheet, cell)} (vintage {vintage})" if file else ""


def as_csv(found: pd.DataFrame) -> str:
    """Write one row a cell, for a spreadsheet or a program; text that a spreadsheet would calculate stays text."""
    from perfkit.commands.export_files import harmless

    return str(harmless(found).to_csv(index=False, lineterminator="\n"))


def as_json(found: pd.DataFrame, told: str, start: Moment, end: Moment) -> str:
    """Write the summary, the facts and the ratings for a program."""
    rows = found.where(found.notna(), None).to_dict("records")
    parts = {
        "facts": [row for row in rows if row["table"] not in _FOLLOW],
        "ratings": [row for row in rows if row["table"] in _FOLLOW],
    }
    asked = {"from": vars(start), "to": vars(end), "summary": told}
    return json.dumps(asked | parts, ensure_ascii=False, indent=1) + "\n"
