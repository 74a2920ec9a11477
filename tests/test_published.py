"""Whoever has only the published papers finds every statement on the pages: computed, or with the reason why not."""

from __future__ import annotations

import csv
import html
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from perfkit import (
    delays,
    delivery,
    direction,
    key_points,
    outcomes,
    periods,
    rating,
    restatement,
    single_view,
    store,
    yardsticks,
)

pytestmark = pytest.mark.samples

QUARTER = "2017-18 Q1"
COUNTY, STRATEGY, FRAMEWORK = (
    "oxfordshire-2017-18-q1",
    "oxfordshire-2011-business-strategy",
    "oxfordshire-2017-operating-framework",
)
CITY, CHALLENGE = "oxford-city-strategy", "oxford-city-peer-challenge-2024"
RATINGS = {"G": "green", "A": "amber", "R": "red", "": "not_rated"}
Fact = dict[str, str]

DIRECTORS_ALONE = {"17", "36"}
"""Indicators that the director rates otherwise than the figures do; the pages give the director's reason."""
MEAN_OF_QUARTER = {"5", "6"}
"""Indicators whose published baseline is of a month; the history has the quarter's mean, marked illustrative."""
NOT_LATER = {"9": "Top quartile in 2017-18", "17": "75% in 2017-18", "18": "80% in 2017-18", "5": "14 by March 2018",
             "6": "66 by March 2018", "31": "Completion by September 2017"}  # fmt: skip
"""Indicators whose later target is the year's own: the page tells it once."""
NOTES = {
    "outlook glyph damaged in the source, read as up": ("deviations", "Arrows that the printed paper lost"),
    "outlook glyph damaged, read as up": ("deviations", "Arrows that the printed paper lost"),
    "outlook glyph lost in the source, read as up": ("deviations", "Arrows that the printed paper lost"),
    "meant to stay above the national average": ("cabinet_report", "Meant to stay above the national average."),
    "about 67% of contracted hours delivered since October 2016": (
        "delayed_transfers", "From 2016-17 Q3 to 2017-18 Q1 together it was 67%."),
    "not rated this quarter": ("cabinet_report", "Director’s remark: Not rated this quarter."),
    "629 is the interim target": ("cabinet_report", "629 by March 2018, an interim target"),
    "582 is the average of the statistical neighbours": (
        "cabinet_report", "582 is the average of the statistical neighbours."),
    "a reduction of 15%": ("cabinet_report", "316 in 2017-18, a reduction of 15%"),
    "an increase of 36%": ("cabinet_report", "362 in 2017-18, an increase of 36%"),
    "1750 is the interim target": ("cabinet_report", "1,750 in 2017-18, an interim target"),
    "12,000 is the interim target": ("cabinet_report", "12,000 in 2017-18, an interim target"),
    "4,500 is the interim target": ("cabinet_report", "4,500 in 2017-18, an interim target"),
    "over 85% invited at quarter 1": ("cabinet_report", "Over 85% have been invited."),
    "reported one quarter in arrears": ("cabinet_report", "Reported one quarter in arrears"),
    "due by September 2017": ("cabinet_report", "Due by September 2017."),
    "5 bids submitted in quarter 1": ("cabinet_report", "Five innovation bids were submitted. Five 33 5 borne out"),
    "applications up 70% on the same quarter last year": (
        "cabinet_report", "70% 36 76.2% [i] another measure or period than indicator 36"),
    "quarter 1 dipped below target, year-end forecast on target": (
        "cabinet_report", "Quarter 1 dipped below the target; the year is forecast to end on target."),
    "all determined in time in quarter 1 (100%)": ("cabinet_report", "Every 37 100% borne out"),
    "over 59% at quarter 1": ("cabinet_report", "over 59% 41 59.9% [i] the value agrees"),
    "833 a quarter, 3,332 a year": ("cabinet_report", "833 a quarter: 3,332 in 2017-18"),
    "3,542 a quarter, 14,168 a year": ("cabinet_report", "3,542 a quarter: 14,168 in 2017-18"),
    "1,562 a quarter, 6,248 a year": ("cabinet_report", "1,562 a quarter: 6,248 in 2017-18"),
    "the source prints the target with a stray dash (-1,562)": (
        "data_quality", '"-1,562" "1,562", as in the framework'),
    "66,666 a quarter": ("cabinet_report", "66,666 a quarter: 266,664 in 2017-18"),
    "over 270,000 since reporting started": (
        "cabinet_report", "over 270,000 47 84,900 [i] another measure or period than indicator 47"),
    "250 a quarter": ("cabinet_report", "250 a quarter: 1,000 in 2017-18"),
}  # fmt: skip
"""Where each published note on an indicator is found again: a page, or the page of deviations, and its words there."""
SINCE_2013 = {"25", "26"}
"""Indicators flagged cumulative that count since April 2013 and not since April of the year; the page says so."""


@dataclass(frozen=True)
class Page:
    """What a page says: its text, and the text of each row of its tables."""

    source: str

    @cached_property
    def text(self) -> str:
        return said(self.source)

    @cached_property
    def rows(self) -> list[str]:
        return [said(row) for row in re.findall(r"<tr\b.*?</tr>", self.source, re.DOTALL)]

    def row(self, start: str, *parts: str) -> bool:
        """Tell whether one row begins with these words and holds those parts."""
        return any(row.startswith(start + " ") and all(part in row for part in parts) for row in self.rows)


def said(source: str) -> str:
    bare = re.sub(r"<style\b.*?</style>|<[^>]+>", " ", source, flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())


def read(folder: Path) -> dict[str, Page]:
    return {path.stem: Page(path.read_text(encoding="utf-8")) for path in folder.glob("*.html")}


def facts(shared: Path, paper: str, name: str) -> list[Fact]:
    with (shared / "facts" / paper / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def pages(real_pages: Path) -> dict[str, Page]:
    return read(real_pages)


@pytest.fixture(scope="module")
def city(city_pages: Path) -> Page:
    return read(city_pages)["delivery"]


@pytest.fixture(scope="module")
def known(real_pages: Path) -> Any:
    return store.known(root=real_pages.parents[1] / "data" / "processed")


@pytest.fixture(scope="module")
def rated(known: Any) -> pd.DataFrame:
    made = rating.rate(known.observations, known.targets, indicators=known.indicators, quarters=[QUARTER])
    return rating.assess(made, known.assessments)


@pytest.fixture(scope="module")
def laid(known: Any) -> pd.DataFrame:
    return yardsticks.lay_out(known.indicators, known.targets, known.observations, quarter=QUARTER).set_index("ref")


def when_said(text: str) -> str:
    """Write a month of the facts, such as 2017-03, as the pages do; a year stays."""
    month = int(text.rpartition("-")[2])
    return periods.label(pd.Period(text, "M")) if month <= 12 else text


def number(text: str) -> float:
    return float(text.replace(",", ""))


def parted(target: str) -> str:
    """A published target with its thousands parted, as pages write every figure."""
    return re.sub(r"(?<!\d)(\d{1,3})(\d{3})(?!\d)", r"\1,\2", target)


def test_every_indicator_stands_with_its_target_rating_and_outlook(
    shared: Path, pages: dict[str, Page], rated: pd.DataFrame
) -> None:
    computed = rated.set_index("ref")
    lost = []
    for fact in facts(shared, COUNTY, "indicators"):
        ref, row = fact["ref"], computed.loc[fact["ref"]]
        assert str(row["effective"]).replace(" ", "_") == RATINGS[fact["rag"]], ref
        assert row["outlook"] == fact["outlook"], ref
        words = (RATINGS[fact["rag"]].replace("_", " ").capitalize(), fact["outlook"].capitalize())
        target = "No target" if ref == "27" else parted(fact["target"])
        for page in ("cabinet_report", "scorecard", f"scorecard-{fact['directorate']}"):
            if not pages[page].row(f"{ref} {fact['title']}", f" {target} ", *words):
                lost.append((page, ref))
    assert lost == []


def test_every_rating_is_computed_or_the_page_says_why_not(
    shared: Path, pages: dict[str, Page], rated: pd.DataFrame
) -> None:
    computed = rated.set_index("ref")
    for fact in facts(shared, COUNTY, "indicators"):
        ref, row = fact["ref"], computed.loc[fact["ref"]]
        if row["calculated"] != "not rated":
            agrees = row["calculated"] == RATINGS[fact["rag"]]
            assert agrees is (ref not in DIRECTORS_ALONE), ref
            assert agrees or pages["cabinet_report"].row(
                f"{ref} {fact['title']}", f"Why the ratings differ: {row['reason']}"
            )
        else:
            assert pages["cabinet_report"].row(f"{ref} {fact['title']}", f"Not rated {row['calculated_reason']}"), ref


def test_every_indicator_says_how_it_counts_and_where_it_belongs(
    shared: Path, pages: dict[str, Page], laid: pd.DataFrame
) -> None:
    leads = {fact["directorate"]: fact["name"] for fact in facts(shared, COUNTY, "directorates")}
    for fact in facts(shared, COUNTY, "indicators"):
        ref, row, start = fact["ref"], laid.loc[fact["ref"]], f"{fact['ref']} {fact['title']}"
        good = (
            "A step to be taken." if fact["polarity"] == "milestone" else f"{fact['polarity'].capitalize()} is better"
        )
        assert pages["cabinet_report"].row(start, good), ref
        adds = "adds up from April" if ref not in SINCE_2013 else "Cumulative since April 2013"
        assert pages["cabinet_report"].row(start, adds) is (fact["cumulative"] == "Y"), ref
        assert f"Indicators, {QUARTER}: {leads[fact['directorate']]}" in pages["cabinet_report"].text
        assert row["directorate"] == fact["directorate"]


def test_every_baseline_is_found_in_the_returns(shared: Path, pages: dict[str, Page], laid: pd.DataFrame) -> None:
    for fact in (fact for fact in facts(shared, COUNTY, "indicators") if fact["baseline"]):
        ref, row, figure = fact["ref"], laid.loc[fact["ref"]], number(fact["baseline"])
        assert (row["baseline"], row["recorded"]) == (figure, figure), ref
        assert (row["recorded_status"] == "illustrative") is (ref in MEAN_OF_QUARTER), ref
        when = when_said(fact["baseline_period"])
        sign = " [i]" if ref in MEAN_OF_QUARTER else ""
        told = f"{figure:,.0f} for {when} Reported for 2016-17 Q4: {figure:,.0f}{sign}"
        assert pages["cabinet_report"].row(f"{ref} {fact['title']}", told), ref


def test_every_later_target_is_told_and_what_a_year_comes_to_is_computed(
    shared: Path, pages: dict[str, Page], laid: pd.DataFrame
) -> None:
    for fact in (fact for fact in facts(shared, COUNTY, "indicators") if fact["later_target"]):
        ref, row, start = fact["ref"], laid.loc[fact["ref"]], f"{fact['ref']} {fact['title']}"
        if ref in NOT_LATER:
            assert pages["cabinet_report"].row(start, NOT_LATER[ref]), ref
        elif pd.notna(row["in_year"]):
            assert row["in_year"] == number(fact["later_target"]) == 4 * row["target_low"], ref
            assert pages["cabinet_report"].row(start, f"{row['in_year']:,.0f} in {fact['later_target_period']}"), ref
        else:
            assert row["later_low"] == number(fact["later_target"]), ref
            when = when_said(fact["later_target_period"])
            assert pages["cabinet_report"].row(start, f"Then {parted(fact['later_target'])} ", f" {when}, "), ref


def test_every_note_on_an_indicator_has_its_place(shared: Path, project: Path, pages: dict[str, Page]) -> None:
    told = {name: page.text for name, page in pages.items()}
    told["deviations"] = " ".join((project / "docs" / "deviations.md").read_text(encoding="utf-8").split())
    notes = [fact["note"] for fact in facts(shared, COUNTY, "indicators") if fact["note"]]
    parts = {part for note in notes for part in ([note] if note in NOTES else note.split("; "))}
    assert parts == set(NOTES)
    assert [note for note, (page, words) in NOTES.items() if words not in told[page]] == []


def test_every_outcome_stands_under_its_priority_with_its_lead_and_rating(
    shared: Path, pages: dict[str, Page], known: Any, rated: pd.DataFrame
) -> None:
    rolled = outcomes.roll_up(rated, known.outcomes, assessments=known.assessments).set_index("outcome")
    published = facts(shared, COUNTY, "outcomes")
    names = dict(zip(known.directorates["directorate"], known.directorates["name"], strict=True))
    for fact in published:
        row, lead = rolled.loc[fact["outcome_id"]], names[fact["directorate"]]
        start = f"{fact['outcome_id']} {fact['title']}"
        assert pages["cabinet_report"].row(start, f"Lead: {lead} "), start
        assert pages["cabinet_report"].row(start, fact["priority"]), start
        assert pages["scorecard"].row(start, f"Lead: {lead} "), start
        assert (row["rag"] == "red") is (fact["published_rag"] == "R"), start
        if fact["published_rag"]:
            assert row["assessed"] == "red"
            assert f"{start} Red Red indicator" in pages["cabinet_report"].text
    assert set(rolled.index) == {fact["outcome_id"] for fact in published}


def test_every_published_count_stands_beside_the_one_computed(
    shared: Path, pages: dict[str, Page], known: Any, rated: pd.DataFrame
) -> None:
    rolled = outcomes.roll_up(rated, known.outcomes, assessments=known.assessments)
    computed = restatement.restate(known.published, rated=rated, rolled=rolled).set_index("statement")
    for fact in facts(shared, COUNTY, "published_counts"):
        row, count = computed.loc[fact["statement"]], int(fact["count"])
        remark = row["remark"] if row["computed"] != count else ""
        assert row["computed"] == count or remark.startswith("the published figure counts T2"), fact
        told = f"{fact['statement'][0].upper()}{fact['statement'][1:]} {count} {int(row['computed'])} {remark}".strip()
        assert pages["cabinet_report"].row(told), fact


def test_every_achievement_and_issue_stands_with_its_indicators_and_what_bears_it_out(
    shared: Path, pages: dict[str, Page], known: Any, rated: pd.DataFrame
) -> None:
    moved = direction.travel(known.observations, indicators=known.indicators, quarters=[QUARTER], targets=known.targets)
    stated = key_points.figures(known.commentary, rated, moved)
    others = key_points.others(known.commentary, rated, stated)
    titles = rated.set_index("ref")["title"]
    text, page = pages["cabinet_report"].text, pages["cabinet_report"]
    bounds = {
        "achievement": ("A. Achievements For", "B. Issues For"),
        "issue": ("B. Issues For", "C. Red outcomes Two"),
    }
    for fact in facts(shared, COUNTY, "key_points"):
        first, last = (text.index(words) for words in bounds[fact["kind"]])
        point = fact["text"] + "."
        assert point in text[first:last], point
        after = text[text.index(point, first) : last].split("key_points.xlsx")[0]
        assert all(f"Indicator {ref} : {titles[ref]}" in after for ref in fact["refs"].split()), point
        mine = pd.concat([stated, others])
        mine = mine[mine["text"] == point]
        assert len(mine), point
        for row in mine.to_dict("records"):
            assert page.row(point, "borne out" if row.get("found") is True else str(row["remark"])), point


def test_every_red_exception_stands_with_its_cause_and_action(shared: Path, pages: dict[str, Page]) -> None:
    text = pages["cabinet_report"].text
    for fact in facts(shared, COUNTY, "exceptions"):
        assert f"Cause {fact['cause']}" in text, fact["ref"]
        action = "The director reported “None”" if fact["action"] == "None" else fact["action"]
        assert f"Action recommended {action}" in text, fact["ref"]
        assert f"Red indicator {fact['ref']} " in text


YEAR, MARCH = "2016-17", "March 2017"
DELAYS = {
    "bed days lost to delays": (f"over 51,000 bed days lost in {YEAR}", f"delayed days, all delays, {YEAR}", 52_236),
    "national rank, highest rate first": (
        f"4th highest nationally in {YEAR}", f"rank by delayed days, all delays, {YEAR}", 4),
    "rate relative to the national average": (
        f"nearly 3 times the national average in {YEAR}", f"mean of authorities, {YEAR}", 2.81),
    "people delayed awaiting social care, monthly average": (
        f"28 people a day awaiting social care in {MARCH}", f"people a day, social care, {MARCH}", 27.7),
    "delayed transfers attributable to adult social care, monthly average": (
        f"67 people a day delayed in {MARCH}", f"people a day, both, {MARCH}", 66.5),
}  # fmt: skip
"""Of each published statement on delays: its words on the page, the basis by which it holds, the figure computed."""
PROMISED = {
    "people delayed awaiting social care, target": (
        "delayed-social-care", "social care delays from 28 people a day in March 2017 to 14 by March 2018"),
    "delayed transfers attributable to adult social care, target": (
        "delayed-attributable", "joint delays from 67 people a day in March 2017 to 66 by March 2018"),
}  # fmt: skip


def test_every_statement_on_delayed_transfers_is_computed_from_the_national_workbooks(
    shared: Path, pages: dict[str, Page], known: Any
) -> None:
    page, checked = (
        pages["delayed_transfers"],
        delays.statements(known.claims, known.delays, area="Oxfordshire", quarter=QUARTER),
    )
    promises = known.targets.set_index("indicator")
    hours = delays.hours(known.observations, known.targets, quarter=QUARTER)
    for fact in facts(shared, COUNTY, "delayed_transfers"):
        measure, value = fact["measure"], number(fact["value"])
        if measure in DELAYS:
            claim, basis, figure = DELAYS[measure]
            row = checked[(checked["claim"] == claim) & (checked["basis"] == basis)].iloc[0]
            assert round(float(row["figure"]), 2 if figure < 4 else 1) == figure, measure
            assert bool(row["holds"]), measure
            shown = f"{figure:,}"
            assert page.row(claim, f"{basis} {shown} yes"), measure
            assert f"{value:,.0f}"[:2] in claim
        elif measure in PROMISED:
            indicator, told = PROMISED[measure]
            assert promises.loc[indicator, "low"] == value
            assert told in page.text, measure
        elif measure == "discharge and reablement hours contracted a month":
            assert set(hours["contracted"]) == {value}
            assert f"of the {value:,.0f} hours of discharge and reablement care contracted a month" in page.text
        else:
            assert measure == "share of contracted hours delivered"
            assert hours["period"].tolist() == ["2016-17 Q3", "2016-17 Q4", "2017-18 Q1"]
            assert round(hours["hours"].sum() / hours["contracted"].sum() * 100) == value
            assert f"From 2016-17 Q3 to 2017-18 Q1 together it was {value:.0f}%." in page.text


def test_the_page_and_the_cabinet_report_tell_the_same_of_delays(
    pages: dict[str, Page], rated: pd.DataFrame, known: Any
) -> None:
    """Two indicators of the scorecard are delays: what is expected of them by now is one figure on both pages."""
    promises = delays.own(known.targets, area="Oxfordshire", council="Oxfordshire County Council")
    for ref, whose, indicator in (("5", "social care", "delayed-social-care"), ("6", "both", "delayed-attributable")):
        row = rated.set_index("ref").loc[ref]
        months = delays.promised(known.delays, promises, area="Oxfordshire", attribution=whose, indicator=indicator)
        assert round(float(row["expected"]), 1) == round(float(months["expected"].iloc[-1]), 1)
        told = f"{row['expected']:.1f}"
        assert pages["cabinet_report"].row(f"{ref} {row['title']}", f"expected by now {told}")
        assert f"the {told} promised by then" in pages["delayed_transfers"].text


def test_the_directorates_and_the_twelve_leadership_priorities_stand_on_the_leadership_report(
    shared: Path, pages: dict[str, Page], known: Any
) -> None:
    page = pages["leadership_report"]
    for fact in facts(shared, COUNTY, "directorates"):
        assert page.row(fact["name"]), fact
        assert f"Scorecard, {fact['name']}" in pages["index"].text, fact
    kinds = single_view.of_year(known.leadership_priorities, quarter=QUARTER).set_index("number")["kind"]
    for fact in facts(shared, COUNTY, "leadership_priorities"):
        assert kinds[int(fact["number"])] == fact["kind"]
        kind = {"focus": "New focus", "continuing": "Continuing"}[fact["kind"]]
        assert page.row(f"{fact['number']}. {fact['title']} {kind}"), fact


def test_the_timetable_stands_on_the_cabinet_report(shared: Path, pages: dict[str, Page]) -> None:
    when = {"2017-09 to 2017-10": "September to October 2017", "2017-10": "October 2017", "2017-11": "November 2017",
            "2017-18 Q3": "October to December 2017"}  # fmt: skip
    for fact in facts(shared, COUNTY, "timetable"):
        assert pages["cabinet_report"].row(fact["step"], when[fact["when"]]), fact


def test_the_golden_thread_stands_on_the_leadership_report(shared: Path, pages: dict[str, Page]) -> None:
    text = pages["leadership_report"].text
    thread = text[text.index("The golden thread Which theme") :]
    for fact in facts(shared, FRAMEWORK, "golden_thread"):
        assert fact["title"] in thread, fact
        if fact["level"] in ("vision", "theme"):
            assert f"{fact['level'].capitalize()}: {fact['title']}" in thread, fact
    themes = [
        thread.index(fact["title"]) for fact in facts(shared, FRAMEWORK, "golden_thread") if fact["level"] == "theme"
    ]
    assert themes == sorted(themes)
    assert thread.index("A thriving county for everyone") < themes[0]


def test_the_strategy_of_2011_stands_on_the_delivery_page(shared: Path, pages: dict[str, Page], known: Any) -> None:
    page = pages["delivery"]
    for fact in facts(shared, STRATEGY, "workstreams"):
        assert page.row(f"{fact['number']} {fact['title']}", f" {fact['aim']}"), fact
    sums = delivery.total(delivery.gaps(known.savings))
    promised = {fact["measure"]: fact for fact in facts(shared, STRATEGY, "programme")}
    required = promised.pop("savings required")
    assert sums["required"].tolist() == [number(required["value"]) * 1e6]
    told = f"Savings required: £{required['value']}m by {required['by']}; the work streams' requirements add up to"
    assert told in page.text
    for measure, fact in promised.items():
        value = f"{fact['value']}%; no figure" if fact["unit"] == "percent" else f"{fact['value']}; nothing"
        assert f"{measure.capitalize()}: {value} was sent that tells whether it was kept." in page.text


def test_the_peer_challenge_of_the_second_council_is_all_there_and_counted(shared: Path, city: Page) -> None:
    actions = facts(shared, CHALLENGE, "actions")
    for fact in actions:
        due = when_said(fact["due"]) if fact["due"] else ""
        state = "Overdue" if due and fact["due"] < fact["as_at"] else fact["status"]
        assert city.row(f"{fact['action']} {fact['title']} {state} {due}".strip(), fact["progress"]), fact
    for fact in facts(shared, CHALLENGE, "recommendations"):
        mine = [action for action in actions if action["recommendation"] == fact["number"]]
        done = sum(action["status"] == "Complete" for action in mine)
        assert city.row(f"{fact['number']} {fact['title']} {len(mine)} {done} {len(mine) - done}"), fact
    assert "40 of 55 actions on 10 recommendations are complete and 15 ongoing; 1 is overdue" in city.text


def test_the_commitments_and_measures_of_the_second_council_are_all_there(shared: Path, city: Page) -> None:
    commitments = facts(shared, CITY, "commitments")
    for fact in commitments:
        roles = "".join(" ✓ Yes" if fact[role] else f" – No: {noun}" for role, noun in
                        (("deliver", "delivers"), ("partner", "partners"), ("influence", "influences")))  # fmt: skip
        assert city.row(f"{fact['number']} {fact['title']}{roles}"), fact
    partners = sum(bool(fact["partner"]) for fact in commitments)
    assert (
        f"delivers all {len(commitments)} itself, works with partners on {partners} and influences others on none"
        in city.text
    )
    for fact in facts(shared, CITY, "annual_measures"):
        note = fact["note"][:1].upper() + fact["note"][1:]
        assert city.row(f"{fact['number']} Not named yet {note}."), fact


def test_the_same_figure_is_the_same_on_every_page(pages: dict[str, Page], rated: pd.DataFrame) -> None:
    counts = "36 of 50 indicators are green, 10 amber and 2 red; 2 are not rated."
    assert all(counts in pages[name].text for name in ("cabinet_report", "scorecard", "index"))
    assert pages["leadership_report"].row("Whole council 36 green 10 amber 2 red 2 not rated")
    outcomes_rated = "15 of 23 outcomes are green, 5 amber and 2 red; 1 is not rated."
    assert all(outcomes_rated in pages[name].text for name in ("cabinet_report", "scorecard"))
    shown = rated[rated["value"].notna()]
    made_up = f"{(shown['status'] == 'illustrative').sum()} of {len(shown)}"
    for name in ("cabinet_report", "scorecard", "data_quality"):
        assert f"Illustrative figures: {made_up} values on this page" in pages[name].text, name
    assert f"{made_up} figures behind these ratings are illustrative." in pages["scorecard"].text
    assert "The director reported “None”. Is none needed?" in pages["cabinet_report"].text
    assert "The director reported “None”. Is none needed?" in pages["scorecard-CSS"].text
    assert "Forecast against budget +£5.0m" in pages["leadership_report"].text
    assert pages["leadership_report"].text.count("the other 21 lines are £5.0m (1.2%) over") >= 2
