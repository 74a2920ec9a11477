"""``perfkit outlook calibrate``: see how well past outlooks would have done, and draw the next ones accordingly."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from perfkit.commands import options
from perfkit.commands.terminal import DONE, count, say

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.analysis.outlook import Calibration
    from perfkit.commands.options import Commands


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = options.command(commands, "outlook", "see how well past outlooks did, and calibrate the next", carry_out)
    parser.add_argument("task", choices=("calibrate",), metavar="TASK", help="calibrate")
    parser.add_argument("--as-of", default="", metavar="DAY", help="what was known by that day")
    parser.add_argument("--dry-run", action="store_true", help="say what past outlooks did, keep nothing")


def carry_out(given: argparse.Namespace) -> int:
    """Back-test the history in the store, say what it shows, keep the calibration; give the exit status."""
    from perfkit import store
    from perfkit.analysis import outlook

    place = options.store_of(given)
    known = store.known(as_of=given.as_of, root=place)
    history = _history(known.observations)
    found = outlook.calibrate(history, known.indicators)
    _tell(found, outlook.backtests(history, known.indicators), history)
    if given.dry_run:
        say("Nothing was kept.")
    elif not found.outlooks:
        say("Nothing was kept: intervals stay as wide as the benchmark's.")
    else:
        say(_keep(found, history, place))
    return DONE


def _history(observations: pd.DataFrame) -> pd.DataFrame:
    """Give the quarterly and monthly figures of first parts, in order."""
    from perfkit.model import periods

    kinds = {text: periods.kind(periods.parse(text)) for text in observations["period"].unique()}
    shorter = [text for text, kind in kinds.items() if kind != "year"]
    rows = observations[(observations["part"] == 1) & observations["period"].isin(shorter)]
    return rows.assign(_end=periods.ends(rows["period"])).sort_values(["indicator", "_end"], kind="stable")


def _tell(found: Calibration, tests: pd.DataFrame, history: pd.DataFrame) -> None:
    say(found.words)
    made_up = int((history["status"] == "illustrative").sum())
    if made_up:
        say(f"Mind that {made_up:,} of {len(history):,} figures are illustrative: they say nothing of a real council.")
    if found.outlooks:
        for horizon, rows in tests.groupby("horizon", sort=True):
            inside = rows["actual"].between(rows["low80"], rows["high80"]).mean()
            ahead = f"{count(int(horizon), 'quarter')} ahead"
            say(f"  {ahead:<18}{len(rows):>6,} outlooks, {inside:.0%} within the 80% interval")


def _keep(found: Calibration, history: pd.DataFrame, place: Any) -> str:
    """Keep the calibration as the store keeps files, so that pages know it, its day and its content."""
    from perfkit import store
    from perfkit.analysis import outlook

    until = str(history.loc[history["_end"].idxmax(), "period"])
    table = outlook.as_table(found, until=until)
    fields = table.drop(columns=["file", "sheet", "cell"]).iloc[0].to_dict()
    content = json.dumps(fields, default=float, sort_keys=True).encode()
    kept = store.save({"calibrations": table}, file=outlook.FILE, content=content, root=place)
    if kept is None:
        return f"The store already holds this calibration, from figures up to {until}."
    return f"Kept in the store: intervals are drawn {found.widen:g} times as wide from now on."
