"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from .browser import chromium

__all__ = ["chromium"]

# pytest --hypothesis-profile thorough tries each property some thousands of times; without it, a hundred.
settings.register_profile("thorough", max_examples=5_000, deadline=None)
settings.register_profile("quick", max_examples=100, deadline=None)
settings.load_profile("quick")

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
OF_ONE = {"PYTHONHASHSEED": "77", "TZ": "America/Los_Angeles", "LC_ALL": "C"}
"""The order of hashes, the clock and the words of one of two machines on which pages must come out alike."""
_PATIENCE = 300
_LONG = ("test_pages_in_browser", "test_hostile_inputs", "test_sparse_packs", "test_reports", "test_kills", "test_year")
"""Modules that take longest and have few tests: begun last, one worker would end long after the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest modules."""
    items.sort(key=lambda item: item.path.stem not in _LONG)


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """Give every test the environment that the session began with: a run sets variables for its notebooks."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def project() -> Path:
    """Give the folder of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real national workbooks and reference answers, or skip where it is not."""
    if not (SHARED / "samples").is_dir():
        pytest.skip(
            "the real workbooks and reference answers stand beside the checkout in ../shared; they are not here"
        )
    return SHARED


@pytest.fixture(scope="session")
def real_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the pages that the sample pack makes; tests must not write into it."""
    return _made_once(tmp_path_factory, "county", PROJECT / "data" / "raw", "2017-18 Q1")


@pytest.fixture(scope="session")
def city_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the pages that the sample pack makes of the city council; tests must not write into it."""
    return _made_once(tmp_path_factory, "city", PROJECT / "data" / "raw" / "oxford-city", "2024-25 Q3")


def _made_once(factory: pytest.TempPathFactory, name: str, raw: Path, quarter: str) -> Path:
    """Make pages once for all workers of a session: the first that asks makes them, the others wait."""
    several = "PYTEST_XDIST_WORKER" in os.environ
    root = factory.getbasetemp().parent if several else factory.getbasetemp()
    desk, told = root / name, root / f"{name}.txt"
    try:
        desk.mkdir()
    except FileExistsError:
        until = time.monotonic() + _PATIENCE
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.1)
    else:
        made = make_pages(raw, desk, quarter=quarter)
        (root / f"{name}.part").write_text(f"{made.returncode}\n{made.stdout}{made.stderr}", encoding="utf-8")
        (root / f"{name}.part").rename(told)
    outcome = told.read_text(encoding="utf-8")
    assert outcome.startswith("0\n"), outcome
    return desk / "reports" / quarter.replace(" ", "-")


@pytest.fixture(scope="session")
def every_page(real_pages: Path, city_pages: Path) -> list[Path]:
    """Give every page of both councils: the reports, the index of the quarter and the index of all quarters."""
    pages = [page for folder in (real_pages, city_pages) for page in sorted(folder.glob("*.html"))]
    pages += [folder.parent / "index.html" for folder in (real_pages, city_pages)]
    assert len(pages) >= 12 + 1 + 2 + 2, pages
    return pages


def make_pages(raw: Path, desk: Path, *, quarter: str = "2017-18 Q1") -> subprocess.CompletedProcess[str]:
    """Make the pages of a quarter from a folder of raw data, into a desk."""
    shutil.copytree(PROJECT / "notebooks", desk / "notebooks")
    command = [sys.executable, "-m", "perfkit", "run", quarter, "--raw", str(raw), "--workers", "4"]
    given = {name: value for name, value in os.environ.items() if name != "PERFKIT_STORE"} | OF_ONE
    return subprocess.run(command, cwd=desk, env=given, capture_output=True, text=True, check=False)
