"""Next year's framework as far as this year's tells it: what is carried forward, what is dropped, what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from perfkit.forms import year_questions
from perfkit.forms.year_questions import TO_BE_SET
from perfkit.model import numbering, periods
from perfkit.model.errors import ParameterError

TABLES = ("priorities", "outcomes", "indicators", "directorates", "leadership_priorities", "targets")

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class NewYear:
    """The tables of a new framework; ``dropped`` (indicator, ref, title, why); ``questions`` to be answered."""

    year: str
    before: str
    tables: dict[str, pd.DataFrame]
    dropped: pd.DataFrame
    questions: pd.DataFrame


def carry_forward(tables: Tables, *, year: str, drop: Sequence[str] = ()) -> NewYear:
    """Carry the newest framework before ``year`` forward into it.

    Indicators keep their ids and are numbered afresh, 1 to n in their order; those in ``drop`` (ids or numbers) and
    milestones that were reached are left out. Targets for the new year or later are kept, the others are to be set.
    Needs the tables `TABLES` and ``observations``. Raises `ParameterError` where no earlier framework is known, or an
    indicator to drop is not in it.
    """
    before = _before(tables["indicators"], year)
    own = {name: _of_year(tables[name], before) for name in TABLES if name != "targets"}
    dropped = _dropped(own["indicators"], tables, drop, before)
    kept = own["indicators"][~own["indicators"]["indicator"].isin(dropped["indicator"])]
    own["indicators"] = _renumbered(kept)
    refs = dict(zip(own["indicators"]["indicator"], own["indicators"]["ref"], strict=True))
    own["targets"] = _targets(tables["targets"], refs, before=before, year=year)
    made = {name: frame.assign(financial_year=year) if name != "targets" else frame for name, frame in own.items()}
    questions = year_questions.of(made, tables["observations"], before=before, year=year)
    return NewYear(year, before, made, dropped, questions)


def _before(indicators: pd.DataFrame, year: str) -> str:
    earlier = sorted(label for label in indicators["financial_year"].unique() if label < year)
    if not earlier:
        raise ParameterError(f"No framework has been loaded for a year before {year}: there is nothing to carry over.")
    return str(earlier[-1])


def _of_year(frame: pd.DataFrame, year: str) -> pd.DataFrame:
    return frame[frame["financial_year"] == year].reset_index(drop=True)


def _dropped(indicators: pd.DataFrame, tables: Tables, drop: Sequence[str], before: str) -> pd.DataFrame:
    names = {str(row["ref"]): row["indicator"] for row in indicators.to_dict("records")}
    asked = {names.get(name, name) for name in drop}
    if unknown := asked - set(indicators["indicator"]):
        raise ParameterError(f"{', '.join(sorted(unknown))}: no such indicator in the framework of {before}.")
    reached = _reached(indicators, tables["observations"])
    why = indicators["indicator"].map(
        lambda name: "as asked" if name in asked else "its milestone was reached" if name in reached else ""
    )
    rows = indicators.assign(why=why)
    return rows.loc[rows["why"] != "", ["indicator", "ref", "title", "why"]].reset_index(drop=True)


def _reached(indicators: pd.DataFrame, observations: pd.DataFrame) -> set[str]:
    stones = indicators.loc[indicators["unit"] == "milestone", "indicator"]
    done = observations[observations["indicator"].isin(stones) & (observations["value"] == 1)]
    return set(done["indicator"])


def _renumbered(indicators: pd.DataFrame) -> pd.DataFrame:
    """Number indicators 1 to n in the order of the numbers that they had, which are kept as ``ref_before``."""
    order = sorted(indicators.index, key=lambda row: numbering.order(indicators.at[row, "ref"]))
    rows = indicators.loc[order].reset_index(drop=True)
    return rows.assign(ref_before=rows["ref"], ref=[str(number) for number in range(1, len(rows) + 1)])


def _targets(targets: pd.DataFrame, refs: Mapping[str, str], *, before: str, year: str) -> pd.DataFrame:
    """Give the targets for the new year and later, and one to be set where there is none within the new year.

    ``text_before`` is what was promised for the year before, ``was_due`` when a milestone of it was due.
    """
    told = targets[(targets["part"] == 1) & targets["indicator"].isin(list(refs))]
    told = told.assign(year=told["period"].map(periods.year_label))
    rows: list[dict[str, Any]] = []
    for indicator, ref in refs.items():
        mine = told[told["indicator"] == indicator].to_dict("records")
        old: dict[str, Any] = next((row for row in mine if row["year"] == before), {})
        common = {"indicator": indicator, "ref": ref, "text_before": old.get("text"), "was_due": old.get("due")}
        rows += _of_indicator(mine, old, common, year=year)
    names = ["indicator", "ref", "role", "period", "text", "basis", "profile", "baseline", "baseline_period", "due",
             "set_by", "set_on", "reason", "text_before", "was_due"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _of_indicator(
    mine: Sequence[dict[str, Any]], old: Mapping[str, Any], common: Mapping[str, Any], *, year: str
) -> list[dict[str, Any]]:
    kept = [{**row, **common} for row in mine if row["year"] >= year]
    if any(row["year"] == year for row in kept):
        return kept
    fresh = {
        **old,
        **common,
        "role": "interim" if kept else "target",
        "period": _a_year_on(str(old.get("period", year)), year),
        "text": TO_BE_SET,
        **dict.fromkeys(("due", "set_by", "reason")),
        "set_on": pd.NaT,
    }
    return [fresh, *kept]


def _a_year_on(label: str, year: str) -> str:
    """Give the period that a target is for in the new year: the month or quarter that it was for, or the year.

    >>> _a_year_on("March 2018", "2018-19"), _a_year_on("2017-18", "2019-20")
    ('March 2019', '2019-20')
    """
    old, new = periods.parse(label), periods.parse(year)
    years = new.year - periods.year_of(old).year
    return periods.label(periods.earlier(old, years=-years))
