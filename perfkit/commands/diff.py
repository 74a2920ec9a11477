"""``perfkit diff``: say what changed between two moments, cell by cell, and what it did to ratings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import moments, options, placing
from perfkit.commands.terminal import DONE, complain, say
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.store import Known

_MOMENT = "a day such as 2017-10-31, the report of a quarter such as 2017-18 Q1, a vintage, or now"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options.add_council(parser)
    parser.add_argument("--from", dest="start", metavar="MOMENT", help=f"{_MOMENT}; without it deliveries are listed")
    parser.add_argument("--to", default="now", metavar="MOMENT", help="the same (default: now)")
    parser.add_argument("--table", metavar="TABLE", help="this table alone, such as observations; without ratings")
    parser.add_argument("--directorate", default="", metavar="CODE", help="what is about one directorate, such as SCS")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="default: text")
    parser.add_argument("--out", type=options.path, metavar="FILE", help="where to write it (default: to the screen)")


def carry_out(given: argparse.Namespace) -> int:
    """Compare; give the exit status."""
    place = options.store_of(given)
    if given.start is None:
        if given.to != "now" or given.table or given.directorate or given.out:
            raise ParameterError(
                "Give --from too: the moment to compare from. Without any option deliveries are listed."
            )
        for line in moments.deliveries(place):
            say(line)
        return DONE
    _compare(given, place)
    return DONE


def _compare(given: argparse.Namespace, place: Path) -> None:
    from perfkit import store
    from perfkit.commands import diff_words

    start, end = moments.read("--from", given.start, place), moments.read("--to", given.to, place)
    before, after = (
        store.known(as_of=m.as_of, root=place, directorate=_checked(given.directorate, place)) for m in (start, end)
    )
    found = differences_between(before, after, table=given.table, directorate=given.directorate)
    names = _names(after)
    told = diff_words.summary(found, start, end, names=names, rates=not given.table)
    texts = {
        "text": lambda: diff_words.as_text(found, told, names),
        "csv": lambda: diff_words.as_csv(found),
        "json": lambda: diff_words.as_json(found, told, start, end),
    }
    _write(texts[given.format](), told, given)


def differences_between(
    before: Known, after: Known, *, table: str | None = None, directorate: str = ""
) -> pd.DataFrame:
    """List what differs between two states of the store; without ``table`` of all tables, and of ratings.

    Gives the columns of `differences.facts`. Raises `ParameterError` for an unknown table.
    """
    import pandas as pd

    from perfkit.analysis import differences
    from perfkit.keeping import belief
    from perfkit.model import schemas

    names = [table] if table else list(schemas.TABLES)
    belief.check_table(names[0], schemas.TABLES)
    found = [differences.facts(getattr(before, name), getattr(after, name), table=name) for name in names]
    if not table:
        (old, old_rolled), (new, new_rolled) = (_rated(known, directorate) for known in (before, after))
        found += [differences.ratings(old, new), differences.outcome_ratings(old_rolled, new_rolled)]
    return pd.concat(found, ignore_index=True)


def _rated(known: Known, directorate: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rate the indicators and outcomes of every quarter of which a return is known, by what is known."""
    from perfkit.analysis import outcomes, rating
    from perfkit.model import periods

    quarters = sorted(known.assessments["period"].unique(), key=lambda label: periods.parse(label).end_time)
    rated = rating.rate(known.observations, known.targets, indicators=known.indicators, quarters=quarters)
    rated = rated.pipe(rating.assess, known.assessments)
    rolled = outcomes.roll_up(rated, known.outcomes, assessments=known.assessments)
    return rating.of(rated, directorate=directorate), rating.of(rolled, directorate=directorate)


def _names(known: Known) -> dict[str, str]:
    """Say what indicators and outcomes are called: by number and title."""
    named = known.indicators[["indicator", "ref", "title"]].to_numpy().tolist()
    named += known.outcomes[["outcome", "outcome", "title"]].to_numpy().tolist()
    return {subject: f"{ref} {title}" for subject, ref, title in named}


def _checked(code: str, place: Path) -> str:
    from perfkit import store

    known = sorted(store.load("directorates", root=place)["directorate"].unique()) if code else []
    if code and code not in known:
        raise ParameterError(f'There is no directorate "{code}": the directorates are {", ".join(known)}.')
    return code


def _write(text: str, told: str, given: argparse.Namespace) -> None:
    if given.out is None:
        say(text.rstrip("\n"))
        if given.format == "csv":
            complain(told)
        return
    placing.replace(given.out, lambda path: path.write_text(text, encoding="utf-8", newline=""))
    say(f"{told}\nWritten to {given.out}.")
