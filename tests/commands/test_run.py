"""``perfkit run`` as a schedule uses it: the newest quarter, what it says, whom it tells, and how it is stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from perfkit import cli

QUARTER = "2017-18 Q1"
THIN = "from perfkit import page, store\npage.title(quarter, subtitle=str(len(store.known().observations)))"


@pytest.fixture(scope="module")
def loaded(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the sample pack once, beside notebooks that are quick to run."""
    desk = tmp_path_factory.mktemp("desk")
    raw = desk / "data" / "raw" / "2017-18"
    shutil.copytree(project / "data" / "raw" / "2017-18", raw, ignore=shutil.ignore_patterns("dtoc"))
    (desk / "notebooks").mkdir()
    for path in (project / "notebooks").glob("*.ipynb"):
        write(desk / "notebooks" / path.name, THIN)
    command = [sys.executable, "-m", "perfkit", "load", "data/raw", "--store", "data/processed"]
    subprocess.run(command, cwd=desk, check=True, capture_output=True)
    return desk


def write(path: Path, code: str) -> None:
    """Write a notebook with the parameters that every report has."""
    given = f'quarter = "{QUARTER}"\ndirectorate = ""\nas_of = ""'
    first = nbformat.v4.new_code_cell(given, id="p", metadata={"tags": ["parameters"]})
    python = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [first, nbformat.v4.new_code_cell(code, id="c")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=python), path)


@pytest.fixture
def desk(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PERFKIT_STORE", raising=False)
    return tmp_path


def start(*options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "perfkit", "run", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_newest_quarter_its_log_and_the_command_to_tell(desk: Path) -> None:
    code = "import os, sys; open('told', 'w').write(os.environ['PERFKIT_OUTCOME'] + sys.stdin.read())"
    tell = f'{sys.executable} -c "{code}"'
    options = ["--latest", "--only", "scorecard", "--log-format", "json", "--notify", tell]
    told, complaints = start(*options).communicate()
    assert complaints == ""
    lines = [json.loads(line) for line in told.splitlines()]
    assert lines[0] == {"event": "message", "text": "0 files loaded, 8 unchanged, 0 refused."}
    assert [line["status"] for line in lines[1:-1]] == ["made"] * 6
    assert (lines[-1]["outcome"], lines[-1]["quarter"]) == ("made", QUARTER)
    notified = (desk / "told").read_text(encoding="utf-8")
    assert notified.startswith("made{")
    assert json.loads(notified.removeprefix("made")) == lines[-1]


def test_nothing_changed_is_found_out_without_pandas_and_any_change_is_noticed(desk: Path) -> None:
    code = (
        "import sys; from perfkit import cli; status = cli.main(sys.argv[1:]); print('pandas' in sys.modules, status)"
    )
    command = [sys.executable, "-c", code, "run", QUARTER, "--only", "cabinet_report"]

    def told() -> list[str]:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    assert told()[-1] == "True 0"
    assert told() == [
        "[1/1] Cabinet report: unchanged",
        f"1 report ready, 0 failed: {desk / 'reports' / '2017-18-Q1' / 'index.html'}",
        "False 0",
    ]
    (desk / "reports" / "2017-18-Q1" / "cabinet_report.html").write_text("edited")
    assert told()[-1] == "True 0"
    write(desk / "notebooks" / "cabinet_report.ipynb", THIN + "\npage.text('More.')")
    assert "[1/1] Cabinet report: made" in told()


def test_the_index_of_all_quarters_links_each(desk: Path) -> None:
    assert cli.main(["run", QUARTER, "--only", "cabinet_report"]) == cli.DONE
    text = (desk / "reports" / "index.html").read_text(encoding="utf-8")
    assert '<a href="2017-18-Q1/index.html">2017-18 Q1</a>' in text
    assert "1 report, up to date: 1 new or changed." in text
    assert "workbooks named above" not in text, "what a page names, its own foot may speak of"
    assert "<script" not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a process can answer")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "interrupted"])
def test_a_run_that_is_asked_to_stop_keeps_the_last_good_page_and_says_so(desk: Path, number: signal.Signals) -> None:
    assert cli.main(["run", QUARTER, "--only", "cabinet_report"]) == cli.DONE
    page = desk / "reports" / "2017-18-Q1" / "cabinet_report.html"
    good = page.read_bytes()
    write(
        desk / "notebooks" / "cabinet_report.ipynb",
        "import time, pathlib\npathlib.Path('begun').touch()\ntime.sleep(60)",
    )
    run = start(QUARTER, "--only", "cabinet_report")
    until = time.monotonic() + 20
    while not (desk / "begun").exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    run.send_signal(number)
    told, _ = run.communicate(timeout=20)
    name = "SIGTERM" if number == signal.SIGTERM else "Ctrl-C"
    assert f"Cabinet report: failed: the run was stopped by {name} before it was made" in told
    assert run.returncode == cli.FAILED
    assert page.read_bytes() == good
    index = page.with_name("index.html").read_text(encoding="utf-8")
    assert f"Failed: the run was stopped by {name} before it was made. The page linked is the last good one" in index


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], 'Name one quarter, such as "2017-18 Q1", or give --latest.'),
        ([QUARTER, "--latest"], 'Name one quarter, such as "2017-18 Q1", or give --latest.'),
        ([QUARTER, "--timeout", "0"], "--timeout 0: expected 1 second or more."),
        (["--latest", "--as-of", "2010-01-01"], "No return has been loaded at all, so there is no latest quarter."),
    ],
    ids=["none", "both", "timeout", "too early"],
)
def test_what_cannot_be_carried_out_is_refused(
    desk: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    assert cli.main(["run", *options]) == cli.MISUSED
    assert words in capsys.readouterr().err
    assert not (desk / "reports").exists()


def test_a_command_to_tell_that_fails_is_itself_told(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", QUARTER, "--only", "cabinet_report", "--notify", "exit 3"]) == cli.DONE
    assert "The command of --notify ended with status 3." in capfd.readouterr().err
