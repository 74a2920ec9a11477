"""Build the sample pack's monthly delayed-transfers workbooks: python scripts/build_dtoc.py [OUT]."""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd
import xlwt

from perfkit.model import periods

OUT = Path(__file__).resolve().parents[1] / "data" / "raw" / "2017-18" / "dtoc"
MONTHS = pd.period_range("2016-04", "2017-06", freq="M")
TWO_BLOCKS_FROM = pd.Period("2017-04", "M")
OXFORDSHIRE = "Oxfordshire"

REGIONS = {
    "East Midlands": 9, "East of England": 11, "London": 33, "North East": 12, "North West": 23, "South East": 18,
    "South West": 15, "West Midlands": 14, "Yorkshire and The Humber": 15,
}  # fmt: skip
"""Invented authorities in each region; with Oxfordshire there are 151, as many as there were."""
ELSEWHERE = {
    "Resident in Scotland": ("9901", 20),
    "Resident In Wales": ("9900", 700),
    "Resident outside GB": ("9902", 60),
}

ATTRIBUTIONS = ("NHS", "Social Care", "Both")
SETTINGS = ("Acute", "Non-Acute")
REASONS = {
    "A": ("COMPLETION OF ASSESSMENT", "Awaiting completion of assessment"),
    "B": ("PUBLIC FUNDING", "Awaiting public funding"),
    "C": ("WAITING FURTHER NHS NON-ACUTE CARE", "Awaiting further non-acute NHS care"),
    "Di": ("AWAITING RESIDENTIAL HOME PLACEMENT OR AVAILABILITY",
           "Awaiting residential home placement or availability"),
    "Dii": ("AWAITING NURSING HOME PLACEMENT OR AVAILABILITY", "Awaiting nursing home placement or availability"),
    "E": ("AWAITING CARE PACKAGE IN OWN HOME", "Awaiting care package in own home"),
    "F": ("AWAITING COMMUNITY EQUIPMENT AND ADAPTIONS", "Awaiting community equipment and adaptations"),
    "G": ("PATIENT OR FAMILY CHOICE", "Patient or family choice"),
    "H": ("DISPUTES", "Disputes"),
    "I": ("HOUSING - PATIENTS NOT COVERED BY NHS AND COMMUNITY CARE ACT",
          "Housing – patients not covered by NHS and Community Care Act"),
    "O": ("OTHER", "Other"),
}  # fmt: skip
ENGLAND_ORDER = ("A", "B", "C", "Dii", "Di", "E", "F", "G", "H", "I", "O")

SHARES = {
    "NHS": {"A": 17, "B": 4, "C": 33, "Di": 4, "Dii": 10, "E": 10, "F": 4, "G": 14, "H": 1, "I": 3},
    "Social Care": {"A": 17, "B": 4, "Di": 19, "Dii": 18, "E": 36, "F": 1, "G": 4, "H": 1},
    "Both": {"A": 29, "B": 9, "Dii": 19, "E": 40, "F": 3},
}
"""Reasons within each attribution, in percent; a reason that is not here is not collected for it (NA)."""
OXFORDSHIRE_SHARES = {
    "NHS": {"A": 8, "B": 1, "C": 52, "Di": 2, "Dii": 10, "E": 4, "F": 2, "G": 18, "H": 1, "I": 2},
    "Social Care": {"A": 9, "B": 1, "Di": 12, "Dii": 16, "E": 60, "G": 2},
    "Both": {"A": 7, "B": 1, "Dii": 8, "E": 83, "F": 1},
}
OTHER_SHARE = 0.006
ACUTE_SHARE = {"NHS": 0.72, "Social Care": 0.58, "Both": 0.57}

OXFORDSHIRE_YEAR = 52_236
"""Delayed days of 2016-17: published by NHS England, revised."""
OXFORDSHIRE_SOCIAL_CARE = {
    "2016-04": 672, "2016-05": 706, "2016-06": 701, "2016-07": 752, "2016-08": 778, "2016-09": 761, "2016-10": 847,
    "2016-11": 851, "2016-12": 872, "2017-01": 880, "2017-02": 789, "2017-03": 859, "2017-04": 798, "2017-05": 809,
    "2017-06": 759,
}  # fmt: skip
"""March 2017 is published by NHS England, revised; the other months are illustrative."""
OXFORDSHIRE_BOTH = {
    "2016-04": 1744, "2016-05": 1829, "2016-06": 1806, "2016-07": 1866, "2016-08": 1893, "2016-09": 1857,
    "2016-10": 2083, "2016-11": 2067, "2016-12": 2112, "2017-01": 2101, "2017-02": 1882, "2017-03": 2062,
    "2017-04": 1986, "2017-05": 2052, "2017-06": 1968,
}  # fmt: skip
"""March 2017 is published by NHS England, revised; the other months are illustrative."""
SEASON = (0.93, 0.95, 0.97, 1.0, 1.01, 1.02, 1.05, 1.03, 0.96, 1.01, 1.03, 1.04, 0.99, 0.97, 0.95)
"""How each month from April 2016 stands to the mean of the year, per day."""

K = TypeVar("K")
Cross = dict[tuple[str, str, str], int]


@dataclass(frozen=True)
class Area:
    """One row of the workbooks and its delayed days by attribution, setting and reason."""

    region: str
    ons: str
    code: str
    name: str
    days: Cross


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sample pack's monthly delayed-transfers workbooks.")
    parser.add_argument("out", type=Path, nargs="?", default=OUT, help="folder to write to")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for month in MONTHS:
        write(areas(month), month, out / f"{periods.MONTHS[month.month - 1]}_{month.year % 100}.xls")


def areas(month: pd.Period) -> list[Area]:
    chance = random.Random(f"delays {month}")
    found = [
        Area(region, f"X{number:08d}", f"X{number:03d}", f"Illustrative authority {number:03d}",
             _authority(size, month, chance))
        for number, (region, size) in enumerate(sizes(), 1)
    ]  # fmt: skip
    found.append(Area("South East", "E10000025", "608", OXFORDSHIRE, _oxfordshire(month)))
    found.sort(key=lambda area: (area.region, area.name))
    for name, (code, size) in ELSEWHERE.items():
        found.append(Area("-", "-", code, name, _authority(size * 12, month, chance)))
    return found


def sizes() -> list[tuple[str, float]]:
    """Give region and days in a year of each invented authority: three above Oxfordshire, the rest well below."""
    steps = [62_400.0, 57_900.0, 55_200.0] + [47_500 * (1 - i / 148) ** 1.9 + 900 for i in range(147)]
    random.Random("sizes").shuffle(steps)
    return list(zip([region for region, count in REGIONS.items() for _ in range(count)], steps, strict=True))


def _authority(year: float, month: pd.Period, chance: random.Random) -> Cross:
    season = SEASON[list(MONTHS).index(month)] * (0.94 + 0.12 * chance.random())
    total = round(year / 365 * month.days_in_month * season)
    weights = [0.40 + 0.30 * chance.random(), 0.25 + 0.22 * chance.random(), 0.03 + 0.12 * chance.random()]
    by_attribution = apportion(total, dict(zip(ATTRIBUTIONS, weights, strict=True)))
    return _cross(by_attribution, SHARES, month, chance)


def _oxfordshire(month: pd.Period) -> Cross:
    key = str(month)
    nhs = _oxfordshire_nhs()[key]
    by_attribution = {"NHS": nhs, "Social Care": OXFORDSHIRE_SOCIAL_CARE[key], "Both": OXFORDSHIRE_BOTH[key]}
    return _cross(by_attribution, OXFORDSHIRE_SHARES, month, random.Random(f"Oxfordshire {month}"))


def _oxfordshire_nhs() -> dict[str, int]:
    """Spread what is left of the published year over its months; the months after it follow the last."""
    year = [str(month) for month in MONTHS[:12]]
    left = OXFORDSHIRE_YEAR - sum(OXFORDSHIRE_SOCIAL_CARE[m] + OXFORDSHIRE_BOTH[m] for m in year)
    weights = {str(m): s * m.days_in_month for m, s in zip(MONTHS[:12], SEASON, strict=False)}
    found = apportion(left, weights)
    level = found["2017-03"] / SEASON[11] / 31
    return found | {str(m): round(level * s * m.days_in_month) for m, s in zip(MONTHS[12:], SEASON[12:], strict=True)}


def _cross(
    by_attribution: dict[str, int], shares: dict[str, dict[str, int]], month: pd.Period, chance: random.Random
) -> Cross:
    days: Cross = {}
    for attribution, total in by_attribution.items():
        acute = ACUTE_SHARE[attribution] * (0.9 + 0.2 * chance.random())
        cells: dict[tuple[str, str, str], float] = {}
        for reason, share in _with_other(shares[attribution], month).items():
            varied = share * (0.7 + 0.6 * chance.random())
            cells[attribution, "Acute", reason] = varied * acute
            cells[attribution, "Non-Acute", reason] = varied * (1 - acute)
        days |= apportion(total, cells)
    return days


def _with_other(shares: dict[str, int], month: pd.Period) -> dict[str, float]:
    other = {"O": 100 * OTHER_SHARE} if month >= TWO_BLOCKS_FROM else {}
    return {**{reason: float(share) for reason, share in shares.items()}, **other}


def apportion(total: int, weights: dict[K, float]) -> dict[K, int]:
    """Split a whole number by weights into whole numbers that add up to it, largest remainders first."""
    scale = total / sum(weights.values())
    whole = {key: int(weight * scale) for key, weight in weights.items()}
    order = sorted(weights, key=lambda key: (whole[key] - weights[key] * scale, str(key)))
    for key in order[: total - sum(whole.values())]:
        whole[key] += 1
    return whole


def write(found: list[Area], month: pd.Period, path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    two_blocks = month >= TWO_BLOCKS_FROM
    care = "LA - by type of care" if two_blocks else "LA - by Type of Care"
    _england(book.add_sheet("England"), found, month)
    _by(book.add_sheet(care), found, month, {s: s for s in SETTINGS}, 1, two_blocks)
    _by(book.add_sheet("LA - by responsible org"), found, month, {a: a for a in ATTRIBUTIONS}, 0, two_blocks)
    headings = {letter: _heading(letter, two_blocks) for letter in _reasons(month)}
    _by(book.add_sheet("LA - by reason"), found, month, headings, 2, False)
    book.save(str(path))


def _reasons(month: pd.Period) -> list[str]:
    return [letter for letter in REASONS if letter != "O" or month >= TWO_BLOCKS_FROM]


def _heading(letter: str, sentence_case: bool) -> str:
    capitals, sentence = REASONS[letter]
    return f"{letter}) {sentence}" if sentence_case else f"{letter.upper()}) {capitals}"


def _metadata(sheet: xlwt.Worksheet, title: str, summary: str, month: pd.Period) -> None:
    rows = {
        1: ("Title:", title),
        2: ("Summary:", summary),
        4: ("Period:", periods.label(month)),
        5: (
            "Source:",
            "Illustrative: made for the sample pack of perfkit; its README says which figures are published",
        ),
        6: ("Basis:", "Local Authority"),
        7: ("Published:", "Not published"),
        9: ("Status:", "Illustrative"),
        10: ("Contact:", "None: illustrative figures, not those of NHS England"),
    }
    for row, texts in rows.items():
        for column, text in enumerate(texts, 1):
            sheet.write(row, column, text)


def _england(sheet: xlwt.Worksheet, found: list[Area], month: pd.Period) -> None:
    _metadata(sheet, "Delayed Transfers of Care (DTOC) by Reason, England (illustrative)",
              "Delayed days by who the delay is attributable to and by reason.", month)  # fmt: skip
    sheet.write(12, 1, "England Level Data")
    sheet.write(12, 3, "Number of Delayed Days during the reporting period")
    for column, text in enumerate(("Type of Care", "Reason for Delay", *ATTRIBUTIONS), 1):
        sheet.write(13, column, text)
    for row, setting in enumerate(SETTINGS, 14):
        sheet.write(row, 1, setting)
        sheet.write(row, 2, "-")
        for column, attribution in enumerate(ATTRIBUTIONS, 3):
            sheet.write(row, column, total(found, attribution, setting))
    row = 17
    for setting in SETTINGS:
        sheet.write(row, 1, setting)
        for letter in (r for r in ENGLAND_ORDER if r in _reasons(month)):
            sheet.write(row, 2, f"{letter}) {REASONS[letter][1]}")
            for column, attribution in enumerate(ATTRIBUTIONS, 3):
                collected = letter == "O" or letter in SHARES[attribution]
                sheet.write(row, column, total(found, attribution, setting, letter) if collected else "NA")
            row += 1


def _by(
    sheet: xlwt.Worksheet, found: list[Area], month: pd.Period, headings: dict[str, str], place: int, two_blocks: bool
) -> None:
    words = {0: "responsible organisation", 1: "type of care", 2: "reason for delay"}[place]
    _metadata(sheet, "Delayed Transfers of Care, Local Authorities, England (illustrative)",
              f"Number of delayed days during the reporting period by {words}.", month)  # fmt: skip
    total_word = "TOTAL" if place == 2 and month < TWO_BLOCKS_FROM else "Total"
    for column, text in enumerate(("Region", "ONS Geography", "Code", "Name", *headings.values(), total_word), 1):
        sheet.write(13, column, text)
    width = len(headings) + 1
    if two_blocks:
        sheet.write(12, 5, "Delayed Days")
        sheet.write(12, 6 + width, "DTOC Beds")
        for column, text in enumerate((*headings.values(), total_word), 6 + width):
            sheet.write(13, column, text)
    rows = [(14, ("-", "-", "-", "England"), found)]
    rows += [(row, (a.region, a.ons, a.code, a.name), [a]) for row, a in enumerate(found, 16)]
    for row, labels, members in rows:
        for column, text in enumerate(labels, 1):
            sheet.write(row, column, text)
        days = [sum(d for a in members for key, d in a.days.items() if key[place] == word) for word in headings]
        for column, value in enumerate((*days, sum(days)), 5):
            sheet.write(row, column, value)
            if two_blocks:
                sheet.write(row, column + 1 + width, value / month.days_in_month)


def total(found: list[Area], attribution: str, setting: str, reason: str | None = None) -> int:
    return sum(
        days for area in found for (a, s, r), days in area.days.items()
        if a == attribution and s == setting and reason in (None, r)
    )  # fmt: skip


if __name__ == "__main__":
    main()
