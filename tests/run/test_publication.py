"""A set of pages is put in place at once; the last good one is there until it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from perfkit.model.errors import RunError
from perfkit.run import publication


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "2017-18-Q1"


def a_set(target: Path, words: str) -> None:
    with publication.locked(target), publication.staging(target) as staged:
        (staged / "index.html").write_text(words)
        publication.publish(staged, target)


def shown(target: Path) -> str:
    return (target / "index.html").read_text()


def test_a_new_set_takes_the_place_of_the_last_whole_and_the_last_is_kept(target: Path) -> None:
    a_set(target, "first")
    (target / "old.html").write_text("a page the new set does not have")
    a_set(target, "second")
    assert [p.name for p in target.iterdir()] == ["index.html"]
    assert shown(target) == "second"
    assert [(p / "index.html").read_text() for p in publication.earlier(target)] == ["first"]


def test_the_oldest_sets_are_given_up(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "KEPT", 3)
    for number in range(5):
        a_set(target, str(number))
    assert shown(target) == "4"
    assert [(p / "index.html").read_text() for p in publication.earlier(target)] == ["2", "3"]


def test_a_set_made_before_there_were_links_is_kept_too(target: Path) -> None:
    target.mkdir(parents=True)
    (target / "index.html").write_text("a folder, not a link")
    a_set(target, "second")
    assert shown(target) == "second"
    assert [(p / "index.html").read_text() for p in publication.earlier(target)] == ["a folder, not a link"]


def test_where_links_cannot_be_made_the_set_itself_is_moved(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("a required privilege is not held")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    a_set(target, "first")
    a_set(target, "second")
    assert shown(target) == "second"
    assert not target.is_symlink()
    assert [(p / "index.html").read_text() for p in publication.earlier(target)] == ["first"]


def test_a_set_that_is_given_up_leaves_nothing_and_touches_nothing(target: Path) -> None:
    a_set(target, "first")

    def give_up() -> None:
        with publication.staging(target) as staged:
            (staged / "index.html").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    assert shown(target) == "first"
    assert not list((target.parent / ".sets" / target.name).glob(".making-*"))


def test_what_a_killed_run_left_is_cleared_up_by_the_next(target: Path) -> None:
    a_set(target, "first")
    sets = target.parent / ".sets" / target.name
    (sets / ".making-left").mkdir()
    (sets / ".link-left").symlink_to("nowhere")
    a_set(target, "second")
    assert sorted(p.name for p in sets.glob(".*")) == [".lock"]


def test_a_run_stopped_between_its_two_moves_loses_nothing(target: Path) -> None:
    a_set(target, "first")
    folder = target.resolve()
    target.unlink()
    folder.rename(folder.with_name(".moved-2026-11-22T100000.000000Z"))
    with publication.locked(target):
        assert shown(target) == "first"


def test_a_second_run_waits_for_the_first_and_gives_up_with_the_reason(target: Path) -> None:
    hold = "import sys; from pathlib import Path; from perfkit.run import publication\n"
    hold += "with publication.locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(RunError, match="Another run is still making"),
            publication.locked(target, patience=0.2),
        ):
            pass
        other.kill()
    with publication.locked(target, patience=5):
        pass


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file stands where the folder should be")
    with (
        pytest.raises(RunError, match=r"Reports cannot be written to .*reports: .*The last good reports stay\."),
        publication.locked(tmp_path / "reports" / "2017-18-Q1"),
    ):
        pass
