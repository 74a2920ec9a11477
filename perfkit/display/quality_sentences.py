"""What a page on the quality of data says in words: what came late, what is missing, what is open."""

from __future__ import annotations

import pandas as pd

from perfkit.display import words
from perfkit.display.change_sentences import tally
from perfkit.display.directorates import named
from perfkit.display.tables.plain import shown
from perfkit.model import periods
from perfkit.model.councils import WHOLE

_ABSENT = {
    "no return": "belongs to a return that did not come",
    "left empty": "was left empty",
    "sign in its place": "has a sign in place of a figure",
    "not due": "is not due this quarter",
}
_ABSENT_MANY = {
    "no return": "belong to returns that did not come",
    "left empty": "were left empty",
    "sign in its place": "have a sign in place of a figure",
    "not due": "are not due this quarter",
}


def headline(came: pd.DataFrame, missing: pd.DataFrame, rated: pd.DataFrame, found: pd.DataFrame) -> str:
    """Say in one paragraph how whole a quarter's data are.

    >>> came = pd.DataFrame({"state": ["on time", "missing"], "name": ["Public Health", "Communities"],
    ...     "period": "2017-18 Q1"})
    >>> headline(came, pd.DataFrame({"kind": ["left empty"]}), pd.DataFrame({"ref": ["1", "2"]}),
    ...     pd.DataFrame({"file": []}))
    '1 of 2 returns for 2017-18 Q1 came, 1 is missing. 1 of 2 indicators has no figure. No warning is open.'
    """
    whole = f"{_without(len(missing), len(rated))}. {_open(len(found))}."
    return f"{_came(came)} {whole}" if len(came) else f"No return is expected. {whole}"


def _came(came: pd.DataFrame) -> str:
    total, states = len(came), came["state"].value_counts()
    late, lost, waits = (int(states.get(state, 0)) for state in ("late", "missing", "not due yet"))
    here, period = total - lost - waits, words.join(came["period"].drop_duplicates())
    if total == 1:
        how = "is missing" if lost else "is not due yet" if waits else "came late" if late else "came on time"
        return f"The one return for {period} {how}."
    said = words.every("return", total) if here == total else f"{here} of {total} returns" if here else ""
    said = f"{said or words.none_of('return', total)} for {period} came"
    every = "both" if total == 2 else "all"
    tail = [(every if late == total else str(late)) + " late" if late else f"{every} on time" if here == total else ""]
    tail += [f"{lost} {words.are(lost)} missing" if lost else ""]
    tail += [f"{waits} {words.are(waits)} not due yet" if waits else ""]
    return words.sentence(", ".join([said, *filter(None, tail)]))


def _without(count: int, total: int) -> str:
    if not count:
        return "Every indicator has a figure" if total else "There are no indicators"
    if count == total:
        return "The one indicator has no figure" if total == 1 else "No indicator has a figure"
    return f"{count} of {total} indicators {'has' if count == 1 else 'have'} no figure"


def _open(count: int) -> str:
    if not count:
        return "No warning is open"
    return f"{count} {words.plural('warning', count)} of the checks {words.are(count)} open"


def key_figures(
    came: pd.DataFrame, missing: pd.DataFrame, rated: pd.DataFrame, found: pd.DataFrame, revised: pd.DataFrame
) -> list[tuple[str, object, str]]:
    """Give the key figures of a page on quality: label, value and note.

    >>> came = pd.DataFrame({"state": ["on time"]})
    >>> none = came.head(0)
    >>> key_figures(came, none, came.assign(question=""), none, none)[0]
    ('Returns received', 1, 'of 1')
    """
    states = came["state"].value_counts()
    lost = int(states.get("missing", 0) + states.get("not due yet", 0))
    asked = int(rated["question"].fillna("").ne("").sum())
    return [
        ("Returns received", len(came) - lost, f"of {len(came)}"),
        ("Received late", int(states.get("late", 0)), ""),
        ("Without a figure", len(missing), f"of {words.counted('indicator', len(rated))}"),
        ("Warnings open", len(found), ""),
        ("Figures changed", len(revised), "by a later delivery this year"),
        ("Questions open", asked, "to directors"),
    ]


def silent(waiting: pd.DataFrame, directorates: pd.DataFrame, *, quarter: str) -> str:
    """Say from which directorates no return has come; empty where all have sent one.

    Needs what `completeness.silent` gives and the names of directorates.

    >>> waiting = pd.DataFrame({"directorate": ["SCS"], "indicators": [8]})
    >>> names = pd.DataFrame({"directorate": ["SCS"], "name": ["Social Services"]})
    >>> silent(waiting, names, quarter="2017-18 Q4")
    'No return for 2017-18 Q4 has come from Social Services, so no director speaks here for 8 indicators.'
    """
    if waiting.empty:
        return ""
    whose = words.join(named(waiting["directorate"], directorates), last="or")
    count = int(waiting["indicators"].sum())
    return (
        f"No return for {quarter} has come from {whose}, so no director speaks here for {count} "
        f"{words.plural('indicator', count)}."
    )


def returns(came: pd.DataFrame, *, days: int) -> str:
    """Say which returns came late and which are missing, and by what rule.

    >>> came = pd.DataFrame({"state": ["late"], "name": ["Public Health"], "days_late": [9.0], "period": "2017-18 Q2",
    ...     "received": pd.to_datetime(["2017-11-08"]), "due": pd.to_datetime(["2017-10-30"])})
    >>> returns(came, days=30)
    'Returns are due 30 days after the end of the quarter: for 2017-18 Q2 by 30 October 2017. That of Public Health \
came 9 days late, on 8 November 2017.'
    """
    dates = came.drop_duplicates("period")
    due = words.join(f"{row.period} by {shown(row.due)}" for row in dates.itertuples())
    said = [f"Returns are due {days} days after the end of the quarter{': for ' if due else ''}{due}."]
    for row in came[came["state"].eq("late")].itertuples():
        late = int(float(str(row.days_late)))
        days_late = f"{late:,} {words.plural('day', late)}"
        said.append(f"That of {_named(row.name)} came {days_late} late, on {shown(row.received)}.")
    for state, verb in (("missing", "missing"), ("not due yet", "still to come")):
        names = [_named(name) for name in came.loc[came["state"].eq(state), "name"]]
        if names:
            several = len(names) > 1
            said.append(f"The {'returns' if several else 'return'} of {words.join(names)} "
                        f"{'are' if several else 'is'} {verb}.")  # fmt: skip
    if len(came) and came["state"].eq("on time").all():
        said.append("It came on time." if len(came) == 1 else f"{'Both' if len(came) == 2 else 'All'} came on time.")
    return " ".join(said)


def no_figures(missing: pd.DataFrame, rated: pd.DataFrame) -> str:
    """Say how many indicators have no figure, why, and how many are rated all the same.

    >>> missing = pd.DataFrame({"kind": ["left empty", "not due"], "effective": ["green", "not rated"]})
    >>> no_figures(missing, pd.DataFrame({"ref": ["1", "2", "3"]}))
    '2 of 3 indicators have no figure: 1 was left empty and 1 is not due this quarter. For 1 of them the director \
gives a rating all the same.'
    """
    if missing.empty:
        return "Every indicator has a figure."
    counts = missing["kind"].value_counts()
    every = {1: "it", 2: "both"}.get(len(missing), "all")
    named = [(kind, int(counts[kind])) for kind in _ABSENT if kind in counts]
    parts = [
        f"{every if count == len(missing) else count} {(_ABSENT if count == 1 else _ABSENT_MANY)[kind]}"
        for kind, count in named
    ]
    if len(named) == 1 and named[0][0] == "not due":
        parts = [{"it": "it is not", "both": "neither is", "all": "none is"}[every] + " due this quarter"]
    said = f"{_without(len(missing), len(rated))}: {words.join(parts)}."
    judged = int(missing["effective"].isin(["green", "amber", "red"]).sum())
    if judged == len(missing):
        return f"{said} For {'all of them' if every == 'all' else every} the director gives a rating all the same."
    return said + (f" For {judged} of them the director gives a rating all the same." if judged else "")


def signs(counted: pd.DataFrame) -> str:
    """Say whether every sign in place of a figure is known.

    >>> signs(pd.DataFrame({"marker": ["[x]", "??"], "marker_means": ["not available", None], "count": [2, 1],
    ...     "known": [True, False]}))
    '3 cells hold a sign in place of a figure. The meaning of ?? is not known.'
    """
    if counted.empty:
        return "No cell holds a sign in place of a figure."
    total, strange = int(counted["count"].sum()), counted.loc[~counted["known"], "marker"].tolist()
    said = f"{total} {words.plural('cell', total)} {'holds' if total == 1 else 'hold'} a sign in place of a figure."
    if not strange:
        return f"{said} The meaning of every sign is known; a return with an unknown one is refused when it is loaded."
    meaning = "meaning of" if len(strange) == 1 else "meanings of"
    return f"{said} The {meaning} {words.join(strange)} {words.are(len(strange))} not known."


def firmness(statuses: pd.DataFrame) -> str:
    """Say how many of the figures are illustrative and provisional.

    >>> firmness(pd.DataFrame({"illustrative": [3], "provisional": [0], "indicators": [5], "no_value": [1]}))
    '3 of 4 figures are illustrative and none provisional.'
    """
    made_up, early = int(statuses["illustrative"].sum()), int(statuses["provisional"].sum())
    total = int(statuses["indicators"].sum() - statuses["no_value"].sum())
    if not made_up + early:
        return "No figure is illustrative or provisional." if total else "There are no figures."
    for count, kind in ((made_up, "illustrative"), (early, "provisional")):
        if count == total:
            return words.sentence(f"{words.every('figure', total)} {words.are(total)} {kind}")
    counts = ((made_up, "illustrative"), (early, "provisional"))
    (first, kind), (second, other) = counts if made_up else counts[::-1]
    return f"{first} of {total} figures {words.are(first)} {kind} and {second or 'none'} {other}."


def warnings(found: pd.DataFrame) -> str:
    """Say how many warnings the checks left open, and in how many files.

    >>> warnings(pd.DataFrame({"file": ["a.xlsx", "a.xlsx"]}))
    'The checks left 2 warnings open in one file, as it was last loaded.'
    """
    if found.empty:
        return "The checks left no warning open in the files as they were last loaded."
    count, files = len(found), found["file"].nunique()
    place = "one file, as it was last loaded" if files == 1 else f"{files} files, as they were last loaded"
    return f"The checks left {count} {words.plural('warning', count)} open in {place}."


def revised(changed: pd.DataFrame, again: pd.DataFrame) -> str:
    """Say how many figures later deliveries changed, and which files came more than once.

    >>> revised(pd.DataFrame({"kind": ["value revised"]}), pd.DataFrame({"file": ["a.xlsx", "a.xlsx"]}))
    'In this financial year: 1 figure was revised. One file came more than once; what it said before is kept.'
    """
    said = f"In this financial year: {tally(changed)}." if len(changed) else "No later delivery changed a figure."
    files = again["file"].nunique()
    if not files:
        return f"{said} No file came more than once."
    kept = "what it said before is kept" if files == 1 else "what they said before is kept"
    return f"{said} {words.counted('file', files).capitalize()} came more than once; {kept}."


def questions(rated: pd.DataFrame) -> str:
    """Say how many ratings differ from the figures without a reason, a name or a date.

    >>> questions(pd.DataFrame({"question": ["The director rates ..."], "differs": [True]}))
    'The one rating that differs from the figures needs an answer from its director.'
    """
    differing, asked = int(rated["differs"].sum()), int(rated["question"].fillna("").ne("").sum())
    if not differing:
        return "No director's rating differs from the figures."
    differ, each = ("differs", "it") if differing == 1 else ("differ", "each")
    if not asked:
        rest = f"from the figures; {each} has its reason, name and date."
        return f"{differing} {words.plural('rating', differing)} {differ} {rest}"
    which = f"{asked} of {differing} ratings" if asked < differing else words.every("rating", differing)
    said = f"{which} that {differ} from the figures {'needs' if asked == 1 else 'need'} an answer from {_whose(asked)}"
    return words.sentence(said)


def _whose(count: int) -> str:
    return "its director" if count == 1 else "their directors"


def year_start(quarter: str) -> str:
    """Give the first day of a quarter's financial year.

    >>> year_start("2017-18 Q3")
    '2017-04-01'
    """
    return str(periods.year_of(periods.parse(quarter, expect="quarter")).start_time.date().isoformat())


def rules(days: int) -> list[str]:
    """Say by what rules a page on quality counts.

    >>> rules(30)[0]
    'A return is late that came more than 30 days after the end of its quarter; what counts is its first delivery.'
    """
    return [
        f"A return is late that came more than {days} days after the end of its quarter; what counts is its first "
        "delivery.",
        "A return is missing that had not come when the last file came, or by the day asked for.",
        "A figure is revised where a later delivery, of the same file or another, gives another value; an illustrative "
        "figure never revises a published one.",
        "A rating that differs from the figures needs a reason, a name and a date.",
    ]


def _named(name: object) -> str:
    return f"the {WHOLE.lower()}" if name == WHOLE else str(name)
