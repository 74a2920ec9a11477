"""Budget against forecast, likelihood times impact, and where the three meet: worked by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import single_view
from perfkit.analysis.single_view import Tolerance

NONE = float("nan")


def lines(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["directorate", "line", "budget", "forecast"])


def risks(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["period", "risk", "likelihood", "impact"])
    return frame.assign(title=frame["risk"] + " happens", directorate="SCS", owner="Director", mitigation=None)


def rated(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["directorate", "effective", "outlook"])
    return frame.assign(ref=[str(n) for n in range(1, len(frame) + 1)], title="Title")


def test_variance_is_forecast_less_budget_in_pounds_and_per_cent() -> None:
    varied = single_view.vary(lines(("SCS", "Care", 180_000_000.0, 184_500_000.0)))
    assert varied[["variance", "percent"]].values.tolist() == [[4_500_000.0, 2.5]]


@pytest.mark.parametrize(
    ("forecast", "money", "side"),
    [
        (1_010_000.0, "green", "on budget"),  # exactly 1% over
        (1_010_001.0, "amber", "over"),
        (1_050_000.0, "amber", "over"),  # exactly 5% over
        (1_050_001.0, "red", "over"),
        (1_000_000.0, "green", "on budget"),
        (990_000.0, "green", "on budget"),  # exactly 1% under
        (989_999.0, "green", "under"),
        (950_000.0, "green", "under"),  # exactly 5% under
        (949_999.0, "amber", "under"),
        (0.0, "amber", "under"),
        (NONE, "not rated", ""),
    ],
)
def test_the_limits_of_the_tolerance_are_within_it(forecast: float, money: str, side: str) -> None:
    varied = single_view.vary(lines(("SCS", "Care", 1_000_000.0, forecast)))
    assert varied[["money", "side"]].values.tolist() == [[money, side]]


def test_a_limit_that_a_float_misses_by_a_hair_still_counts_as_reached() -> None:
    varied = single_view.vary(lines(("SCS", "Care", 0.3, 0.303)))  # 1% of 0.3, held as slightly more
    assert varied["money"].tolist() == ["green"]


def test_a_council_may_set_its_own_tolerance() -> None:
    varied = single_view.vary(lines(("SCS", "Care", 100.0, 102.0)), Tolerance(green=2, amber=3))
    assert varied["money"].tolist() == ["green"]


def test_an_income_is_overspent_where_less_comes_in() -> None:
    varied = single_view.vary(lines(("COM", "Parking", -100.0, -90.0)))
    assert varied[["variance", "percent", "side"]].values.tolist() == [[10.0, 10.0, "over"]]


def test_a_budget_of_nothing_has_no_percentage_and_any_forecast_above_it_is_red() -> None:
    varied = single_view.vary(lines(("COM", "New", 0.0, 1.0), ("COM", "Old", 0.0, 0.0)))
    assert varied["money"].tolist() == ["red", "green"]
    assert varied["percent"].isna().all()


def test_a_directorate_is_varied_on_its_sums_and_each_line_counts_once() -> None:
    frame = lines(("SCS", "Care", 100.0, 110.0), ("SCS", "Homes", 100.0, 92.0), ("PH", "Health", 50.0, 50.0))
    added = single_view.total(frame)
    assert added[["directorate", "lines", "budget", "forecast", "variance", "percent", "money"]].values.tolist() == [
        ["SCS", 2, 200.0, 202.0, 2.0, 1.0, "green"],
        ["PH", 1, 50.0, 50.0, 0.0, 0.0, "green"],
    ]


def test_a_sum_with_a_line_that_has_no_forecast_is_missing_and_never_the_sum_of_the_rest() -> None:
    added = single_view.total(lines(("SCS", "Care", 100.0, 110.0), ("SCS", "Homes", 100.0, NONE)))
    row = added.iloc[0]
    assert (row["budget"], row["lines"], row["without_forecast"], row["money"]) == (200.0, 2, 1, "not rated")
    assert pd.isna(row["forecast"])
    assert pd.isna(row["variance"])


def test_the_whole_council_is_one_sum_and_nothing_gives_no_row() -> None:
    added = single_view.total(lines(("SCS", "Care", 100.0, 110.0), ("PH", "Health", 100.0, 100.0)), by=None)
    assert added[["lines", "variance", "percent", "money"]].values.tolist() == [[2, 10.0, 5.0, "amber"]]
    assert single_view.total(lines()).empty
    assert single_view.total(lines(), by=None).empty


def test_a_score_is_likelihood_times_impact_and_its_level_includes_the_limits() -> None:
    frame = risks(
        ("2017-18 Q1", "A", 3, 5), ("2017-18 Q1", "B", 3, 4), ("2017-18 Q1", "C", 2, 4), ("2017-18 Q1", "D", 2, 3)
    )
    register = single_view.register(frame, quarter="2017-18 Q1")
    assert register[["risk", "score", "level"]].values.tolist() == [
        ["A", 15, "high"], ["B", 12, "medium"], ["C", 8, "medium"], ["D", 6, "low"],
    ]  # fmt: skip
    assert single_view.register(frame, quarter="2017-18 Q1", high=12)["level"].tolist()[:2] == ["high", "high"]


def test_each_risk_is_held_against_the_register_of_the_quarter_before() -> None:
    frame = risks(
        ("2016-17 Q4", "up", 2, 4), ("2016-17 Q4", "down", 5, 5), ("2016-17 Q4", "same", 2, 6 // 2),
        ("2016-17 Q4", "gone", 4, 4), ("2016-17 Q3", "older", 1, 1),
        ("2017-18 Q1", "up", 3, 4), ("2017-18 Q1", "down", 4, 5), ("2017-18 Q1", "same", 3, 2),
        ("2017-18 Q1", "older", 1, 1),
    )  # fmt: skip
    register = single_view.register(frame, quarter="2017-18 Q1").set_index("risk")
    assert register["trend"].to_dict() == {"down": "down", "up": "up", "same": "same", "older": "new"}
    assert register.loc["up", "score_before"] == 8
    assert pd.isna(register.loc["older", "score_before"])
    gone = single_view.closed(frame, quarter="2017-18 Q1")
    assert gone[["risk", "score"]].values.tolist() == [["gone", 16]]


def test_without_a_register_of_the_quarter_before_nothing_is_new_and_nothing_closed() -> None:
    frame = risks(("2016-17 Q3", "A", 2, 2), ("2017-18 Q1", "A", 3, 3))
    assert single_view.register(frame, quarter="2017-18 Q1")["trend"].tolist() == [""]
    assert single_view.closed(frame, quarter="2017-18 Q1").empty


def test_a_register_that_has_not_come_closes_nothing() -> None:
    frame = risks(("2016-17 Q4", "A", 2, 2))
    assert single_view.register(frame, quarter="2017-18 Q1").empty
    assert single_view.closed(frame, quarter="2017-18 Q1").empty


def test_the_highest_risk_of_each_goes_first_by_score_then_by_its_rise() -> None:
    frame = risks(
        ("2016-17 Q4", "A", 3, 4), ("2016-17 Q4", "B", 2, 4),
        ("2017-18 Q1", "A", 3, 4), ("2017-18 Q1", "B", 3, 4), ("2017-18 Q1", "C", 1, 1),
    )  # fmt: skip
    register = single_view.register(frame, quarter="2017-18 Q1")
    found = single_view.highest(register, by="directorate").iloc[0]
    assert (found["risks"], found["high"], found["risk"], found["risk_title"]) == (3, 0, "B", "B happens")


def view(frames: dict[str, Any] | None = None) -> pd.DataFrame:
    """Give the view of three directorates: SCS with all three, PH without a finance return, COM with a low risk."""
    held: dict[str, Any] = {
        "rated": rated(("SCS", "red", "stable"), ("SCS", "green", None), ("PH", "red", "deteriorating")),
        "lines": lines(("SCS", "Care", 100.0, 110.0), ("COM", "Roads", 100.0, 110.0)),
        "risks": risks(("2017-18 Q1", "R1", 4, 5), ("2017-18 Q1", "R2", 4, 4), ("2017-18 Q1", "R3", 1, 1)),
    } | (frames or {})
    register = single_view.register(held["risks"], quarter="2017-18 Q1")
    register["directorate"] = register["risk"].map({"R1": "SCS", "R2": "PH", "R3": "COM"})
    names = pd.DataFrame({"directorate": ["SCS", "PH", "COM"], "name": ["Social", "Public", "Places"], "order": 1})
    money = single_view.total(single_view.vary(held["lines"]))
    return single_view.by_directorate(held["rated"], money, register, directorates=names).pipe(single_view.meet)


def test_the_three_stand_in_one_row_and_meet_where_all_are_there() -> None:
    seen = view().set_index("directorate")
    assert seen.index.tolist() == ["SCS", "PH", "COM"]
    assert seen["meeting"].to_dict() == {"SCS": 3, "PH": 2, "COM": 1}
    assert seen.loc["SCS", "red_titles"] == ["Title (1)"]
    assert seen[["indicators", "green", "red", "no_outlook"]].values.tolist() == [[2, 1, 1, 1], [1, 0, 1, 0], [0] * 4]


def test_what_has_not_come_is_missing_and_never_nothing() -> None:
    seen = view().set_index("directorate")
    assert seen["finance_known"].to_dict() == {"SCS": True, "PH": False, "COM": True}
    assert pd.isna(seen.loc["PH", "budget"])
    without = view({"risks": risks()}).set_index("directorate")
    assert without["risks"].isna().all()
    assert not without["risk_known"].any()
    assert without["meeting"].to_dict() == {"SCS": 2, "PH": 1, "COM": 1}


def test_a_directorate_whose_register_names_no_risk_has_none() -> None:
    seen = view({"risks": risks(("2017-18 Q1", "R1", 4, 5))}).set_index("directorate")
    assert seen["risks"].to_dict() == {"SCS": 1, "PH": 0, "COM": 0}


def test_a_directorate_that_only_the_money_names_has_a_row_with_its_code() -> None:
    seen = view({"lines": lines(("CEF", "Schools", 1.0, 1.0))})
    assert seen[["directorate", "name"]].values.tolist()[-1] == ["CEF", "CEF"]


def test_an_overspend_within_the_tolerance_is_none() -> None:
    seen = view({"lines": lines(("SCS", "Care", 100.0, 101.0))}).set_index("directorate")
    assert seen.loc["SCS", "meeting"] == 2


def test_nothing_at_all_gives_a_view_that_knows_nothing() -> None:
    seen = view({"rated": rated(), "lines": lines(), "risks": risks()})
    assert seen["indicators"].tolist() == [0, 0, 0]
    assert seen["meeting"].tolist() == [0, 0, 0]
    assert not seen["finance_known"].any()


def by_priority(lines_frame: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    served = rated(("SCS", "red", "stable"), ("SCS", "red", "stable"), ("SCS", "green", "stable")).assign(
        number=pd.array([7, 10, 10], dtype="Int64")
    )
    named = pd.DataFrame({"number": [7, 10, 12], "title": ["NHS", "Services", "Horizon"], "kind": "focus"})
    return single_view.by_priority(served, lines_frame, register, priorities=named).pipe(single_view.meet)


def test_a_priority_lists_its_lines_by_the_furthest_over_and_adds_nothing_up() -> None:
    held = lines(("SCS", "Care", 100.0, 103.0), ("PH", "Health", 100.0, 108.0), ("COM", "Roads", 100.0, 90.0))
    varied = single_view.vary(held).assign(number=pd.array([7, 7, 10], dtype="Int64"))
    frame = risks(("2017-18 Q1", "R1", 5, 5))
    register = single_view.register(frame, quarter="2017-18 Q1").assign(number=pd.array([7], dtype="Int64"))
    seen = by_priority(varied, register).set_index("number")
    assert seen["lines"].to_dict() == {7: 2, 10: 1, 12: 0}
    assert seen["lines_over"].to_dict() == {7: 2, 10: 0, 12: 0}
    assert (seen.loc[7, "line"], seen.loc[7, "line_directorate"], seen.loc[7, "percent"]) == ("Health", "PH", 8.0)
    assert seen["meeting"].to_dict() == {7: 3, 10: 1, 12: 0}
    assert seen["finance_known"].all()


def test_without_any_line_or_risk_a_priority_knows_neither() -> None:
    empty = pd.array([], dtype="Int64")
    varied = single_view.vary(lines()).assign(number=empty)
    register = single_view.register(risks(), quarter="2017-18 Q1").assign(number=empty)
    seen = by_priority(varied, register)
    assert seen["lines"].isna().all()
    assert seen["risks"].isna().all()
    assert not seen["finance_known"].any()
    assert not seen["risk_known"].any()


def test_a_return_whose_lines_name_no_priority_has_come_all_the_same() -> None:
    empty = pd.array([], dtype="Int64")
    none = single_view.vary(lines()).assign(number=empty), single_view.register(risks(), quarter="2017-18 Q1")
    named = pd.DataFrame({"number": [7], "title": ["NHS"], "kind": "focus"})
    served = pd.DataFrame(columns=["number", "effective", "outlook", "ref", "title"]).astype({"number": "Int64"})
    seen = single_view.by_priority(
        served, none[0], none[1].assign(number=empty), priorities=named, came=(True, False)
    ).pipe(single_view.meet)
    assert (seen["lines"].item(), seen["finance_known"].item()) == (0, True)
    assert not seen["risk_known"].item()


def test_what_is_given_stays_as_it_was() -> None:
    frame, register = lines(("SCS", "Care", 1.0, 2.0)), risks(("2017-18 Q1", "R1", 4, 5))
    before, before_register = frame.copy(), register.copy()
    single_view.vary(frame)
    single_view.total(frame)
    single_view.register(register, quarter="2017-18 Q1")
    single_view.closed(register, quarter="2017-18 Q1")
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(register, before_register)
