"""The quarter that a file's path or months tell: 2017-18/Q1/returns/SCS.xlsx, SCS Q1.xlsx, April to June 2017."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from perfkit.intake.headings import QUARTERS, timed, words
from perfkit.model import periods
from perfkit.model.errors import Issue, ParseError, Where

_FIRST, _LAST = r"jan(?:uary)?|apr(?:il)?|july?|oct(?:ober)?", r"mar(?:ch)?|june?|sept?(?:ember)?|dec(?:ember)?"
MONTHS = re.compile(rf"\b(?:(?:(?P<day>0?1(?:st)?) )?(?P<first>{_FIRST})(?: (?P<from>20\d\d))? ?(?:to|-|–)|"
                     r"(?:quarter|(?:3|three) months) (?:to|ending|ended)) ?"
                     rf"(?P<end>3[01](?:st|th)? )?(?P<last>{_LAST}) (?P<year>20\d\d)\b"
                     r"(?: ?(?:[/-]|to) ?(?P<second>(?:20)?\d\d)\b)?", re.IGNORECASE)  # fmt: skip
_OF_FOLDERS = re.compile(r"(?P<year>20\d\d-\d\d)[/ _-]+Q(?P<quarter>[1-4])\b", re.IGNORECASE)
_FOLDER_OF_YEAR = re.compile(r"20\d\d-\d\d")
_YEAR = re.compile(r"(?<!\d)20(\d\d) ?(?:20)?(\d\d)(?!\d| \d\d\b)")
_QUARTER = re.compile(r"\bq([1-4])\b")
_GLUED = re.compile(r"(?<=\d)(?=q)", re.IGNORECASE)

Told = tuple[str, str]
"""What a text tells of a year (2017-18) and of a quarter (Q1), each empty where it tells none, or several."""


@lru_cache(maxsize=4_096)
def of_months(text: str) -> pd.Period | None:
    """Give the quarter that a text names by its first and last month, None where it names none.

    >>> periods.label(of_months("Coverage in England, January to March 2023"))
    '2022-23 Q4'
    >>> periods.label(of_months("Apr-Jun 2023")), of_months("Apr-Sep 2023")
    ('2023-24 Q1', None)
    >>> periods.label(of_months("1 April to 30 June 2023")), of_months("15 April to 30 June 2023")
    ('2023-24 Q1', None)
    >>> periods.label(of_months("Quarter ending 30 June 2023"))
    '2023-24 Q1'
    >>> periods.label(of_months("January to March 2022/23")), of_months("April 2016 to June 2017")
    ('2022-23 Q4', None)
    """
    match = MONTHS.search(text)
    if match is None:
        return None
    last, year = match["last"][:3].lower(), int(match["year"])
    if match["first"] and ((match["first"][:3].lower(), last) not in QUARTERS or (match["end"] and not match["day"])):
        return None
    if match["from"] not in (None, match["year"]):
        return None
    if match["second"] and int(match["second"][-2:]) == (year + 1) % 100 and last == "mar":
        year += 1  # The year is the financial one, which ends with this quarter.
    return pd.Period(f"{year}-{periods.MONTH_NUMBERS[last]:02d}", freq="Q-MAR")


def of_path(file: str) -> pd.Period | None:
    """Give the quarter that a path names, as 2017-18/Q1/returns/SCS.xlsx does.

    >>> periods.label(of_path("2017-18/Q1/returns/SCS.xlsx")), of_path("SCS.xlsx")
    ('2017-18 Q1', None)
    """
    match = _OF_FOLDERS.search(file)
    try:
        return periods.parse(f"{match['year']} Q{match['quarter']}") if match else None
    except ParseError:
        return None


def against_path(told: pd.Period, where: Where) -> list[Issue]:
    """Tell of a title for another quarter, or year, than the folder or the name of its file tells.

    >>> def expected(quarter, file):
    ...     return [issue.expected for issue in against_path(periods.parse(quarter), Where(file, "Dashboard", "A3"))]
    >>> expected("2017-18 Q2", "2017-18/Q1/SCS.xlsx"), expected("2017-18 Q1", "SCS Qtr 2 (final).xlsx")
    (['2017-18 Q1, as the folder says'], ["Q2, as the file's name says"])
    >>> expected("2017-18 Q1", "2017-18/Q1/SCS 2017-18 Q1.xlsx"), expected("2017-18 Q1", "SCS Q1 and Q2.xlsx")
    ([], [])
    """
    *folders, name = re.split(r"[/\\]", where.file)
    label = periods.label(told)
    for said, by, action in (
        (_of_folders(folders, label), "folder", "move"),
        (_of_name(name.rpartition(".")[0]), "file's name", "rename"),
    ):
        if any(part not in label for part in said if part[:1] != "Q" or "Q" in label):
            expected = f"{' '.join(filter(None, said))}, as the {by} says"
            return [Issue(where, f"a title for {label}", expected, f"Correct the title, or {action} the file.")]
    return []


def _of_folders(folders: list[str], label: str) -> Told:
    """Give what folders tell; a year alone is held against a year, since a return may lie in the year it came in."""
    if match := _OF_FOLDERS.search("/".join((*folders, ""))):
        return match["year"], f"Q{match['quarter']}"
    years = [folder for folder in folders if _FOLDER_OF_YEAR.fullmatch(folder)]
    return (years[-1], "") if years and "Q" not in label else ("", "")


def _of_name(stem: str) -> Told:
    spaced = _GLUED.sub(" ", stem)
    years = {f"20{a}-{b}" for a, b in _YEAR.findall(words(spaced)) if (int(a) + 1) % 100 == int(b)}
    quarters = {f"Q{quarter}" for quarter in _QUARTER.findall(timed(spaced, "*"))}
    return _alone(years), _alone(quarters)


def _alone(said: set[str]) -> str:
    return next(iter(said)) if len(said) == 1 else ""
