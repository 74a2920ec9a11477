"""What can be said of a file before it is opened: whether it can be, and whether name and ending fit its content."""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
from pathlib import Path

from perfkit.intake.workbooks import biff, limits
from perfkit.model.errors import Issue, Where

_NEW = (".xlsx", ".xlsm")

Stamp = tuple[int, int]
"""Size and time of change, by which a file that changes while it is read is known."""


def look(path: Path, file: str) -> tuple[str, Issue | None]:
    """Give the digest of a file's content, and the issue that keeps it out.

    The digest is a SHA-256, empty where there is nothing to read. What keeps a file out is that it cannot be opened, is
    too large, or has a name or ending that misleads.
    """
    if printable(path.name) != path.name:
        found = "a file name with a character that cannot be shown"
        return "", Issue(Where(file), found, "a name of letters, digits and signs", "Rename the file.")
    if any("\ud800" <= sign <= "\udfff" for sign in str(path.parent)):
        found = "a folder name with a character that cannot be shown"
        return "", Issue(Where(file), found, "a name of letters, digits and signs", "Rename the folder.")
    try:
        size = path.stat().st_size
        content = b"" if size > limits.FILE_SIZE else path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        kind, action = "file", "Close it elsewhere, or see that you may read it."
        if path.is_dir():
            kind, action = "folder", "See that you may read it, or name the others alone."
        return "", Issue(
            Where(file), f"a {kind} that cannot be opened ({reason})", f"a {kind} that can be read", action
        )
    sha256 = hashlib.sha256(content).hexdigest() if content else ""
    return sha256, limits.too_large(Where(file), size) if size > limits.FILE_SIZE else misnamed(file, content)


def printable(name: str) -> str:
    """Write a name with the numbers of the signs that cannot be shown or written down, so that no two look alike.

    >>> print(printable("SCS Q1.xlsx"), printable("SCS\\nQ1.xlsx"), printable("PH\\udce9.xlsx"))
    SCS Q1.xlsx SCS\\x0aQ1.xlsx PH\\xe9.xlsx
    """
    return "".join(
        f"\\x{ord(sign) & 0xFF:02x}" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in name
    )


def misnamed(file: str, content: bytes) -> Issue | None:
    """Tell of a workbook of one kind under the ending of another; None where they agree or the content is no workbook.

    >>> misnamed("SCS.xlsx", b"Indicator,Value") is None
    True
    """
    ending = Path(file).suffix.lower()
    kind = ending if _is_plainly(ending, content) else _kind(content)
    if kind == ".xlsb":
        found, action = "a binary workbook (.xlsb)", "Open it in Excel and save it as an Excel workbook (.xlsx)."
        return Issue(Where(file), found, "a workbook of the kind .xlsx, .xlsm, .xls or .ods", action)
    if kind is None or ending == ".csv" or kind == ending or {kind, ending} <= set(_NEW):
        return None
    if kind == ".xls" and not biff.is_sound(content):
        return None
    found = f"a workbook of the kind {kind} under the ending {ending or 'of nothing'}"
    return Issue(Where(file), found, f"the ending {kind}", f"Rename it to {Path(file).stem}{kind}.")


def _is_plainly(ending: str, content: bytes) -> bool:
    """Say whether a file is of the kind that its ending says, by what needs no opening."""
    if ending in _NEW:
        return b"xl/workbook.xml" in content and b"xl/workbook.bin" not in content
    return ending == ".xls" and content.startswith(biff.START)


def _kind(content: bytes) -> str | None:
    if content.startswith(biff.START):
        return None if biff.ENCRYPTED in content else ".xls"
    if not content.startswith(b"PK"):
        return None
    try:
        parts = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    kinds = {"xl/workbook.bin": ".xlsb", "xl/workbook.xml": ".xlsx", "content.xml": ".ods"}
    return next((kind for part, kind in kinds.items() if part in parts), None)


def stamp(path: Path) -> Stamp:
    """Give a file's stamp; that of a file that is gone equals no other."""
    try:
        state = path.stat()
    except OSError:
        return -1, -1
    return state.st_size, state.st_mtime_ns


def changed(file: str) -> Issue:
    """Make the issue for a file that changed while it was read: what was read may be neither the old nor the new."""
    action = "Wait until it is saved whole, and load it again."
    return Issue(Where(file), "a file that changed while it was read", "a file that stays as it is", action)
