"""council.toml: whose data a folder holds; what is wrong with it is told all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfkit.model import councils
from perfkit.model.councils import Council
from perfkit.model.errors import InputError

TWO_LINES = 'name = "Oxford City Council"\narea = "Oxford"\n'


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


def test_contact_reports_and_parameters_are_taken_with_clean_values(tmp_path: Path) -> None:
    text = (
        TWO_LINES
        + """contact = "Us"
reports = ["scorecard", "cabinet_report"]
[parameters.cabinet_report]
meeting = 2017-09-19
[parameters.leadership_report]
tolerance = 2
"""
    )
    council = councils.read(_write(tmp_path, text))
    assert council is not None
    assert council.reports == ("scorecard", "cabinet_report")
    assert council.defaults("cabinet_report") == {"contact": "Us", "meeting": "2017-09-19"}
    assert council.defaults("leadership_report") == {"tolerance": 2}
    assert council.defaults("scorecard") == {}


def test_a_report_s_own_contact_goes_before_the_council_s(tmp_path: Path) -> None:
    council = councils.read(
        _write(tmp_path, TWO_LINES + 'contact = "Us"\n[parameters.cabinet_report]\ncontact = "Them"\n')
    )
    assert council is not None
    assert council.defaults("cabinet_report") == {"contact": "Them"}


def test_every_fault_of_reports_and_parameters_is_told_at_once(tmp_path: Path) -> None:
    text = (
        TWO_LINES
        + """reports = ["scorcard"]
[parameters.cabinet]
contact = "Us"
[parameters.leadership_report]
tolerence = 2
limit = "lots"
quarter = "2017-18 Q1"
"""
    )
    with pytest.raises(InputError) as error:
        councils.read(_write(tmp_path, text))
    said = [str(issue) for issue in error.value.issues]
    assert len(said) == 5
    assert "the report 'scorcard' in reports" in said[0]
    assert 'Did you mean "scorecard"?' in said[0]
    assert "[parameters.cabinet]" in said[1]
    assert 'Did you mean "cabinet_report"?' in said[1]
    assert "tolerence in [parameters.leadership_report]" in said[2]
    assert 'Did you mean "tolerance"?' in said[2]
    assert "limit = 'lots' in [parameters.leadership_report]" in said[3]
    assert "Expected a whole number, 0 to 100" in said[3]
    assert "quarter in [parameters.leadership_report], expected what stands for every quarter" in said[4]


def test_other_councils_are_the_folders_with_a_file_of_their_own(tmp_path: Path) -> None:
    _write(tmp_path / "oxford-city", TWO_LINES)
    (tmp_path / "2017-18").mkdir()
    assert councils.others(tmp_path) == ["oxford-city"]
