"""What the page on delayed transfers says in words, made from the frames that it shows."""

from __future__ import annotations

import pandas as pd

from perfkit.display import words
from perfkit.model import periods

LINES = {"NHS": "NHS", "social care": "Social care", "both": "Both together"}
MONTHLY = {
    "month": "Month",
    "all": "All delays, people a day",
    "NHS": "NHS, people a day",
    "social care": "Social care, people a day",
    "both": "Both, people a day",
    "all_days": "All delays, days",
    "NHS_days": "NHS, days",
    "social care_days": "Social care, days",
    "both_days": "Both, days",
}
DECIMALS = dict.fromkeys(("all", "NHS", "social care", "both"), 1)
CHANGE = {"reason_title": "Reason", "before": "A year before", "after": "Now", "change": "Change", "note": "Note"}
CHANGE_DECIMALS = dict.fromkeys(("before", "after", "change"), 1)
AVERAGE = {"basis": "Compared with", "areas": "Areas", "delayed_days": "Delayed days", "ratio": "Times that figure"}
AVERAGE_DECIMALS = {"delayed_days": 1, "ratio": 2}
CLAIM_COLUMNS = {"claim": "Statement", "basis": "Computed as", "figure": "Figure", "verdict": "Verdict"}
RULES = (
    "People delayed a day are delayed days divided by the days of the month.",
    "Both means delays that the NHS and social care answer for together, as the national workbooks count them.",
    "Authorities are ranked by delayed days, most first; ties take the better rank; missing ones are left out.",
    "A promise runs in a straight line from its baseline to its target, month by month.",
)


def scope(quarter: str, area: str) -> str:
    """Say what the page is about.

    >>> scope("2017-18 Q1", "Oxfordshire")
    'Oxfordshire, quarter 1 of 2017-18 (April to June 2017)'
    """
    return f"{area}, {periods.in_words(periods.parse(quarter, expect='quarter'))}"


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
    ('Social care', '37.6', 'people a day, June 2017')
    """
    last = months.iloc[-1]
    names = {"all": "All delays", "social care": "Social care", "NHS": "NHS", "both": "Both together"}
    note = f"people a day, {last['month']}"
    return [(words_of, words.number(last[name], "", 1), note) for name, words_of in names.items()]


def trend(months: pd.DataFrame) -> str:
    """Title the chart of the months: how all delays moved from the first to the last.

    >>> trend(pd.DataFrame({"month": ["April 2016", "June 2017"], "all": [120.0, 213.8]}))
    'All delays rose from 120.0 people a day in April 2016 to 213.8 in June 2017'
    """
    known = months[months["all"].notna()]
    first, last = known.iloc[0], known.iloc[-1]
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


def headline(months: pd.DataFrame, *, area: str, ranked: pd.DataFrame, year: str) -> str:
    """Say how many waited in the last month, against a year before, and where the area ranks.

    ``months`` has month (label) and all (people a day), ``ranked`` area and rank (1 is the most delayed) for ``year``.

    >>> months = pd.DataFrame({"month": ["June 2016", "June 2017"], "all": [150.0, 213.8]})
    >>> ranked = pd.DataFrame({"area": ["Oxfordshire"], "rank": [4]})
    >>> headline(months, area="Oxfordshire", ranked=ranked, year="2016-17")
    'In June 2017 213.8 people a day were delayed in Oxfordshire, up from 150.0 in June 2016. It had the 4th most \
delayed days of 1 authority in 2016-17.'
    """
    last = months.iloc[-1]
    said = f"In {last['month']} {words.number(last['all'], '', 1)} people a day were delayed in {area}"
    before = months[months["month"] == _year_before(last["month"])]
    if len(before) and pd.notna(before["all"].iloc[0]):
        said += f", {_moved(before['all'].iloc[0], last['all'])} in {before['month'].iloc[0]}"
    return f"{said}. {place(ranked, area=area, year=year)}".strip()


def place(ranked: pd.DataFrame, *, area: str, year: str) -> str:
    """Say where an area ranks among authorities.

    >>> place(pd.DataFrame({"area": ["A", "B"], "rank": [1, 2]}), area="A", year="2016-17")
    'It had the most delayed days of 2 authorities in 2016-17.'
    """
    known = ranked[ranked["rank"].notna()]
    mine = known[known["area"] == area]
    if mine.empty:
        return f"It cannot be ranked for {year}."
    rank, total = int(mine["rank"].iloc[0]), len(known)
    nth = "" if rank == 1 else f"{ordinal(rank)} "
    return f"It had the {nth}most delayed days of {total} {words.plural('authority', total)} in {year}."


def against(line: pd.DataFrame, *, what: str) -> str:
    """Title a chart of people delayed a day against its promise.

    ``line`` has month (label), people_a_day and expected.

    >>> line = pd.DataFrame({"month": ["June 2017"], "people_a_day": [26.0], "expected": [24.5]})
    >>> against(line, what="Social care delays")
    'Social care delays were 26.0 people a day in June 2017, 1.5 above the 24.5 promised by then'
    """
    last = line[line["people_a_day"].notna()].iloc[-1]
    said = f"{what} were {words.number(last['people_a_day'], '', 1)} people a day in {last['month']}"
    if pd.isna(last["expected"]):
        return f"{said}; no target is set for then"
    gap = round(float(last["people_a_day"]) - float(last["expected"]), 1)
    promised = f"the {words.number(last['expected'], '', 1)} promised by then"
    if gap == 0:
        return f"{said}, at {promised}"
    return f"{said}, {words.number(abs(gap), '', 1)} {'above' if gap > 0 else 'below'} {promised}"


def reasons(split: pd.DataFrame, *, period: str) -> str:
    """Title a chart of reasons.

    ``split`` has reason_title, share (0 to 1) and rank.

    >>> reasons(pd.DataFrame({"reason_title": ["Awaiting care package in own home"], "share": [0.408], "rank": [1]}),
    ...     period="2017-18 Q1")
    'Awaiting care package in own home caused most delay in 2017-18 Q1: 41% of delayed days'
    """
    first = split[split["rank"] == 1].iloc[0]
    return f"{first['reason_title']} caused most delay in {period}: {float(first['share']):.0%} of delayed days"


def explained(change: pd.DataFrame, *, since: str, period: str) -> str:
    """Say which reasons explain a change, the largest first.

    ``change`` has reason_title and change (people a day), the largest part first.

    >>> change = pd.DataFrame({"reason_title": ["Care package", "Choice"], "change": [12.0, -2.0]})
    >>> explained(change, since="2016-17 Q1", period="2017-18 Q1")
    'Between 2016-17 Q1 and 2017-18 Q1 delays rose by 10.0 people a day. Most of it: care package (up 12.0).'
    """
    total = float(change["change"].sum())
    if round(total, 1) == 0:
        return f"Between {since} and {period} delays did not change in total."
    same = change[(change["change"] > 0) == (total > 0)].head(3)
    verb, way = ("rose", "up") if total > 0 else ("fell", "down")
    parts = [
        f"{row.reason_title[:1].lower()}{row.reason_title[1:]} ({way} {words.number(abs(row.change), '', 1)})"
        for row in same[same["change"].abs().round(1) > 0].itertuples()
    ]
    said = f"Between {since} and {period} delays {verb} by {words.number(abs(total), '', 1)} people a day."
    return said + (f" Most of it: {words.join(parts)}." if parts else "")


def ordinal(number: int) -> str:
    """Write a place in a ranking.

    >>> ordinal(1), ordinal(2), ordinal(4), ordinal(11), ordinal(23)
    ('1st', '2nd', '4th', '11th', '23rd')
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _year_before(label: str) -> str:
    month, year = label.rsplit(" ", 1)
    return f"{month} {int(year) - 1}"


def _moved(before: float, now: float) -> str:
    if round(before, 1) == round(now, 1):
        return f"the same as the {words.number(before, '', 1)}"
    return f"{'up' if now > before else 'down'} from {words.number(before, '', 1)}"
