"""How many pages are made at once follows the cores and the memory that this process may use."""

from __future__ import annotations

import os

import pytest

from perfkit.run import executors


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system does not limit a process to cores")
def test_a_process_limited_to_one_core_makes_one_page_at_once() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert executors.most() == 1
    finally:
        os.sched_setaffinity(0, before)


def test_little_memory_limits_the_pages_made_at_once_but_never_to_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_free_megabytes", lambda: 100)
    assert executors.most() == executors.most(8) == 1


def test_never_more_than_was_asked_for() -> None:
    assert executors.most(1) == 1
