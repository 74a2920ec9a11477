"""Find out that nothing has changed since the last run, from digests alone, before anything slow is imported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from perfkit.model.errors import RunError
from perfkit.run import manifest, publication
from perfkit.run.manifest import Manifest

_FOLDER = Path(".sets") / ".requests"


def state(request: Mapping[str, str], *, raw: Path | None, notebooks: Path, store: str) -> str:
    """Give one digest of everything that a run depends on; ``store`` is the digest of the store's receipts."""
    files = sorted(path for path in raw.rglob("*") if path.is_file()) if raw and raw.is_dir() else []
    parts = {
        "request": dict(request),
        "raw": [(path.as_posix(), manifest.digest(path.read_bytes())) for path in files],
        "notebooks": [(path.name, manifest.digest(path.read_bytes())) for path in sorted(notebooks.glob("*.ipynb"))],
        "store": store,
        "versions": manifest.versions(),
        "code": manifest.code(),
    }
    return manifest.digest(json.dumps(parts, sort_keys=True).encode())


def find(request: Mapping[str, str], *, out: Path, now: str) -> Manifest | None:
    """Give the record of the set that the same request made in the same state, where every page of it still stands."""
    try:
        kept = json.loads(_place(request, out).read_text(encoding="utf-8"))
        target = out / publication.folder_name(kept["quarter"])
        record = manifest.read(target)
    except (OSError, ValueError, KeyError, RunError):
        return None
    if kept["state"] != now or record is None or not (target / "index.html").is_file():
        return None
    whole = all(page.status != "failed" and not page.remark for page in record.pages)
    files = {name: sha256 for page in record.pages for name, sha256 in page.files.items()}
    return record if whole and all(_stands(target / name, sha256) for name, sha256 in files.items()) else None


def keep(request: Mapping[str, str], record: Manifest, *, out: Path, now: str) -> None:
    """Remember that this request in this state made this set, where all its pages and take-aways could be made."""
    if any(page.status == "failed" or page.remark for page in record.pages):
        return
    place = _place(request, out)
    place.parent.mkdir(parents=True, exist_ok=True)
    publication.replace_text(place, json.dumps({"quarter": record.quarter, "state": now}) + "\n")


def _place(request: Mapping[str, str], out: Path) -> Path:
    return out / _FOLDER / f"{manifest.digest(json.dumps(dict(request), sort_keys=True).encode())[:16]}.json"


def _stands(path: Path, sha256: str) -> bool:
    return path.is_file() and manifest.digest(path.read_bytes()) == sha256
