"""Charts that cannot be drawn without a message, a text alternative, a unit and a source."""

from __future__ import annotations

from perfkit.display.charts.controls import control
from perfkit.display.charts.fans import fan
from perfkit.display.charts.frame import Chart
from perfkit.display.charts.lines import sparkline, trend
from perfkit.display.charts.movement import changes
from perfkit.display.charts.outlook import details, small_multiples
from perfkit.display.charts.ranks import dot_plot, ranked_bars
from perfkit.display.charts.rated import heat_map, rag_bars, rating_history
from perfkit.display.charts.risk import risk_matrix
from perfkit.display.charts.steps import waterfall, waterfalls
from perfkit.display.charts.variances import variance

__all__ = [
    "Chart",
    "changes",
    "control",
    "details",
    "dot_plot",
    "fan",
    "heat_map",
    "rag_bars",
    "ranked_bars",
    "rating_history",
    "risk_matrix",
    "small_multiples",
    "sparkline",
    "trend",
    "variance",
    "waterfall",
    "waterfalls",
]
