"""Success is judged by perfkit itself: every cell ran and none failed; anything else is a failure with its cause."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfkit.model.errors import ParameterError
from perfkit.run import execution
from perfkit.run.execution import Result
from perfkit.run.jobs import Job

from .conftest import GOOD

Notebook = Callable[..., Path]


def made(notebook: Path, tmp_path: Path) -> Result:
    given = {"quarter": "2017-18 Q2", "directorate": "", "as_of": ""}
    job = Job("scorecard", "scorecard", "Scorecard", "Managers", given)
    work = tmp_path / "work"
    work.mkdir()
    return execution.make(job, notebook=notebook, work=work, store=tmp_path / "store")


def test_a_good_notebook_becomes_a_page_for_the_quarter_it_was_given(notebook: Notebook, tmp_path: Path) -> None:
    result = made(notebook(), tmp_path)
    assert result.made, result.details
    assert "<h1>Scorecard</h1>" in result.page
    assert "2017-18 Q2" in result.page
    assert "<script" not in result.page


def test_a_cell_that_fails_makes_no_page_and_tells_its_error(notebook: Notebook, tmp_path: Path) -> None:
    result = made(notebook(GOOD, "1 / 0", "'never reached'"), tmp_path)
    assert (result.made, result.page) == (False, "")
    assert result.cause == "ZeroDivisionError: division by zero"
    assert "1 / 0" in result.details


def test_perfkits_own_errors_are_told_in_their_own_words(notebook: Notebook, tmp_path: Path) -> None:
    code = "from perfkit.model.errors import StoreError\nraise StoreError('Nothing has been loaded yet.')"
    assert made(notebook(code), tmp_path).cause == "Nothing has been loaded yet."


def test_a_killed_kernel_is_a_failure(notebook: Notebook, tmp_path: Path) -> None:
    result = made(notebook(GOOD, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "1"), tmp_path)
    assert (result.made, result.page) == (False, "")
    assert "killed or died" in result.cause or "did not run to its end" in result.cause


def test_a_notebook_that_ends_itself_is_a_failure(notebook: Notebook, tmp_path: Path) -> None:
    result = made(notebook(GOOD, "raise SystemExit(0)", "1"), tmp_path)
    assert not result.made


def test_a_cell_that_takes_too_long_is_a_failure(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "TIMEOUT", 1)
    result = made(notebook("import time\ntime.sleep(30)"), tmp_path)
    assert (result.made, result.cause) == (False, "a cell took longer than 1 seconds")


def test_a_notebook_without_a_parameters_cell_is_refused(notebook: Notebook) -> None:
    with pytest.raises(ParameterError, match=r"scorecard\.ipynb has no cell tagged parameters"):
        execution.check_notebook(notebook(tagged=False))


def test_a_missing_notebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"There is no notebook scorecard\.ipynb"):
        execution.check_notebook(tmp_path / "scorecard.ipynb")
