"""Which rows of a table are wanted: chosen by what their columns hold, and by what they do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """Rows whose columns hold one of the values in ``only`` and none of those in ``without``, both by column."""

    only: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    without: Mapping[str, Collection[str]] = field(default_factory=dict)

    def by(self, columns: Collection[str]) -> Wanted:
        """Give what is wanted as far as it goes by some columns.

        >>> Wanted({"period": ["2017-18 Q1"], "value": [5.0]}).by(["period"])
        Wanted(only={'period': ['2017-18 Q1']}, without={})
        """
        only = {name: values for name, values in self.only.items() if name in columns}
        return Wanted(only, {name: values for name, values in self.without.items() if name in columns})

    def besides(self, columns: Collection[str]) -> Wanted:
        """Give what is wanted as far as it goes by other columns.

        >>> Wanted({"period": ["2017-18 Q1"], "value": [5.0]}).besides(["period"])
        Wanted(only={'value': [5.0]}, without={})
        """
        return self.by({*self.only, *self.without}.difference(columns))


EVERYTHING = Wanted()
"""Every row there is."""
