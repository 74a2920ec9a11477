"""What a run says of itself: one line for each page, and a summary for whoever is to be told."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from perfkit.run.manifest import Manifest, Page

_PATIENCE = 60


def line(page: Page, done: int, total: int, *, form: str = "text") -> str:
    """Give the log line of a finished page.

    >>> page = Page("scorecard", "Scorecard", "Managers", "scorecard", {}, "made")
    >>> line(page, 1, 8)
    '[1/8] Scorecard: made'
    >>> line(page, 1, 8, form="json")
    '{"event": "page", "page": "scorecard", "status": "made", "cause": "", "done": 1, "total": 8}'
    """
    if form == "json":
        event = {"event": "page", "page": page.name, "status": page.status, "cause": page.cause}
        return json.dumps(event | {"done": done, "total": total}, ensure_ascii=False)
    return f"[{done}/{total}] {page.title}: {page.status}" + (f": {page.cause}" if page.cause else "")


def message(text: str, *, form: str = "text") -> str:
    """Give the log line of anything else that is said.

    >>> message("23 files loaded.", form="json")
    '{"event": "message", "text": "23 files loaded."}'
    """
    return text if form == "text" else json.dumps({"event": "message", "text": text}, ensure_ascii=False)


@dataclass(frozen=True)
class Summary:
    """The outcome of a run: made, nothing to do, failed, or bad input."""

    outcome: str
    text: str
    quarter: str = ""
    index: str = ""
    pages: tuple[tuple[str, str, str], ...] = ()
    """Name, status and cause of each page."""

    def as_json(self) -> str:
        """Write the summary as one JSON object."""
        pages = [dict(zip(("page", "status", "cause"), page, strict=True)) for page in self.pages]
        whole = {"event": "summary", "outcome": self.outcome, "text": self.text, "quarter": self.quarter}
        return json.dumps(whole | {"index": self.index, "pages": pages}, ensure_ascii=False)


def summarise(record: Manifest, *, index: str) -> Summary:
    """Sum up a set that was made, or found to be up to date."""
    failed = sum(page.status == "failed" for page in record.pages)
    made = sum(page.status == "made" for page in record.pages)
    ready = len(record.pages) - failed
    text = f"{ready:,} report{'' if ready == 1 else 's'} ready, {failed} failed: {index}"
    outcome = "failed" if failed else "made" if made else "nothing to do"
    pages = tuple((page.name, page.status, page.cause) for page in record.pages)
    return Summary(outcome, text, record.quarter, index, pages)


def notify(command: str, summary: Summary) -> str:
    """Hand a summary to a command: JSON on its standard input, outcome and text in its environment.

    Gives what went wrong with the command, in words; "" where it ended well.
    """
    told: Mapping[str, str] = {
        "PERFKIT_OUTCOME": summary.outcome,
        "PERFKIT_SUMMARY": summary.text,
        "PERFKIT_QUARTER": summary.quarter,
    }
    try:
        ended = subprocess.run(
            command,
            shell=True,
            input=summary.as_json(),
            text=True,
            env=os.environ | told,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"The command of --notify took longer than {_PATIENCE} seconds."
    return f"The command of --notify ended with status {ended.returncode}." if ended.returncode else ""
