"""Where the year of delays stands and ends, in words and as a table of texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.display import page, words
from perfkit.display.charts import fans
from perfkit.display.delay_columns import LINES
from perfkit.display.markup import Fragment
from perfkit.model import chances

_SURE = {
    "insufficient data": "not enough whole quarters",
    "wide": "very unsure: few quarters",
    "low": "low confidence",
    "standard": "standard confidence",
    "seasonal": "standard confidence, seasons allowed for",
    "known": "known",
}
_COLUMNS = ["part", "now", "end", "interval", "target", "likelihood", "confidence"]
Row = Mapping[str, Any]


def so_far(totals: pd.DataFrame, *, area: str, year: str) -> str:
    """Say how many days were lost since April, beside the same months of the year before.

    ``totals`` has attribution, months, days, days_before and change, its first row all delays.

    >>> totals = pd.DataFrame({"attribution": ["all"], "months": [3], "days": [16000.0], "days_before": [14500.0],
    ...     "change": [1500.0]})
    >>> so_far(totals, area="Oxfordshire", year="2017-18")
    'In the first 3 months of 2017-18 Oxfordshire lost 16,000 days, 1,500 more than the 14,500 of the same months a \
year before.'
    """
    row = totals.iloc[0]
    count = int(row["months"])
    span = f"In the first {count} months of {year}" if count > 1 else f"In the first month of {year}"
    if words.missing(row["days"]):
        return f"How many days {area} lost in {year} is not known: a month has no figure."
    stated = f"{span} {area} lost {words.number(row['days'], '', 0)} {words.plural('day', round(float(row['days'])))}"
    if words.missing(row["days_before"]):
        return f"{stated}. The same months of the year before are not loaded."
    then = f"the {words.number(row['days_before'], '', 0)} of the same months a year before"
    if round(float(row["change"])) == 0:
        return f"{stated}, the same as {then}."
    way = "more" if row["change"] > 0 else "fewer"
    return f"{stated}, {words.number(abs(row['change']), '', 0)} {way} than {then}."


def heading_for(projected: pd.DataFrame, *, year: str) -> str:
    """Say where all delays are heading by the year's end, or why that cannot be said.

    ``projected`` is what `outlook.project_many` gives, its first row all delays.

    >>> row = {"confidence": "standard", "year_end": 180.2, "low80": 150.0, "high80": 210.0, "horizon": 3}
    >>> heading_for(pd.DataFrame([row]), year="2017-18")
    'All delays are projected at 180.2 people a day in the last quarter of 2017-18; four times in five the figure \
should lie between 150.0 and 210.0. Nothing here knows of what is being done about them.'
    """
    row = projected.iloc[0].to_dict()
    if words.missing(row["year_end"]):
        return f"Where the year ends cannot be said yet: {row['reason']}."
    end = words.number(row["year_end"], "", 1)
    if row["horizon"] == 0:
        return f"The year is over: all delays stood at {end} people a day in its last quarter."
    low, high = words.number(row["low80"], "", 1), words.number(row["high80"], "", 1)
    return (
        f"All delays are projected at {end} people a day in the last quarter of {year}; four times in five the figure "
        f"should lie between {low} and {high}. Nothing here knows of what is being done about them."
    )


def chart_title(projected: pd.DataFrame, *, year: str) -> str:
    """Title the chart of the year's end.

    >>> chart_title(pd.DataFrame([{"year_end": 180.2, "last_value": 190.0, "horizon": 3}]), year="2017-18")
    'All delays are heading for 180.2 people a day by the end of 2017-18, from 190.0 now'
    """
    row = projected.iloc[0]
    if words.missing(row["last_value"]):
        return f"All delays: no whole quarter up to {year}"
    now = words.number(row["last_value"], "", 1)
    if words.missing(row["year_end"]):
        return f"All delays stand at {now} people a day; where {year} ends cannot be said yet"
    end = words.number(row["year_end"], "", 1)
    if row["horizon"] == 0:
        return f"All delays ended {year} at {end} people a day"
    return f"All delays are heading for {end} people a day by the end of {year}, from {now} now"


def ahead(projected: pd.DataFrame, defined: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """Write the outlook of each line as texts for a table: last quarter, year's end, interval, target and chance.

    ``projected`` and ``paths`` are what the outlook gives, ``defined`` has indicator and title.
    """
    goals = paths.drop_duplicates("indicator").set_index("indicator")["goal_high"]
    titles = defined.set_index("indicator")["title"]
    rows = [_ahead(row, str(titles[row["indicator"]]), goals.get(row["indicator"])) for row in _records(projected)]
    return pd.DataFrame(rows, columns=_COLUMNS)


def chart(
    quarters: pd.DataFrame, paths: pd.DataFrame, projected: pd.DataFrame, defined: pd.DataFrame, *, source: str
) -> Fragment:
    """Draw all delays by quarter and their way to the year's end; says so where no quarter is whole.

    ``quarters`` has indicator, period and value, ``paths`` and ``projected`` are what the outlook gives, ``defined``
    the definitions; the first row of the last two is all delays.

    >>> none = pd.DataFrame({"indicator": []})
    >>> chart(none, none, pd.DataFrame([{"indicator": "a"}]), pd.DataFrame([{"indicator": "a"}]), source="NHS England")
    No quarter is loaded with all its months, so no course by quarter can be drawn.
    """
    row: Row = {**_records(defined)[0], **_records(projected)[0], "target_set": False}
    mine, way = (frame[frame["indicator"] == row["indicator"]] for frame in (quarters, paths))
    if mine.empty:
        return page.text("No quarter is loaded with all its months, so no course by quarter can be drawn.")
    return fans.fan(mine, way, row, source=source, title=chart_title(projected, year=str(row["year"])))


def named(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Add part: the name of each attribution or setting for a reader.

    >>> named(pd.DataFrame({"attribution": ["both", "non-acute"]}), "attribution")["part"].tolist()
    ['Both jointly', 'Non-acute']
    """
    return frame.assign(part=[LINES.get(name, f"{name[:1].upper()}{name[1:]}") for name in frame[column]])


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _ahead(row: Row, title: str, goal: object) -> dict[str, str]:
    known = not words.missing(row["year_end"])
    interval = f"{words.number(row['low80'], '', 1)} to {words.number(row['high80'], '', 1)}"
    return {
        "part": title,
        "now": f"{words.number(row['last_value'], '', 1)} ({row['last_period']})" if row["last_period"] else "",
        "end": words.number(row["year_end"], "", 1) if known else "not projected",
        "interval": interval if known and not words.missing(row["low80"]) else "",
        "target": "none set" if words.missing(goal) else f"at most {words.number(goal, '', 0)}",
        "likelihood": _chance(row) if not words.missing(goal) else "",
        "confidence": _SURE.get(str(row["confidence"]), str(row["confidence"])),
    }


def _chance(row: Row) -> str:
    if not words.missing(row["met"]):
        return "met" if row["met"] else "not met"
    if words.missing(row["probability"]):
        return "not said: too few quarters"
    return f"{chances.written(float(row['probability']))}, {row['verdict']}"
