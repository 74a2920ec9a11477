"""The paragraphs of a cabinet report: what each of its sections says before its lists and tables."""

from __future__ import annotations

import pandas as pd

from perfkit.display import words
from perfkit.model import periods


def achievements(linked: pd.DataFrame, *, quarter: str) -> list[str]:
    """Introduce the achievements: how many, how many name an indicator, and which contradict a rating.

    Needs what `key_points.link` gives.

    >>> linked = pd.DataFrame({"kind": ["achievement"], "subject": "P", "number": 1, "ref": "46", "effective": "red",
    ...     "question": ["46 Visits is red: why is this an achievement?"]})
    >>> achievements(linked, quarter="2017-18 Q1")[1]
    'It speaks of an indicator that is red, and goes back to its author as a question.'
    """
    points = _points(linked, "achievement")
    odd = int(points["question"].notna().sum())
    said = [_counted(points, "achievement", quarter)]
    if odd:
        speaks = (
            "speaks of an indicator that is red, and goes" if odd == 1 else "speak of indicators that are red, and go"
        )
        whose = "its author as a question" if odd == 1 else "their authors as questions"
        which = (
            "It" if len(points) == 1 else "Both" if odd == len(points) == 2 else f"{_number(odd, len(points))} of them"
        )
        said.append(f"{which} {speaks} back to {whose}.")
    return said


def issues(linked: pd.DataFrame, rated: pd.DataFrame, *, quarter: str) -> list[str]:
    """Introduce the issues, and name the red indicators of which none of them speaks.

    Needs what `key_points.link` gives, and ``ref, title, effective`` of rated.

    >>> linked = pd.DataFrame({"kind": ["issue"], "subject": "P", "number": 1, "ref": "7", "question": [None]})
    >>> rated = pd.DataFrame({"ref": ["7", "46"], "title": ["Hours", "Visits"], "effective": "red"})
    >>> issues(linked, rated, quarter="2017-18 Q1")[1]
    'No issue speaks of Visits (46), which is red.'
    """
    points = _points(linked, "issue")
    said = [_counted(points, "issue", quarter)]
    spoken = set(linked.loc[linked["kind"].eq("issue"), "ref"].dropna())
    red = rated[rated["effective"].eq("red") & ~rated["ref"].isin(spoken)]
    if len(red) and len(points):
        names = words.some((f"{row.title} ({row.ref})" for row in red.itertuples()), last="or")
        said.append(f"No issue speaks of {names}, which {words.are(len(red))} red.")
    return said


def _points(linked: pd.DataFrame, kind: str) -> pd.DataFrame:
    return linked[linked["kind"].eq(kind)].drop_duplicates(["subject", "number"])


def _counted(points: pd.DataFrame, kind: str, quarter: str) -> str:
    total, named = len(points), int(points["ref"].notna().sum())
    if not total:
        return f"No {kind} was reported for {quarter}."
    every, none = ("both", "neither") if total == 2 else ("all", "none")
    if named == total:
        which = "which names an indicator" if total == 1 else f"{every} of which name indicators"
    elif not named:
        which = "which names no indicator" if total == 1 else f"{none} of which names an indicator"
    else:
        which = f"{words.count_word(named)} of which {'names an indicator' if named == 1 else 'name indicators'}"
    return f"For {quarter} {words.counted(kind, total)} {'was' if total == 1 else 'were'} reported, {which}."


def _number(some: int, total: int) -> str:
    return ("all" if some == total else words.count_word(some)).capitalize()


def red_outcomes(rolled: pd.DataFrame, rated: pd.DataFrame) -> list[str]:
    """Introduce the red outcomes, and what else is red or amber.

    Needs ``outcome, title, rag`` of rolled, ``effective, outcome`` of rated.

    >>> rolled = pd.DataFrame({"outcome": ["E5", "E6"], "title": ["Services", "Design"], "rag": ["red", "green"]})
    >>> red_outcomes(rolled, pd.DataFrame({"outcome": ["E5"], "effective": ["red"]}))
    ['One of 2 outcomes is red: Services (E5). It stands here with its cause and what is to be done.']
    """
    red = rolled[rolled["rag"].eq("red")]
    amber = int(rated["effective"].eq("amber").sum())
    beside = [f"{words.counted('indicator', amber).capitalize()} {words.are(amber)} amber; see Annex 2."]
    if red.empty:
        none = "No outcome has been reported." if rolled.empty else "No outcome is red."
        return [none, *(beside if amber else [])]
    names = words.some(f"{row.title} ({row.outcome})" for row in red.itertuples())
    many = len(red) > 1
    counted = f"{words.count_word(len(red))} of {len(rolled)} {words.plural('outcome', len(rolled))}"
    counted = words.every("outcome", len(red)) if len(red) == len(rolled) else counted
    said = (
        f"{counted.capitalize()} {'are' if many else 'is'} red: {names}. "
        f"{'They stand' if many else 'It stands'} here with {'their causes' if many else 'its cause'} "
        "and what is to be done."
    )
    return [said, *(beside if amber else [])]


def figures(stated: pd.DataFrame) -> list[str]:
    """Say how many of the figures that achievements and issues state are borne out by their indicators.

    Needs what `key_points.figures` gives.

    >>> figures(pd.DataFrame({"found": [True, False, False]}))
    ['Achievements and issues state 3 figures: 1 is borne out by an indicator, 2 are not; the remark says why.']
    """
    total, found = len(stated), int(stated["found"].sum())
    if not total:
        return ["No achievement or issue states a figure."]
    if found == total:
        one = "it is" if total == 1 else "both are" if total == 2 else "all are"
        return [f"Achievements and issues state {words.counted('figure', total)}; {one} borne out by an indicator."]
    if total == 1:
        return ["Achievements and issues state one figure; no indicator bears it out, and the remark says why."]
    left = total - found
    borne = f"{found} {words.are(found)} borne out by an indicator, " if found else ""
    none = "neither" if total == 2 else "none"
    rest = f"{left} {words.are(left)} not" if found else f"{none} is borne out by an indicator"
    counted = f"{total} {words.plural('figure', total)}"
    return [f"Achievements and issues state {counted}: {borne}{rest}; the remark says why."]


def calendar(timetable: pd.DataFrame, *, quarter: str) -> list[str]:
    """Introduce the calendar of reporting: how many steps, and which comes first after the quarter.

    Needs ``starts, ends, step`` of the table `timetable`.

    >>> days = {"starts": pd.to_datetime(["2017-09-01"]), "ends": pd.to_datetime(["2017-09-30"])}
    >>> steps = pd.DataFrame({**days, "step": "Measures chosen"})
    >>> calendar(steps, quarter="2017-18 Q1")
    ['The calendar of reporting has one step. First after the quarter: Measures chosen (September 2017).']
    """
    if timetable.empty:
        return ["No calendar of reporting has been loaded for this year."]
    said = f"The calendar of reporting has {words.counted('step', len(timetable))}."
    end = periods.parse(quarter, expect="quarter").end_time
    after = timetable[timetable["starts"] > end].sort_values("starts", kind="stable")
    if after.empty:
        lie = "It lies" if len(timetable) == 1 else "Both lie" if len(timetable) == 2 else "All of them lie"
        return [f"{said} {lie} within the quarter or before it."]
    first = after.iloc[0]
    return [f"{said} First after the quarter: {first['step']} ({words.span(first['starts'], first['ends'])})."]


def framework(changes: pd.DataFrame, *, quarter: str) -> list[str]:
    """Say what became of the indicators since last year's framework, or that there is none to compare with.

    Needs what `framework_changes.into` gives.

    >>> changes = pd.DataFrame({"indicator": ["a", "b"], "status": ["carried over", "dropped"]})
    >>> framework(changes, quarter="2018-19 Q1")
    ['Since 2017-18 one indicator was carried over and one was dropped.']
    >>> framework(changes.head(0), quarter="2017-18 Q1")[0]
    'No framework of 2016-17 has been loaded, so what was carried over, revised, introduced or dropped cannot be said.'
    """
    last = periods.label(periods.earlier(periods.year_of(periods.parse(quarter, expect="quarter")), steps=1))
    if changes.empty:
        return [
            f"No framework of {last} has been loaded, so what was carried over, revised, introduced or dropped "
            "cannot be said."
        ]
    told = changes.drop_duplicates("indicator")["status"].value_counts()
    kinds = [kind for kind in ("carried over", "revised", "introduced", "dropped") if told.get(kind)]
    parts = []
    for place, kind in enumerate(kinds):
        count = int(told[kind])
        counted = words.counted("indicator", count) if place == 0 else words.count_word(count)
        parts.append(f"{counted} {'was' if count == 1 else 'were'} {kind}")
    return [f"Since {last} {words.join(parts)}."]
