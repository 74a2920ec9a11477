"""What the tests of forms share: the sample pack's council and its quarter, loaded once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from perfkit import cli
from perfkit.commands import form_files

COUNCIL = "Oxfordshire County Council"


@pytest.fixture(scope="session")
def pack_store(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the sample pack's framework, history and quarter 1 into a store; tests must not write into it."""
    desk = tmp_path_factory.mktemp("pack")
    source = project / "data" / "raw" / "2017-18"
    raw = desk / "raw" / "2017-18"
    shutil.copytree(source / "Q1", raw / "Q1")
    for name in ("framework.xlsx", "history.xlsx"):
        shutil.copy(source / name, raw)
    assert cli.main(["load", str(desk / "raw"), "--store", str(desk / "store")]) == cli.DONE
    return desk / "store"


@pytest.fixture(scope="session")
def tables(pack_store: Path) -> dict[str, pd.DataFrame]:
    """Give the tables of the sample pack."""
    return form_files.known(pack_store)
