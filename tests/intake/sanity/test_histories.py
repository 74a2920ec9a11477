"""Two files that give one figure otherwise are told: one of them would be believed without a word."""

from __future__ import annotations

import pandas as pd

from perfkit.intake import sanity
from perfkit.intake.folder import Delivery
from perfkit.intake.reading import Reading
from perfkit.intake.sanity import histories
from perfkit.model.errors import Issue, Severity, Where
from tests.intake.sanity.test_figures import INDICATORS

SHOULD = "Correct the figure that is wrong; if one file replaces the other, send that one alone."


def figures(file: str, **values: float) -> pd.DataFrame:
    return pd.DataFrame([
        {"indicator": name, "period": "2016-17 Q3", "area": "Middleshire", "part": 1, "value": value,
         "report_period": "2016-17 Q3", "file": file, "sheet": "History", "cell": f"C{row}"}
        for row, (name, value) in enumerate(values.items(), 5)
    ])  # fmt: skip


def differing(one: pd.DataFrame, *others: pd.DataFrame) -> list[Issue]:
    return histories.differing(one, pd.concat([one, *others]), indicators=INDICATORS)


def test_two_files_that_disagree_are_told_once_at_the_first_figure() -> None:
    mine, other = figures("history.xlsx", visits=42.0, loans=7.0), figures("SCS.xlsx", visits=45.0, loans=8.0)
    found = "42 for indicator 46 in 2016-17 Q3, one of 2 figures on which the two files differ"
    expected = "45, as in SCS.xlsx, sheet History, cell C5"
    assert differing(mine, other) == [
        Issue(Where("history.xlsx", "History", "C5"), found, expected, SHOULD, Severity.WARNING)
    ]


def test_of_two_histories_the_one_whose_name_comes_later_is_told_of() -> None:
    both = pd.concat([figures("history.xlsx", visits=42.0), figures("history_v2.xlsx", visits=45.0)])
    [said] = histories.differing(both, both, indicators=INDICATORS)
    assert (said.where.file, said.found) == ("history_v2.xlsx", "45 for indicator 46 in 2016-17 Q3")


def test_figures_that_agree_or_are_absent_or_of_other_quarters_are_left_alone() -> None:
    mine = figures("history.xlsx", visits=42.0)
    assert differing(mine, figures("SCS.xlsx", visits=42.0, loans=7.0)) == []
    assert differing(mine, figures("SCS.xlsx", visits=float("nan"))) == []
    assert differing(mine, figures("SCS.xlsx", visits=45.0).assign(period="2016-17 Q4")) == []


def test_a_history_is_held_against_what_other_files_said_before_and_not_against_itself() -> None:
    now = figures("history v2.xlsx", visits=42.0).assign(status="final")
    delivery = Delivery("history v2.xlsx", "6b86", Reading({"observations": now}))
    for file, tells in (("history.xlsx", 1), ("history v2.xlsx", 0)):
        known = {
            "observations": figures(file, visits=45.0).assign(status="final"),
            "indicators": INDICATORS.assign(financial_year="2017-18", unit="count"),
        }
        [checked] = sanity.check([delivery], known=known)
        assert sum("for indicator 46" in issue.found for issue in checked.reading.issues) == tells
