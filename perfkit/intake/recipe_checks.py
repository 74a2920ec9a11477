"""What must hold in a release before it is believed: each fact once, parts to totals, percentages to their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def settle(frames: Sequence[pd.DataFrame], recipe: Recipe, issues: list[Issue]) -> pd.DataFrame:
    """Put a workbook's tables together, each fact once, and check them; what is wrong is added to ``issues``."""
    whole = pd.concat(frames, ignore_index=True)
    whole = _percentages(whole, issues)
    issues += _twice_on_a_sheet(whole)
    whole = _once(whole, issues)
    issues += _counted_twice(whole)
    if recipe.ratios:
        issues += _ratios(whole)
    for measure in recipe.sums:
        issues += _sums(whole[whole["measure"] == measure], recipe.within)
    return whole


def _where(row: pd.Series) -> Where:
    return Where(str(row["file"]), str(row["sheet"]), str(row["cell"]))


def _percentages(frame: pd.DataFrame, issues: list[Issue]) -> pd.DataFrame:
    """Take fractions for percentages where a measure in percent has nothing else, and say so."""
    percent = (frame["unit"] == "percent") & ~frame["adds"]
    for measure, some in frame[percent].groupby("measure", sort=False):
        values = some["value"].dropna()
        if (
            len(values) >= FRACTIONS
            and values.abs().max() <= 1
            and values.abs().max() > 0
            and _is_published(measure, frame)
        ):
            frame = frame.assign(value=frame["value"].where(~frame.index.isin(some.index), frame["value"] * 100))
            issues.append(Issue(_where(some.iloc[0]), f"{measure} as fractions ({values.iloc[0]:g})", "percentages",
                                "They were multiplied by 100.", Severity.WARNING))  # fmt: skip
    return frame


def _is_published(measure: object, frame: pd.DataFrame) -> bool:
    """Tell a share that a recipe declares from a change in points that a heading merely calls a percentage."""
    return not str(frame.loc[frame["measure"] == measure, "measure_title"].iloc[0]).lower().count("change")


def _twice_on_a_sheet(frame: pd.DataFrame) -> Iterator[Issue]:
    key = [*_KEY, "sheet"]
    again = frame.duplicated(key, keep="first")
    if not again.any():
        return
    first = frame[~again].set_index(key)["cell"]
    for _, row in frame[again].head(20).iterrows():
        before = first[tuple(row[name] for name in key)]
        what = ", ".join(str(row[name]) for name in ("measure", "area", "period", "breakdown") if row[name] != "all")
        yield Issue(_where(row), f"{what} a second time (first in cell {before})", "it once",
                    "Remove one of the two, or name what tells them apart among the recipe's breakdowns.")  # fmt: skip


def _once(frame: pd.DataFrame, issues: list[Issue]) -> pd.DataFrame:
    """Keep each fact once: sheets that repeat it must agree; a sheet of counts adds them to the percentages."""
    adds = frame[frame["adds"]].drop_duplicates(_KEY).set_index(_KEY)
    main = frame[~frame["adds"]]
    again = main.duplicated(_KEY, keep="first")
    if again.any():
        issues += _differing(main[~again], main[again])
        main = _most_told(main)
    if adds.empty:
        return main.reset_index(drop=True)
    index = pd.MultiIndex.from_frame(main[_KEY])
    beside = adds.reindex(index)
    for part in ("numerator", "denominator"):
        main = main.assign(**{part: main[part].where(main[part].notna(), beside[part].to_numpy())})
    alone = adds[~adds.index.isin(index)].reset_index()
    return pd.concat([main, alone], ignore_index=True)


def _most_told(main: pd.DataFrame) -> pd.DataFrame:
    """Of a fact that stands on several sheets keep the first that gives a figure, with decimals where one has them."""
    order = main["value"].isna() * 2 + (main["value"] % 1 == 0)
    chosen = main.assign(order=order).sort_values("order", kind="stable").drop_duplicates(_KEY)
    return chosen.sort_index().drop(columns="order")


def _differing(first: pd.DataFrame, again: pd.DataFrame) -> Iterator[Issue]:
    both = again.merge(first[[*_KEY, "value", "sheet", "cell"]], on=_KEY, suffixes=("", "_first"))
    rounded = (both["value"] % 1 == 0) != (both["value_first"] % 1 == 0)
    wrong = both[(both["value"] - both["value_first"]).abs() > np.where(rounded, 0.5 + ROUNDING, ROUNDING)]
    for _, row in wrong.head(20).iterrows():
        yield Issue(_where(row), f"{row['value']:g} for {row['area']} ({row['measure']})",
                    f"{row['value_first']:g}, as in cell {row['cell_first']} of sheet {row['sheet_first']}",
                    _COMPARE, Severity.WARNING)  # fmt: skip


def _counted_twice(frame: pd.DataFrame) -> Iterator[Issue]:
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


def _sums(frame: pd.DataFrame, within: float) -> Iterator[Issue]:
    for (period, breakdown), some in frame.groupby(["period", "breakdown"], sort=False):
        parts, whole = some[some["area_kind"] == areas.AUTHORITY], some[some["area_kind"] == areas.COUNTRY]
        if whole.empty or parts["value"].isna().all() or whole["value"].isna().any():
            continue
        total, given = float(np.nansum(parts["value"])), float(whole["value"].iloc[0])
        if total - given > 0.5 + within * given or (
            given - total > 0.5 + within * given and parts["value"].notna().all()
        ):
            yield Issue(_where(whole.iloc[0]), f"{given:,.0f} for England ({whole['measure'].iloc[0]})",
                        f"{total:,.0f}, the sum of its authorities", _COMPARE, Severity.WARNING)  # fmt: skip
        del period, breakdown
