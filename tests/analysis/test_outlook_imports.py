"""The outlook needs numpy and pandas, and nothing else that has to be installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOREIGN = ("scipy", "statsmodels", "statsforecast", "sklearn", "matplotlib", "seaborn", "numba")


def test_importing_the_outlook_brings_no_forecasting_or_drawing_library(project: Path) -> None:
    script = f"import sys, perfkit.analysis.outlook; print([name for name in {FOREIGN!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
