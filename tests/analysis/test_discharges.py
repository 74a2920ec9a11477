"""What came after delayed transfers: days become months, and nothing missing becomes nought."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import discharges

APRIL = pd.Period("2022-04", "M")
ENGLAND = {"collection": "acute", "org_kind": "country", "org_code": "England", "org_name": "ENGLAND", "region": None}
BOARD = {
    "collection": "acute",
    "org_kind": "board",
    "org_code": "QU9",
    "org_name": "NHS OXFORDSHIRE",
    "region": "South East",
}
TRUST = BOARD | {"org_kind": "trust", "org_code": "RTH", "org_name": "OXFORD UNIVERSITY HOSPITALS"}


def row(org: dict[str, object], measure: str, value: float | None, **words: object) -> dict[str, object]:
    plain = {"period": "2022-04-01", "period_kind": "day", "month": APRIL, "breakdown": "all", "breakdown_title": "all"}
    return {**org, **plain, "measure": measure, "value": value, "status": "final", **words}


def days(org: dict[str, object], *figures: tuple[float | None, float | None, float | None]) -> list[dict[str, object]]:
    measures = ("not_meeting_criteria", "discharged", "remaining")
    return [
        row(org, measure, value, period=f"2022-04-{day:02d}")
        for day, three in enumerate(figures, 1)
        for measure, value in zip(measures, three, strict=True)
    ]


def test_a_month_is_the_mean_of_its_days_and_the_sum_of_those_discharged() -> None:
    found = discharges.monthly(pd.DataFrame(days(ENGLAND, *[(20.0, 8.0, 12.0), (30.0, 12.0, 18.0)] * 15))).iloc[0]
    assert (found["waiting"], found["discharged"], found["remaining"]) == (25, 300, 15)
    assert (found["discharged_a_day"], found["share_discharged"]) == (10, 40)
    assert (found["days"], found["complete"]) == (30, True)


def test_missing_days_are_left_out_and_make_the_month_incomplete() -> None:
    found = discharges.monthly(pd.DataFrame(days(ENGLAND, (20.0, 8.0, 12.0), (None, None, None), (30.0, None, 18.0))))
    assert found[["waiting", "discharged", "remaining", "days"]].to_numpy().tolist() == [[25, 8, 15, 1]]
    assert not found["complete"].any()


def test_a_figure_that_no_day_gives_is_missing_not_nought() -> None:
    found = discharges.monthly(pd.DataFrame(days(ENGLAND, (20.0, None, 12.0)))).iloc[0]
    assert pd.isna(found["discharged"])
    assert pd.isna(found["share_discharged"])


def test_a_measure_that_a_workbook_lacks_is_missing() -> None:
    only = [one for one in days(ENGLAND, (20.0, 8.0, 12.0)) if one["measure"] != "remaining"]
    assert discharges.monthly(pd.DataFrame(only))["remaining"].isna().all()


def test_england_the_region_and_the_boards_and_trusts_that_have_the_name() -> None:
    others = [BOARD | {"org_code": "QMJ", "org_name": "NHS NORTH CENTRAL LONDON"},
              ENGLAND | {"org_kind": "region", "org_code": "SOUTH EAST", "org_name": "SOUTH EAST"},
              ENGLAND | {"org_kind": "region", "org_code": "LONDON", "org_name": "LONDON"}]  # fmt: skip
    frame = pd.DataFrame([row(org, "remaining", 1.0) for org in (ENGLAND, BOARD, TRUST, *others)])
    near = discharges.near(frame, area="Oxfordshire", region="South East")
    assert near["org_code"].tolist() == ["England", "QU9", "RTH", "SOUTH EAST"]


def test_reasons_are_ranked_and_shares_need_every_figure() -> None:
    month = {"period_kind": "month", "period": "April 2022"}
    full = [row(ENGLAND, "delayed_by_reason", v, breakdown=b, breakdown_title=b, **month)
            for b, v in (("transport", 10.0), ("home care", 30.0))]  # fmt: skip
    part = [row(BOARD, "delayed_by_reason", v, breakdown=b, breakdown_title=b, **month)
            for b, v in (("transport", None), ("home care", 3.0))]  # fmt: skip
    found = discharges.by_reason(pd.DataFrame(full + part))
    assert found[["breakdown", "people_a_day", "share"]].iloc[:2].to_numpy().tolist() == [
        ["home care", 30.0, 75.0], ["transport", 10.0, 25.0],
    ]  # fmt: skip
    assert found["share"].iloc[2:].isna().all()
    assert found["rank"].iloc[2:].astype(object).tolist() == [1, pd.NA]


def test_bed_days_by_length_of_stay_are_added_over_weeks_never_over_bands() -> None:
    weeks = [row(ENGLAND, "additional_bed_days", v, period_kind="week", breakdown=b, breakdown_title=b)
             for b, v in (("7 days or more", 70.0), ("7 days or more", 90.0), ("21 days or more", 20.0))]  # fmt: skip
    found = discharges.by_stay(pd.DataFrame(weeks)).set_index("breakdown")
    assert found["bed_days"].to_dict() == {"7 days or more": 160, "21 days or more": 20}
    assert found.loc["7 days or more", "bed_days_a_week"] == 80


def test_boards_are_ranked_by_the_share_discharged_with_ties_and_gaps() -> None:
    orgs = [BOARD | {"org_code": code, "org_name": code} for code in ("Q1", "Q2", "Q3", "Q4")]
    shares = [(20.0, 10.0), (20.0, 5.0), (40.0, 10.0), (20.0, None)]
    frames = [one for org, (w, d) in zip(orgs, shares, strict=True) for one in days(org, *[(w, d, 1.0)] * 30)]
    ranked = discharges.compare(discharges.monthly(pd.DataFrame(frames)))
    assert dict(zip(ranked["org_code"], ranked["rank"].astype(object), strict=True)) == {
        "Q2": 1, "Q3": 1, "Q1": 3, "Q4": pd.NA,
    }  # fmt: skip


def test_no_rows_give_no_rows() -> None:
    none = pd.DataFrame([row(ENGLAND, "remaining", 1.0)]).iloc[:0]
    near = discharges.near(none, area="Oxfordshire")
    assert [len(made(near)) for made in (discharges.monthly, discharges.by_reason, discharges.by_stay)] == [0, 0, 0]
