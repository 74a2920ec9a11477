"""Pages that no notebook makes: a template filled in, its pieces exported as the outputs of one cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfkit.run import grammar

if TYPE_CHECKING:
    from jinja2 import Template

BREAK = "<!-- break -->"
"""Where the template ends one piece of the page and begins the next."""


def make(folder: Path, name: str, /, *, title: str, **values: Any) -> str:
    """Fill in the template of that name in a folder, and give it as a page in perfkit's own frame."""
    grammar.leave_out()
    import nbformat
    from nbconvert.exporters import get_exporter

    body = _template(folder, name).render(title=title, **values)
    outputs = [
        nbformat.v4.new_output("display_data", data={"text/html": part.strip(), "text/plain": title})
        for part in body.split(BREAK)
    ]
    cell = nbformat.v4.new_code_cell(name, outputs=outputs, execution_count=1, id=name)
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"language_info": {"name": "python"}})
    page, _ = get_exporter("perfkit")().from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return str(page)


@cache
def _template(folder: Path, name: str) -> Template:
    from jinja2 import Environment, FileSystemLoader, select_autoescape

    return Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape(default=True)).get_template(
        f"{name}.html.j2"
    )
