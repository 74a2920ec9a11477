"""Outlook: where the year will end, how sure that is, and whether the target will be met.

``project`` answers for one series, ``project_many`` for a council. ``agreement`` sets the director's outlook beside
ours with the question to ask; ``record`` and ``score`` keep judgements and hold them against what came. ``calibrate``
says how well past outlooks of a council's own history would have done, and how much wider or narrower to draw the next.
The method in plain English is in docs/reference/outlook.md.
"""

from perfkit.analysis.outlook.calibration import Calibration, backtests, calibrate
from perfkit.analysis.outlook.council import paths_many, project_many
from perfkit.analysis.outlook.judgements import agreement, outturns, record, score
from perfkit.analysis.outlook.keeping import FILE, as_table, judgements_file, judgements_table, widening
from perfkit.analysis.outlook.probability import Goal, pair
from perfkit.analysis.outlook.statement import Outlook, Step
from perfkit.analysis.outlook.yearend import project

__all__ = [
    "FILE",
    "Calibration",
    "Goal",
    "Outlook",
    "Step",
    "agreement",
    "as_table",
    "backtests",
    "calibrate",
    "judgements_file",
    "judgements_table",
    "outturns",
    "pair",
    "paths_many",
    "project",
    "project_many",
    "record",
    "score",
    "widening",
]
