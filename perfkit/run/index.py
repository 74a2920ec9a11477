"""The page that a reader opens first: what reports the quarter has, for whom, and whether each could be made."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape

from perfkit.model import periods
from perfkit.run.manifest import Manifest, Page

STATUS_WORDS = {
    "made": "Up to date",
    "unchanged": "Up to date",
    "not asked for": "Not made again this time",
    "failed": "Failed",
}


def render(record: Manifest) -> str:
    """Write the index of a set as a page in perfkit's own template."""
    body = _template().render(
        record=record,
        title=f"Performance reports, {record.quarter}",
        months=periods.in_words(periods.parse(record.quarter, expect="quarter")),
        groups=[(reader, list(pages)) for reader, pages in groupby(record.pages, key=lambda page: page.reader)],
        failed=[page for page in record.pages if page.status == "failed"],
        say=_say,
    )
    return _as_page(body, title=f"Performance reports, {record.quarter}")


def _say(page: Page) -> str:
    if page.status != "failed":
        return STATUS_WORDS[page.status]
    if page.shows:
        return f"Failed: {page.cause}. The page linked is the last good one, made on {page.shows}."
    return f"Failed: {page.cause}. There is no earlier page."


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape(default=True)).get_template(
        "index.html.j2"
    )


def _as_page(body: str, *, title: str) -> str:
    import nbformat
    from nbconvert.exporters import get_exporter

    output = nbformat.v4.new_output("display_data", data={"text/html": body, "text/plain": title})
    cell = nbformat.v4.new_code_cell("index", outputs=[output], execution_count=1, id="index")
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"language_info": {"name": "python"}})
    page, _ = get_exporter("perfkit")().from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return str(page)
