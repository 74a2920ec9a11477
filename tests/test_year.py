"""A whole synthetic year of the sample pack: every statement of its pages is held against the frames."""

from __future__ import annotations

import hashlib
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfkit import changes, completeness, direction, rating, store, timeline, vintages
from perfkit.commands import delivery

MONTHS = {1: "April to June 2017", 2: "July to September 2017", 3: "October to December 2017",
          4: "January to March 2018"}  # fmt: skip
RETURN_DAYS = {1: "21 July 2017", 2: "20 October 2017", 3: "19 January 2018", 4: "20 April 2018"}
Edit = Callable[[Worksheet, dict[str, int]], None]


def _rows(sheet: Worksheet) -> dict[str, int]:
    """Give the row of each published number."""
    return {str(sheet.cell(r, 3).value): r for r in range(8, sheet.max_row + 1) if sheet.cell(r, 3).value is not None}


def _return(pack: Path, out: Path, directorate: str, quarter: int, *edits: Edit) -> Path:
    """Write the return of a later quarter: the pack's of quarter 1 with its titles, counts to date, and edits."""
    book = openpyxl.load_workbook(pack / f"Q1/returns/{directorate}.xlsx")
    for sheet in book:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet["A3"] = f"Quarter {quarter} ({MONTHS[quarter]})"
        sheet["A4"] = str(sheet["A4"].value).replace("21 July 2017", RETURN_DAYS[quarter])
        for heading in sheet[7]:
            heading.value = str(heading.value).replace("Q1 ", f"Q{quarter} ")
    board, exceptions = book["Dashboard"], book["Exceptions"]
    _count_on(board, quarter)
    if directorate == "CSS" and quarter != 1:
        exceptions.delete_rows(8)
    for edit in edits:
        edit(board, _rows(board))
    path = out / f"Q{quarter}/returns/{directorate}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _count_on(board: Worksheet, quarter: int) -> None:
    """Let counts to date grow by as much in every quarter; quarterly targets stay as written."""
    for row in range(8, board.max_row + 1):
        value, cumulative = board.cell(row, 7), board.cell(row, 6).value
        if cumulative == "Y" and isinstance(value.value, int) and "%" not in value.number_format:
            value.value *= quarter
        elif cumulative == "Y" and isinstance(value.value, str) and "/" in value.value:
            value.value = "/".join(str(int(part) * quarter) for part in value.value.split("/"))


def put(column: str, **values: object) -> Edit:
    """Make an edit that puts values in a column, by published number written as _46."""

    def edit(board: Worksheet, rows: dict[str, int]) -> None:
        for ref, value in values.items():
            board[f"{column}{rows[ref.removeprefix('_')]}"] = value

    return edit


def drop(board: Worksheet, rows: dict[str, int]) -> None:
    board.delete_rows(rows["47"])


def _explain(book: Path, ref: int, title: str, outcome: str, cause: str) -> None:
    workbook = openpyxl.load_workbook(book)
    for column, value in enumerate((ref, title, outcome, "R", cause, "More advisers are being trained."), 1):
        workbook["Exceptions"].cell(8, column).value = value
    workbook.save(book)


def _framework(pack: Path, out: Path) -> None:
    """Write the framework of January: one target changed with its reason, one indicator renumbered, one dropped."""
    book = openpyxl.load_workbook(pack / "framework.xlsx")
    indicators, targets = book["Indicators"], book["Targets"]
    heads = {str(c.value): c.column for c in targets[4]} | {"Reason": targets.max_column + 1}
    targets.cell(4, heads["Reason"]).value = "Reason"
    for sheet in (indicators, targets):
        for row in range(sheet.max_row, 4, -1):
            number = sheet.cell(row, 2)
            if number.value == 47:
                sheet.delete_rows(row)
            elif number.value == 50:
                number.value = 51
    row = next(r for r in range(5, targets.max_row + 1) if targets.cell(r, 2).value == 45)
    changed = {"Target": "3,000", "Year total": 12000, "Reason": "Two schools closed."}
    for name, value in changed.items():
        targets.cell(row, heads[name]).value = value
    book.save(out / "framework.xlsx")


def _receive(raw: Path, place: Path, days: dict[str, str]) -> None:
    """Write when files came beside them, and load what is new."""
    for name, day in days.items():
        path = raw / "2017-18" / name
        listing = path.parent / "received.csv"
        lines = listing.read_text().splitlines() if listing.exists() else ["file,received,sha256"]
        lines.append(f"{path.name},{day},{hashlib.sha256(path.read_bytes()).hexdigest()}")
        listing.write_text("\n".join(lines) + "\n")
    issues = delivery.receive([raw], place, base=raw)
    assert not [str(issue) for issue in issues if issue.stops]


def _deliver_second_quarter(pack: Path, raw: Path, place: Path) -> None:
    out = raw / "2017-18"
    for name in ("CEF", "COM", "SCS"):
        _return(pack, out, name, 2)
    _return(pack, out, "CSS", 2, put("I", _46="A"), put("E", _46="1,562"))
    _return(pack, out, "CSS", 1, put("G", _46=1215), put("H", _46="revised"))
    days = {f"Q2/returns/{name}.xlsx": "2017-10-20" for name in ("CEF", "COM", "SCS", "CSS")}
    _receive(raw, place, days | {"Q1/returns/CSS.xlsx": "2017-10-20"})
    _return(pack, out, "PH", 2)
    _receive(raw, place, {"Q2/returns/PH.xlsx": "2017-11-08"})


def _deliver_third_quarter(pack: Path, raw: Path, place: Path) -> None:
    out = raw / "2017-18"
    _framework(pack, out)
    _receive(raw, place, {"framework.xlsx": "2018-01-09"})
    for name in ("CEF", "PH", "SCS"):
        _return(pack, out, name, 3)
    edits = put("I", _46="G", _44="R"), put("G", _44=1900), put("E", _45="3,000"), put("C", _50=51), drop
    book = _return(pack, out, "CSS", 3, *edits)
    _explain(book, 44, "Businesses given advice and support", "Businesses advised and supported to grow", "Sickness.")
    _receive(raw, place, {f"Q3/returns/{name}.xlsx": "2018-01-19" for name in ("CEF", "PH", "SCS", "CSS")})


def _deliver_late_and_fourth(pack: Path, raw: Path, place: Path) -> None:
    out = raw / "2017-18"
    _return(pack, out, "COM", 3)
    _receive(raw, place, {"Q3/returns/COM.xlsx": "2018-02-12"})
    for name in ("CEF", "PH", "COM"):
        _return(pack, out, name, 4)
    _return(pack, out, "CSS", 4, put("I", _46="G"), put("E", _45="3,000"), put("C", _50=51), drop)
    _receive(raw, place, {f"Q4/returns/{name}.xlsx": "2018-04-20" for name in ("CEF", "PH", "COM", "CSS")})


@dataclass(frozen=True)
class Year:
    """The desk at the year's end, what was rated when quarter 1 was new, and the text and bytes of its pages."""

    place: Path
    first: pd.DataFrame
    pages: dict[str, bytes]

    def text(self, name: str) -> str:
        bare = re.sub(r"<style.*?</style>|<svg.*?</svg>", " ", self.pages[name].decode(), flags=re.S)
        plain = html.unescape(re.sub(r"<[^>]+>", " ", bare))
        return re.sub(r" ([.,;:])", r"\1", " ".join(plain.split()))


def rated(place: Path, quarter: str) -> pd.DataFrame:
    known = vintages.of_quarter(quarter, root=place)
    first = rating.rate(known.observations, known.targets, indicators=known.indicators, quarters=[quarter])
    return rating.assess(first, known.assessments)


def _run(project: Path, desk: Path, name: str, *asked: str) -> dict[str, bytes]:
    """Make reports into a folder of their own; give each page's bytes as name/page."""
    folders = ["--store", str(desk / "store"), "--out", str(desk / name), "--notebooks", str(project / "notebooks")]
    command = [sys.executable, "-m", "perfkit", "run", *asked, *folders]
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {f"{name}/{page.stem}": page.read_bytes() for page in (desk / name).glob("*/*.html")}


@pytest.fixture(scope="module")
def year(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Live through the year once: returns as they come, and pages made when quarter 1 was new and at the year's end."""
    pack, desk = project / "data/raw/2017-18", tmp_path_factory.mktemp("year")
    raw, place = desk / "raw", desk / "store"
    shutil.copytree(pack, raw / "2017-18", ignore=shutil.ignore_patterns("dtoc"))
    _receive(raw, place, {})
    then = "--only", "scorecard", "--directorate", "CSS"
    pages, first = _run(project, desk, "new", "2017-18 Q1", *then, "--as-of", "2017-07-31"), rated(place, "2017-18 Q1")
    _deliver_second_quarter(pack, raw, place)
    _deliver_third_quarter(pack, raw, place)
    _deliver_late_and_fourth(pack, raw, place)
    asked = {
        "again": ("2017-18 Q1", *then, "--as-of", "2017-07-31"),
        "past": ("2017-18 Q1", *then),
        "third": ("2017-18 Q3", "--only", "scorecard"),
        "fourth": ("2017-18 Q4", "--only", "scorecard", "--directorate", "SCS"),
        "quality": ("2017-18 Q4", "--only", "data_quality", "--as-of", "2018-05-15"),
    }
    with ThreadPoolExecutor(3) as pool:
        for made in pool.map(lambda name: _run(project, desk, name, *asked[name]), asked):
            pages |= made
    return Year(place, first, pages)


def _counted(frame: pd.DataFrame) -> str:
    counts = frame["effective"].value_counts()
    green, amber, red, none = (int(counts.get(word, 0)) for word in ("green", "amber", "red", "not rated"))
    assert min(green, amber, red, none) > 0
    return f"{green} of {len(frame)} indicators are green, {amber} amber and {red} red; {none} are not rated."


def test_each_quarter_was_reported_when_its_last_return_came_before_the_next_ones_first(year: Year) -> None:
    days = {f"2017-18 Q{n}": vintages.reported_on(f"2017-18 Q{n}", root=year.place) for n in range(1, 5)}
    assert days == {
        "2017-18 Q1": "2017-07-24", "2017-18 Q2": "2017-11-08", "2017-18 Q3": "2018-02-12", "2017-18 Q4": "2018-04-20",
    }  # fmt: skip


def test_quarter_1_is_rated_at_the_years_end_as_it_was_when_it_was_new(year: Year) -> None:
    pd.testing.assert_frame_equal(rated(year.place, "2017-18 Q1"), year.first)


def test_what_was_known_on_a_day_gives_the_same_page_byte_for_byte(year: Year) -> None:
    assert year.pages["again/scorecard-CSS"] == year.pages["new/scorecard-CSS"]
    assert "As asked, this page uses what was known on 31 July 2017 and nothing that came later." in year.text(
        "again/scorecard-CSS"
    )


def test_without_a_day_the_past_quarter_stands_and_what_came_since_is_told(year: Year) -> None:
    text, then = year.text("past/scorecard-CSS"), year.text("new/scorecard-CSS")
    headline = "6 of 7 indicators are green and 1 red. Red: Safe and well visits (46)."
    assert headline in then
    assert headline in text
    assert (
        "2017-18 Q1 stands here as it was reported, with what was known on 24 July 2017. Since then: 1 target was "
        "changed; 1 figure was revised; 1 indicator was dropped; 1 indicator was renumbered."
    ) in text
    assert (
        "Target changed 45 Children and young adults given safety education 2017-18 3,542 3,000 Two schools closed. "
        "framework.xlsx, Targets!" in text
    )
    assert "Value revised 46 Safe and well visits 2017-18 Q1 1,180 1,215 " in text
    assert "Dropped 47 Safety messages delivered on social media 2017-18 Q1 47 " in text
    assert "Renumbered 51 Emergency calls attended within 14 minutes 2017-18 Q1 50 51 " in text
    assert "There is no return for the quarter before (2016-17 Q4), so which ratings, targets and definitions" in text


def test_the_headlines_of_every_page_of_quarter_3_are_counted_from_the_frames(year: Year) -> None:
    frame = rated(year.place, "2017-18 Q3")
    assert _counted(frame) in year.text("third/scorecard")
    red = frame.loc[frame["effective"] == "red", "ref"].tolist()
    assert red == ["7", "44"]
    for code, part in frame.groupby("directorate"):
        counts = part["effective"].value_counts()
        text = year.text(f"third/scorecard-{code}")
        for word in ("green", "amber", "red", "not rated"):
            assert f"Indicators {word} {counts.get(word, 0)} of {len(part)}" in text


def test_what_changed_in_quarter_3_is_what_the_frames_say(year: Year) -> None:
    text = year.text("third/scorecard")
    assert (
        "Since 2017-18 Q2, as it was reported: 1 indicator is newly red; 1 indicator got better; 1 target was changed; "
        "1 indicator was dropped; 1 indicator was renumbered. Newly red: Businesses given advice and support (44)."
    ) in text
    assert "New red 44 Businesses given advice and support 2017-18 Q3 green red " in text
    assert "Better 46 Safe and well visits 2017-18 Q3 amber green " in text
    now, before = rated(year.place, "2017-18 Q3"), rated(year.place, "2017-18 Q2")
    found = changes.since(now, before)
    told = found[~found["kind"].isin(["rule changed"])].groupby("kind")["ref"].agg(list).to_dict()
    assert told == {"new red": ["44"], "better": ["46"], "dropped": ["47"], "renumbered": ["51"]}
    elsewhere = year.text("third/scorecard-PH")
    assert "Since 2017-18 Q2, as it was reported, no rating, target, definition or earlier figure changed." in elsewhere


def test_the_heat_map_shows_each_quarter_as_it_was_reported(year: Year) -> None:
    text = year.text("third/scorecard")
    assert "46 Safe and well visits R Red A Amber G Green" in text
    assert "44 Businesses given advice and support G Green G Green R Red" in text
    assert "51 Emergency calls attended within 14 minutes G Green G Green G Green" in text
    joined = timeline.join(rated(year.place, f"2017-18 Q{n}") for n in (1, 2, 3))
    reds = joined[joined["effective"] == "red"].groupby("period").size().to_dict()
    assert reds == {"2017-18 Q1": 2, "2017-18 Q2": 1, "2017-18 Q3": 2}
    assert "Two indicators are red in 2017-18 Q3; two were in 2017-18 Q1" in text


def test_a_red_exception_stands_with_the_cause_and_action_of_its_own_quarter_alone(year: Year) -> None:
    text = year.text("third/scorecard")
    assert text.count("Over 51,000 bed days lost to delays in 2016-17") == 1
    assert "1,900 [i] against a target of 833, expected by now 2,499" in text
    assert "Sickness. Action More advisers are being trained." in text


def test_the_direction_of_travel_is_counted_from_the_frames(year: Year) -> None:
    known, quarter = vintages.of_quarter("2017-18 Q3", root=year.place), "2017-18 Q3"
    moved = direction.travel(known.observations, indicators=known.indicators, quarters=[quarter], targets=known.targets)
    text = year.text("third/scorecard")
    for since, opening in (("previous", "Since last quarter"), ("year", "Against the same quarter last year")):
        ways = moved[f"direction_{since}"].value_counts()
        better, worse, same = (int(ways.get(way, 0)) for way in ("improving", "deteriorating", "unchanged"))
        many = r"(\d+|none|no)"
        said = re.search(rf"{opening} {many} indicators? (?:is|are) better, {many} (?:is|are) worse and {many}", text)
        assert said
        assert tuple(0 if n in ("none", "no") else int(n) for n in said.groups()) == (better, worse, same)


def test_a_return_that_never_came_is_told_before_the_figures(year: Year) -> None:
    text = year.text("fourth/scorecard-SCS")
    assert (
        "No return for 2017-18 Q4 has come from Social and Community Services, so no director speaks here for 8 "
        "indicators."
    ) in text
    assert (
        "No longer rated 7 Hospital discharge and reablement hours delivered a month 2017-18 Q4 red not rated" in text
    )


def test_everything_can_be_read_again_each_return_against_the_framework_of_its_day(year: Year) -> None:
    raw = year.place.parent / "raw"
    again = delivery.read([raw], year.place, base=raw, again=True)
    assert len(again) == 26
    assert [str(issue) for issue in delivery.issues_of(again) if issue.stops] == []


def test_late_and_missing_returns_are_told_with_their_days(year: Year) -> None:
    known, quarters = store.known(root=year.place), [f"2017-18 Q{n}" for n in range(1, 5)]
    came = completeness.returns(
        vintages.stacked("assessments", root=year.place), indicators=known.indicators,
        directorates=known.directorates, quarters=quarters, until="2018-05-15",
    )  # fmt: skip
    late = came.loc[came["state"] != "on time", ["period", "directorate", "state", "days_late"]]
    assert late.astype("object").where(late.notna(), None).to_numpy().tolist() == [
        ["2017-18 Q2", "PH", "late", 9.0], ["2017-18 Q3", "COM", "late", 13.0], ["2017-18 Q4", "SCS", "missing", None],
    ]  # fmt: skip
    text = year.text("quality/data_quality")
    assert "4 of 5 returns for 2017-18 Q4 came, 1 is missing." in text
    assert "The return of Social and Community Services is missing." in text
    assert "Public Health 2017-18 Q2 Late 30 October 2017 8 November 2017 9 days" in text
    assert "Communities 2017-18 Q3 Late 30 January 2018 12 February 2018 13 days" in text
    assert "Social and Community Services Missing 30 April 2018 0 0 of 8" in text


def test_the_page_on_quality_counts_what_the_frames_hold(year: Year) -> None:
    text, frame = year.text("quality/data_quality"), rated(year.place, "2017-18 Q4")
    without, warnings = int(frame["value"].isna().sum()), len(vintages.warnings(root=year.place))
    assert f"{without} of 49 indicators have no figure. {warnings} warnings of the checks are open." in text
    assert f"{without} of 49 indicators have no figure: 8 belong to returns that did not come, " in text
    assert f"Questions open {(frame['question'] != '').sum()} to directors" in text
    figures = frame.dropna(subset="value")["status"]
    made_up = int((figures == "illustrative").sum())
    assert f"{made_up} of {len(figures)} figures are illustrative and none provisional" in text
    assert f"{made_up} of {len(figures)} values on this page are illustrative" in text


def test_revised_figures_and_files_sent_again_are_told_with_their_days(year: Year) -> None:
    text = year.text("quality/data_quality")
    assert (
        "In this financial year: 1 figure was revised. Two files came more than once; what they said before is kept."
    ) in text
    assert (
        "Value revised 46 Safe and well visits 2017-18 Q1 1,180 1,215 20 October 2017 CSS.xlsx, Dashboard!G10" in text
    )
    again = completeness.resent(vintages.deliveries(root=year.place))
    assert again[["file", "received", "current"]].to_numpy().tolist() == [
        ["2017-18/Q1/returns/CSS.xlsx", "2017-07-21", False], ["2017-18/Q1/returns/CSS.xlsx", "2017-10-20", True],
        ["2017-18/framework.xlsx", "2017-04-03", False], ["2017-18/framework.xlsx", "2018-01-09", True],
    ]  # fmt: skip
