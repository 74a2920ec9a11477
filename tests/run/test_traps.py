"""What bare papermill and nbconvert do silently when things go wrong, tried against perfkit: loud, or right.

| what goes wrong | tried here, and where else |
|---|---|
| a misspelt parameter, or no parameters cell | below; tests/model/test_parameters.py, tests/run/test_execution.py |
| a number given as a word | below; tests/model/test_parameters.py |
| 007, 1E5, 00123, no | below |
| a tuple, a date, a Path or a numpy integer through Python | below; tests/model/test_parameters.py |
| a cell raises | below; tests/run/test_execution.py, tests/run/test_sets.py |
| the kernel is killed | below; tests/run/test_execution.py |
| a time-out, Ctrl-C | below; tests/commands/test_run.py |
| SIGTERM | tests/commands/test_run.py, tests/run/test_sets.py |
| an unknown kernel | below; tests/run/test_execution.py |
| a working directory with several at once | below; tests/run/test_engine.py |
| hostile text through Styler, Markdown and HTML | below; tests/test_hostile_inputs.py |
| two identical runs | below; tests/test_reports.py |
| a PDF without tags | tests/run/test_pdf.py |
"""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from perfkit import cli
from perfkit.model import parameters
from perfkit.model.errors import ParseError
from perfkit.run import execution, executors
from perfkit.run.execution import Result, Task
from perfkit.run.jobs import Job

Notebook = Callable[..., Path]
Made = Callable[..., Result]
CHECKED = """
from perfkit import page, parameters
quarter, directorate, as_of = parameters.check("scorecard", vars()).values()
display(page.title("Scorecard", subtitle=f"{quarter}|{directorate}|{as_of}"))
"""


@pytest.fixture
def made(notebook: Notebook, pool: Executor, tmp_path: Path) -> Made:
    """Make the page of a notebook with parameters that nobody has read before papermill writes them in."""

    def make(*cells: str, timeout: int = execution.TIMEOUT, name: str = "scorecard", **given: Any) -> Result:
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        job = Job("scorecard", name, "Scorecard", "Managers", given)
        task = Task(job, notebook(*cells, name=name), work, work, executors.usual_engine(), timeout)
        return pool.submit(execution.make, task).result()

    return make


def shown(result: Result) -> str:
    assert result.made, result.cause
    found = re.search(r'<p class="pk-subtitle">(.*?)</p>', result.page)
    assert found
    return found[1]


def test_a_misspelt_parameter_makes_no_page_of_the_default_quarter(made: Made) -> None:
    result = made(CHECKED, quartr="2017-18 Q2")
    assert (result.made, result.page) == (False, "")
    assert result.cause == 'scorecard has no parameter "quartr". Did you mean "quarter"?'


def test_a_number_given_as_a_word_is_refused() -> None:
    top = parameters.whole("top", "how many are shown", default=10, least=1)
    with pytest.raises(ParseError, match="expected a whole number, 1 or more, for how many are shown, found 'abc'"):
        top.read("abc")


@pytest.mark.parametrize("value", [7, 100000.0, 83, False, None, ["SCS"]], ids=["007", "1E5", "00123", "no", "~", "[]"])
def test_what_papermill_makes_of_text_is_refused_where_text_is_declared(made: Made, value: object) -> None:
    result = made(CHECKED, directorate=value)
    assert not result.made
    assert "scorecard, parameter directorate: expected text for code of one directorate; empty" in result.cause
    assert result.cause.endswith(f"found {value!r}.")


@pytest.mark.parametrize("value", ["007", "1E5", "00123", "no", "Q1", "' + 1", 'a"b\\n', "{quarter}", "é — ✓"])
def test_text_stays_the_text_that_it_is(made: Made, value: str) -> None:
    assert html.unescape(shown(made(CHECKED, directorate=value))) == f"2017-18 Q1|{value}|"


def test_a_date_through_perfkit_is_read_right_before_anything_runs() -> None:
    assert parameters.check("scorecard", {"as_of": dt.date(2017, 10, 31)})["as_of"] == "2017-10-31"


@pytest.mark.parametrize(
    "value",
    [
        ("2017-18 Q1", "2017-18 Q2"),
        np.int64(7),
        dt.date(2017, 10, 31),
        dt.datetime(2017, 10, 31, 9),
        Path("2017-18 Q1"),
    ],
)
def test_what_is_no_text_makes_no_page_even_where_nobody_read_it_before(made: Made, value: object) -> None:
    result = made(CHECKED, quarter=value)
    assert (result.made, result.page) == (False, "")
    assert result.cause


def test_a_cell_that_raises_makes_no_page(made: Made) -> None:
    result = made(CHECKED, "raise ValueError('bad figure')", "'never reached'")
    assert (result.made, result.page, result.cause) == (False, "", "ValueError: bad figure")


@pytest.mark.skipif(os.name == "nt", reason="a process is killed with a signal")
def test_a_killed_process_makes_no_short_page(made: Made) -> None:
    result = made(CHECKED, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "1")
    assert (result.made, result.page) == (False, "")
    assert "was killed or died before it had finished" in result.cause


def test_a_cell_that_takes_too_long_or_is_interrupted_makes_no_page(made: Made) -> None:
    assert made(CHECKED, "import time; time.sleep(30)", timeout=1).cause == "a cell took longer than 1 seconds"
    stopped = made(CHECKED, "raise KeyboardInterrupt")
    assert (stopped.made, stopped.page) == (False, "")
    assert stopped.cause.startswith("KeyboardInterrupt")


def test_a_notebook_of_an_unknown_kernel_makes_no_page(notebook: Notebook, made: Made, tmp_path: Path) -> None:
    path = notebook(CHECKED)
    book = nbformat.read(path, as_version=4)
    book.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(book, path)
    job = Job("scorecard", "scorecard", "Scorecard", "Managers", {"quarter": "2017-18 Q1"})
    result = execution.make(Task(job, path, tmp_path, tmp_path, executors.usual_engine()))
    assert (result.made, result.page) == (False, "")
    assert result.cause


def test_notebooks_at_the_same_time_keep_their_own_working_directories(
    notebook: Notebook, pool: Executor, tmp_path: Path
) -> None:
    moves = (
        "import os, time\nfrom pathlib import Path\nfrom perfkit import page\n"
        "os.makedirs(directorate, exist_ok=True); os.chdir(directorate); time.sleep(0.2)\n"
        "Path('own').write_text(directorate); display(page.title(os.path.basename(os.getcwd())))"
    )
    path, engine = notebook(moves), executors.usual_engine()
    folders = [str(tmp_path / f"folder-{number}") for number in range(6)]
    (work := tmp_path / "work").mkdir()
    jobs = [Job("scorecard", f"p{n}", "T", "M", {"directorate": folder}) for n, folder in enumerate(folders)]
    waiting = [pool.submit(execution.make, Task(job, path, work, work, engine)) for job in jobs]
    for folder, future in zip(folders, waiting, strict=True):
        assert f"<h1>{Path(folder).name}</h1>" in future.result().page
        assert Path(folder, "own").read_text() == folder


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>x</a>"


def test_hostile_text_becomes_text_or_nothing_whichever_way_it_is_shown(made: Made) -> None:
    result = made(
        CHECKED,
        f"import pandas as pd\nfrom IPython.display import HTML, Markdown\nbad = {HOSTILE!r}\n"
        "display(pd.DataFrame({bad: [bad]}).style)\ndisplay(Markdown(bad))\ndisplay(HTML(bad))\n"
        "display(HTML(pd.DataFrame({bad: [bad]}).to_html(escape=False)))",
        directorate=HOSTILE,
    )
    told = result.page or " ".join(result.findings)
    assert told
    assert "default-src 'none'" in result.page or not result.made
    without_text = re.sub(r"&lt;.*?&gt;", "", result.page)
    assert not re.search(r"<script|<[^>]*\sonerror|javascript:alert\(3\)'?>", without_text)


def test_two_identical_runs_give_the_same_bytes(made: Made) -> None:
    shows = (
        "import pandas as pd, matplotlib.pyplot as plt\nframe = pd.DataFrame({'a': [1, 2]})\n"
        "display(frame.style.highlight_max())\nframe"
    )
    assert made(CHECKED, shows).page == made(CHECKED, shows).page != ""


@pytest.mark.samples
def test_every_row_of_the_table_of_traps_is_named_above(shared: Path) -> None:
    text = (shared / "EXAMPLES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!case|---)(.+?) \|", text.split("nbconvert 7.17.2 do when things go wrong")[1], re.M)
    assert len(rows) == 13
    named = re.findall(r"^\| (?!what goes|---)(.+?) \| (.+) \|$", __doc__ or "", re.M)
    assert len(named) == len(rows)
    for _, places in named:
        for place in re.findall(r"tests/\S+?\.py", places):
            assert (Path(__file__).parents[2] / place).is_file(), place


def test_the_command_line_keeps_text_as_text_and_asks_the_data(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    where = ["--store", str(tmp_path / "store"), "--out", str(tmp_path / "out")]
    raw = project / "data" / "raw" / "2017-18" / "dtoc" / "June_17.xls"
    assert cli.main(["load", str(raw), *where[:2]]) == cli.DONE
    only = ["run", "2017-18 Q1", "--only", "delayed_transfers", *where, "--notebooks", str(project / "notebooks")]
    capsys.readouterr()
    for given, words in {
        "area=007": 'There is no area "007".',
        "area=Illustrative authority 2": 'There is no area "Illustrative authority 2". Did you mean "Illustrative',
        "neighbours=Oxfordshire; Nowhere": 'There is no neighbour "Nowhere".',
        "aera=Kent": 'delayed_transfers has no parameter "aera". Did you mean "area"?',
        "area": '--parameter "area": expected NAME=VALUE, such as area=Kent.',
        "quarter=2017-18 Q2": "--parameter quarter: give it as the first word instead.",
    }.items():
        area = ["-p", "area=Oxfordshire"] if given.startswith("neighbours") else []
        assert cli.main([*only, *area, "-p", given]) == cli.MISUSED
        assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists(), "nothing ran"
