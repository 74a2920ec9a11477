"""The command line as a user types it: what it makes, what it refuses, and with which exit status."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from perfkit import cli


@pytest.fixture
def desk(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a folder as a user has it: raw data, notebooks, nothing loaded or made yet."""
    shutil.copytree(project / "data" / "raw", tmp_path / "data" / "raw")
    shutil.copytree(project / "notebooks", tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PERFKIT_STORE", raising=False)
    return tmp_path


def spoil(workbook: Path, cell: str, value: object, *, sheet: str = "Dashboard") -> None:
    book = openpyxl.load_workbook(workbook)
    book[sheet][cell] = value
    book.save(workbook)


def test_load_keeps_the_pack_and_a_second_time_changes_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", "data/raw"]) == cli.DONE
    assert "29 files loaded, 0 unchanged, 0 refused." in capsys.readouterr().out
    assert cli.main(["load", "data/raw"]) == cli.DONE
    assert "0 files loaded, 29 unchanged, 0 refused." in capsys.readouterr().out


def test_check_tells_the_stray_dash_and_the_homoglyphs_of_the_pack_and_keeps_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "data/raw/2017-18"]) == cli.DONE
    told = capsys.readouterr()
    assert (
        '2017-18/Q1/returns/CSS.xlsx: 1 warning.\n  Warning: sheet Dashboard, cell E10\n    found       "-1,562"\n'
        '    expected    "1,562", as in the framework\n'
    ) in told.out
    assert "GREEK CAPITAL LETTER ALPHA" in told.out
    assert "an achievement about indicator 46, which is rated red" in told.out
    assert told.out.endswith("0 errors, 5 warnings.\n")
    assert told.err == "", "what was asked for goes where it can be kept: perfkit check PATH > FILE"
    assert not (desk / "data" / "processed").exists()


def test_a_text_in_a_number_cell_is_told_with_its_cell_and_nothing_is_made(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    returns = desk / "data" / "raw" / "2017-18" / "Q1" / "returns"
    spoil(returns / "SCS.xlsx", "G9", "n/a - see note")
    spoil(returns / "PH.xlsx", "G9", "about ninety")
    assert cli.main(["run", "2017-18 Q1"]) == cli.BAD_INPUT
    told = capsys.readouterr()
    issues = " ".join(told.err.split())
    assert 'SCS.xlsx: 1 error and 1 warning. Error: sheet Dashboard, cell G9 found "n/a - see note" expected' in issues
    assert 'PH.xlsx: 1 error and 1 warning. Error: sheet Dashboard, cell G9 found "about ninety" expected' in issues
    assert "No report was made. The last good reports stay as they are." in told.out
    assert not (desk / "reports").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "2017-18 Q5"], '"2017-18 Q5" is not a quarter: a year has quarters 1 to 4.'),
        (["run", "rubbish"], '"rubbish" is not a quarter: expected one such as "2017-18 Q1".'),
        (["template", "--quarter", "rubbish"], '"rubbish" is not a quarter: expected one such as "2017-18 Q1".'),
        (["run", "2017-18"], '"2017-18" is a year, expected a quarter such as "2017-18 Q1".'),
        (["run", "2017-18 Q1", "--only", "scorcard"], 'There is no report "scorcard". Did you mean "scorecard"?'),
        (["run", "2017-18 Q1", "--directorate", "SSC"], 'There is no directorate "SSC". Did you mean "SCS"?'),
        (["run", "2017-18 Q1", "--raw", "data/rwa"], "There is no file or folder data/rwa."),
        (["run", "2017-18 Q1", "--notebooks", "nowhere"], "There is no notebook cabinet_report.ipynb in"),
        (["run", "2017-18 Q1", "--workers", "0"], "--workers 0: expected 1 or more."),
        (["run", "2017-18 Q2"], "No return for 2017-18 Q2 has been loaded. There are returns for 2017-18 Q1."),
        (["run", "2017-18 Q1", "--as-of", "soon"], 'as_of "soon" is not a day'),
        (["load", "nowhere"], "There is no file or folder nowhere."),
        (["load", "data/raw", "--received", "July"], '--received "July" is not a day'),
        (["export", "observation"], 'There is no table "observation"'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_carried_out_is_refused_with_the_reason(
    desk: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert cli.main(arguments) == cli.MISUSED
    assert words in capsys.readouterr().err
    assert not (desk / "reports").exists()


def test_an_empty_store_says_how_to_fill_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "observations"]) == cli.MISUSED
    assert (
        "Nothing has been loaded yet. Load the folder of raw data first: perfkit load data/raw"
        in capsys.readouterr().err
    )


def test_export_writes_a_table_with_its_lineage(desk: Path) -> None:
    cli.main(["load", "data/raw"])
    assert cli.main(["export", "assessments"]) == cli.DONE
    with (desk / "assessments.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 52
    assert all(row["file"] and row["cell"] and len(row["vintage"]) == 12 for row in rows)
    assert cli.main(["export", "delays", "--format", "parquet", "--out", "d.parquet"]) == cli.DONE
    assert len(pd.read_parquet(desk / "d.parquet")) > 15 * 151


def test_export_gives_what_was_known_on_a_day(desk: Path) -> None:
    cli.main(["load", "data/raw"])
    returns = desk / "data" / "raw" / "2017-18" / "Q1" / "returns"
    spoil(returns / "CSS.xlsx", "G10", 1190)
    cli.main(["load", "data/raw", "--received", "2017-10-20"])
    visits = {}
    for day in ("2017-09-30", "2017-10-31"):
        cli.main(["export", "observations", "--as-of", day, "--out", "o.csv"])
        frame = pd.read_csv(desk / "o.csv")
        now = frame[(frame["indicator"] == "safe-and-well-visits") & (frame["period"] == "2017-18 Q1")]
        visits[day] = now["value"].tolist()
    assert visits == {"2017-09-30": [1180.0], "2017-10-31": [1190.0]}


def test_status_says_what_is_loaded(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", "data/raw"])
    capsys.readouterr()
    assert cli.main(["status"]) == cli.DONE
    told = capsys.readouterr().out
    assert "29 files loaded; returns for: 2017-18 Q1" in told
    assert "indicators                      50 rows" in told


def test_status_names_files_of_which_the_stores_copy_is_lost(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", "data/raw"])
    for kept in Path("data/processed").rglob("savings.parquet"):
        kept.write_bytes(b"damaged")
    capsys.readouterr()
    assert cli.main(["status"]) == cli.DONE
    words = "The store's copy of 2017-18/savings_programme.xlsx is gone or damaged: load it again."
    assert words in capsys.readouterr().err
    assert cli.main(["load", "data/raw"]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["status"]) == cli.DONE
    assert capsys.readouterr().err == ""


def test_status_says_how_to_make_again_what_perfkit_made_itself(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", "data/raw"])
    assert cli.main(["outlook", "calibrate"]) == cli.DONE
    for kept in Path("data/processed").rglob("calibrations.parquet"):
        kept.write_bytes(b"damaged")
    capsys.readouterr()
    cli.main(["status"])
    assert "outlook-calibration.json is gone or damaged: make it again with perfkit outlook." in capsys.readouterr().err


WHAT_IT_NEEDS = {"check": ["x"], "template": ["--quarter", "2017-18 Q1"], "roll": ["2017-18 Q1"], "check-page": ["x"],
                 "take-away": ["x"], "export": ["all"], "outlook": ["score"], "verify": ["x"]}  # fmt: skip
"""Commands that cannot do without some word, and one that will do."""
HELP = """
import sys
from collections.abc import Iterator
from perfkit.cli import main
try:
    main(["--help"])
except SystemExit:
    slow = {"pandas", "numpy", "matplotlib", "openpyxl", "nbformat", "jinja2", "papermill", "asyncio",
            "perfkit.keeping.receipts", "perfkit.commands.run", "hashlib", "tomllib"}
    print(sorted(slow & set(sys.modules)))
"""


def test_python_m_perfkit_works_and_help_imports_nothing_slow() -> None:
    told = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True).stdout
    assert told.strip().endswith("[]")
    version = subprocess.run([sys.executable, "-m", "perfkit", "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("perfkit 0.")


def test_whoever_reads_the_first_lines_alone_is_not_told_of_a_fault(tmp_path: Path) -> None:
    command = f"{sys.executable} -m perfkit diff --store '{tmp_path}' | true"
    told = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert told.stderr == ""


STOPPED = """
import sys
from collections.abc import Iterator

class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "perfkit.commands":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
from perfkit.__main__ import main
sys.exit(main())
"""


def test_whoever_stops_it_while_it_starts_sees_a_word_and_no_traceback() -> None:
    ended = subprocess.run([sys.executable, "-c", STOPPED], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (cli.FAILED, "", "Stopped.\n")


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["status", "--store", ""], "--store"),
        (["run", "2017-18 Q1", "--raw", ""], "--raw"),
        (["run", "2017-18 Q1", "--out", " "], "--out"),
        (["load", ""], "PATH"),
        (["check", ""], "PATH"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_empty_name_of_a_file_or_folder_is_not_taken_for_the_current_folder(
    desk: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], option: str
) -> None:
    before = sorted(desk.iterdir())
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == cli.MISUSED
    words = f"argument {option}: a file or folder must be named, and the text given is empty"
    assert words in capsys.readouterr().err
    assert sorted(desk.iterdir()) == before


@pytest.mark.parametrize("place", ["store.txt", "store.txt/below"])
def test_a_file_where_the_store_should_be_is_named_with_what_to_do(
    desk: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (desk / "store.txt").write_text("a note", encoding="utf-8")
    assert cli.main(["load", "data/raw", "--store", place]) == cli.MISUSED
    words = f"The store must be a folder, and {desk / 'store.txt'} is a file: name a folder with --store or move it."
    assert capsys.readouterr().err.strip() == words


def test_a_command_has_its_own_options_and_the_store_whichever_was_typed() -> None:
    for name in cli.COMMANDS:
        assert cli.parser([name]).parse_known_args([name, "--store", "s", *WHAT_IT_NEEDS.get(name, [])])[0].store


def test_a_store_that_may_not_be_read_does_not_pass_for_an_empty_one(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(self))

    (desk / "store" / "receipts").mkdir(parents=True)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert cli.main(["status", "--store", "store"]) == cli.MISUSED
    told = capsys.readouterr()
    assert "0 files loaded" not in told.out
    assert f"{desk / 'store' / 'receipts'} may not be read or written" in told.err


def test_a_folder_of_pages_that_may_not_be_read_does_not_pass_for_a_sound_one(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object) -> Iterator[os.DirEntry[str]]:
        raise PermissionError(13, "Permission denied", path)

    (desk / "reports").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    assert cli.main(["check-page", "reports"]) == cli.MISUSED
    assert f"{desk / 'reports'} may not be read or written" in capsys.readouterr().err
