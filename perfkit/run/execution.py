"""Make one page: run its notebook, judge whether every cell really ran, and export the page."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfkit.model import environment
from perfkit.model.errors import ParameterError
from perfkit.run import grammar, links, page_check, page_tree, takeaways
from perfkit.run.jobs import Job
from perfkit.run.manifest import Read
from perfkit.run.takeaways import Made, Wanted

TIMEOUT = 600
"""Seconds that one cell may take."""


@dataclass(frozen=True)
class Result:
    """What became of a job: ``made`` with the page's text and take-aways, or failed with its cause and the details.

    The details are a traceback, or every finding of the check that the page failed.
    """

    job: Job
    made: bool
    page: str = ""
    cause: str = ""
    details: str = ""
    reads: tuple[Read, ...] = ()
    findings: tuple[str, ...] = ()
    taken: Made = field(default_factory=Made)


@dataclass(frozen=True)
class Task:
    """How a job is carried out: its notebook, the folder to work in, the store, and what runs the cells.

    ``engine`` is ``fork`` for a process forked from this one (`perfkit.run.engine`), ``ahead`` for a Jupyter kernel
    that was started while the page before was made (`perfkit.run.kernels`), or ``kernel`` for an ordinary one;
    ``timeout`` is in seconds, for each cell.
    """

    job: Job
    notebook: Path
    work: Path
    store: Path
    engine: str = "kernel"
    timeout: int = TIMEOUT
    wanted: Wanted = field(default_factory=Wanted)


def make(task: Task) -> Result:
    """Run a notebook and give the page; a failure of any kind becomes a `Result` that says why."""
    noted = task.work / f"{task.job.name}.reads"
    os.environ |= {environment.STORE: str(task.store), environment.READS: str(noted)}
    output = task.work / f"{task.job.name}.ipynb"
    try:
        _execute(task, output)
        if fault := find_fault(_read(output)):
            return Result(task.job, False, cause=fault)
        page = links.settle(_export(output, task.job.title), absent=task.job.absent)
        return _checked(page, task, _reads(noted))
    except Exception as error:
        return Result(task.job, False, cause=_cause(error, task), details=str(error))


def _checked(page: str, task: Task, reads: tuple[Read, ...]) -> Result:
    """Give the page with its take-aways, or every finding of the check that it does not pass."""
    tree = page_tree.read(page)
    faults = page_check.check(page, page=tree)
    if not faults:
        taken = takeaways.make(page, name=task.job.name, wanted=task.wanted, page=tree)
        return Result(task.job, True, page=page, reads=reads, taken=taken)
    findings = tuple(map(str, faults))
    told = "\n".join(findings)
    return Result(task.job, False, cause=page_check.cause(faults), details=told, findings=findings)


def check_notebook(path: Path) -> None:
    """Refuse a notebook that is missing or has no cell tagged ``parameters``, before any kernel starts."""
    if not path.is_file():
        raise ParameterError(f"There is no notebook {path.name} in {path.parent}.")
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError) as error:
        raise ParameterError(f"{path.name} is no notebook that can be read ({error}).") from None
    if not any("parameters" in cell["metadata"].get("tags", []) for cell in cells):
        raise ParameterError(f"{path.name} has no cell tagged parameters, so it would ignore what it is asked for.")


def find_fault(notebook: Any) -> str:
    """Say what is wrong with an executed notebook: a cell that failed or never ran; "" where all is well.

    Nothing that the runner wrote into the metadata is trusted: a killed kernel leaves its cells marked completed.
    """
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    for number, cell in enumerate(code, 1):
        failed = [out for out in cell["outputs"] if out["output_type"] == "error"]
        if failed:
            return _first_line(f"{failed[0]['ename']}: {failed[0]['evalue']}")
        if cell["execution_count"] != number:
            return f"code cell {number} of {len(code)} did not run to its end: the notebook's process stopped"
    return "" if code else "the notebook has no code"


def _execute(task: Task, output: Path) -> None:
    grammar.leave_out()
    import papermill

    papermill.execute_notebook(
        str(task.notebook),
        str(output),
        parameters=task.job.parameters,
        kernel_name="python3",
        engine_name=_engine(task.engine),
        progress_bar=False,
        execution_timeout=task.timeout,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        # Errors only: the kernel's warning that it listens on loopback without encryption helps nobody in a run's log.
        extra_arguments=["--IPKernelApp.log_level=40"],
    )


def _engine(name: str) -> str | None:
    """Name papermill's engine; None for an ordinary kernel."""
    if name == "ahead":
        from perfkit.run import kernels

        return kernels.register()
    return "perfkit" if name == "fork" else None


def _reads(noted: Path) -> tuple[Read, ...]:
    lines = noted.read_text(encoding="utf-8").splitlines() if noted.is_file() else []
    return tuple(Read(**json.loads(line)) for line in dict.fromkeys(lines))


def _read(path: Path) -> Any:
    grammar.leave_out()
    import nbformat

    return nbformat.read(path, as_version=4)


def _export(path: Path, title: str) -> str:
    from nbconvert.exporters import get_exporter

    page, _ = get_exporter("perfkit")().from_filename(str(path), resources={"metadata": {"name": title}})
    return str(page)


def _cause(error: Exception, task: Task) -> str:
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    if isinstance(error, PapermillExecutionError):
        # perfkit's own errors already read as sentences; the name of their class would add nothing.
        own = error.ename in {"ParameterError", "StoreError", "InputError", "ParseError"}
        return _first_line(error.evalue if own else f"{error.ename}: {error.evalue}")
    if isinstance(error, DeadKernelError):
        return "the notebook's process was killed or died before it had finished"
    if isinstance(error, CellTimeoutError):
        return f"a cell took longer than {task.timeout} seconds"
    if isinstance(error, NoSuchKernel):
        return f'there is no Jupyter kernel "{error.name}" here: install ipykernel, or run with --engine fork'
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}"
    return _first_line(f"{type(error).__name__}: {error}")


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "no reason was given"
