"""What the page on delivery says as a whole, and of commitments and measures."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import words
from perfkit.display.delivery_words import not_yet, nothing
from perfkit.display.money_words import pounds
from perfkit.model import periods

NEXT = "What falls due next?"
MOVED = "What slipped or changed since last time?"
SAVED = "Are the savings made?"
BEHIND = "Which work streams have the largest gaps?"
SHOWN = "Is there evidence for each commitment?"
STAND = "How do the key measures stand?"

_REASONS = {
    "none named": "No indicator is named",
    "not in the framework": "What is named is not in this quarter's framework",
    "not rated": "What is named is not rated this quarter",
}


def headline(*said: str) -> str:
    """Choose the page's first words: the first thing that can be said at all.

    >>> headline("", "No gap is left.", "No measure is named.")
    'No gap is left.'
    """
    whole = next(filter(None, said), "Nothing that this page shows had been sent by the end of the quarter.")
    return whole.replace("\n\n", " ")


def answers(given: Mapping[str, str], *, first: str) -> list[tuple[str, str]]:
    """Give the questions that can be answered, each with its answer, but for the one that the page begins with.

    >>> answers({SAVED: "No gap is left.", SHOWN: "", STAND: "All are better."}, first="No gap is left.")
    [('How do the key measures stand?', 'All are better.')]
    """
    told = {question: said.replace("\n\n", " ") for question, said in given.items()}
    return [(question, said) for question, said in told.items() if said and said != first]


def commitments(rows: pd.DataFrame) -> str:
    """Say how many commitments there are, in which roles, and how many have evidence.

    Needs what `delivery.matrix` gives.

    >>> commitments(pd.DataFrame({"deliver": [True, True], "partner": [False, True], "influence": [False, False],
    ...     "state": ["rated", "none named"]}))
    '1 of 2 commitments is evidenced by a rated indicator; 1 is not. The council delivers both itself, works with \
partners on 1 and influences others on none.'
    """
    total, shown_by = len(rows), int(rows["state"].eq("rated").sum())
    if not total:
        return ""
    lead = {0: f"None of {total} commitments is" if total > 1 else "The one commitment is not", total: _all(total)}
    said = lead.get(shown_by, f"{shown_by} of {total} commitments {words.are(shown_by)}")
    rest = f"; {total - shown_by} {words.are(total - shown_by)} not" if 0 < shown_by < total else ""
    roles = [_share(int(rows[name].astype(bool).sum()), total) for name in ("deliver", "partner", "influence")]
    return (
        f"{said} evidenced by a rated indicator{rest}. The council delivers {roles[0]} itself, works with partners on "
        f"{roles[1]} and influences others on {roles[2]}."
    )


def unevidenced(rows: pd.DataFrame) -> list[str]:
    """List the commitments without evidence, by the reason.

    >>> rows = pd.DataFrame({"number": [1, 2], "title": ["Digital first", "Budget"], "state": ["none named", "rated"]})
    >>> unevidenced(rows)
    ['No indicator is named: Digital first (1).']
    """
    lines = []
    for state, reason in _REASONS.items():
        mine = rows[rows["state"].eq(state)]
        named = [f"{row.title} ({row.number})" for row in mine.itertuples()]
        whole = len(mine) == len(rows) > 1
        lines += [f"{reason}: {_every(len(rows)) if whole else '; '.join(named)}."] if named else []
    return lines


def measures(rows: pd.DataFrame) -> str:
    """Say how many key measures are named, have a figure, and are better or worse than the year before.

    Needs what `delivery.annual` gives.

    >>> measures(pd.DataFrame({"named": [False] * 4, "value": None, "direction": None, "financial_year": "2024-25"}))
    'None of the four key measures has been named.'
    """
    total, unnamed = len(rows), int((~rows["named"]).sum())
    said = [_unnamed(unnamed, total)] if unnamed else []
    named = rows[rows["named"]]
    if len(named):
        said += [_figures(named)]
    return " ".join(said)


def scope(quarter: str) -> str:
    """Say what the page covers.

    >>> scope("2024-25 Q3")
    'Programmes and promises, quarter 3 of 2024-25 (October to December 2024)'
    """
    return f"Programmes and promises, {periods.in_words(periods.parse(quarter, expect='quarter'))}"


def section(kind: str, said: str, later: pd.DataFrame | None = None, *, quarter: str) -> str:
    """Give what a section adds to what the top of the page has ``said`` of it: what came too late, or what to send.

    ``later`` are the programmes first reported after the quarter.

    >>> section("savings", "No gap is left.", quarter="2014-15 Q4")
    ''
    """
    waits = "" if later is None else not_yet(later, quarter=quarter)
    return waits or ("" if said else nothing(kind, quarter=quarter))


def key_figures(
    counts: pd.DataFrame, sums: pd.DataFrame, committed: pd.DataFrame, yearly: pd.DataFrame
) -> list[tuple[str, object, str]]:
    """Give the key figures of what was sent: label, value and note."""
    made: list[tuple[str, object, str]] = []
    if len(counts):
        all_of = {name: int(counts[name].sum()) for name in ("actions", "complete", "overdue", "this_quarter")}
        made += [("Actions complete", all_of["complete"], f"of {all_of['actions']:,}"),
                 ("Actions overdue", all_of["overdue"], ""),
                 ("Due by the quarter’s end", all_of["this_quarter"], "besides those overdue")]  # fmt: skip
    for row in sums.to_dict("records"):
        done = words.NO_VALUE if words.missing(row["delivered"]) else pounds(row["delivered"])
        left = "not known" if words.missing(row["gap"]) else pounds(max(row["gap"], 0.0))
        partly = ", as far as reported" if words.missing(row["share"]) else ""
        made += [("Delivered", done, f"of {pounds(row['required'])}{partly}")]
        made += [("Gap", left, "neither delivered nor forecast")]
    if len(committed):
        made.append(("Commitments evidenced", int(committed["state"].eq("rated").sum()), f"of {len(committed)}"))
    if len(yearly):
        made.append(("Key measures named", int(yearly["named"].sum()), f"of {len(yearly)}"))
    return made


def rules(counts: pd.DataFrame, sums: pd.DataFrame, committed: pd.DataFrame, yearly: pd.DataFrame) -> list[str]:
    """Say by what rules the sections that were sent are counted."""
    made = []
    if len(counts):
        made += ["An action is overdue where it is neither complete nor withdrawn and the month by whose end it is due "
                 "had ended before the day that it is judged at: the last day of the month reported, unless another "
                 "was asked for.",
                 "An action slipped where it is due later than in the programme's report before."]  # fmt: skip
    if len(sums):
        made += ["The gap is what is required, less what is delivered, less what is forecast still to come.",
                 "Where a forecast is missing for a year that is not over, the gap is not known; a missing "
                 "amount is never counted as 0."]  # fmt: skip
    if len(committed):
        made.append("A commitment is evidenced where an indicator that it names is rated this quarter.")
    if len(yearly):
        made.append("A measure is compared with the year before where its title and unit are the same.")
    return made


def _unnamed(unnamed: int, total: int) -> str:
    if unnamed < total:
        return f"{unnamed} of {total} key measures {_have(unnamed)} not been named."
    if total == 1:
        return "The one key measure has not been named."
    return f"{'Neither' if total == 2 else 'None'} of the {words.counted('key measure', total)} has been named."


def _figures(named: pd.DataFrame) -> str:
    total, there = len(named), int(named["value"].notna().sum())
    year, ways = str(named["financial_year"].iloc[0]), named["direction"].value_counts()
    lead = f"{there or 'None'} of {total} named measures {_have(there) if there else 'has'}"
    lead = f"The one named measure has{'' if there else ' no'}" if total == 1 else lead
    said = f"{lead} {'figure' if total == 1 and not there else 'a figure'} for {year}"
    names = {"better": "better than the year before", "worse": "worse", "no change": "unchanged",
             "changed": "changed, neither way being good",
             "not comparable": "not comparable with the year before"}  # fmt: skip
    counts = [(int(ways[way]), name) for way, name in names.items() if way in ways]
    parts = [f"{count} {words.are(count)} {name}" for count, name in counts]
    return f"{said}: {words.join(parts)}." if parts else f"{said}."


def _all(total: int) -> str:
    return {1: "The one commitment is", 2: "Both commitments are"}.get(total, f"All {total} commitments are")


def _every(total: int) -> str:
    return "both commitments" if total == 2 else f"all {total} commitments"


def _share(count: int, total: int) -> str:
    if not count:
        return "none"
    if count == total:
        return {1: "it", 2: "both"}.get(total, f"all {total}")
    return f"{count}"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
