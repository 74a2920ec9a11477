"""The tables and the waterfall of delivery: marks in words, nothing empty, and text from a workbook as text."""

from __future__ import annotations

import re

import pandas as pd

from perfkit.analysis import delivery
from perfkit.display import charts, tables

PLACE = {"file": "2024-25/plan.xlsx", "sheet": "Actions", "vintage": "1a2b3c4d5e6f"}


def tracked(text: str = "", *, status: str | None = None) -> pd.DataFrame:
    then = pd.DataFrame({"action": ["1.1"], "status": "ongoing", "due": "June 2024", "as_at": "July 2024",
                         "programme": "Review", "source_status": status})  # fmt: skip
    now = pd.DataFrame(
        {"programme": "Review", "action": ["1.1", "1.2", "1.3"], "as_at": "October 2024", "recommendation": "1",
         "title": ["Board" + text, "Site", "Plan"], "status": ["ongoing", "ongoing", "complete"],
         "due": ["September 2024", None, None], "progress": ["Late" + text, None, "Done"], "owner": [None] * 3,
         "markers": [None, "due TBC", None], "source_status": None, "cell": ["B8", "B9", "B10"], **PLACE}
    )  # fmt: skip
    return delivery.track(now, then)


def said(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_overdue_stands_first_as_a_word_with_its_cell_and_what_was_said_of_it() -> None:
    shown = said(tables.delivery_actions(tracked(), caption="Actions").html)
    assert "1.1 Board Overdue September 2024 was June 2024 Late plan.xlsx, Actions!B8" in shown
    assert "1.2 Site Ongoing new No date (due TBC)" in shown
    assert shown.index("Board") < shown.index("Site") < shown.index("Plan")


def test_columns_that_hold_nothing_are_left_out() -> None:
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)', tables.delivery_actions(tracked(), caption="Actions").html)
    assert heads == ["No.", "Action", "State", "Due", "Progress", "Source"]
    done = delivery.actions.closed(tracked())
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)', tables.closed_actions(done, caption="Done").html)
    assert heads == ["No.", "Action", "State", "Progress", "Source"]
    owned = tracked().assign(owner="Head of Place")
    assert "Head of Place" in tables.delivery_actions(owned, caption="Actions").html


def test_a_month_of_an_illustrative_report_carries_its_sign() -> None:
    shown = said(tables.delivery_actions(tracked(status="illustrative"), caption="Actions").html)
    assert "was June 2024 [i]" in shown
    assert "[i] illustrative, made up and never published" in shown
    assert "[i]" not in said(tables.delivery_actions(tracked(status="final"), caption="Actions").html)


def test_a_role_is_a_tick_and_a_word_and_its_absence_is_read_out() -> None:
    rows = pd.DataFrame({"number": [1, 2], "title": ["Digital", "Budget"], "deliver": True, "partner": [False, True],
                         "influence": False, "indicators": ["hours gone", None], "status": "final", "cell": "A6",
                         **PLACE}).astype({"indicators": "str"})  # fmt: skip
    rated = pd.DataFrame({"indicator": ["hours"], "ref": ["7"], "title": ["Hours"], "effective": ["red"]})
    proof = delivery.evidence(rows, rated)
    shown = said(tables.commitments(delivery.matrix(rows, proof), proof, caption="Commitments").html)
    assert "1 Digital ✓ Yes – No: partners – No: influences 7. Hours Red gone not in the framework" in shown
    assert "2 Budget ✓ Yes ✓ Yes – No: influences No indicator named" in shown


def test_measures_show_value_target_the_year_before_and_the_way_it_went() -> None:
    frame = pd.DataFrame(
        {"number": [1, 1, 2], "financial_year": ["2023-24", "2024-25", "2024-25"], "title": ["Homes", "Homes", None],
         "value": [10.0, 12.5, None], "unit": ["percent", "percent", None], "target": [None, "15%", None],
         "polarity": "higher", "note": [None, None, "not named"], "marker": None, "status": "final", "cell": "A6",
         **PLACE}
    )  # fmt: skip
    shown = said(tables.measures(delivery.annual(frame, quarter="2024-25 Q4"), caption="Measures").html)
    assert "1 Homes 12.5% 15% 10% Better by 2.5" in shown
    assert "2 Not named yet not named no value none given no value not known" in shown


def test_a_cell_with_nothing_in_it_has_no_label_to_stand_alone_on_a_phone() -> None:
    rows = pd.DataFrame({"programme": "Review", "action": ["1.1", "1.2"], "title": ["Board", "Team"],
                         "as_at": "July 2024", "status": "ongoing", "due": ["May 2025", "June 2025"],
                         "source_status": None, "recommendation": "1", "progress": [None, "Begun"], "owner": None,
                         "markers": None, "cell": "B2", **PLACE})  # fmt: skip
    html = tables.delivery_actions(delivery.track(rows), caption="Actions").html
    assert html.count('data-label="Due"') == 2
    assert html.count('data-label="Progress"') == 1
    assert '<td role="cell"></td>' in html


def money() -> pd.DataFrame:
    frame = pd.DataFrame(
        {"programme": "Strategy", "number": [1, 1, 2, 2], "financial_year": ["2013-14", "2014-15"] * 2,
         "as_at": "March 2014", "required": [10e6, 5e6, 4e6, 3e6], "delivered": [9e6, None, 5e6, None],
         "forecast": [None, 5e6, None, None], "note": None, "status": "illustrative", "cell": "D9", **PLACE}
    )  # fmt: skip
    return delivery.gaps(frame)


STREAMS = pd.DataFrame({"programme": "Strategy", "number": [1, 2], "title": ["ICT", "Assets"], "aim": None})


def test_an_amount_that_is_missing_says_why() -> None:
    shown = said(tables.savings_by_year(delivery.by_year(money()), caption="Years").html)
    assert "2013-14 £14.0m £14.0m year over £0 100%" in shown
    assert "2014-15 £8.0m not begun £5.0m not known no value" in shown
    streams = said(tables.savings_by_stream(delivery.by_stream(money(), STREAMS), caption="Streams").html)
    assert "1 ICT £15.0m £9.0m £5.0m £1.0m 60%" in streams
    assert "2 Assets £7.0m £5.0m no value not known 71%" in streams


def test_a_sign_in_place_of_an_amount_stays_what_it_is_and_no_share_is_taken_of_the_rest() -> None:
    sent = money().assign(delivered=[None, None, 5e6, None], markers=["delivered [c]", "forecast n/a", None, None])
    rows = delivery.gaps(sent.drop(columns=["gap", "unknown", "over", "begun"]))
    streams = delivery.by_stream(rows, STREAMS)
    shown = said(tables.savings(rows, streams, caption="Amounts").html)
    assert "[c] stands in the workbook in place of a figure" in shown
    assert "ICT 2013-14 £10.0m [c] year over not known" in shown
    assert "ICT 2014-15 £5.0m not begun £5.0m £0" in shown
    years = said(tables.savings_by_year(delivery.by_year(rows), caption="Years").html)
    assert "2013-14 £14.0m £5.0m year over not known no value" in years
    assert "Where a gap is not known, the sums beside it are of what was reported." in years


def test_the_aim_of_a_work_stream_comes_after_its_amounts() -> None:
    aimed = STREAMS.assign(aim=["Fewer systems", None])
    streams = said(tables.savings_by_stream(delivery.by_stream(money(), aimed), caption="Streams").html)
    assert "1 ICT £15.0m £9.0m £5.0m £1.0m 60% Fewer systems" in streams


def test_every_amount_stands_with_its_cell_behind_a_disclosure() -> None:
    made = tables.savings(money(), delivery.by_stream(money(), STREAMS), caption="Amounts").html
    assert made.startswith("<details><summary>Show all four amounts")
    assert "ICT 2013-14 £10.0m £9.0m year over £1.0m plan.xlsx, Actions!D9" in said(made)


def test_the_waterfall_says_each_step_in_words_and_in_a_table() -> None:
    chart = charts.waterfall(delivery.bridge(money()), title="Some is not known", source="the board")
    assert chart.alt == (
        "Required: £22m. Delivered in 2013-14: £14m. Forecast, still to come in 2014-15: £5m. Gap: £0. Not known: £3m."
    )
    assert 'role="img"' in chart.html
    assert "Forecast, still to come in 2014-15 £5.0m £3.0m" in said(chart.html)


def test_more_saved_than_required_is_no_gap() -> None:
    frame = money().head(1).assign(delivered=12e6)
    chart = charts.waterfall(delivery.bridge(delivery.gaps(frame)), title="More", source="the board")
    assert chart.alt == "Required: £10m. Delivered in 2013-14: £12m. Beyond what is required: £2m."


def test_each_programme_has_a_waterfall_under_its_own_title() -> None:
    both = pd.concat([money(), money().assign(programme="Other")], ignore_index=True)
    made = charts.waterfalls(delivery.bridge(both), titles={"Strategy": "S", "Other": "O"}, source="the board").html
    assert re.findall(r'pk-chart-title">(\w)<', made) == ["O", "S"]


def test_nothing_sent_gives_no_empty_table() -> None:
    none = tracked().head(0)
    assert tables.delivery_actions(none, caption="A").html == tables.dropped_actions(none, caption="D").html == ""
    empty = delivery.gaps(money().drop(columns=["gap", "unknown", "over", "begun"]).head(0))
    assert tables.savings_by_year(delivery.by_year(empty), caption="Y").html == ""
    assert charts.waterfalls(delivery.bridge(empty), titles={}, source="the board").html == ""


def test_text_from_a_workbook_stays_text(hostile: str) -> None:
    made = tables.delivery_actions(tracked(hostile), caption="Actions").html
    assert "<script" not in made
    assert "<img" not in made
    both = money().assign(programme=hostile)
    titles = {hostile: "Title"}
    assert "<script" not in charts.waterfalls(delivery.bridge(both), titles=titles, source=hostile).html
