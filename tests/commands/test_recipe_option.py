"""A recipe can be tried from anywhere, before it stands among the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfkit import cli

RECIPE = r"""
release = "waste"
title = "Waste"
publisher = "A national body"
[recognise]
headings = ["authority", "waste tonnes", "year"]
[[table]]
needed = ["area", "period"]
[table.columns]
area = ["authority"]
period = ["year"]
[[table.measure]]
id = "waste"
title = "Waste collected"
unit = "tonnes"
heading = 'waste tonnes'
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PERFKIT_STORE", raising=False)
    (tmp_path / "waste.csv").write_text("Authority,Year,Waste (tonnes)\nKent,2017/18,500\n", encoding="utf-8")
    (tmp_path / "elsewhere.toml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


def test_a_file_of_an_unknown_kind_is_read_by_the_recipe_given(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "waste.csv"]) == cli.BAD_INPUT
    assert cli.main(["check", "waste.csv", "--recipe", "elsewhere.toml"]) == cli.DONE
    assert cli.main(["load", "waste.csv", "--recipe", "elsewhere.toml"]) == cli.DONE
    assert "1 file loaded" in capsys.readouterr().out


def test_a_recipe_that_is_not_there_is_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "waste.csv", "--recipe", "absent.toml"]) != cli.DONE
    assert "There is no recipe absent.toml." in capsys.readouterr().err
