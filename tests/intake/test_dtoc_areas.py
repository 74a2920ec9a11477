"""Authorities of a delayed-transfers sheet are those of the register, each under its own code and once."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from perfkit.intake.dtoc import areas as dtoc_areas
from perfkit.intake.dtoc.rows import Areas
from perfkit.intake.dtoc.table import Table
from perfkit.intake.workbooks.grid import Sheet


def told(rows: list[tuple[str, str]], day: dt.date) -> list[str]:
    names, codes = tuple(name for name, _ in rows), tuple(code for _, code in rows)
    size = len(rows)
    areas = Areas(names, codes, ("",) * size, names)
    table = Table(Sheet("June_19.xls", "LA - by reason", []), "reason", areas, np.arange(size) + 15, ["A"],
                  np.array([5]), np.zeros((size, 1)), {})  # fmt: skip
    return [f"{issue.where.cell} {issue.severity}: {issue.found}" for issue in dtoc_areas.check(table, day)]


JUNE = dt.date(2019, 6, 30)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("Wiga.", "406")], "error"),
        ([("Newtown", "999")], 'A16 error: the area "Newtown" (999)'),
        ([("Kent", "608")], "A16 error: the code 608, which is Oxfordshire, beside the name Kent"),
        ([("Poole", "-")], "A16 warning: Poole, which ended on 31 March 2019"),
        ([("Poole", ""), ("Bournemouth, Christchurch & Poole", "")],
         "A16 error: Poole beside Bournemouth, Christchurch and Poole, which took it over"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_register_is_told(rows: list[tuple[str, str]], message: str) -> None:
    assert any(message in text for text in told(rows, JUNE))


def test_what_fits_and_what_lies_elsewhere_is_no_issue() -> None:
    rows = [
        ("England", "-"),
        ("Oxfordshire", "608"),
        ("Derby UA", "507"),
        ("Dorset", "-"),
        ("Resident in Wales", "9900"),
    ]
    assert told(rows, JUNE) == []
    assert told([("Bournemouth", "810"), ("Poole", "811")], dt.date(2019, 3, 31)) == []
