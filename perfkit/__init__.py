"""perfkit: council performance reports from the workbooks that directorates send.

The face of the package is its modules, so that a line of a notebook says which room it calls: ``rating.rate(...)``,
``outcomes.roll_up(...)``, ``charts.trend(...)``. They are imported when first used, which keeps the command line quick.
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_ROOMS = {
    "errors": "model",
    "periods": "model",
    "schemas": "model",
    "targets": "model",
    "parameters": "model",
    "rating": "analysis",
    "direction": "analysis",
    "history": "analysis",
    "outcomes": "analysis",
    "restatement": "analysis",
    "changes": "analysis",
    "framework_changes": "analysis",
    "completeness": "analysis",
    "timeline": "analysis",
    "spc": "analysis",
    "outlook": "analysis",
    "matters": "analysis",
    "key_points": "analysis",
    "mapping": "analysis",
    "yardsticks": "analysis",
    "single_view": "analysis",
    "delays": "analysis",
    "delivery": "analysis",
    "discharges": "analysis",
    "charts": "display",
    "tables": "display",
    "page": "display",
    "notices": "display",
    "provenance": "display",
    "signposts": "display",
    "sentences": "display",
    "cabinet_sentences": "display",
    "quality_sentences": "display",
    "change_sentences": "display",
    "delay_answers": "display",
    "delay_causes": "display",
    "delay_checks": "display",
    "delay_columns": "display",
    "delay_sentences": "display",
    "delay_years": "display",
    "eras": "display",
    "delivery_sentences": "display",
    "action_sentences": "display",
    "savings_sentences": "display",
    "outlook_sentences": "display",
    "leadership_sentences": "display",
    "mapping_sentences": "display",
    "words": "display",
}
__all__ = ["__version__", "store", "vintages", *_ROOMS]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module perfkit has no attribute {name!r}")
    return import_module(f"perfkit.{_ROOMS[name]}.{name}" if name in _ROOMS else f"perfkit.{name}")
