"""Success is judged by perfkit itself: every cell ran and none failed; anything else is a failure with its cause."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import pytest

from perfkit.model.errors import ParameterError
from perfkit.run import execution, executors
from perfkit.run.execution import Result, Task
from perfkit.run.jobs import Job

from .conftest import GOOD

Notebook = Callable[..., Path]


def task(notebook: Path, *, engine: str = "", timeout: int = execution.TIMEOUT) -> Task:
    given = {"quarter": "2017-18 Q2", "directorate": "", "as_of": ""}
    job = Job("scorecard", "scorecard", "Scorecard", "Managers", given)
    work = notebook.parent.parent / "work"
    work.mkdir(exist_ok=True)
    return Task(job, notebook, work, work, engine or executors.usual_engine(), timeout)


@pytest.fixture
def made(pool: Executor) -> Callable[..., Result]:
    return lambda notebook, **options: pool.submit(execution.make, task(notebook, **options)).result()


def test_a_good_notebook_becomes_a_page_for_the_quarter_it_was_given(
    notebook: Notebook, made: Callable[..., Result]
) -> None:
    result = made(notebook())
    assert result.made, result.details
    assert "<h1>Scorecard</h1>" in result.page
    assert "2017-18 Q2" in result.page
    assert "<script" not in result.page


def test_a_kernel_makes_the_same_page_and_tells_the_same_failure(
    notebook: Notebook, made: Callable[..., Result]
) -> None:
    good = notebook(GOOD, "print('said')\ndisplay('shown')\n'last'")
    assert execution.make(task(good, engine="kernel")) == made(good)
    bad = notebook("print('said')\nundefined")
    kernel, fork = execution.make(task(bad, engine="kernel")), made(bad)
    assert kernel.cause == fork.cause == "NameError: name 'undefined' is not defined"


def test_a_cell_that_fails_makes_no_page_and_tells_its_error(notebook: Notebook, made: Callable[..., Result]) -> None:
    result = made(notebook(GOOD, "1 / 0", "'never reached'"))
    assert (result.made, result.page) == (False, "")
    assert result.cause == "ZeroDivisionError: division by zero"
    assert "1 / 0" in result.details


def test_perfkits_own_errors_are_told_in_their_own_words(notebook: Notebook, made: Callable[..., Result]) -> None:
    code = "from perfkit.model.errors import StoreError\nraise StoreError('Nothing has been loaded yet.')"
    assert made(notebook(code)).cause == "Nothing has been loaded yet."


@pytest.mark.parametrize(
    "code",
    ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "import os\nos._exit(0)", "exit()"],
    ids=["killed", "ended", "left"],
)
def test_a_notebook_whose_process_goes_is_a_failure(notebook: Notebook, made: Callable[..., Result], code: str) -> None:
    result = made(notebook(GOOD, code, "1"))
    assert (result.made, result.page) == (False, "")
    assert result.cause == "the notebook's process was killed or died before it had finished"


def test_a_notebook_that_ends_itself_is_a_failure(notebook: Notebook, made: Callable[..., Result]) -> None:
    assert made(notebook(GOOD, "raise SystemExit(0)", "1")).cause == "SystemExit: 0"


def test_a_cell_that_takes_too_long_is_a_failure(notebook: Notebook, made: Callable[..., Result]) -> None:
    result = made(notebook("import time\ntime.sleep(30)"), timeout=1)
    assert (result.made, result.cause) == (False, "a cell took longer than 1 seconds")


def test_a_missing_kernel_is_told_by_its_name(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    def none(_: KernelSpecManager, name: str) -> None:
        raise NoSuchKernel(name)

    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", none)
    result = execution.make(task(notebook(), engine="kernel"))
    assert result.cause == 'there is no Jupyter kernel "python3" here: install ipykernel, or run with --engine fork'


def test_a_notebook_without_a_parameters_cell_is_refused(notebook: Notebook) -> None:
    with pytest.raises(ParameterError, match=r"scorecard\.ipynb has no cell tagged parameters"):
        execution.check_notebook(notebook(tagged=False))


def test_a_missing_notebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"There is no notebook scorecard\.ipynb"):
        execution.check_notebook(tmp_path / "scorecard.ipynb")
