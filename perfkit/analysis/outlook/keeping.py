"""A council's calibration and its judgements as tables of the store, and what an outlook takes from them."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.outlook.calibration import Calibration

FILE = "outlook-calibration.json"
"""The name under which the store keeps it, as it does workbooks."""


def as_table(found: Calibration, *, until: str) -> pd.DataFrame:
    """Write a calibration as the one row of the table calibrations; ``until`` is the last period of the history.

    >>> found = Calibration(1.2, 30, 40, 120, 74.0, 93.0, 0.3, "By this history intervals are to be drawn 20% wider.")
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


def judgements_file(quarter: str) -> str:
    """Name the file under which the store keeps a quarter's judgements.

    >>> judgements_file("2017-18 Q1")
    'outlook-judgements-2017-18-Q1.json'
    """
    return f"outlook-judgements-{quarter.replace(' ', '-')}.json"


def judgements_table(recorded: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Write a quarter's judgements as rows of the table judgements, each with its place in the file.

    Needs the columns that `record` gives; other quarters' rows are left out.

    >>> row = {"indicator": "visits", "year": "2017-18", "quarter": "2017-18 Q1", "who": "perfkit", "probability": 0.7}
    >>> judgements_table(pd.DataFrame([row]), quarter="2017-18 Q1")[["probability", "cell"]].values.tolist()
    [[0.7, 'visits/perfkit']]
    """
    own = recorded[recorded["quarter"] == quarter].reset_index(drop=True)
    cells = own["indicator"].astype("str") + "/" + own["who"].astype("str")
    return own.assign(file=judgements_file(quarter), sheet=None, cell=cells)


def widening(calibrations: pd.DataFrame) -> float:
    """Give the factor by which `project_many` is to draw intervals; 1 where the council has not calibrated.

    >>> widening(pd.DataFrame({"subject": ["outlook"], "widen": [1.2]})), widening(pd.DataFrame())
    (1.2, 1.0)
    """
    if calibrations.empty:
        return 1.0
    return float(calibrations.loc[calibrations["subject"] == "outlook", "widen"].iloc[-1])
