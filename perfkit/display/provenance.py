"""The foot of a page: the files, parameters, rules and versions that made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import metadata

import pandas as pd

from perfkit.display import page
from perfkit.display.markup import Fragment

PACKAGES = ("perfkit", "pandas", "numpy", "matplotlib")


def foot(sources: pd.DataFrame, *, parameters: Mapping[str, object], rules: Iterable[str] = ()) -> Fragment:
    """Close a page with its sources and method.

    ``sources`` is what `store.Known.sources` gives: file, vintage, sha256, received and rows.
    """
    versions = {name: metadata.version(name) for name in PACKAGES}
    return page.sources(sources, parameters=parameters, versions=versions, rules=rules)
