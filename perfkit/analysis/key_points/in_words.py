"""What key points say without a numeral: that something doubled, or what only ratings can bear out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.analysis.key_points.links import KINDS
from perfkit.model import lists

Row = Mapping[str, Any]
_MULTIPLES = {"halved": 0.5, "doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0}
_SAID = re.compile(rf"\b({'|'.join(_MULTIPLES)})\b", re.IGNORECASE)
_ROUGHLY = (0.9, 1.25)
"""What share of a multiple counts as it: rather more may have doubled, hardly less."""
_COLUMNS = ["kind", "subject", "text", "ref", "remark", "file", "sheet", "cell"]


def multiples(text: str, named: list[Row], then: Mapping[str, float]) -> list[dict[str, Any]]:
    """Hold each multiple that a text tells against its indicators' values and those of a year ago.

    Gives of each the words (``stated``), and of the indicator that bears it out, else the first, ``ref``, ``computed``
    (how many times last year's value), ``unit``, ``status``; ``found`` and ``remark`` as `figures` does.

    >>> row = {"indicator": "help", "ref": "14", "value": 238.0, "status": "final"}
    >>> multiples("Assessments have doubled", [row], {"help": 112.0})[0]["computed"]
    2.125
    """
    return [_held(match[0], named, then) for match in _SAID.finditer(text)]


def _held(said: str, named: list[Row], then: Mapping[str, float]) -> dict[str, Any]:
    asked = _MULTIPLES[said.lower()]
    known = [row for row in named if not pd.isna(row["value"]) and then.get(str(row["indicator"]), 0.0) > 0]
    times = [(row, float(row["value"]) / then[str(row["indicator"])]) for row in known]
    low, high = (asked * share for share in _ROUGHLY)
    held = next(((row, ratio) for row, ratio in times if low <= ratio <= high), None)
    best = held or (times[0] if times else None)
    if best is None:
        why = (
            "no indicator is named that could bear it out"
            if not named
            else "no figure of a year ago to hold it against"
        )
        return {"stated": said, "found": False, "remark": why}
    row, ratio = best
    shown = {"stated": said, "ref": row["ref"], "computed": ratio, "unit": "times", "status": row.get("status")}
    if held is None:
        return shown | {
            "found": False,
            "remark": f"another measure or period than indicator {row['ref']} against last year",
        }
    made_up = row.get("status") == "illustrative"
    remark = "agrees with the same quarter last year, but is illustrative and bears nothing out" if made_up else ""
    return shown | {"found": not made_up, "remark": remark}


def others(commentary: pd.DataFrame, rated: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """List the achievements and issues that state no figure, with the ratings that they rest on, or that nothing does.

    Columns used: those of `commentary`; ``indicator, ref, effective`` of rated; ``text`` of what `figures` gives.
    Columns: ``kind, subject, text, ref, remark`` and file, sheet and cell.

    >>> said = pd.DataFrame({"kind": ["achievement"], "subject": "P", "text": "Standards met.", "indicators": "calls"})
    >>> rated = pd.DataFrame({"indicator": ["calls"], "ref": "49", "effective": "green"})
    >>> others(said, rated, pd.DataFrame({"text": []}))["remark"].tolist()
    ['its indicator is green']
    """
    points = commentary[commentary["kind"].isin(KINDS) & commentary["text"].notna()]
    points = points[~points["text"].isin(stated["text"])].reset_index(drop=True)
    ratings = {str(row["indicator"]): row for row in rated.to_dict("records")}
    given = points.get("indicators", pd.Series(index=points.index, dtype="object"))
    named = [[ratings[name] for name in str(names or "").split() if name in ratings] for names in given]
    made = points.assign(
        ref=pd.Series([", ".join(str(row["ref"]) for row in rows) or None for rows in named], dtype="object"),
        remark=pd.Series([_rests(rows) for rows in named], dtype="object"),
    )
    return made.reindex(columns=_COLUMNS)


def _rests(rows: list[Row]) -> str:
    if not rows:
        return "no indicator is named, so nothing that was sent can bear it out"
    found = [("not rated" if pd.isna(row["effective"]) else str(row["effective"]).replace("_", " ")) for row in rows]
    if len(found) == 1:
        return f"its indicator is {found[0]}"
    listed = lists.join(found) if len(set(found)) > 1 else found[0]
    return f"its {len(found)} indicators are {listed}"
