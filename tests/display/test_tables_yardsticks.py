"""The annex of targets says in words what each indicator is held against, and what is not known."""

from __future__ import annotations

import html
import re

import pandas as pd
import pytest

from perfkit import tables

ROW = {"indicator": "children", "ref": "11", "title": "Children <looked after>", "polarity": "lower",
       "series_type": "snapshot", "unit": "count", "decimals": 0, "definition": "on the last day", "target": "629",
       "target_period": "March 2018", "role": "interim", "basis": "level", "due": None, "in_year": None,
       "later": "582", "later_period": "March 2019", "baseline": 667.0, "baseline_period": "March 2017",
       "recorded": 667.0, "recorded_period": "2016-17 Q4", "recorded_status": "final", "change": -5.7,
       "later_change": -12.7, "file": "framework.xlsx", "sheet": "Targets", "cell": "E15"}  # fmt: skip


def said(remark: str | None = None, **changes: object) -> str:
    remarks = pd.DataFrame({"subject": ["children"], "reason": [remark]})
    made = tables.yardsticks(pd.DataFrame([{**ROW, **changes}]), remarks, caption="Targets")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", made.html)).split())


def test_a_row_tells_target_later_target_and_baseline() -> None:
    assert (
        "11 Children <looked after> Lower is better; as at a date. On the last day. Target framework.xlsx, Targets!E15 "
        "629 by March 2018, an interim target, a reduction of 5.7% Then 582 by March 2019, a reduction of 13% "
        "667 for March 2017 Reported for 2016-17 Q4: 667" in said()
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"target": None}, "No target Then 582 by March 2019"),
        ({"due": "September 2017", "target": "Completion"}, "Completion by September 2017"),
        ({"basis": "quarter", "target": "833", "in_year": 3332.0, "target_period": "2017-18"},
         "833 a quarter: 3,332 in 2017-18"),
        ({"role": "target", "target_period": "2017-18", "change": 36.1}, "629 in 2017-18, an increase of 36%"),
        ({"role": "target", "change": 0.0}, "629 by March 2018, as the baseline"),
        ({"role": "target", "unit": "percent", "change": 5.0}, "629 by March 2018, an increase of 5.0 points"),
        ({"baseline": None}, "None named"),
        ({"recorded": None}, "667 for March 2017 No figure of that time was reported"),
        ({"recorded": 670.0}, "Reported for 2016-17 Q4: 670, which differs"),
        ({"recorded_status": "illustrative"}, "Reported for 2016-17 Q4: 667 [i]"),
        ({"series_type": "milestone"}, "A step to be taken."),
    ],
)  # fmt: skip
def test_each_case_has_its_words(changes: dict[str, object], expected: str) -> None:
    assert expected in said(**changes)


def test_a_directors_remark_is_told_as_the_directors() -> None:
    assert "Director’s remark: Due soon." in said("due soon")
    assert "Director’s remark" not in said()


def test_an_empty_framework_shows_nothing() -> None:
    assert tables.yardsticks(pd.DataFrame(columns=list(ROW)), caption="Targets").html == ""
