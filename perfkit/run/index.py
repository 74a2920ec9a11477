"""The page that a reader opens first: what reports the quarter has, for whom, and whether each could be made."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape

from perfkit.model import periods
from perfkit.run.manifest import Manifest, Page
from perfkit.run.publication import folder_name

_BREAK = "<!-- break -->"
"""Where the template ends one piece of the page and begins the next."""
_STATUS = {
    "made": "Up to date.",
    "unchanged": "Up to date.",
    "not asked for": "Not made again this time.",
}


def render(record: Manifest) -> str:
    """Write the index of a set as a page in perfkit's own template."""
    title = f"Performance reports, {record.quarter}"
    failed = [page for page in record.pages if page.status == "failed"]
    body = _template("index").render(
        record=record,
        title=title,
        organisation=record.organisation,
        months=_months(record),
        summary=_summary(record),
        failed="; ".join(f"{page.title} could not be made" for page in failed) + "." if failed else "",
        groups=[(reader, list(pages)) for reader, pages in groupby(record.pages, key=lambda page: page.reader)],
        say=_say,
    )
    return _as_page(body, title=title)


def render_all(records: Sequence[Manifest]) -> str:
    """Write the index of all quarters, the newest first."""
    newest = sorted(records, key=lambda record: record.quarter, reverse=True)
    title = "Performance reports"
    quarters = "1 quarter" if len(newest) == 1 else f"{len(newest)} quarters"
    body = _template("quarters").render(
        records=newest,
        title=title,
        organisation=newest[0].organisation if newest else "",
        summary=f"Reports for {quarters}.",
        folder=lambda record: folder_name(record.quarter),
        months=_months,
        counts=_summary,
    )
    return _as_page(body, title=title)


def _months(record: Manifest) -> str:
    months = periods.in_words(periods.parse(record.quarter, expect="quarter"))
    return months[0].upper() + months[1:]


def _summary(record: Manifest) -> str:
    total, failed = len(record.pages), sum(page.status == "failed" for page in record.pages)
    reports = "1 report" if total == 1 else f"{total} reports"
    return f"{reports}, all up to date." if not failed else f"{total - failed} of {reports} up to date."


def _say(page: Page) -> str:
    if page.status != "failed":
        return _STATUS[page.status]
    if page.shows:
        return f"Failed: {page.cause}. The page linked is the last good one, made on {page.shows}."
    return f"Failed: {page.cause}. There is no earlier page."


def headline_of(page: str) -> str:
    """Take the headline out of a finished page.

    >>> headline_of('<p class="pk-headline">2 of 3 &amp; more</p>')
    '2 of 3 & more'
    """
    found = re.search(r'<p class="pk-headline">(.*?)</p>', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""


@cache
def _template(name: str) -> Template:
    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape(default=True)).get_template(
        f"{name}.html.j2"
    )


def _as_page(body: str, *, title: str) -> str:
    import nbformat
    from nbconvert.exporters import get_exporter

    outputs = [
        nbformat.v4.new_output("display_data", data={"text/html": part.strip(), "text/plain": title})
        for part in body.split(_BREAK)
    ]
    cell = nbformat.v4.new_code_cell("index", outputs=outputs, execution_count=1, id="index")
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"language_info": {"name": "python"}})
    page, _ = get_exporter("perfkit")().from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return str(page)
