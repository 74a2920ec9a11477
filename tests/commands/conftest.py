"""What several tests of commands start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfkit import cli


@pytest.fixture(scope="session")
def store_of_pack(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the framework and quarter 1; tests must not write into it."""
    place = tmp_path_factory.mktemp("store")
    source = project / "data" / "raw" / "2017-18"
    assert cli.main(["load", str(source / "framework.xlsx"), str(source / "Q1"), "--store", str(place)]) == cli.DONE
    return place
