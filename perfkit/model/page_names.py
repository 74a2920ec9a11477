"""What pages are called: a report's own, and those of its directorates."""

from __future__ import annotations

import re
from collections.abc import Collection


def of(report: str, *said: object) -> str:
    """Name a page by its report and what it is of; signs that a file's name or an address cannot hold are dashes.

    >>> of("scorecard", "PH"), of("scorecard", "HR/OD", "A & C"), of("outlook")
    ('scorecard-PH', 'scorecard-HR-OD-A-C', 'outlook')
    """
    return "-".join([report, *(re.sub(r"\W+", "-", str(word)).strip("-") for word in said)])


def of_directorates(report: str, codes: Collection[str]) -> dict[str, str]:
    """Name the page of each directorate by its code; where one alone reports, the council's page is its own.

    >>> of_directorates("scorecard", ["PH", "CEF"]), of_directorates("scorecard", ["PH"])
    ({'PH': 'scorecard-PH', 'CEF': 'scorecard-CEF'}, {})
    """
    return {code: of(report, code) for code in codes} if len(codes) > 1 else {}
