"""Charts that cannot be drawn without a message, a text alternative, a unit and a source."""

from __future__ import annotations

from perfkit.display.charts_changes import changes
from perfkit.display.charts_control import control
from perfkit.display.charts_fan import fan
from perfkit.display.charts_frame import Chart
from perfkit.display.charts_lines import sparkline, trend
from perfkit.display.charts_outlook import details, small_multiples
from perfkit.display.charts_ranks import dot_plot, ranked_bars
from perfkit.display.charts_rated import heat_map, rag_bars, rating_history
from perfkit.display.charts_risk import risk_matrix
from perfkit.display.charts_variance import variance
from perfkit.display.charts_waterfall import waterfall, waterfalls

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
