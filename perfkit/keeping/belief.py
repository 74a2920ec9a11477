"""Which rows the store gives: those asked for, and of two files that hold one fact those of the file believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.keeping.wanted import EVERYTHING, Wanted
from perfkit.model import parameters, periods, schemas
from perfkit.model.errors import ParameterError, ParseError


def asked(table: str, where: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give the values asked for as lists; months as months and quarters by their label, however they were written.

    Raises `ParameterError` for an unknown table or column.

    >>> asked("delays", {"month": "March 2017", "area": ["Oxfordshire", "England"]})
    {'month': [Period('2017-03', 'M')], 'area': ['Oxfordshire', 'England']}
    >>> asked("observations", {"period": "Quarter 1 2017/18"})
    {'period': ['2017-18 Q1']}
    """
    check_table(table, schemas.TABLES)
    kinds = {column.name: column.kind for column in (*schemas.TABLES[table].columns, *schemas.LINEAGE)}
    if strange := [name for name in where if name not in kinds]:
        raise ParameterError(f'{table} has no column "{strange[0]}": its columns are {", ".join(kinds)}.')
    lists = {name: [*given] if _several(given) else [given] for name, given in where.items()}
    return {name: [_value(name, kinds[name], value) for value in values] for name, values in lists.items()}


def check_table(name: str, known: Collection[str]) -> None:
    """Refuse a name that no table has, with the nearest, or else all names.

    >>> check_table("observation", ["observations", "targets"])
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: There is no table "observation". Did you mean "observations"?
    """
    if name not in known:
        raise ParameterError(f'There is no table "{name}".{parameters.suggestion(name, known, most=len(known))}')


def _several(given: object) -> bool:
    return isinstance(given, Iterable) and not isinstance(given, str)


def _value(name: str, kind: str, given: Any) -> Any:
    """Give a value as its column holds it."""
    if kind == "month":
        known = pd.Period(given, "M") if isinstance(given, dt.date) else given
        return known if isinstance(known, pd.Period) else periods.parse(str(given), expect="month")
    if kind == "text":
        return _text(name, given)
    if kind in ("number", "whole") and not isinstance(given, Real):
        raise ParameterError(f'{name} holds numbers: "{given}" is none.')
    return pd.Timestamp(given) if kind == "date" else given


def _text(name: str, given: Any) -> str:
    if isinstance(given, pd.Period):
        return periods.label(given)
    if name in ("period", "report_period"):
        with suppress(ParseError):
            return periods.quarter_label(str(given))
    return str(given)


def kept(frame: pd.DataFrame, wanted: Wanted) -> pd.DataFrame:
    """Keep the rows that are wanted."""
    for name, values in wanted.only.items():
        frame = frame[frame[name].isin(list(values))]
    for name, others in wanted.without.items():
        frame = frame[~frame[name].isin(list(others))]
    return frame.reset_index(drop=True) if wanted != EVERYTHING else frame


def believed(frame: pd.DataFrame, table: schemas.Table, came: npt.NDArray[Any]) -> pd.DataFrame:
    """Give of each fact the rows believed; ``came`` says of each row how late its file came."""
    if frame.empty:
        return frame
    firm = (frame["status"] != "illustrative").to_numpy() if "status" in frame else np.ones(len(frame), dtype=bool)
    weight = came + firm * (came.max() + 1)
    if (weight == weight[0]).all():
        return frame
    best = pd.Series(weight).groupby([frame[c] for c in table.believed_by], sort=False).transform("max")
    return frame[(best == weight).to_numpy()].reset_index(drop=True)
