"""Two eras on one page: named, side by side, never joined."""

from __future__ import annotations

import pandas as pd

from perfkit.display import eras

BOARD = "NHS BUCKINGHAMSHIRE, OXFORDSHIRE AND BERKSHIRE WEST INTEGRATED CARE BOARD"
BEFORE = pd.DataFrame({"month": ["May 2017", "June 2017"], "all": [5900.0, 5800.4]})


def months() -> pd.DataFrame:
    orgs = [("country", "England", "ENGLAND (Type 1 Trusts)", 2e4), ("board", "QU9", BOARD, 500.0)]
    rows = [
        {"collection": "acute", "org_kind": kind, "org_code": code, "org_name": name, "month": month,
         "waiting": waiting, "discharged": 9000.0, "remaining": waiting / 2, "share_discharged": 50.0, "days": 30}
        for kind, code, name, waiting in orgs
        for month in pd.period_range("2022-04", "2022-06", freq="M")
    ]  # fmt: skip
    return pd.DataFrame(rows)


NONE = pd.DataFrame()


def test_the_break_is_named_and_both_eras_are_listed() -> None:
    html = eras.section(BEFORE, months(), NONE, NONE).html
    assert "are never joined" in html
    assert "May 2017 to June 2017" in html
    assert "April 2022 to June 2022" in html
    assert ">5,800<" in html
    assert ">20,000<" in html


def test_the_chart_is_the_nearest_boards_and_its_name_is_written_as_a_name() -> None:
    html = eras.section(BEFORE, months(), NONE, NONE).html
    assert "250 of 500 patients a day who could leave remained in hospital in June 2022" in html
    assert "NHS Buckinghamshire, Oxfordshire and Berkshire West Integrated Care Board" in html
    assert BOARD not in html


def test_reasons_are_those_of_the_same_board() -> None:
    reasons = pd.DataFrame({
        "collection": "acute", "org_code": ["QU9", "QU9", "England"], "org_name": [BOARD, BOARD, "ENGLAND"],
        "month": pd.Period("2022-06", "M"), "breakdown_title": ["Care at home", "Transport", "Other"],
        "people_a_day": [30.0, 2.0, 999.0],
    })  # fmt: skip
    html = eras.section(BEFORE, months(), reasons, NONE).html
    assert "Care at home kept most patients in June 2022" in html
    assert "2 of 2 reasons" in html
    assert "999" not in html


def test_without_the_new_statistics_one_sentence_says_so() -> None:
    assert eras.section(BEFORE, NONE, NONE, NONE).words == eras.NONE_LOADED
