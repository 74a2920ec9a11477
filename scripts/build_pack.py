"""Build the sample pack from the published facts: python scripts/build_pack.py FACTS [OUT]."""

from __future__ import annotations

import argparse
from pathlib import Path

from pack import book, city, finance, framework, history, points, returns, risks, savings, thread

from perfkit.model import councils

OUT = Path(__file__).resolve().parents[1] / "data" / "raw"
COUNTY, CITY = "2017-18", "oxford-city"


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sample pack from the published facts.")
    parser.add_argument("facts", type=Path, help="folder that holds the tables of facts")
    parser.add_argument("out", type=Path, nargs="?", default=OUT, help="folder to write to (default: data/raw)")
    given = parser.parse_args()
    for part in (framework, returns, history, points, thread, finance, risks, savings):
        part.build(given.facts, given.out / COUNTY)
    (given.out / councils.FILE).write_text(f'name = "{book.COUNCIL}"\narea = "Oxfordshire"\n', encoding="utf-8")
    city.build(given.facts, given.out / CITY)


if __name__ == "__main__":
    main()
