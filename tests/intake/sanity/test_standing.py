"""What an earlier file of one return still says is told when the file sent in its place comes."""

from __future__ import annotations

import pandas as pd

from perfkit.intake.sanity import standing
from perfkit.model.errors import Severity

INDICATORS = pd.DataFrame({"indicator": ["visits", "deaths", "fires"], "ref": ["46", "9", "12"]})


def held(file: str, *rated: str, figures: tuple[str, ...] = (), period: str = "2017-18 Q1") -> dict[str, pd.DataFrame]:
    council = "Oxfordshire County Council"
    ratings = [{"subject_kind": "indicator", "subject": name, "period": period, "council": council, "file": file,
                "sheet": "Dashboard"} for name in rated]  # fmt: skip
    told = [{"indicator": name, "period": period, "report_period": period, "area": council, "part": 1, "value": 5.0,
             "file": file} for name in figures]  # fmt: skip
    columns = ["indicator", "period", "report_period", "area", "part", "value", "file"]
    return {"assessments": pd.DataFrame(ratings), "observations": pd.DataFrame(told, columns=columns)}


def test_a_row_that_the_new_file_lacks_is_told_with_both_files_and_what_to_type() -> None:
    come = held("SCS v2.xlsx", "visits", "fires", figures=("visits", "fires"))
    before = held("SCS.xlsx", "visits", "deaths", figures=("visits", "deaths"))
    [issue] = standing.beside(come, before, indicators=INDICATORS)
    assert issue.severity is Severity.WARNING
    assert (issue.where.file, issue.where.sheet) == ("SCS v2.xlsx", "Dashboard")
    assert issue.found == (
        "a return for 2017-18 Q1 that SCS.xlsx, which came before, holds as well: 1 figure and 1 rating (of 9) only "
        "there and are still believed, 1 figure and 1 rating (of 12) only here"
    )
    assert 'perfkit load --withdraw "SCS.xlsx"' in issue.action


def test_a_figure_that_the_new_file_left_empty_is_told() -> None:
    come, before = held("SCS v2.xlsx", "visits"), held("SCS.xlsx", "visits", figures=("visits",))
    [issue] = standing.beside(come, before, indicators=INDICATORS)
    assert "1 figure (of 46) only there and is still believed, nothing only here" in issue.found


def test_a_file_that_holds_all_of_the_earlier_one_and_parts_of_one_return_are_not_told() -> None:
    before = held("SCS.xlsx", "visits", figures=("visits",))
    whole = held("SCS v2.xlsx", "visits", "deaths", figures=("visits", "deaths"))
    assert standing.beside(whole, before, indicators=INDICATORS) == []
    assert standing.beside(held("SCS part 2.xlsx", "deaths"), before, indicators=INDICATORS) == []
    assert standing.beside(held("Q2.xlsx", "visits", period="2017-18 Q2"), before, indicators=INDICATORS) == []
