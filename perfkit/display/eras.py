"""Two eras of statistics on one page, never joined: delayed transfers to February 2020, and what came after them."""

from __future__ import annotations

import pandas as pd

from perfkit.display import page, words
from perfkit.display.charts import lines, ranks
from perfkit.display.markup import Fragment
from perfkit.display.tables import plain
from perfkit.model import periods

BREAK = (
    "Delayed transfers of care were counted until February 2020. Since April 2022 hospitals report instead, each day, "
    "how many patients no longer meet the criteria to reside in hospital, how many of them were discharged and how "
    "many remain. The new statistics count other patients by other rules, by trust and board and not by authority: the "
    "two series are not comparable and are never joined."
)
NONE_LOADED = "No statistics of discharges, which came after delayed transfers, are loaded."
SOURCE = "NHS England, acute and community discharge situation reports"
_LINES = {"waiting": "Could leave", "remaining": "Still in hospital"}
_TABLE = {
    "collection": "Hospitals",
    "org_name": "Organisation",
    "month": "Month",
    "waiting": "No longer meet the criteria, a day",
    "discharged": "Discharged in the month",
    "remaining": "Remain, a day",
    "share_discharged": "Discharged of those waiting, a day",
    "days": "Days reported",
}
_STAY = {
    "collection": "Hospitals",
    "org_name": "Organisation",
    "month": "Month",
    "breakdown_title": "Length of stay",
    "weeks": "Weeks",
    "bed_days_a_week": "Bed days a week",
}
_ROUNDED = {"waiting": 0, "remaining": 0, "discharged": 0, "share_discharged": 0, "bed_days_a_week": 0}


_ERAS = {"era": "Statistics", "counted": "What is counted", "loaded": "Months loaded", "newest": "Newest for England"}
_SMALL = ("and", "of", "the", "for")


def section(before: pd.DataFrame, months: pd.DataFrame, reasons: pd.DataFrame, stays: pd.DataFrame) -> Fragment:
    """Show the new era: the break, the months of the nearest board, the newest month, why patients stay and how long.

    ``before`` has month (label) and all (people a day) of England's delayed transfers; ``months``, ``reasons`` and
    ``stays`` are what `discharges.monthly`, `by_reason` and `by_stay` give of England, a region and the boards and
    trusts near an area. Where there are no months, one sentence says so.

    >>> section(*[pd.DataFrame()] * 4)
    No statistics of discharges, which came after delayed transfers, are loaded.
    """
    if months.empty:
        return page.text(NONE_LOADED)
    months, reasons, stays = (_spoken(frame) for frame in (months, reasons, stays))
    nearest = _nearest(months)
    mine = months[_same(months, nearest)]
    newest = months[months["month"] == months.groupby("collection")["month"].transform("max")]
    parts = [page.text(BREAK), _eras(before, months), *_course(mine), _table(newest)]
    parts += [*_why(reasons, nearest), *_stays(stays)]
    return Fragment("".join(part.html for part in parts), f"Discharges, {len(months)} rows")


def _eras(before: pd.DataFrame, months: pd.DataFrame) -> Fragment:
    delayed = before[before["all"].notna()]
    rows = [{
        "era": "Delayed transfers of care, to February 2020",
        "counted": "people delayed a day, by authority",
        "loaded": f"{delayed['month'].iloc[0]} to {delayed['month'].iloc[-1]}" if len(delayed) else "none",
        "newest": words.number(delayed["all"].iloc[-1], "", 0) if len(delayed) else "",
    }]  # fmt: skip
    for collection, mine in months[months["org_kind"] == "country"].groupby("collection", sort=True):
        labels = [periods.label(month) for month in (mine["month"].min(), mine["month"].max())]
        rows.append({
            "era": f"{str(collection).capitalize()} discharges, from April 2022",
            "counted": "patients a day who no longer meet the criteria to reside, by trust and board",
            "loaded": labels[0] if labels[0] == labels[1] else f"{labels[0]} to {labels[1]}",
            "newest": words.number(mine["waiting"].iloc[-1], "", 0),
        })  # fmt: skip
    caption = "Two eras, not comparable with each other"
    return plain.table(pd.DataFrame(rows), caption=caption, columns=_ERAS)


def _spoken(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(org_name=[_named(str(name)) for name in frame["org_name"]]) if "org_name" in frame else frame


def _named(name: str) -> str:
    """Write a name that is all capitals as a reader expects it.

    >>> _named("NHS KENT AND MEDWAY INTEGRATED CARE BOARD"), _named("ENGLAND (Type 1 Trusts)")
    ('NHS Kent and Medway Integrated Care Board', 'England (Type 1 Trusts)')
    """
    parts = [_word(part) if part.isupper() and part != "NHS" else part for part in name.split(" ")]
    return " ".join(parts)


def _word(part: str) -> str:
    return part.lower() if part.lower() in _SMALL else part.title().replace("\u2019S", "\u2019s").replace("'S", "'s")


def _nearest(months: pd.DataFrame) -> pd.Series[object]:
    acute = months[months["collection"] == months["collection"].min()]
    for kind in ("board", "region", "country"):
        found = acute[acute["org_kind"] == kind]
        if len(found):
            return found.iloc[-1]
    return acute.iloc[-1]


def _same(frame: pd.DataFrame, row: pd.Series[object]) -> pd.Series[bool]:
    return frame["collection"].eq(row["collection"]) & frame["org_code"].eq(row["org_code"])


def _course(mine: pd.DataFrame) -> list[Fragment]:
    known = mine[mine["waiting"].notna()]
    if known.empty:
        return []
    last, name = known.iloc[-1], str(known.iloc[-1]["org_name"])
    shown = mine.assign(month=[periods.label(month) for month in mine["month"]])
    title = (
        f"{words.number(last['remaining'], '', 0)} of {words.number(last['waiting'], '', 0)} patients a day who could "
        f"leave remained in hospital in {periods.label(last['month'])}: {name}"
    )
    look = {"x": "month", "unit": "patients a day", "source": SOURCE, "decimals": 0}
    return [lines.trend(shown, y=_LINES, title=title, **look)]  # type: ignore[arg-type]


def _table(newest: pd.DataFrame) -> Fragment:
    return plain.table(
        newest.assign(collection=newest["collection"].str.capitalize()),
        caption="Patients who no longer meet the criteria to reside, newest month",
        columns=_TABLE,
        units={"share_discharged": "percent"},
        decimals=_ROUNDED,
    )


def _why(reasons: pd.DataFrame, nearest: pd.Series[object]) -> list[Fragment]:
    mine = reasons[_same(reasons, nearest) & reasons["people_a_day"].notna()] if len(reasons) else reasons
    if mine.empty:
        return []
    first = mine.iloc[0]
    title = (
        f"{words.shortened(str(first['breakdown_title']), 90)} kept most patients in {periods.label(first['month'])}"
    )
    shown = mine.head(10)
    return [
        ranks.ranked_bars(
            shown,
            label="breakdown_title",
            value="people_a_day",
            title=title,
            unit="people a day",
            source=SOURCE,
            decimals=1,
            notes=[f"{len(shown)} of {len(mine)} reasons, {first['org_name']}"],
        )
    ]


def _stays(stays: pd.DataFrame) -> list[Fragment]:
    if stays.empty:
        return []
    newest = stays[stays["month"] == stays.groupby("collection")["month"].transform("max")]
    return [
        plain.table(
            newest.assign(collection=newest["collection"].str.capitalize()),
            caption="Bed days beyond the criteria, by length of stay, newest month",
            columns=_STAY,
            decimals=_ROUNDED,
            notes=["The bands lie within each other: 21 days or more is part of 14 days or more. Never add them up."],
        )
    ]
