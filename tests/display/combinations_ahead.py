"""Every sentence of the outlook, of delayed transfers and of charts, over none, one, two, three and many."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pandas as pd

from perfkit.display import (
    delay_answers,
    delay_causes,
    delay_checks,
    delay_sentences,
    delay_years,
    outlook_sentences,
    outlook_titles,
    readings,
)

FEW = (0, 1, 2)
NUMBERS = (0, 1, 2, 3, 12)
NAN = float("nan")
QUARTER, BEFORE = "2017-18 Q1", "2016-17 Q1"
CHANCES = {"likely": 0.9, "uncertain": 0.5, "unlikely": 0.1, "": NAN}
AMOUNTS = (NAN, 0.0, 1.0, 1.04, 24.5, 1200.0)
Cases = Callable[[], Iterator[str]]


def ranked(verdicts: list[str], variations: list[str]) -> pd.DataFrame:
    """Make indicators with an outlook and, from the last of them up, a control chart."""
    places = range(1, len(verdicts) + 1)
    frame = pd.DataFrame({"verdict": pd.Series(verdicts, dtype="object"), "place": places, "year": "2017-18"})
    charted = [*variations, *[""] * len(verdicts)][: len(verdicts)]
    return frame.assign(
        probability=[CHANCES[name] for name in verdicts],
        year_end=[None if name == "" else 1.0 for name in verdicts],
        ref=[str(n) for n in places],
        title=[f"Measure {'ABCDEFGHIJKLMNOP'[n % 16]}" for n in places],
        variation=pd.Series(charted, dtype="object"),
        chart=["xmr" if name else "" for name in charted],
    )


def outlooks() -> Iterator[str]:
    for counts in itertools.product((0, 1, 2, 4), repeat=4):
        frame = ranked([name for name, count in zip(CHANCES, counts, strict=True) for _ in range(count)], [])
        yield outlook_sentences.headline(frame)
        yield outlook_sentences.left_out(frame)
    for worse, better, same, more in itertools.product(FEW, FEW, (0, 1, 3), (0, 1)):
        varied = ["concern low"] * worse + ["improvement high"] * better + ["common cause"] * same
        yield outlook_sentences.changes(ranked(["likely"] * (len(varied) + more), varied))


def first() -> Iterator[str]:
    for count, weights in itertools.product(NUMBERS, ({}, {"Economy": 1.0}, {"Economy": 1.0, "People": 0.95})):
        yield outlook_sentences.ten(pd.DataFrame({"place": range(count)}), weights)
        yield from outlook_sentences.rules(pd.DataFrame(), weights, pd.DataFrame())


def agreement() -> Iterator[str]:
    for agree, differ, neither in itertools.product(NUMBERS, NUMBERS, NUMBERS):
        answers = ["agrees"] * agree + ["differs"] * differ + [""] * neither
        yield outlook_sentences.agreement(pd.DataFrame({"agrees": pd.Series(answers, dtype="object")}))
    for ours, theirs, score in itertools.product(NUMBERS, NUMBERS, (None, 0.2)):
        frame = pd.DataFrame({"who": ["director", "perfkit"], "judgements": [3, 12]})
        yield outlook_sentences.judged(frame.assign(resolved=[min(ours, 3), theirs], brier=score))
        one = pd.DataFrame({"who": ["perfkit"], "judgements": [1], "resolved": [min(ours, 1)]})
        yield outlook_sentences.judged(one.assign(brier=score))


def fans() -> Iterator[str]:
    goals = ((None, None), (59.0, None), (None, 14.0), (59.0, 70.0))
    ends = (None, 61.0)
    levels = ("insufficient data", "wide", "low", "standard", "seasonal", "known")
    for (low, high), end, level, met, points in itertools.product(goals, ends, levels, (None, True, False), FEW[1:]):
        row: dict[str, object] = {"title": "Visits", "year": "2017-18", "unit": "percent", "decimals": 0, "met": met}
        row |= {"goal_low": low, "goal_high": high, "year_end": end, "confidence": level, "points": points}
        row |= {"low80": 58.0, "high80": 64.0, "low95": 56.0, "high95": 66.0, "target_set": bool(low or high)}
        if end and (low or high) and met is None and level != "known":
            row |= {"probability": 0.83, "verdict": "likely"}
        yield f"{outlook_titles.fan_title(row)}."
        yield from (f"{said}." for said, _ in outlook_titles.fan_lines(row))
        for history in ([], [("2017-18 Q1", 60.0)]):
            yield outlook_titles.fan_alt(row, history)


def series() -> Iterator[str]:
    for length, amounts in itertools.product((1, 2, 3), itertools.product((NAN, 5.0, 9.0), repeat=3)):
        points = [(f"2017-18 Q{n + 1}", amounts[n]) for n in range(length)]
        for target in (None, 5.0, 7.0):
            yield readings.change("Delays", points, unit="people a day", target=target)
        named = list(zip("ABC", sorted(amounts[:length], reverse=True), strict=False))
        for focus in ("B", "Z"):
            yield readings.ranked(named, focus=focus)
            yield readings.among(named, focus=focus, average=5.5)
        if all(pd.isna(amount) for amount in amounts[:length]):
            continue
        frame = pd.DataFrame(points, columns=["period", "value"]).assign(median=5.0)
        yield outlook_titles.control_alt(frame, unit="percent")
        yield f"{outlook_titles.control_title('Visits', frame)}."


def months() -> Iterator[str]:
    for length, amounts in itertools.product((1, 2), itertools.product(AMOUNTS, repeat=2)):
        frame = pd.DataFrame({"month": ["May 2017", "June 2017"][:length], "all": amounts[:length]})
        yield f"{delay_sentences.trend(frame)}."
    for now, promised in itertools.product(AMOUNTS, AMOUNTS):
        line = pd.DataFrame({"month": ["June 2017"], "people_a_day": [now], "expected": [promised]})
        yield f"{delay_sentences.against(line, what='Social care delays')}."
        for name, ahead in itertools.product(("Social care delays", "Joint delays"), (NAN, -2.0, 0.0, 1.0, 13.0)):
            yield delay_answers.kept({name: line.assign(distance=now - promised, months_ahead=ahead)})
    for now, then, verdict in itertools.product(AMOUNTS, AMOUNTS[1:], ("worse", "better", "much the same")):
        moved = pd.DataFrame({"attribution": ["all"], "now": [now], "before": [then], "percent": [25.0]})
        for before in (BEFORE, "2016-17 Q4"):
            yield delay_answers.better(moved.assign(verdict=verdict), quarter=QUARTER, before=before)
            yield delay_answers.better(moved.assign(before=NAN, verdict=""), quarter=QUARTER, before=before)


def reasons() -> Iterator[str]:
    titles = ["Awaiting care package in own home", "Patient choice", "Housing"]
    none = pd.DataFrame({"split": [], "part": [], "share": []})
    for count, changes in itertools.product(range(4), itertools.product((-12.0, 0.0, 1.0, 2.5), repeat=3)):
        shares = sorted((0.41, 0.2, 0.1), reverse=True)[:count]
        split = pd.DataFrame({"reason_title": titles[:count], "share": shares, "rank": range(1, count + 1)})
        parts = pd.DataFrame({"reason_title": titles[:count], "change": sorted(changes[:count], key=lambda c: -abs(c))})
        yield f"{delay_causes.reasons(split, period=QUARTER)}."
        yield f"{delay_causes.changed(parts, since=BEFORE, period=QUARTER)}."
        yield delay_causes.explained(parts, since=BEFORE, period=QUARTER)
        yield delay_answers.why(split, none, parts)


def standings() -> Iterator[str]:
    for rank, total in itertools.product((NAN, 1, 2, 3, 11, 12), (1, 2, 151)):
        table = pd.DataFrame({"area": ["A"] + ["B"] * (total - 1), "rank": [rank] + [1] * (total - 1)})
        yield delay_sentences.place(table, area="A", year="2016-17")
        yield f"{delay_sentences.comparison(table, area='A', year='2016-17')}."
        places = pd.DataFrame({"among": ["authorities in England"], "rank": [rank], "of": [total]})
        for ratio, rate in itertools.product((NAN, 1.0, 3.5), (NAN, 9.0)):
            beside = pd.DataFrame({"basis": ["mean of authorities"], "ratio": [ratio], "rate": [rate]})
            yield delay_answers.compare(places, beside, area="A", period="2016-17")


def shares() -> Iterator[str]:
    for known, points in itertools.product(range(4), itertools.product((NAN, -3.0, 0.0), repeat=2)):
        rows = {
            "split": "attribution",
            "part": ["NHS", "social care", "both"][:known],
            "share": [50.0, 30.0, 20.0][:known],
        }
        frame = pd.DataFrame(rows).assign(points=[*points, 3.0][:known])
        if known:
            yield delay_causes.whose(frame, before=BEFORE)
        for part, split in itertools.product(("NHS", "Social care", "Both jointly"), ("attribution", "setting")):
            yield f"{delay_causes.largest(frame.assign(part=part), split=split, period=QUARTER)}."


def years() -> Iterator[str]:
    for count, days, then in itertools.product((1, 2, 12), AMOUNTS, AMOUNTS):
        totals = pd.DataFrame({"attribution": ["all"], "months": [count], "days": [days], "days_before": [then]})
        yield delay_years.so_far(totals.assign(change=days - then), area="Kent", year="2017-18")
        held = pd.DataFrame({"period": [QUARTER], "hours": [days], "contracted": [8920.0], "share": [67.0]})
        yield delay_sentences.hours(held)
    for end, horizon, last in itertools.product((NAN, 180.2), (0, 3), (NAN, 190.0)):
        row = {"confidence": "standard", "year_end": end, "low80": 150.0, "high80": 210.0, "horizon": horizon}
        projected = pd.DataFrame([row | {"reason": "3 figures, 4 are needed", "last_value": last}])
        yield delay_years.heading_for(projected, year="2017-18")
        yield f"{delay_years.chart_title(projected, year='2017-18')}."


def claims() -> Iterator[str]:
    for held in itertools.chain.from_iterable(itertools.product((True, False, None), repeat=size) for size in range(4)):
        rows = [("over 50 days", f"basis {n}", NAN if one is None else 52.5, one) for n, one in enumerate(held)]
        frame = pd.DataFrame(rows, columns=["claim", "basis", "figure", "holds"])
        yield from delay_checks.verdicts(frame.assign(verdict="no month of it is loaded."))
    for size, gaps in itertools.product((1, 2, 12), ("", "May 2017")):
        months = pd.DataFrame({"month": pd.period_range("2017-01", periods=size, freq="M")})
        yield from delay_checks.quality(months, gaps=gaps)


CASES: dict[str, Cases] = {
    each.__name__: each
    for each in (outlooks, first, agreement, fans, series, months, reasons, standings, shares, years, claims)
}
