"""A few months of delays, typed by hand, small enough to reckon in the head."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from perfkit.model import schemas

Row = dict[str, object]
Make = Callable[..., pd.DataFrame]


def row(month: str, area: str, days: float | None, **words: object) -> Row:
    period = pd.Period(month, "M")
    given: Row = {
        "month": period, "area": area, "area_kind": "authority", "region": "South East", "attribution": "all",
        "setting": "all", "reason": "all", "reason_title": "All reasons", "delayed_days": days,
        "calendar_days": period.days_in_month, "status": "revised", "marker": None, "file": f"{month}.xls",
        "sheet": "LA", "cell": "F20",
    }  # fmt: skip
    return given | words


@pytest.fixture
def delays_of() -> Make:
    """Make a tidy frame of rows given as (month, area, days, {other columns})."""

    def make(*rows: tuple[str, str, float | None, dict[str, object]] | tuple[str, str, float | None]) -> pd.DataFrame:
        made = [row(*given[:3], **(given[3] if len(given) > 3 else {})) for given in rows]
        return schemas.conform(pd.DataFrame(made), schemas.DELAYS)

    return make
