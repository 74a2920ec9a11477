"""Drafts of tables become frames: one for a file, or one for a whole delivery, with the same rows either way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from perfkit.intake import drafts
from perfkit.intake.drafts import Chosen, Columns, Places, Rows, same
from perfkit.model import schemas

NUMBERS = np.array([1.0, np.nan])
MONTHS = pd.period_range("2017-04", periods=2, freq="M")


def _columns(area: str, start: int) -> Columns:
    """Give two rows of an area, the second without a figure, in column C from the row that follows ``start``."""
    return Columns(
        {
            "area": same(area, 2),
            "month": Chosen(list(MONTHS), np.array([1, 0]), "period[M]"),
            "marker": Chosen(["", "*"], np.array([0, 1])),
            "value": NUMBERS,
            "cell": Places(np.array([start, start + 1]), np.array([2, 2])),
        }
    )


def _priority(name: str, order: int) -> dict[str, object]:
    return {"priority": name, "financial_year": "2017-18", "order": order, "file": "f.xlsx", "sheet": "P", "cell": "B5"}


def test_columns_of_two_files_become_one_frame_in_their_order() -> None:
    frame = drafts.frame([_columns("Kent", 4), _columns("Surrey", 9)])
    assert frame["area"].tolist() == ["Kent", "Kent", "Surrey", "Surrey"]
    assert frame["month"].tolist() == [MONTHS[1], MONTHS[0]] * 2
    assert frame["cell"].tolist() == ["C5", "C6", "C10", "C11"]


def test_an_empty_text_is_missing_and_a_figure_that_is_not_there_stays_so() -> None:
    frame = drafts.frame([_columns("Kent", 4)])
    assert frame["marker"].isna().tolist() == [True, False]
    assert frame["value"].isna().tolist() == [False, True]


def test_one_frame_of_many_drafts_is_what_their_own_frames_make_together() -> None:
    parts = [_columns("Kent", 4), _columns("Surrey", 9)]
    together = pd.concat([drafts.frame([part]) for part in parts], ignore_index=True)
    assert_frame_equal(drafts.frame(parts), together)


def test_values_that_files_share_are_told_once() -> None:
    words = ("Kent", "Surrey")
    parts = [Columns({"area": Chosen(words, np.array([k]))}) for k in (1, 0)]
    assert drafts.frame(parts)["area"].tolist() == ["Surrey", "Kent"]


def test_rows_are_typed_as_their_table_says() -> None:
    parts = [Rows(schemas.PRIORITIES, [_priority("One", 1)]), Rows(schemas.PRIORITIES, [_priority("Two", 2)])]
    frame = drafts.frame(parts)
    assert_frame_equal(frame, schemas.of_rows([_priority("One", 1), _priority("Two", 2)], schemas.PRIORITIES))
    assert frame["vintage"].isna().all()


def test_a_frame_among_drafts_keeps_its_place() -> None:
    whole = schemas.of_rows([_priority("One", 1)], schemas.PRIORITIES)
    frame = drafts.frame([whole, Rows(schemas.PRIORITIES, [_priority("Two", 2)])])
    assert frame["priority"].tolist() == ["One", "Two"]


@pytest.mark.parametrize(
    ("row", "sound"),
    [
        (_priority("One", 1), True),
        ({**_priority("One", 1), "priority": ""}, False),
        ({**_priority("One", 1), "priority": None}, False),
        ({**_priority("One", 1), "priority": float("nan")}, False),
        ({**_priority("One", 1), "priority": 7}, False),
    ],
)
def test_a_row_is_sound_where_what_it_must_have_is_there(row: dict[str, object], sound: bool) -> None:
    assert schemas.is_sound([row], schemas.PRIORITIES) is sound


def test_rows_with_one_key_or_a_word_that_is_not_allowed_are_not_sound() -> None:
    row = _priority("One", 1)
    assert not schemas.is_sound([row, row], schemas.PRIORITIES)
    required = {c.name: "x" for c in schemas.COMMENTARY.columns if c.required}
    worded = next(c.name for c in schemas.COMMENTARY.columns if c.words)
    assert not schemas.is_sound([{**required, worded: "no such word"}], schemas.COMMENTARY)
