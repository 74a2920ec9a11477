"""A set of pages is put in place at once; the last good one is there until it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfkit.model.errors import RunError
from perfkit.run import publication


def a_set(out: Path, words: str) -> None:
    with publication.staging(out) as staged:
        (staged / "index.html").write_text(words)
        publication.publish(staged, out / "2017-18-Q1")


def test_a_new_set_takes_the_place_of_the_last_whole(tmp_path: Path) -> None:
    a_set(tmp_path, "first")
    (tmp_path / "2017-18-Q1" / "old.html").write_text("a page the new set does not have")
    a_set(tmp_path, "second")
    assert [p.name for p in (tmp_path / "2017-18-Q1").iterdir()] == ["index.html"]
    assert (tmp_path / "2017-18-Q1" / "index.html").read_text() == "second"


def test_a_set_that_is_given_up_leaves_nothing_and_touches_nothing(tmp_path: Path) -> None:
    a_set(tmp_path, "first")

    def give_up() -> None:
        with publication.staging(tmp_path) as staged:
            (staged / "index.html").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    assert (tmp_path / "2017-18-Q1" / "index.html").read_text() == "first"
    assert not list(tmp_path.glob(".making-*"))


def test_a_run_stopped_between_its_two_renames_loses_nothing(tmp_path: Path) -> None:
    a_set(tmp_path, "first")
    target = tmp_path / "2017-18-Q1"
    (tmp_path / ".earlier").mkdir()
    target.rename(tmp_path / ".earlier" / target.name)
    publication.recover(target)
    assert (target / "index.html").read_text() == "first"


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file stands where the folder should be")
    with pytest.raises(RunError, match="Reports cannot be written to"), publication.staging(tmp_path / "reports"):
        pass
