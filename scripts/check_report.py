"""Check a built set of reports as CI does: python scripts/check_report.py reports/2017-18-Q1."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

LIMIT = 300_000
FORBIDDEN = re.compile(r"<(?:script|iframe|object|embed|link)\b|\b(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE)


def faults(folder: Path) -> list[str]:
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = [f"{p['name']}: {p['status']}, {p['cause']}" for p in record["pages"] if p["status"] == "failed"]
    for page in [*(f"{p['name']}.html" for p in record["pages"]), "index.html"]:
        text = (folder / page).read_text(encoding="utf-8")
        found += [f"{page}: {match.group()}" for match in FORBIDDEN.finditer(text)]
        if len(text.encode()) > LIMIT:
            found.append(f"{page}: {len(text.encode()):,} bytes, more than {LIMIT:,}")
        if page != "index.html" and f'href="{page}"' not in (folder / "index.html").read_text(encoding="utf-8"):
            found.append(f"{page}: the index does not link it")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Check a built set of reports.")
    parser.add_argument("folder", type=Path, help="such as reports/2017-18-Q1")
    found = faults(parser.parse_args().folder)
    sys.stdout.write("\n".join(found) + "\n" if found else "Every page is made, linked, self-contained and small.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
