"""From an executed notebook to the page that a reader opens: one file, no script, nothing fetched."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from perfkit.display import outputs, repeats, style
from perfkit.display.markup import MARK

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_HEADING = re.compile(r"<h([12])([^>]*)>(.*?)</h\1>", re.S)
_SOURCES = re.compile(r'<h2 id="sources|class="pk-sources"')
_FALLBACK = "Performance report"


@dataclass(frozen=True)
class Page:
    """What the template lays out; every field but the lists is HTML or escaped text already."""

    title: str
    organisation: str
    opening: str
    body: str
    contents: list[tuple[str, str]]
    failures: list[str]
    closing: str


class PerfkitExporter(TemplateExporter):
    """Write a notebook as one self-contained page, code hidden; `jupyter nbconvert --to perfkit` uses it."""

    export_from_notebook = "perfkit page"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "perfkit"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(style.TEMPLATE.parent), os.curdir]

    output_mimetype = "text/html"

    def _preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        # What is shown is read after the preprocessors, one of which may run the notebook (nbconvert --execute).
        nb, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
        page = compose(nb)
        body, looks = repeats.named_styles(repeats.drawn_once(page.body))
        body, labels = repeats.labelled_once(body)
        resources["page"] = replace(page, body=body)
        resources["style"] += "\n".join(rules for rules in (looks, labels) if rules)
        return nb, resources

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Give the page of a notebook, and nbconvert's resources."""
        resources = dict(self._init_resources(resources))  # type: ignore[no-untyped-call]
        resources["style"] = style.stylesheet() + (style.TEMPLATE / "page.css").read_text(encoding="utf-8")
        resources["policy"] = POLICY
        page, resources = super().from_notebook_node(nb, resources, **kw)
        page = page.replace(resources["style"], repeats.worn(resources["style"], page), 1)
        return re.sub(r"[ \t]+$", "", page, flags=re.M).strip() + "\n", resources


def compose(notebook: NotebookNode) -> Page:
    """Gather what a notebook shows: its title, its sections, and whatever went wrong in it."""
    pieces = outputs.distinct(piece for cell in notebook.cells for piece in outputs.of_cell(cell))
    whole = _one_first_heading("\n".join(pieces))
    headings = [(int(m[1]), m[2], outputs.plain(m[3])) for m in _HEADING.finditer(whole)]
    title = next((words for level, _, words in headings if level == 1), _FALLBACK)
    organisation = re.search(r'<p class="pk-organisation">(.*?)</p>', whole, re.S)
    opening, body = _parted(whole)
    return Page(
        title=title,
        organisation=outputs.plain(organisation[1]) if organisation else "",
        opening=opening,
        body=body,
        contents=[(_id(attributes), words) for level, attributes, words in headings if level == 2 and _id(attributes)],
        failures=outputs.failures(notebook),
        closing=_closing(whole),
    )


def _closing(whole: str) -> str:
    """Say what the page was made from and how ratings are told, as far as it has sources and ratings."""
    made = "Made with perfkit from the workbooks named above." if _SOURCES.search(whole) else "Made with perfkit."
    return made + (" Ratings are given as word, shape and colour." if 'class="pk-chip' in whole else "")


def _id(attributes: str) -> str:
    match = re.search(r'id="([^"]*)"', attributes)
    return match[1] if match else ""


def _parted(whole: str) -> tuple[str, str]:
    """Part the title from what follows it; a page whose first piece is no title gets a plain one."""
    block = re.match(rf'<div class="pk" {MARK}><div class="pk-title">.*?</div></div>|<h1[^>]*>.*?</h1>', whole, re.S)
    if block:
        return block[0], whole[block.end() :]
    return ("" if "<h1" in whole else f"<h1>{_FALLBACK}</h1>"), whole


def _one_first_heading(body: str) -> str:
    """Keep the first h1; any further one becomes an h2, as a page has one title."""
    start = body.find("</h1>") + 1
    if not start:
        return body
    return body[:start] + re.sub(r"<(/?)h1\b", r"<\1h2", body[start:])
