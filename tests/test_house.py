"""The layout and manners of the project, as a test: which room may import which, and what must stay in step."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOMS = {"model", "intake", "analysis", "display", "run", "forms"}
MAY_IMPORT = {
    "model": {"model"},
    "intake": {"intake", "model"},
    "analysis": {"analysis", "model"},
    "display": {"display", "model"},
    "run": {"run", "model"},
    "forms": {"forms", "model"},
    "keeping": {"keeping", "model"},
    "store": {"keeping", "model"},
    "vintages": {"keeping", "store", "model"},
    "cli": {"commands", "model"},
    "commands": {"commands", "run", "keeping", "store", "vintages", "intake", "analysis", "forms", "model"},
    "__main__": {"cli"},
    "__init__": set(),
}


def modules(project: Path) -> list[Path]:
    return sorted((project / "perfkit").rglob("*.py"))


def room_of(path: Path, project: Path) -> str:
    first = path.relative_to(project / "perfkit").parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Name every perfkit module that a file imports, as dotted text below perfkit."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("perfkit.")}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "perfkit":
            assert node.level == 0
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.removeprefix("perfkit.") for name in found}


def test_rooms_import_one_way_only(project: Path) -> None:
    wrong = [
        f"{path.relative_to(project)} imports perfkit.{name}"
        for path in modules(project)
        for name in imported(path)
        if name.split(".")[0] in ROOMS | {"keeping", "store", "vintages", "cli", "commands"}
        and name.split(".")[0] not in MAY_IMPORT[room_of(path, project)]
    ]
    assert wrong == []


def test_analysis_modules_do_not_import_each_other(project: Path) -> None:
    folder = project / "perfkit" / "analysis"
    wrong = []
    for path in folder.rglob("*.py"):
        own = path.relative_to(folder).parts[0].removesuffix(".py")
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "analysis" and parts[1] != own:
                wrong.append(f"{path.relative_to(project)} imports perfkit.{name}")
    assert wrong == []


EACH_FIRST = """
import os, sys
import matplotlib.figure, openpyxl, pandas, perfkit
for name in perfkit._ROOMS:
    child = os.fork()
    if not child:
        getattr(perfkit, name)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{name} cannot be imported before the others")
"""
"""The face's modules, each imported in a process that has imported none of the others: a notebook begins with any."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process for each module, which only a fork gives in time")
def test_a_notebook_may_import_any_module_of_the_face_first() -> None:
    done = subprocess.run([sys.executable, "-c", EACH_FIRST], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_library_never_prints(project: Path) -> None:
    wrong = [
        f"{path.relative_to(project)}:{node.lineno}"
        for path in modules(project)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert wrong == []


def test_the_conda_environment_has_the_packages_of_pyproject(project: Path) -> None:
    declared = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    wanted = set(declared["dependencies"])
    for extra in declared["optional-dependencies"].values():
        wanted |= set(extra)
    listed = re.findall(r"^  - ([a-z].*)$", (project / "environment.yml").read_text(), re.MULTILINE)
    assert set(listed) - {"python>=3.11", "pip", "pip:", "conda-forge", "nodefaults"} == {
        re.sub(r"\[.*\]", "", name)
        for name in wanted  # conda knows no extras
    }
    assert f"python{declared['requires-python']}" in listed


def test_every_declared_package_is_pinned_within_its_bounds(project: Path) -> None:
    from packaging.requirements import Requirement

    declared = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    pinned = dict(re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", (project / "requirements.txt").read_text(), re.MULTILINE))
    extras = [text for extra in declared["optional-dependencies"].values() for text in extra]
    for text in [*declared["dependencies"], *extras]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(pinned[wanted.name]), text


def test_every_pinned_package_is_hashed_and_no_index_is_named(project: Path) -> None:
    text = (project / "requirements.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert re.search(r"https?://|--(extra-)?index-url|--find-links", text) is None


NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_thin(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    source = ["".join(cell["source"]) for cell in code]
    assert len(cells) <= 14
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1
    assert not [
        text for text in source if re.search(r"^\s*(def|class|for|while|if) |groupby|read_\w+\(|merge\(", text, re.M)
    ]
    assert max(len(text.splitlines()) for text in source) <= 8


def test_nothing_names_a_path_of_one_machine(project: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=project, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout: the list of the project's files comes from git")
    machine = re.compile(r"(?<![\w.<])/(?:root|home|work|Users)/\w")
    wrong = []
    for name in filter(None, tracked.stdout.split("\0")):
        path = project / name
        if (
            path.suffix in {".py", ".md", ".toml", ".yml", ".yaml", ".ipynb", ".txt", ".sh", ".j2", ".css"}
            and path.is_file()
        ):
            wrong += [name for line in path.read_text(encoding="utf-8").splitlines() if machine.search(line)]
    assert wrong == []
