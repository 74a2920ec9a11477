"""An authority whose name is spelt otherwise than in other months is told; its series goes on all the same."""

from __future__ import annotations

import pandas as pd

from perfkit.intake.sanity import spellings


def month(label: str, *names: str) -> pd.DataFrame:
    rows = [
        (pd.Period(label, "M"), name, "authority", f"{label}.xls", "LA", f"F{k}") for k, name in enumerate(names, 15)
    ]
    return pd.DataFrame(rows, columns=["month", "area", "area_kind", "file", "sheet", "cell"])


BEFORE = pd.concat([month("2019-11", "Derby UA", "Oxfordshire"), month("2019-12", "Derby UA", "Oxfordshire")])


def test_a_name_in_another_spelling_is_told_once_for_its_file() -> None:
    new = month("2020-01", "Derby", "OXFORDSHIRE")
    (issue,) = spellings.changed(new, spellings.usual(pd.concat([BEFORE, new])))
    assert (issue.where.file, issue.where.cell, issue.stops) == ("2020-01.xls", "F15", False)
    assert issue.found == (
        'names that other months spell otherwise: "Derby" for "Derby UA", "OXFORDSHIRE" for "Oxfordshire"'
    )


def test_the_spelling_of_most_months_and_names_that_nobody_knows_are_not() -> None:
    new = month("2020-01", "Derby UA", "Resident in Scotland")
    assert spellings.changed(new, spellings.usual(pd.concat([BEFORE, new]))) == []


def test_an_authority_that_was_made_of_others_is_no_other_spelling() -> None:
    new = month("2020-01", "Bournemouth, Christchurch & Poole")
    past = pd.concat([month("2019-01", "Bournemouth UA", "Poole UA"), new])
    assert spellings.changed(new, spellings.usual(past)) == []
