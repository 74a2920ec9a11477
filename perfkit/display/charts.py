"""Charts that cannot be drawn without a message, a text alternative, a unit and a source."""

from __future__ import annotations

from perfkit.display.charts_frame import Chart
from perfkit.display.charts_lines import sparkline, trend
from perfkit.display.charts_ranks import dot_plot, ranked_bars
from perfkit.display.charts_rated import heat_map, rag_bars

__all__ = ["Chart", "dot_plot", "heat_map", "rag_bars", "ranked_bars", "sparkline", "trend"]
