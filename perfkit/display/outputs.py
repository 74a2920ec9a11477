"""What a cell shows of itself on a page: perfkit's own pieces and prose as they are, all else as plain text."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from perfkit.display import markup, style

_OURS = re.compile(rf'<div class="pk" {markup.MARK}>')
_NOTHING = re.compile(rf'<div class="pk" {markup.MARK}>\s*</div>\s*')
_STYLE = re.compile(rf"<style {style.NOTEBOOK_STYLE}>.*?</style>", re.S)
_IMAGES = ("image/png", "image/jpeg", "image/svg+xml")
_TERMINAL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+(?=>)")
"""Where an object stands in memory, which is another place in every run."""
_SAFE_LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
_NOT_SHOWN = frozenset({"papermill-error-cell-tag", "for-analysts"})


def of_cell(cell: NotebookNode) -> Iterator[str]:
    """Give the pieces of HTML that a cell puts on the page, in order."""
    if _NOT_SHOWN & set(cell.metadata.get("tags", [])):
        return
    if cell.cell_type == "markdown":
        yield markdown(cell.source)
    elif cell.cell_type == "code":
        for output in cell.outputs:
            if piece := _of_output(output):
                yield piece


def markdown(source: str) -> str:
    """Turn prose into HTML; tags written in it are shown as text, and pictures from elsewhere as their words.

    >>> markdown("**bold** <script>").strip()
    '<p><strong>bold</strong> &lt;script&gt;</p>'
    """
    made: str = MarkdownWithMath(renderer=_Prose(escape=True)).render(source)
    return re.sub(r"<h([1-6])>(.*?)</h\1>", _with_id, made, flags=re.S)


class _Prose(IPythonRenderer):
    def heading(self, text: str, level: int, **_: object) -> str:
        """Leave out the anchor; ids come later."""
        return f"<h{level}>{text}</h{level}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """Keep links to the web, to mail and within the page; of others the words."""
        return markup.element("a", text, href=url) if _SAFE_LINK.match(url) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Keep a picture that is embedded; of others the words."""
        if url.startswith("data:image/"):
            return f'<img src="{markup.escape(url)}" alt="{markup.escape(text or title or "")}">'
        return markup.escape(text or title or "")

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002
        """Show code as it is written."""
        return markup.text("pre", code.rstrip()) + "\n"

    def inline_html(self, html: str) -> str:
        """Show a tag as text."""
        return markup.escape(html)

    def block_html(self, html: str) -> str:
        """Show tags as text."""
        return markup.text("p", html.strip()) + "\n"


def _with_id(match: re.Match[str]) -> str:
    level, inner = match[1], match[2]
    return f'<h{level} id="{markup.slug(plain(inner))}">{inner}</h{level}>'


def _of_output(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return _preformatted(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":
        return ""
    data = output.get("data", {})
    if _OURS.match(_text(data.get("text/html", ""))):
        shown = _STYLE.sub("", _text(data["text/html"]))
        # An empty piece would part a heading from what follows it, which paper may then break.
        return "" if _NOTHING.fullmatch(shown) else shown
    for kind in _IMAGES:
        if kind in data:
            return _image(kind, _text(data[kind]), _text(data.get("text/plain", "")))
    return _preformatted(_text(data.get("text/plain", "")))


def _text(value: object) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _preformatted(words: str) -> str:
    words = _ADDRESS.sub("", _TERMINAL.sub("", words)).strip("\n")
    return markup.text("pre", words, tabindex="0") if words else ""


def _image(kind: str, content: str, words: str) -> str:
    if kind == "image/svg+xml":
        content = base64.b64encode(content.encode("utf-8")).decode("ascii")
    return f'<img src="data:{kind};base64,{"".join(content.split())}" alt="{markup.escape(words)}">'


def failures(notebook: NotebookNode) -> list[str]:
    """Say what went wrong in a notebook: the cell that failed and why, or that some were never run.

    A killed kernel and a time-out leave no error behind, only cells without a number: those count too.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    said = [
        f"Cell {place} failed: {_TERMINAL.sub('', f'{output.ename}: {output.evalue}')}"
        for place, cell in enumerate(code, 1)
        for output in cell.outputs
        if output.output_type == "error"
    ]
    idle = sum(cell.execution_count is None for cell in code)
    if idle:
        said.append(f"{idle} of {len(code)} code cells did not run to their end.")
    return said


def distinct(pieces: Iterable[str]) -> list[str]:
    """Make every id stand once: in a later piece that repeats one, it and what refers to it get a number."""
    used: set[str] = set()
    made = []
    for piece in pieces:
        names = {name: _free(name, used) for name in dict.fromkeys(re.findall(r'<[^>]* id="([^"]*)"', piece))}
        used |= set(names.values())
        made.append(_renamed(piece, {old: new for old, new in names.items() if old != new}))
    return made


def _free(name: str, used: set[str]) -> str:
    number, free = 1, name
    while free in used:
        number += 1
        free = f"{name}-{number}"
    return free


def _renamed(piece: str, names: dict[str, str]) -> str:
    if not names:
        return piece
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    reference = re.compile(rf'((?: id| href| aria-labelledby| aria-describedby)="#?|url\(#)({either})(?=[")])')
    return re.sub(r"<[^>]*>", lambda tag: reference.sub(lambda m: m[1] + names[m[2]], tag[0]), piece)


def plain(inner: str) -> str:
    """Give the text of HTML, without tags and with signs as themselves.

    >>> plain("A <em>b</em> &amp; c")
    'A b & c'
    """
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", inner)).split())
