#!/usr/bin/env bash
# Pin and hash every package that the make commands install, for all platforms and Pythons that pyproject.toml allows.
# Needs uv (pip install uv). Run it after changing the dependencies in pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."
uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate --quiet "$@" -o requirements.txt
