"""What a run says of itself: one line for each page, and a summary for whoever is to be told."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from perfkit.run.manifest import Manifest, Page

_PATIENCE = 60


def lines(page: Page, done: int, total: int, *, form: str = "text") -> list[str]:
    """Give the log lines of a finished page: one, and in plain text one more for each finding of a failed check.

    >>> page = Page("scorecard", "Scorecard", "Managers", "scorecard", {}, "made")
    >>> lines(page, 1, 8)
    ['[1/8] Scorecard: made']
    >>> lines(page, 1, 8, form="json")
    ['{"event": "page", "page": "scorecard", "status": "made", "cause": "", "done": 1, "total": 8}']
    """
    if form == "json":
        event = {"event": "page", "page": page.name, "status": page.status, "cause": page.cause}
        return [json.dumps(event | {"done": done, "total": total} | _more(page), ensure_ascii=False)]
    said = [page.status, *([page.cause] if page.cause else [])]
    remark = f"; {page.remark}" if page.remark else ""
    return [f"[{done}/{total}] {page.title}: {': '.join(said)}{remark}", *(f"  {one}" for one in page.findings)]


def _more(page: Page) -> dict[str, object]:
    """Give what only some pages have."""
    more = {"findings": list(page.findings), "remark": page.remark}
    return {name: value for name, value in more.items() if value}


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
    pages: tuple[dict[str, object], ...] = ()
    """Of each page its name, status and cause, and where there are any the findings of its check and a remark."""
    left_out: tuple[dict[str, str], ...] = ()
    """Of each report that is left out its name, and why."""

    def as_json(self) -> str:
        """Write the summary as one JSON object."""
        return json.dumps({"event": "summary", **asdict(self)}, ensure_ascii=False)


def summarise(record: Manifest, *, index: str) -> Summary:
    """Sum up a set that was made, or found to be up to date."""
    failed = sum(page.status == "failed" for page in record.pages)
    made = sum(page.status == "made" for page in record.pages)
    ready = len(record.pages) - failed
    text = f"{ready:,} report{'' if ready == 1 else 's'} ready, {failed} failed: {index}"
    outcome = "failed" if failed else "made" if made else "nothing to do"
    pages = tuple(
        {"page": page.name, "status": page.status, "cause": page.cause} | _more(page) for page in record.pages
    )
    left_out = tuple({"report": one.report, "why": one.why} for one in record.left_out)
    return Summary(outcome, text, record.quarter, index, pages, left_out)


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
