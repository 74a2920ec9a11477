"""``perfkit diff`` says what changed between two moments, and what it did to ratings."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from perfkit import cli, store

PLACE = {"file": "CSS.xlsx", "sheet": "Dashboard", "cell": "G10"}
FRAMEWORK = {"file": "framework.xlsx", "sheet": "Indicators", "cell": "A2"}
PLACES = "CSS.xlsx, sheet Dashboard, cell G10"


def define(root: Path) -> None:
    """Keep a framework of one indicator with a target of 100 a year, within 10 per cent amber."""
    indicator = {
        "indicator": "visits", "financial_year": "2017-18", "ref": "46", "title": "Visits", "directorate": "CSS",
        "priority": "Protecting", "outcome": "P2", "unit": "count", "polarity": "higher", "frequency": "quarter",
        "series_type": "point", "arrears": 0, "decimals": 0, "rule": "relative", "tolerance": 10.0,
    }  # fmt: skip
    outcome = {"outcome": "P2", "financial_year": "2017-18", "title": "Safe", "priority": "Protecting",
               "directorate": "CSS"}  # fmt: skip
    directorate = {"directorate": "CSS", "financial_year": "2017-18", "name": "Community Safety", "order": 1}
    target = {"indicator": "visits", "period": "2017-18", "part": 1, "role": "target", "text": "100",
              "kind": "threshold", "low": 100.0, "basis": "level"}  # fmt: skip
    rows = {"indicators": indicator, "outcomes": outcome, "directorates": directorate, "targets": target}
    tables = {name: pd.DataFrame([{**row, **FRAMEWORK}]) for name, row in rows.items()}
    store.save(tables, file="framework.xlsx", content=b"f", received=dt.date(2017, 4, 3), root=root)


def send(root: Path, value: float, *, on: str, rag: str | None = None, quarter: str = "2017-18 Q1") -> None:
    name = PLACE["file"] if quarter == "2017-18 Q1" else f"{quarter}.xlsx"
    observed = {"indicator": "visits", "period": quarter, "area": "Oxon", "part": 1, "report_period": quarter,
                "value": value, "status": "final", **PLACE, "file": name}  # fmt: skip
    said = {"subject_kind": "indicator", "subject": "visits", "period": quarter, "rag": rag, **PLACE, "file": name}
    tables = {"observations": pd.DataFrame([observed]), "assessments": pd.DataFrame([said])}
    store.save(tables, file=name, content=f"{value} {rag}".encode(), received=dt.date.fromisoformat(on), root=root)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Keep a framework, a return, and the same return with another figure two months later."""
    define(tmp_path)
    send(tmp_path, 80, on="2017-07-21")
    send(tmp_path, 120, on="2017-09-20")
    return tmp_path


def diff(root: Path, *words: str) -> int:
    return cli.main(["diff", *words, "--store", str(root)])


def test_a_corrected_figure_is_told_with_its_cells_and_what_it_did(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(root, "--from", "2017-07-31", "--to", "2017-10-31") == cli.DONE
    old, new = (store.vintage_of(text) for text in (b"80 None", b"120 None"))
    assert capsys.readouterr().out.splitlines() == [
        "Between the end of 31 July 2017 and the end of 31 October 2017 1 fact was changed, 0 added and 0 withdrawn in "
        "observations. 1 indicator changed rating: 46 Visits in 2017-18 Q1 from red to green. "
        "1 outcome changed rating: P2 Safe in 2017-18 Q1 from red to green.",
        "",
        "ratings of indicators: 1 changed, 0 withdrawn, 0 added",
        "  changed: 46 Visits in 2017-18 Q1",
        "    calculated: red -> green",
        "    effective: red -> green",
        f"    stood in {PLACES} (vintage {old})",
        f"    stands in {PLACES} (vintage {new})",
        "",
        "ratings of outcomes: 1 changed, 0 withdrawn, 0 added",
        "  changed: P2 Safe in 2017-18 Q1",
        "    rag: red -> green",
        "",
        "observations: 1 changed, 0 withdrawn, 0 added",
        "  changed: indicator visits, period 2017-18 Q1, area Oxon, part 1",
        "    value: 80 -> 120",
        f"    stood in {PLACES} (vintage {old})",
        f"    stands in {PLACES} (vintage {new})",
    ]


def test_a_rating_that_the_director_holds_is_told_as_held(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    define(tmp_path)
    send(tmp_path, 80, on="2017-07-21", rag="amber")
    send(tmp_path, 120, on="2017-09-20", rag="amber")
    diff(tmp_path, "--from", "2017-07-31")
    assert "No indicator changed rating. The figures alone would move 46 Visits in 2017-18 Q1 from red to green: " in (
        capsys.readouterr().out
    )


def test_nothing_changed_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(root, "--from", "2017-10-01") == cli.DONE
    assert capsys.readouterr().out == "Between the end of 1 October 2017 and now nothing changed.\n"


def test_a_quarter_stands_for_its_report(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    send(root, 70, on="2017-10-20", quarter="2017-18 Q2")
    send(root, 95, on="2017-11-30")
    diff(root, "--from", "2017-18 Q1", "--table", "observations", "--format", "csv")
    told = capsys.readouterr()
    rows = [line.split(",")[:2] for line in told.out.splitlines()[1:]]
    assert rows[0] == ["observations", "changed"]
    assert ",value,120,95,CSS.xlsx" in told.out
    assert told.err == (
        "Between the report of 2017-18 Q1 and now 1 fact was changed, 1 added and 0 withdrawn in observations.\n"
    )


def test_two_deliveries_of_one_day_are_told_apart_by_their_vintages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    define(tmp_path)
    send(tmp_path, 80, on="2017-07-21")
    send(tmp_path, 120, on="2017-07-21")
    old = store.vintage_of(b"80 None")
    assert diff(tmp_path) == cli.DONE
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"3 deliveries. What came last changed: perfkit diff --from {old}"
    )
    diff(tmp_path, "--from", old)
    assert "1 fact was changed" in capsys.readouterr().out


def test_json_holds_facts_and_ratings(root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    diff(root, "--from", "2017-07-31", "--format", "json", "--out", str(tmp_path / "out" / "diff.json"))
    told = json.loads((tmp_path / "out" / "diff.json").read_text())
    assert told["from"] == {"as_of": "2017-07-31", "words": "the end of 31 July 2017"}
    assert [(row["column"], row["before"], row["after"]) for row in told["facts"]] == [("value", "80", "120")]
    assert [row["column"] for row in told["ratings"]] == ["calculated", "effective", "rag"]
    assert told["ratings"][2]["file"] is None
    assert capsys.readouterr().out.startswith("Between the end of 31 July 2017 and now 1 fact was changed")


def test_text_that_begins_like_a_formula_is_none_in_csv(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = pd.DataFrame([{"subject_kind": "indicator", "subject": "visits", "period": "2017-18 Q1",
                          "reason": "=cmd|' /C calc'!A0", **PLACE}])  # fmt: skip
    store.save({"assessments": said}, file=PLACE["file"], content=b"evil", root=root)
    assert diff(root, "--from", "2017-09-20", "--table", "assessments", "--format", "csv") == cli.DONE
    assert ",'=cmd|' /C calc'!A0," in capsys.readouterr().out


def test_many_added_facts_are_counted_in_text_and_listed_in_csv(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"indicator-{n:02d}" for n in range(25)]
    rows = [{"indicator": n, "period": "2017-18 Q1", "area": "Oxon", "part": 1, "report_period": "2017-18 Q1",
             "value": 1.0, "status": "final", "file": "more.csv", "cell": "F9"} for n in names]  # fmt: skip
    store.save({"observations": pd.DataFrame(rows)}, file="more.csv", content=b"m", root=root,
               received=dt.date(2017, 12, 1))  # fmt: skip
    diff(root, "--from", "2017-10-31", "--table", "observations")
    assert capsys.readouterr().out.endswith("  and 5 more added: --format csv or json lists them all\n")
    diff(root, "--from", "2017-10-31", "--table", "observations", "--format", "csv")
    assert capsys.readouterr().out.count(",value,") == 25


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--from", "tuesday"], '--from "tuesday" names no day, quarter or delivery: give a day such as 2017-10-31,'),
        (["--from", "2017-18 Q3"], "No return for 2017-18 Q3 has been loaded. There are returns for 2017-18 Q1."),
        (["--to", "2017-07-31"], "Give --from too: the moment to compare from."),
        (["--from", "2016-01-01"], "Nothing had been received by 2016-01-01: the first file came on 2017-04-03."),
        (["--from", "2017-07-31", "--table", "figures"], 'There is no table "figures". Choose one of indicators,'),
        (["--from", "2017-07-31", "--table", "observation"], 'no table "observation". Did you mean "observations"?\n'),
        (["--from", "2017-07-31", "--table", "sources"], 'There is no table "sources". Did you mean'),
        (["--from", "2017-07-31", "--directorate", "XX"], 'no directorate "XX": the directorates are CSS.'),
        (["--from", "0123456789ab"], '--from "0123456789ab": no file of that vintage has been received. perfkit diff '),
        (["--from", "now", "--to", "0123456789ab"], '--to "0123456789ab": no file of that vintage'),
    ],
)
def test_what_cannot_be_compared_is_told(
    root: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(root, *words) == cli.MISUSED
    assert told in capsys.readouterr().err


def test_before_the_first_return_no_indicator_was_rated(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(root, "--from", "2017-04-30", "--to", "2017-07-31") == cli.DONE
    told = capsys.readouterr().out.splitlines()[0]
    assert told.endswith("No indicator changed rating; 1 newly there. No outcome changed rating; 1 newly there.")
