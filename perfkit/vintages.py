"""What was known when: every delivery that the store has kept, and the tables as a quarter was reported from them.

History never rates itself again. A quarter's report rests on what was known on the day that its last return came in
before the next quarter's first one; the newest quarter's on all that is known. Whoever wants another day says so with
``as_of``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from perfkit import store
from perfkit.keeping import reads, receipts
from perfkit.keeping.receipts import Receipt
from perfkit.model import periods, schemas
from perfkit.store import Known

_TOLD_BY = ("assessments", "commentary", "finance", "risks")
_EVERY = '{"every": true}'
COLUMNS = ("file", "vintage", "received", "number", "current", "rows", "warnings")


def of_quarter(quarter: str, *, as_of: str = "", directorate: str = "", root: Path | None = None) -> Known:
    """Open what a quarter's report rests on: what was known by ``as_of`` if given, else when it was reported.

    With ``directorate``, rows about other directorates' indicators and outcomes are left out. Raises `StoreError` where
    nothing had been loaded.
    """
    day = as_of or reporting_days([quarter], root=root).get(periods.quarter_label(quarter), "")
    return store.known(as_of=day, root=root, directorate=directorate)


def until_next(quarter: str, *, as_of: str = "", root: Path | None = None) -> Known:
    """Open what was known of a quarter before the first return of the next one came, or by ``as_of`` if given.

    National statistics come when they come, often after a quarter was reported: a page of them rests on those that came
    while the quarter was the newest. Raises `StoreError` where nothing had been loaded.
    """
    day = as_of or _noted("next", [quarter], "", root).get(periods.quarter_label(quarter), "")
    return store.known(as_of=day, root=root)


def reporting_days(quarters: Iterable[str], *, as_of: str = "", root: Path | None = None) -> dict[str, str]:
    """Give the day up to which each of these quarters' own reports know; "" for the newest, which know everything.

    A quarter without a return is left out.
    """
    return _noted("own", quarters, as_of, root)


def reported(
    quarter: str, *, quarters: int = 8, as_of: str = "", directorate: str = "", root: Path | None = None
) -> dict[str, Known]:
    """Open what each of the last quarters' reports rested on, by quarter, the oldest first and ``quarter`` last.

    A quarter without a return is left out. Nothing is used that came after ``quarter`` was reported.
    """
    last = periods.parse(quarter, expect="quarter")
    known = of_quarter(quarter, as_of=as_of, directorate=directorate, root=root)
    span = [periods.label(last - back) for back in range(quarters - 1, 0, -1)]
    days = reporting_days(span, as_of=known.as_of, root=root)
    opened = {
        label: store.known(as_of=day or known.as_of, root=root, directorate=directorate) for label, day in days.items()
    }
    return opened | {periods.label(last): known}


def reported_on(quarter: str, *, as_of: str = "", root: Path | None = None) -> str:
    """Give the day that a quarter was reported: when the last of its returns came before the next quarter's first.

    Empty where no return of it has come.
    """
    return _days(root, as_of).get(periods.quarter_label(quarter), ("", ""))[1]


def deliveries(*, as_of: str = "", root: Path | None = None) -> pd.DataFrame:
    """List every delivery of every file, the oldest first.

    Columns: ``file, vintage, received``, ``number`` (1 where it came for the first time), ``current`` (not replaced by
    a later one), ``rows`` (of all its tables) and ``warnings`` (how many).
    """
    reads.note("receipts", receipts.state(root=root))
    frame = pd.DataFrame(
        [(r.file, r.vintage, r.received, sum(r.tables.values()), len(r.warnings)) for r in _received(root, as_of)],
        columns=["file", "vintage", "received", "rows", "warnings"],
    )
    number = frame.groupby("file").cumcount() + 1
    current = ~frame.duplicated("file", keep="last")
    return frame.assign(number=number, current=current)[list(COLUMNS)]


def warnings(*, as_of: str = "", root: Path | None = None) -> pd.DataFrame:
    """List what the checks found in the files that are believed, one warning a row: ``file, received, warning``."""
    rows = [(r.file, r.received, text) for r in store.receipts(root=root, as_of=as_of) for text in r.warnings]
    return pd.DataFrame(rows, columns=["file", "received", "warning"], dtype="object")


def stacked(table: str, *, as_of: str = "", root: Path | None = None) -> pd.DataFrame:
    """Give the rows of a table from every delivery, replaced ones too, the oldest first, with the day ``received``.

    Raises `ParameterError` for an unknown table.
    """
    frame = _stacked(table, as_of, root)
    if reads.noting():
        reads.note(table, _digest(frame), as_of=as_of, asked=_EVERY)
    return frame


def _stacked(table: str, as_of: str, root: Path | None) -> pd.DataFrame:
    came = [receipt for receipt in _received(root, as_of) if table in receipt.tables]
    if came:
        return store.stacked(came, table, root=root)
    if table not in schemas.TABLES or not receipts.history(root=root):
        return store.load(table, root=root)  # which says what is wrong
    return schemas.empty(schemas.TABLES[table]).assign(received="")


def _received(root: Path | None, as_of: str) -> list[Receipt]:
    """List what came by a day; content that was only read again, by later readers, came once."""
    came = receipts.history(root=root, as_of=as_of)
    return sorted({(r.file, r.vintage, r.received): r for r in came}.values(), key=lambda receipt: receipt.order)


def digest(table: str, *, directorate: str = "", as_of: str = "", asked: str = "", root: Path | None = None) -> str:
    """Give the digest that reading the same again would note now (`reads.note`)."""
    if table == "receipts":
        return receipts.state(root=root)
    if table == "council":
        return store.council(as_of=as_of, root=root)
    if table == "area":
        return store.area(as_of=as_of, root=root)
    more = json.loads(asked) if asked else {}
    if table == "days":
        return json.dumps(_known_by(more["by"], more["quarters"], as_of, root))
    if "every" in more:
        return _digest(_stacked(table, as_of, root))
    frame = store.load(table, as_of=as_of, root=root, directorate=directorate, where=more.get("where"))
    return store.fingerprint(frame, root=root)


def _digest(frame: pd.DataFrame) -> str:
    return hashlib.sha256(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()).hexdigest()


def _noted(by: str, quarters: Iterable[str], as_of: str, root: Path | None) -> dict[str, str]:
    """Give the days, and tell a run of the answer: pages are made again when it changes, not with every file."""
    labels = [periods.quarter_label(quarter) for quarter in quarters]
    found = _known_by(by, labels, as_of, root)
    reads.note("days", json.dumps(found), as_of=as_of, asked=json.dumps({"by": by, "quarters": labels}))
    return found


def _known_by(by: str, quarters: Sequence[str], as_of: str, root: Path | None) -> dict[str, str]:
    """Give the day up to which each quarter knows: its own last, or the one before the next quarter's first return."""
    days = _days(root, as_of)
    labels = [*days] or [""]
    told = {}
    for quarter in quarters:
        if quarter == labels[-1]:
            told[quarter] = ""
        elif quarter in days:
            after = min(days[label][0] for label in labels[labels.index(quarter) + 1 :])
            before = (dt.date.fromisoformat(after) - dt.timedelta(days=1)).isoformat()
            told[quarter] = days[quarter][1] if by == "own" else max(before, days[quarter][1])
    return told


def _days(root: Path | None, as_of: str) -> dict[str, tuple[str, str]]:
    """Give the first day of each quarter's returns, and the last on which one, its key points, money or risks came.

    Those that came with the next quarter's returns are left out; the second is never before the first, on which nothing
    was known of the quarter.
    """
    came = {table: _stacked(table, as_of, root)[["period", "received"]].drop_duplicates() for table in _TOLD_BY}
    returned, told = came["assessments"], pd.concat(came.values(), ignore_index=True)
    labels = sorted(returned["period"].unique(), key=lambda text: periods.parse(text).end_time)
    days: dict[str, tuple[str, str]] = {}
    until = "9999-12-31"
    for label in reversed(labels):
        first = returned.loc[returned["period"] == label, "received"].min()
        every = told.loc[told["period"] == label, "received"]
        days[label] = (first, max([first, *every[every < until]]))
        until = min(until, first)
    return {label: days[label] for label in labels}
