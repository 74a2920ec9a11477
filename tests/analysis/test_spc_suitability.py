"""Which chart a series suits, run charts, and single periods out of year-to-date figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from perfkit.analysis import spc
from perfkit.model import periods
from perfkit.model.errors import ParameterError


def series(values: Sequence[float | None], start: str = "2010-11 Q1") -> pd.DataFrame:
    first = periods.parse(start)
    return pd.DataFrame({"period": [periods.label(first + n) for n in range(len(values))], "value": values})


@pytest.mark.parametrize(
    ("count", "kind", "trial", "words"),
    [
        (0, "run", False, "Not enough data: 0 of 12 points, so a run chart with the median."),
        (11, "run", False, "Not enough data: 11 of 12 points, so a run chart with the median."),
        (12, "xmr", True, "Trial limits: 12 of 20 points."),
        (19, "xmr", True, "Trial limits: 19 of 20 points."),
        (20, "xmr", False, "Limits from 20 points."),
    ],
)
def test_the_number_of_points_decides_the_chart(count: int, kind: str, trial: bool, words: str) -> None:
    chosen = spc.chart_kind(series([50.5, 60.5, 40.5, 55.5, 45.5] * 4).head(count))
    assert (chosen.kind, chosen.points, chosen.trial, chosen.words) == (kind, count, trial, words)


def test_only_values_of_the_latest_group_count() -> None:
    frame = series([50.5, 60.5, None, 55.5] * 5)
    assert spc.chart_kind(frame).points == 15
    assert spc.chart_kind(frame, rebase=["2013-14 Q1"]).points == 6
    assert spc.chart_kind(frame, rebase=["2013-14 Q1"]).kind == "run"


def test_annual_figures_get_a_run_chart_however_many() -> None:
    labels = series([50.5, 60.5] * 12, start="1990-91")
    ends = labels.assign(period=pd.date_range("1991-03-31", periods=24, freq="YE-MAR"))
    for frame in (labels, ends):
        chosen = spc.chart_kind(frame)
        assert chosen.kind == "run"
        assert chosen.words == "Not enough data: annual figures, so a run chart with the median."


@pytest.mark.parametrize(
    ("series_type", "message"),
    [
        ("ytd", r"blind by quarter and flags every point by month: de-cumulate it first with spc\.decumulate"),
        ("rolling", "share most of their data, so its latest point on a control chart is a false alarm"),
        ("milestone", "A milestone is met or not"),
        ("weekly", 'Series type "weekly" is not known: use point, ytd'),
    ],
)
def test_a_series_that_a_chart_would_misread_is_refused(series_type: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        spc.chart_kind(series([1, 2]), series_type)


def test_strong_seasons_are_warned_of_and_mild_ones_are_not() -> None:
    noise = [1.5, -2, 0.5, -1, 2, -0.5, -1.5, 1, 0.5, 2, -2, -1, 1, -1.5, 0.5, 2]
    seasons = [10, 20, 30, 80] * 4
    strong = spc.chart_kind(series([a + b for a, b in zip(seasons, noise, strict=True)]))
    assert strong.warnings[0].startswith(
        "Strong seasons: the time of year explains 99% of the movement about the yearly average"
    )
    assert spc.chart_kind(series([50 + b for b in noise])).warnings == ()
    two_years = series([a + b for a, b in zip(seasons[:8], noise, strict=False)])
    assert spc.chart_kind(two_years).warnings == ()


def test_a_steady_climb_or_step_is_not_taken_for_seasons() -> None:
    assert spc.chart_kind(series([5.5] * 16)).warnings == ()
    assert spc.chart_kind(series([5.5 + 1.1 * n for n in range(24)])).warnings == ()
    assert spc.chart_kind(series([5.5, 5.1, 5.8, 5.4] * 2 + [50.3, 50.9, 50.1, 50.6, 50.2, 50.8, 50.3])).warnings == ()


def test_seasons_are_seen_on_a_climb_by_month_and_past_a_gap() -> None:
    by_month = [3 * n + 20.5 * (n % 12 in (8, 9)) for n in range(40)]
    assert spc.chart_kind(series(by_month, start="April 2010")).warnings[0].startswith("Strong seasons")
    by_quarter: list[float | None] = [10.5, 20, 30, 80] * 5
    by_quarter[9] = None
    assert spc.chart_kind(series(by_quarter)).warnings[0].startswith("Strong seasons")


def test_rare_counts_and_small_denominators_are_warned_of() -> None:
    rare = spc.chart_kind(series([1, 2, 0, 3, 2, 1] * 2))
    assert rare.warnings[0].startswith("Rare counts (mean 1.5): limits mean little below 3 a period.")
    assert spc.chart_kind(series([3, 4, 5] * 4)).warnings == ()
    assert spc.chart_kind(series([50.5] * 12), "rare_count").warnings[0].startswith("Rare counts (mean 50.5)")
    frame = series([50.5] * 12).assign(denominator=[100] * 11 + [20])
    assert spc.chart_kind(frame).warnings == ()
    assert spc.chart_kind(frame, denominator="denominator").warnings == (
        "Small denominators: as few as 20, where one case moves the figure by 5 percentage points. "
        "Use a p chart, or longer periods.",
    )


def test_a_run_chart_counts_runs_on_either_side_of_the_median() -> None:
    chart = spc.runs(series([3, 5, 6, 4, None, 2, 1]))  # the median of 1 2 3 4 5 6 is 3.5
    assert chart["median"].tolist() == [3.5] * 7
    assert chart["side"].tolist() == ["below", "above", "above", "above", "", "below", "below"]
    assert chart["run"].tolist() == [1, 2, 2, 2, pd.NA, 3, 3]
    assert chart["run_length"].tolist() == [1, 3, 3, 3, pd.NA, 2, 2]


def test_a_point_on_the_median_does_not_end_a_run() -> None:
    chart = spc.runs(series([5, 4, 6, 2, 3]))
    assert chart["side"].tolist() == ["above", "on the median", "above", "below", "below"]
    assert chart["run"].tolist() == [1, pd.NA, 1, 2, 2]


def test_a_run_chart_answers_no_rows_and_no_values() -> None:
    assert spc.runs(series([])).empty
    assert spc.runs(series([None, None]))["side"].tolist() == ["", ""]


def test_year_to_date_figures_are_taken_apart_within_the_financial_year() -> None:
    frame = series([10, 25, 45, 70, 12, 30])
    single = spc.decumulate(frame.iloc[[3, 1, 0, 2, 5, 4]])
    assert single["value"].tolist() == [10, 15, 20, 25, 12, 18]
    assert single["period"].tolist() == frame["period"].tolist()


def test_months_restart_in_april() -> None:
    single = spc.decumulate(series([80, 100, 5, 12], start="February 2017"))
    assert np.isnan(single["value"].iloc[0])  # January is not known
    assert single["value"].tolist()[1:] == [20, 5, 7]


def test_datetimes_are_read_as_months_or_quarters() -> None:
    quarters = pd.DataFrame({"period": pd.to_datetime(["2017-06-30", "2017-09-30", "2017-12-31"]), "value": [1, 3, 6]})
    months = pd.DataFrame({"period": pd.to_datetime(["2017-04-01", "2017-05-01", "2017-06-01"]), "value": [1, 3, 6]})
    assert spc.decumulate(quarters)["value"].tolist() == [1, 2, 3]
    assert spc.decumulate(months)["value"].tolist() == [1, 2, 3]


def test_nothing_is_spread_over_a_gap() -> None:
    missing = spc.decumulate(series([10, None, 45, 70]))["value"]
    absent = spc.decumulate(series([10, None, 45, 70]).drop(index=1))["value"]
    assert missing.isna().tolist() == [False, True, True, False]
    assert absent.isna().tolist() == [False, True, False]


def test_a_correction_downwards_is_kept() -> None:
    assert spc.decumulate(series([10, 8]))["value"].tolist() == [10, -2]


def test_a_rate_is_taken_apart_by_numerator_and_denominator() -> None:
    frame = series([50.0, 45.0, 45.0]).assign(met=[5, 9, 9], cases=[10, 20, 20])
    single = spc.decumulate(frame, numerator="met", denominator="cases")
    assert single["met"].tolist() == [5, 4, 0]
    assert single["cases"].tolist() == [10, 10, 0]
    assert single["value"].tolist()[:2] == [50, 40]
    assert np.isnan(single["value"].iloc[2])
    with pytest.raises(ParameterError, match="needs both its numerator and its denominator"):
        spc.decumulate(frame, numerator="met")


def test_years_and_days_cannot_be_taken_apart() -> None:
    assert spc.decumulate(series([])).empty
    for frame in (series([1, 2], start="2010-11"), pd.DataFrame({"period": pd.date_range("2017-04-01", periods=3)})):
        with pytest.raises(ParameterError, match="by month or quarter; these dates are neither"):
            spc.decumulate(frame)


def test_taken_apart_a_series_can_be_charted() -> None:
    totals = np.concatenate([np.cumsum([9, 11, 9, 11])] * 3)
    chart = spc.xmr(spc.decumulate(series(totals.tolist())))
    assert chart["mean"].tolist() == [10] * 12
    assert spc.icons(chart).variation == "common cause"
