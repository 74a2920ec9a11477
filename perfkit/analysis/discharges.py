"""What came after delayed transfers: patients who no longer meet the criteria to reside in hospital, month by month.

These statistics begin in April 2022. They count other patients, in other hospitals, by other rules than the delayed
transfers that ended in February 2020: neither the figures nor their movements may be joined to those of `delays`.
Every function takes the tidy table `discharges`, or part of it, and gives a new frame; with no rows it gives no rows.
"""

from __future__ import annotations

import re

import pandas as pd

from perfkit.model.schemas import ORG_KINDS

DAILY = {"not_meeting_criteria": "waiting", "discharged": "discharged", "remaining": "remaining"}
"""What is counted each day, and the column that it becomes by month."""
_ORG = ["collection", "org_kind", "org_code", "org_name", "region"]
_MONTHLY = [
    *_ORG, "month", "days", "days_in_month", "complete", "waiting", "discharged", "discharged_a_day", "remaining",
    "share_discharged", "status",
]  # fmt: skip


def near(frame: pd.DataFrame, *, area: str, region: str = "") -> pd.DataFrame:
    """Keep the rows of England, of an authority's region, and of the boards and trusts whose name has the authority's.

    Needs org_kind, org_code and org_name. The collections know no authorities: boards and trusts are named, not matched
    by their patients.

    >>> frame = pd.DataFrame({"org_kind": ["country", "board", "trust"], "org_code": ["England", "QU9", "RTH"],
    ...     "org_name": ["England", "NHS OXFORDSHIRE AND BERKSHIRE WEST", "KENT"]})
    >>> near(frame, area="Oxfordshire")["org_code"].tolist()
    ['England', 'QU9']
    """
    names = frame["org_name"].str.upper()
    own = area.upper().removesuffix(" UA")
    root = own.removesuffix("SHIRE") if len(own) > 9 else own
    local = frame["org_kind"].isin(["board", "trust"]) & names.str.contains(rf"\b{re.escape(root)}", regex=True)
    ours = frame["org_kind"].eq("region") & names.eq(region.upper())
    return frame[frame["org_kind"].eq("country") | ours | local].reset_index(drop=True)


def monthly(frame: pd.DataFrame) -> pd.DataFrame:
    """Make months of days: the mean of the days for who waits and who remains, the sum for who was discharged.

    Needs the columns of `discharges`. Gives a row for each collection, organisation and month: days (with all three
    figures or fewer, the least), days_in_month, complete, waiting (patients a day who no longer meet the criteria),
    discharged (patients in the month, of the days there), discharged_a_day, remaining (patients a day),
    share_discharged (per cent of those waiting who left that day) and status. A figure that no day gives stays missing.

    >>> day = {"collection": "acute", "org_kind": "country", "org_code": "England", "org_name": "England",
    ...     "region": None, "month": pd.Period("2022-04", "M"), "period_kind": "day", "breakdown": "all",
    ...     "status": "final"}
    >>> rows = [day | {"period": f"2022-04-0{n}", "measure": m, "value": v} for n, m, v in
    ...     [(1, "not_meeting_criteria", 20.0), (2, "not_meeting_criteria", 30.0), (1, "discharged", 8.0),
    ...      (2, "discharged", 12.0), (1, "remaining", 12.0), (2, "remaining", 18.0)]]
    >>> monthly(pd.DataFrame(rows))[["waiting", "discharged", "remaining", "share_discharged"]].values.tolist()
    [[25.0, 20.0, 15.0, 40.0]]
    """
    daily = frame[frame["period_kind"].eq("day") & frame["measure"].isin(list(DAILY)) & frame["breakdown"].eq("all")]
    if daily.empty:
        return pd.DataFrame(columns=_MONTHLY)
    keys = [*_ORG, "month"]
    grouped = daily.groupby([*keys, "measure"], dropna=False, sort=False)["value"].agg(["mean", "sum", "count"])
    figures = pd.MultiIndex.from_product([["mean", "sum", "count"], list(DAILY)])
    wide = grouped.unstack("measure").reindex(columns=figures)
    made = pd.DataFrame(index=wide.index)
    for measure, name in DAILY.items():
        made[name] = wide[("sum" if name == "discharged" else "mean", measure)]
    days = wide["count"].where(wide["count"].notna(), 0).astype("int64")
    made["days"], made["discharged_a_day"] = days.min(axis=1), wide[("mean", "discharged")]
    made["discharged"] = made["discharged"].where(days["discharged"] > 0)
    made = made.reset_index()
    made["days_in_month"] = made["month"].dt.days_in_month
    made["complete"] = made["days"] == made["days_in_month"]
    made["share_discharged"] = made["discharged_a_day"] / made["waiting"].where(made["waiting"] > 0) * 100
    made["status"] = made["month"].map(daily.groupby("month")["status"].agg(_least_firm))
    return _sorted(made)[_MONTHLY]


def _least_firm(statuses: pd.Series[str]) -> str:
    there = set(statuses)
    return next((kind for kind in ("illustrative", "provisional", "final", "revised") if kind in there), "")


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    order = frame["org_kind"].map({kind: place for place, kind in enumerate(ORG_KINDS)})
    columns = ["collection", "_order", "org_name", "month"]
    return frame.assign(_order=order).sort_values(columns, kind="stable").reset_index(drop=True)


def by_reason(frame: pd.DataFrame, *, month: pd.Period | None = None) -> pd.DataFrame:
    """Give why patients stayed in a month, the newest unless named: people a day by reason, the most first.

    Needs the columns of `discharges`. Gives collection, organisation, month, breakdown (the reason), breakdown_title,
    people_a_day, share (per cent of the reasons with a figure; missing where any is suppressed) and rank.
    """
    return _broken_down(frame, "delayed_by_reason", month, "people_a_day")


def by_destination(frame: pd.DataFrame, *, month: pd.Period | None = None) -> pd.DataFrame:
    """Give where patients went who were discharged in a month, the newest unless named, the most first.

    Needs the columns of `discharges`. Gives what `by_reason` does, with patients (in the month) for people_a_day.
    """
    return _broken_down(frame, "discharged_to", month, "patients")


def _broken_down(frame: pd.DataFrame, measure: str, month: pd.Period | None, name: str) -> pd.DataFrame:
    mine = frame[frame["measure"].eq(measure) & frame["period_kind"].eq("month")]
    newest = mine.groupby("collection")["month"].transform("max") if month is None else month
    mine = mine[mine["month"] == newest].rename(columns={"value": name})
    by = ["collection", "org_kind", "org_code"]
    whole = (
        mine.groupby(by)[name]
        .transform("sum")
        .where(mine[name].notna().groupby([mine[k] for k in by]).transform("all"))
    )
    mine = mine.assign(share=mine[name] / whole.where(whole > 0) * 100)
    mine["rank"] = mine.groupby(by)[name].rank(method="min", ascending=False).astype("Int64")
    columns = [*_ORG, "month", "breakdown", "breakdown_title", name, "share", "rank"]
    order = mine["org_kind"].map({kind: place for place, kind in enumerate(ORG_KINDS)})
    ordered = mine.assign(_order=order).sort_values(["collection", "_order", "org_code", "rank", "breakdown"])
    return ordered[columns].reset_index(drop=True)


def by_stay(frame: pd.DataFrame) -> pd.DataFrame:
    """Add up by month the bed days that patients stayed on, by how long they had been in hospital.

    Needs the columns of `discharges`; weeks count to the month of their workbook. Gives collection, organisation,
    month, breakdown (7, 14 or 21 days or more), breakdown_title, weeks (with a figure), bed_days (of those weeks) and
    bed_days_a_week. The bands lie within each other and are never added up.
    """
    weekly = frame[frame["measure"].eq("additional_bed_days") & frame["value"].notna()]
    keys = [*_ORG, "month", "breakdown", "breakdown_title"]
    summed = weekly.groupby(keys, dropna=False, sort=False)["value"].agg(bed_days="sum", weeks="count").reset_index()
    summed["bed_days_a_week"] = summed["bed_days"] / summed["weeks"]
    return summed[[*keys, "weeks", "bed_days", "bed_days_a_week"]]


def compare(months: pd.DataFrame, *, org_kind: str = "board", month: pd.Period | None = None) -> pd.DataFrame:
    """Rank organisations of one kind by the share of waiting patients who were discharged, the lowest first.

    Needs what `monthly` gives; takes each collection's newest month unless one is named. Gives its columns and rank
    (1 the lowest share; ties take the better rank, and those without a share or with days missing have none).
    """
    mine = months[months["org_kind"] == org_kind]
    newest = mine.groupby("collection")["month"].transform("max") if month is None else month
    mine = mine[mine["month"] == newest]
    share = mine["share_discharged"].where(mine["complete"].astype(bool))
    ranked = mine.assign(rank=share.groupby(mine["collection"]).rank(method="min").astype("Int64"))
    return ranked.sort_values(["collection", "rank", "org_name"], kind="stable").reset_index(drop=True)
