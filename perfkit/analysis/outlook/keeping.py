"""A council's calibration as a table of the store, and what an outlook takes from it."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.outlook.calibration import Calibration

FILE = "outlook-calibration.json"
"""The name under which the store keeps it, as it does workbooks."""


def as_table(found: Calibration, *, until: str) -> pd.DataFrame:
    """Write a calibration as the one row of the table calibrations; ``until`` is the last period of the history.

    >>> found = Calibration(1.2, 30, 40, 120, 74.0, 93.0, 0.3, "Intervals are now drawn 20% wider.")
    >>> as_table(found, until="2017-18 Q1")[["subject", "widen", "until"]].values.tolist()
    [['outlook', 1.2, '2017-18 Q1']]
    """
    row = {
        "subject": "outlook",
        "widen": found.widen,
        "until": until,
        "series": found.series,
        "years": found.years,
        "outlooks": found.outlooks,
        "covered80": found.covered80,
        "covered95": found.covered95,
        "gain": found.gain,
        "words": found.words,
        "file": FILE,
        "sheet": None,
        "cell": "widen",
    }
    return pd.DataFrame([row])


def widening(calibrations: pd.DataFrame) -> float:
    """Give the factor by which `project_many` is to draw intervals; 1 where the council has not calibrated.

    >>> widening(pd.DataFrame({"subject": ["outlook"], "widen": [1.2]})), widening(pd.DataFrame())
    (1.2, 1.0)
    """
    if calibrations.empty:
        return 1.0
    return float(calibrations.loc[calibrations["subject"] == "outlook", "widen"].iloc[-1])
