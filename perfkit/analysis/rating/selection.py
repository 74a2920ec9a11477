"""Which of the rated indicators a report is about."""

from __future__ import annotations

import pandas as pd

from perfkit.model import parameters
from perfkit.model.errors import ParameterError


def of(rated: pd.DataFrame, *, directorate: str = "") -> pd.DataFrame:
    """Keep one directorate's indicators; all of them where none is named.

    Column used: ``directorate``. Raises `ParameterError` for a directorate without indicators.

    >>> of(pd.DataFrame({"directorate": ["SCS", "PH"]}), directorate="PH")["directorate"].tolist()
    ['PH']
    >>> of(pd.DataFrame({"directorate": ["SCS"]}), directorate="SC")
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: There is no directorate "SC". Did you mean "SCS"?
    """
    if not directorate:
        return rated.reset_index(drop=True)
    there = sorted(rated["directorate"].unique())
    if directorate not in there:
        raise ParameterError(f'There is no directorate "{directorate}".{parameters.suggestion(directorate, there)}')
    return rated[rated["directorate"] == directorate].reset_index(drop=True)
