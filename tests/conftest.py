"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"


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
