"""What the leadership page says: where a red indicator, an overspend and a high risk meet, before all else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.display import directorates, markup, money_words, words
from perfkit.model import risk_levels
from perfkit.model.councils import WHOLE

_THREE = "a red indicator, an overspend and a high risk"
_KNOWN = ("rated_known", "finance_known", "risk_known")
_NAMED = 3
"""How many are named with their figures in one sentence; more are named without, and the table has the figures."""


def anchor(kind: str, name: object) -> str:
    """Give the id of a place on the page, from the id of what stands there.

    >>> anchor("risk", "R1"), anchor("view", "a b") == anchor("view", "a b")
    ('risk-R1', True)
    """
    plain = str(name)
    return f"{kind}-{plain if re.fullmatch(r'[A-Za-z0-9.-]+', plain) else markup.key_of(plain)}"


def headline(view: pd.DataFrame) -> str:
    """Say in which directorates all three meet, with the figures; or that none has them, or that nobody can tell.

    Needs what `single_view.meet` gives for directorates.
    """
    if not _can_tell(view):
        return f"Whether {_THREE} meet anywhere cannot be said: {_not_come(view)}."
    three = _records(view, 3)
    if not three:
        return f"{_nowhere(view)} do {_THREE} meet."
    if len(three) == 1:
        return f"{_THREE.capitalize()} meet in {three[0]['name']}: {_in_full(three[0])}."
    named = words.join(
        f"{record['name']} ({brief(record)})" if len(three) <= _NAMED else record["name"] for record in three
    )
    where = f"{words.count_word(len(three))} directorates"
    return f"{_THREE.capitalize()} meet in {where}: {named}."


def second(view: pd.DataFrame) -> str:
    """Say in which directorates two of the three meet, and which two."""
    known = sum(bool(view[flag].any()) for flag in _KNOWN)
    if known < 2:
        return "Nor can it be said where two of the three do."
    two, three = _records(view, 2), _records(view, 3)
    if not two:
        where = "Nowhere else" if three else _nowhere(view)
        where = where if known == len(_KNOWN) else f"As far as is known, {where[0].lower()}{where[1:]}"
        return f"{where} do two of the three meet.{caution(view)}"
    named = words.join(f"{record['name']} ({_two(record)})" for record in two[:_NAMED])
    more = len(two) - _NAMED
    rest = f", and in {words.count_word(more)} more" if more > 0 else ""
    return f"Two of the three meet in {named}{rest}.{caution(view)}"


def by_priority(view: pd.DataFrame) -> str:
    """Say under which leadership priorities all three meet; needs what `single_view.meet` gives for priorities."""
    if view.empty:
        return "No leadership priorities have been loaded, so that nothing can be said by priority."
    if not view["indicators"].sum():
        return (
            "No indicator is mapped to a leadership priority, so that nothing can be said of performance by priority."
        )
    if not _can_tell(view):
        return f"By leadership priority it cannot be said either: {_not_come(view)}."
    three = _records(view, 3)
    if not three:
        return "All three meet under no leadership priority."
    if len(three) <= _NAMED:
        named = words.join(f"{r['number']}, {r['title']} ({brief(r)})" for r in three)
        return f"All three meet under leadership {words.plural('priority', len(three))} {named}."
    numbers = words.join(record["number"] for record in three)
    return f"All three meet under {words.count_word(len(three))} of {len(view)} leadership priorities: {numbers}."


def key_figures(view: pd.DataFrame, whole: pd.DataFrame, register: pd.DataFrame) -> list[tuple[str, object, str]]:
    """Give the key figures: label, value and note.

    ``whole`` is the one row of `single_view.total` for all lines, or none.
    """
    of = "in the whole council" if _alone(view) else f"of {words.counted('directorate', len(view))}"
    met: tuple[object, str] = (
        (int(view["meeting"].eq(3).sum()), of) if _can_tell(view) else ("Not known", "a return is missing")
    )
    indicators = int(view["indicators"].sum())
    return [
        ("Where all three meet", *met),
        ("Indicators red", int(view["red"].sum()), f"of {indicators}"),
        ("Forecast against budget", *_money_figure(whole)),
        ("High risks", *_risk_figure(register)),
    ]


def finance(view: pd.DataFrame, whole: pd.DataFrame) -> str:
    """Say how the forecast lies against the budget, who is over it, and whose return has not come."""
    if whole.empty:
        return "No finance return has come, so that nothing can be said of money."
    sent, row = view[view["finance_known"]], whole.iloc[0]
    every = len(sent) == len(view)
    asked = "The council" if every else f"The {_sent(len(sent), len(view))} that sent a return"
    verb = "forecasts" if every or len(sent) == 1 else "forecast"
    said = f"{asked} {verb} {money_words.against(row.to_dict())}"
    return f"{money_words.partly(row.to_dict()) or said}. {_over(sent)}{_silent(view)}"


def caution(view: pd.DataFrame) -> str:
    """Say whose finance return has not come, and whose money cannot be judged; begins with a space, or is empty."""
    partly = view[view["finance_known"] & ~view["judged"]]
    if partly.empty:
        return _silent(view)
    lines = int(partly["without_forecast"].sum())
    whose = f"{words.are(len(partly))} over budget cannot be said"
    lacking = f"{words.counted('budget line', lines)} {'has' if lines == 1 else 'have'} no forecast"
    return f"{_silent(view)} Whether {words.join(partly['name'])} {whose}: {lacking}."


def _silent(view: pd.DataFrame) -> str:
    """Name the directorates without a rated indicator or a finance return, where others have one."""
    unrated, silent = (view.loc[~view[flag], "name"].tolist() for flag in ("rated_known", "finance_known"))
    said = f" No indicator is rated of {words.join(unrated, last='or')}." if 0 < len(unrated) < len(view) else ""
    come = f" No finance return has come from {words.join(silent, last='or')}." if 0 < len(silent) < len(view) else ""
    return said + come


def brief(record: Mapping[str, Any]) -> str:
    """Write the figures of a row in which all three meet, in a few words.

    >>> brief({"red": 2, "variance": 4_500_000.0, "percent": 2.5, "risk": "R1", "score": 20})
    '2 red, £4.5m (2.5%) over, risk R1 at 20'
    """
    line = record.get("line")
    over = money_words.gap(record) if line is None or words.missing(line) else f"{line} {money_words.gap(record)}"
    return f"{record['red']} red, {over}, risk {record['risk']} at {words.number(record['score'])}"


def reds(titles: list[str]) -> str:
    """Name red indicators, the first three of many.

    >>> reds(["Hours (7)"]), reds(["A (1)", "B (2)", "C (3)", "D (4)", "E (5)"])
    ('Hours (7) is red', 'A (1), B (2), C (3) and two more are red')
    """
    more = len(titles) - _NAMED
    if len(titles) == 1:
        return f"{titles[0]} is red"
    named = titles if more <= 0 else [*titles[:_NAMED], f"{words.count_word(more)} more"]
    return f"{words.join(named)} are red"


def links(view: pd.DataFrame) -> list[tuple[str, str]]:
    """Lead from the headline to the rows of the single view that it names: address and words."""
    return [(f"#{anchor('view', record['directorate'])}", f"See {record['name']}") for record in _records(view, 3)]


def elsewhere(view: pd.DataFrame) -> list[tuple[str, str]]:
    """Name the pages that hold the detail: address and what it holds."""
    names = dict(zip(view["directorate"], view["name"], strict=True))
    named = [(page, f"Scorecard of {names[code]}") for code, page in directorates.pages(view).items()]
    return [
        *named,
        ("scorecard.html", "Scorecard of the whole council: every indicator"),
        ("outlook.html", "Trend and outlook: where the year will end"),
        ("cabinet_report.html", "Cabinet report: achievements, issues and red exceptions"),
        ("delivery.html", "Delivery: actions, savings, commitments and annual measures"),
        ("data_quality.html", "Data quality: what came late, what is missing"),
    ]


def furthest(view: pd.DataFrame) -> str:
    """Say in a chart's title whose forecast is furthest over its budget.

    >>> furthest(pd.DataFrame({"name": ["PH", "COM"], "variance": [5.0, 1.0], "percent": [2.5, 1.0]}))
    'PH is furthest over its budget, by 2.5%'
    >>> furthest(pd.DataFrame({"name": ["PH"], "variance": [-5.0], "percent": [-2.5]}))
    'No directorate forecasts to spend more than its budget'
    """
    over = view[view["variance"].astype("float64").gt(0) & view["percent"].notna()]
    if over.empty and _alone(view):
        return "The council does not forecast to spend more than its budget"
    if over.empty:
        return "No directorate forecasts to spend more than its budget"
    first = over.sort_values("percent", ascending=False, kind="stable").iloc[0]
    if _alone(view):
        return f"The council forecasts {words.number(first['percent'], 'percent', 1)} more than its budget"
    return f"{first['name']} is furthest over its budget, by {words.number(first['percent'], 'percent', 1)}"


def highest(register: pd.DataFrame) -> str:
    """Say in the matrix's title how many risks are high.

    >>> highest(pd.DataFrame({"level": ["high", "low"]})), highest(pd.DataFrame({"level": ["low"]}))
    ('One of two risks is high', 'No risk is high')
    """
    high, of = int(register["level"].eq("high").sum()), words.count_word(len(register))
    if not high:
        return "No risk is high"
    said = f"{words.count_word(high)} of {of} {words.plural('risk', len(register))} {words.are(high)} high"
    return said[:1].upper() + said[1:]


def tolerance(green: float, amber: float) -> str:
    """Say the rule by which a forecast is green, amber or red, and whose it is.

    >>> tolerance(1, 5)[:72]
    'A forecast is green up to 1% over budget, amber up to 5%, and red beyond'
    """
    return (
        f"A forecast is green up to {green:g}% over budget, amber up to {amber:g}%, and red beyond; under budget it "
        f"is green up to {amber:g}% and amber beyond, since money not spent may be work not done. A limit is within. "
        f"An overspend is a forecast more than {green:g}% over budget. "
        "The limits are perfkit's defaults unless given as parameters; the council's papers of 2017 publish none."
    )


def rules(green: float, amber: float, high: int) -> list[str]:
    """State the rules of the page, for its foot."""
    return [
        tolerance(green, amber),
        "Variance is the forecast less the budget, of the whole year; its share is of the budget. Both are worked out "
        "before rounding. A sum in which a line has no forecast is not given.",
        f"A risk scores likelihood times impact, 1 to 25: high from {high}, medium from {risk_levels.MEDIUM}, else "
        "low. The levels are perfkit's defaults unless given as parameters. It is held against the register of the "
        "quarter before.",
        f"{_THREE[:1].upper()}{_THREE[1:]} meet in a directorate that has all three; under a leadership priority where "
        "an indicator, a budget line and a risk of it do.",
        "An indicator serves the priorities that the mapping gives it, else those of its outcome; an outcome those "
        "that the mapping gives it, else those of its indicators.",
    ]


def _records(view: pd.DataFrame, meeting: int) -> list[dict[str, Any]]:
    some = view[view["meeting"] == meeting]
    if _alone(some):
        some = some.assign(name=f"the {WHOLE.lower()}")
    return [{str(k): v for k, v in record.items()} for record in some.to_dict("records")]


def _alone(view: pd.DataFrame) -> bool:
    """Whether the council has no directorates: there is one row, for the whole of it."""
    return "name" in view and len(view) == 1 and bool(view["name"].eq(WHOLE).all())


def _nowhere(view: pd.DataFrame) -> str:
    return "Nowhere" if _alone(view) else "In no directorate"


def _in_full(record: Mapping[str, Any]) -> str:
    over = f"the forecast is {money_words.gap(record)} budget"
    risk = f"risk {record['risk']} ({_low(str(record['risk_title']))}) scores {words.number(record['score'])} of 25"
    return f"{reds(record['red_titles'])}, {over}, and {risk}"


def _low(title: str) -> str:
    """Begin a title small within a sentence, unless its first word is a name in capitals such as NHS."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _two(record: Mapping[str, Any]) -> str:
    parts = {
        "has_red": f"{words.counted('red indicator', int(record['red']))}",
        "has_over": f"a forecast {money_words.gap(record)} budget",
        "has_high": f"risk {record['risk']} at {words.number(record['score'])}",
    }
    return words.join(said for flag, said in parts.items() if record[flag])


def _can_tell(view: pd.DataFrame) -> bool:
    return all(bool(view[flag].any()) for flag in _KNOWN)


def _not_come(view: pd.DataFrame) -> str:
    parts = zip(_KNOWN, ("no rated indicator", "no finance return", "no register of risks"), strict=True)
    lacking = [said for flag, said in parts if not view[flag].any()]
    return f"there is {words.join(lacking)}"


def _sent(sent: int, of: int) -> str:
    return f"one directorate of {of}" if sent == 1 else f"{words.count_word(sent)} directorates of {of}"


def _over(sent: pd.DataFrame) -> str:
    over = sent[sent["has_over"]].sort_values("variance", ascending=False, kind="stable")
    named = [f"{r['name']} by {money_words.gap(r).removesuffix(' over')}" for r in over.to_dict("records")]
    if _alone(sent):
        return f"That is {'beyond' if named else 'within'} the tolerance."
    if not named:
        return "No directorate is over budget beyond the tolerance."
    are = words.are(len(named))
    counted = words.sentence(words.counted("directorate", len(named))).rstrip(".")
    return f"{counted} {are} over budget beyond the tolerance: {words.join(named)}."


def _money_figure(whole: pd.DataFrame) -> tuple[str, str]:
    if whole.empty:
        return "Not known", "no finance return"
    row = whole.iloc[0].to_dict()
    variance, percent, lacking = row["known_variance"], row["known_percent"], int(row["without_forecast"])
    if words.missing(variance):
        return "Not known", "no line has a forecast"
    sign = "+" if variance > 0 else "−" if variance < 0 else ""
    share = words.number(abs(percent), "percent", 1) if not words.missing(percent) else ""
    side = f"{share} {'over' if variance > 0 else 'under'}, " if variance else ""
    left = f"; {words.counted('line', lacking)} without a forecast left out" if lacking else ""
    return (
        f"{sign}{words.number(abs(round(variance)), '£')}",
        f"{side}of {words.number(row['known_budget'], '£')}{left}",
    )


def _risk_figure(register: pd.DataFrame) -> tuple[object, str]:
    if register.empty:
        return "Not known", "no register of risks"
    up = int(register["trend"].eq("up").sum())
    moved = f"; {up} up since last quarter" if register["trend"].ne("").any() else ""
    return int(register["level"].eq("high").sum()), f"of {len(register)}{moved}"
