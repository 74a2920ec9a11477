"""The general table, and the parts that every table is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Number
from pathlib import PurePosixPath

import pandas as pd

from perfkit.display import markup, money_words, style, words
from perfkit.display.markup import Fragment, escape
from perfkit.model import periods

STATUS_SIGNS = {"illustrative": "[i]", "provisional": "[p]", "revised": "[r]"}
_STATUS_MEANS = {
    "[i]": "illustrative, made up and never published",
    "[p]": "provisional, may be revised",
    "[r]": "revised",
}


_PERIOD = re.compile(r"\d{4}-\d\d(?: Q\d)?")


@dataclass(frozen=True)
class Look:
    """How the columns of a table are shown; a column that is named nowhere is plain text, or a figure if numeric."""

    units: Mapping[str, str] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)
    ratings: Collection[str] = ()


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    columns: Mapping[str, str],
    units: Mapping[str, str] | None = None,
    decimals: Mapping[str, int] | None = None,
    ratings: Collection[str] = (),
    markers: Mapping[str, str] | None = None,
    notes: Iterable[str] = (),
    where: bool = False,
    highlight: Callable[[Mapping[str, object]], bool] | None = None,
    without: str | None = None,
) -> Fragment:
    """Show a frame as a table; ``columns`` names the columns shown, in order, and their headings.

    The first column heads its row. Numbers stand right, with separators and the unit and decimals given; a missing one
    is "no value", a missing text an empty cell. ``ratings``
    names columns shown as marks; ``markers`` explains signs such as ``[x]`` above the table; ``where``
    adds the workbook cell of each row from ``file``, ``sheet`` and ``cell``. Where the frame has a ``status``, its
    ``value`` is marked with it (``[i]`` for illustrative). ``without`` is what is said in place of a table that would
    have no row. Raises `ValueError` without a caption or for a column that the frame lacks.

    >>> table(pd.DataFrame({"a": ["x"], "n": [1234.0]}), caption="Small", columns={"a": "Area", "n": "Days"})
    Small: table of 1 row
    """
    _check(frame, caption, columns)
    if frame.empty and without is not None:
        return Fragment(markup.text("p", without) if without else "", without)
    units = {name: money_words.unit(frame[name]) if unit == "£" else unit for name, unit in (units or {}).items()}
    look = Look(units, decimals or {}, ratings)
    numeric = {name for name in columns if is_numeric(frame[name]) or name in look.units}
    kinds = {name: "pk-number" if name in numeric else _width(frame[name]) for name in columns}
    head = header([(label, kinds[name]) for name, label in columns.items()] + [("Source", "pk-longer")] * where)
    rows = []
    for record in frame.to_dict("records"):
        cells = [_cell(record, name, look, name in numeric, place) for place, name in enumerate(columns)]
        if where:
            cells.append(markup.element("td", source_of(record), class_="pk-source"))
        rows.append(markup.element("tr", "".join(cells), class_="pk-ours" if highlight and highlight(record) else ""))
    signs = status_signs(frame) if "value" in columns else {}
    explained = legend(signs | dict(markers or {})) + note_list(notes)
    whole = explained + region(caption, head, "".join(rows) or empty_row(len(columns) + where))
    versions = files(frame, of=caption) if where else ""
    return Fragment(whole + versions, f"{caption}: table of {len(frame)} {words.plural('row', len(frame))}")


def ranking(
    frame: pd.DataFrame,
    *,
    caption: str,
    label: str,
    value: str,
    unit: str,
    focus: str = "",
) -> Fragment:
    """Show places in order, the one in ``focus`` set apart and called "this council" for who cannot see it.

    Needs the columns named by ``label`` and ``value``, and ``rank``; rows are shown as they come.

    >>> ranking(pd.DataFrame({"area": ["A"], "days": [3.0], "rank": [1]}), caption="Most", label="area", value="days",
    ...         unit="days")
    Most: table of 1 row
    """
    shown = frame.assign(**{label: [f"{name} (this council)" if name == focus else name for name in frame[label]]})
    heading, named = value.replace("_", " ").capitalize(), words.unit_words(unit)
    heading = heading if named in heading.lower() else f"{heading} ({named})"
    columns = {label: "Authority", "rank": "Rank", value: heading}
    return table(
        shown,
        caption=caption,
        columns=columns,
        decimals={"rank": 0},
        highlight=lambda record: str(record[label]) == f"{focus} (this council)",
    )


def _check(frame: pd.DataFrame, caption: str, columns: Mapping[str, str]) -> None:
    if not caption.strip():
        raise ValueError("A table needs a caption that says what it shows.")
    lacking = [name for name in columns if name not in frame]
    if lacking:
        raise ValueError(f"The table {caption!r} asks for {words.join(lacking)}, which its frame does not have.")


def is_numeric(series: pd.Series[object]) -> bool:
    """Tell whether a column holds numbers to be set right, whatever stands where there is none.

    >>> is_numeric(pd.Series([1, None], dtype="object")), is_numeric(pd.Series(["1"]))
    (True, False)
    """
    if pd.api.types.is_object_dtype(series):
        held = [value for value in series if not words.missing(value)]
        return bool(held) and all(isinstance(value, Number) and not isinstance(value, bool) for value in held)
    return bool(pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series))


def _cell(record: Mapping[str, object], name: str, look: Look, numeric: bool, place: int) -> str:
    value = record[name]
    if place == 0:
        said = shown(value, look.units.get(name, ""), look.decimals.get(name))
        written = markup.unbroken(said, between="/") if name == "file" else escape(said)
        return markup.element("th", written, scope="row")
    if name in look.ratings:
        return markup.element("td", style.chip(value))
    said = shown(value, look.units.get(name, ""), look.decimals.get(name))
    kind = "pk-number" if numeric else ""
    if said == words.NO_VALUE and not numeric:
        return "<td></td>"
    if said == words.NO_VALUE:
        return markup.text("td", said, class_=f"{kind} pk-quiet".strip())
    sign = STATUS_SIGNS.get(str(record.get("status")), "") if name == "value" else ""
    return markup.text("td", f"{said} {sign}".strip(), class_=kind)


def shown(value: object, unit: str = "", decimals: int | None = None) -> str:
    """Write any cell's value for a reader: dates and periods in words, figures with their unit, "no value" if missing.

    >>> shown(pd.Timestamp("2017-06-30")), shown(pd.Period("2017-06", "M")), shown(True), shown(None)
    ('30 June 2017', 'June 2017', 'yes', 'no value')
    """
    if isinstance(value, pd.Period):
        return periods.label(value)
    if words.missing(value):
        return words.NO_VALUE
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else words.number(value, unit, decimals)


def header(labels: Sequence[tuple[str, str]]) -> str:
    """Write the head of a table: each label, and the class of its column."""
    cells = (markup.text("th", label, scope="col", class_=kind) for label, kind in labels)
    return markup.element("thead", markup.element("tr", "".join(cells)))


def _width(series: pd.Series[object]) -> str:
    """Say how much room the words of a column ask for, so that a phone scrolls a table sooner than it crushes it."""
    said = [str(value) for value in series.dropna()]
    longest = max(map(len, said), default=0)
    if said and all(_PERIOD.fullmatch(value) for value in said):
        return "pk-period" if longest > 7 else "pk-year"
    return "pk-longer" if longest > 30 else "pk-long" if longest > 12 else ""


def region(caption: str, head: str, rows: str) -> str:
    """Write a table that scrolls within itself where it is wider than the screen, by keyboard too."""
    body = rows if rows.startswith("<tbody") else f"<tbody>{rows}</tbody>"
    whole = markup.element("table", f"{titled(caption)}{head}{body}", class_="pk-table")
    return markup.element("div", whole, class_="pk-scroll", role="region", tabindex="0", aria_label=f"Table: {caption}")


def titled(caption: str) -> str:
    """Write a caption that stays in sight when its table is scrolled."""
    return markup.element("caption", markup.text("span", caption, class_="pk-sight"))


def empty_row(width: int) -> str:
    """Write the one row of a table that has none."""
    return f'<tr><td colspan="{width}" class="pk-quiet">No rows.</td></tr>'


def legend(signs: Mapping[str, str]) -> str:
    """Explain the signs of a table, above it."""
    if not signs:
        return ""
    said = [f"{sign} {meaning}" for sign, meaning in signs.items() if sign.lower() != meaning.lower()]
    return markup.text("p", f"Signs: {'; '.join(said)}.", class_="pk-legend") if said else ""


def status_signs(frame: pd.DataFrame, column: str = "status") -> dict[str, str]:
    """Give the signs of the statuses that a frame holds, with their meaning."""
    found = set(frame[column].dropna()) if column in frame else set()
    return {sign: _STATUS_MEANS[sign] for status, sign in STATUS_SIGNS.items() if status in found}


def signs_in(markers: object, columns: Iterable[str]) -> dict[str, str]:
    """Read the signs of a row, such as "forecast [x]", by the column that each stands in place of a figure of.

    >>> signs_in("actual [x], forecast Not available", ["actual", "forecast"]), signs_in(None, ["forecast"])
    ({'actual': '[x]', 'forecast': 'Not available'}, {})
    """
    if words.missing(markers):
        return {}
    parts = re.split(rf"(?:^|[,;]? )({'|'.join(columns)}) ", str(markers))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def explained_signs(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, str]:
    """Give the signs that stand in place of figures, in order, for the legend; needs markers, if the frame has any."""
    held = (signs_in(text, columns).values() for text in frame.get("markers", pd.Series(dtype="object")))
    return dict.fromkeys(sorted({sign for row in held for sign in row}), "stands in the workbook in place of a figure")


def note_list(notes: Iterable[str]) -> str:
    """Write the notes that a reader needs before a table."""
    given = list(notes)
    if len(given) == 1:
        return markup.text("p", given[0], class_="pk-legend")
    return markup.element("ul", markup.each("li", given), class_="pk-legend") if given else ""


def place_of(record: Mapping[str, object], prefix: str = "") -> str:
    """Say which cell a figure stands in: the file's name, its sheet and the cell; empty where it is not known.

    >>> place_of({"file": "2017-18/Q1/returns/SCS.xlsx", "sheet": "Dashboard", "cell": "H9"})
    'SCS.xlsx, Dashboard!H9'
    """
    file, sheet, cell = (record.get(f"{prefix}{name}") for name in ("file", "sheet", "cell"))
    if words.missing(file):
        return ""
    place = "!".join(str(part) for part in (sheet, cell) if not words.missing(part))
    return ", ".join(part for part in (PurePosixPath(str(file)).name, place) if part)


def source_of(record: Mapping[str, object]) -> str:
    """Write the cell of a row as small text."""
    return markup.text("span", place_of(record) or "not known")


def files(frame: pd.DataFrame, *prefixes: str, of: str = "") -> str:
    """List, behind a disclosure, the full path and the content hash of every file that the table ``of`` draws on."""
    found: set[tuple[str, str]] = set()
    for name in [f"{prefix}file" for prefix in prefixes or ("",)]:
        if name in frame:
            known = frame[frame[name].notna()]
            versions = known["vintage"].fillna("") if name == "file" and "vintage" in known else [""] * len(known)
            found |= set(zip(known[name].astype(str), map(str, versions), strict=True))
    versioned = {path for path, version in found if version}
    found = {(path, version) for path, version in found if version or path not in versioned}
    if not found:
        return ""
    lines = [f"{path} (version {version})" if version else path for path, version in sorted(found)]
    summary = markup.element("summary", f"Files of this table{markup.unseen(f': {of}') if of else ''}")
    return f'<details class="pk-files">{summary}<ul>{markup.each("li", lines)}</ul></details>'
