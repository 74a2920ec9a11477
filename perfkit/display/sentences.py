"""What a page says in words: its headline and numbered paragraphs, made from counted frames."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import words
from perfkit.model import periods
from perfkit.model.councils import WHOLE


def tally(frame: pd.DataFrame, column: str) -> dict[str, int]:
    """Count what a column says; an empty cell counts as "none".

    >>> tally(pd.DataFrame({"effective": ["red", "green", "green", None]}), "effective")
    {'green': 2, 'none': 1, 'red': 1}
    """
    counted = frame[column].astype("object").where(frame[column].notna() & (frame[column] != ""), "none").value_counts()
    return {str(name): int(counted[name]) for name in sorted(counted.index)}


def scope(quarter: str, directorates: pd.DataFrame, directorate: str = "") -> str:
    """Say what a page is about: the quarter in words, and whose figures.

    >>> scope("2017-18 Q1", pd.DataFrame({"directorate": ["PH"], "name": ["Public Health"]}), "PH")
    'Public Health, quarter 1 of 2017-18 (April to June 2017)'
    """
    when = periods.in_words(periods.parse(quarter, expect="quarter"))
    names = directorates.loc[directorates["directorate"] == directorate, "name"].tolist() if directorate else []
    whose = names[0] if names else directorate or WHOLE
    return f"{whose}, {when}"


def returns(quarter: str, *, past: bool = False) -> str:
    """Name the source of a chart of indicators: the quarter's returns, and of a chart over time those before it too.

    >>> returns("2017-18 Q1"), returns("2017-18 Q1", past=True)
    ('returns for 2017-18 Q1', 'returns and histories up to 2017-18 Q1')
    """
    return f"returns and histories up to {quarter}" if past else f"returns for {quarter}"


def by_directorate(directorates: pd.DataFrame) -> str:
    """Say that something is told by directorate, of a council that has several; else nothing.

    >>> by_directorate(pd.DataFrame({"directorate": ["PH", "SCS"]})), by_directorate(pd.DataFrame({"directorate": []}))
    (' by directorate', '')
    """
    return " by directorate" if directorates["directorate"].nunique() > 1 else ""


def scorecard(rated: pd.DataFrame) -> str:
    """Say in a headline how the indicators stand, and name the red ones.

    >>> scorecard(pd.DataFrame({"effective": ["red", "green"], "ref": ["7", "8"], "title": ["Hours", "Products"]}))
    '1 of 2 indicators is green and 1 red. Red: Hours (7).'
    """
    said = words.rag_summary(tally(rated, "effective"))
    red = [f"{row.title} ({row.ref})" for row in rated[rated["effective"] == "red"].itertuples()]
    if red and len(red) == len(rated):
        return f"{said[:-1]}: {words.some(red)}."
    return said + (f" Red: {words.some(red)}." if red else "")


def key_figures(rated: pd.DataFrame, rolled: pd.DataFrame) -> list[tuple[str, object, str]]:
    """Give the key figures of a scorecard: label, value and note.

    >>> key_figures(pd.DataFrame({"effective": ["red", "green"], "outlook": ["stable", None]}),
    ...     pd.DataFrame({"rag": ["red"]}))[0]
    ('Indicators green', 1, 'of 2')
    """
    ratings, of = tally(rated, "effective"), f"of {len(rated)}"
    return [
        *((f"Indicators {word}", ratings.get(word, 0), of) for word in ("green", "amber", "red", "not rated")),
        ("Stable or improving", *_stable(tally(rated, "outlook"), len(rated))),
        ("Outcomes red", tally(rolled, "rag").get("red", 0), f"of {len(rolled)}"),
    ]


def _stable(outlook: Mapping[str, int], total: int) -> tuple[object, str]:
    """Count what directors see stable or improving, and what they said nothing of, which is not counted as nought."""
    none = outlook.get("none", 0)
    if none == total:
        return "not given", "directors gave no outlook"
    good = outlook.get("improving", 0) + outlook.get("stable", 0)
    return good, f"of {total}, directors say" + (f"; {none} without an outlook" if none else "")


def outlooks(rated: pd.DataFrame) -> str:
    """Say what directors expect.

    >>> outlooks(pd.DataFrame({"outlook": ["improving", "stable", "deteriorating"]}))
    'Directors see 1 indicator improving, 1 stable and 1 deteriorating: 2 of 3 are stable or improving.'
    >>> outlooks(pd.DataFrame({"outlook": ["stable", "stable"]}))
    'Directors see both indicators stable.'
    """
    counts = tally(rated, "outlook")
    shown = [(kind, counts[kind]) for kind in ("improving", "stable", "deteriorating") if counts.get(kind)]
    if not shown:
        return "Directors have given no outlook."
    (kind, number), *rest = shown
    if number == len(rated):
        return f"Directors see {words.every('indicator', number)} {kind}."
    parts = [f"{number} {words.plural('indicator', number)} {kind}", *(f"{n} {other}" for other, n in rest)]
    good, none = counts.get("improving", 0) + counts.get("stable", 0), counts.get("none", 0)
    said = f"Directors see {words.join(parts)}: {good or 'none'} of {len(rated)} {words.be(good)} stable or improving."
    return said + (f" {none} {'has' if none == 1 else 'have'} no outlook." if none else "")


def outcomes(rolled: pd.DataFrame) -> str:
    """Say how the outcomes stand, each rated by its worst indicator, and name the red ones.

    >>> outcomes(pd.DataFrame({"outcome": ["E5", "E6"], "title": ["Effective services", "Services designed together"],
    ...     "rag": ["red", "green"]}))
    '1 of 2 outcomes is green and 1 red. Red by its worst indicator: Effective services (E5).'
    """
    said = words.rag_summary(tally(rolled, "rag"), noun="outcome")
    red = [f"{row.title} ({row.outcome})" for row in rolled[rolled["rag"] == "red"].itertuples()]
    its = "its worst indicator" if len(red) == 1 else "their worst indicators"
    return said + (f" Red by {its}: {words.some(red)}." if red else "")


def most_concern(rated: pd.DataFrame, *, by: str) -> str:
    """Say in a chart's title where most of the amber and red ratings are.

    >>> most_concern(pd.DataFrame({"priority": ["A", "A", "B"], "effective": ["red", "amber", "green"]}), by="priority")
    'A alone has indicators off target: 2 of 2'
    >>> most_concern(pd.DataFrame({"priority": ["A"], "effective": ["green"]}), by="priority")
    'No indicator is rated amber or red'
    """
    off = rated[rated["effective"].isin(["amber", "red"])].groupby(by, sort=True).size()
    if off.empty:
        rated_any = rated["effective"].isin(["green", "amber", "red"]).any()
        return "No indicator is rated amber or red" if rated_any else "No indicator is rated"
    first = off[off == off.max()].index
    if len(first) > 1:
        return f"{words.join(first)} have {off.max()} {words.plural('indicator', off.max())} off target each"
    total = int((rated[by] == first[0]).sum())
    if rated[by].nunique() == 1:
        many = f"{off.max()} of {total} {words.plural('indicator', total)}" if off.max() < total else ""
        return f"{first[0]}: {many or words.every('indicator', total)} {words.are(off.max())} off target"
    if len(off) == 1:
        which = "an indicator" if off.max() == 1 else "indicators"
        return f"{first[0]} alone has {which} off target" + (f": {off.max()} of {total}" if total > 1 else "")
    return f"{first[0]} has the most indicators off target: {off.max()} of {total}"


def exceptions(rated: pd.DataFrame) -> str:
    """Introduce the exceptions.

    >>> exceptions(pd.DataFrame({"effective": ["red", "amber", "amber"]}))
    'One indicator is rated red; it stands here with its cause and what is being done. Two more are amber.'
    """
    counts = tally(rated, "effective")
    red, amber = counts.get("red", 0), counts.get("amber", 0)
    if not red:
        return "No indicator is rated red." + (
            f" {words.capital(words.count_word(amber))} {words.are(amber)} amber." if amber else ""
        )
    here = "it stands here with its cause" if red == 1 else "they stand here with their causes"
    said = (
        f"{words.capital(words.counted('indicator', red))} {words.are(red)} rated red; {here} and what is being done."
    )
    return said + (f" {words.capital(words.count_word(amber))} more {words.are(amber)} amber." if amber else "")


def differences(rated: pd.DataFrame) -> str:
    """Say how ratings came about, and how often the director's differs from the calculated one.

    >>> differences(pd.DataFrame({"assessed": ["green", None], "calculated": ["amber", "red"],
    ...     "differs": [True, False]}))
    "1 rating of 2 is the director's, the rest calculated from the figures. For it the figures give a rating too, and \
it differs."
    """
    assessed = rated["assessed"].notna() & (rated["assessed"] != "")
    figured = rated["calculated"].isin(["green", "amber", "red"])
    given, rest = int(assessed.sum()), int((figured & ~assessed).sum())
    if not given and not rest:
        return "No indicator is rated, by its director or from its figures."
    if not given:
        counted = words.every("rating", rest) if rest == len(rated) else str(rest)
        return f"No rating is the director's: {counted} {words.are(rest)} calculated from the figures."
    both, differing = int((assessed & figured).sum()), int(rated["differs"].sum())
    return f"{_given(given, rest, len(rated))} {_beside(both, differing, given=given)}"


def _given(given: int, rest: int, total: int) -> str:
    if given == total:
        return f"{words.capital(words.every('rating', total))} {words.are(total)} the director's."
    said = f"{given} {words.plural('rating', given)} of {total} {words.are(given)} the director's"
    if given + rest == total:
        return f"{said}, the rest calculated from the figures."
    figured = f", {rest} calculated from the figures" if rest else ""
    none = total - given - rest
    return f"{said}{figured}; {none} {words.are(none)} not rated."


def _beside(both: int, differing: int, *, given: int) -> str:
    """Say for how many of the directors' ratings the figures give one too, and how many of those differ."""
    if not both:
        return f"The figures give no rating beside {'it' if given == 1 else 'them'}."
    which = (
        "it" if given == 1 else "both" if both == given == 2 else "all of them" if both == given else f"{both} of them"
    )
    if both == 1:
        return f"For {which} the figures give a rating too, and it {'differs' if differing else 'is the same'}."
    differ = f"{differing} {'differs' if differing == 1 else 'differ'}"
    none = "neither differs" if both == 2 else "none differs"
    return f"For {which} the figures give a rating too, and {differ if differing else none}."


def compared(ways: pd.Series[object], opening: str) -> str:
    """Say of how many indicators a comparison makes better, worse and unchanged.

    >>> compared(pd.Series(["improving", "deteriorating", ""]), "Since last quarter")
    'Since last quarter 1 indicator is better, 1 is worse and none unchanged; 1 cannot be compared.'
    """
    better, worse, same = (int(ways.eq(way).sum()) for way in ("improving", "deteriorating", "unchanged"))
    if better + worse + same == 0:
        return f"{opening} no indicator can be compared."
    rest = len(ways) - better - worse - same
    first = f"{better} {words.plural('indicator', better)}" if better else "no indicator"
    said = (
        f"{opening} {first} {words.be(better)} better, {worse or 'none'} {words.be(worse)} worse and "
        f"{same or 'none'} unchanged"
    )
    return f"{said}; {rest} cannot be compared." if rest else f"{said}."


def on_last_year(rated: pd.DataFrame, moved: pd.DataFrame) -> str:
    """Say how many of a report's indicators got better and worse against the same quarter last year.

    >>> rated = pd.DataFrame({"indicator": ["a", "b"]})
    >>> on_last_year(rated, rated.assign(direction_year=["improving", "unchanged"]))
    'Against the same quarter last year 1 indicator is better, none is worse and 1 unchanged.'
    """
    mine = moved[moved["indicator"].isin(rated["indicator"])]
    return compared(mine["direction_year"], "Against the same quarter last year")


def cabinet(rated: pd.DataFrame, rolled: pd.DataFrame, moved: pd.DataFrame, *, quarter: str) -> list[str]:
    """Write the numbered paragraphs of a cabinet report's summary.

    >>> rated = pd.DataFrame({"indicator": ["a"], "ref": ["7"], "title": ["Hours"], "effective": ["red"],
    ...     "outlook": ["stable"], "assessed": ["red"], "calculated": ["red"], "differs": [False]})
    >>> rolled = pd.DataFrame({"outcome": ["E5"], "title": ["Services"], "rag": ["red"]})
    >>> cabinet(rated, rolled, rated.assign(direction_year=""), quarter="2017-18 Q1")[0]
    'This paper reports one indicator of one outcome for quarter 1 of 2017-18 (April to June 2017).'
    """
    when = periods.in_words(periods.parse(quarter, expect="quarter"))
    counted = words.counted("indicator", len(rated)) if len(rated) else "no indicator"
    its = f" of {words.counted('outcome', len(rolled))}" if len(rated) and len(rolled) else ""
    return [
        f"This paper reports {counted}{its} for {when}.",
        scorecard(rated),
        outlooks(rated),
        outcomes(rolled),
        on_last_year(rated, moved),
        differences(rated),
    ]


def restated(statements: pd.DataFrame) -> str:
    """Say whether the published figures are found again.

    >>> restated(pd.DataFrame({"agrees": [True, False]}))
    'Of 2 published figures 1 is found again and 1 is not; the remark says why.'
    >>> restated(pd.DataFrame({"agrees": [True]}))
    'The one published figure is found again.'
    """
    total, same = len(statements), int(statements["agrees"].sum())
    if not total:
        return "The council has published no figure to be held against these."
    if same == total:
        return f"{words.capital(words.every('published figure', total))} {words.are(same)} found again."
    left = total - same
    if not same:
        none = words.every("published figure", 1) if total == 1 else words.none_of("published figure", total)
        return f"{words.capital(none)} is {'not ' if total == 1 else ''}found again; the remark says why."
    return (
        f"Of {total} published figures {same} {words.are(same)} found again and {left} {words.are(left)} not; "
        "the remark says why."
    )
