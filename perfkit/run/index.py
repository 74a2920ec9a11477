"""The page that a reader opens first: what reports the quarter has, for whom, and what became of each."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from perfkit.model import periods
from perfkit.run import own_pages
from perfkit.run.manifest import LeftOut, Manifest, Page
from perfkit.run.publication import folder_name

_TEMPLATES = Path(__file__).parent / "templates"
_STATUS = {
    "made": "New or changed.",
    "unchanged": "Unchanged.",
    "not asked for": "Not made again with the others.",
}


_OF_THE_CODE = re.compile(r"[A-Za-z_]*(?:Error|Exception|Warning|Exit|Interrupt|Iteration)\b")
"""How a cause begins that helps only those who mend the code; the text of the failure tells it."""


@dataclass(frozen=True)
class File:
    """A take-away as the index links it: where it stands, and its name without the folder."""

    path: str
    name: str


@dataclass(frozen=True)
class Group:
    """The reports of one reader."""

    reader: str
    pages: tuple[Page, ...]


def render(record: Manifest) -> str:
    """Write the index of a set as a page in perfkit's own template."""
    title = f"Performance reports, {record.quarter}"
    failed = [page for page in record.pages if page.status == "failed"]
    return own_pages.make(
        _TEMPLATES,
        "index",
        title=title,
        record=record,
        organisation=record.organisation,
        months=_months(record),
        summary=summary(record),
        failed="; ".join(f"{page.title} could not be made" for page in failed) + "." if failed else "",
        groups=groups(record),
        say=_say,
        why=_why,
        reader=_reader,
        take_aways=_take_aways,
    )


def render_all(records: Sequence[Manifest]) -> str:
    """Write the index of all quarters, the newest first."""
    newest = sorted(records, key=lambda record: record.quarter, reverse=True)
    title = "Performance reports"
    quarters = "1 quarter" if len(newest) == 1 else f"{len(newest)} quarters"
    return own_pages.make(
        _TEMPLATES,
        "quarters",
        title=title,
        records=newest,
        organisation=newest[0].organisation if newest else "",
        summary=f"Reports for {quarters}.",
        folder=lambda record: folder_name(record.quarter),
        months=_months,
        counts=summary,
        first=_first,
    )


def groups(record: Manifest) -> list[Group]:
    """Group the reports by their reader, in the order in which readers first come."""
    readers = dict.fromkeys(page.reader for page in record.pages)
    return [Group(reader, tuple(page for page in record.pages if page.reader == reader)) for reader in readers]


def summary(record: Manifest) -> str:
    """Say how many reports there are and what became of them.

    >>> page = Page("scorecard", "Scorecard", "Managers", "scorecard", {}, "made")
    >>> summary(Manifest("2017-18 Q1", "", "", {}, pages=(page,)))
    '1 report, up to date: 1 new or changed.'
    """
    total, failed = len(record.pages), _number(record, "failed")
    reports = "1 report" if total == 1 else f"{total} reports"
    whole = f"{reports}, {'all ' if total > 1 else ''}up to date"
    counts = {
        "new or changed": _number(record, "made"),
        "unchanged": _number(record, "unchanged"),
        "not made again": _number(record, "not asked for"),
        "failed": failed,
    }
    told = ", ".join(f"{number} {words}" for words, number in counts.items() if number)
    lacking = sum(not one.unwanted for one in record.left_out)
    without = f" {lacking} not made for want of data." if lacking else ""
    return f"{whole if not failed else f'{total - failed} of {reports} up to date'}: {told or 'none'}.{without}"


def _number(record: Manifest, status: str) -> int:
    return sum(page.status == status for page in record.pages)


def _first(record: Manifest) -> str:
    """Give the headline of the first report that has one, for those who only want to know how the quarter went."""
    return next((page.headline for page in record.pages if page.headline and page.sha256), "")


def _months(record: Manifest) -> str:
    months = periods.in_words(periods.parse(record.quarter, expect="quarter"))
    return months[0].upper() + months[1:]


def _say(page: Page) -> str:
    remark = f" {page.remark[0].upper()}{page.remark[1:].rstrip('.')}." if page.remark else ""
    if page.status != "failed":
        return _STATUS[page.status] + remark
    if page.sha256:
        return f"Failed: {_cause(page)}. The page linked is the last good one, made on {page.shows}."
    return f"Failed: {_cause(page)}. There is no earlier page."


def _cause(page: Page) -> str:
    return "a step of its notebook went wrong" if _OF_THE_CODE.match(page.cause) else page.cause


def _why(one: LeftOut) -> str:
    return f"{one.why[0].lower()}{one.why[1:]}."


def _reader(one: LeftOut) -> str:
    return f"{one.reader[0].lower()}{one.reader[1:]}"


def _take_aways(page: Page) -> tuple[list[File], list[File]]:
    """Part the workbook and the PDF of a page from its CSV files."""
    files = [File(quote(path), path.rpartition("/")[2]) for path in page.take_aways]
    return [one for one in files if not one.name.endswith(".csv")], [one for one in files if one.name.endswith(".csv")]


def rules_of(page: str) -> tuple[str, ...]:
    """Take the rules out of the foot of a finished page.

    >>> rules_of("<h3>Rules</h3><ul><li>Green at target &amp; beyond.</li></ul>")
    ('Green at target & beyond.',)
    """
    found = re.search(r"<h3>Rules</h3><ul>(.*?)</ul>", page, re.DOTALL)
    return tuple(html.unescape(text) for text in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)) if found else ()


def headline_of(page: str) -> str:
    """Take the headline out of a finished page.

    >>> headline_of('<p class="pk-headline">2 of 3 &amp; more</p>')
    '2 of 3 & more'
    """
    found = re.search(r'<p class="pk-headline">(.*?)</p>', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""
