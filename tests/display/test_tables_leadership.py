"""The single view, budget lines, register, matrix and thread as a reader gets them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import mapping, single_view
from perfkit.display import charts, tables
from perfkit.display.markup import Fragment
from perfkit.run import page_check

Q, Q0 = "2017-18 Q1", "2016-17 Q4"
NAN = float("nan")
PLACE = {"sheet": "Sheet", "cell": "C8", "vintage": "1a2b3c4d5e6f"}


class Frames:
    """Type a council of two directorates and two priorities, with a text wherever a workbook's text can come."""

    def __init__(self, text: str = "") -> None:
        self.rated = pd.DataFrame(
            {
                "indicator": ["hours", "visits"],
                "outcome": ["E5", "V7"],
                "ref": ["7" + text, "46"],
                "title": ["Hours" + text, "Visits"],
                "directorate": ["SCS", "PH"],
                "effective": ["red", "not rated"],
                "outlook": ["stable", None],
                "period": Q,
            }
        )
        self.rolled = pd.DataFrame(
            {"outcome": ["E5", "V7"], "title": ["Services" + text, "Health"], "priority": "Efficient" + text,
             "rag": ["red", "not rated"], "period": Q}
        )  # fmt: skip
        self.counted = pd.DataFrame(
            [{"priority": "Efficient" + text, "indicators": 2, "green": 0, "amber": 0, "red": 1, "not_rated": 1}]
        )
        self.lines = single_view.vary(
            pd.DataFrame(
                {
                    "directorate": ["SCS", "SCS", "PH"],
                    "line": ["Care" + text, "Homes", "Health"],
                    "budget": [1_000_000.0, 500_000.0, 400_000.0],
                    "actual": [300_000.0, 0.0, 90_000.0],
                    "forecast": [1_100_000.0, 500_000.0, NAN],
                    "priorities": ["7 10", None, "7"],
                    "reason": ["Prices" + text, None, None],
                    "markers": [None, None, "forecast [x]"],
                    "status": ["illustrative", "final", "illustrative"],
                    "file": "Q1/finance.xlsx" + text,
                    **PLACE,
                }
            )
        )
        risks = pd.DataFrame(
            {
                "period": [Q, Q, Q0, Q0],
                "risk": ["R1", "R2" + text, "R1", "R9" + text],
                "title": ["Carers leave" + text, "Grant falls", "Carers leave", "Moves" + text],
                "directorate": ["SCS", None, "SCS", None],
                "likelihood": pd.array([5, 1, 4, 2], dtype="Int64"),
                "impact": pd.array([4, 2, 4, 2], dtype="Int64"),
                "owner": ["Director" + text, None, "Director", None],
                "mitigation": ["Recruit" + text, None, "Recruit", None],
                "priorities": ["7", None, "7", None],
                "indicators": ["hours unknown" + text, None, None, None],
                "status": "illustrative",
                "file": "Q1/risks.xlsx" + text,
                **PLACE,
            }
        )
        self.register = single_view.register(risks, quarter=Q)
        self.closed = single_view.closed(risks, quarter=Q)
        self.names = pd.DataFrame({"directorate": ["SCS", "PH"], "name": ["Social" + text, "Public"], "order": [1, 2]})
        self.money = single_view.total(self.lines)
        self.view = single_view.by_directorate(
            self.rated, self.money, self.register, directorates=self.names
        ).pipe(single_view.meet)  # fmt: skip
        whole = single_view.whole(self.rated, single_view.total(self.lines, by=None), self.register)
        self.whole = whole.pipe(single_view.meet)
        self.mapping = pd.DataFrame(
            {"subject_kind": "indicator", "subject": ["hours"], "number": pd.array([7], dtype="Int64"),
             "financial_year": "2017-18", "file": "mapping.xlsx" + text, **PLACE}
        )  # fmt: skip
        self.served = mapping.serve(self.rated, self.mapping)
        self.spread = [mapping.spread(rows) for rows in (self.lines, self.register)]
        priorities = pd.DataFrame({"number": [7, 10], "title": ["NHS" + text, "Services"], "kind": ["focus", None]})
        by_priority = single_view.by_priority(self.served, *self.spread, priorities=priorities)
        self.priorities = by_priority.pipe(single_view.meet)
        self.thread = pd.DataFrame(
            {
                "level": ["vision", "theme", "segment" + text],
                "order": [1, 1, 1],
                "title": ["Thriving" + text, "People" + text, "Skills" + text],
                "priority": [None, "Efficient" + text, None],
                "priority_status": [None, "illustrative", None],
                "status": "final",
            }
        )

    def pieces(self) -> list[Fragment]:
        """Draw everything that the page shows of its own."""
        subjects = mapping.subjects(self.rated, self.rolled, self.mapping)
        return [
            tables.meetings(self.view, caption="Where all three meet"),
            tables.single_view(self.view, self.whole, caption="The single view"),
            tables.leadership_priorities(self.priorities, *self.spread, served=self.served, caption="By priority"),
            tables.budget_lines(self.lines, self.money, names=self.names, caption="Budget lines"),
            tables.register(self.register, self.closed, indicators=self.rated, caption="Register"),
            tables.mapped(subjects, caption="Mapped"),
            tables.thread(self.thread, self.counted, self.rolled, self.rated),
            charts.risk_matrix(self.register, title="One is high", source="register", high=15),
            charts.variance(self.view, title="Social is over", source="returns"),
        ]


FRAMES = Frames()


def words_of(piece: Fragment) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", piece.html).split())


def test_the_card_names_what_meets_with_figures_and_links() -> None:
    card = tables.meetings(FRAMES.view, caption="Where all three meet")
    said = words_of(card)
    assert "Hours (7) is red." in said
    assert "£1.6m against a budget of £1.5m: £0.1m (6.7%) over." in said
    assert "R1, Carers leave: scores 20 of 25, up from 16; owner: Director." in said
    assert {'href="scorecard-SCS.html"', 'href="#money-SCS"', 'href="#risk-R1"'} <= set(
        re.findall(r'href="[^"]*"', card.html)
    )
    assert tables.meetings(FRAMES.view.assign(meeting=2), caption="None").html == ""


def test_the_only_directorate_that_reports_has_no_scorecard_but_the_councils() -> None:
    alone = FRAMES.view.assign(indicators=[5 if code == "SCS" else 0 for code in FRAMES.view["directorate"]])
    shown = (tables.meetings(alone, caption="Met"), tables.single_view(alone, FRAMES.whole, caption="The single view"))
    assert not any("scorecard-" in piece.html for piece in shown)


def test_the_single_view_says_what_has_not_come_and_ends_with_the_council() -> None:
    said = words_of(tables.single_view(FRAMES.view, FRAMES.whole, caption="The single view"))
    assert "All three meet" in said
    assert "One line without a forecast" in said
    assert "No risk in the register" in said
    assert said.index("Public") < said.index("Whole council")
    assert "R2 Grant falls" in said
    assert "No owner named" in said
    assert "No mitigation given" in said
    none = FRAMES.view.assign(finance_known=False, risk_known=False)
    bare = words_of(tables.single_view(none, FRAMES.whole, caption="The single view"))
    assert bare.count("No finance return") == 2
    assert bare.count("No register") == 2
    assert not re.search(r"£0(?!\.)", said + bare)


def test_a_council_that_reports_as_one_whole_has_one_row() -> None:
    one = FRAMES.view.head(1).assign(name=FRAMES.whole["name"].iloc[0])
    assert tables.single_view(one, FRAMES.whole, caption="The single view").words == "The single view: one directorate"


def test_a_priority_lists_lines_whole_with_what_else_they_bear_on() -> None:
    said = words_of(
        tables.leadership_priorities(FRAMES.priorities, *FRAMES.spread, served=FRAMES.served, caption="By priority")
    )
    assert said.count("£0.1m (10.0%) over") == 2
    assert "also bears on 10" in said
    assert "Care (SCS)" in said
    assert "Not rated : no forecast" in said
    assert "No risk bears on it" in said


def test_every_budget_line_names_its_cell_and_its_sign() -> None:
    shown = tables.budget_lines(FRAMES.lines, FRAMES.money, names=FRAMES.names, caption="Budget lines")
    said = words_of(shown)
    assert said.count("finance.xlsx, Sheet!C8") == 3
    assert (
        "Signs: [i] illustrative, made up and never published; [x] stands in the workbook in place of a figure." in said
    )
    assert "Care [i]" in said
    assert "Homes £" not in said.replace("Homes finance.xlsx", "")
    assert "£0" in said  # spent so far on homes: a nought that was sent
    assert words_of(tables.budget_lines(FRAMES.lines.iloc[:0], FRAMES.money, names=FRAMES.names, caption="None")) == (
        "No finance return has come."
    )


def test_the_register_says_how_each_moved_and_what_is_lacking() -> None:
    said = words_of(
        tables.register(FRAMES.register, FRAMES.closed, indicators=FRAMES.rated, caption="Register of risks")
    )
    assert "High 20 Likelihood 5 × impact 4 Up from 16" in said
    assert "Low 2 Likelihood 1 × impact 2 New in the register No owner given No mitigation given Nothing named" in said
    assert "Indicators 7 and unknown" in said
    assert "was 4 Closed" in said
    first = FRAMES.register.assign(trend="")
    assert "Not known" in words_of(
        tables.register(first, FRAMES.closed.iloc[:0], indicators=FRAMES.rated, caption="Register of risks")
    )


def test_the_matrix_says_score_level_and_risks_in_each_square() -> None:
    chart = charts.risk_matrix(FRAMES.register, title="One is high", source="register", high=15)
    assert chart.html.count("<td") == 25
    assert "20 high R1" in words_of(chart)
    assert "2 low R2" in words_of(chart)
    assert chart.alt == "Of 2 risks 1 is high (R1, 20)."
    none = FRAMES.register[FRAMES.register["risk"] == "R2"]
    assert charts.risk_matrix(none, title="None", source="register", high=15).alt == (
        "Of 1 risk none is high; the highest is R2 at 2."
    )
    assert charts.risk_matrix(none.iloc[:0], title="None", source="register", high=15).html == ""


def test_the_matrix_follows_the_score_from_which_a_risk_is_high() -> None:
    chart = charts.risk_matrix(FRAMES.register, title="One is high", source="register", high=20)
    assert "15 medium" in words_of(chart)
    assert "high from 20" in words_of(chart)


def test_the_chart_of_variance_says_over_and_under_in_words() -> None:
    view = FRAMES.view.assign(percent=[6.7, -2.0], variance=[100_000.0, -8_000.0], money=["red", "green"])
    chart = charts.variance(view, title="Social is over", source="returns")
    assert chart.alt == (
        "Social is £0.1m (6.7%) over its budget, red. Public is £8,000 (2.0%) under its budget, green."
    )
    assert charts.variance(view.assign(percent=NAN), title="None", source="returns").html == ""


def test_the_thread_leads_from_vision_to_indicator() -> None:
    said = words_of(tables.thread(FRAMES.thread, FRAMES.counted, FRAMES.rolled, FRAMES.rated))
    order = ["Thriving", "People leads to [i]", "Efficient", "E5 Services", "Red 7 Hours", "Segment: Skills."]
    places = [said.index(part) for part in order]
    assert places == sorted(places)


def test_a_priority_that_no_theme_leads_to_stands_below_the_themes() -> None:
    unlinked = FRAMES.thread.assign(priority=None, priority_status=None)
    said = words_of(tables.thread(unlinked, FRAMES.counted, FRAMES.rolled, FRAMES.rated))
    assert "leads to" not in said
    assert said.index("People") < said.index("Corporate priorities") < said.index("Efficient")


def test_every_subject_stands_once_with_its_priorities() -> None:
    shown = tables.mapped(mapping.subjects(FRAMES.rated, FRAMES.rolled, FRAMES.mapping), caption="Mapped")
    said = words_of(shown)
    assert "E5 Services Red 7 through its indicators" in said
    assert "46 Visits Not rated none" in said


def test_a_caption_is_asked_for() -> None:
    for draw in (
        lambda: tables.single_view(FRAMES.view, FRAMES.whole, caption=" "),
        lambda: tables.budget_lines(FRAMES.lines, FRAMES.money, names=FRAMES.names, caption=""),
        lambda: tables.register(FRAMES.register, FRAMES.closed, indicators=FRAMES.rated, caption=""),
    ):
        with pytest.raises(ValueError, match="needs a caption that says what it shows"):
            draw()


def page_of(pieces: list[Fragment]) -> str:
    """Put pieces into the frame of a page, so that the check of pages can read them."""
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Page</title>'
    body = "".join(piece.html for piece in pieces)
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body><a href="#main">Skip</a>'
        f'<main id="main"><h1>Page</h1>{body}</main></body></html>'
    )


def test_what_the_page_is_made_of_passes_the_check_of_pages() -> None:
    assert [str(fault) for fault in page_check.check(page_of(FRAMES.pieces()))] == []


def test_texts_of_workbooks_stay_texts(hostile: str) -> None:
    pieces = Frames(hostile).pieces()
    assert [str(fault) for fault in page_check.check(page_of(pieces))] == []
    for piece in pieces:
        assert "<script" not in piece.html.lower()


def test_nothing_at_all_is_shown_as_nothing() -> None:
    empty: dict[str, Any] = {"caption": "None"}
    assert tables.single_view(pd.DataFrame(), pd.DataFrame(), **empty).words == "None: no directorates"
    assert "No leadership priorities." in tables.leadership_priorities(
        FRAMES.priorities.iloc[:0], *[rows.iloc[:0] for rows in FRAMES.spread], served=FRAMES.served, **empty
    ).html  # fmt: skip
