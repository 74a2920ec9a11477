"""The recipes of docs/how-to/schedule.md: every command in them is one that perfkit understands."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import pytest

from perfkit import cli
from perfkit.commands.terminal import BAD_INPUT, DONE, FAILED, MISUSED


@pytest.fixture(scope="module")
def recipes(project: Path) -> list[tuple[str, str]]:
    """Give each block of code with its language."""
    text = (project / "docs" / "how-to" / "schedule.md").read_text(encoding="utf-8")
    return re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> list[list[str]]:
    """Give the words of every call of perfkit, as far as they are perfkit's own."""
    calls = re.findall(r"perfkit (run .*)", text)
    return [shlex.split(re.split(r" >> |\"$", call)[0]) for call in calls]


def test_every_kind_of_schedule_has_a_recipe_whose_command_is_understood(recipes: list[tuple[str, str]]) -> None:
    for kind in ("sh", "cron", "ini", "bat", "yaml"):
        found = [words for language, text in recipes if language == kind for words in commands(text)]
        assert found, kind
        for words in found:
            given = cli.parser().parse_args(words)
            assert given.latest
            assert given.quarter == ""


def test_the_cron_line_has_five_fields_and_a_command(recipes: list[tuple[str, str]]) -> None:
    line = next(text for kind, text in recipes if kind == "cron")
    assert re.fullmatch(r"[\d*]+ [\d*]+ [\d*]+ [\d*]+ 1-5  cd .+\n", line)


def test_the_units_of_systemd_are_whole(recipes: list[tuple[str, str]]) -> None:
    units = []
    for _, text in (recipe for recipe in recipes if recipe[0] == "ini"):
        unit = configparser.ConfigParser(interpolation=None)
        unit.read_string(text)
        units.append(unit)
    service, timer = units
    assert service["Service"]["ExecStart"].startswith(service["Service"]["WorkingDirectory"])
    assert timer["Timer"]["OnCalendar"] == "Mon..Fri 06:30"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_exit_statuses_are_those_of_the_program(project: Path) -> None:
    text = (project / "docs" / "how-to" / "schedule.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\d) \| (.*?)[,:;]", text, re.MULTILINE))
    assert set(told) == {str(DONE), str(FAILED), str(MISUSED), str(BAD_INPUT)}
    assert told[str(FAILED)] == "some reports failed"
    assert told[str(BAD_INPUT)] == "bad input"
