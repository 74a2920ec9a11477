"""Authorities of a delayed-transfers sheet are those of the register, each under its own code and once."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from perfkit.intake import dtoc
from perfkit.intake.dtoc import areas as dtoc_areas
from perfkit.intake.dtoc.rows import Areas
from perfkit.intake.dtoc.table import Table
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model import areas
from tests.intake.dtoc.test_reader import changed, found_at, put, workbook

LABELS = {"region": 1, "ons": 2, "code": 3, "name": 4}


def told(
    rows: list[tuple[str, str]], day: dt.date, *, ons: tuple[str, ...] = (), regions: tuple[str, ...] = ()
) -> list[str]:
    names, codes = tuple(name for name, _ in rows), tuple(code for _, code in rows)
    size = len(rows)
    listed = Areas(names, codes, regions or ("",) * size, names, ons)
    table = Table(Sheet("June_19.xls", "LA - by reason", []), "reason", listed, np.arange(size) + 15, ["A"],
                  np.array([5]), np.zeros((size, 1)), {}, labels=LABELS)  # fmt: skip
    return [f"{issue.where.cell} {issue.severity}: {issue.found}" for issue in dtoc_areas.check(table, day)]


JUNE = dt.date(2019, 6, 30)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("Wiga.", "406")], "error"),
        ([("Newtown", "999")], 'E16 error: the area "Newtown" (999)'),
        ([("Kent", "608")], "D16 error: the code 608, which is Oxfordshire, beside the name Kent"),
        ([("Poole", "-")], "E16 warning: Poole, which ended on 31 March 2019"),
        ([("Poole", ""), ("Bournemouth, Christchurch & Poole", "")],
         "E16 error: Poole beside Bournemouth, Christchurch and Poole, which took it over"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_register_is_told(rows: list[tuple[str, str]], message: str) -> None:
    assert any(message in text for text in told(rows, JUNE))


def test_the_national_code_is_held_against_the_name() -> None:
    issues = told([("Oxfordshire", "608"), ("Kent", "-")], JUNE, ons=("E10000025", "E10000014"))
    assert issues == ["C17 error: the code E10000014, which is Hampshire, beside the name Kent"]
    assert told([("Oxfordshire", "608")], JUNE, ons=("E10000099",)) == [
        "C16 warning: the code E10000099 for Oxfordshire"
    ]


def test_a_region_is_held_against_the_authority_s_own() -> None:
    rows = [(area.name, "-") for area in areas.authorities(JUNE)]
    own = tuple(area.region for area in areas.authorities(JUNE))
    assert told(rows, JUNE, regions=own) == []
    assert told(rows, JUNE, regions=("Mars", *own[1:])) == [f'B16 warning: the region "Mars" for {rows[0][0]}']
    other = tuple("South West" if area.name == "Kent" else area.region for area in areas.authorities(JUNE))
    assert [text.split(": ")[1] for text in told(rows, JUNE, regions=other)] == ['the region "South West" for Kent']


def test_regions_of_the_nhs_are_no_statistical_regions() -> None:
    rows = [("Kent", "-"), ("Oxfordshire", "-"), ("Derby UA", "-"), ("Leeds", "-")]
    assert told(rows, JUNE, regions=("London", "South East", "Midlands and East", "North of England")) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("Bournemouth & Poole", "-"), ("Poole", "811")], ["Bournemouth & Poole beside Poole, which is a part of it"]),
        ([("Cornwall and Isles of Scilly", "902"), ("Isles of Scilly UA", "906")],
         ["Cornwall and Isles of Scilly beside Isles of Scilly, which is a part of it"]),
        ([("Bournemouth & Poole", "-"), ("Kent", "820")], []),
        ([("Leicestershire and Rutland", "508")], []),
    ],
)  # fmt: skip
def test_authorities_told_together_are_known_and_stand_beside_none_of_them(
    rows: list[tuple[str, str]], found: list[str]
) -> None:
    issues = told(rows, dt.date(2017, 6, 30))
    assert issues == [f"E16 error: {text}" for text in found]


def test_one_authority_under_two_names_is_told() -> None:
    assert told([("Derby UA", "-"), ("Derby City", "-")], JUNE) == [
        "E17 error: Derby City beside Derby UA, which is the same authority"
    ]


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


def test_a_national_code_unlike_the_other_sheets_is_a_warning_since_it_is_not_loaded() -> None:
    book, sheet = workbook(), "LA - by responsible org"
    [issue] = dtoc.read(changed(book, sheet, put(*found_at(book, sheet, "E06000059"), "E06000058"))).issues
    assert (issue.where.cell, issue.stops) == ("C19", False)
    assert (issue.found, issue.expected) == (
        'ONS code "E06000058" for Dorset',
        '"E06000059", as on sheet LA - by type of care',
    )
