"""A PostgreSQL server of its own for tests, from the programs that Debian installs; on loopback, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PASSWORD = "s3cret:word"
"""Of the server's only user; it has a colon, which an address must write as %3A."""


def _programs() -> Path:
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all((folder / name).is_file() for name in ("initdb", "postgres", "pg_isready")):
            return folder
    pytest.skip("PostgreSQL is not installed: apt-get install postgresql")


def _as_user(folder: Path) -> list[str]:
    """Give the words that run a program as somebody who may: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    if shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL does not run as root, and setpriv, which would run it as another user, is missing")
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user)
    return ["setpriv", f"--reuid={user}", "--clear-groups", "--"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a server; give the address of its database, password included."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="perfkit-postgres-"))
    (folder / "password").write_text(PASSWORD)
    runs = _as_user(folder)
    try:
        made = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "perfkit", "--auth=scram-sha-256"]
        made += [f"--pwfile={folder / 'password'}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        done = subprocess.run([*runs, *made], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        yield from _served(runs, programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(runs: list[str], programs: Path, folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
    words += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*runs, *words], cwd=folder, stdout=log, stderr=log)
        try:
            _wait(programs, port, server, folder / "log")
            yield f"postgresql://perfkit:{PASSWORD.replace(':', '%3A')}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def _wait(programs: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        ready = subprocess.run([programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"PostgreSQL did not start: {log.read_text()}")
