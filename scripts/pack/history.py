"""history.xlsx: three years of quarterly figures that lead up to the published baselines; made, not measured."""

from __future__ import annotations

from pathlib import Path
from random import Random

from openpyxl.worksheet.worksheet import Worksheet

from pack import book, facts
from pack.definitions import DEFINITIONS

YEARS = ("2014-15", "2015-16", "2016-17")
Series = list[float | str | None]

LEVELS: dict[int, tuple[float, float, float, int, tuple[float, float, float, float]]] = {
    2: (24.1, 28.9, 0.3, 0, (0, 0, 0, 0)),
    3: (68.0, 83.5, 0.9, 4, (0, 0, 0, 0)),
    5: (17, 28, 1.4, 0, (-1, -2, 1, 0)),
    6: (52, 67, 2.6, 0, (-2, -3, 1, 0)),
    7: (5890, 6010, 0, 10, (0, 0, 0, 0)),
    17: (61.0, 72.8, 0, 4, (0, 0, 0, 0)),
    20: (91.2, 96.0, 0.6, 0, (0.2, 0.1, -0.3, 0)),
    21: (91.8, 94.1, 0.5, 0, (0.2, -0.2, 0, 0)),
    22: (89.6, 93.6, 0.6, 0, (0.1, -0.3, 0, 0)),
    23: (58.7, 61.4, 0.7, 0, (0.4, 0.2, -0.4, 0)),
    25: (25.2, 81.1, 0.4, 0, (0, 0, 0, 0)),
    26: (12.4, 40.3, 0.25, 0, (0, 0, 0, 0)),
    28: (6.1, 7.3, 0.2, 0, (0, 0, 0, 0)),
    29: (34.2, 38.6, 0.6, 0, (0, 0, 0, 0)),
}
"""Start and end of the series, width of its noise, quarters without a figure at the start, and its seasons."""

YEAR_TOTALS: dict[int, tuple[tuple[int | None, ...], tuple[float, float, float, float]]] = {
    4: ((148, 152, 161), (25, 24, 26, 25)),
    12: ((290, 330, 371), (24, 25, 26, 25)),
    13: ((236, 243, 266), (24, 26, 25, 25)),
    15: ((14900, 17300, 19417), (24.6, 23.9, 25.4, 26.1)),
    16: ((5480, 6120, 6650), (24.5, 24.2, 25.3, 26)),
    33: ((9, 12, 14), (25, 25, 22, 28)),
    44: ((2560, 2980, 3310), (26, 23, 24, 27)),
    45: ((12800, 13500, 14020), (26, 17, 29, 28)),
    46: ((4900, 5750, 6310), (25, 24, 25, 26)),
    47: ((None, None, 185400), (22.7, 24.2, 25.5, 27.6)),
    48: ((940, 985, 1035), (24, 23, 27, 26)),
}
"""The years' totals and the share of each quarter."""

YEAR_RATES: dict[int, tuple[tuple[float, float, float], float, tuple[float, float, float, float]]] = {
    36: ((78.6, 80.9, 82.4), 1.6, (-1.0, 0.4, 0.6, 0)),
    37: ((81.0, 88.0, 94.0), 3.0, (0, 0, 0, 0)),
    38: ((96.1, 97.4, 98.2), 0.6, (0.3, 0.2, -0.5, 0)),
    39: ((88.7, 90.8, 92.1), 1.1, (0.8, 0.5, -1.0, -0.3)),
    41: ((58.1, 58.6, 58.9), 0.3, (0.9, 0.7, -0.6, -1.0)),
    42: ((55.9, 56.8, 57.4), 0.5, (0.9, 0.6, -0.5, -1.0)),
    49: ((81.0, 81.6, 82.2), 0.5, (0.6, 0.3, -0.8, -0.1)),
    50: ((94.8, 95.2, 95.7), 0.3, (0.3, 0.2, -0.4, -0.1)),
}
"""The years' rates, the width of the noise and the seasons, in points; shown as the year so far."""

EARLY_HELP: Series = [None, None, None, None, 61, 131, 205, 293, 112, 216, 332, 458]
QUITTERS: Series = [2118, 2134, 2127, 2160, 2189, 2181, 2226, 2251, 2270, 2304, 2347, None]
INVESTORS: Series = [
    "11/3", "22/6", "34/10", "48/14", "12/4", "27/8", "40/12", "55/17", "15/5", "30/10", "46/16", "63/22",
]  # fmt: skip
CHILDREN_AT_START = 421
PUBLISHED = {11: "2016-17 Q4", 12: "2016-17 Q4", 13: "2016-17 Q4", 14: "2016-17 Q4", 15: "2016-17 Q4", 16: "2016-17 Q4"}


def series() -> dict[int, Series]:
    """Give twelve quarters, 2014-15 Q1 to 2016-17 Q4, of every indicator that has a history."""
    made: dict[int, Series] = {ref: _level(ref) for ref in LEVELS}
    made |= {ref: _year_to_date(ref) for ref in YEAR_TOTALS}
    made |= {ref: _rate(ref) for ref in YEAR_RATES}
    made |= {14: EARLY_HELP, 27: QUITTERS, 32: INVESTORS, 11: _children(made[12], made[13])}
    return dict(sorted(made.items()))


def _level(ref: int) -> Series:
    start, end, noise, absent, seasons = LEVELS[ref]
    chance, decimals = Random(DEFINITIONS[ref].id), DEFINITIONS[ref].decimals
    length = 12 - absent
    values: Series = [None] * absent
    for step in range(length):
        trend = start + (end - start) * step / (length - 1)
        wave = 0.0 if step in (length - 1,) else chance.uniform(-noise, noise) + seasons[(absent + step) % 4]
        values.append(_rounded(trend + wave, decimals))
    return values


def _rounded(value: float, decimals: int) -> float:
    return round(value, decimals) if decimals else round(value)


def _year_to_date(ref: int) -> Series:
    totals, shares = YEAR_TOTALS[ref]
    chance, values = Random(DEFINITIONS[ref].id), []
    for total in totals:
        so_far = 0.0
        for quarter, share in enumerate(shares):
            so_far += share + (chance.uniform(-0.6, 0.6) if quarter < 3 else 0)
            values.append(None if total is None else (total if quarter == 3 else round(total * so_far / 100)))
    return list(values)


def _rate(ref: int) -> Series:
    rates, noise, seasons = YEAR_RATES[ref]
    chance, values = Random(DEFINITIONS[ref].id), []
    for rate in rates:
        quarters: list[float] = []
        for season in seasons:
            quarters.append(min(100.0, rate + season + chance.uniform(-noise, noise)))
            values.append(round(sum(quarters) / len(quarters), 1))
    return list(values)


def _children(entering: Series, leaving: Series) -> Series:
    values: Series = []
    for year in range(3):
        before = values[-1] if values else CHILDREN_AT_START
        for quarter in range(year * 4, year * 4 + 4):
            values.append(before + entering[quarter] - leaving[quarter])  # type: ignore[operator]
    return values


def build(folder: Path, out: Path) -> None:
    """Write history.xlsx."""
    workbook, sheet = book.new("History")
    book.titles(sheet, [
        f"{book.COUNCIL}: history of quarterly actuals 2014-15 to 2016-17",
        "Illustrative figures that lead up to the published baselines of 2016-17",
        "Quarters listed as published are baselines of the cabinet papers; every other figure is illustrative.",
        "Cumulative indicators show the year so far and start again each April.",
    ])  # fmt: skip
    _headings(sheet)
    titles = {int(row["ref"]): row for row in facts.read(folder, "indicators")}
    for number, (ref, values) in enumerate(series().items(), 8):
        _row(sheet, number, titles[ref], values)
    book.widths(sheet, [30, 6, 48, 11, *[9.5] * 12, 14, 18])
    sheet.freeze_panes = "E8"
    book.save(workbook, out / "history.xlsx")


def _headings(sheet: Worksheet) -> None:
    fixed, last = ("Id", "No.", "Indicator", "Unit"), ("Status", "Published quarters")
    book.heading(sheet, 6, (*fixed, *(year for year in YEARS for _ in range(4)), *last))
    book.heading(sheet, 7, (*fixed, *(f"Q{q}" for _ in YEARS for q in (1, 2, 3, 4)), *last))
    for column in (5, 9, 13):
        sheet.merge_cells(start_row=6, end_row=6, start_column=column, end_column=column + 3)
    for column in (1, 2, 3, 4, 17, 18):
        sheet.merge_cells(start_row=6, end_row=7, start_column=column, end_column=column)


def _row(sheet: Worksheet, number: int, indicator: facts.Row, values: Series) -> None:
    ref = int(indicator["ref"])
    percent = indicator["unit"] == "percent"
    shown = [round(v / 100, 6) if percent and isinstance(v, float | int) else v for v in values]
    own = DEFINITIONS[ref]
    book.line(sheet, number, (own.id, ref, indicator["title"], own.unit or indicator["unit"], *shown, "illustrative",
                              PUBLISHED.get(ref)))  # fmt: skip
    for column in range(5, 17):
        sheet.cell(number, column).number_format = "0.0%" if percent else "#,##0"
        sheet.cell(number, column).alignment = book.CENTRE
