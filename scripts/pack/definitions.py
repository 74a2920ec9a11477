"""What the pack adds to the published list of indicators so that they can be rated and drawn; illustrative."""

from __future__ import annotations

from dataclasses import dataclass

SET_BY = "perfkit sample pack"
SET_ON = "2017-04-03"


@dataclass(frozen=True)
class Definition:
    """One indicator's stable id and the facts of its series that were not published."""

    id: str
    series_type: str
    decimals: int
    rule: str
    tolerance: float | None
    frequency: str = "quarter"
    arrears: int = 0
    unit: str | None = None
    basis: str = "level"
    definition: str | None = None


def _percent(id: str, series: str, points: float, **more: object) -> Definition:
    return Definition(id, series, 1, "points", points, **more)  # type: ignore[arg-type]


def _year_count(id: str, rule: str = "relative", basis: str = "year", **more: object) -> Definition:
    return Definition(id, "ytd", 0, rule, 10.0, basis=basis, **more)  # type: ignore[arg-type]


DEFINITIONS: dict[int, Definition] = {
    1: _percent(
        "social-care-satisfaction", "point", 5, frequency="year", definition="From the yearly survey of users."
    ),
    2: _percent("direct-payments", "snapshot", 2),
    3: _percent("providers-good-or-outstanding", "snapshot", 5),
    4: _year_count("quality-checks"),
    5: Definition(
        "delayed-social-care", "point", 0, "relative", 10.0, definition="Mean of the quarter's three months."
    ),
    6: Definition(
        "delayed-attributable", "point", 0, "relative", 10.0, definition="Mean of the quarter's three months."
    ),
    7: Definition("reablement-hours", "point", 0, "relative", 10.0, definition="Hours a month, mean of the quarter."),
    8: _year_count("co-production"),
    9: Definition("persistent-absence-quartile", "snapshot", 0, "rank", None, frequency="year"),
    10: Definition("permanent-exclusions-quartile", "snapshot", 0, "rank", None, frequency="year"),
    11: Definition("looked-after-children", "snapshot", 0, "relative", 10.0, definition="On the quarter's last day."),
    12: _year_count("becoming-looked-after"),
    13: _year_count("leaving-care"),
    14: _year_count("early-help-assessments", rule="direction"),
    15: _year_count("mash-enquiries", rule="direction"),
    16: _year_count("social-care-assessments", rule="direction"),
    17: _percent("caseloads-at-agreed-level", "snapshot", 5),
    18: _percent("cases-held-by-permanent-staff", "snapshot", 5),
    19: _percent("antenatal-contact", "point", 5),
    20: _percent("new-birth-visits", "point", 3),
    21: Definition("twelve-month-reviews", "point", 1, "range", 3.0),
    22: Definition("two-year-reviews", "point", 1, "range", 3.0),
    23: Definition("breastfeeding", "point", 1, "range", 3.0),
    24: _percent("maternal-mood-reviews", "point", 3),
    25: _percent(
        "health-checks-invited", "snapshot", 3, definition="Cumulative since April 2013, not since April of the year."
    ),
    26: _percent(
        "health-checks-received", "snapshot", 3, definition="Cumulative since April 2013, not since April of the year."
    ),
    27: Definition("smoking-quitters", "rolling", 0, "relative", 10.0, arrears=1, definition="Over twelve months."),
    28: _percent("opiate-treatment", "rolling", 1, definition="Over twelve months."),
    29: _percent("non-opiate-treatment", "rolling", 3, definition="Over twelve months."),
    30: _percent("alcohol-treatment", "rolling", 3, definition="Over twelve months."),
    31: Definition("infrastructure-strategy", "milestone", 0, "milestone", None, frequency="year"),
    32: _year_count("new-investors", rule="pair", unit="count", definition="All investors / of which high value."),
    33: _year_count("innovation-bids"),
    34: _percent("developer-contributions-secured", "ytd", 5),
    35: _percent("developer-contributions-near-payback", "ytd", 2),
    36: _percent("planning-responses", "ytd", 5),
    37: _percent("minerals-waste-decisions", "ytd", 5),
    38: Definition("urgent-defects-repaired", "ytd", 1, "floor", 95.0),
    39: _percent("other-defects-repaired", "ytd", 5),
    40: _percent("road-condition", "ytd", 2, frequency="year", definition="From the yearly survey of road condition."),
    41: _percent("household-recycling", "ytd", 3),
    42: _percent("recycling-centres", "ytd", 3),
    43: _percent("carbon-reduction", "ytd", 1, frequency="year"),
    44: _year_count("business-advice", basis="quarter"),
    45: _year_count("safety-education", basis="quarter"),
    46: _year_count("safe-and-well-visits", basis="quarter"),
    47: _year_count("safety-messages", basis="quarter"),
    48: _year_count("more-people-alive", basis="quarter"),
    49: _percent("calls-within-11-minutes", "ytd", 2),
    50: _percent("calls-within-14-minutes", "ytd", 2),
}

QUARTER_1: dict[int, float | str] = {
    1: "Pending", 2: 29.2, 3: 84.6, 4: 42, 5: 26, 6: 66, 7: 5976,
    11: 668, 12: 85, 13: 84, 14: 238, 15: 4512, 16: 1540, 17: 73.6,
    20: 96.2, 21: 94.3, 22: 93.9, 23: 61.8, 25: 85.4, 26: 42.6, 27: 2412, 28: 7.4, 29: 39.1,
    31: "N/A", 32: "17/6", 33: 5, 36: 76.2, 37: 100, 38: 99.1, 39: 92.7, 41: 59.9, 42: 58.6,
    44: 905, 45: 3610, 46: 1180, 47: 84900, 48: 262, 49: 82.6, 50: 96.1,
}  # fmt: skip
"""Quarter 1 of 2017-18; indicators that are not here have no figure."""

PUBLISHED_QUARTER_1 = (33, 37)
"""Of these the figure itself was published; every other figure of quarter 1 is illustrative."""

COMMENTS: dict[int, str] = {
    1: "Survey result awaited.",
    3: "Meant to stay above the national average.",
    7: "About 67% of the contracted hours have been delivered since October 2016.",
    9: "Not rated this quarter.",
    10: "Not rated this quarter.",
    11: "629 is the interim target for March 2018; 582 is the average of the statistical neighbours.",
    17: "The 75% is to be reached by March 2018; the share has risen every quarter and is expected to be there.",
    25: "Over 85% have been invited.",
    27: "Reported one quarter in arrears: the figure is for January to March 2017.",
    31: "Due by September 2017.",
    33: "Five bids were submitted in quarter 1.",
    36: "Applications are 70% up on the same quarter last year. Quarter 1 dipped below the target; the year is "
    "forecast to end on target.",
    37: "All were determined in time.",
    41: "Over 59% at quarter 1.",
    46: "Visits were recorded late; quarter 2 is expected to be back on target.",
    47: "More than 270,000 messages since reporting started.",
}
