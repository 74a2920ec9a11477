"""Links between the pages of a set: one to a page that the set cannot have is shown as words."""

from __future__ import annotations

import re
from collections.abc import Collection

NOT_MADE = "not made for this quarter"
_LINK = re.compile(r'<a href="(?P<page>[\w.-]+)\.html(?:#[\w.-]+)?">(?P<words>.*?)</a>', re.DOTALL)


def settle(page: str, *, absent: Collection[str]) -> str:
    """Give a page whose links to absent reports are words that say so; others stay.

    >>> settle('<a href="delivery.html">Delivery</a>', absent=["delivery"])
    'Delivery (not made for this quarter)'
    >>> settle('<a href="scorecard-PH.html">PH</a>', absent=["scorecard"])
    'PH (not made for this quarter)'
    >>> settle('<a href="outlook.html">Outlook</a>', absent=["delivery"])
    '<a href="outlook.html">Outlook</a>'
    """

    def said(link: re.Match[str]) -> str:
        # The page of a directorate is its report's: scorecard-SCS is a scorecard.
        report = link["page"].partition("-")[0]
        return f"{link['words']} ({NOT_MADE})" if report in absent else link[0]

    return _LINK.sub(said, page)
