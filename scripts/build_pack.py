"""Build the sample pack from the published facts: python scripts/build_pack.py FACTS [OUT]."""

from __future__ import annotations

import argparse
from pathlib import Path

from pack import framework, history, points, returns

OUT = Path(__file__).resolve().parents[1] / "data" / "raw" / "2017-18"


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sample pack from the published facts.")
    parser.add_argument("facts", type=Path, help="folder that holds the tables of facts")
    parser.add_argument("out", type=Path, nargs="?", default=OUT, help="folder to write to (default: data/raw/2017-18)")
    given = parser.parse_args()
    for part in (framework, returns, history, points):
        part.build(given.facts, given.out)


if __name__ == "__main__":
    main()
