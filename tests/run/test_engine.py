"""Each notebook's cells run in a clean process of their own, and what they show is kept as a kernel would keep it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import nbformat
import pytest

from perfkit.run import execution

from .test_execution import Notebook, task

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked on this system")

LEAK = """
import os, random, sys, tempfile, logging, warnings
import numpy as np, pandas as pd, matplotlib as mpl
left_behind = 1
mpl.rcParams["font.size"] = 33
os.environ["LEFT_BEHIND"] = "1"
os.chdir(tempfile.gettempdir())
random.seed(99); np.random.seed(99)
pd.set_option("display.max_rows", 7)
sys.path.insert(0, "left-behind")
pd.DataFrame.left_behind = 1
np.seterr(all="ignore")
logging.getLogger().setLevel(5)
"""
SEE = """
import os, random, sys, logging
import numpy as np, pandas as pd, matplotlib as mpl
print("left_behind" in globals(), mpl.rcParams["font.size"], os.environ.get("LEFT_BEHIND"), os.getcwd())
print(random.random(), np.random.random(), pd.get_option("display.max_rows"), "left-behind" in sys.path)
print(hasattr(pd.DataFrame, "left_behind"), np.geterr()["divide"], logging.getLogger().level)
"""


def outputs(pool: Executor, notebook: Path) -> list[Any]:
    """Run a notebook; give what each code cell after the parameters shows."""
    given = task(notebook)
    result = pool.submit(execution.make, given).result()
    assert result.made, result.details
    cells = nbformat.read(given.work / "scorecard.ipynb", as_version=4).cells
    return [cell.outputs for cell in cells if re.fullmatch(r"c\d", cell.id)]


def test_a_notebook_sees_nothing_of_the_one_before(notebook: Notebook, pool: Executor) -> None:
    before = outputs(pool, notebook(SEE, name="see"))[0][0].text
    outputs(pool, notebook(LEAK, SEE, name="leak"))
    assert outputs(pool, notebook(SEE, name="see"))[0][0].text == before
    assert before.startswith("False 10.0 None ")


def test_the_preloaded_parent_has_one_thread_and_no_socket(pool: Executor) -> None:
    parent = Path(f"/proc/{pool.submit(os.getppid).result()}")
    if not parent.is_dir():
        pytest.skip("the threads and open files of another process are read from /proc")
    assert len(list((parent / "task").iterdir())) == 1
    opened = [str(file.readlink()) for file in (parent / "fd").iterdir()]
    assert not [name for name in opened if name.startswith("socket:")]


def test_what_is_printed_displayed_updated_and_cleared_is_kept(notebook: Notebook, pool: Executor) -> None:
    shown = outputs(
        pool,
        notebook(
            "print('a', end='')\nprint('b')\nimport sys\nprint('c', file=sys.stderr)\nprint('d')",
            "from IPython.display import clear_output\nprint('gone')\nclear_output(wait=True)\n'kept'",
            "h = display('old', display_id=True)",
            "h.update('new')\n7;",
            "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
        ),
    )
    assert [(o.name, o.text) for o in shown[0]] == [("stdout", "ab\n"), ("stderr", "c\n"), ("stdout", "d\n")]
    assert [(o.output_type, o.data["text/plain"]) for o in shown[1]] == [("execute_result", "'kept'")]
    assert [o.data["text/plain"] for o in shown[2]] == ["'new'"]
    assert shown[3] == []
    assert shown[4][0].data["image/png"].startswith("iVBOR")


@pytest.mark.parametrize("victim", ["driver", "parent"])
def test_no_process_outlives_a_driver_that_crashed(notebook: Notebook, tmp_path: Path, victim: str) -> None:
    note = tmp_path / "pid"
    path = notebook(
        f"import os, time, pathlib\npathlib.Path({str(note)!r}).write_text(str(os.getpid()))\ntime.sleep(60)"
    )
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(path), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert driver.stdout is not None
    parent = int(driver.stdout.readline())
    _wait(lambda: note.is_file() and note.read_text() != "")
    os.kill(driver.pid if victim == "driver" else parent, 9)
    _wait(lambda: not _lives(int(note.read_text())))
    driver.kill()
    driver.wait()
    _wait(lambda: not _lives(parent))


DRIVER = """
import sys
from pathlib import Path
from perfkit.run import execution, executors
from perfkit.run.jobs import Job
with executors.opened("fork", workers=1) as pool:
    print(pool._process.pid, flush=True)
    job = Job("scorecard", "scorecard", "Scorecard", "Managers", {"quarter": "2017-18 Q1"})
    path, work = map(Path, sys.argv[1:])
    pool.submit(execution.make, execution.Task(job, path, work, work, "fork")).exception()
"""


def _wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until, "waited for 20 seconds"
        time.sleep(0.05)


def _lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_papermill_uses_the_engine_by_its_name(notebook: Notebook, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--engine",
        "perfkit",
        str(notebook("quarter")),
        str(tmp_path / "o.ipynb"),
    ]
    ran = subprocess.run([*command, "-p", "quarter", "2017-18 Q2"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    cells = nbformat.read(tmp_path / "o.ipynb", as_version=4).cells
    assert cells[-1].outputs[0].data["text/plain"] == "'2017-18 Q2'"
