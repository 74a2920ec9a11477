"""What comes with a release and holds no figures is passed over with a word, and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfkit.intake import companions, folder
from perfkit.intake.workbooks.grid import Sheet, Workbook


def test_the_list_of_columns_beside_an_open_data_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "absence.meta.csv"
    path.write_text(
        "col_name,col_type,label,indicator_grouping\nsess_absence,Indicator,Absence rate,\n", encoding="utf-8"
    )
    (delivery,) = folder.read([path], base=None, known={}, is_known=lambda *_: False)
    assert not delivery.reading.stops
    assert delivery.reading.tables == {}
    assert "found a list of another file's columns" in str(delivery.reading.issues[0])


@pytest.mark.parametrize("rows", [[], [["No.", "Indicator"]], [[None], ["col_name", "col_type", "label"]]])
def test_nothing_else_is(rows: list[list[object]]) -> None:
    assert not companions.recognises(Workbook("a.csv", (Sheet("a.csv", "", rows),)))
