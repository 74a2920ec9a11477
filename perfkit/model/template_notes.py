"""What perfkit's own templates say in notes on cells, so that they are known when a workbook comes back."""

from __future__ import annotations

import re
from functools import cache

from perfkit.model.layouts import Heading
from perfkit.model.paper_layouts import LAYOUTS

_TARGET = "The target is for one {basis}."
_TARGET_YTD = "The target is for one {basis}; the figure to give covers the time since April."
_ARREARS = "Reported {steps} in arrears: give the figure for {due}."
_YEARLY = "Due once a year. Leave it empty, or type Pending, if there is none in {period}."
_FIELD = re.compile(r"\\\{\w+\\\}")


def of_target(basis: str, *, cumulative: bool) -> str:
    """Say for what time a target holds that is for a quarter or a month.

    >>> of_target("quarter", cumulative=False)
    'The target is for one quarter.'
    """
    return (_TARGET_YTD if cumulative else _TARGET).format(basis=basis)


def of_arrears(quarters: int, due: str) -> str:
    """Say for what period a figure is due that is reported some quarters later.

    >>> of_arrears(1, "quarter 1 of 2017-18")
    'Reported one quarter in arrears: give the figure for quarter 1 of 2017-18.'
    """
    return _ARREARS.format(steps="one quarter" if quarters == 1 else f"{quarters} quarters", due=due)


def of_year(period: str) -> str:
    """Say what to do with a figure that is due once a year in a quarter in which there may be none."""
    return _YEARLY.format(period=period)


def of_heading(heading: Heading) -> str:
    """Say what to write below a heading of a paper.

    >>> of_heading(Heading("likelihood", "Likelihood", "whole", "how likely it is", least=1, most=5))
    'How likely it is. From 1 to 5.'
    """
    limits = f" From {heading.least:g} to {heading.most:g}." if heading.least is not None and heading.most else ""
    words = f" One of: {', '.join(heading.words)}." if heading.words else ""
    text = heading.meaning[:1].upper() + heading.meaning[1:]
    stop = "" if text.endswith((".", "...")) else "."
    return f"{text}{stop}{limits}{words}"


def without(text: str) -> str:
    """Take off the beginning of a note, given with single spaces, what a template wrote there.

    >>> without("The target is for one month. Provisional!"), without("Provisional!")
    ('Provisional!', 'Provisional!')
    """
    return _own().sub("", text)


@cache
def _own() -> re.Pattern[str]:
    patterns = [_FIELD.sub("[^.]+", re.escape(text)) for text in (_TARGET, _TARGET_YTD, _ARREARS, _YEARLY)]
    headings = {of_heading(heading) for layout in LAYOUTS.values() for heading in layout.headings}
    # The longest goes first: some begin with another.
    patterns += [re.escape(text) for text in sorted(headings, key=lambda text: (-len(text), text))]
    return re.compile(rf"\A(?:{'|'.join(patterns)})\s*")
