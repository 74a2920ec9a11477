"""The issues of a delivery as a page that can be sent back to whoever sent the workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands.terminal import count
from perfkit.model.errors import Issue

if TYPE_CHECKING:
    from jinja2 import Template

_BREAK = "<!-- break -->"
_TITLE = "Issues in the workbooks received"


@dataclass(frozen=True)
class Group:
    """The issues of one file, errors first, then in the order of their cells."""

    file: str
    issues: tuple[Issue, ...]

    @property
    def summary(self) -> str:
        """Say how many there are of each severity."""
        return f"{totals(self.issues)}."


def grouped(issues: Sequence[Issue]) -> list[Group]:
    """Group issues by file, in the order of the files' names."""
    ordered = sorted(issues, key=lambda issue: (issue.where.file, not issue.stops, issue))
    return [Group(file, tuple(some)) for file, some in groupby(ordered, key=lambda issue: issue.where.file)]


def totals(issues: Sequence[Issue]) -> str:
    """Count errors and warnings.

    >>> totals([])
    '0 errors, 0 warnings'
    """
    stopping = sum(issue.stops for issue in issues)
    return f"{count(stopping, 'error')}, {count(len(issues) - stopping, 'warning')}"


def render(issues: Sequence[Issue], *, checked: int) -> str:
    """Write the issues as one self-contained page; ``checked`` is the number of files that were looked at."""
    groups = grouped(issues)
    files = f"{count(checked, 'workbook')} checked"
    headline = f"{files}: {totals(issues)}." if groups else f"{files}. Nothing to mend."
    return _as_page(
        _template().render(
            title=_TITLE,
            subtitle="What was found, what was expected, and what to do",
            headline=headline,
            groups=groups,
            place=_place,
            first_large=_first_large,
        )
    )


def _place(issue: Issue) -> str:
    named = (("sheet", issue.where.sheet), ("cell", issue.where.cell))
    return _first_large(", ".join(f"{kind} {name}" for kind, name in named if name)) or "The whole file"


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, select_autoescape

    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape(default=True)).get_template(
        "issues.html.j2"
    )


def _as_page(body: str) -> str:
    import nbformat
    from nbconvert.exporters import get_exporter

    outputs = [
        nbformat.v4.new_output("display_data", data={"text/html": part.strip(), "text/plain": _TITLE})
        for part in body.split(_BREAK)
    ]
    cell = nbformat.v4.new_code_cell("issues", outputs=outputs, execution_count=1, id="issues")
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"language_info": {"name": "python"}})
    page, _ = get_exporter("perfkit")().from_notebook_node(notebook, resources={"metadata": {"name": _TITLE}})
    return str(page)
