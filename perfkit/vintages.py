"""What was known when: every delivery that the store has kept, and the tables as a quarter was reported from them.

History never rates itself again. A quarter's report rests on what was known on the day that its last return came in
before the next quarter's first one; the newest quarter's on all that is known. Whoever wants another day says so with
``as_of``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from perfkit import receipts, store
from perfkit.model import periods
from perfkit.receipts import Receipt
from perfkit.store import Known

COLUMNS = ("file", "vintage", "received", "number", "current", "rows", "warnings")


def of_quarter(quarter: str, *, as_of: str = "", directorate: str = "", root: Path | None = None) -> Known:
    """Open what a quarter's report rests on: what was known by ``as_of`` if given, else when it was reported.

    With ``directorate``, rows about other directorates' indicators and outcomes are left out. Raises `StoreError` where
    nothing had been loaded.
    """
    day = as_of or _own_day(quarter, _days(root, as_of))
    return store.known(as_of=day, root=root, directorate=directorate)


def reported(
    quarter: str, *, quarters: int = 8, as_of: str = "", directorate: str = "", root: Path | None = None
) -> dict[str, Known]:
    """Open what each of the last quarters' reports rested on, by quarter, the oldest first and ``quarter`` last.

    A quarter without a return is left out. Nothing is used that came after ``quarter`` was reported.
    """
    last = periods.parse(quarter, expect="quarter")
    known = of_quarter(quarter, as_of=as_of, directorate=directorate, root=root)
    days = _days(root, known.as_of)
    span = range((last - quarters + 1).ordinal, last.ordinal)
    before = [label for label in days if periods.parse(label).ordinal in span]
    opened = {
        label: store.known(as_of=_own_day(label, days) or known.as_of, root=root, directorate=directorate)
        for label in before
    }
    return opened | {periods.label(last): known}


def reported_on(quarter: str, *, as_of: str = "", root: Path | None = None) -> str:
    """Give the day that a quarter was reported: when the last of its returns came before the next quarter's first.

    Empty where no return of it has come.
    """
    return _days(root, as_of).get(periods.label(periods.parse(quarter, expect="quarter")), ("", ""))[1]


def deliveries(*, as_of: str = "", root: Path | None = None) -> pd.DataFrame:
    """List every delivery of every file, the oldest first.

    Columns: ``file, vintage, received``, ``number`` (1 where it came for the first time), ``current`` (not replaced by
    a later one), ``rows`` (of all its tables) and ``warnings`` (how many).
    """
    receipts.note("receipts", receipts.state(root=root))
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
    receipts.note("receipts", receipts.state(root=root))
    return _stacked(table, as_of, root)


def _stacked(table: str, as_of: str, root: Path | None) -> pd.DataFrame:
    frames = [
        store.read(receipt, table, root=root).assign(received=receipt.received)
        for receipt in _received(root, as_of)
        if table in receipt.tables
    ]
    return pd.concat(frames, ignore_index=True) if frames else store.load(table, root=root).assign(received="")


def _received(root: Path | None, as_of: str) -> list[Receipt]:
    """List what came by a day; content that was only read again, by later readers, came once."""
    came = receipts.history(root=root, as_of=as_of)
    return sorted({(r.file, r.vintage, r.received): r for r in came}.values(), key=lambda receipt: receipt.order)


def _days(root: Path | None, as_of: str) -> dict[str, tuple[str, str]]:
    """Give the first and last day of each quarter's returns, those left out that came with the next quarter's."""
    told = _stacked("assessments", as_of, root)[["period", "received"]].drop_duplicates()
    labels = sorted(told["period"].unique(), key=lambda text: periods.parse(text).end_time)
    days: dict[str, tuple[str, str]] = {}
    until = "9999-12-31"
    for label in reversed(labels):
        came = told.loc[told["period"] == label, "received"]
        before = came[came < until]
        days[label] = (came.min(), before.max() if len(before) else came.min())
        until = min(until, came.min())
    if len(labels) > 1:
        receipts.note("receipts", receipts.state(root=root))
    return {label: days[label] for label in labels}


def _own_day(quarter: str, days: dict[str, tuple[str, str]]) -> str:
    """Give the day that a quarter was reported, "" for the newest, which rests on all that is known."""
    label = periods.label(periods.parse(quarter, expect="quarter"))
    return "" if label not in days or label == list(days)[-1] else days[label][1]
