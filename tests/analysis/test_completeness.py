"""Whether returns came, what they left out, and what later ones changed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import completeness

INDICATORS = pd.DataFrame(
    {
        "indicator": ["visits", "calls", "hours"],
        "financial_year": "2017-18",
        "directorate": ["CSS", "CSS", "SCS"],
        "ref": ["46", "50", "7"],
        "title": ["Visits", "Calls", "Hours"],
        "unit": ["count", "percent", "hours"],
        "decimals": [0, 1, 0],
    }
)
NAMES = pd.DataFrame(
    {"directorate": ["CSS", "SCS"], "financial_year": "2017-18", "name": ["Safety", "Social"], "order": [2, 1]}
)


def told(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Make assessments of subject, file, vintage and day received, all for quarter 1 of 2017-18."""
    frame = pd.DataFrame(list(rows), columns=["subject", "file", "vintage", "received"])
    return frame.assign(subject_kind="indicator", period="2017-18 Q1")


def returns(frame: pd.DataFrame, **options: Any) -> pd.DataFrame:
    given: dict[str, Any] = {"indicators": INDICATORS, "directorates": NAMES, "quarters": ["2017-18 Q1"], **options}
    return completeness.returns(frame, **given)


@pytest.mark.parametrize(
    ("received", "state", "days"),
    [("2017-07-21", "on time", 0.0), ("2017-07-30", "on time", 0.0), ("2017-07-31", "late", 1.0)],
)
def test_a_return_is_late_from_the_thirty_first_day_after_the_quarter(received: str, state: str, days: float) -> None:
    came = returns(told(("hours", "SCS.xlsx", "a", received)))
    assert came.loc[0, ["directorate", "state", "days_late"]].tolist() == ["SCS", state, days]
    assert came.loc[0, "due"] == pd.Timestamp("2017-07-30")


def test_another_number_of_days_may_be_allowed() -> None:
    came = returns(told(("hours", "SCS.xlsx", "a", "2017-07-21")), days=14)
    assert came.loc[0, ["state", "days_late"]].tolist() == ["late", 7.0]


@pytest.mark.parametrize(("until", "state"), [("2017-07-30", "not due yet"), ("2017-07-31", "missing")])
def test_what_has_not_come_is_missing_only_after_the_day_it_was_due(until: str, state: str) -> None:
    came = returns(told(("hours", "SCS.xlsx", "a", "2017-07-21")), until=until)
    missing = came[came["directorate"] == "CSS"].iloc[0]
    assert missing["state"] == state
    assert pd.isna(missing["received"])
    assert pd.isna(missing["days_late"])
    assert (missing["deliveries"], missing["answered"], missing["indicators"]) == (0, 0, 2)


def test_the_first_delivery_counts_and_the_last_one_says_how_much_is_answered() -> None:
    frame = told(
        ("visits", "CSS.xlsx", "a", "2017-07-21"),
        ("visits", "CSS.xlsx", "b", "2017-09-01"),
        ("calls", "CSS.xlsx", "b", "2017-09-01"),
    )
    row = returns(frame).query("directorate == 'CSS'").iloc[0]
    assert (row["state"], row["deliveries"], row["answered"]) == ("on time", 2, 2)
    assert (row["received"], row["last_received"]) == (pd.Timestamp("2017-07-21"), pd.Timestamp("2017-09-01"))


def test_directorates_stand_in_their_order_and_the_input_is_not_changed() -> None:
    frame = told(("visits", "CSS.xlsx", "a", "2017-07-21"))
    kept = frame.copy()
    assert returns(frame)["directorate"].tolist() == ["SCS", "CSS"]
    pd.testing.assert_frame_equal(frame, kept)


def rated(**columns: list[Any]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    plain: dict[str, Any] = {
        "indicator": ["visits", "calls", "hours"][:count], "ref": ["46", "50", "7"][:count], "title": "Title",
        "directorate": ["CSS", "CSS", "SCS"][:count], "period": "2017-18 Q1", "value": [None] * count, "marker": None,
        "marker_means": None, "calculated_reason": "no value", "effective": "not rated", "file": None, "sheet": None,
        "cell": None, "assessed_file": "CSS.xlsx", "assessed_sheet": "Dashboard", "assessed_cell": "I10",
    }  # fmt: skip
    return pd.DataFrame({**plain, **columns})


CAME = pd.DataFrame({"period": "2017-18 Q1", "directorate": ["CSS", "SCS"], "state": ["on time", "missing"]})


def test_each_absence_has_its_kind_the_gravest_first() -> None:
    reasons = ["no value", "not due: reported once a year, for quarter 4", "no value"]
    found = completeness.missing(rated(calculated_reason=reasons), CAME)
    assert found[["ref", "kind", "reason"]].to_numpy().tolist() == [
        ["7", "no return", ""], ["46", "left empty", ""],
        ["50", "not due", "not due: reported once a year, for quarter 4"],
    ]  # fmt: skip


def test_a_sign_is_no_empty_cell_and_stands_at_its_own_cell() -> None:
    frame = rated(value=[None], marker=["[c]"], marker_means=["suppressed"], calculated_reason=["suppressed ([c])"],
                  file=["CSS.xlsx"], sheet=["Dashboard"], cell=["G10"])  # fmt: skip
    found = completeness.missing(frame, CAME).iloc[0]
    assert found[["kind", "reason", "cell"]].tolist() == ["sign in its place", "suppressed ([c])", "G10"]


def test_an_empty_cell_is_told_by_the_cell_of_its_rating() -> None:
    assert completeness.missing(rated(value=[None]), CAME)["cell"].tolist() == ["I10"]


def test_a_figure_of_zero_is_not_missing() -> None:
    assert completeness.missing(rated(value=[0.0]), CAME).empty


def test_a_directorate_is_silent_where_it_speaks_of_none_of_its_indicators() -> None:
    frame = rated(assessed_file=["CSS.xlsx", None, None])
    assert completeness.silent(frame).to_numpy().tolist() == [["SCS", 1]]


def test_unknown_signs_come_first() -> None:
    frame = pd.DataFrame({"report_period": "2017-18 Q1", "marker": ["[x]", "??", "[x]", None],
                          "marker_means": ["not available", None, "not available", None]})  # fmt: skip
    counted = completeness.markers(frame, quarter="2017-18 Q1")
    assert counted[["marker", "count", "known"]].to_numpy().tolist() == [["??", 1, False], ["[x]", 2, True]]
    assert completeness.markers(frame, quarter="2017-18 Q2").empty


def test_the_share_of_illustrative_figures_leaves_out_what_has_no_figure() -> None:
    frame = pd.DataFrame({"directorate": ["PH"] * 4 + ["SCS"], "value": [1.0, 2.0, 3.0, None, None],
                          "status": ["illustrative", "illustrative", "final", "illustrative", None]})  # fmt: skip
    found = completeness.statuses(frame).set_index("directorate")
    assert found.loc["PH", ["final", "illustrative", "no_value", "indicators"]].tolist() == [1, 2, 1, 4]
    assert round(found.loc["PH", "illustrative_share"], 1) == 66.7
    assert pd.isna(found.loc["SCS", "illustrative_share"])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            'Q1/PH.xlsx, sheet Dashboard, cell I13: found "Ð", expected G. It was read as G; type G itself.',
            ["Dashboard", "I13", '"Ð"', "G", "It was read as G; type G itself."],
        ),
        ("Q1/PH.xlsx, sheet Key, points: found a, expected b. Do c.", ["Key, points", None, "a", "b", "Do c."]),
        ("Q1/PH.xlsx: found a. b, expected 1.5. Do c. And d.", [None, None, "a. b", "1.5", "Do c. And d."]),
        ("Q1/PH.xlsx: the clock is wrong", [None, None, "the clock is wrong", None, None]),
    ],
)
def test_a_warning_is_parted_into_place_find_and_remedy(text: str, parts: list[str | None]) -> None:
    found = completeness.issues(pd.DataFrame({"file": ["Q1/PH.xlsx"], "received": ["2017-07-21"], "warning": [text]}))
    row = found.iloc[0][["sheet", "cell", "found", "expected", "action"]]
    assert row.astype("object").where(row.notna(), None).tolist() == parts


def test_no_warning_gives_no_rows() -> None:
    none = pd.DataFrame({"file": [], "received": [], "warning": []}, dtype="object")
    assert completeness.issues(none).empty


def figures(*rows: tuple[str, float | None, str, str, str]) -> pd.DataFrame:
    """Make deliveries of figures: period, value, status, vintage and day, all of one file."""
    frame = pd.DataFrame(list(rows), columns=["period", "value", "status", "vintage", "received"])
    return frame.assign(indicator="visits", area="Oxon", part=1, file="CSS.xlsx", sheet="Dashboard", cell="G10")


def revised(*rows: tuple[str, float | None, str, str, str], since: str = "") -> list[list[Any]]:
    found = completeness.revisions(figures(*rows), indicators=INDICATORS, since=since)
    columns = found[["kind", "period", "before", "after", "received"]].astype("object")
    return columns.where(columns.notna(), None).to_numpy().tolist()  # type: ignore[no-any-return]


def test_each_change_of_a_figure_is_told_once_the_latest_first() -> None:
    first, second, third = ("2017-18 Q1", "final", "a", "2017-07-21"), ("b", "2017-10-20"), ("c", "2017-12-01")
    assert revised(
        (first[0], 1180.0, first[1], first[2], first[3]),
        (first[0], 1215.0, "revised", *second),
        (first[0], 1215.0, "revised", *third),
    ) == [["value revised", "2017-18 Q1", 1180.0, 1215.0, "2017-10-20"]]


def test_a_figure_filled_in_and_one_taken_away_are_told_apart() -> None:
    assert revised(
        ("2017-18 Q1", None, "final", "a", "2017-07-21"),
        ("2016-17 Q4", 5.0, "final", "a", "2017-07-21"),
        ("2017-18 Q1", 0.0, "final", "b", "2017-10-20"),
    ) == [
        ["value received", "2017-18 Q1", None, 0.0, "2017-10-20"],
        ["value withdrawn", "2016-17 Q4", 5.0, None, "2017-10-20"],
    ]


def test_an_illustrative_figure_never_revises_a_published_one() -> None:
    rows = ("2017-18 Q1", 1180.0, "final", "a", "2017-07-21"), ("2017-18 Q1", 9.0, "illustrative", "b", "2017-10-20")
    assert revised(*rows) == []


def test_changes_of_an_earlier_year_may_be_left_out() -> None:
    rows = ("2016-17 Q1", 1.0, "final", "a", "2016-07-21"), ("2016-17 Q1", 2.0, "final", "b", "2016-10-20")
    assert len(revised(*rows)) == 1
    assert revised(*rows, since="2017-04-01") == []
