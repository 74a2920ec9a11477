"""Small notebooks to run, good and bad, and one preloaded parent to run them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import nbformat
import pytest

from perfkit.run import executors

GOOD = "from perfkit import page\npage.title('Scorecard', subtitle=quarter)"


@pytest.fixture(scope="session")
def pool() -> Iterator[Executor]:
    """Open the executor that runs use, once for all tests: its imports take longest."""
    with executors.opened(executors.usual_engine(), workers=2) as opened:
        yield opened


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook whose first cell declares quarter, directorate and as_of."""

    def write(*cells: str, name: str = "scorecard", tagged: bool = True) -> Path:
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        first = nbformat.v4.new_code_cell('quarter = "2017-18 Q1"\ndirectorate = ""\nas_of = ""', id="p")
        if tagged:
            first.metadata["tags"] = ["parameters"]
        rest = [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(cells or (GOOD,))]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        path = folder / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[first, *rest], metadata=kernel), path)
        return path

    return write
