"""Which vintage a quarter's report rests on, and the ledger of deliveries."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from perfkit import store, vintages
from perfkit.model.errors import StoreError


def keep(root: Path, quarter: str, *, name: str, value: float, on: str, warnings: tuple[str, ...] = ()) -> None:
    """Keep a return of one indicator, received on a day."""
    place = {"file": name, "sheet": "Dashboard", "cell": "G10"}
    observed = {"indicator": "visits", "period": quarter, "area": "Oxon", "part": 1, "report_period": quarter,
                "value": value, "status": "final"}  # fmt: skip
    said = {"subject_kind": "indicator", "subject": "visits", "period": quarter, "rag": "green"}
    tables = {"observations": pd.DataFrame([{**observed, **place}]), "assessments": pd.DataFrame([{**said, **place}])}
    content = f"{name} {quarter} {value}".encode()
    store.save(tables, file=name, content=content, received=dt.date.fromisoformat(on), warnings=warnings, root=root)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Keep quarter 1, sent again in August and in October, after quarter 2 had begun to come, and quarter 2."""
    keep(tmp_path, "2017-18 Q1", name="Q1.xlsx", value=1180.0, on="2017-07-21", warnings=("Q1.xlsx: found a",))
    keep(tmp_path, "2017-18 Q1", name="Q1.xlsx", value=1190.0, on="2017-08-04")
    keep(tmp_path, "2017-18 Q2", name="Q2.xlsx", value=2400.0, on="2017-10-20")
    keep(tmp_path, "2017-18 Q1", name="Q1.xlsx", value=1215.0, on="2017-10-20")
    return tmp_path


def values(known: store.Known) -> list[float]:
    return sorted(known.observations["value"])


def test_a_quarter_is_reported_with_corrections_that_came_before_the_next_ones_returns(root: Path) -> None:
    assert vintages.reported_on("2017-18 Q1", root=root) == "2017-08-04"
    assert values(vintages.of_quarter("2017-18 Q1", root=root)) == [1190.0]


def test_the_newest_quarter_rests_on_all_that_is_known(root: Path) -> None:
    known = vintages.of_quarter("2017-18 Q2", root=root)
    assert (known.as_of, values(known)) == ("", [1215.0, 2400.0])


def test_whoever_asks_for_a_day_gets_that_day(root: Path) -> None:
    assert values(vintages.of_quarter("2017-18 Q1", as_of="2017-07-31", root=root)) == [1180.0]
    assert values(vintages.of_quarter("2017-18 Q1", as_of="2017-12-31", root=root)) == [1215.0, 2400.0]


def test_each_of_the_last_quarters_is_opened_as_it_was_reported(root: Path) -> None:
    past = vintages.reported("2017-18 Q2", root=root)
    assert [(quarter, values(known)) for quarter, known in past.items()] == [
        ("2017-18 Q1", [1190.0]), ("2017-18 Q2", [1215.0, 2400.0]),
    ]  # fmt: skip
    assert list(vintages.reported("2017-18 Q2", quarters=1, root=root)) == ["2017-18 Q2"]


def test_a_past_quarter_knows_nothing_of_later_ones(root: Path) -> None:
    assert list(vintages.reported("2017-18 Q1", root=root)) == ["2017-18 Q1"]
    assert list(vintages.reported("2017-18 Q2", as_of="2017-08-31", root=root)) == ["2017-18 Q1", "2017-18 Q2"]


def test_a_quarter_whose_returns_all_came_late_was_reported_with_its_own_first(tmp_path: Path) -> None:
    keep(tmp_path, "2017-18 Q2", name="Q2.xlsx", value=1.0, on="2017-10-20")
    keep(tmp_path, "2017-18 Q1", name="Q1.xlsx", value=2.0, on="2017-11-08")
    assert vintages.reported_on("2017-18 Q1", root=tmp_path) == "2017-11-08"
    assert vintages.reported_on("2017-18 Q3", root=tmp_path) == ""


def test_a_quarter_was_not_reported_before_its_first_return_came(tmp_path: Path) -> None:
    place = {"file": "risks.xlsx", "sheet": "Risks", "cell": "A7"}
    risk = pd.DataFrame(
        [{"period": "2017-18 Q1", "risk": "R01", "title": "Winter", "likelihood": 3, "impact": 3, **place}]
    )
    store.save({"risks": risk}, file="risks.xlsx", content=b"r", received=dt.date(2017, 7, 24), root=tmp_path)
    keep(tmp_path, "2017-18 Q1", name="Q1.xlsx", value=1180.0, on="2017-11-23")
    keep(tmp_path, "2017-18 Q2", name="Q2.xlsx", value=2400.0, on="2017-11-23")
    assert vintages.reported_on("2017-18 Q1", root=tmp_path) == "2017-11-23"
    assert values(vintages.reported("2017-18 Q2", root=tmp_path)["2017-18 Q1"]) == [1180.0, 2400.0]


def test_every_delivery_is_listed_and_the_last_of_each_file_is_current(root: Path) -> None:
    rows = vintages.deliveries(root=root)[["file", "received", "number", "current", "rows", "warnings"]]
    assert rows.to_numpy().tolist() == [
        ["Q1.xlsx", "2017-07-21", 1, False, 2, 1], ["Q1.xlsx", "2017-08-04", 2, False, 2, 0],
        ["Q2.xlsx", "2017-10-20", 1, True, 2, 0], ["Q1.xlsx", "2017-10-20", 3, True, 2, 0],
    ]  # fmt: skip
    assert len(vintages.deliveries(as_of="2017-07-31", root=root)) == 1


def test_only_warnings_of_what_is_believed_are_open(root: Path) -> None:
    assert vintages.warnings(as_of="2017-07-31", root=root)["warning"].tolist() == ["Q1.xlsx: found a"]
    assert vintages.warnings(root=root).empty


def test_rows_of_replaced_deliveries_are_kept_with_the_day_they_came(root: Path) -> None:
    rows = vintages.stacked("observations", root=root)
    assert rows[["value", "received"]].to_numpy().tolist() == [
        [1180.0, "2017-07-21"], [1190.0, "2017-08-04"], [2400.0, "2017-10-20"], [1215.0, "2017-10-20"],
    ]  # fmt: skip


def test_an_empty_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Nothing has been loaded yet"):
        vintages.of_quarter("2017-18 Q1", root=tmp_path)


def test_national_figures_of_a_past_quarter_are_those_that_came_before_the_next_ones_first_return(root: Path) -> None:
    assert vintages.until_next("2017-18 Q1", root=root).as_of == "2017-10-19"
    assert vintages.until_next("2017-18 Q2", root=root).as_of == ""
    assert vintages.until_next("2017-18 Q1", as_of="2017-08-31", root=root).as_of == "2017-08-31"


def test_key_points_that_follow_the_returns_belong_to_the_quarters_report(root: Path) -> None:
    point = {"period": "2017-18 Q1", "kind": "issue", "subject_kind": "priority", "subject": "Safe", "number": 1,
             "text": "Fewer visits.", "file": "points.xlsx", "cell": "A2"}  # fmt: skip
    tables = {"commentary": pd.DataFrame([point])}
    store.save(tables, file="points.xlsx", content=b"points", received=dt.date(2017, 8, 9), root=root)
    assert vintages.reported_on("2017-18 Q1", root=root) == "2017-08-09"
    assert len(vintages.of_quarter("2017-18 Q1", root=root).commentary) == 1


def test_finance_and_risks_that_follow_the_returns_belong_to_the_quarters_report(root: Path) -> None:
    line = {"period": "2017-18 Q1", "directorate": "SCS", "line": "Care", "budget": 1.0, "file": "f.xlsx", "cell": "B2"}
    risk = {"period": "2017-18 Q1", "risk": "R1", "title": "Carers leave", "likelihood": 4, "impact": 5,
            "file": "r.xlsx", "cell": "A2"}  # fmt: skip
    for day, table, row in ((9, "finance", line), (10, "risks", risk)):
        frame = pd.DataFrame([row])
        store.save({table: frame}, file=row["file"], content=b"x", received=dt.date(2017, 8, day), root=root)
    assert vintages.reported_on("2017-18 Q1", root=root) == "2017-08-10"
    known = vintages.of_quarter("2017-18 Q1", root=root)
    assert (len(known.finance), len(known.risks)) == (1, 1)


def read_again(notes: Path, root: Path) -> list[bool]:
    """Say of each read that was noted whether it would read the same now."""
    reads = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    return [read.pop("rows") == vintages.digest(**read, root=root) for read in reads]


def test_what_a_page_read_is_noted_so_that_only_a_change_of_the_answer_counts(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "reads"
    monkeypatch.setenv("PERFKIT_READS", str(notes))
    known = vintages.of_quarter("2017-18 Q1", root=root)
    known.rows("observations", indicator="visits")
    known.rows("observations", indicator="another")
    assert known.council == "Oxon"
    vintages.stacked("assessments", root=root)
    monkeypatch.delenv("PERFKIT_READS")
    assert read_again(notes, root) == [True] * 5
    keep(root, "2017-18 Q2", name="Q2.xlsx", value=2500.0, on="2017-10-30")
    assert read_again(notes, root) == [True] * 4 + [False], "a later quarter's figure changes no page of an earlier one"
    keep(root, "2017-18 Q1", name="Q1b.xlsx", value=1200.0, on="2017-08-10")
    assert read_again(notes, root) == [False, True, True, True, False], "nor is what was known on a day known otherwise"
