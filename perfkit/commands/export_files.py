"""Write exported tables as CSV or Parquet files; each appears whole or not at all.

Months are written as their first day, which every tool reads. In CSV, which people open in a spreadsheet, text that it
would calculate begins with an apostrophe; Parquet keeps every text as it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from perfkit.commands import placing

if TYPE_CHECKING:
    from perfkit.commands.collection import Collection

_FORMULA = re.compile(r"[\s\x00-\x1f]*(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?![\s\d.,%]*$))|[\t\r]")
"""How text begins that a spreadsheet calculates; a dash alone, and a number with its sign, it shows as they are."""


def write(collection: Collection, target: Path, form: str) -> Collection:
    """Write the tables of a collection as CSV or Parquet files into the folder ``target``; give those written.

    Of all tables those that hold nothing are left out, unless a file of theirs is there.
    """
    written = collection.trimmed(lambda name: (target / f"{name}.{form}").is_file())
    for name, frame in written.frames.items():
        write_table(frame, target / f"{name}.{form}", form)
    return written


def write_table(frame: pd.DataFrame, target: Path, form: str) -> None:
    """Write one table as CSV or Parquet."""
    plain = with_days(frame)
    if form == "csv":
        placing.replace(target, lambda path: harmless(plain).to_csv(path, index=False))
    else:
        placing.replace(target, lambda path: plain.to_parquet(path, index=False))


def with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the frame with its months as their first day.

    >>> with_days(pd.DataFrame({"month": pd.PeriodIndex(["2017-03"], freq="M")}))["month"].astype("str").tolist()
    ['2017-03-01']
    """
    months = [name for name in frame if isinstance(frame[name].dtype, pd.PeriodDtype)]
    return frame.assign(**{name: frame[name].dt.to_timestamp().astype("datetime64[us]") for name in months})


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the frame with an apostrophe before text that a spreadsheet would take for a formula.

    >>> harmless(pd.DataFrame({"text": ["=1+1", "- late", "-", "-1,562", "plain"]}))["text"].tolist()
    ["'=1+1", "'- late", '-', '-1,562', 'plain']
    """
    texts = [name for name in frame if pd.api.types.is_string_dtype(frame[name].dtype) or frame[name].dtype == object]
    return frame.assign(**{name: _harmless(frame[name]) for name in texts})


def _harmless(column: pd.Series[Any]) -> pd.Series[Any]:
    told = {text: f"'{text}" for text in column.dropna().unique() if isinstance(text, str) and _FORMULA.match(text)}
    return column.replace(told) if told else column
