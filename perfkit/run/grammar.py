"""Notebooks' formats without the grammar of international addresses: jsonschema takes a second to build it."""

from __future__ import annotations

import sys
from importlib import import_module


def leave_out() -> None:
    """Import jsonschema, which judges notebooks, as if the package for such addresses were not installed.

    No schema of a notebook asks for them. The package itself can be imported afterwards.

    >>> leave_out()
    >>> "jsonschema" in sys.modules
    True
    """
    name = "rfc3987_syntax"
    if "jsonschema" in sys.modules or name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[name]
