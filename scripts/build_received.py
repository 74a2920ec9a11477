"""Write received.csv beside the sample pack's workbooks: python scripts/build_received.py. Run it after the other two.

The days are illustrative, but for their order: the framework before the year, a return after its quarter, a month of
delays about six weeks after the month.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pandas as pd

from perfkit.intake.dtoc_checks import month_in

PACK = Path(__file__).resolve().parents[1] / "data" / "raw" / "2017-18"
DAYS = {"framework.xlsx": "2017-04-03", "history.xlsx": "2017-04-28", "key_points.xlsx": "2017-07-24"}
RETURNED = "2017-07-21"
LAG = pd.Timedelta(days=40)


def day_of(workbook: Path) -> str:
    if workbook.suffix == ".xls":
        month = month_in(workbook.name)
        assert month is not None, workbook
        return (month.end_time + LAG).date().isoformat()
    return DAYS.get(workbook.name, RETURNED)


def main() -> None:
    workbooks = sorted(p for p in PACK.rglob("*") if p.suffix in {".xlsx", ".xls"})
    for folder in sorted({workbook.parent for workbook in workbooks}):
        with (folder / "received.csv").open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out, lineterminator="\n")
            lines.writerow(["file", "received", "sha256"])
            for workbook in workbooks:
                if workbook.parent == folder:
                    lines.writerow([workbook.name, day_of(workbook), hashlib.sha256(workbook.read_bytes()).hexdigest()])


if __name__ == "__main__":
    main()
