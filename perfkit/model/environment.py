"""The environment variables by which a run and the notebooks that it has executed know of each other."""

from __future__ import annotations

STORE = "PERFKIT_STORE"
"""Names the store."""
READS = "PERFKIT_READS"
"""Names the file in which a page's reads are noted."""
