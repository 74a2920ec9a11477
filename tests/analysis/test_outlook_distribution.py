"""Student's t and the negative binomial against printed tables, and what a bounded or unvarying figure may be."""

from __future__ import annotations

import math

import pytest

from perfkit.analysis.outlook.distribution import Counts, Student, Unvaried, t_below, t_quantile


@pytest.mark.parametrize(
    ("probability", "freedom", "printed"),
    [
        (0.975, 1, 12.7062),
        (0.975, 2, 4.3027),
        (0.90, 3, 1.6377),
        (0.90, 4, 1.5332),
        (0.975, 4, 2.7764),
        (0.995, 4, 4.6041),
        (0.95, 5, 2.0150),
        (0.975, 10, 2.2281),
        (0.95, 29, 1.6991),
        (0.99, 30, 2.4573),
    ],
)
def test_quantiles_of_t_are_those_of_the_printed_table(probability: float, freedom: int, printed: float) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(printed, abs=6e-5)
    assert t_quantile(1 - probability, freedom) == pytest.approx(-printed, abs=6e-5)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 12])
def test_t_is_even_about_nought_and_certain_at_the_ends(freedom: int) -> None:
    assert t_below(0.0, freedom) == 0.5
    assert t_below(1.3, freedom) + t_below(-1.3, freedom) == pytest.approx(1.0)
    assert (t_below(-math.inf, freedom), t_below(math.inf, freedom)) == (0.0, 1.0)


def test_counts_of_mean_two_and_variance_four_are_the_negative_binomial_of_two_and_one_half() -> None:
    counts = Counts(2.0, 4.0)  # probabilities 1/4, 1/4, 3/16, 1/8, ...
    assert counts.at_least(0) == 1.0
    assert counts.at_least(1) == pytest.approx(0.75)
    assert counts.at_least(2) == pytest.approx(0.5)
    assert counts.at_least(2, strict=True) == pytest.approx(0.3125)
    assert (counts.quantile(0.2), counts.quantile(0.5), counts.quantile(0.6)) == (0.0, 1.0, 2.0)


def test_counts_no_more_varied_than_chance_are_poisson() -> None:
    assert Counts(3.0, 1.0).at_least(1) == pytest.approx(1 - math.exp(-3))


def test_counts_go_on_from_what_the_year_has_so_far() -> None:
    counts = Counts(2.0, 4.0, start=10.0)
    assert counts.middle == 12.0
    assert counts.at_least(10) == 1.0
    assert counts.at_least(12) == pytest.approx(0.5)
    assert counts.quantile(0.6) == 12.0


def test_a_whole_figure_reaches_its_target_from_half_a_unit_below() -> None:
    figure = Student(100.0, 1.0, whole=True)
    assert figure.at_least(100.0) == pytest.approx(t_below(0.5))
    assert figure.at_least(100.0, strict=True) == pytest.approx(t_below(-0.5))
    assert figure.quantile(0.9) == 102.0


def test_a_percentage_keeps_its_mass_within_its_bounds() -> None:
    figure = Student(99.0, 2.0, lowest=0.0, highest=100.0)
    assert figure.quantile(0.975) == 100.0
    assert figure.at_least(100.0) == pytest.approx(t_below(-0.5))
    assert figure.at_least(100.0, strict=True) == 0.0
    assert figure.at_least(100.5) == 0.0
    assert figure.at_least(0.0) == 1.0


def test_logs_never_fall_to_nought() -> None:
    figure = Student(0.0, 3.0, logs=True)
    assert figure.middle == 1.0
    assert figure.quantile(0.025) > 0
    assert figure.at_least(0.0) == 1.0
    assert figure.at_least(1.0) == pytest.approx(0.5)


def test_a_figure_without_spread_is_certain() -> None:
    figure = Student(5.0, 0.0)
    assert (figure.quantile(0.1), figure.quantile(0.9)) == (5.0, 5.0)
    assert (figure.at_least(5.0), figure.at_least(5.0, strict=True), figure.at_least(4.0)) == (1.0, 0.0, 1.0)


def test_an_unvarying_figure_moves_with_one_chance_in_n_plus_two() -> None:
    figure = Unvaried(50.0, points=8, reach=4.0)
    assert figure.at_least(50.0) == pytest.approx(0.95)
    assert figure.at_least(50.0, strict=True) == pytest.approx(0.05)
    assert figure.at_least(55.0) == 0.0
    assert (figure.quantile(0.1), figure.quantile(0.025)) == (50.0, 46.0)
    assert (figure.quantile(0.9), figure.quantile(0.975)) == (50.0, 54.0)
