"""Amounts of money as officers type them: in pounds, thousands or millions, in brackets, with a minus behind."""

from __future__ import annotations

import re

from perfkit.intake import cells, markers
from perfkit.intake.cells import Problem
from perfkit.intake.layouts.said import Said
from perfkit.model import spellings
from perfkit.model.errors import ParseError

UNITS = {
    "": 1.0, "£": 1.0, "£s": 1.0, "pounds": 1.0, "pound": 1.0, "gbp": 1.0,
    "£000": 1e3, "£000s": 1e3, "£ 000": 1e3, "£ 000s": 1e3, "£k": 1e3, "£ k": 1e3, "000s": 1e3, "000": 1e3,
    "£ thousand": 1e3, "£ thousands": 1e3, "thousands": 1e3, "£thousands": 1e3, "thousands of pounds": 1e3, "k": 1e3,
    "£thousand": 1e3, "£ks": 1e3, "000 £": 1e3, "000s £": 1e3, "thousand": 1e3, "£0 000": 1e3,
    "£m": 1e6, "£ m": 1e6, "£ million": 1e6, "£ millions": 1e6, "£million": 1e6, "£millions": 1e6, "millions": 1e6,
    "million pounds": 1e6, "millions of pounds": 1e6, "£mn": 1e6, "£mil": 1e6, "m": 1e6, "£ms": 1e6, "million": 1e6,
}  # fmt: skip
LONGEST_FIRST = sorted(filter(None, UNITS), key=len, reverse=True)
"""How many pounds one stands for, by how a heading or title writes it in bare words."""

HALF = 0.5
"""Pounds by which two sums may always differ."""
_BRACKETED = re.compile(r"(?:£ ?)?\((?P<number>[^()]*\d[^()]*)\) ?(?P<unit>[a-z]*)", re.IGNORECASE)
_BEHIND = re.compile(r"(?P<number>[^-()]*\d[^-()]*?) ?-")
_LETTERS = {"mn": "m", "mil": "m", "mill": "m", "mln": "m", "millions": "m", "thousands": "k", "th": "k"}
_LONG = re.compile(r"(?<=\d) ?(?P<letters>[a-z]+)$")
_NOTHING = ("nil", "£nil", "zero", "£-")
"""Words for no money at all, among them the sign that Excel's accounting format writes into a CSV."""
_FOREIGN = re.compile(r"[€$¥]")
_EXPECTED = "an amount such as 1,400,000 or £1.4m, or a marker such as [x]"


def slack(scale: float, rows: int) -> float:
    """Give by how many pounds a sum of rows may differ that are rounded to units of so many pounds.

    >>> slack(1.0, 3), slack(1e3, 3)
    (0.5, 2000.0)
    """
    return HALF if scale == 1.0 else HALF * scale * (rows + 1)


def money(value: object, *, scale: float = 1.0, number_format: str = "") -> Said:
    """Read an amount into pounds: 1400 under £000, "£1.4m", "1,400,000", "(200)" and "200-" for less than nothing.

    >>> money(1400, scale=1e3).value, money("£1.4m").value, money("(200)", scale=1e3).value, money("[x]").marker
    (1400000.0, 1400000.0, -200000.0, '[x]')
    >>> money("1,234-").value, money("£(1.2m)").value, money("Nil").value, money("1.2 mil").value
    (-1234.0, -1200000.0, 0.0, 1200000.0)
    """
    if isinstance(value, str) and value.strip():
        return _of_text(value, scale)
    if isinstance(value, bool):
        return Said(problem=Problem(cells.shown(value), _EXPECTED, "Type the amount."))
    number = cells.number(value, unit="pounds", number_format=number_format)
    return Said(None if number.value is None else round(number.value * scale, 2), problem=number.problem)


def _of_text(value: str, scale: float) -> Said:
    text = spellings.tidy(value)
    if text.lower().replace("£ ", "£") in _NOTHING:
        return Said(0.0)
    if markers.meaning(text):
        return Said(marker=text)
    plain = _signed(text)
    try:
        pounds = float(spellings.number(plain))
    except ParseError:
        return Said(problem=Problem(cells.shown(value), _EXPECTED, _advice(text)))
    own_unit = re.search(r"[a-z]", plain.lower()) is not None
    if "£" in text and not own_unit and scale != 1.0:
        return Said(problem=Problem(cells.shown(value), f"an amount in units of £{scale:,.0f}, as its heading says",
                                    "Type the number without the £, or with k or m behind it."))  # fmt: skip
    return Said(round(pounds * (1.0 if own_unit else scale), 2) + 0.0)


def _signed(text: str) -> str:
    """Write an amount with its minus in front and one letter for its unit."""
    plain = text.removesuffix("*").strip()
    if bracketed := _BRACKETED.fullmatch(plain):
        plain = f"-{bracketed['number'].strip()}{bracketed['unit']}"
    elif behind := _BEHIND.fullmatch(plain):
        plain = f"-{behind['number'].strip()}"
    plain = plain.replace("£ ", "£").replace("£-", "-£").replace("£+", "£").removeprefix("+")
    if match := _LONG.search(plain.lower()):
        letters = match["letters"]
        plain = plain[: match.start()] + _LETTERS.get(letters, letters)
    return plain


def _advice(text: str) -> str:
    low = text.lower()
    if _FOREIGN.search(text):
        return "Type the amount in pounds."
    if re.search(r"\d[km]? ?(?:-+|to) ?£?\d", low):
        return "Type one amount; put the range in another column."
    if re.match(r"[<>~≤≥]|c\.|ca\.?|circa|approx|about|around|up to|over|under|at least|est", low) or low.endswith("+"):
        return "Type the amount alone; say in another column that it is about right."
    if re.search(r"\bcr\b|\bdr\b|\dcr$|\ddr$", low):
        return "Type a credit with a minus in front, such as -100."
    return "Type the amount; put words in another column."
