"""Whether a page runs nothing and asks for nothing: scripts, addresses, its security policy, its size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfkit.run.page_fault import Fault, at
from perfkit.run.page_tree import Element

MOST_BYTES = 300_000
POLICY = {"default-src": {"'none'"}, "img-src": {"data:", "'none'"}, "style-src": {"'unsafe-inline'", "'none'"}}
_POLICY_WORDS = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"> in the head"
)
_RUNNING = (
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "portal",
    "form",
    "base",
    "link",
    "animate",
    "set",
)
_FETCHED = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest", "lowsrc")
_ADDRESSES = (*_FETCHED, "href", "xlink:href")
_STYLED = re.compile(r"url\(\s*[\"']?([^\"')]*)|@import[^;]*", re.IGNORECASE)
_HARMLESS = re.compile(r"#.*|data:image/(?:png|jpeg|gif|webp);base64,.*", re.IGNORECASE | re.DOTALL)
_LINKED = re.compile(r"#.*|https?://.+|mailto:.+|(?![a-z][a-z0-9+.-]*:|//|\\).+", re.IGNORECASE | re.DOTALL)


def faults(page: Element) -> Iterator[Fault]:
    """List what a page would run or fetch."""
    yield from _policy(page)
    for one in page.walk():
        yield from _running(one)
        yield from _addresses(one)
        yield from _style(one)


def faults_of_text(text: str) -> Iterator[Fault]:
    """List what the page as written shows: its size, and a script that a reader of elements could miss."""
    size = len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        yield at(None, f"{size / 1000:,.0f} kB", f"at most {MOST_BYTES / 1000:,.0f} kB")
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.search(r"<\s*script", line, re.IGNORECASE):
            shown = line[found.start() : found.start() + 60]
            yield Fault(number, shown, "a script", "a page without scripts")


def _policy(page: Element) -> Iterator[Fault]:
    given = [
        one
        for head in page.find("head")
        for one in head.find("meta")
        if one.get("http-equiv").lower() == "content-security-policy"
    ]
    if not given:
        yield at(None, "no security policy", _POLICY_WORDS)
    for meta in given:
        directives = {
            words[0].lower(): set(words[1:]) for part in meta.get("content").split(";") if (words := part.split())
        }
        if "default-src" not in directives:
            yield at(meta, "a security policy without default-src", "default-src 'none'")
        for name, sources in directives.items():
            if not sources <= POLICY.get(name, {"'none'"}):
                yield at(
                    meta, f"{name} {' '.join(sorted(sources))}", "a security policy that lets nothing be fetched or run"
                )


def _running(one: Element) -> Iterator[Fault]:
    if one.tag == "script":
        return
    if one.tag in _RUNNING:
        yield at(one, f"<{one.tag}>", "a page that runs and loads nothing")
    if one.tag == "meta" and one.get("http-equiv").lower() == "refresh":
        yield at(one, "a page that leads elsewhere by itself", "no refresh")
    for name, value in one.attributes.items():
        if re.fullmatch(r"on\w+|srcdoc", name):
            yield at(one, f"the event attribute {name}" if name != "srcdoc" else "srcdoc", "no attribute that runs")
        elif name in _ADDRESSES and re.match(r"[\x00-\x20]*(?:javascript|vbscript)\s*:", value, re.IGNORECASE):
            yield at(one, f"a script in {name}", "no attribute that runs")


def _addresses(one: Element) -> Iterator[Fault]:
    for name in _FETCHED:
        value = one.get(name).strip()
        if value and not _HARMLESS.fullmatch(value):
            yield at(one, f'{name} "{_short(value)}", which is fetched', "everything inside the page")
    href = (one.get("href") or one.get("xlink:href")).strip()
    if not href or href.lower().startswith(("javascript:", "vbscript:")):
        return
    if one.tag in ("a", "area") and not _LINKED.fullmatch(href):
        yield at(one, f'a link to "{_short(href)}"', "a link to a page, to https or to mail")
    elif one.tag not in ("a", "area", "link", "base") and not _HARMLESS.fullmatch(href):
        yield at(one, f'href "{_short(href)}", which is fetched', "everything inside the page")


def _style(one: Element) -> Iterator[Fault]:
    written = [one.get("style")]
    if one.tag == "style":
        written += [part for part in one.children if isinstance(part, str)]
    for found in (found for text in written for found in _STYLED.finditer(text)):
        if found[1] is None or not _HARMLESS.fullmatch(found[1].strip()):
            yield at(one, f'the style "{_short(found[0])}", which is fetched', "everything inside the page")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
