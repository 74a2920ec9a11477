"""Quarterly releases by recipe: a short declaration of where things stand in a publisher's workbooks."""

from perfkit.intake.recipes.recipe import (
    FROM_FILE,
    PARTS,
    SHIPPED,
    Measure,
    Periods,
    Recipe,
    Rule,
    Totals,
    gather,
    kind_of_period,
    load,
)
from perfkit.intake.recipes.wording import bare

__all__ = [
    "FROM_FILE",
    "PARTS",
    "SHIPPED",
    "Measure",
    "Periods",
    "Recipe",
    "Rule",
    "Totals",
    "bare",
    "gather",
    "kind_of_period",
    "load",
]
