"""An .ods keeps the text that each number was shown as, which tells what a number format tells elsewhere."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from perfkit.intake import cells
from perfkit.intake.layouts import text
from perfkit.intake.workbooks import formatted, ods_formats

CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.1, "1.10"), (2, "2.0"), (7, "007"), (1.126, "1.13"), (4.7, "5"), (1.5, "£1.50"), (12, "12"), (1.1, "1.1")],
)
def test_a_reference_reads_as_it_was_shown(value: float, shown: str) -> None:
    assert text.shown(float(value), ods_formats.told(value, shown)) == shown


def test_a_figure_shown_in_full_needs_no_format() -> None:
    for value, shown in ((1562, "1,562"), (-3, "-3"), (0, "0"), (0.5, "0.5"), (5, "five"), (5, None), (True, "TRUE")):
        assert ods_formats.told(value, shown) == "", shown


@pytest.mark.parametrize(("value", "shown"), [(1_234_567, "1,235"), (1_234_567, "1.2"), (-45_400, "-45")])
def test_a_figure_shown_in_thousands_or_millions_is_asked(value: int, shown: str) -> None:
    problem = cells.number(value, number_format=ods_formats.told(value, shown)).problem
    assert problem is not None
    assert problem.found == f"{value:,} in a cell that shows it in thousands"


def test_a_text_that_its_number_does_not_give_tells_nothing() -> None:
    assert ods_formats.told(15, "14") == ""
    assert ods_formats.told(1_234_567, "1,236") == ""


def test_a_day_shown_without_its_year_has_a_format_without_it() -> None:
    assert ods_formats.told(dt.datetime(2017, 5, 3), "03 May") == "d mmm"
    assert ods_formats.told(dt.datetime(2017, 5, 3), "03/05/17") == ""


def test_the_cells_of_a_workbook_have_the_formats_that_their_texts_tell(tmp_path: Path) -> None:
    kinds = [
        ("float", "1.1", "<text:p>1.10</text:p>"),
        ("currency", "1200", "<text:p>£1,200</text:p>"),
        ("percentage", "0.67", "<text:p>67%</text:p>"),
        ("float", "5", "<text:p/>"),
        ("float", "5", ""),
    ]
    written = (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}">{shown}</table:table-cell>'
        for kind, value, shown in kinds
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", CONTENT.format(cells="".join(written)))
    (sheet,) = formatted.read(tmp_path / "a.ods", file="a.ods").sheets
    assert sheet.rows == [[1.1, 1200, 0.67, 5, 5]]
    assert sheet.formats == {(0, 0): "0.00", (0, 1): '"£"0', (0, 2): "0%", (0, 3): ";;;"}
