"""What must be asked before a new year's framework stands: each question with the cell that answers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from perfkit.model import due, periods
from perfkit.model.spellings import written

COLUMNS = ("topic", "sheet", "key", "heading", "about", "question")
"""``key`` and ``heading`` say which cell of the sheet answers: the id of its row (a target's with its period), and
the column."""
TOPICS = ("new target", "milestone", "no figure all year", "baseline", "owner", "directorate", "carried target")
TO_BE_SET = "to be set"
"""What stands for a target that nobody has set yet; it reads as no target."""

Tables = Mapping[str, pd.DataFrame]
Question = tuple[str, str, str, str, str, str]


def of(tables: Tables, observations: pd.DataFrame, *, before: str, year: str) -> pd.DataFrame:
    """List the questions, by `TOPICS` and then in the order of the indicators; columns `COLUMNS`.

    Needs the new year's ``indicators, targets, outcomes, directorates`` as `new_year` makes them, and observations.
    """
    told = [
        *_targets(tables, year),
        *_silent(tables["indicators"], observations, before),
        *_baselines(tables, observations, before),
        *_owners(tables["indicators"]),
        *_directorates(tables),
    ]
    order = {topic: number for number, topic in enumerate(TOPICS)}
    return pd.DataFrame(sorted(told, key=lambda row: order[row[0]]), columns=list(COLUMNS))


def key_of_target(row: Mapping[str, Any]) -> str:
    """Give the key of a target's row: its indicator and period."""
    return f"{row['indicator']} {row['period']}"


def _names(indicators: pd.DataFrame) -> dict[str, str]:
    rows = indicators.to_dict("records")
    return {row["indicator"]: f"{row['ref']} {row['title']}" for row in rows}


def _targets(tables: Tables, year: str) -> Iterator[Question]:
    names = _names(tables["indicators"])
    for row in tables["targets"].to_dict("records"):
        place = ("Targets", key_of_target(row), "Target", names[row["indicator"]])
        was = f"it was {row['text_before']}" if _is(row["text_before"]) else "there was none before"
        if row["text"] != TO_BE_SET:
            if periods.year_label(row["period"]) == year:
                asked = f"{row['text']} was foreseen for {row['period']}; is it confirmed?"
                yield ("carried target", *place, asked)
        elif _is(row["was_due"]) and due.end(str(row["was_due"])) < periods.parse(year).start_time:
            asked = (
                f"The milestone of {row['was_due']} has passed and is not reported complete. If it was reached, take "
                "the rows of this indicator out of Indicators and Targets; if not, give a new one, such as Completion "
                f"by September {periods.parse(year).start_time.year}."
            )
            yield ("milestone", *place, asked)
        else:
            yield ("new target", *place, f"What is the target for {row['period']}? Last year {was}.")


def _silent(indicators: pd.DataFrame, observations: pd.DataFrame, before: str) -> Iterator[Question]:
    """Ask about indicators of which no figure of the year before is known."""
    told = observations[observations["value"].notna()]
    told = told[told["period"].map(periods.year_label) == before]
    for row in indicators[~indicators["indicator"].isin(told["indicator"])].to_dict("records"):
        asked = f"No figure came for {before}. Keep it? If so, say when one is due; if not, take its rows out."
        yield "no figure all year", "Indicators", row["indicator"], "Frequency", f"{row['ref']} {row['title']}", asked


def _baselines(tables: Tables, observations: pd.DataFrame, before: str) -> Iterator[Question]:
    names, last = _names(tables["indicators"]), _last_figures(observations, before)
    for row in tables["targets"].drop_duplicates("indicator").to_dict("records"):
        if not _is(row["baseline"]):
            continue
        known = last.get(row["indicator"])
        now = f"; the figure for {known[0]} is {written(known[1])}" if known else ""
        since = f" of {row['baseline_period']}" if _is(row["baseline_period"]) else ""
        asked = f"Is the baseline {written(row['baseline'])}{since} still the one to start from{now}?"
        yield "baseline", "Targets", key_of_target(row), "Baseline", names[row["indicator"]], asked


def _last_figures(observations: pd.DataFrame, before: str) -> dict[str, tuple[str, float]]:
    """Give the newest figure of the year before, with its period."""
    told = observations[observations["value"].notna() & (observations["part"] == 1)]
    told = told[told["period"].map(periods.year_label) == before]
    ordered = told.assign(end=periods.ends(told["period"])).sort_values("end", kind="stable")
    newest = ordered.drop_duplicates("indicator", keep="last")
    return {row["indicator"]: (row["period"], row["value"]) for row in newest.to_dict("records")}


def _owners(indicators: pd.DataFrame) -> Iterator[Question]:
    for row in indicators[indicators["data_owner"].isna()].to_dict("records"):
        about = f"{row['ref']} {row['title']}"
        yield "owner", "Indicators", row["indicator"], "Data owner", about, "Who answers for the figure?"


def _directorates(tables: Tables) -> Iterator[Question]:
    leads, reports = set(tables["outcomes"]["directorate"]), set(tables["indicators"]["directorate"])
    for row in tables["directorates"].to_dict("records"):
        about = f"{row['directorate']} {row['name']}"
        lacks = [what for what, those in (("leads no outcome", leads), ("reports no indicator", reports))
                 if row["directorate"] not in those]  # fmt: skip
        if lacks:
            asked = f"It {' and '.join(lacks)}. Does it still stand in the plan?"
            yield "directorate", "Directorates", row["directorate"], "Directorate", about, asked
    known = set(tables["directorates"]["directorate"])
    for row in tables["outcomes"].to_dict("records"):
        if row["directorate"] not in known:
            asked = f"Its lead, {row['directorate']}, is not among the directorates. Who leads it?"
            yield "directorate", "Outcomes", row["outcome"], "Directorate", row["title"], asked


def _is(value: object) -> bool:
    return value is not None and not pd.isna(value)
