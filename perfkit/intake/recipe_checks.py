"""What must hold in a release before it is believed: each fact once, parts to totals, percentages to their counts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from perfkit.intake.recipes import Recipe
from perfkit.model import areas, schemas
from perfkit.model.errors import Issue, Severity, Where

ROUNDING = 0.06
"""Percentage points by which a figure printed to one decimal may differ from the same figure printed elsewhere."""
FRACTIONS = 20
"""Percentages, all of them between 0 and 1, that must be seen before they are taken for fractions."""
_KEY = [name for name in schemas.RELEASES.key if name != "release"]
_COMPARE = "Compare with the publisher's file; one of these figures is not what was published."


def settle(whole: pd.DataFrame, recipe: Recipe, issues: list[Issue]) -> pd.DataFrame:
    """Keep each fact of a workbook's tables once, and check them; what is wrong is added to ``issues``."""
    whole = _percentages(whole, issues)
    facts: dict[tuple[object, ...], int] = {}
    keys = zip(*(whole[name].tolist() for name in _KEY), strict=True)
    whole = whole.assign(fact=[facts.setdefault(key, len(facts)) for key in keys])
    issues += _twice_on_a_sheet(whole)
    whole = _once(whole, issues)
    issues += _counted_twice(whole)
    if recipe.ratios:
        issues += _ratios(whole)
    if recipe.sums:
        issues += _sums(whole, recipe)
    return whole


def _where(row: pd.Series) -> Where:
    return Where(str(row["file"]), str(row["sheet"]), str(row["cell"]))


def _percentages(frame: pd.DataFrame, issues: list[Issue]) -> pd.DataFrame:
    """Take fractions for percentages where a measure in percent has nothing else, and say so."""
    percent = frame[(frame["unit"] == "percent") & ~frame["adds"]]
    sizes = percent["value"].abs().groupby(percent["measure"]).agg(["count", "max"])
    small = sizes[(sizes["count"] >= FRACTIONS) & (sizes["max"] <= 1) & (sizes["max"] > 0)].index
    for measure in small:
        rows = frame["measure"] == measure
        some = frame[rows & frame["value"].notna()].iloc[0]
        if "change" not in str(some["measure_title"]).lower():
            frame = frame.assign(value=frame["value"].mask(rows, frame["value"] * 100))
            issues.append(Issue(_where(some), f"{measure} as fractions ({some['value']:g})", "percentages",
                                "They were multiplied by 100.", Severity.WARNING))  # fmt: skip
    return frame


def _twice_on_a_sheet(frame: pd.DataFrame) -> Iterator[Issue]:
    again = frame.duplicated(["fact", "sheet"], keep="first")
    if not again.any():
        return
    first = frame[~again].set_index(["fact", "sheet"])["cell"]
    for _, row in frame[again].head(20).iterrows():
        before = first[(row["fact"], row["sheet"])]
        what = ", ".join(str(row[name]) for name in ("measure", "area", "period", "breakdown") if row[name] != "all")
        yield Issue(_where(row), f"{what} a second time (first in cell {before})", "it once",
                    "Remove one of the two, or name what tells them apart among the recipe's breakdowns.")  # fmt: skip


def _once(frame: pd.DataFrame, issues: list[Issue]) -> pd.DataFrame:
    """Keep each fact once: sheets that repeat it must agree; a sheet of counts adds them to the percentages."""
    if not frame["adds"].any() and frame["fact"].is_unique:
        return frame
    main = frame[~frame["adds"]]
    again = main["fact"].duplicated(keep="first")
    if again.any():
        issues += _differing(main[~again], main[again])
        main = _most_told(main)
    adds = frame[frame["adds"]].drop_duplicates("fact").set_index("fact", drop=False)
    for part in ("numerator", "denominator"):
        main = main.assign(**{part: main[part].fillna(main["fact"].map(adds[part]))})
    return pd.concat([main, adds[~adds["fact"].isin(main["fact"])]], ignore_index=True)


def _most_told(main: pd.DataFrame) -> pd.DataFrame:
    """Of a fact that stands on several sheets keep the first that gives a figure, with decimals where one has them."""
    order = main["value"].isna() * 2 + (main["value"] % 1 == 0)
    chosen = main.assign(order=order).sort_values("order", kind="stable").drop_duplicates("fact")
    return chosen.sort_index().drop(columns="order")


def _differing(first: pd.DataFrame, again: pd.DataFrame) -> Iterator[Issue]:
    both = again.merge(first[["fact", "value", "sheet", "cell"]], on="fact", suffixes=("", "_first"))
    rounded = (both["value"] % 1 == 0) != (both["value_first"] % 1 == 0)
    wrong = both[(both["value"] - both["value_first"]).abs() > np.where(rounded, 0.5 + ROUNDING, ROUNDING)]
    for _, row in wrong.head(20).iterrows():
        yield Issue(_where(row), f"{row['value']:g} for {row['area']} ({row['measure']})",
                    f"{row['value_first']:g}, as in cell {row['cell_first']} of sheet {row['sheet_first']}",
                    _COMPARE, Severity.WARNING)  # fmt: skip


def _counted_twice(frame: pd.DataFrame) -> Iterator[Issue]:
    if not frame["ended"].any():
        return
    told = frame[frame["value"].notna() & (frame["area_kind"] == areas.AUTHORITY)]
    for _, row in told[told["ended"]].drop_duplicates(["area", "period"]).iterrows():
        area = areas.resolve(str(row["area"]))
        same = told[(told["period"] == row["period"]) & (told["measure"] == row["measure"])]
        heirs = [name for name in area.succeeded_by if (same["area"] == name).any()]
        ended = (
            f"{row['area']}, which ended on {area.valid_to.day} {area.valid_to:%B %Y}" if area.valid_to else row["area"]
        )
        if heirs:
            yield Issue(_where(row), f"a figure for {ended}, beside one for {' and '.join(heirs)}",
                        "each part of England once", "Leave out one of them: they would be counted twice.")  # fmt: skip
        else:
            yield Issue(_where(row), f"a figure for {ended}, in {row['period']}", "areas that stood then",
                        "It was kept under the old area, which is not its successor.", Severity.WARNING)  # fmt: skip


def _ratios(frame: pd.DataFrame) -> Iterator[Issue]:
    percent = frame[(frame["unit"] == "percent") & (frame["denominator"] > 0)]
    percent = percent.assign(ours=100 * percent["numerator"] / percent["denominator"])
    wrong = percent[(percent["ours"] - percent["value"]).abs() > ROUNDING]
    for _, row in wrong.head(20).iterrows():
        yield Issue(_where(row), f"{row['value']:g}% for {row['area']} ({row['measure']})",
                    f"{row['ours']:.1f}%, which {row['numerator']:,.0f} of {row['denominator']:,.0f} are", _COMPARE,
                    Severity.WARNING)  # fmt: skip


def _sums(frame: pd.DataFrame, recipe: Recipe) -> Iterator[Issue]:
    counts = frame[frame["measure"].isin(recipe.sums)]
    by = ["measure", "period", "breakdown"]
    parts = counts[counts["area_kind"] == areas.AUTHORITY]
    sums = parts.groupby(by, sort=False)["value"].agg(["sum", "count", "size"]).reset_index()
    england = counts[(counts["area_kind"] == areas.COUNTRY) & (counts["area"] == "England") & counts["value"].notna()]
    both = england.merge(sums[sums["count"] > 0], on=by)
    gap, room = both["sum"] - both["value"], 0.5 + recipe.within * both["value"]
    wrong = both[(gap > room) | ((gap < -room) & (both["count"] == both["size"]))]
    for _, row in wrong.head(20).iterrows():
        yield Issue(_where(row), f"{row['value']:,.0f} for England ({row['measure']})",
                    f"{row['sum']:,.0f}, the sum of its authorities", _COMPARE, Severity.WARNING)  # fmt: skip
