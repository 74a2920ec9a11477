"""A tagged PDF of a page, printed by an installed Chromium, Chrome or Edge; nothing is downloaded for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from perfkit.model.errors import RunError

VARIABLE = "PERFKIT_BROWSER"
TIMEOUT = 120
"""Seconds that the browser may take for one page."""
_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge",
)  # fmt: skip
_PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"),
}
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)
_TIME = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)")
_FIXED = b"19800101000000+00'00'"
NO_BROWSER = (
    "There is no Chromium, Chrome or Edge on this machine, so no PDF can be made. Install one, or name it in the "
    f"environment variable {VARIABLE}. The page itself prints well from any browser."
)


def write(page: Path, *, browser: Path | None = None) -> Path:
    """Print a page as a tagged PDF beside it; give the PDF's path.

    Raises `RunError` where there is no browser, where it does not finish, or where what it made has no tags.
    """
    program = browser or find()
    if program is None:
        raise RunError(NO_BROWSER)
    printed = of(page, browser=program)
    target = page.with_suffix(".pdf")
    try:
        _put(printed, target)
    except OSError as error:
        raise RunError(f"{target} cannot be written: {error.strerror or error}.") from None
    return target


def of(page: Path, *, browser: Path) -> bytes:
    """Give a page as a tagged PDF, without the time of the run.

    Raises `RunError` where the browser does not finish, or where what it made has no tags: an untagged PDF cannot be
    read aloud in order.
    """
    with tempfile.TemporaryDirectory(prefix="perfkit-pdf-") as folder:
        printed = _print(page.absolute(), Path(folder), browser)
    if not is_tagged(printed):
        raise RunError(f"{browser} printed {page.name} without tags; a newer version is needed. No PDF was kept.")
    return _without_time(printed)


def find() -> Path | None:
    """Find an installed browser that prints: the one that the environment names, else a usual one.

    Raises `RunError` where the environment names one that is not there.
    """
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if not found:
            raise RunError(f'{VARIABLE} names "{named}", which is not a program on this machine.')
        return Path(found)
    return next(_installed(), None)


def is_tagged(pdf: bytes) -> bool:
    """Whether a PDF says the order and kind of its parts.

    >>> is_tagged(b"%PDF-1.4 << /Marked true >> /StructTreeRoot 5 0 R"), is_tagged(b"%PDF-1.4")
    (True, False)
    """
    return b"/StructTreeRoot" in pdf and re.search(rb"/Marked\s+true", pdf) is not None


def _installed() -> Iterator[Path]:
    for name in _NAMES:
        if found := shutil.which(name):
            yield Path(found)
    roots = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    for place in _PLACES.get(sys.platform, ()):
        for root in roots if sys.platform == "win32" else [""]:
            if (path := Path(root, place)).is_file():
                yield path


def _print(page: Path, folder: Path, program: Path) -> bytes:
    out = folder / "page.pdf"
    command = [str(program), *_QUIET, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={out}", page.as_uri()]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start as root, as in a container, unless its own walls are left out.
        command.insert(1, "--no-sandbox")
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise RunError(f"{program.name} did not print {page.name} within {TIMEOUT} seconds.") from None
    except OSError as error:
        raise RunError(f"{program} cannot be started: {error.strerror or error}.") from None
    if done.returncode or not out.is_file():
        said = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
        raise RunError(f"{program.name} could not print {page.name}: {said[0]}.")
    return out.read_bytes()


def _without_time(pdf: bytes) -> bytes:
    """Take the time of the run out, length by length: a PDF counts its bytes."""

    def fixed(found: re.Match[bytes]) -> bytes:
        start = found[0].index(b"D:") + 2
        room = len(found[0]) - start - 1
        return found[0][:start] + _FIXED[:room].ljust(room) + b")"

    return _TIME.sub(fixed, pdf)


def _put(content: bytes, target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".printing-", dir=target.parent) as folder:
        part = Path(folder) / target.name
        part.write_bytes(content)
        part.replace(target)
