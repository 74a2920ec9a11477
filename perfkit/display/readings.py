"""What a chart shows, said in a sentence made from its data: the text alternative of every chart.

Only the first, last, highest and lowest values are looked up and values compared; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfkit.display import style, words

Points = Sequence[tuple[str, float]]


def change(
    what: str, points: Points, *, unit: str = "", decimals: int | None = None, target: float | None = None
) -> str:
    """Say how a series moved from its first to its last value, its extremes between, and where its target lies.

    >>> change("Social care delays", [("March 2017", 28.0), ("June 2017", 25.1)], unit="people a day", target=24.5)
    'Social care delays fell from 28 a day in March 2017 to 25.1 a day in June 2017, above the target of 24.5 a day.'
    """
    known = [(label, value) for label, value in points if not words.missing(value)]
    gaps = len(points) - len(known)
    if not known:
        return f"{what}: no values."
    said = (
        _moved(what, known, unit, decimals)
        + _extremes(known, unit, decimals)
        + _against(known[-1][1], target, unit, decimals)
    )
    return f"{said}." + (f" {gaps} of {len(points)} periods {'has' if gaps == 1 else 'have'} no value." if gaps else "")


def _moved(what: str, known: Points, unit: str, decimals: int | None) -> str:
    (first_label, first), (last_label, last) = known[0], known[-1]
    if len(known) == 1:
        return f"{what} stood at {words.number(last, unit, decimals)} in {last_label}"
    start, end = words.number(first, unit, decimals), words.number(last, unit, decimals)
    if start == end:
        return f"{what} stood at {start} in both {first_label} and {last_label}"
    return f"{what} {'rose' if last > first else 'fell'} from {start} in {first_label} to {end} in {last_label}"


def _extremes(known: Points, unit: str, decimals: int | None) -> str:
    inner = known[1:-1]
    if not inner:
        return ""
    ends = (known[0][1], known[-1][1])
    top, low = max(inner, key=lambda point: point[1]), min(inner, key=lambda point: point[1])
    said = []
    if top[1] > max(ends):
        said.append(f"peaking at {words.number(top[1], unit, decimals)} in {top[0]}")
    if low[1] < min(ends):
        said.append(f"with a low of {words.number(low[1], unit, decimals)} in {low[0]}")
    return f", {words.join(said)}" if said else ""


def _against(last: float, target: float | None, unit: str, decimals: int | None) -> str:
    if target is None or words.missing(target):
        return ""
    shown = words.number(target, unit, decimals)
    if words.number(last, unit, decimals) == shown:
        return f", the same as the target of {shown}"
    return f", {'above' if last > target else 'below'} the target of {shown}"


def ranked(points: Points, *, unit: str = "", decimals: int | None = None, focus: str | None = None) -> str:
    """Say which bars are longest and shortest, and where the one in focus stands; points come longest first.

    >>> ranked([("A", 9.0), ("B", 5.0), ("C", 1.0)], focus="B")
    'A is highest at 9 and C lowest at 1, of 3 shown. B is at 5, place 2.'
    """
    known = [(label, value) for label, value in points if not words.missing(value)]
    if not known:
        return "No values."
    (top, most), (bottom, least) = known[0], known[-1]
    if len(known) == 1:
        return f"{top} is at {words.number(most, unit, decimals)}."
    if words.number(most, unit, decimals) == words.number(least, unit, decimals):
        return (
            f"{words.sentence(words.every('bar', len(known)))[:-1]} shown are at {words.number(most, unit, decimals)}."
        )
    said = (
        f"{top} is highest at {words.number(most, unit, decimals)} and {bottom} lowest at "
        f"{words.number(least, unit, decimals)}, of {len(known)} shown."
    )
    place = next((n for n, (label, _) in enumerate(known, 1) if label == focus), None)
    if place is None:
        return said
    return f"{said} {focus} is at {words.number(known[place - 1][1], unit, decimals)}, place {place}."


def among(
    points: Points, *, focus: str, unit: str = "", decimals: int | None = None, average: float | None = None
) -> str:
    """Say where one authority stands among all.

    >>> among([("A", 9.0), ("B", 5.0), ("C", 1.0)], focus="B", average=5.5)
    'B is at 5: 1 authority is higher and 1 is lower. Values run from 1 to 9; the average is 5.5.'
    """
    known = [(label, value) for label, value in points if not words.missing(value)]
    if not known:
        return "No values."
    amounts = [value for _, value in known]
    ours = next((value for label, value in known if label == focus), None)
    span = (
        f"Values run from {words.number(min(amounts), unit, decimals)} to {words.number(max(amounts), unit, decimals)}"
    )
    span += "" if average is None else f"; the average is {words.number(average, unit, decimals)}"
    if ours is None:
        return f"{focus} has no value. {span}."
    higher, lower = sum(value > ours for value in amounts), sum(value < ours for value in amounts)
    if len(known) == 1:
        return f"{focus} is at {words.number(ours, unit, decimals)}; no other authority has a value."
    above = f"{higher} {words.plural('authority', higher)}" if higher else "no authority"
    said = f"{focus} is at {words.number(ours, unit, decimals)}: {above} {'are' if higher > 1 else 'is'} higher and "
    return f"{said}{lower or 'none'} {'are' if lower > 1 else 'is'} lower. {span}."


def bars(frame: pd.DataFrame, by: str) -> str:
    """Say for each bar how many are green, amber, red and not rated.

    >>> bars(pd.DataFrame({"who": ["A"], "green": [3], "amber": [0], "red": [1], "not_rated": [0]}), "who")
    'A: 3 green, 1 red.'
    """
    said = []
    for record in frame.to_dict("records"):
        parts = [f"{count} {rating}" for rating, count in counts_of(record).items() if count]
        said.append(f"{record[by]}: {', '.join(parts) or 'none'}.")
    return " ".join(said) or "Nothing is rated."


def counts_of(record: dict[object, object]) -> dict[str, int]:
    """Read the counts of ratings from a row, whichever way it writes "not rated".

    >>> counts_of({"green": 2.0, "not_rated": 1})
    {'green': 2, 'amber': 0, 'red': 0, 'not rated': 1}
    """
    found = {str(key).replace("_", " "): value for key, value in record.items()}
    held = {rating: found.get(rating, 0) for rating in (*style.RAG_WORDS, style.NOT_RATED)}
    return {rating: 0 if words.missing(count) else int(count) for rating, count in held.items()}  # type: ignore[call-overload]
