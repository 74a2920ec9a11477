"""What a reader takes away from a page, beside it: its tables as a workbook and as CSV files, and a PDF."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from perfkit.model.errors import RunError
from perfkit.run import page_tables, page_tree, pdf
from perfkit.run.page_tables import Entry, Table
from perfkit.run.page_tree import Element

_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
_LONGEST_NAME = 60


TABLES, PDF = "tables", "pdf"
"""The kinds of take-aways: workbook and CSV files together, and a PDF."""
_SAID = {TABLES: "tables to take away", PDF: "PDF"}
_FAILED = {TABLES: "the tables of the page could not be written as files", PDF: "the page could not be printed"}


@dataclass(frozen=True)
class Wanted:
    """What take-aways a run makes: of its kinds which, and with what browser a PDF is printed."""

    kinds: tuple[str, ...] = ()
    browser: str = ""

    def only(self, kinds: tuple[str, ...]) -> Wanted:
        """Want some of the kinds alone."""
        return Wanted(tuple(kind for kind in self.kinds if kind in kinds), self.browser)


@dataclass(frozen=True)
class Made:
    """The take-aways of a page: content by file name, which kinds could be made, and why another could not.

    ``details`` are for the log: what went wrong in the code, which would tell a reader nothing.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    remark: str = ""
    details: tuple[str, ...] = ()


def make(text: str, *, name: str, wanted: Wanted, page: Element | None = None) -> Made:
    """Make what is wanted of a finished page; what cannot be made is told and keeps nothing else back.

    ``page`` is the text as read, where it has been read already.
    """
    made: dict[str, bytes] = {}
    kinds, problems, details = [], [], []
    for kind in wanted.kinds:
        try:
            made |= files(text, name=name, page=page) if kind == TABLES else _printed(text, name, wanted.browser)
            kinds.append(kind)
        except RunError as error:
            problems.append(f"no {_SAID[kind]}: {error}")
        except Exception as error:  # a page that is right is published, whatever befalls its take-aways
            problems.append(f"no {_SAID[kind]}: {_FAILED[kind]}")
            details.append(f"no {_SAID[kind]}: {type(error).__name__}: {error}")
    return Made(made, tuple(kinds), " ".join(problems), tuple(details))


def kind_of(file: str) -> str:
    """Tell the kind of a take-away by its file name.

    >>> kind_of("scorecard.pdf"), kind_of("scorecard-tables/1-outcomes.csv")
    ('pdf', 'tables')
    """
    return PDF if file.endswith(".pdf") else TABLES


def write(page: Path) -> list[Path]:
    """Write the workbook and the CSV files of a finished page beside it; give their paths.

    ``scorecard.html`` gets ``scorecard.xlsx`` and the folder ``scorecard-tables``. A page without tables gets nothing.
    The same page gives the same bytes. Raises `RunError` where they cannot be written.
    """
    made = files(page.read_text(encoding="utf-8"), name=page.stem)
    try:
        with tempfile.TemporaryDirectory(prefix=".taking-", dir=page.parent) as staged:
            for name, content in made.items():
                path = Path(staged) / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
            _put_in_place(Path(staged), page)
    except OSError as error:
        raise RunError(f"The tables of {page} cannot be written beside it: {error.strerror or error}.") from None
    return [page.parent / name for name in made]


def _printed(text: str, name: str, browser: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="perfkit-page-") as folder:
        page = Path(folder) / f"{name}.html"
        page.write_text(text, encoding="utf-8")
        return {f"{name}.pdf": pdf.of(page, browser=Path(browser))}


def files(text: str, *, name: str, page: Element | None = None) -> dict[str, bytes]:
    """Give the content of each take-away of a page under its file name; nothing for a page without tables."""
    from perfkit.run import workbook

    page = page or page_tree.read(text)
    tables = tuple(page_tables.tables(page))
    if not tables:
        return {}
    signs = workbook.signs(tables, page.words)
    report = workbook.Report(*_cover(page, len(tables), name), signs, tables)
    made = {f"{name}.xlsx": workbook.write(report)}
    for place, table in enumerate(tables, 1):
        made[f"{name}-tables/{place}-{_slug(table.title)}.csv"] = as_csv(table)
    return made


def as_csv(table: Table) -> bytes:
    """Write a table as CSV: UTF-8 with a mark that Excel reads, figures as plain digits, text that starts no formula.

    >>> from perfkit.run.page_tables import Entry, entry
    >>> table = Table("T", ("Name", "Days"), ((Entry("=1+1"), entry("−1,234.50")),))
    >>> as_csv(table).decode("utf-8-sig").splitlines()
    ['Name,Days', "'=1+1,-1234.50"]
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(header) for header in table.headers])
    writer.writerows([_value(one) for one in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _value(one: Entry) -> str:
    return one.number or (one.day.isoformat() if one.day else _harmless(one.text))


def _harmless(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _cover(page: Element, number: int, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Give the title, the organisation and the lines of the workbook's cover."""
    title = _first(page, "h1") or "Performance report"
    organisation = _first_of_class(page, "pk-organisation")
    count = "1 table" if number == 1 else f"{number} tables"
    lines = [
        organisation,
        _first_of_class(page, "pk-subtitle"),
        _first_of_class(page, "pk-headline"),
        *(one.words for one in page.find("p") if "pk-notice" in one.classes),
        f"This workbook holds the {count} of the report {name}.html, one on each sheet, as the report shows them. "
        "The report says where every figure comes from and how it was worked out.",
        *(f"{term}: {value}" for term, value in _parameters(page)),
    ]
    return title, organisation, tuple(filter(None, lines))


def _parameters(page: Element) -> list[tuple[str, str]]:
    """Give the parameters that the foot of the page names."""
    for section in page.find("section"):
        pairs = [one for one in section.find("dl") if "pk-pairs" in one.classes]
        if "pk-sources" in section.classes and pairs:
            terms = [one.words for one in pairs[0].find("dt")]
            return list(zip(terms, [one.words for one in pairs[0].find("dd")], strict=False))
    return []


def _first(page: Element, tag: str) -> str:
    return next((one.words for one in page.find(tag)), "")


def _first_of_class(page: Element, name: str) -> str:
    return next((one.words for one in page.walk() if name in one.classes), "")


def _slug(title: str) -> str:
    short = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_LONGEST_NAME]
    return short.strip("-") or "table"


def _put_in_place(staged: Path, page: Path) -> None:
    folder, book = page.with_name(f"{page.stem}-tables"), page.with_suffix(".xlsx")
    if folder.is_dir():
        shutil.rmtree(folder)
    for made in sorted(staged.iterdir()):
        made.replace(book if made.is_file() else folder)
