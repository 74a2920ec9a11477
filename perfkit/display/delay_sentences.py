"""What the page on delayed transfers says of months, places and promises, made from the frames that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from perfkit.display import words
from perfkit.model import periods


def scope(quarter: str, area: str) -> str:
    """Say what the page is about.

    >>> scope("2017-18 Q1", "Oxfordshire")
    'Patients ready to leave hospital who wait there: Oxfordshire, quarter 1 of 2017-18 (April to June 2017)'
    """
    when = periods.in_words(periods.parse(quarter, expect="quarter"))
    return f"Patients ready to leave hospital who wait there: {area}, {when}"


def source(months: pd.DataFrame) -> str:
    """Name the source of the charts: the national workbooks, or the illustrative ones in their layout.

    >>> source(pd.DataFrame({"status": ["final"]}))
    'NHS England, monthly delayed transfers of care by local authority'
    """
    kinds = set(months["status"])
    if kinds == {"illustrative"}:
        return "illustrative workbooks in the layout of NHS England's monthly delayed transfers of care"
    named = "NHS England, monthly delayed transfers of care by local authority"
    return named + ("; some months illustrative" if "illustrative" in kinds else "")


def key_figures(months: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Give the key figures of the last month: label, value and note.

    >>> key_figures(pd.DataFrame({"month": ["June 2017"], "all": [213.8], "NHS": [105.0], "social care": [37.6],
    ...     "both": [71.3]}))[1]
    ('Social care', '37.6', 'people a day in June 2017 alone')
    """
    last = months.iloc[-1]
    names = {"all": "All delays", "social care": "Social care", "NHS": "NHS", "both": "NHS and social care jointly"}
    note = f"people a day in {last['month']} alone"
    return [(words_of, words.number(last[name], "", 1), note) for name, words_of in names.items()]


def trend(months: pd.DataFrame) -> str:
    """Title the chart of the months: how all delays moved from the first to the last.

    >>> trend(pd.DataFrame({"month": ["April 2016", "June 2017"], "all": [120.0, 213.8]}))
    'All delays rose from 120.0 people a day in April 2016 to 213.8 in June 2017'
    """
    known = months[months["all"].notna()]
    if known.empty:
        return "No month has a figure for all delays"
    first, last = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        return f"All delays were {words.number(last['all'], '', 1)} people a day in {last['month']}"
    if round(float(last["all"] - first["all"]), 1) == 0:
        in_both = f"in {last['month']}, as in {first['month']}"
        return f"All delays were {words.number(last['all'], '', 1)} people a day {in_both}"
    verb = "rose" if last["all"] > first["all"] else "fell"
    return (
        f"All delays {verb} from {words.number(first['all'], '', 1)} people a day in {first['month']} "
        f"to {words.number(last['all'], '', 1)} in {last['month']}"
    )


def comparison(ranked: pd.DataFrame, *, area: str, year: str) -> str:
    """Title the chart of all authorities.

    >>> comparison(pd.DataFrame({"area": ["A", "B"], "rank": [1, 2]}), area="A", year="2016-17")
    'A had the most delayed days of 2 authorities in 2016-17'
    """
    return place(ranked, area=area, year=year).rstrip(".").replace("It ", f"{area} ", 1)


def place(ranked: pd.DataFrame, *, area: str, year: str) -> str:
    """Say where an area ranks among authorities.

    Ranks are by rate where ``ranked`` holds rates, else by delayed days, and the sentence says which.

    >>> ranked = pd.DataFrame({"area": ["A", "B"], "rank": [1, 2]})
    >>> place(ranked, area="A", year="2016-17"), place(ranked.assign(rate=[9.0, 8.0]), area="B", year="2016-17")
    ('It had the most delayed days of 2 authorities in 2016-17.', \
'It had the 2nd highest rate of delayed days of 2 authorities in 2016-17.')
    """
    known = ranked[ranked["rank"].notna()]
    mine = known[known["area"] == area]
    if mine.empty:
        return f"It cannot be ranked for {year}."
    rank, total = int(mine["rank"].iloc[0]), len(known)
    if total == 1:
        return f"It is the only authority with a figure for all of {year}."
    nth = "" if rank == 1 else f"{ordinal(rank)} "
    most = "highest rate of delayed days" if "rate" in known and known["rate"].notna().any() else "most delayed days"
    return f"It had the {nth}{most} of {total} {words.plural('authority', total)} in {year}."


def against(line: pd.DataFrame, *, what: str) -> str:
    """Title a chart of people delayed a day against its promise.

    ``line`` has month (label), people_a_day and expected.

    >>> line = pd.DataFrame({"month": ["June 2017"], "people_a_day": [26.0], "expected": [24.5]})
    >>> against(line, what="Social care delays")
    'Social care delays were 26.0 people a day in June 2017, 1.5 above the 24.5 promised by then'
    """
    if line["people_a_day"].isna().all():
        return f"{what}: no month has a figure"
    last = line[line["people_a_day"].notna()].iloc[-1]
    said = f"{what} were {words.number(last['people_a_day'], '', 1)} people a day in {last['month']}"
    if pd.isna(last["expected"]):
        return f"{said}; no target is set for then"
    gap = round(float(last["people_a_day"]) - float(last["expected"]), 1)
    behind = pace(line[line["people_a_day"].notna()]) if "months_ahead" in line else ""
    promised = f"the {words.number(last['expected'], '', 1)} promised by then"
    if gap == 0:
        return f"{said}, at {promised}"
    return f"{said}, {words.number(abs(gap), '', 1)} {'above' if gap > 0 else 'below'} {promised}{behind}"


def pace(line: pd.DataFrame) -> str:
    """Say how many months ahead of its promise a line is, or behind, or that it is worse than where the promise began.

    ``line`` has month, people_a_day, expected and months_ahead, a row a month from the promise's beginning on.

    >>> line = pd.DataFrame({"month": ["March 2017", "April 2017"], "people_a_day": [28.0, 27.4],
    ...     "expected": [28.0, 26.8], "months_ahead": [0.0, -0.5]})
    >>> pace(line), pace(line.assign(months_ahead=[0.0, 2.0])), pace(line.assign(people_a_day=28.3, months_ahead=-1.3))
    (', 0.5 months behind', ', 2.0 months ahead', ' and worse than the 28.0 of March 2017 where the promise starts')
    """
    last, first = line.iloc[-1], line[line["expected"].notna()].head(1)
    if words.missing(last["months_ahead"]) or first.empty:
        return ""
    amount = float(last["months_ahead"])
    if -amount > len(line) - 1 - int(line.index.get_indexer(first.index)[0]):
        began = f"{words.number(first['expected'].iloc[0], '', 1)} of {first['month'].iloc[0]}"
        return f" and worse than the {began} where the promise starts"
    if round(amount, 1) == 0:
        return ""
    if amount > 12:
        return ", more than a year ahead"
    size = "1 month" if round(abs(amount), 1) == 1 else f"{words.number(abs(amount), '', 1)} months"
    return f", {size} {'ahead' if amount > 0 else 'behind'}"


def hours(held: pd.DataFrame) -> str:
    """Say how many of the contracted hours of discharge and reablement care were delivered, last and in all quarters.

    >>> hours(pd.DataFrame({"period": ["2017-18 Q1"], "hours": [5976.0], "contracted": [8920.0], "share": [67.0]}))
    'In 2017-18 Q1 5,976 of the 8,920 hours of discharge and reablement care contracted a month were delivered: 67%.'
    """
    if held.empty:
        return "How many of the contracted hours of discharge and reablement care were delivered is not known here."
    last = held.iloc[-1]
    if words.missing(last["hours"]) or words.missing(last["contracted"]):
        return f"How many of the contracted hours were delivered in {last['period']} is not known here."
    done, agreed = (words.number(last[name], "", 0) for name in ("hours", "contracted"))
    share = words.number(last["share"], "percent", 0)
    what = "hours of discharge and reablement care contracted a month"
    said = f"In {last['period']} {done} of the {agreed} {what} were delivered: {share}."
    if len(held) == 1:
        return said
    whole = words.number(held["hours"].sum() / held["contracted"].sum() * 100, "percent", 0)
    return f"{said} From {held['period'].iloc[0]} to {last['period']} together it was {whole}."


def denominator(adults: pd.DataFrame | None) -> str:
    """Say what the rates are related to, or why there are none.

    >>> denominator(None)[:45]
    'No rate per 100,000 adults is shown: no table'
    """
    if adults is None or adults.empty:
        return (
            "No rate per 100,000 adults is shown: no table of the number of adults is loaded. The counts below compare "
            "areas of unlike size. Load a release with the measure adults (people aged 18 and over) to have rates."
        )
    years = words.join(sorted(adults["year"].astype(str).unique()))
    sources = words.join(sorted(adults["source"].astype(str).unique()))
    rates = f"Rates are delayed days per 100,000 people aged 18 and over in {years}."
    return f"{rates} Source of the number of adults: {sources}."


def mean(beside: pd.DataFrame) -> float | None:
    """Give the mean of authorities in people a day, for a line across the chart of all; None where there is none.

    >>> mean(pd.DataFrame({"basis": ["mean of authorities"], "people_a_day": [40.7]}))
    40.7
    """
    found = beside.loc[beside["basis"] == "mean of authorities", "people_a_day"].dropna()
    return float(found.iloc[0]) if len(found) else None


def peers(names: Sequence[str], *, named: str, area: str, year: str) -> str:
    """Caption the table of neighbours.

    >>> peers(["B", "C"], named="", area="A", year="2016-17"), peers(["B"], named="B", area="A", year="2016-17")
    ('A and the authorities of its region, ranked in England, 2016-17', \
'A and its named neighbours, ranked in England, 2016-17')
    """
    if not names:
        return f"{area}, {year}: no neighbours"
    return (
        f"{area} and {'its named neighbours' if named else 'the authorities of its region'}, ranked in England, {year}"
    )


def first_ten(adults: pd.DataFrame | None, *, year: str) -> str:
    """Caption the table of the first ten authorities by what they are ranked by.

    >>> first_ten(None, year="2016-17")
    'The ten authorities with most delayed days, 2016-17'
    """
    most = "most delayed days" if adults is None else "the highest rates of delayed days"
    return f"The ten authorities with {most}, {year}"


def ranked_by(adults: pd.DataFrame | None) -> dict[str, str]:
    """Name the column that authorities are ranked by, and its unit: the rate where adults are loaded, else the days.

    >>> ranked_by(None)
    {'value': 'delayed_days', 'unit': 'days'}
    """
    if adults is None:
        return {"value": "delayed_days", "unit": "days"}
    return {"value": "rate", "unit": "days per 100,000 adults"}


def drawn_by(adults: pd.DataFrame | None, beside: pd.DataFrame) -> dict[str, Any]:
    """Name what the chart of all authorities draws: the rate that they are ranked by, else people a day and their mean.

    >>> drawn_by(None, pd.DataFrame({"basis": ["mean of authorities"], "people_a_day": [40.7]}))
    {'value': 'people_a_day', 'unit': 'people a day', 'decimals': 1, 'average': 40.7}
    """
    if adults is None:
        return {"value": "people_a_day", "unit": "people a day", "decimals": 1, "average": mean(beside)}
    return {**ranked_by(adults), "decimals": 0}


def ordinal(number: int) -> str:
    """Write a place in a ranking.

    >>> ordinal(1), ordinal(2), ordinal(4), ordinal(11), ordinal(23)
    ('1st', '2nd', '4th', '11th', '23rd')
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
