"""Every sentence of a scorecard, a cabinet report and a page on quality, over none, one, two, three and many."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pandas as pd

from perfkit.display import cabinet_sentences, change_sentences, notices, quality_sentences, sentences

NUMBERS = (0, 1, 2, 3, 12)
SOME = (0, 1, 2, 12)
FEW = (0, 1, 2)
RATINGS = ("green", "amber", "red", "not rated")
OUTLOOKS = ("improving", "stable", "deteriorating", None)
QUARTER = "2017-18 Q1"
Cases = Callable[[], Iterator[str]]


def mixtures(kinds: tuple[str | None, ...], numbers: tuple[int, ...] = NUMBERS) -> Iterator[list[str | None]]:
    """Give every mixture of so many of each kind."""
    for counts in itertools.product(numbers, repeat=len(kinds)):
        yield [kind for kind, count in zip(kinds, counts, strict=True) for _ in range(count)]


def rated(ratings: list[str | None], **columns: object) -> pd.DataFrame:
    """Make indicators that are rated so."""
    places = range(1, len(ratings) + 1)
    frame = pd.DataFrame({"effective": pd.Series(ratings, dtype="object")})
    frame = frame.assign(
        indicator=[f"i{n}" for n in places],
        ref=[str(n) for n in places],
        title=[f"Measure {'ABCDEFGHIJKLMNOP'[n % 16]}" for n in places],
        outcome="E5",
    )
    return frame.assign(**columns)


def outcomes(ratings: list[str | None]) -> pd.DataFrame:
    """Make outcomes that are rated so."""
    return rated(ratings).rename(columns={"effective": "rag"})


def ratings() -> Iterator[str]:
    for given in mixtures(RATINGS, SOME):
        frame = rated(given)
        yield sentences.scorecard(frame)
        yield sentences.outcomes(frame.rename(columns={"effective": "rag"}))
        yield sentences.exceptions(frame)


def outlooks() -> Iterator[str]:
    for given in mixtures(OUTLOOKS, SOME):
        yield sentences.outlooks(rated(["green"] * len(given), outlook=pd.Series(given, dtype="object")))


def most_concern() -> Iterator[str]:
    for first, second, good in itertools.product(FEW, FEW, (0, 5)):
        frame = rated(["red"] * first + ["amber"] * second + ["green"] * good)
        frame = frame.assign(priority=["A"] * first + ["B"] * (second + good))
        yield f"{sentences.most_concern(frame, by='priority')}."


def assessed() -> Iterator[str]:
    kinds = (("green", "green", False), ("green", "red", True), ("green", "not rated", False), (None, "red", False))
    for counts in itertools.product(FEW, repeat=len(kinds)):
        rows = [row for row, count in zip(kinds, counts, strict=True) for _ in range(count)]
        yield sentences.differences(pd.DataFrame(rows, columns=["assessed", "calculated", "differs"], dtype="object"))


def travelled() -> Iterator[str]:
    for given in mixtures(("improving", "deteriorating", "unchanged", ""), FEW):
        frame = rated([None] * len(given))
        ways = pd.Series(given, dtype="object")
        moved = frame.assign(direction_year=ways, direction_previous="")
        yield sentences.on_last_year(frame, moved)
        yield change_sentences.travelled(frame, moved)


def papers() -> Iterator[str]:
    for one, two in itertools.product(NUMBERS, NUMBERS):
        frame = rated(["red"] * one, outlook=None, assessed=None, calculated="red", differs=False)
        moved = frame.assign(direction_year="")
        yield from sentences.cabinet(frame, outcomes(["red"] * two), moved, quarter=QUARTER)


def restated() -> Iterator[str]:
    for same, other in itertools.product(NUMBERS, NUMBERS):
        yield sentences.restated(pd.DataFrame({"agrees": pd.Series([True] * same + [False] * other, dtype=bool)}))


KINDS = ("new red", "worse", "recovered", "target changed", "value received", "value withdrawn", "added", "renumbered")


def since() -> Iterator[str]:
    before = rated(["green"])
    for given in mixtures(KINDS[:6], (0, 2)):
        changed = rated(given).rename(columns={"effective": "kind"})
        yield change_sentences.since_last(changed, before, quarter="2017-18 Q2")
    for kind, count in itertools.product((*KINDS, "dropped", "rule changed", "definition changed", "better"), NUMBERS):
        changed = rated([kind] * count).rename(columns={"effective": "kind"})
        yield change_sentences.since_last(changed, before, quarter="2017-18 Q2")
        yield change_sentences.since_last(changed, before.head(0), quarter="2017-18 Q2")
        for asked in ("", "2017-07-31"):
            said = change_sentences.since_reported(changed, quarter=QUARTER, known_by="2017-07-21", asked=asked)
            yield said
        yield change_sentences.since_reported(quarter=QUARTER, known_by="2017-07-21")


def history() -> Iterator[str]:
    for then, now, made_up in itertools.product(NUMBERS, NUMBERS, (0, 1)):
        every = max(then, now, made_up, 1)
        rows = pd.concat(
            [
                rated(["red"] * count + ["green"] * (every - count), period=period)
                for period, count in (("2017-18 Q1", then), ("2017-18 Q2", now))
            ]
        )
        rows = rows.assign(status=["illustrative"] * made_up + ["final"] * (len(rows) - made_up))
        for joined in (rows, rows[rows["period"] == "2017-18 Q2"], rows.head(0)):
            yield f"{change_sentences.reds(joined, rows)}."
            yield change_sentences.past(joined, rows)


def points(kind: str, plain: int, named: int, odd: int) -> pd.DataFrame:
    """Make achievements or issues: naming nothing, naming an indicator, and naming one that is red."""
    rows = [(None, None)] * plain + [("1", None)] * named + [("2", "2 is red: why?")] * odd
    frame = pd.DataFrame(rows, columns=["ref", "question"], dtype="object")
    return frame.assign(kind=kind, subject="P", number=range(len(frame)), effective="red")


def key_points() -> Iterator[str]:
    for plain, named, odd in itertools.product(FEW, FEW, (0, 1, 2, 3)):
        yield from cabinet_sentences.achievements(points("achievement", plain, named, odd), quarter=QUARTER)
    for plain, named, red in itertools.product(FEW, FEW, NUMBERS):
        yield from cabinet_sentences.issues(points("issue", plain, named, 0), rated(["red"] * red), quarter=QUARTER)


def red_outcomes() -> Iterator[str]:
    for given, amber in itertools.product(mixtures(("green", "red")), (0, 1, 2)):
        yield from cabinet_sentences.red_outcomes(outcomes(given), rated(["amber"] * amber))


def stated() -> Iterator[str]:
    for found, other in itertools.product(NUMBERS, NUMBERS):
        frame = pd.DataFrame({"found": pd.Series([True] * found + [False] * other, dtype=bool)})
        yield from cabinet_sentences.figures(frame)


def calendars() -> Iterator[str]:
    days = pd.to_datetime(["2017-04-01", "2017-05-01", "2017-09-01", "2017-10-20"])
    steps = pd.DataFrame({"starts": days, "ends": days + pd.offsets.MonthEnd(0), "step": "Measures chosen"})
    for chosen in itertools.chain.from_iterable(itertools.combinations(range(4), size) for size in range(5)):
        yield from cabinet_sentences.calendar(steps.iloc[list(chosen)], quarter=QUARTER)


def frameworks() -> Iterator[str]:
    for given in mixtures(("carried over", "revised", "introduced", "dropped"), SOME):
        frame = rated(given).rename(columns={"effective": "status"})
        yield from cabinet_sentences.framework(frame, quarter="2018-19 Q1")


def came(states: list[str | None]) -> pd.DataFrame:
    """Make returns that came so."""
    frame = pd.DataFrame({"state": pd.Series(states, dtype="object")})
    names = [f"Directorate {'ABCDEFGHIJKLMNOP'[n % 16]}" for n in range(len(states))]
    dates = {"due": pd.Timestamp("2017-07-30"), "received": pd.Timestamp("2017-08-04")}
    return frame.assign(name=names, period=QUARTER, days_late=5.0, **dates)


def quality() -> Iterator[str]:
    every = mixtures(("on time", "late", "missing", "not due yet"), FEW)
    none = pd.DataFrame({"kind": [], "file": []})
    for states in every:
        yield quality_sentences.headline(came(states), none, none, none)
    for lost, more, warned in itertools.product(FEW, (0, 1, 3), FEW):
        missing, found = pd.DataFrame({"kind": ["left empty"] * lost}), pd.DataFrame({"file": ["a.xlsx"] * warned})
        whole = pd.DataFrame({"ref": range(lost + more)})
        yield quality_sentences.headline(came(["on time"]), missing, whole, found)
    for states in mixtures(("on time", "late", "missing", "not due yet"), FEW):
        yield quality_sentences.returns(came(states), days=30)


def gaps() -> Iterator[str]:
    kinds = ("no return", "left empty", "sign in its place", "not due")
    for given, judged, more in itertools.product(mixtures(kinds, FEW), (0, 1, 8), (0, 1)):
        ratings_ = ["green"] * min(judged, len(given)) + ["not rated"] * max(len(given) - judged, 0)
        missing = pd.DataFrame({"kind": pd.Series(given, dtype="object"), "effective": ratings_})
        yield quality_sentences.no_figures(missing, rated(["green"] * (len(given) + more)))


def cells() -> Iterator[str]:
    for known, other, each in itertools.product(FEW, FEW, (1, 2)):
        frame = pd.DataFrame({"marker": ["[x]", "[y]"][:known] + ["[v]", "[w]"][:other], "count": each})
        yield quality_sentences.signs(frame.assign(known=[True] * known + [False] * other))
    for made_up, early, firm in itertools.product(NUMBERS, NUMBERS, NUMBERS):
        total = made_up + early + firm
        frame = pd.DataFrame({"illustrative": [made_up], "provisional": [early], "indicators": [total + 1]})
        yield quality_sentences.firmness(frame.assign(no_value=1))
        yield str(notices.illustrative(pd.DataFrame({"status": ["illustrative"] * made_up + ["final"] * firm})).words)


def files() -> Iterator[str]:
    for one, two, changed in itertools.product(NUMBERS, FEW, NUMBERS):
        frame = pd.DataFrame({"file": ["a.xlsx"] * one + ["b.xlsx"] * two})
        yield quality_sentences.warnings(frame)
        yield quality_sentences.revised(pd.DataFrame({"kind": ["value revised"] * changed}), frame)


def questions() -> Iterator[str]:
    for asked, answered, same in itertools.product(NUMBERS, NUMBERS, FEW):
        frame = pd.DataFrame({"question": ["Why?"] * asked + [""] * (answered + same)})
        yield quality_sentences.questions(frame.assign(differs=[True] * (asked + answered) + [False] * same))
    names = pd.DataFrame({"directorate": ["A", "B", "C"], "name": ["Social Services", "Public Health", "Communities"]})
    for each in itertools.product(NUMBERS, repeat=3):
        waiting = pd.DataFrame({"directorate": ["A", "B", "C"], "indicators": each})
        yield quality_sentences.silent(waiting[waiting["indicators"] > 0], names, quarter=QUARTER)


CASES: dict[str, Cases] = {
    each.__name__: each
    for each in (ratings, outlooks, most_concern, assessed, travelled, papers, restated, since, history, key_points,
                 red_outcomes, stated, calendars, frameworks, quality, gaps, cells, files, questions)
}  # fmt: skip
