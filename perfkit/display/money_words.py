"""Money in words: amounts, budget against forecast, and what is said where forecasts are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

from perfkit.display import words


def pounds(amount: float) -> str:
    """Write an amount of money; whole millions whole.

    >>> pounds(200e6), pounds(15_600_000), pounds(400_000)
    ('£200m', '£15.6m', '£400,000')
    """
    return words.number(amount, "£", 0 if abs(amount) % 1e6 == 0 else None)


def unit(amounts: Iterable[object]) -> str:
    """Give the unit in which amounts of money stand together: in millions as soon as one of them is a million.

    >>> unit([800_000.0, 2_500_000.0, None, "not known"]), unit([800_000.0])
    ('£m', '£')
    """
    held = (amount for amount in amounts if isinstance(amount, Real) and not words.missing(amount))
    return words.MILLIONS if any(abs(float(amount)) >= 1e6 for amount in held) else "£"


def against(record: Mapping[str, Any]) -> str:
    """Write a forecast against its budget.

    >>> against({"forecast": 184_500_000.0, "budget": 180_000_000.0, "variance": 4_500_000.0, "percent": 2.5})
    '£184.5m against a budget of £180.0m: £4.5m (2.5%) over'
    """
    forecast, budget = words.number(record["forecast"], "£"), words.number(record["budget"], "£")
    return f"{forecast} against a budget of {budget}: {gap(record)}"


def gap(record: Mapping[str, Any]) -> str:
    """Write a variance as an amount and a share, over or under; "no forecast" without one. Beside a budget of millions
    it stands in millions.

    >>> gap({"variance": -4_500.0, "percent": -2.5}), gap({"variance": 0.0, "percent": 0.0})
    ('£4,500 (2.5%) under', 'as budgeted')
    >>> gap({"variance": 500_000.0, "percent": 5.6, "budget": 8_900_000.0})
    '£0.5m (5.6%) over'
    >>> gap({"variance": float("nan"), "percent": float("nan")}), gap({"variance": 10.0, "percent": float("nan")})
    ('no forecast', '£10 over')
    """
    variance, percent = record.get("variance"), record.get("percent")
    if variance is None or words.missing(variance):
        return "no forecast"
    if not variance:
        return "as budgeted"
    share = "" if percent is None or words.missing(percent) else f" ({words.number(abs(percent), 'percent', 1)})"
    amount = words.number(abs(round(variance)), unit((record.get("budget"), variance)))
    return f"{amount}{share} {'over' if variance > 0 else 'under'}"


def partial(record: Mapping[str, Any]) -> str:
    """Say how far the lines with a forecast lie from their budgets, where some have none; empty where none has one.

    >>> partial({"lines": 3, "without_forecast": 1, "known_variance": -100.0, "known_percent": -0.4})
    'the other two lines are £100 (0.4%) under'
    """
    known = int(record["lines"]) - int(record["without_forecast"])
    if not known:
        return ""
    which = "the other line is" if known == 1 else f"the other {words.count_word(known)} lines are"
    return f"{which} {gap({**record, 'variance': record['known_variance'], 'percent': record['known_percent']})}"


def partly(record: Mapping[str, Any]) -> str:
    """Say that the whole is not given, and what is known; empty where every line has a forecast."""
    if not record["without_forecast"]:
        return ""
    rest, lines = partial(record), int(record["lines"])
    lacking = words.count_word(int(record["without_forecast"]))
    has = "has" if record["without_forecast"] == 1 else "have"
    said = f"{lacking} of {words.counted('budget line', lines)} {has} no forecast, so that none is given of the whole"
    return (
        said[:1].upper() + said[1:] + (f"; {rest} budget".replace("as budgeted budget", "as budgeted") if rest else "")
    )
