"""Statements kept as data: of the area, the newest by the quarter, each checked by every basis."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import delays
from tests.analysis.delays.conftest import Make


def said(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["period", "number", "text", "area"])
    return frame.assign(source="Report", file="key_points.xlsx", sheet="Claims", cell="A5")


def march(make: Make) -> pd.DataFrame:
    days = {"all": 5615.0, "NHS": 2694.0, "social care": 859.0, "both": 2062.0}
    return make(*[("2017-03", "Oxfordshire", value, {"attribution": name}) for name, value in days.items()])


def test_the_councils_figures_of_march_2017(delays_of: Make) -> None:
    table = said(
        ("2017-18 Q1", 2, "67 people a day delayed in March 2017", "Oxfordshire"),
        ("2017-18 Q1", 1, "28 people a day awaiting social care in March 2017", "Oxfordshire"),
        ("2017-18 Q1", 3, "1 person a day in March 2017", "Kent"),
    )
    found = delays.statements(table, march(delays_of), area="Oxfordshire", quarter="2017-18 Q1")
    assert found["claim"].unique().tolist() == [table["text"][1], table["text"][0]]
    assert found.loc[found["holds"], "figure"].round(1).tolist() == [27.7, 66.5]
    assert set(found["cell"]) == {"A5"}


def test_the_newest_statements_by_the_quarter_are_checked(delays_of: Make) -> None:
    text = "{} people a day awaiting social care in March 2017"
    table = said(*[(q, 1, text.format(n), "Oxfordshire") for n, q in ((26, "2016-17 Q4"), (28, "2017-18 Q1"))])
    found = {
        quarter: delays.statements(table, march(delays_of), area="Oxfordshire", quarter=quarter)["claim"].tolist()
        for quarter in ("2016-17 Q3", "2016-17 Q4", "2017-18 Q3")
    }
    assert found == {"2016-17 Q3": [], "2016-17 Q4": [text.format(26)], "2017-18 Q3": [text.format(28)]}


def test_a_statement_that_the_data_do_not_reach_stays_with_the_reason(delays_of: Make) -> None:
    table = said(("2017-18 Q1", 1, "28 people a day awaiting social care in May 2015", "Oxfordshire"))
    row = delays.statements(table, march(delays_of), area="Oxfordshire", quarter="2017-18 Q1").iloc[0]
    assert pd.isna(row["figure"])
    assert row["holds"] is None
    assert "There are no delays for May 2015" in row["verdict"]
