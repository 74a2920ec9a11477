"""What the projection makes of plain series, and that many at once answer as one at a time."""

from __future__ import annotations

import numpy as np
import pytest

from perfkit.analysis.outlook import spread
from perfkit.analysis.outlook.forecast import Bounds, forecast
from perfkit.analysis.outlook.projection import paths

NOISE = np.random.default_rng(7).normal(size=(5, 24))


def path(values: list[float], steps: int = 4) -> list[float]:
    return [round(float(v), 6) for v in paths(np.array([values], dtype=float), steps=steps).centre[0]]


def test_a_constant_series_stays() -> None:
    assert path([7.0] * 12) == [7.0] * 4
    assert path([7.0] * 5) == [7.0] * 4


def test_pure_seasons_go_round() -> None:
    assert path([10.0, 20.0, 30.0, 40.0] * 4) == pytest.approx([10.0, 20.0, 30.0, 40.0], abs=0.1)


def test_a_sure_trend_goes_on_though_damped() -> None:
    ahead = path([float(v) for v in range(16)])
    assert ahead == sorted(ahead)
    assert 15.5 < ahead[0] < 16.1
    assert 16.5 < ahead[3] < 19.1


def test_noise_about_a_level_stays_about_it() -> None:
    level = paths(50 + NOISE, steps=4).centre
    assert np.abs(level - 50).max() < 2


@pytest.mark.parametrize("count", [4, 5, 6, 7, 8, 12, 20, 24])
def test_rows_do_not_touch_one_another(count: int) -> None:
    rows = 20 + np.cumsum(NOISE[:, :count], axis=1)
    together = paths(rows, steps=6)
    for place, row in enumerate(rows):
        alone = paths(row[None, :], steps=6)
        np.testing.assert_allclose(together.centre[place], alone.centre[0])
        np.testing.assert_allclose(together.error[place], alone.error[0])


@pytest.mark.parametrize("count", [4, 6, 9, 20])
def test_a_longer_horizon_does_not_change_the_nearer_quarters(count: int) -> None:
    rows = 20 + np.cumsum(NOISE[:, :count], axis=1)
    np.testing.assert_allclose(paths(rows, steps=8).centre[:, :2], paths(rows, steps=2).centre)


@pytest.mark.parametrize("count", [4, 6, 9, 20])
def test_units_do_not_matter(count: int) -> None:
    rows = 20 + np.cumsum(NOISE[:, :count], axis=1)
    np.testing.assert_allclose(paths(1000 * rows + 5000, steps=4).centre, 1000 * paths(rows, steps=4).centre + 5000)


def test_only_the_last_five_years_are_used() -> None:
    rows = 20 + np.cumsum(NOISE, axis=1)
    np.testing.assert_allclose(paths(rows).centre, paths(rows[:, -20:]).centre)


def test_intervals_widen_with_the_horizon_and_narrow_with_points() -> None:
    assert np.all(np.diff(spread.scale(2.0, 50.0, 12, 4)) > 0)
    nearest = [spread.scale(2.0, 50.0, points, 1)[0] for points in (8, 12, 16, 20)]
    assert nearest == sorted(nearest, reverse=True)


def test_a_year_is_narrower_than_its_quarters_added_up() -> None:
    assert spread.total_scale(np.array([2.0])) == 2.0
    assert spread.total_scale(np.array([2.0, 2.0, 2.0, 2.0])) == pytest.approx(8 * 0.87)
    assert spread.total_scale(np.array([])) == 0.0


def test_long_positive_series_are_projected_in_logs_and_bounded_ones_are_not() -> None:
    values = np.linspace(50, 60, 12)
    assert forecast(values, Bounds(0.0), points=12, steps=1).logs
    assert not forecast(values, Bounds(0.0, 100.0), points=12, steps=1).logs
    assert not forecast(values - 55, Bounds(), points=12, steps=1).logs
    assert not forecast(values[:11], Bounds(0.0), points=11, steps=1).logs
