"""The framework of a new year: what is carried forward, what is asked, and that it reads back when it is filled in."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from perfkit import cli, store
from perfkit.forms import framework, new_year
from perfkit.model.errors import ParameterError

from .conftest import COUNCIL


def indicator(name: str, ref: str, unit: str = "count", **more: object) -> dict[str, object]:
    return {"indicator": name, "ref": ref, "title": name.capitalize(), "unit": unit, "directorate": "CSS",
            "data_owner": "Lead", "financial_year": "2017-18", **more}  # fmt: skip


def target(name: str, period: str, text: str, **more: object) -> dict[str, object]:
    return {"indicator": name, "period": period, "part": 1, "role": "target", "text": text, "basis": "year",
            "profile": None, "baseline": None, "baseline_period": None, "due": None, "set_by": "Cabinet",
            "set_on": pd.NaT, "reason": None, **more}  # fmt: skip


def observation(name: str, period: str, value: float) -> dict[str, object]:
    return {"indicator": name, "period": period, "part": 1, "value": value}


def council(**more: list[dict[str, object]]) -> dict[str, pd.DataFrame]:
    rows: dict[str, list[dict[str, object]]] = {
        "indicators": [indicator("visits", "10"), indicator("calls", "9")],
        "targets": [target("visits", "2017-18", "1562"), target("calls", "2017-18", "80")],
        "observations": [observation("visits", "2017-18 Q1", 1180.0), observation("calls", "2017-18 Q1", 70.0)],
        "outcomes": [{"outcome": "E2", "title": "Quick help", "priority": "P", "directorate": "CSS",
                      "financial_year": "2017-18"}],
        "priorities": [{"priority": "P", "order": 1, "financial_year": "2017-18"}],
        "directorates": [{"directorate": "CSS", "name": "Safety", "order": 1, "financial_year": "2017-18"}],
        "leadership_priorities": [{"number": 1, "title": "L", "kind": "focus", "financial_year": "2017-18"}],
        **more,
    }  # fmt: skip
    return {name: pd.DataFrame(some) for name, some in rows.items()}


def asked(new: new_year.NewYear, topic: str) -> list[str]:
    return new.questions.loc[new.questions["topic"] == topic, "question"].tolist()


def test_indicators_keep_their_ids_and_are_numbered_afresh_in_their_order() -> None:
    new = new_year.carry_forward(council(), year="2018-19")
    told = new.tables["indicators"][["indicator", "ref_before", "ref", "financial_year"]].to_numpy().tolist()
    assert told == [["calls", "9", "1", "2018-19"], ["visits", "10", "2", "2018-19"]]


def test_a_target_that_ended_is_to_be_set_and_asked_for() -> None:
    new = new_year.carry_forward(council(), year="2018-19")
    told = new.tables["targets"][["indicator", "period", "text", "text_before", "set_by"]].astype("object")
    assert told.where(told.notna(), None).to_numpy().tolist() == [
        ["calls", "2018-19", "to be set", "80", None],
        ["visits", "2018-19", "to be set", "1562", None],
    ]
    assert asked(new, "new target")[0] == "What is the target for 2018-19? Last year it was 80."


def test_the_interim_target_of_a_trajectory_becomes_the_years() -> None:
    steps = [target("calls", "March 2018", "629", role="interim", baseline=667.0, baseline_period="March 2017"),
             target("calls", "March 2019", "582", role="interim", baseline=667.0, baseline_period="March 2017"),
             target("calls", "March 2020", "500", role="final", baseline=667.0, baseline_period="March 2017"),
             target("visits", "2017-18", "1562")]  # fmt: skip
    new = new_year.carry_forward(council(targets=steps), year="2018-19")
    told = new.tables["targets"].query("indicator == 'calls'")
    assert told[["period", "text"]].to_numpy().tolist() == [["March 2019", "582"], ["March 2020", "500"]]
    assert asked(new, "carried target") == ["582 was foreseen for March 2019; is it confirmed?"]
    assert asked(new, "baseline") == [
        "Is the baseline 667 of March 2017 still the one to start from; the figure for 2017-18 Q1 is 70?"
    ]


def test_a_milestone_that_has_passed_is_asked_about_and_one_that_was_reached_is_dropped() -> None:
    stones = [indicator("plan", "1", unit="milestone"), indicator("visits", "2")]
    due = [target("plan", "2017-18", "Completion", due="September 2017"), target("visits", "2017-18", "1562")]
    open_year = new_year.carry_forward(council(indicators=stones, targets=due), year="2018-19")
    [question] = asked(open_year, "milestone")
    assert question.startswith("The milestone of September 2017 has passed and is not reported complete.")
    assert question.endswith("such as Completion by September 2018.")
    told = [observation("plan", "2017-18 Q2", 1.0), observation("visits", "2017-18 Q1", 1180.0)]
    done = new_year.carry_forward(council(indicators=stones, targets=due, observations=told), year="2018-19")
    assert done.dropped[["indicator", "why"]].to_numpy().tolist() == [["plan", "its milestone was reached"]]
    assert done.tables["indicators"]["indicator"].tolist() == ["visits"]


def test_what_has_no_figure_no_owner_or_no_lead_is_asked_about() -> None:
    new = new_year.carry_forward(
        council(
            indicators=[indicator("visits", "1", data_owner=None), indicator("calls", "2")],
            observations=[observation("calls", "2017-18 Q1", 70.0), observation("visits", "2016-17 Q4", 1.0)],
            directorates=[
                {"directorate": code, "name": code, "order": n, "financial_year": "2017-18"}
                for n, code in enumerate(("CSS", "PH"), 1)
            ],
        ),
        year="2018-19",
    )
    assert asked(new, "no figure all year") == [
        "No figure came for 2017-18. Keep it? If so, say when one is due; if not, take its rows out."
    ]
    assert asked(new, "owner") == ["Who answers for the figure?"]
    assert asked(new, "directorate") == [
        "It leads no outcome and reports no indicator. Does it still stand in the plan?"
    ]


def test_indicators_to_drop_are_named_by_number_or_id_and_must_be_there() -> None:
    new = new_year.carry_forward(council(), year="2018-19", drop=["9"])
    assert new.dropped.to_numpy().tolist() == [["calls", "9", "Calls", "as asked"]]
    with pytest.raises(ParameterError, match=r"^tea: no such indicator in the framework of 2017-18\.$"):
        new_year.carry_forward(council(), year="2018-19", drop=["tea"])


def test_without_an_earlier_framework_there_is_nothing_to_carry_over() -> None:
    with pytest.raises(ParameterError, match="No framework has been loaded for a year before 2017-18"):
        new_year.carry_forward(council(), year="2017-18")


def cells_of(book: Any) -> list[tuple[str, str]]:
    sheet = book["To confirm"]
    rows = range(framework.HEADING_ROW + 1, sheet.max_row + 1)
    return [(sheet.cell(row, 4).value, sheet.cell(row, 5).value) for row in rows]


def test_every_question_names_the_cell_that_answers_it(tables: dict[str, pd.DataFrame]) -> None:
    new = new_year.carry_forward(tables, year="2018-19")
    book = openpyxl.load_workbook(io.BytesIO(framework.write(new, council=COUNCIL)))
    places = cells_of(book)
    assert len(places) == len(new.questions)
    for (sheet, cell), question in zip(places, new.questions.to_dict("records"), strict=True):
        assert book[sheet][f"A{book[sheet][cell].row}"].value == question["key"].split(" ")[0]
        assert book[sheet].cell(framework.HEADING_ROW, book[sheet][cell].column).value == question["heading"]
        assert not book[sheet][cell].protection.locked
    unset = [cell for sheet, cell in places if sheet == "Targets" and book[sheet][cell].value == "to be set"]
    assert len(unset) == 46


def test_the_new_framework_reads_back_without_an_issue_when_it_is_filled_in_and_before(
    tables: dict[str, pd.DataFrame], pack_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = new_year.carry_forward(tables, year="2018-19", drop=["8"])
    made = framework.write(new, council=COUNCIL)
    assert made == framework.write(new, council=COUNCIL)
    place = tmp_path / "store"
    shutil.copytree(pack_store, place)
    path = tmp_path / "raw" / "2018-19" / "framework.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(made)
    assert (cli.main(["check", str(path), "--store", str(place)]), capsys.readouterr().err) == (cli.DONE, "")
    book = openpyxl.load_workbook(path)
    sheet = book["Targets"]
    for row in range(framework.HEADING_ROW + 1, sheet.max_row + 1):
        if sheet.cell(row, 5).value == "to be set":
            sheet.cell(row, 5).value = sheet.cell(row, 6).value
    book.save(path)
    assert (cli.main(["load", str(path), "--store", str(place)]), capsys.readouterr().err) == (cli.DONE, "")
    kept = store.load("indicators", root=place).query("financial_year == '2018-19'")
    assert kept["ref"].tolist() == [str(number) for number in range(1, 50)]
    told = store.load("targets", root=place).set_index(["indicator", "period", "part"])
    assert told.loc[("looked-after-children", "March 2019", 1), ["low", "baseline"]].tolist() == [582.0, 667.0]
    assert told.loc[("new-investors", "2018-19", 2), "low"] == 20.0
    assert told.loc[("safe-and-well-visits", "2018-19", 1), "basis"] == "quarter"


def test_what_the_framework_says_of_100_percent_is_carried_over() -> None:
    said = pd.array([True, False, pd.NA], dtype="boolean")
    tables = council(indicators=[indicator("growth", "1", "percent"), indicator("visits", "2"),
                                 indicator("calls", "3")])  # fmt: skip
    tables["indicators"]["can_pass_100"] = said
    book = openpyxl.load_workbook(io.BytesIO(framework.write(new_year.carry_forward(tables, year="2018-19"),
                                                             council=COUNCIL)))  # fmt: skip
    sheet = book["Indicators"]
    [column] = [cell for cell in sheet[framework.HEADING_ROW] if cell.value == "Can pass 100%"]
    rows = range(framework.HEADING_ROW + 1, framework.HEADING_ROW + 4)
    assert [sheet.cell(row, column.column).value for row in rows] == ["Y", "N", None]


def test_a_cell_that_takes_one_of_a_few_words_offers_those_that_its_table_allows() -> None:
    new = new_year.carry_forward(council(), year="2018-19")
    book = openpyxl.load_workbook(io.BytesIO(framework.write(new, council=COUNCIL)))
    offered = {rule.promptTitle: rule.formula1 for name in ("Targets", "Leadership priorities", "Indicators")
               for rule in book[name].data_validations.dataValidation}  # fmt: skip
    assert offered["Role"] == '"target,interim,final"'
    assert offered["Kind"] == '"focus,continuing"'
    assert (offered["Can pass 100%"], "Title" in offered) == ('"Y,N"', False)
