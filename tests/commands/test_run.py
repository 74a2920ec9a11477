"""``perfkit run`` as a schedule uses it: the newest quarter, what it says, whom it tells, and how it is stopped."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from perfkit import cli, store

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
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **pipes, text=True, preexec_fn=_hears_ctrl_c)


def _hears_ctrl_c() -> None:
    """Undo what a shell does to what it starts in the background: there Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_the_newest_quarter_its_log_and_the_command_to_tell(desk: Path) -> None:
    code = "import os, sys; open('told', 'w').write(os.environ['PERFKIT_OUTCOME'] + sys.stdin.read())"
    tell = f'{sys.executable} -c "{code}"'
    options = ["--latest", "--only", "scorecard", "--log-format", "json", "--notify", tell]
    told, complaints = start(*options).communicate()
    assert complaints == ""
    lines = [json.loads(line) for line in told.splitlines()]
    assert lines[0]["event"] == "message"
    assert re.fullmatch(r"0 files loaded, \d+ unchanged, 0 refused.", lines[0]["text"])
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
        ([QUARTER, "-p", "area=Kent"], "--parameter needs --only, which names the report that it is for."),
        ([QUARTER, "--only", "scorecard", "-p", "x=1", "-p", "x=2"], "--parameter x is given twice."),
        (["--latest", "--as-of", "2010-01-01"], "No return has been loaded at all, so there is no latest quarter."),
    ],
    ids=["none", "both", "timeout", "for what", "twice", "too early"],
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


def test_the_tables_stand_beside_a_page_unless_they_are_left_out(desk: Path) -> None:
    table = (
        "from perfkit import page, store, tables\ndisplay(page.title(quarter))\n"
        "tables.table(store.known().directorates, caption='Directorates', columns={'name': 'Name'})"
    )
    write(desk / "notebooks" / "cabinet_report.ipynb", table)
    folder = desk / "reports" / "2017-18-Q1"
    assert cli.main(["run", QUARTER, "--only", "cabinet_report", "--no-take-aways"]) == cli.DONE
    assert not (folder / "cabinet_report.xlsx").exists()
    assert cli.main(["run", QUARTER, "--only", "cabinet_report"]) == cli.DONE
    assert (folder / "cabinet_report.xlsx").is_file()
    assert [path.name for path in (folder / "cabinet_report-tables").iterdir()] == ["1-directorates.csv"]


def test_without_a_browser_the_pages_are_made_and_the_missing_pdf_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    monkeypatch.delenv("PERFKIT_BROWSER", raising=False)
    assert cli.main(["run", QUARTER, "--only", "cabinet_report", "--pdf"]) == cli.DONE
    assert "There is no Chromium, Chrome or Edge on this machine, so no PDF can be made." in capsys.readouterr().err
    assert (desk / "reports" / "2017-18-Q1" / "cabinet_report.html").is_file()


def test_what_has_no_data_is_left_out_and_named_and_alone_is_refused(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", QUARTER, "--log-format", "json"]) == cli.DONE
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"report": "delayed_transfers", "why": f"No delays of {QUARTER} have been loaded"} in summary["left_out"]
    assert "delayed_transfers" not in {page["page"] for page in summary["pages"]}
    index = (desk / "reports" / "2017-18-Q1" / "index.html").read_text(encoding="utf-8")
    assert f"(for health and care leaders): no delays of {QUARTER} have been loaded." in index
    assert cli.main(["run", QUARTER, "--only", "delayed_transfers"]) == cli.MISUSED
    assert capsys.readouterr().err == f"No delays of {QUARTER} have been loaded.\n"


def test_a_council_that_only_keeps_an_action_plan_has_its_quarter_and_its_page(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = {"programme": "peer challenge", "action": "1.1", "as_at": "August 2025", "recommendation": "1",
            "title": "Agree a plan", "status": "complete", "file": "plan.xlsx", "cell": "A2"}  # fmt: skip
    store.save({"actions": pd.DataFrame([plan])}, file="plan.xlsx", content=b"plan", root=desk / "other")
    write(desk / "notebooks" / "delivery.ipynb", "from perfkit import page\npage.title(quarter)")
    others = ["--store", str(desk / "other"), "--out", str(desk / "theirs")]
    shutil.rmtree(desk / "data" / "raw")
    assert cli.main(["run", "--latest", *others]) == cli.DONE
    told = capsys.readouterr().out
    assert "[1/1] Delivery: made" in told
    folder = desk / "theirs" / "2025-26-Q2"
    assert sorted(path.name for path in folder.glob("*.html")) == ["delivery.html", "index.html"]
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "(for managers): no return for 2025-26 Q2 has been loaded." in index
    assert cli.main(["run", "2025-26 Q3", *others]) == cli.MISUSED
    assert "No return for 2025-26 Q3 has been loaded. No return has been loaded at all. There are other figures" in (
        capsys.readouterr().err
    )


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal that a test can hold")
def test_on_a_terminal_one_short_line_tells_how_far_the_run_has_come(desk: Path) -> None:
    import pty

    write(desk / "notebooks" / "scorecard.ipynb", "assert directorate != 'PH', 'PH has no figures'\n" + THIN)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "perfkit", "run", QUARTER, "--only", "scorecard"]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, cwd=desk) as ran:
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # the terminal hangs up when the last writer has gone
            while more := os.read(ours, 4096):
                said += more
    os.close(ours)
    assert ran.returncode == cli.FAILED
    shown = [line.rpartition("\r")[2].rstrip() for line in said.decode().strip().split("\r\n")]
    assert re.fullmatch(r"0 files loaded, \d+ unchanged, 0 refused.", shown[0])
    (failed,) = [line for line in shown if ": failed: " in line]
    assert failed.endswith("/6] Scorecard, Public Health: failed: AssertionError: PH has no figures")
    assert shown[-1].startswith("5 reports ready, 1 failed: ")
    assert "\r0 of 6 pages" in said.decode()
    assert "6 of 6 pages: " in said.decode()
    assert ": made" not in said.decode()
