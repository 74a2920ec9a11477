"""What a reader takes away says what the page says, in a form that a screen reader and a program can read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfkit import cli
from perfkit.model.errors import RunError
from perfkit.run import page_tables, page_tree, takeaways
from perfkit.run.page_tables import Entry

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Scorecard</title></head><body>
<h1>Scorecard</h1><p class="pk-organisation">Oxfordshire</p><p class="pk-subtitle">Quarter 1</p>
<p class="pk-headline">One of two is red.</p><p class="pk-notice">Illustrative figures: made up.</p>
<main><h2>Delays</h2>
<figure><svg></svg><figcaption>People a day. Source: NHS England.</figcaption>
<table><caption>Data: Delays fell to 25.3</caption>
<tr><th scope="col">Month</th><th scope="col" class="pk-number">Social care</th><th scope="col">Promised</th></tr>
<tr><th scope="row">May 2017</th><td class="pk-number">1,026.0 a day</td><td class="pk-number">no value</td></tr>
<tr><th scope="row">June 2017</th><td class="pk-number">25.3 a day</td><td class="pk-number">24.5 a day</td></tr>
</table></figure>
<h2>Indicators</h2>
<div data-perfkit><p class="pk-legend">Signs: [i] illustrative, never published; N/A not applicable.</p>
<table><caption>Indicators</caption>
<thead><tr><th scope="col">No.</th><th scope="col">Indicator</th><th scope="col" class="pk-number">Value</th>
<th scope="col" class="pk-number">Change</th><th scope="col">Note</th></tr></thead>
<tr><th scope="rowgroup" colspan="5">Safe homes <span class="pk-chip">Red</span></th></tr>
<tr><td>7</td><th scope="row">=Visits()<span class="pk-small">Value SCS.xlsx, Dashboard!G8</span></th>
<td class="pk-number">1,180 [i]</td><td class="pk-number">−430</td><td></td></tr>
<tr><td>8</td><th scope="row">Carers</th><td class="pk-number">96.1%</td><td class="pk-number">+3</td><td>-1+1</td></tr>
<tr><td>9</td><th scope="row">Fires</th><td class="pk-number">0</td><td class="pk-number">N/A</td><td>Late</td></tr>
</table>
<p class="pk-legend">Rules of the calculated ratings:</p><ol class="pk-legend"><li>Green at target.</li></ol></div>
<section class="pk-sources"><dl class="pk-pairs"><div><dt>quarter</dt><dd>2017-18 Q1</dd></div></dl></section>
</main></body></html>
"""
INDICATORS = [
    [
        "Group", "Group: rating", "No.", "Indicator", "Indicator: detail",
        "Value", "Value: unit", "Value: sign", "Change", "Note",
    ],
    ["Safe homes", "Red", 7, "=Visits()", "Value SCS.xlsx, Dashboard!G8", 1180, "number", "[i]", -430, "[z]"],
    ["Safe homes", "Red", 8, "Carers", "[z]", 96.1, "%", "[z]", 3, "-1+1"],
    ["Safe homes", "Red", 9, "Fires", "[z]", 0, "number", "[z]", "N/A", "Late"],
]  # fmt: skip


def open_book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return takeaways.files(PAGE, name="scorecard")


@pytest.fixture(scope="module")
def book(files: dict[str, bytes]) -> Any:
    return open_book(files["scorecard.xlsx"])


def rows_of(sheet: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet[next(iter(sheet.tables.values())).ref]]


def test_a_page_gives_a_workbook_and_a_csv_for_each_table(files: dict[str, bytes]) -> None:
    assert list(files) == [
        "scorecard.xlsx", "scorecard-tables/1-delays-fell-to-25-3.csv", "scorecard-tables/2-indicators.csv",
    ]  # fmt: skip
    assert takeaways.files("<main><p>No table.</p></main>", name="p") == {}


def test_figures_are_numbers_with_their_unit_in_the_header_and_a_missing_one_is_shorthand(book: Any) -> None:
    assert rows_of(book["Table 1"]) == [
        ["Month", "Social care (a day)", "Promised (a day)"],
        ["May 2017", 1026.0, "[x]"],
        ["June 2017", 25.3, 24.5],
    ]
    assert book["Table 1"]["B5"].number_format == "#,##0.0"


def test_groups_units_signs_and_small_print_become_columns_and_no_kind_of_nothing_becomes_another(book: Any) -> None:
    assert rows_of(book["Table 2"]) == INDICATORS
    assert book["Table 2"]["I5"].number_format == "#,##0"
    assert book["Table 2"]["I6"].number_format == "+#,##0;-#,##0;#,##0"


def test_a_sign_that_the_page_uses_itself_keeps_its_meaning() -> None:
    page = PAGE.replace("N/A</td>", "[x]</td>").replace("<td></td>", "<td>[z]</td>").replace("Late", "")
    first, second = page_tables.tables(page_tree.read(page))
    assert first.rows[0][2] == Entry("no value")
    assert [row[-1].text for row in second.rows] == ["[z]", "-1+1", "[no entry]"]
    assert second.rows[2][8] == Entry("[x]")


def test_a_unit_that_a_whole_line_shares_is_said_once() -> None:
    cells = '<td class="pk-number">{}</td><td class="pk-number">{}</td>'
    lines = [("Carers", "96.1%", ""), ("Visits", "1,180 hours", "1,200 hours"), ("Fires", "3", "2")]
    body = "".join(f"<tr><td>{name}</td>{cells.format(*values)}</tr>" for name, *values in lines)
    head = "<tr><th>Indicator</th><th>Q1</th><th>Q2</th></tr>"
    (table,) = page_tables.tables(page_tree.read(f"<table><caption>T</caption>{head}{body}</table>"))
    assert table.headers == ("Indicator", "Unit", "Q1", "Q2")
    assert [[one.number or one.text for one in row] for row in table.rows] == [
        ["Carers", "%", "96.1", "[z]"],
        ["Visits", "hours", "1180", "1200"],
        ["Fires", "number", "3", "2"],
    ]


def test_cover_contents_and_notes_say_what_there_is(book: Any) -> None:
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Table 1", "Table 2"]
    assert [cell.value for cell in book["Cover"]["A"]] == [
        "Scorecard", "Oxfordshire", "Quarter 1", "One of two is red.", "Illustrative figures: made up.",
        "This workbook holds the 2 tables of the report scorecard.html, one on each sheet, as the report shows them. "
        "The report says where every figure comes from and how it was worked out.",
        "quarter: 2017-18 Q1", "Contents of this workbook",
    ]  # fmt: skip
    assert rows_of(book["Contents"]) == [
        ["Sheet", "Title", "Section of the report"],
        ["Notes", "Notes and signs used in this workbook", "[z]"],
        ["Table 1", "Delays fell to 25.3", "Delays"],
        ["Table 2", "Indicators", "Indicators"],
    ]
    assert rows_of(book["Notes"]) == [
        ["Sign or note", "Meaning"],
        ["[z]", "Not applicable: the report leaves this cell empty."],
        ["[x]", "Not available: the report says that there is no value."],
        ["[i]", "Illustrative, never published."],
        ["Note 1", "Signs: [i] illustrative, never published; N/A not applicable."],
        ["Note 2", "Rule 1: Green at target."],
    ]
    assert [book["Contents"].cell(row, 1).hyperlink.location for row in (5, 6, 7)] == [
        "'Notes'!A1", "'Table 1'!A1", "'Table 2'!A1",
    ]  # fmt: skip


def test_each_sheet_says_what_it_holds_above_its_table(book: Any) -> None:
    assert [book["Table 1"].cell(row, 1).value for row in (1, 2, 3)] == [
        "Table 1: Delays fell to 25.3",
        'This worksheet holds the data of a chart, from the section "Delays" of the report. '
        "Signs are explained on the sheet Notes. People a day. Source: NHS England.",
        "Back to contents",
    ]
    assert "See on the sheet Notes: Note 1, Note 2." in book["Table 2"]["A2"].value


def test_the_workbook_meets_the_checklist(book: Any) -> None:
    assert (book.properties.title, book.properties.language) == ("Scorecard: tables", "en-GB")
    assert book.active.title == "Cover"
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert sheet.freeze_panes is None
        assert sheet["A1"].value
        assert sheet["A1"].style == "Headline 1"
        assert not [row for row, held in sheet.row_dimensions.items() if held.hidden]
        assert not [name for name, held in sheet.column_dimensions.items() if held.hidden]
        if sheet.title == "Cover":
            continue
        (table,) = sheet.tables.values()
        headers, *rows = rows_of(sheet)
        assert table.ref.startswith("A4:")
        assert table.ref.endswith(f"{sheet.max_row}")
        assert table.headerRowCount == 1
        assert [column.name for column in table.tableColumns] == headers
        assert len({str(header).lower() for header in headers}) == len(headers)
        assert all(value not in (None, "") for row in [headers, *rows] for value in row)
        assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Arial"}
        assert min(cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value) >= 12


def test_text_never_becomes_a_formula_and_figures_stay_figures(book: Any, files: dict[str, bytes]) -> None:
    cell = book["Table 2"]["D5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=Visits()", "s", True)
    lines = list(csv.reader(io.StringIO(files["scorecard-tables/2-indicators.csv"].decode("utf-8-sig"))))
    assert lines[1][2:6] == ["7", "'=Visits()", "Value SCS.xlsx, Dashboard!G8", "1180"]
    assert lines[1][6:] == ["number", "[i]", "-430", "[z]"]
    assert lines[2][-2:] == ["3", "'-1+1"]


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", " =1", "＝1", "-1+1|cmd"])
def test_formula_like_text_is_neutralised_in_a_csv(text: str) -> None:
    table = page_tables.Table("T", ("Name",), ((Entry(text),),))
    ((shown,),) = list(csv.reader(io.StringIO(takeaways.as_csv(table).decode("utf-8-sig"))))[1:]
    assert shown == f"'{text}"


def test_a_csv_begins_with_the_mark_of_utf_8(files: dict[str, bytes]) -> None:
    assert files["scorecard-tables/2-indicators.csv"].startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("words", "number", "unit"),
    [
        ("1,488", "1488", ""), ("0", "0", ""), ("67.0%", "67.0", "%"), ("−5.7 points", "-5.7", "points"),
        ("£1.4m", "1.4", "£m"), ("+3", "3", ""), ("5,976 hours", "5976", "hours"),
        ("007", "", ""), ("1,23", "", ""), ("99, of which 9", "", ""), ("Q1", "", ""), ("1E5", "", ""),
        ("12,34,567", "", ""), ("3-5", "", ""), ("2017-18 Q1", "", ""), ("1234567890123456", "", ""),
    ],
)  # fmt: skip
def test_what_is_a_number_and_what_is_text(words: str, number: str, unit: str) -> None:
    assert page_tables.entry(words) == Entry(words, number, unit if number else "")


def test_the_same_page_gives_the_same_bytes_whenever(monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> None:
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert takeaways.files(PAGE, name="scorecard") == files
    import zipfile

    book = zipfile.ZipFile(io.BytesIO(files["scorecard.xlsx"]))
    assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"dcterms:modified" not in book.read("docProps/core.xml")


def test_the_command_writes_beside_the_page_and_takes_the_place_of_earlier_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "scorecard.html"
    page.write_text(PAGE, encoding="utf-8")
    (tmp_path / "scorecard-tables").mkdir()
    (tmp_path / "scorecard-tables" / "9-old.csv").write_text("old")
    assert cli.main(["take-away", str(page)]) == cli.DONE
    assert capsys.readouterr().out.splitlines() == [
        f"{page}: scorecard.xlsx, scorecard-tables", "Take-aways of 1 page written.",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scorecard-tables", "scorecard.html", "scorecard.xlsx"]
    assert sorted(path.name for path in (tmp_path / "scorecard-tables").iterdir()) == [
        "1-delays-fell-to-25-3.csv", "2-indicators.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "Indicator,Value\nvisits,3\n"])
def test_what_is_no_page_is_refused_before_anything_is_written(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    page = tmp_path / "b.html"
    page.write_text(text, encoding="utf-8")
    assert cli.main(["take-away", str(tmp_path)]) == cli.MISUSED
    assert capsys.readouterr().err == f"{page} is not a page: expected HTML.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.xlsx").mkdir()
    (tmp_path / "page.xlsx" / "in-the-way").touch()
    with pytest.raises(RunError, match=r"The tables of .*page\.html cannot be written beside it: "):
        takeaways.write(page)


def parted(cell: page_tree.Element) -> tuple[str, str]:
    """Give a cell's words as a reader sees them, and its small print."""
    apart = [
        part.words
        for part in cell.walk()
        if part.get("aria-hidden") == "true" or (part.parent.tag in ("a", "summary") and "pk-unseen" in part.classes)
    ]
    small = [without(part.words, apart) for part in cell.walk() if "pk-small" in part.classes]
    words = without(cell.words, apart)
    for print_ in small:
        words = words.replace(print_, " ", 1)
    return re.sub(r"\s+", " ", words).strip(), " ".join(small)


def without(words: str, parts: list[str]) -> str:
    for part in filter(None, parts):
        words = words.replace(part, "", 1)
    return words


def compare(book: Any, page: page_tree.Element) -> int:
    """Hold every line of every table of the page beside the workbook's; give how many cells were compared."""
    compared = 0
    for place, table in enumerate(page.find("table"), 1):
        _, *held = rows_of(book[f"Table {place}"])
        lines = [line for line in table.find("tr") if line.find("td")]
        assert len(lines) == len(held)
        for line, row in zip(lines, held, strict=True):
            for cell in line.find("td", "th"):
                words, small = parted(cell)
                assert found(words, row), (place, words, row)
                assert not small or letters(small) in map(letters, row), (place, small, row)
                compared += 1
    return compared


def found(words: str, row: list[object]) -> bool:
    """Whether a cell's words stand in a row: as text, day or shorthand, or as a number with its unit and signs apart.

    Pounds may stand as millions, where others of their column do.
    """
    if words.lower() in ("", "no value"):
        # A page that uses the sign [x] for something else keeps its own words.
        return bool({"[x]", words} & set(row)) if words else "[z]" in row
    figure = re.match(r"[+−-]?£?(\d[\d,]*(?:\.\d+)?)", words)
    number = float(figure[1].replace(",", "")) * (-1 if words[0] in "−-" else 1) if figure else None
    numbers = {number, number / 1e6 if number is not None and words.lstrip("+−").startswith("£") else None} - {None}
    return letters(words) in map(letters, row) or any(type(value) in (int, float) and value in numbers for value in row)


def letters(words: object) -> str:
    said = f"{words.day} {words:%B %Y}" if isinstance(words, dt.datetime) else str(words)
    return re.sub(r"\W", "", said)


def test_every_cell_of_the_real_pages_stands_in_their_workbooks(real_pages: Path) -> None:
    pages = sorted(real_pages.glob("*.html"))
    assert len(pages) >= 9
    total = 0
    for path in pages:
        text = path.read_text(encoding="utf-8")
        book = open_book(takeaways.files(text, name=path.stem)[f"{path.stem}.xlsx"])
        total += compare(book, page_tree.read(text))
    assert total > 1500


def test_a_published_number_stays_as_written_where_its_point_is_no_decimal() -> None:
    page = page_tree.read(
        "<table><caption>Actions</caption><tr><th>No.</th><th>Action</th></tr><tr><td>1.1</td><td>A</td></tr>"
        "<tr><td>1.10</td><td>B</td></tr></table>"
    )
    assert [row[0] for row in page_tables.tables(page)[0].rows] == [Entry("1.1"), Entry("1.10")]


def test_amounts_that_a_page_rounds_differently_share_one_unit_in_their_column() -> None:
    page = page_tree.read(
        "<table><caption>Gaps</caption><tr><th>Year</th><th>Gap</th></tr>"
        "<tr><td>2011-12</td><td class='pk-number'>£800,000</td></tr>"
        "<tr><td>2012-13</td><td>£2.5m</td></tr><tr><td>2013-14</td><td>not known</td></tr></table>"
    )
    table = page_tables.tables(page)[0]
    assert table.headers == ("Year", "Gap (£m)")
    assert takeaways.as_csv(table).decode("utf-8-sig").splitlines()[1:] == [
        "2011-12,0.8", "2012-13,2.5", "2013-14,not known",
    ]  # fmt: skip


def test_a_day_is_a_day_and_what_only_tells_links_apart_stays_on_the_page() -> None:
    page = page_tree.read(
        '<h1>Report</h1><table><caption>Files</caption><tr><th>File</th><th>Received</th></tr><tr><td><a href="#a">a'
        '<span class="pk-unseen">: of the county</span></a> <span aria-hidden="true">✓ </span>Yes</td>'
        "<td>21 July 2017</td></tr></table>"
    )
    table = page_tables.tables(page)[0]
    assert takeaways.as_csv(table).decode("utf-8-sig").splitlines()[1:] == ["a Yes,2017-07-21"]
    made = takeaways.files("", name="report", page=page)["report.xlsx"]
    cell = open_book(made)["Table 1"]["B5"]
    assert (cell.value, cell.number_format) == (dt.datetime(2017, 7, 21), "d mmmm yyyy")


def test_a_fault_of_the_code_is_kept_from_readers_and_told_to_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NameError("name 'rows' is not defined")

    monkeypatch.setattr(takeaways, "files", fail)
    made = takeaways.make("<h1>Page</h1>", name="scorecard", wanted=takeaways.Wanted((takeaways.TABLES,)))
    assert (made.files, made.kinds) == ({}, ())
    assert made.remark == "no tables to take away: the tables of the page could not be written as files"
    assert made.details == ("no tables to take away: NameError: name 'rows' is not defined",)
