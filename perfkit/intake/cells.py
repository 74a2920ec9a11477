"""What one cell says: a number, a percentage, a rating, an arrow, a marker, or a problem in plain words.

Every function takes a cell's value and gives what it means together with a `Problem` where it cannot be, or only just
can be, understood. A problem becomes an issue when the sheet adds the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

import pandas as pd

from perfkit.intake import markers
from perfkit.intake.workbooks.grid import Sheet, as_text
from perfkit.model import days
from perfkit.model.errors import Issue, Severity
from perfkit.model.spellings import with_plain_dashes

FORMULA_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
LONGEST = 32_767
"""The longest text that Excel lets a cell hold."""

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_COMMA = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}%?", re.ASCII)
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|-?\.\d+")
_PERCENT = re.compile(r"(?P<number>.*\d) ?(?:%|per ?cent)", re.IGNORECASE)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
"""A point where a comma may be meant: in a number of things 1.400 is rather 1,400 than 1.4."""
_CODE = re.compile(r"-?0\d[\d,.]*")
"""Zeros before a number: a code such as 0931, and no figure."""
_TRAILER = re.compile(r"^(?P<number>.*\d%?)\s*(?P<marker>\[(?:p|r)\])$", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
"""A comma after a format's last digit: the number is shown in thousands."""
_SILENT = re.compile(r"[^0#?@GSgsdmyhDMYH]*")
_CONDITION = re.compile(r"\[[<>=]")
_LARGEST = 1e15
_FEW_WORDS = 3
_COUNTS = ("count", "hours", "milestone")
_MONEY = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
_POUNDS = re.compile(r"(?P<minus>-?)£(?P<number>[\d,]+(?:\.\d+)?)(?P<scale>|k|m|bn)")


@dataclass(frozen=True)
class UncachedFormula:
    """A formula that was saved without its result, so that nobody can tell what the sheet showed."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, without its place."""

    found: str
    expected: str
    action: str
    severity: Severity = Severity.ERROR

    def at(self, sheet: Sheet, row: int, column: int) -> Issue:
        """Make it an issue about a cell."""
        return Issue(sheet.where(row, column), self.found, self.expected, self.action, self.severity)


class Number(NamedTuple):
    """A number, or the marker in its place; neither where the cell is empty or the problem stops."""

    value: float | None = None
    marker: str | None = None
    means: str | None = None
    problem: Problem | None = None


class Word(NamedTuple):
    """One of a fixed list of words, and the problem where the cell did not say it plainly."""

    value: str | None = None
    problem: Problem | None = None


def shown(value: object, *, longest: int = 40) -> str:
    """Write a cell's value for a message: text in quotes, at most so many characters of it.

    >>> shown("n/a - see note"), shown(3.0), shown(None)
    ('"n/a - see note"', '3', 'nothing')
    """
    if value is None or value == "":
        return "nothing"
    if isinstance(value, datetime | date):
        return f"the date {value.day} {value:%B %Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = " ".join(str(value).split())
    return f'"{text if len(text) <= longest else text[: longest - 3] + "..."}"'


def fault(value: object) -> Problem | None:
    """Tell of a cell that says nothing at all: a formula error, a formula without its result, an impossible text.

    >>> fault("#DIV/0!").found
    'the formula error #DIV/0!'
    """
    if isinstance(value, str):
        return _fault_of_text(value) if "#" in value or "\x00" in value or len(value) > LONGEST else None
    if isinstance(value, UncachedFormula):
        found = f"the formula {shown(str(value))} without a stored result"
        return Problem(
            found, "its result", "Open the workbook in Excel, let it calculate and save it, or type the value."
        )
    return None


def struck(value: object) -> Problem:
    """Tell of a cell that is struck out as a whole: of a figure or a few words nobody can say whether they hold.

    A longer text, such as an action that is done, is read with a warning.

    >>> print(struck(45).found, struck("Loans of books, audio books and films").severity)
    45, struck out warning
    """
    if isinstance(value, str) and len(value.split()) > _FEW_WORDS:
        action = "It was read; empty the cell if it no longer holds."
        return Problem(f"{shown(value)}, struck out", "a text that holds", action, Severity.WARNING)
    action = "Take the line through it off if it holds; empty the cell if it does not."
    return Problem(f"{shown(value)}, struck out", "what holds", action)


def _fault_of_text(text: str) -> Problem | None:
    if text.strip().upper() in FORMULA_ERRORS:
        return Problem(f"the formula error {text.strip().upper()}", "a value", "Mend the formula or type the value.")
    if len(text) > LONGEST:
        return Problem(f"a text of {len(text):,} characters", f"at most {LONGEST:,}", "Shorten the text.")
    if "\x00" in text:
        return Problem("a text with a null character", "readable text", "Type the text afresh.")
    return None


def number(value: object, *, unit: str = "", number_format: str = "") -> Number:
    """Read a number in an indicator's unit; a percentage is 67.0 whether it is 67, "67%", or 0.67 shown as 67%.

    Markers are kept, zero stays zero, and an empty cell gives neither value nor marker nor problem.

    >>> number(0.67, unit="percent", number_format="0%").value, number("67%", unit="percent").value
    (67.0, 67.0)
    >>> number("1,562", unit="count").value, number("[c]").means, number(0).value
    (1562.0, 'suppressed', 0.0)
    >>> number("about 5").problem.found
    '"about 5"'
    """
    if value is None:
        return Number()
    if (problem := fault(value)) or (isinstance(value, str) and not value.strip()):
        return Number(problem=problem)
    if isinstance(value, bool | datetime | date | time | pd.Timedelta):
        return Number(problem=_not_a_number(value))
    if isinstance(value, int | float):
        return _from_number(float(value) + 0.0, unit, number_format)
    return _from_text(str(value), unit)


def _from_number(value: float, unit: str, number_format: str) -> Number:
    if not -_LARGEST < value < _LARGEST:
        return Number(problem=Problem(str(value), "a number of a size that can be", "Correct the number."))
    if problem := _shown_otherwise(value, number_format):
        return Number(problem=problem)
    if "%" not in _unquoted(number_format):
        return Number(value, problem=_impossible(value, unit))
    value = round(value * 100, 9) + 0.0
    if unit and unit != "percent":
        return Number(problem=Problem(f"{value:g}%", f"a number ({unit})", "Type the number itself, not a percentage."))
    return Number(value, problem=_impossible(value, unit))


def _shown_otherwise(value: float, number_format: str) -> Problem | None:
    """Tell of a number that the sheet shows in thousands, or not at all: its reader saw something else."""
    shape = _section(value, _unquoted(number_format))
    if not number_format or shape is None:
        return None
    if _SCALED.search(shape):
        found, expected = f"{value:,.15g} in a cell that shows it in thousands", "a figure that is shown in full"
    elif _SILENT.fullmatch(shape):
        found, expected = f"{value:,.15g} in a cell whose format does not show it", "a figure that can be seen"
    else:
        return None
    return Problem(found, expected, "Give the cell the number format General and see whether the figure is right.")


def _section(value: float, shape: str) -> str | None:
    """Give the part of a number format that a value takes; None for zero and where conditions choose."""
    if value == 0 or _CONDITION.search(shape):
        return None
    parts = re.sub(r"\[[^\]]*\]", "", shape).split(";")
    return parts[1] if value < 0 and len(parts) > 1 else parts[0]


def _unquoted(number_format: str) -> str:
    return re.sub(r'"[^"]*"|\\.', "", number_format)


def _from_text(text: str, unit: str) -> Number:
    tidy = with_plain_dashes(" ".join(text.split()))
    if means := markers.meaning(tidy):
        return Number(marker=" ".join(text.split()), means=means)
    marker = means = None
    if trailer := _TRAILER.match(tidy):
        tidy, marker = trailer["number"].strip(), trailer["marker"]
        means = markers.meaning(marker)
    value = _spelt(tidy, unit)
    if value is None:
        return Number(problem=_not_a_number(text))
    if unit in _COUNTS and _THOUSANDS.fullmatch(tidy):
        action = f"Type it without the point if {tidy.replace('.', ',')} is meant, else with fewer decimals."
        return Number(problem=Problem(shown(text), f"a number ({unit}) that can be read in one way", action))
    return Number(value, marker, means, _impossible(value, unit))


def _spelt(text: str, unit: str) -> float | None:
    if money := _POUNDS.fullmatch(text.lower().replace(" ", "")):
        plain = _plain(money["minus"] + money["number"]) if unit in ("", "£", "pounds") else None
        return None if plain is None else round(plain * _MONEY[money["scale"]], 2)
    if percent := _PERCENT.fullmatch(text):
        return _plain(percent["number"]) if unit in ("", "percent") else None
    return _plain(text)


def bare_share(value: float, such_as: str) -> Problem | None:
    """Tell of a percentage such as 0.67 in a cell that does not show it as one: is it 67% or 0.67%?

    >>> bare_share(0.67, "67%").action, bare_share(67.0, "67%")
    ('Type 0.67 as 67%, or, if it is at most 1%, as text with the sign: 0.67%.', None)
    """
    if not 0 < abs(value) <= 1:
        return None
    return Problem(
        f"{value:g} in a cell that is not shown as a percentage",
        f"a percentage such as {such_as}",
        f"Type {value:.4g} as {round(value * 100, 6):g}%, or, if it is at most 1%, as text with the sign: {value:g}%.",
    )


def _plain(text: str) -> float | None:
    plain = text.isascii() and _NUMBER.fullmatch(text) and not _CODE.fullmatch(text)
    value = float(text.replace(",", "")) + 0.0 if plain else None
    return value if value is not None and abs(value) < _LARGEST else None


def _impossible(value: float, unit: str) -> Problem | None:
    if value < 0 and unit in _COUNTS:
        return Problem(
            f"{value:g}", f"a number ({unit}) of 0 or more", "Correct the number; a stray dash may stand before it."
        )
    return None


def _not_a_number(value: object) -> Problem:
    action = "Type the number; put words in the comments column."
    if isinstance(value, datetime | date):
        action = "Type the number as text; Excel makes a date of entries such as 3-5."
    elif isinstance(value, str):
        action = _respelt(value) or action
    return Problem(shown(value), "a number or a marker such as [x]", action)


def _respelt(text: str) -> str:
    """Say how to write what is a number but for its commas, spaces or signs that nobody sees; "" for what is none."""
    bare = _UNSEEN.sub("", text)
    if _COMMA.fullmatch(bare):
        whole, _, rest = bare.rpartition(",")
        return f"Write a point before the decimals, not a comma: {whole.replace('.', '')}.{rest}."
    if bare != text.strip() and _plain(bare.rstrip("%")) is not None:
        return f"Type it without spaces, or signs that cannot be seen, within it: {bare}."
    return ""


def whole(value: object) -> Number:
    """Read a whole number, such as an indicator's published number.

    >>> whole("46").value, whole(4.5).problem.expected
    (46.0, 'a whole number')
    """
    read = number(value)
    if read.marker or (read.value is not None and not read.value.is_integer()):
        return Number(problem=Problem(shown(value), "a whole number", "Correct the number."))
    return read


def text(value: object) -> Word:
    """Read a text with single spaces; empty is None.

    >>> text("  Safe and \\n well visits ").value
    'Safe and well visits'
    """
    if problem := fault(value):
        return Word(problem=problem)
    return Word(as_text(value) or None)


def day(value: object) -> tuple[pd.Timestamp | None, Problem | None]:
    """Read a day: a date cell, 2017-07-21, 21/07/2017, 21.7.17 or 21 July 2017.

    >>> str(day("Fri 21st July 2017")[0].date()), day("soon")[1].expected
    ('2017-07-21', 'a date such as 21 July 2017')
    """
    if (problem := fault(value)) or value is None or value == "":
        return None, problem
    stamp = None
    if isinstance(value, datetime | date):
        stamp = pd.Timestamp(value).normalize()
    elif isinstance(value, str):
        stamp = days.of(days.bare(value))
    if stamp is None:
        return None, Problem(shown(value), "a date such as 21 July 2017", "Type the date in full.")
    return stamp, None


def as_written(value: object, number_format: str = "") -> str:
    """Give what a target cell shows: 0.67 shown as 67% is "67%", 1562 is "1562".

    >>> as_written(0.67, "0%"), as_written(1562.0), as_written(" >28% ")
    ('67%', '1562', '>28%')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        percent = "%" in _unquoted(number_format)
        return f"{round(value * 100, 9) if percent else value:.15g}{'%' if percent else ''}"
    return text(value).value or ""
