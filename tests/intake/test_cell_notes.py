"""Notes pinned to cells are told with their words, since no reader takes them; no figure changes for them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest
from openpyxl.comments import Comment

from perfkit.forms import papers as paper_forms
from perfkit.intake import cell_notes, papers, returns
from perfkit.intake.workbooks import formatted
from perfkit.intake.workbooks.grid import Notes, Sheet, Workbook
from perfkit.model.errors import Issue, Severity
from tests.intake.workbooks.test_formatted import ROWS, TITLES, grid, save_ods, save_xlsx

ACTION = "Notes pinned to cells are not read; write it under Comments, or in a column of notes, if it matters."
FINANCE = "provisional, to be confirmed by finance"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
COPY = ("[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to "
        "it will get removed if the file is opened in a newer version of Excel. Learn more: "
        "https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    {0}")  # fmt: skip


def sheet(notes: Notes) -> Sheet:
    return Sheet("SCS.xlsx", "Dashboard", [["No."], [1]], notes=notes)


def told(notes: Notes) -> list[tuple[str, str]]:
    return [(issue.where.cell, issue.found) for issue in cell_notes.tell(sheet(notes))]


def test_a_note_is_one_warning_at_its_cell() -> None:
    assert cell_notes.tell(sheet({(1, 3): FINANCE})) == [
        Issue(sheet({}).where(1, 3), f'the note "{FINANCE}"', "what matters in the cells themselves", ACTION,
              Severity.WARNING)
    ]  # fmt: skip


def test_words_stand_in_one_line_without_signs_that_nobody_sees_and_long_ones_are_cut() -> None:
    assert told({(0, 0): "\n Q4's\x00\x1b[31m \u202efigure\u200b\n"}) == [("A1", 'the note "Q4\'s[31m figure"')]
    assert told({(0, 0): "\x00\u200b \n"}) == []
    assert told({(0, 0): "xyz " * 10_000}) == [("A1", f'the note "{"xyz " * 39}x..."')]
    link = "See https://middleshire.example/sites/finance/Shared%20Documents/Q1.xlsx please"
    assert told({(0, 0): link}) == [("A1", 'the note "See https://middleshire.example/sites/fin... please"')]


def test_many_notes_are_told_in_twenty_issues() -> None:
    notes: dict[tuple[int, int], str] = {(row, 0): f"note {row}" for row in range(20)}
    assert told(notes)[-1] == ("A20", 'the note "note 19"')
    notes |= {(20, 2): "note 20", (21, 0): " "}
    assert told(notes)[18:] == [("A19", 'the note "note 18"'), ("A20", "2 more notes, from here to C21")]


def test_what_a_template_wrote_is_passed_over_and_what_somebody_wrote_below_it_is_told() -> None:
    own = "The target is for one quarter; the figure to give covers the time since April."
    assert told({(0, 0): own, (0, 1): f"{own}\nThis is Q4's figure."}) == [("B1", 'the note "This is Q4\'s figure."')]
    late = "Reported 2 quarters in arrears: give the figure for quarter 3 of 2016-17 (October to December 2016)."
    assert told({(0, 0): late}) == []
    assert told({(0, 0): "Due once a year. Leave it empty, or type Pending, if there is none in 2017-18 Q2."}) == []


def test_a_workbook_of_papers_as_the_template_writes_it_has_no_notes_to_tell(tmp_path: Path) -> None:
    for kind in paper_forms.KINDS:
        (tmp_path / "a.xlsx").write_bytes(paper_forms.write(kind, council="Middleshire County Council", told={}))
        book = formatted.read(tmp_path / "a.xlsx", file="a.xlsx")
        assert sum(len(one.notes or ()) for one in book.sheets) >= 5
        assert [cell_notes.tell(one) for one in book.sheets if one.notes] == [[] for one in book.sheets if one.notes]


def save(path: Path, notes: dict[str, tuple[str, str]], threads: str = "") -> None:
    """Write a return with notes, each with its author, and the part that holds its threads."""
    save_xlsx(path, grid(ROWS))
    book = openpyxl.load_workbook(path)
    for cell, (author, text) in notes.items():
        book.active[cell].comment = Comment(text, author)
    book.save(path)
    if threads:
        rewrite(path, lambda name, part: part.replace(
            "</Relationships>", '<Relationship Id="rIdT" Target="../threadedComments/threadedComment1.xml" Type="http://'
            'schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>'
        ) if name == "xl/worksheets/_rels/sheet1.xml.rels" else part)  # fmt: skip
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/threadedComments/threadedComment1.xml", threads)


def rewrite(path: Path, change: Callable[[str, str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, change(name, part))


def pinned(path: Path) -> list[Notes]:
    return [one.notes for one in formatted.read(path, file=path.name).sheets]


def test_notes_of_a_return_are_told_and_its_figures_are_read_as_ever(
    tmp_path: Path, framework: dict[str, pd.DataFrame]
) -> None:
    save(tmp_path / "SCS.xlsx", {"D5": ("Jo", f"Jo:\n{FINANCE}"), "D6": ("Jo", "Jo:\n"), "A1": ("Jo", "a < b & [p]")})
    reading = returns.read(formatted.read(tmp_path / "SCS.xlsx", file="SCS.xlsx"), framework=framework)
    notes = [(issue.where.cell, issue.found) for issue in reading.issues if issue.action == ACTION]
    assert notes == [("A1", 'the note "a < b & [p]"'), ("D5", f'the note "{FINANCE}"')]
    rows = reading.tables["observations"]
    assert rows["value"].tolist() == [68.0, 15.0]
    assert rows["status"].tolist() == ["final", "final"]
    assert not rows["marker"].notna().any()


def thread(cell: str, text: str, more: str = "") -> str:
    return f'<threadedComment ref="{cell}" id="{{1}}" {more}><text>{escape(text)}</text></threadedComment>'


def test_a_thread_is_told_once_with_its_replies_and_not_where_it_is_resolved(tmp_path: Path) -> None:
    said = [thread("D5", FINANCE), thread("D5", "Confirmed?", 'parentId="{1}"'), thread("D6", "Done.", 'done="1"')]
    save(
        tmp_path / "SCS.xlsx",
        {cell: ("tc={1}", COPY.format("as told")) for cell in ("D5", "D6")} | {"C5": ("Jo", "Q4's")},
        threads=f'<ThreadedComments xmlns="{THREADS}">{"".join(said)}</ThreadedComments>',
    )
    assert pinned(tmp_path / "SCS.xlsx") == [{(4, 2): "Q4's", (4, 3): f"{FINANCE} Confirmed?"}]


def test_the_copy_of_a_thread_that_is_no_longer_there_is_told_by_its_own_words(tmp_path: Path) -> None:
    save(tmp_path / "SCS.xlsx", {"D5": ("tc={1}", COPY.format(FINANCE))})
    assert [(cell, text.strip()) for cell, text in (pinned(tmp_path / "SCS.xlsx")[0] or {}).items()] == [
        ((4, 3), FINANCE)
    ]


@pytest.mark.parametrize(
    "damage",
    [
        lambda part: part.replace("</comments>", ""),
        lambda part: part.replace('ref="D5"', 'ref="here"'),
        lambda part: part.replace('ref="D5"', ""),
        lambda part: part.replace('authorId="0"', 'authorId="none"'),
        lambda part: '<!DOCTYPE c [<!ENTITY a "aaaa">]>' + part.replace("note", "&a;"),
        lambda part: part.replace("note", "\x00"),
        lambda _: "",
        lambda part: part.replace("note", "x" * 17_000_000),
    ],
    ids=["cut short", "no cell", "no place", "no author", "bomb", "null", "empty", "long"],
)
def test_damaged_notes_are_one_warning_and_the_return_is_read(
    tmp_path: Path, framework: dict[str, pd.DataFrame], damage: Callable[[str], str]
) -> None:
    save(tmp_path / "SCS.xlsx", {"D5": ("Jo", "note")})
    rewrite(tmp_path / "SCS.xlsx", lambda name, part: damage(part) if "comments/" in name else part)
    reading = returns.read(formatted.read(tmp_path / "SCS.xlsx", file="SCS.xlsx"), framework=framework)
    assert [str(issue) for issue in reading.issues if "pinned" in issue.found] == [
        "SCS.xlsx, sheet Sheet: found notes pinned to cells that cannot be read, expected what matters in the cells "
        "themselves. Open it in Excel, and write in cells what they say."
    ]
    assert reading.tables["observations"]["value"].tolist() == [68.0, 15.0]


def test_a_note_in_an_open_document_is_told_and_never_taken_for_its_cell(
    tmp_path: Path, framework: dict[str, pd.DataFrame]
) -> None:
    note = ('<office:annotation office:display="false"><text:p>99 this is</text:p><text:list><text:list-item><text:p>'
            "Q4's figure</text:p></text:list-item></text:list></office:annotation>")  # fmt: skip
    save_ods(tmp_path / "SCS.ods", grid(ROWS))
    for before, after in (('office:value="15">', ""), ('"string">', "<text:p>final")):
        rewrite(tmp_path / "SCS.ods", lambda _, part, b=before, a=after: part.replace(b + a, b + note + a))
    reading = returns.read(formatted.read(tmp_path / "SCS.ods", file="SCS.ods"), framework=framework)
    assert [(issue.where.cell, issue.found) for issue in reading.issues if issue.action == ACTION] == [
        (cell, 'the note "99 this is Q4\'s figure"') for cell in ("D6", "E5", "E6")
    ]
    assert reading.tables["observations"]["value"].tolist() == [68.0, 15.0]
    assert reading.tables["observations"]["status"].tolist() == ["final", "final"]


def test_notes_of_papers_are_told_and_those_of_sheets_that_nothing_reads_are_not() -> None:
    rows = [["Quarter: 2017-18 Q1"], ["Risk id", "Risk", "Likelihood", "Impact"], ["R1", "No carers", 5, 4]]
    notes: Notes = {(2, 2): "was 4 before"}
    sheets = (Sheet("a.xlsx", "Risks", rows, notes=notes), Sheet("a.xlsx", "Working", [TITLES] * 3, notes=notes))
    reading = papers.read(Workbook("a.xlsx", sheets), framework={})
    assert [(issue.where.sheet, issue.found) for issue in reading.issues if issue.action == ACTION] == [
        ("Risks", 'the note "was 4 before"')
    ]
