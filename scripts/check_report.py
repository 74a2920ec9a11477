"""Check built sets of reports as CI does: python scripts/check_report.py reports/2017-18-Q1 [FOLDER ...]."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from urllib.parse import quote

LIMIT = 300_000
FORBIDDEN = re.compile(r"<(?:script|iframe|object|embed|link)\b|\b(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE)


def faults(folder: Path) -> list[str]:
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    index = (folder / "index.html").read_text(encoding="utf-8")
    found = [f"{p['name']}: {p['status']}, {p['cause']}" for p in record["pages"] if p["status"] == "failed"]
    found += [f"{p['name']}: {p['remark']}" for p in record["pages"] if p["remark"]]
    pages = [f"{p['name']}.html" for p in record["pages"] if p["sha256"]]
    for name in [*pages, *(file for p in record["pages"] for file in p["take_aways"])]:
        if not (folder / name).is_file():
            found.append(f"{name}: missing")
        if f'href="{quote(name)}"' not in index:
            found.append(f"{name}: the index does not link it")
    return found + [fault for name in [*pages, "index.html"] for fault in _of_page(folder / name)]


def _of_page(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    found = [f"{page.name}: {match.group()}" for match in FORBIDDEN.finditer(text)]
    size = len(text.encode())
    return found + ([f"{page.name}: {size:,} bytes, more than {LIMIT:,}"] if size > LIMIT else [])


def main() -> int:
    parser = argparse.ArgumentParser(description="Check built sets of reports.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="such as reports/2017-18-Q1")
    folders = parser.parse_args().folders
    found = [f"{folder}: {fault}" for folder in folders for fault in faults(folder)]
    sys.stdout.write(
        "\n".join(found) + "\n"
        if found
        else "Every page is made, linked, self-contained and small, with its take-aways.\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
