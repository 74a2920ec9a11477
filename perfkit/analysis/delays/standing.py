"""Where an authority stands: among all, in its region and among its neighbours, and beside every average."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfkit.analysis.delays import comparison, selection
from perfkit.analysis.delays.selection import Label
from perfkit.model import areas

ADULTS = "adults"
"""The measure of the table `releases` that holds the number of people aged 18 and over."""


def neighbours(frame: pd.DataFrame, *, area: str, named: str = "") -> list[str]:
    """List an authority's neighbours: those named, separated by semicolons, else the others of its region.

    Needs area, area_kind and region. Raises `ParameterError` for a name that the frame does not know.

    >>> frame = pd.DataFrame({"area": ["A", "B", "C"], "area_kind": "authority", "region": ["S", "S", "N"]})
    >>> neighbours(frame, area="A"), neighbours(frame, area="A", named="C; B ;")
    (['B'], ['C', 'B'])
    """
    given = [name.strip() for name in named.split(";") if name.strip()]
    for name in (area, *given):
        selection.check_area(frame, name)
    if given:
        return list(dict.fromkeys(name for name in given if name != area))
    each = frame.loc[frame["area_kind"].eq("authority") & frame["region"].notna(), ["area", "region"]]
    latest = each.drop_duplicates("area", keep="last").set_index("area")["region"]
    return sorted(name for name in latest.index[latest == latest.get(area)] if name != area)


def region(frame: pd.DataFrame, *, area: str) -> str:
    """Name the region of an area as its newest month gives it, "" where it has none.

    >>> frame = pd.DataFrame({"area": ["A", "A", "England"], "region": ["South", "South East", None]})
    >>> region(frame, area="A"), region(frame, area="England")
    ('South East', '')
    """
    known = frame.loc[(frame["area"] == area) & frame["region"].notna(), "region"]
    return str(known.iloc[-1]) if len(known) else ""


def standing(compared: pd.DataFrame, *, area: str, peers: Sequence[str], named: bool) -> pd.DataFrame:
    """Give an authority's place among all, in its region and, where they were named, among its neighbours.

    Needs the columns of `compare`. Gives among (all authorities, the region's name, the neighbours named), rank and of;
    ties take the better rank, and an area without a rank has none anywhere.
    """
    ranked = compared[compared["rank"].notna()]
    mine = compared[compared["area"] == area].iloc[0]
    groups = [("authorities in England", ranked)]
    if mine["region"] == mine["region"]:
        groups.append((f"in {mine['region']}", ranked[ranked["region"] == mine["region"]]))
    if named:
        groups.append(("named neighbours and itself", ranked[ranked["area"].isin([area, *peers])]))
    rows = [(name, _place(group, area), len(group)) for name, group in groups]
    return pd.DataFrame(rows, columns=["among", "rank", "of"]).astype({"rank": "Int64"})


def _place(group: pd.DataFrame, area: str) -> object:
    own = group.loc[group["area"] == area, "rank"]
    return pd.NA if own.empty else int((group["rank"] < own.iloc[0]).sum()) + 1


def beside(
    frame: pd.DataFrame, *, period: Label, area: str, peers: Sequence[str], named: bool, per: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set an area beside England as a whole and every average: of all, of its region, of neighbours named, the median.

    Needs the columns of `delays`. Gives basis, areas, delayed_days, people_a_day, rate (per 100,000 adults; missing
    without ``per``) and ratio (how many times that figure the area's is; by rate where the basis is a rate).
    """
    table = comparison.compare(frame, period=period, per=per)
    averages = comparison.average(frame, period=period, area=area, per=per, neighbours=peers if named else ())
    kept = table[table["area"].eq(area) | table["area_kind"].eq("country")].sort_values("area_kind")
    own = table.loc[table["area"] == area, "delayed_days"].iloc[0]
    ours, everyone = kept["area"] == area, int((table["area_kind"] == "authority").sum())
    whole = kept.assign(
        basis=kept["area"].where(ours, kept["area"] + ", all together"),
        areas=ours.map({True: 1, False: everyone}),
        ratio=own / kept["delayed_days"],
    )
    columns = ["basis", "areas", "delayed_days", "people_a_day", "rate", "ratio"]
    return pd.concat([whole[columns], averages[columns]], ignore_index=True)


def adults(releases: pd.DataFrame, frame: pd.DataFrame, *, period: Label) -> pd.DataFrame | None:
    """Give the adults of each area from the newest release up to a period's year, or None where none is loaded.

    Needs the columns of `releases`: rows of the measure ``adults``, breakdown all. Gives area (as the delays name it),
    adults, year and source (the release and its file), as `compare` takes them.
    """
    last = selection.period(period).end_time.year
    mine = releases[(releases["measure"] == ADULTS) & (releases["breakdown"] == "all") & releases["value"].notna()]
    year = mine["period"].str.extract(r"(\d{4})", expand=False).astype("float64")
    mine, year = mine[year <= last], year[year <= last]
    if mine.empty:
        return None
    newest = mine[year == year.max()]
    names = {areas.named(name): name for name in sorted(frame["area"].unique())}
    made = pd.DataFrame({
        "area": newest["area"].map(areas.named).map(names), "adults": newest["value"],
        "year": newest["period"], "source": newest["release"] + ", " + newest["file"],
    })  # fmt: skip
    made = made.dropna(subset="area").drop_duplicates("area").reset_index(drop=True)
    return None if made.empty else made
