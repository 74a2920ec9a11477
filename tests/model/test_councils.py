"""council.toml: whose data a folder holds; what is wrong with it is told all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfkit.model import councils
from perfkit.model.councils import Council
from perfkit.model.errors import InputError


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "council.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_council_is_its_name_and_area(tmp_path: Path) -> None:
    folder = _write(tmp_path, 'name = "Oxford City Council"\narea = "Oxford"\n')
    assert councils.read(folder) == Council("Oxford City Council", "Oxford")


def test_a_folder_without_the_file_tells_nothing(tmp_path: Path) -> None:
    assert councils.read(tmp_path) is None


def test_every_fault_is_told_at_once_and_a_slip_gets_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        councils.read(_write(tmp_path, 'naem = "Oxford City Council"\narea = 7\ncolour = "red"\n'))
    assert [str(issue) for issue in caught.value.issues] == [
        'council.toml: found the key "naem", expected name, area, contact, reports or parameters. Did you mean "name"? '
        "Correct it or take the line out.",
        'council.toml: found the key "colour", expected name, area, contact, reports or parameters. Take the line out.',
        'council.toml: found no name, expected a line such as name = "Oxford City Council". Add it.',
        'council.toml: found area = 7, expected a text, such as area = "Oxford". Write it so.',
    ]


def test_a_file_that_is_not_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"found a line that cannot be read .*Put every text in quotes"):
        councils.read(_write(tmp_path, "name = Oxford City Council\n"))


def test_a_folder_below_with_its_own_file_is_another_council_s(tmp_path: Path) -> None:
    _write(tmp_path, 'name = "County"\narea = "County"\n')
    city = _write(tmp_path / "city", 'name = "City"\narea = "City"\n')
    assert councils.outside(city / "2024-25" / "plan.xlsx", tmp_path)
    assert not councils.outside(city / "2024-25" / "plan.xlsx", city)
    assert not councils.outside(tmp_path / "2017-18" / "framework.xlsx", tmp_path)
