"""Frames that several tests show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nbformat.v4
import pandas as pd
import pytest

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "</td></tr></table><script>alert(1)</script>",
    "</caption></title></style><script>alert(1)</script>",
    "<style>body{display:none}</style>",
    "<!-- <script>alert(1)</script> -->",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "$x^{2}$ \\frac{1}{2} #12436d",
    "a\x00b\x1b[31mc",
    'url(#c1) id="main" href="#main"',
    "**bold** [x](javascript:alert(1)) ![y](http://example.org/z.png)",
)
"""Texts that a workbook may hold and that must reach the reader as text."""


@pytest.fixture(params=[" ".join(HOSTILE[start : start + 4]) for start in range(0, len(HOSTILE), 4)], ids=list("abcde"))
def hostile(request: pytest.FixtureRequest) -> str:
    """Give the hostile texts, four at a time."""
    return str(request.param)


def rated_frame(text: str = "") -> pd.DataFrame:
    """Type three indicators: one red with a reason, one green without a value, one not rated with a marker."""
    return pd.DataFrame(
        {
            "indicator": ["hours", "users", "exclusions"],
            "ref": ["7", "1", "10"],
            "title": ["Reablement hours" + text, "Users satisfied" + text, "Exclusions" + text],
            "directorate": ["SCS", "SCS", "CEF"],
            "priority": ["Efficient" + text, "Protecting" + text, "Thriving" + text],
            "outcome": ["E5", "V7", "T2"],
            "unit": ["hours", "percent", "quartile"],
            "decimals": [0, 1, 0],
            "period": "2017-18 Q1",
            "data_period": ["2017-18 Q1", "2016-17 Q4", "2017-18 Q1"],
            "value": [5976.0, 66.96, float("nan")],
            "value_of_which": float("nan"),
            "status": ["illustrative", "final", None],
            "marker": [None, None, "[x]" + text],
            "marker_means": [None, None, "not available" + text],
            "target_text": ["8920" + text, "67%" + text, None],
            "target_low": [8920.0, 67.0, float("nan")],
            "expected": [8920.0, 67.0, float("nan")],
            "expected_high": float("nan"),
            "expected_of_which": float("nan"),
            "calculated": ["red", "green", "not rated"],
            "calculated_reason": [None, None, "no value" + text],
            "rule_text": ["Green at target, amber within 10%." + text, "Green at target." + text, None],
            "file": [
                "2017-18/Q1/returns/SCS.xlsx" + text,
                "2017-18/Q1/returns/SCS.xlsx",
                "2017-18/Q1/returns/CEF.xlsx",
            ],
            "sheet": "Dashboard" + text,
            "cell": ["H9", "H3", "H12"],
            "vintage": ["1a2b3c4d5e6f", "1a2b3c4d5e6f", "0f0e0d0c0b0a"],
            "target_file": "2017-18/framework.xlsx",
            "target_sheet": "Targets",
            "target_cell": ["F8", "F2", "F11"],
            "assessed": ["red", "amber", None],
            "outlook": ["improving", "stable", None],
            "reason": [None, "One survey was late." + text, None],
            "action": [None, "Ask again." + text, None],
            "effective": ["red", "amber", "not rated"],
            "effective_reason": ["the director's rating", "the director's rating", "no value" + text],
            "differs": [False, True, False],
            "question": None,
            "assessed_file": "2017-18/Q1/returns/SCS.xlsx",
            "assessed_sheet": "Dashboard",
            "assessed_cell": ["J9", "J3", "J12"],
        }
    )


def rolled_frame(text: str = "") -> pd.DataFrame:
    """Type two outcomes of two priorities."""
    return pd.DataFrame(
        {
            "outcome": ["E5", "V7"],
            "title": ["Effective services" + text, "Better experience" + text],
            "priority": ["Efficient" + text, "Protecting" + text],
            "directorate": ["SCS" + text, "SCS"],
            "rag": ["red", "amber"],
            "rag_reason": ["worst of 3: red on 7" + text, "worst of 1: amber on 1"],
            "assessed": ["red", None],
            "differs": [False, False],
            "indicators": [3, 1],
            "green": [1, 0],
            "amber": [1, 1],
            "red": [1, 0],
            "not_rated": [0, 0],
        }
    )


def notebook_of(*pieces: Any) -> Any:
    """Make an executed notebook whose cells show the pieces; text becomes a markdown cell."""
    cells = []
    for piece in pieces:
        if isinstance(piece, str):
            cells.append(nbformat.v4.new_markdown_cell(piece))
            continue
        data = piece if isinstance(piece, dict) else {"text/html": piece._repr_html_(), "text/plain": repr(piece)}
        shown = nbformat.v4.new_output("display_data", data=data)
        cells.append(nbformat.v4.new_code_cell("page.show()", execution_count=1, outputs=[shown]))
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def rated() -> pd.DataFrame:
    """Give rated indicators."""
    return rated_frame()


@pytest.fixture
def rolled() -> pd.DataFrame:
    """Give rated outcomes."""
    return rolled_frame()


@pytest.fixture
def notebook() -> Callable[..., Any]:
    """Give what makes an executed notebook."""
    return notebook_of


@pytest.fixture
def everything() -> Callable[[str], list[Any]]:
    """Give what draws every piece, chart and table of the room with a text wherever a workbook's text can come."""
    return _everything


def _everything(text: str = "") -> list[Any]:
    from perfkit.display import charts, page, tables

    months = pd.DataFrame({"month": ["April 2017", "May 2017", "June 2017"], "days": [28.0, float("nan"), 25.1]})
    areas = pd.DataFrame({"area": ["Here" + text, "There" + text, "Far"], "days": [38.2, 14.1, 9.0], "rank": [1, 2, 3]})
    said = pd.DataFrame(
        {
            "kind": ["cause", "action", "achievement"],
            "subject": ["hours", "hours", "Efficient" + text],
            "text": ["Few carers." + text, "Recruit." + text, "Done." + text],
            "status": ["final", "final", "illustrative"],
        }
    )
    linked = said.assign(
        kind="achievement", number=1, ref="7" + text, title="Hours" + text, effective="red", question="Why?" + text
    )
    stated = pd.DataFrame(
        {"text": ["Over 59%" + text], "stated": ["59%" + text], "ref": ["7" + text], "computed": [59.9],
         "unit": ["percent" + text], "status": ["final"], "found": [False], "remark": ["None" + text],
         "file": ["k.xlsx" + text], "sheet": ["K" + text], "cell": ["C6"]}
    )  # fmt: skip
    days = pd.to_datetime(["2017-09-01", "2017-09-30"])
    steps = pd.DataFrame({"number": [1], "starts": days[:1], "ends": days[1:], "step": ["Choose" + text]})
    files = pd.DataFrame({"file": ["SCS.xlsx" + text], "vintage": ["1a2b"], "received": [pd.Timestamp("2017-07-20")]})
    rated, rolled = rated_frame(text), rolled_frame(text)
    source, what = "returns" + text, "Delays" + text
    trend = pd.DataFrame({"indicator": ["hours", "hours", "hours"], "value": [1.0, 3.0, 2.0]})
    look: dict[str, Any] = {"unit": "days", "source": source, "what": what}
    columns = {"title": "Indicator" + text, "value": "Value" + text, "effective": "Rating"}
    return [
        page.title("Report" + text, subtitle="Quarter 1" + text, organisation="Council" + text),
        page.headline("One is red." + text),
        page.heading("Where we stand" + text),
        page.subheading("Part" + text),
        page.text("Words." + text),
        page.bullets(["a" + text, "b"]),
        page.numbered(["a" + text, "b"], start=3),
        page.notice("Made up." + text, kind="illustrative"),
        page.figures([("Red" + text, 2, "of 23" + text), ("Rate", "67.0%" + text)]),
        charts.rag_bars(rolled, by="title", title="One red" + text, source=source),
        charts.heat_map(rated, row="title", column="period", value="effective", title="Now" + text, source=source),
        charts.trend(
            months, x="month", y="days", title="Falling" + text, target=24.5, target_name="Goal" + text, **look
        ),
        charts.ranked_bars(areas, label="area", value="days", title="Here most" + text, focus="Here" + text, **look),
        charts.dot_plot(
            areas,
            label="area",
            value="days",
            title="Highest" + text,
            focus="Here" + text,
            average=20.4,
            unit="days",
            source=source,
        ),
        tables.table(
            rated, caption="All" + text, columns=columns, ratings=["effective"], notes=["N" + text], where=True
        ),
        tables.scorecard(rated, caption="Scorecard" + text, outcomes=rolled, trend=trend),
        tables.outcomes(rolled, caption="Outcomes" + text),
        tables.exceptions(rated, said, caption="Exceptions" + text),
        tables.key_points(linked, kind="achievement", links=True),
        tables.outcome_grid(rolled, caption="Grid" + text),
        tables.red_outcomes(rolled, rated, said, caption="Red outcomes" + text),
        tables.stated_figures(stated, caption="Figures" + text),
        tables.calendar(steps, caption="Calendar" + text),
        page.particulars({"Contact": "Team" + text}),
        tables.ranking(areas, caption="Ranks" + text, label="area", value="days", unit="days", focus="Here" + text),
        page.sources(
            files, parameters={"quarter" + text: "2017-18 Q1" + text}, versions={"perfkit": "1"}, rules=["R" + text]
        ),
    ]
