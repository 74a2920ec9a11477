"""``perfkit export`` writes files for people and tools, and a star into a real database."""

from __future__ import annotations

import datetime as dt
import io
import threading
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from perfkit import cli, store
from perfkit.analysis import star
from perfkit.commands import collection, database, export_files, export_workbook, sheet_rows
from tests.postgres import PASSWORD, postgres

from .test_diff import define, send

__all__ = ["postgres"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    define(tmp_path / "store")
    send(tmp_path / "store", 80, on="2017-07-21")
    return tmp_path / "store"


def export(root: Path, *words: str) -> int:
    return cli.main(["export", *words, "--store", str(root)])


def test_one_table_is_one_file_here(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert export(root, "observations") == cli.DONE
    assert capsys.readouterr().out == "1 row of observations written to observations.csv\n"
    assert pd.read_csv("observations.csv")["value"].tolist() == [80.0]
    export(root, "observations", "--format", "parquet", "--out", "figures.parquet")
    assert pd.read_parquet("figures.parquet")["value"].tolist() == [80.0]


def test_the_star_is_a_folder_of_files_and_leaves_no_half_file(root: Path, tmp_path: Path) -> None:
    assert export(root, "star", "--format", "parquet", "--out", str(tmp_path / "star")) == cli.DONE
    names = sorted(path.name for path in (tmp_path / "star").iterdir())
    assert names == sorted(f"{name}.parquet" for name in collection.star.TABLES)
    assert pd.read_parquet(tmp_path / "star" / "fact_rating.parquet")["effective"].tolist() == ["red"]


def test_all_tidy_tables_that_hold_something_are_written(root: Path, tmp_path: Path) -> None:
    export(root, "all", "--out", str(tmp_path / "all"))
    assert sorted(path.stem for path in (tmp_path / "all").iterdir()) == [
        "assessments", "directorates", "indicators", "observations", "outcomes", "targets",
    ]  # fmt: skip


def test_a_past_quarter_is_rated_as_it_was_reported(root: Path) -> None:
    send(root, 70, on="2017-10-20", quarter="2017-18 Q2")
    send(root, 120, on="2017-11-30")
    rated = collection.gather("star", root).frames["fact_rating"].set_index("period")["calculated"]
    assert rated.to_dict() == {"2017-18 Q1": "red", "2017-18 Q2": "red"}, "the correction came after quarter 2's return"
    asked = collection.gather("star", root, as_of="2017-12-31").frames["fact_rating"].set_index("period")["calculated"]
    assert asked["2017-18 Q1"] == "green"


def publish(root: Path) -> None:
    """Keep a release of an academic year and of a quarter, and a day and a month of discharges."""
    shared = {"sheet": "Data", "cell": "D2", "status": "final"}
    coverage = {"release": "coverage", "measure": "mmr", "area_kind": "authority", "area": "Kent", "breakdown": "all",
                "unit": "percent", "file": "c.csv", **shared}  # fmt: skip
    counted = {"collection": "acute", "month": pd.Period("2022-04", "M"), "org_kind": "trust", "org_code": "RTH",
               "org_name": "OXFORD", "measure": "discharged", "breakdown": "all", "unit": "patients",
               "starts": pd.Timestamp("2022-04-01"), "file": "d.xlsx", **shared}  # fmt: skip
    releases = [{**coverage, "period": "2017-18", "calendar": "academic", "value": 91.0},
                {**coverage, "period": "2017-18 Q1", "calendar": "financial", "value": 90.0}]  # fmt: skip
    discharges = [{**counted, "period": "2022-04-01", "period_kind": "day", "value": 7.0},
                  {**counted, "period": "April 2022", "period_kind": "month", "value": 210.0}]  # fmt: skip
    for file, rows in (("c.csv", {"releases": releases}), ("d.xlsx", {"discharges": discharges})):
        tables = {name: pd.DataFrame(some) for name, some in rows.items()}
        store.save(tables, file=file, content=file.encode(), received=dt.date(2022, 6, 1), root=root)


def test_a_store_of_releases_alone_makes_a_star_and_one_of_nothing_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    priority = {"priority": "Thriving", "financial_year": "2017-18", "order": 1, "file": "f.xlsx", "cell": "A2"}
    store.save({"priorities": pd.DataFrame([priority])}, file="f.xlsx", content=b"f", received=dt.date(2017, 4, 3),
               root=tmp_path)  # fmt: skip
    assert export(tmp_path, "star", "--out", str(tmp_path / "star")) == cli.MISUSED
    assert capsys.readouterr().err.startswith("Neither a return nor a release has been loaded")
    publish(tmp_path)
    frames = collection.gather("star", tmp_path).frames
    assert (len(frames["fact_rating"]), len(frames["fact_release"]), len(frames["fact_discharge"])) == (0, 2, 2)


def test_a_folder_is_not_taken_for_a_file(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(root, "observations", "--out", str(tmp_path)) == cli.MISUSED
    assert capsys.readouterr().err == f"{tmp_path} is a folder: name a file with --out.\n"
    assert not list(tmp_path.glob(".*"))


def test_an_unknown_table_is_refused_with_the_names_there_are(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(root, "figures", "--format", "xlsx") == cli.MISUSED
    assert 'There is no table "figures". Choose one of indicators,' in capsys.readouterr().err
    assert export(root, "stars", "--to", "postgresql://host/name") == cli.MISUSED
    assert capsys.readouterr().err == 'There is no table "stars". Did you mean "star"?\n'


def awkward(*texts: str) -> collection.Collection:
    """Gather priorities of these titles."""
    frame = pd.DataFrame({"priority": list(texts), "financial_year": "2017-18", "order": range(len(texts)),
                          "file": "f.csv", "sheet": None, "cell": "A2", "vintage": "0" * 12})  # fmt: skip
    return collection.Collection(
        "priorities", {"priorities": collection.star.tidy("priorities")}, {"priorities": frame}
    )


def test_a_workbook_has_a_cover_and_a_sheet_a_table_from_its_first_cell(root: Path, tmp_path: Path) -> None:
    export(root, "star", "--format", "xlsx", "--out", str(tmp_path / "star.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "star.xlsx")
    assert book.sheetnames == ["Cover", *collection.star.TABLES]
    sheet = book["fact_observation"]
    assert [cell.value for cell in sheet[1]][:3] == ["indicator", "period", "area"]
    assert sheet["F2"].value == 80
    assert sheet["J2"].value is None, "a missing status mark stays empty"
    assert not any(each.merged_cells.ranges for each in book)
    assert book["dim_period"]["E2"].value == dt.datetime(2017, 4, 1)


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    texts = ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "plain"]
    export_workbook.write(awkward(*texts), tmp_path / "p.xlsx")
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "p.xlsx")["priorities"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False]


def test_text_that_begins_like_a_formula_is_none_in_csv_and_untouched_in_parquet(tmp_path: Path) -> None:
    texts = ["=cmd|' /C calc'!A0", "+1+cmd", "- late", "-", "-1,562", "@SUM(A1)", "plain"]
    for form in ("csv", "parquet"):
        export_files.write(awkward(*texts), tmp_path, form)
    written = pd.read_csv(tmp_path / "priorities.csv")["priority"].tolist()
    assert written == ["'=cmd|' /C calc'!A0", "'+1+cmd", "'- late", "-", "-1,562", "'@SUM(A1)", "plain"]
    assert pd.read_parquet(tmp_path / "priorities.parquet")["priority"].tolist() == texts


def test_a_month_is_its_first_day_in_every_form(root: Path, tmp_path: Path) -> None:
    publish(root)
    for form in ("csv", "parquet", "xlsx"):
        assert export(root, "discharges", "--format", form, "--out", str(tmp_path / f"d.{form}")) == cli.DONE
    assert pd.read_csv(tmp_path / "d.csv")["month"].tolist() == ["2022-04-01", "2022-04-01"]
    assert pd.read_parquet(tmp_path / "d.parquet")["month"].tolist() == [pd.Timestamp("2022-04-01")] * 2
    assert openpyxl.load_workbook(tmp_path / "d.xlsx")["discharges"]["E2"].value == dt.datetime(2022, 4, 1)


def test_text_that_no_cell_can_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    export_workbook.write(awkward("x" * 40_000, "a\x00b"), tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["priorities"]
    assert sheet["A2"].value.endswith("x [cut: a cell holds no more]")
    assert len(sheet["A2"].value) == sheet_rows.LONGEST
    assert sheet["A3"].value == "a\ufffdb"


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_workbook, "MOST_ROWS", 1)
    with pytest.raises(export_workbook.ParameterError, match="priorities has 2 rows; a sheet holds 1"):
        export_workbook.write(awkward("a", "b"), tmp_path / "p.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_same_tables_make_the_same_workbook() -> None:
    assert export_workbook.make(awkward("a")) == export_workbook.make(awkward("a"))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://user:word@host/db", 'a database of the kind "mysql": expected postgresql://user:password@host'),
        ("not an address:word", "--to is not the address of a database: expected postgresql://"),
        ("postgresql://perfkit:word@127.0.0.1:1/db", "The database db at 127.0.0.1 was left as it was: "),
        (
            "postgresql://perfkit:my:word@home@127.0.0.1:1/db",
            "--to has more than one @: write one in a password as %40.",
        ),
    ],
)
def test_a_wrong_address_is_told_without_its_password(
    root: Path, address: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")
    assert export(root, "star", "--to", address) == cli.MISUSED
    said = capsys.readouterr()
    assert told in said.err
    assert ":word" not in said.err + said.out


def rows(postgres: str, query: str) -> list[tuple[object, ...]]:
    psycopg = pytest.importorskip("psycopg", reason="the extra sql is not installed")
    with psycopg.connect(postgres) as connection:
        return connection.execute(query).fetchall()


def test_the_database_holds_the_star_with_its_keys_and_indexes(
    root: Path, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(root, "star", "--to", postgres) == cli.DONE
    told = capsys.readouterr().out
    assert told.startswith("16 tables with ")
    assert told.endswith("written to the database postgres at 127.0.0.1, schema perfkit.\n")
    assert PASSWORD not in told
    asked = (
        "SELECT i.title, d.name, r.calculated, r.value, p.starts FROM perfkit.fact_rating r"
        " JOIN perfkit.dim_indicator i USING (indicator)"
        " JOIN perfkit.dim_directorate d USING (directorate) JOIN perfkit.dim_period p USING (period)"
    )
    assert rows(postgres, asked) == [("Visits", "Community Safety", "red", 80.0, dt.date(2017, 4, 1))]
    keys = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'perfkit'::regnamespace"
    leads = sum(bool(column.refers) for table in collection.star.TABLES.values() for column in table.columns)
    assert rows(postgres, keys) == [(leads,)]
    indexed = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'perfkit' AND indexname LIKE 'ix_%'"
    assert rows(postgres, indexed) == [(leads,)]


def test_releases_and_discharges_lead_into_their_dimensions(root: Path, postgres: str) -> None:
    publish(root)
    assert export(root, "star", "--to", postgres) == cli.DONE
    asked = (
        "SELECT m.title, m.unit, a.code, p.label, p.calendar, p.starts, f.value FROM perfkit.fact_release f"
        " JOIN perfkit.dim_measure m USING (measure) JOIN perfkit.dim_area a USING (area)"
        " JOIN perfkit.dim_period p USING (period) ORDER BY p.place"
    )
    assert rows(postgres, asked) == [
        ("Mmr", "percent", "E10000016", "2017-18 Q1", "financial", dt.date(2017, 4, 1), 90.0),
        ("Mmr", "percent", "E10000016", "2017-18", "academic", dt.date(2017, 9, 1), 91.0),
    ]
    asked = (
        "SELECT o.name, p.kind, p.financial_year, f.value FROM perfkit.fact_discharge f"
        " JOIN perfkit.dim_organisation o USING (org_code) JOIN perfkit.dim_period p USING (period) ORDER BY p.place"
    )
    assert rows(postgres, asked) == [("OXFORD", "day", "2022-23", 7.0), ("OXFORD", "month", "2022-23", 210.0)]


def test_writing_again_replaces_and_leaves_what_others_built_on_it(root: Path, postgres: str) -> None:
    export(root, "star", "--to", postgres)
    view = "CREATE OR REPLACE VIEW perfkit.reds AS SELECT * FROM perfkit.fact_rating WHERE effective = 'red'"
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres) as connection:
        connection.execute(view)
    send(root, 120, on="2017-08-01")
    assert export(root, "star", "--to", postgres) == cli.DONE
    assert rows(postgres, "SELECT value, effective FROM perfkit.fact_rating") == [(120.0, "green")]
    assert rows(postgres, "SELECT count(*) FROM perfkit.reds") == [(0,)]
    with psycopg.connect(postgres) as connection:
        connection.execute("DROP VIEW perfkit.reds")


def test_all_means_the_tidy_tables_in_a_database_as_in_files(root: Path, postgres: str) -> None:
    assert export(root, "all", "--to", postgres) == cli.DONE
    assert rows(postgres, "SELECT value, cell FROM perfkit.observations") == [(80.0, "G10")]
    assert rows(postgres, "SELECT text FROM perfkit.targets") == [("100",)]


def test_a_reader_never_sees_half_and_never_waits(root: Path, postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    export(root, "star", "--to", postgres)
    before = rows(postgres, "SELECT value FROM perfkit.fact_observation")
    halfway, go_on = threading.Event(), threading.Event()
    chunks = database._chunks

    def slowly(frame: pd.DataFrame) -> object:
        if "rag" in frame:
            halfway.set()
            assert go_on.wait(30)
        return chunks(frame)

    monkeypatch.setattr(database, "_chunks", slowly)
    send(root, 120, on="2017-08-01")
    writer = threading.Thread(target=export, args=(root, "star", "--to", postgres))
    writer.start()
    assert halfway.wait(30)
    assert rows(postgres, "SELECT value FROM perfkit.fact_observation") == before
    go_on.set()
    writer.join(30)
    assert rows(postgres, "SELECT value FROM perfkit.fact_observation") == [(120.0,)]


def test_what_fails_halfway_leaves_the_rows_of_before(
    root: Path, postgres: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    export(root, "star", "--to", postgres)
    chunks = database._chunks
    monkeypatch.setattr(database, "_chunks", lambda frame: ["broken\n"] if "rag" in frame else chunks(frame))
    send(root, 120, on="2017-08-01")
    assert export(root, "star", "--to", postgres) == cli.MISUSED
    assert "The database postgres at 127.0.0.1 was left as it was: " in capsys.readouterr().err
    assert rows(postgres, "SELECT value FROM perfkit.fact_observation") == [(80.0,)]


def test_any_text_reaches_the_database_as_it_is(postgres: str) -> None:
    texts = ["\\.", 'a "quoted", text', "two\nlines", "=1+1", "Ωmega £", "NULL", "x" * 40_000]
    database.load(awkward(*texts), postgres)
    found = rows(postgres, 'SELECT priority, sheet FROM perfkit.priorities ORDER BY "order"')
    assert found == [(text, None) for text in texts]


def test_a_table_whose_columns_have_changed_is_made_anew(postgres: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    database.load(awkward("a"), postgres)
    with psycopg.connect(postgres) as connection:
        connection.execute("ALTER TABLE perfkit.priorities DROP COLUMN sheet")
    database.load(awkward("b"), postgres)
    assert rows(postgres, "SELECT priority, sheet FROM perfkit.priorities") == [("b", None)]


def test_a_table_that_somebody_else_made_is_never_touched(
    root: Path, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS perfkit")
        connection.execute("CREATE TABLE perfkit.savings (id int)")
        connection.execute("INSERT INTO perfkit.savings VALUES (1)")
    assert export(root, "savings", "--to", postgres) == cli.MISUSED
    assert capsys.readouterr().err == (
        "The table perfkit.savings there was not made by perfkit, and the database was left as it was: rename "
        "that table, or export to another database.\n"
    )
    assert rows(postgres, "SELECT id FROM perfkit.savings") == [(1,)]
    with psycopg.connect(postgres) as connection:
        connection.execute("DROP TABLE perfkit.savings")


def test_a_schema_made_ready_for_a_loader_is_enough(root: Path, postgres: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE ROLE loader LOGIN PASSWORD 'ready'")
        connection.execute("CREATE DATABASE warehouse")
    warehouse = postgres.replace("/postgres", "/warehouse")
    with psycopg.connect(warehouse) as connection:
        connection.execute("CREATE SCHEMA perfkit AUTHORIZATION loader")
    address = warehouse.replace(f"perfkit:{PASSWORD.replace(':', '%3A')}@", "loader:ready@")
    assert export(root, "observations", "--to", address) == cli.DONE
    assert rows(warehouse, "SELECT value FROM perfkit.observations") == [(80.0,)]


def test_what_views_keep_from_being_made_anew_is_told_with_the_views(
    root: Path, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    psycopg = pytest.importorskip("psycopg")
    export(root, "observations", "--to", postgres)
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE VIEW perfkit.figures AS SELECT value FROM perfkit.observations")
        connection.execute("ALTER TABLE perfkit.observations ADD COLUMN older int")
    capsys.readouterr()
    assert export(root, "observations", "--to", postgres) == cli.MISUSED
    assert capsys.readouterr().err.endswith(
        "(view figures depends on table observations): drop them, export, and make them again\n"
    )
    with psycopg.connect(postgres) as connection:
        connection.execute("DROP VIEW perfkit.figures")


def test_a_table_that_holds_nothing_any_more_is_emptied_where_it_was_written(
    root: Path, tmp_path: Path, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    export(root, "all", "--to", postgres)
    export(root, "all", "--out", str(tmp_path / "all"))
    store.withdraw("CSS.xlsx", root=root)
    capsys.readouterr()
    assert export(root, "all", "--to", postgres) == cli.DONE
    assert export(root, "all", "--out", str(tmp_path / "all")) == cli.DONE
    assert "6 tables with 4 rows written to" in capsys.readouterr().out
    assert rows(postgres, "SELECT count(*) FROM perfkit.observations") == [(0,)]
    assert pd.read_csv(tmp_path / "all" / "observations.csv").empty


def test_a_wrong_password_is_told_and_not_shown(root: Path, postgres: str, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = postgres.replace(PASSWORD.replace(":", "%3A"), "letmein")
    assert export(root, "star", "--to", wrong) == cli.MISUSED
    told = capsys.readouterr().err
    assert "password authentication failed" in told
    assert "letmein" not in told


def test_the_store_stays_as_it_was(root: Path, tmp_path: Path) -> None:
    state = store.receipts(root=root)
    export(root, "star", "--out", str(tmp_path / "star"))
    assert store.receipts(root=root) == state


def test_each_sheet_of_a_workbook_can_be_filtered_by_its_headings(tmp_path: Path) -> None:
    frame = pd.DataFrame({name: pd.Series(["x", "y"]) for name in star.tidy("councils").names})
    made = export_workbook.make(
        collection.Collection("councils", {"councils": star.tidy("councils")}, {"councils": frame})
    )
    book = openpyxl.load_workbook(io.BytesIO(made))
    last = book["councils"].cell(1, len(frame.columns)).column_letter
    assert book["councils"].auto_filter.ref == f"A1:{last}3"
    assert book["Cover"].auto_filter.ref is None
