"""Find the heading row of a table by its words, wherever it stands on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfkit.intake.workbooks.grid import Sheet
from perfkit.model import lists
from perfkit.model.errors import Issue, Severity, Where

Aliases = Mapping[str, tuple[str, ...]]
"""The names of each field's heading. Those of "actual?" are second choices, the best first: one stands for "actual"
where no heading bears a name of its own."""
TIMED = ("actual", "rag", "outlook")
"""Fields that a row may hold for several quarters: a title over several columns says which quarter is meant."""
LONGEST = 300
"""Characters beyond which a text is taken for no heading."""
SEARCHED = 5_000
"""Rows from the top within which headings are looked for: to look through a register of suppliers takes a minute."""
_QUARTER = re.compile(r"\bq(?:uarter|tr)? ?(?=[1-4]\b)")
_BLOCK = re.compile(r"q[1-4]")
_OTHER_SIGNS = re.compile(r"[^0-9a-z%£]+")
_YEAR = re.compile(r"\b(?:20)?(\d\d) (?:20)?(\d\d)\b")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*(?: (?:20)?\d\d)?"
_MONTHS = re.compile(rf"(?<=q[1-4]) {_MONTH}(?: (?:to )?{_MONTH})*")
_QUARTER_MONTHS = re.compile(
    r"\b(?P<first>apr|jul|oct|jan)[a-z]*(?: (?:20)?\d\d)?(?: to)? (?P<last>jun|sep|dec|mar)[a-z]*"
    r"(?: (?:20)?(?P<year>\d\d))?\b"
)
QUARTERS = {("apr", "jun"): 1, ("jul", "sep"): 2, ("oct", "dec"): 3, ("jan", "mar"): 4}
"""The quarters by their first and last months."""
_OTHER_TIME = re.compile(
    r"\b(?:last|previous|prior|earlier|preceding|next|forecast|projected|for information|comparator|20\d\d|q[1-4])\b"
)


@dataclass(frozen=True)
class Headings:
    """A row of headings, the column of each, and headings that stand more than once."""

    row: int
    columns: dict[str, int]
    twice: tuple[tuple[str, int], ...] = ()


def words(text: str) -> str:
    """Write a heading or title in bare words, to compare by.

    >>> words("Cumulative Target\\n(Y/N)"), words("Q1 RAG*")
    ('cumulative target y n', 'q1 rag')
    """
    return _words(text) if len(text) <= LONGEST else _spelt(text)


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    # The same headings, titles and names come in sheet after sheet.
    return _spelt(text)


def _spelt(text: str) -> str:
    return _OTHER_SIGNS.sub(" ", text.lower().replace("’", "'").replace("'", "")).strip()


def timed(text: str, year: str = "") -> str:
    """Write a heading in bare words in which a quarter is one word, and the year given, or any year for "*", is none.

    >>> timed("Quarter 1 (April to June 2017) RAG"), timed("2017-18 Qtr 2", "2017-18"), timed("2016/17 Q4", "2017-18")
    ('q1 rag', 'q2', '2016 17 q4')
    >>> timed("Q2 17/18", "2017-18"), timed("Jan-Mar 18", "2017-18"), timed("Jan-Mar 17", "2017-18")
    ('q2', 'q4', 'jan mar 17')
    """
    plain = _QUARTER.sub("q", words(text))
    if year and not _BLOCK.search(plain):
        plain = _QUARTER_MONTHS.sub(lambda match: _of_months(match, year), plain)
    plain = _MONTHS.sub("", plain)
    if year:
        plain = _YEAR.sub(lambda match: "" if _is_year(match, year) else match[0], plain)
    return " ".join(_MONTHS.sub("", " ".join(plain.split())).split())


def _is_year(match: re.Match[str], year: str) -> bool:
    follows = (int(match[1]) + 1) % 100 == int(match[2])
    return follows and year in ("*", f"20{match[1]}-{match[2]}")


def _of_months(match: re.Match[str], year: str) -> str:
    """Write three months that are a quarter of the year as that quarter."""
    quarter = QUARTERS.get((match["first"], match["last"]))
    own = year[5:] if quarter == 4 else year[2:4]
    return f"q{quarter}" if quarter and (year == "*" or match["year"] in (None, own)) else match[0]


def is_of_other_time(text: str) -> bool:
    """Say whether a heading is of another time than the one reported.

    >>> is_of_other_time("Last quarter RAG"), is_of_other_time("2016-17 outturn"), is_of_other_time("Numerator")
    (True, True, False)
    """
    return _OTHER_TIME.search(timed(text)) is not None


def find(sheet: Sheet, aliases: Aliases, *, needed: Sequence[str], year: str = "") -> Headings | None:
    """Find the first row, among the first `SEARCHED`, that holds all needed headings under any of their names.

    A heading may be told in two rows: "Q1" over "Actual" is "Q1 Actual", and so is "Actual" over "Q1", whether the
    upper cell is merged or only stands over the first of its columns. A column under another quarter than the names ask
    for, or under a title such as "Last quarter", is left out.

    >>> sheet = Sheet("a.xlsx", "A", [["Dashboard", None], ["No.", "Success indicator"], [1, "Visits"]])
    >>> found = find(sheet, {"ref": ("no",), "title": ("indicator", "success indicator")}, needed=("ref", "title"))
    >>> found.row, found.columns
    (1, {'ref': 0, 'title': 1})
    """
    first = {*aliases[needed[0]], *aliases.get(f"{needed[0]}?", ())}
    before = False
    for row in range(min(len(sheet.rows), SEARCHED)):
        here = not first.isdisjoint(_headings(sheet, row, year))
        promising, before = here or before, here
        if not promising:
            continue
        found = match(sheet, row, aliases, year=year)
        if all(name in found.columns for name in needed):
            return _of_quarters_below(sheet, found, aliases, year) or found
    return None


def _of_quarters_below(sheet: Sheet, found: Headings, aliases: Aliases, year: str) -> Headings | None:
    """Give the row below as headings where quarters stand there under a field such as Actual; None elsewhere."""
    if not _names_quarters(_headings(sheet, found.row + 1, year)):
        return None
    below = match(sheet, found.row + 1, aliases, year=year)
    timed = any(name in below.columns for name in TIMED)
    return below if timed and set(found.columns) <= set(below.columns) else None


def match(sheet: Sheet, row: int, aliases: Aliases, *, year: str = "") -> Headings:
    """Read one row as headings, whichever of them it has.

    >>> sheet = Sheet("a.xlsx", "A", [["Ref", "Outturn", "Year to date"]])
    >>> match(sheet, 0, {"ref": ("ref",), "actual": ("actual",), "actual?": ("outturn", "year to date")}).columns
    {'ref': 0, 'actual': 1}
    """
    known = _names(tuple(aliases.items()))
    upper, own = _headings(sheet, row - 1, year), _headings(sheet, row, year)
    blocks = _blocks(sheet, row - 1, upper) or _fields_of_quarters(sheet, row - 1, upper, own) or _in_turn(own)
    columns: dict[str, int] = {}
    twice, rest = [], []
    for column, texts in _texts(upper, own, blocks):
        alias = _named(texts, known.all, blocks)
        if alias is None or sheet.is_lent(row, column):
            continue
        if alias not in known.own:
            rest.append((alias, column))
        elif columns.setdefault(known.own[alias], column) != column:
            twice.append((known.own[alias], column))
    for name, some in known.spare.items() if rest else ():
        twice += _second_choice(name, some, rest, columns)
    return Headings(row, columns, tuple(twice))


@dataclass(frozen=True)
class _Names:
    """What headings may be called, with the field of each; and the second choices of fields that have some."""

    own: Mapping[str, str]
    all: Mapping[str, str]
    spare: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=256)
def _names(aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> _Names:
    own = {alias: name for name, some in aliases if not name.endswith("?") for alias in some}
    spare = {name[:-1]: some for name, some in aliases if name.endswith("?")}
    return _Names(own, {alias: name for name, some in spare.items() for alias in some} | own, spare)


def _second_choice(
    name: str, some: Sequence[str], rest: Sequence[tuple[str, int]], columns: dict[str, int]
) -> list[tuple[str, int]]:
    """Take the best of a field's second choices where it has no column; give those that are called the same."""
    taken = set(columns.values())
    fits = sorted((some.index(alias), column) for alias, column in rest if alias in some and column not in taken)
    if name in columns or not fits:
        return []
    best, columns[name] = fits[0]
    return [(name, column) for rank, column in fits[1:] if rank == best]


def told(sheet: Sheet, row: int, year: str = "") -> list[str]:
    """Give the bare words by which a row may be told as headings: its own, and those of the row above."""
    return _headings(sheet, row - 1, year) + _headings(sheet, row, year)


def _headings(sheet: Sheet, row: int, year: str) -> list[str]:
    """Give the texts of a row in bare words, "" for what is none."""
    cells = sheet.rows[row] if 0 <= row < len(sheet.rows) else []
    return [bare(value, year) if isinstance(value, str) else "" for value in cells]


def _texts(
    upper: Sequence[str], own: Sequence[str], blocks: Mapping[int, str]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Give what stands over a column and in it; over a table of blocks the upper row alone may name a column."""
    for column, text in enumerate(own):
        above = blocks.get(column) or (upper[column] if column < len(upper) else "")
        if text:
            yield column, (above, text)
        elif blocks and column not in blocks:
            yield column, ("", above)
    if blocks:
        yield from ((column, ("", upper[column])) for column in range(len(own), len(upper)) if column not in blocks)


@lru_cache(maxsize=50_000)
def bare(text: str, year: str) -> str:
    """Write a heading as `timed` does, and what is too long for one as nothing."""
    return timed(text, year) if len(text) <= LONGEST else ""


def _named(texts: tuple[str, str], names: Mapping[str, str], blocks: Mapping[int, str]) -> str | None:
    """Give the name under which a column is known by what stands over it and in it."""
    above, own = texts
    if not own:
        return None
    if (both := f"{above} {own}") in names:
        return both
    known = own if own in names else None
    if above == own:
        return known
    timed = known is not None and names[known] in TIMED
    if not above or not (timed or (blocks and _BLOCK.fullmatch(above))) or not _OTHER_TIME.search(above):
        return known
    return known if any(alias.startswith(f"{above} ") for alias in names) else None


def _blocks(sheet: Sheet, row: int, texts: Sequence[str]) -> dict[int, str]:
    """Give the title over every column where a row names quarters over several columns; a title names one."""
    found = {c: text for c, text in enumerate(texts) if text and _BLOCK.search(text)}
    quarters = [c for c in found if not sheet.is_lent(row, c)]
    if len(quarters) < 2:
        return {}
    for place, column in enumerate(quarters):
        after = quarters[place + 1] if place + 1 < len(quarters) else 2 * column - quarters[place - 1]
        for c in range(column + 1, after):
            if sheet.at(row, c) is not None or (row, column) in sheet.merged.values():
                break
            found[c] = texts[column]
    return found


def _names_quarters(texts: Sequence[str]) -> bool:
    return sum(_BLOCK.fullmatch(text) is not None for text in texts) > 1


def _fields_of_quarters(sheet: Sheet, row: int, texts: Sequence[str], own: Sequence[str]) -> dict[int, str]:
    """Give the title over every quarter where quarters stand side by side below a row of titles such as Actual."""
    found: dict[int, str] = {}
    title = ""
    for column, text in enumerate(own if _names_quarters(own) else ()):
        if not _BLOCK.fullmatch(text):
            title = ""
        elif sheet.at(row, column) is not None:
            title = texts[column]
        if title:
            found[column] = title
    return found


def _in_turn(own: Sequence[str]) -> dict[int, str]:
    """Give the quarter of every column where the same headings follow each quarter: Q1, RAG, Q2, RAG."""
    quarters = [column for column, text in enumerate(own) if _BLOCK.fullmatch(text)]
    if len(quarters) < 2:
        return {}
    width = quarters[1] - quarters[0]
    following = {tuple(own[column + 1 : column + width]) for column in quarters}
    if len(following) > 1 or not any(following.pop()) or quarters[-1] - quarters[0] != width * (len(quarters) - 1):
        return {}
    return {column + place: own[column] for column in quarters for place in range(width)}


def missing(sheet: Sheet, needed: Sequence[str]) -> Issue:
    """Tell that a sheet has no row with these headings."""
    return Issue(
        Where(sheet.file, sheet.name),
        "no row of headings",
        f"one row with {lists.join(needed)}",
        "Put the headings back as the template has them.",
    )


def absent(
    sheet: Sheet, found: Headings, names: Mapping[str, str], *, spared: Mapping[str, str] | None = None
) -> list[Issue]:
    """Tell of headings that a table lacks besides those it was found by; ``names`` gives them as they are written.

    Of those that a table may do without, which are ``spared``, it is only warned.
    """
    where = sheet.where(found.row, min(found.columns.values()))
    wanted = {**names, **(spared or {})}
    action = dict.fromkeys(names, "Put the heading back over its column.")
    return [
        Issue(where, f"no heading {heading} in this row", ", ".join(wanted.values()),
              action.get(name, "Put the heading over its column, if there is one."),
              Severity.ERROR if name in names else Severity.WARNING)
        for name, heading in wanted.items()
        if name not in found.columns
    ]  # fmt: skip


def lost(sheet: Sheet, found: Headings, again: Headings) -> list[Issue]:
    """Warn of headings over the rows above that a next block of rows goes without."""
    texts = [sheet.text(found.row, column) for name, column in found.columns.items() if name not in again.columns]
    first, expected = min(again.columns.values()), f"the headings of row {found.row + 1}"
    action = "Put the heading over its column, if the rows below have one."
    return [
        sheet.issue(again.row, first, found=f'no heading "{text}" in this row', expected=expected, action=action,
                    severity=Severity.WARNING)
        for text in texts if text
    ]  # fmt: skip


def doubled(sheet: Sheet, headings: Headings) -> list[Issue]:
    """Tell of every heading that stands twice in the row, or says the same as another: either could be meant."""
    return [
        sheet.issue(
            headings.row,
            column,
            found=_said_twice(sheet, headings, name, column),
            expected="each heading once",
            action="Rename or remove the column that is not meant.",
        )
        for name, column in headings.twice
    ]


def _said_twice(sheet: Sheet, headings: Headings, name: str, column: int) -> str:
    first, here = (sheet.text(headings.row, place) for place in (headings.columns[name], column))
    again = f'which is read as "{first}" is, in {sheet.where(headings.row, headings.columns[name]).cell}'
    return f'the heading "{here}" a second time' if words(first) == words(here) else f'the heading "{here}", {again}'
