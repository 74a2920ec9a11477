"""Statistical process control: did something change, and can the process meet its target?

An XmR chart says which points differ from the process by more than its usual variation. ``chart_kind`` says whether a
series suits such a chart, ``xmr`` computes it, ``icons`` sums it up. ``p_chart`` and ``u_chart`` do the same for
proportions and rates whose denominators are known, ``runs`` draws the median through a series that is too short.
"""

from perfkit.analysis.spc.attributes import p_chart, u_chart
from perfkit.analysis.spc.council import CouncilCharts, charts
from perfkit.analysis.spc.cumulation import decumulate
from perfkit.analysis.spc.individuals import xmr
from perfkit.analysis.spc.judgement import RULE_SETS, Polarity, RuleSet
from perfkit.analysis.spc.medians import runs
from perfkit.analysis.spc.suitability import ChartKind, chart_kind
from perfkit.analysis.spc.verdicts import Icons, icons
from perfkit.model.causes import CAUSES

__all__ = [
    "CAUSES",
    "RULE_SETS",
    "ChartKind",
    "CouncilCharts",
    "Icons",
    "Polarity",
    "RuleSet",
    "chart_kind",
    "charts",
    "decumulate",
    "icons",
    "p_chart",
    "runs",
    "u_chart",
    "xmr",
]
