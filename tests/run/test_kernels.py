"""Where there is no fork, each notebook has a clean kernel that was started ahead and ends with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest

from perfkit.run import execution, executors, kernels

from .conftest import GOOD
from .test_execution import task

Notebook = Callable[..., Path]
LEAK = "import os\nleaked = 1\nos.environ['LEAKED'] = '1'\nos.chdir('/')\n__import__('numpy').random.seed(1)"
LOOK = "import os\n[name for name in ('leaked',) if name in globals()], 'LEAKED' in os.environ, os.getcwd() == '/'"


@pytest.fixture(scope="module")
def ahead() -> Iterator[Executor]:
    """Open one worker whose kernels are started ahead."""
    with executors.opened("ahead", workers=1) as pool:
        yield pool


@pytest.fixture
def made(ahead: Executor) -> Callable[[Path], execution.Result]:
    return lambda path: ahead.submit(execution.make, task(path, engine="ahead")).result()


def test_it_makes_the_same_page_as_a_forked_process(
    notebook: Notebook, made: Callable[[Path], execution.Result], pool: Executor
) -> None:
    path = notebook(GOOD, "print('said')\ndisplay('shown')\n'last'")
    assert made(path) == pool.submit(execution.make, task(path)).result()


def test_nothing_leaks_into_the_next_notebook(notebook: Notebook, made: Callable[[Path], execution.Result]) -> None:
    assert made(notebook(GOOD, LEAK)).made
    page = made(notebook(GOOD, LOOK)).page
    assert "([], False, False)" in page


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        (
            "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
            "the notebook's process was killed or died before it had finished",
        ),
    ],
)
def test_a_failure_is_told_and_the_next_notebook_is_made(
    notebook: Notebook, made: Callable[[Path], execution.Result], code: str, cause: str
) -> None:
    assert made(notebook(GOOD, code)).cause == cause
    assert made(notebook(GOOD)).made


def test_a_cell_that_takes_too_long_is_stopped(notebook: Notebook, ahead: Executor) -> None:
    slow = replace(task(notebook(GOOD, "import time\ntime.sleep(60)"), engine="ahead"), timeout=1)
    assert ahead.submit(execution.make, slow).result().cause == "a cell took longer than 1 seconds"


def test_the_kernel_that_waits_ends_with_its_worker(notebook: Notebook) -> None:
    with executors.opened("ahead", workers=1) as pool:
        assert pool.submit(execution.make, task(notebook(GOOD), engine="ahead")).result().made
        [waits] = pool.submit(kernels.waiting).result()
        os.kill(waits, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(waits, 0)
