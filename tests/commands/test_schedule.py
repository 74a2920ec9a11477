"""The recipes of docs/how-to/schedule.md: every command in them is one that perfkit understands."""

from __future__ import annotations

import configparser
import html
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from perfkit import cli
from perfkit.commands import options
from perfkit.commands.terminal import BAD_INPUT, DONE, FAILED, MISUSED


@pytest.fixture(scope="module")
def recipes(project: Path) -> list[tuple[str, str]]:
    """Give each block of code with its language."""
    text = (project / "docs" / "how-to" / "schedule.md").read_text(encoding="utf-8")
    return re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> list[list[str]]:
    """Give the words of every call of perfkit, as far as they are perfkit's own."""
    calls = re.findall(r"perfkit (run .*)", html.unescape(re.sub(r"</.*", "", text)))
    return [shlex.split(re.split(r" >> |(?<=latest)\"$", call)[0]) for call in calls]


def test_every_kind_of_schedule_has_a_recipe_whose_command_is_understood(recipes: list[tuple[str, str]]) -> None:
    for kind in ("sh", "cron", "ini", "bat", "xml", "yaml"):
        found = [words for language, text in recipes if language == kind for words in commands(text)]
        assert found, kind
        for words in found:
            given = cli.parser().parse_args(words)
            assert given.latest or (kind, given.quarter) == ("sh", "2017-18 Q1")
            assert given.action


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


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_itself_finds_nothing_wrong_with_the_units(recipes: list[tuple[str, str]], tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "perfkit"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    units = [text for kind, text in recipes if kind == "ini"]
    for name, text in zip(("perfkit.service", "perfkit.timer"), units, strict=True):
        (tmp_path / name).write_text(text.replace("/srv/perfkit", str(tmp_path)))
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "perfkit.timer")]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_the_task_of_windows_is_well_formed_and_calls_what_perfkit_understands(
    recipes: list[tuple[str, str]],
) -> None:
    task = ElementTree.fromstring(next(text for kind, text in recipes if kind == "xml").strip().encode())
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    command = task.findtext("t:Actions/t:Exec/t:Arguments", namespaces=space)
    assert command == r"/c .venv\Scripts\perfkit run --latest >> run.log 2>&1"
    assert len(task.findall(".//t:DaysOfWeek/*", space)) == 5
    assert task.findtext("t:Settings/t:StartWhenAvailable", namespaces=space) == "true"


def test_the_ci_schedule_is_yaml_whose_steps_install_run_and_keep_the_reports(recipes: list[tuple[str, str]]) -> None:
    flow = yaml.safe_load(next(text for kind, text in recipes if kind == "yaml"))
    assert re.fullmatch(r"[\d*]+ [\d*]+ [\d*]+ [\d*]+ 1-5", flow[True]["schedule"][0]["cron"])
    steps = flow["jobs"]["reports"]["steps"]
    ran = [step["run"] for step in steps if "run" in step]
    assert ran == [
        "pip install --require-hashes -r requirements.txt && pip install --no-deps .",
        "perfkit run --latest --log-format json",
    ]
    assert steps[-1]["if"] == "always()"
    assert steps[-1]["with"]["path"] == str(options.REPORTS)


def test_the_exit_statuses_are_those_of_the_program(project: Path) -> None:
    text = (project / "docs" / "how-to" / "schedule.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\d) \| (.*?)[,:;]", text, re.MULTILINE))
    assert set(told) == {str(DONE), str(FAILED), str(MISUSED), str(BAD_INPUT)}
    assert told[str(FAILED)] == "some reports failed"
    assert told[str(BAD_INPUT)] == "bad input"
