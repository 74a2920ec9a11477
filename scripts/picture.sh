#!/usr/bin/env bash
# Take the README's picture from the built cabinet report. Needs chromium. Run it after make report when the page changes.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --hide-scrollbars \
  --user-data-dir="$profile" --window-size=1200,1450 --screenshot="$PWD/docs/images/cabinet_report.png" \
  "file://$PWD/${1:-reports/2017-18-Q1}/cabinet_report.html" 2>/dev/null
