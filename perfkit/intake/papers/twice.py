"""Papers that two files of one delivery hold: one of them would be left out, and nobody told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfkit.intake import records
from perfkit.intake.reading import Reading
from perfkit.model import schemas
from perfkit.model.errors import Issue, Where
from perfkit.model.paper_layouts import LAYOUTS

HELD_AGAIN = ("recommendations", "streams", "programmes")
"""What may stand in every report on a programme; the newest is believed."""


def sent_twice(readings: Sequence[Reading]) -> list[Issue]:
    """Tell of papers that two files hold for the same quarter, month or year.

    >>> sent_twice([])
    []
    """
    issues: list[Issue] = []
    for name, layout in LAYOUTS.items():
        first: dict[tuple[str, ...], str] = {}
        for unit, file in _units(name, readings) if name not in HELD_AGAIN else ():
            other = first.setdefault(unit, file)
            if other != file:
                found = f"{layout.sheet.lower()} for {', '.join(unit)} that {other} holds as well"
                issues.append(Issue(Where(file, layout.sheet), found, "them in one workbook",
                                    "Put them together, or send one of the two."))  # fmt: skip
    return issues


def _units(name: str, readings: Sequence[Reading]) -> Iterator[tuple[tuple[str, ...], str]]:
    columns = [*schemas.TABLES[name].unit, "file"]
    for reading in readings:
        for *unit, file in records.distinct(reading.drafts.get(name), columns):
            yield tuple(map(str, unit)), str(file)
