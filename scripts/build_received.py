"""Write received.csv beside the sample pack's workbooks: python scripts/build_received.py. Run it after the other two.

The days are illustrative, but for their order: the framework before the year, a return after its quarter, a month of
delays about six weeks after the month.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pandas as pd

from perfkit.intake.dtoc.checks import month_in

PACK = Path(__file__).resolve().parents[1] / "data" / "raw"
DAYS = {
    "council.toml": "2017-04-03",
    "2016-17/Q4/risks.xlsx": "2017-04-21",
    "2017-18/framework.xlsx": "2017-04-03",
    "2017-18/history.xlsx": "2017-04-28",
    "2017-18/mapping.xlsx": "2017-04-28",
    "2017-18/savings_programme.xlsx": "2014-04-14",
    "2017-18/Q1/key_points.xlsx": "2017-07-24",
    "oxford-city/council.toml": "2024-08-05",
    "oxford-city/2024-25/action_plan_2024-07.xlsx": "2024-08-05",
    "oxford-city/2024-25/action_plan_2024-10.xlsx": "2024-11-04",
    "oxford-city/2024-25/strategy.xlsx": "2024-11-04",
}
RETURNED = "2017-07-21"
LAG = pd.Timedelta(days=40)


def day_of(workbook: Path) -> str:
    if workbook.suffix == ".xls":
        month = month_in(workbook.name)
        assert month is not None, workbook
        return (month.end_time + LAG).date().isoformat()
    return DAYS.get(workbook.relative_to(PACK).as_posix(), RETURNED)


def main() -> None:
    workbooks = sorted(p for p in PACK.rglob("*") if p.suffix in {".xlsx", ".xls", ".toml"})
    for folder in sorted({workbook.parent for workbook in workbooks}):
        with (folder / "received.csv").open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out, lineterminator="\n")
            lines.writerow(["file", "received", "sha256"])
            for workbook in workbooks:
                if workbook.parent == folder:
                    lines.writerow([workbook.name, day_of(workbook), hashlib.sha256(workbook.read_bytes()).hexdigest()])


if __name__ == "__main__":
    main()
