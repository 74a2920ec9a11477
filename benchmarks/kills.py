"""Kill ``perfkit run`` and ``perfkit load`` at random moments, and check after each that nothing is lost.

    python benchmarks/kills.py                 100 kills with the real notebooks
    python benchmarks/kills.py --kills 10 --thin    a short round with notebooks that are quick to run

After every kill the set of pages that a reader sees must be whole, one that a run published, and every file of the
store readable. After every tenth, and at the end, a run must complete. A kill that comes after the command has ended
does not count. The moments follow from ``--seed``.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import openpyxl

from perfkit import store
from perfkit.model import schemas
from perfkit.run import manifest, publication

PROJECT = Path(__file__).resolve().parents[1]
QUARTER = "2017-18 Q1"
THIN = "from perfkit import page, store\npage.title(quarter, subtitle=str(store.known().observations['value'].sum()))"


def main() -> int:
    given = _options()
    draw = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        desk = lay_out(Path(folder), thin=given.thin)
        timed(desk, "run")
        longest = {}
        for name in ("load", "run"):
            change(desk, 900 + len(longest))
            longest[name] = timed(desk, name)
        landed = late = 0
        while landed < given.kills:
            name = "load" if landed % 3 == 2 else "run"
            change(desk, 1000 + landed + late)
            ended = kill_after(desk, name, draw.uniform(0, longest[name]))
            check(desk)
            landed, late = landed + (not ended), late + ended
            if not ended and landed % 10 == 0:
                complete(desk)
        complete(desk)
    say(
        f"{landed} kills in the midst of a command, {late} more after its end: store and reports whole after each; "
        "a run completed after every tenth."
    )
    return 0


def complete(desk: Path) -> None:
    """Run to the end, and check that the newest figures are shown and nothing half-made is left."""
    timed(desk, "run")
    check(desk, newest=True)
    left = [path.name for path in (desk / "reports" / ".sets" / "2017-18-Q1").glob(".making-*")]
    assert not left, left


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--thin", action="store_true", help="one page of two lines, without the delays' workbooks")
    return parser.parse_args()


def lay_out(desk: Path, *, thin: bool) -> Path:
    ignore = shutil.ignore_patterns("dtoc") if thin else None
    shutil.copytree(PROJECT / "data" / "raw" / "2017-18", desk / "data" / "raw" / "2017-18", ignore=ignore)
    shutil.copytree(PROJECT / "notebooks", desk / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for path in (desk / "notebooks").glob("*.ipynb") if thin else ():
        if path.stem != "cabinet_report":
            path.unlink()
            continue
        notebook = nbformat.read(path, as_version=4)
        parameters = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
        notebook.cells = [*parameters, nbformat.v4.new_code_cell(THIN, id="c")]
        nbformat.write(notebook, path)
    return desk


def start(desk: Path, name: str) -> subprocess.Popen[bytes]:
    alone = ["--only", "cabinet_report"] if len(list((desk / "notebooks").glob("*.ipynb"))) == 1 else []
    what = [QUARTER, *alone] if name == "run" else ["data/raw"]
    command = [sys.executable, "-m", "perfkit", name, *what]
    return subprocess.Popen(command, cwd=desk, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def timed(desk: Path, name: str) -> float:
    begun = time.perf_counter()
    process = start(desk, name)
    _, told = process.communicate()
    assert process.returncode == 0, told.decode()
    return time.perf_counter() - begun


def kill_after(desk: Path, name: str, seconds: float) -> bool:
    """Kill a command after a while; say whether it had ended already."""
    process = start(desk, name)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    process.communicate()
    return True


def change(desk: Path, value: int) -> None:
    """Let a directorate send its return again with another figure."""
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / "CSS.xlsx"
    book = openpyxl.load_workbook(path)
    book["Dashboard"]["G10"] = value
    book.save(path)


def check(desk: Path, *, newest: bool = False) -> None:
    """Check that the pages shown are all of one published set, and that the store holds only whole files."""
    folder = desk / "reports" / publication.folder_name(QUARTER)
    record = manifest.read(folder)
    assert record is not None, "the reports are gone"
    assert (folder / "index.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    for page in record.pages:
        assert manifest.digest((folder / f"{page.name}.html").read_bytes()) == page.sha256, page.name
        assert page.status != "failed", page.cause
    root = desk / "data" / "processed"
    for receipt in store.history(root=root):
        for table in receipt.tables:
            assert len(store.read(receipt, table, root=root)) == receipt.tables[table], receipt.file
    for table in schemas.TABLES:
        store.load(table, root=root)
    if newest:
        assert [i.sha256 for i in record.inputs] == [r.sha256 for r in store.receipts(root=root)]
        json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
