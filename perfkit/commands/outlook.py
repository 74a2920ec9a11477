"""``perfkit outlook TASK``: calibrate outlooks by how past ones did, record a quarter's judgements, score them."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from perfkit.commands import options
from perfkit.commands.terminal import DONE, count, say
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.analysis.outlook import Calibration


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options.add_council(parser)
    parser.add_argument("task", choices=tuple(_TASKS), metavar="TASK", help=", ".join(_TASKS))
    parser.add_argument("quarter", nargs="?", default="", metavar="QUARTER", help='to record: such as "2017-18 Q1"')
    parser.add_argument("--as-of", default="", metavar="DAY", help="what was known by that day")
    parser.add_argument("--dry-run", action="store_true", help="say what would be kept, keep nothing")


def carry_out(given: argparse.Namespace) -> int:
    """Carry out the task; give the exit status."""
    if given.task == "record" and not given.quarter:
        raise ParameterError('Which quarter is to be recorded? Give it, such as: perfkit outlook record "2017-18 Q1"')
    if given.task != "record" and given.quarter:
        raise ParameterError(f'"{given.quarter}" is not needed: {given.task} takes no quarter.')
    _TASKS[given.task](given)
    return DONE


def _calibrate(given: argparse.Namespace) -> None:
    """Back-test the history in the store, say what it shows, keep the calibration."""
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
    kept = store.save({"calibrations": table}, file=outlook.FILE, content=_content(fields), root=place)
    if kept is None:
        return f"The store already holds this calibration, from figures up to {until}."
    return f"Kept in the store: intervals are drawn {found.widen:g} times as wide from now on."


def _content(fields: object) -> bytes:
    """Give what is kept as the content of a file: the same facts have the same vintage."""
    return json.dumps(fields, default=float, sort_keys=True).encode()


def _record(given: argparse.Namespace) -> None:
    """Keep what the figures and the directors say of the quarter's year; what has been recorded stands."""
    from perfkit import store
    from perfkit.analysis import outlook

    place = options.store_of(given)
    known = store.known(as_of=given.as_of, root=place)
    quarter = _returned(given.quarter, known.assessments)
    before = store.load("judgements", root=place)
    every = outlook.record(_agreed(known, quarter), quarter=quarter, before=before)
    table = outlook.judgements_table(every, quarter=quarter)
    new = len(table) - int((before["quarter"] == quarter).sum())
    _warn(known.observations, quarter)
    if not new:
        say(f"Nothing new to record for {quarter}: {count(len(table), 'judgement')} kept before.")
    elif given.dry_run:
        say(f"Nothing was kept: {count(new, 'judgement')} of {quarter} would be.")
    else:
        fields = table[["indicator", "year", "quarter", "who", "probability"]].to_dict("records")
        file, content = outlook.judgements_file(quarter), _content(fields)
        store.save({"judgements": table}, file=file, content=content, root=place)
        ours, theirs = (int((table["who"] == who).sum()) for who in ("perfkit", "director"))
        say(f"Kept for {quarter}: {count(new, 'new judgement')}. It now has {ours} of ours and {theirs} of directors.")


def _returned(text: str, assessments: pd.DataFrame) -> str:
    """Read the quarter, of which a return must have come: what is recorded before it would stand."""
    from perfkit.model import periods

    quarter = periods.quarter_label(text)
    if not (assessments["period"] == quarter).any():
        raise ParameterError(f"No return for {quarter} has been loaded: its judgements are recorded when it has come.")
    return quarter


def _agreed(known: Any, quarter: str) -> pd.DataFrame:
    from perfkit.analysis import outlook

    spread = outlook.widening(known.calibrations)
    tables = (known.observations, known.indicators, known.targets)
    projected = outlook.project_many(*tables, quarter=quarter, widen=spread)
    return outlook.agreement(projected, known.assessments[known.assessments["period"] == quarter])


def _warn(observations: pd.DataFrame, quarter: str) -> None:
    """Say what a judgement rests on that a reader of its score should know."""
    from perfkit.model import periods

    if (periods.ends(observations["period"]) > periods.parse(quarter).end_time).any():
        say(f"Mind that later figures are known already: ours rests on those up to {quarter} as they stand now.")
    made_up = int((observations["status"] == "illustrative").sum())
    if made_up:
        say(f"Mind that {made_up:,} of {len(observations):,} figures are illustrative: a score of them means nothing.")


def _score(given: argparse.Namespace) -> None:
    """Hold what has been recorded against how the years ended."""
    from perfkit import store
    from perfkit.analysis import outlook

    known = store.known(as_of=given.as_of, root=options.store_of(given))
    recorded = known.judgements
    ended = outlook.outturns(recorded, known.observations, known.indicators, known.targets)
    if recorded.empty:
        say('No judgement has been recorded yet. Record a quarter\'s first: perfkit outlook record "2017-18 Q1"')
    for row in outlook.score(recorded, ended).to_dict("records"):
        say(f"{_SIDES[row['who']]}, {row['judgements']:,} recorded: {row['words']}")


_SIDES = {"perfkit": "Projections", "director": "Directors' views"}
_TASKS = {"calibrate": _calibrate, "record": _record, "score": _score}
