"""How an area compares: rates, ranks and averages of the authorities, the region and named neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfkit.analysis.delays import selection
from perfkit.analysis.delays.selection import Label
from perfkit.model.errors import ParameterError
from perfkit.model.schemas import ALL

_NEEDED = ["month", "area", "region", "area_kind", "delayed_days", "calendar_days"]
_COMPARED = ["area", "region", "area_kind", "months", "delayed_days", "people_a_day", "rate", "rank", "region_rank"]
PER = 100_000
"""Adults to whom a rate is related."""


def compare(
    frame: pd.DataFrame,
    *,
    period: Label,
    attribution: str = ALL,
    per: pd.DataFrame | None = None,
    among: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Set every area beside the others for a period, authorities ranked from the most delayed.

    Needs the columns of `delays`; ``per``, where given, has area, adults, year and source, and ``among`` names the
    only authorities to rank (neighbours). Gives area, region, area_kind, months (with a figure), delayed_days,
    people_a_day, rate (delayed days per 100,000 adults; missing without ``per``), rank and region_rank, and with
    ``per`` adults, adults_year and adults_source. Ranks are by rate where there is one, else by delayed days; ties
    take the better rank; England, patients from elsewhere and authorities without every month of the period (those
    that began or ended in it) have none. Raises `ParameterError` where the period has no data or a name is unknown.
    """
    found = _areas(frame, period, attribution)
    for name in among or ():
        selection.check_area(frame, name)
    found = _with_rate(found, per)
    wanted = found["area"].isin(list(among)) if among else found["area_kind"] == "authority"
    ranked = wanted & (found["area_kind"] == "authority") & (found["months"] == found["months"].max())
    measure = found["rate" if per is not None else "delayed_days"].where(ranked)
    found["rank"] = selection.rank(measure)
    found["region_rank"] = measure.groupby(found["region"]).rank(method="min", ascending=False).astype("Int64")
    if among:
        found = found[wanted]
    found = found.sort_values(["rank", "area_kind", "area"], kind="stable").reset_index(drop=True)
    return found[_COMPARED + (["adults", "adults_year", "adults_source"] if per is not None else [])]


def _areas(frame: pd.DataFrame, period: Label, attribution: str) -> pd.DataFrame:
    months = selection.within(frame, period)
    rows = selection.pick(frame, columns=_NEEDED, months=months, attribution=attribution, setting=ALL, reason=ALL)
    sums = selection.sums(rows.sort_values("month", kind="stable"), by="area", carry=("region", "area_kind"))
    return sums.assign(people_a_day=sums["delayed_days"] / sums["calendar_days"])


def _with_rate(found: pd.DataFrame, per: pd.DataFrame | None) -> pd.DataFrame:
    if per is None:
        return found.assign(rate=float("nan"))
    missing = [column for column in ("area", "adults", "year", "source") if column not in per]
    if missing:
        raise ParameterError(f"The denominators have no column {missing[0]}; they need area, adults, year and source.")
    if per["area"].duplicated().any():
        twice = per.loc[per["area"].duplicated(), "area"].iloc[0]
        raise ParameterError(f'The denominators give "{twice}" twice; give one year of each area.')
    adults = per[["area", "adults", "year", "source"]].rename(
        columns={"year": "adults_year", "source": "adults_source"}
    )
    joined = found.merge(adults, on="area", how="left")
    return joined.assign(rate=joined["delayed_days"] / joined["adults"].where(joined["adults"] > 0) * PER)


def average(
    frame: pd.DataFrame,
    *,
    period: Label,
    area: str | None = None,
    attribution: str = ALL,
    per: pd.DataFrame | None = None,
    neighbours: Sequence[str] = (),
) -> pd.DataFrame:
    """Give every reasonable average for a period, and how many times each an area is.

    Needs the columns of `delays`; ``per`` as `compare` does. Gives basis, areas (averaged over), delayed_days,
    people_a_day, rate, ratio (the area's figure over the average; missing without ``area``) and compares (days or
    rates). The mean of authorities, the median, the region's mean and the neighbours' mean compare days, and are
    unlike in size; England's, the region's and the neighbours' rate per 100,000 adults compare rates and need ``per``.
    Raises `ParameterError` where the area, a neighbour or the period is unknown.
    """
    table = compare(frame, period=period, attribution=attribution, per=per)
    if area is not None:
        selection.check_area(table, area)
    for name in neighbours:
        selection.check_area(table, name)
    whole = table[(table["area_kind"] == "authority") & (table["months"] == table["months"].max())]
    groups = [("authorities", whole)]
    if area is not None and (region := table.loc[table["area"] == area, "region"].iloc[0]) == region:
        groups.append((f"authorities in {region}", whole[whole["region"] == region]))
    if neighbours:
        groups.append(("neighbours", whole[whole["area"].isin(list(neighbours))]))
    rows = [_mean(name, members) for name, members in groups] + [_median(whole)]
    rows += [_rate(name, members) for name, members in groups[1:]] + [_england(table)] if per is not None else []
    return _against(pd.DataFrame(rows), table, area)


def _mean(name: str, members: pd.DataFrame) -> dict[str, object]:
    means = members[["delayed_days", "people_a_day", "rate"]].mean()
    return {"basis": f"mean of {name}", "areas": len(members), "delayed_days": means["delayed_days"],
            "people_a_day": means["people_a_day"], "rate": float("nan"), "compares": "days"}  # fmt: skip


def _median(members: pd.DataFrame) -> dict[str, object]:
    return {"basis": "median of authorities", "areas": len(members), "delayed_days": members["delayed_days"].median(),
            "people_a_day": members["people_a_day"].median(), "rate": float("nan"), "compares": "days"}  # fmt: skip


def _rate(name: str, members: pd.DataFrame) -> dict[str, object]:
    known = members[members["adults"].notna()]
    days, adults = known["delayed_days"].sum(), known["adults"].sum()
    return {"basis": f"rate of {name}", "areas": len(known), "delayed_days": days,
            "people_a_day": known["people_a_day"].sum(), "rate": days / adults * PER if adults else float("nan"),
            "compares": "rates"}  # fmt: skip


def _england(table: pd.DataFrame) -> dict[str, object]:
    england = table[table["area_kind"] == "country"]
    if england.empty or england["rate"].isna().all():
        return _rate("England", table[table["area_kind"] == "authority"])
    row = england.iloc[0]
    return {"basis": "rate of England", "areas": 1, "delayed_days": row["delayed_days"],
            "people_a_day": row["people_a_day"], "rate": row["rate"], "compares": "rates"}  # fmt: skip


def _against(rows: pd.DataFrame, table: pd.DataFrame, area: str | None) -> pd.DataFrame:
    rows = rows.assign(ratio=float("nan"))
    if area is not None:
        own = table[table["area"] == area].iloc[0]
        days = rows["compares"] == "days"
        rows["ratio"] = (own["delayed_days"] / rows["delayed_days"]).where(days, own["rate"] / rows["rate"])
    return rows[["basis", "areas", "delayed_days", "people_a_day", "rate", "ratio", "compares"]]


def leading(compared: pd.DataFrame, *, area: str, most: int | None = None) -> pd.DataFrame:
    """Keep the ranked authorities, or the first ``most`` of them and the area itself, in order.

    Needs the columns area and rank, as `compare` gives them.

    >>> compared = pd.DataFrame({"area": ["A", "B", "C", "D"], "rank": [1, 2, 3, None]})
    >>> leading(compared, area="C", most=1)["area"].tolist(), leading(compared, area="C")["area"].tolist()
    (['A', 'C'], ['A', 'B', 'C'])
    """
    ranked = compared[compared["rank"].notna()].sort_values("rank", kind="stable")
    if most is None:
        return ranked.reset_index(drop=True)
    return ranked[(ranked["rank"] <= most) | (ranked["area"] == area)].reset_index(drop=True)
