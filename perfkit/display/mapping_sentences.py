"""What the leadership page says of its second line: who serves which priority, the register, the golden thread."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfkit.display import words
from perfkit.display.tables.plain import place_of
from perfkit.model.periods import previous

_TOGETHER = 12
"""How many are named one by one."""


def served(rated: pd.DataFrame, served_by: pd.DataFrame) -> str:
    """Say how many indicators serve a leadership priority, how many several, and that counts do not add up.

    >>> rated = pd.DataFrame({"indicator": ["a", "b", "c"]})
    >>> served(rated, pd.DataFrame({"indicator": ["a", "a", "b"]}))
    'Of 3 indicators 2 serve a leadership priority, 1 of them more than one: counts by priority add up to 3, not to 2.'
    """
    times = served_by.groupby("indicator").size()
    of, many = len(rated), int((times > 1).sum())
    if not len(times):
        return f"Of {of} {words.plural('indicator', of)} none is mapped to a leadership priority."
    serve = "serves" if len(times) == 1 else "serve"
    said = f"Of {of} {words.plural('indicator', of)} {len(times)} {serve} a leadership priority"
    if not many:
        return f"{said}, none of them more than one."
    return f"{said}, {many} of them more than one: counts by priority add up to {times.sum()}, not to {len(times)}."


def lines(varied: pd.DataFrame) -> str:
    """Say how budget lines stand by priority: whole, under each that they bear on, never split or added up."""
    if varied.empty:
        return "No finance return has come, so that no budget line stands beside the priorities."
    rule = "A line stands whole under every priority that it bears on; it is neither split nor added up."
    none = int(varied["priorities"].isna().sum())
    said = f" {words.capital(words.counted('budget line', none))} {'names' if none == 1 else 'name'} no priority."
    return rule + (said if none else "")


def made_up(mapping: pd.DataFrame) -> str:
    """Say where the mapping of the year was never published.

    >>> made_up(pd.DataFrame({"status": ["illustrative"]}))
    'The mapping is illustrative: which indicator serves which leadership priority was never published.'
    >>> made_up(pd.DataFrame({"status": ["final"]}))
    ''
    """
    sample = mapping["status"].eq("illustrative").fillna(False)
    if not sample.any():
        return ""
    whole = "The mapping is" if sample.all() else "Part of the mapping is"
    return f"{whole} illustrative: which indicator serves which leadership priority was never published."


def unserved(view: pd.DataFrame) -> str:
    """Name the leadership priorities that no indicator serves.

    >>> unserved(pd.DataFrame({"number": [1, 2], "title": ["Place", "NHS"], "indicators": [0, 3]}))
    'One leadership priority has no indicator: 1, Place.'
    """
    without = view[view["indicators"].eq(0)]
    if view.empty:
        return ""
    if without.empty:
        return "Every leadership priority has at least one indicator."
    if len(without) == len(view):
        return "No leadership priority has an indicator."
    named = "; ".join(f"{row.number}, {row.title}" for row in without.itertuples())
    has = "has" if len(without) == 1 else "have"
    return f"{words.capital(words.counted('leadership priority', len(without)))} {has} no indicator: {named}."


def unmapped(indicators: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """Name the indicators and outcomes that serve no leadership priority.

    >>> left = pd.DataFrame({"title": ["Hours"], "ref": ["7"]})
    >>> unmapped(left, pd.DataFrame({"title": [], "outcome": []}))
    'One indicator serves no leadership priority: Hours (7). Every outcome serves at least one.'
    """
    return f"{_left(indicators, 'indicator', 'ref')} {_left(outcomes, 'outcome', 'outcome')}"


def register(found: pd.DataFrame, closed: pd.DataFrame, *, quarter: str) -> str:
    """Say how many risks are high, medium and low, and how the register moved since the quarter before."""
    if found.empty:
        return f"No register of risks for {quarter} has come; that is not to say that there is no risk."
    levels = [(word, int(found["level"].eq(word).sum())) for word in ("high", "medium", "low")]
    shown = words.join(f"{count} {word}" for word, count in levels if count)
    said = f"The register for {quarter} holds {words.counted('risk', len(found))}: {shown}."
    if not found["trend"].ne("").any():
        return f"{said} No register for {previous(quarter)} is known, so that no movement can be shown."
    counts = {word: int(found["trend"].eq(word).sum()) for word in ("up", "down", "same", "new")}
    verbs = {"up": "rose", "down": "fell", "same": "stayed as it was", "new": "is new"}
    many = verbs | {"same": "stayed as they were", "new": "are new"}
    parts = [f"{count} {(verbs if count == 1 else many)[word]}" for word, count in counts.items() if count]
    if len(closed):
        parts.append(f"{len(closed)} {'was' if len(closed) == 1 else 'were'} closed")
    return f"{said} Since {previous(quarter)}, {words.join(parts)}."


def thread(rows: pd.DataFrame) -> str:
    """Say how far the golden thread is published, and where the second line, the leadership priorities, stands."""
    return f"{_published(rows)} The leadership priorities, with what serves each, stand under By leadership priority."


def _published(rows: pd.DataFrame) -> str:
    """Say how far the golden thread is published, and where a link is made up or missing.

    Needs ``level``, ``priority`` and ``priority_status`` of the table thread.
    """
    if rows.empty:
        return "No vision or themes have been loaded; the thread begins with the corporate priorities."
    themes = rows[rows["level"] == "theme"]
    linked = themes[themes["priority"].notna()]
    if themes.empty:
        return "No themes have been loaded; the thread leads from the vision to the corporate priorities."
    if linked.empty:
        return (
            "No link between the themes and the corporate priorities is published, and none is made up here: "
            "they stand one below the other."
        )
    made_up = int(linked["priority_status"].eq("illustrative").sum())
    left = len(themes) - len(linked)
    said = f"{words.capital(words.counted('theme', left))} {_leads(left)} to no corporate priority. " if left else ""
    if made_up:
        which = "these links" if made_up == len(linked) else "the links marked [i]"
        return f"{said}Which theme leads to which corporate priority was never published: {which} are illustrative [i]."
    return f"{said}Each theme leads to the corporate priority that the council has named for it.".replace(
        "Each theme", "Each other theme" if left else "Each theme"
    )


def questions(found: pd.DataFrame, varied: pd.DataFrame) -> list[str]:
    """Ask what the register and the finance returns leave open.

    ``found`` is what `single_view.register` gives, ``varied`` what `single_view.vary` gives.
    """
    asked = [_of_risk(str(row.risk), str(row.title), row.owner, row.mitigation) for row in found.itertuples()]
    over = varied[varied["money"].isin(["red", "amber"]) & varied["reason"].isna()]
    silent = varied[varied["forecast"].isna()]
    asked += [
        f"{row.directorate}, {row.line}: the forecast is {'over' if row.variance > 0 else 'under'} budget by "
        f"{words.number(abs(round(row.variance)), '£')}, without a reason. Why?"
        for row in over.itertuples()
    ]
    asked += [f"{row.directorate}, {row.line}: no forecast was made. What is expected?" for row in silent.itertuples()]
    return [question for question in asked if question]


def misnamed(strays: pd.DataFrame, lines: pd.DataFrame, found: pd.DataFrame, *, priorities: pd.DataFrame) -> list[str]:
    """Ask about what the mapping, lines and risks name that the framework does not have.

    ``strays`` is what `mapping.strays` gives; ``lines`` and ``found`` (risks) stand once for each ``number`` of a
    priority, and those that ``priorities`` does not have are asked about.
    """
    named = pd.concat(
        [
            lines.assign(what=[f"The budget line {title}" for title in lines["line"]]),
            found.assign(what=[f"Risk {risk}" for risk in found["risk"]]),
        ],
        ignore_index=True,
    )
    named = named[~named["number"].isin(priorities["number"])]
    asked = [
        f'The mapping of "{row["subject"]}" names '
        f"{'a leadership priority ' + str(row['number']) if row['unknown'] == 'priority' else 'an ' + row['unknown']} "
        f"that the framework does not have ({place_of(row)}). What is meant?"
        for row in strays.to_dict("records")
    ]
    return asked + [
        f"{row['what']} names leadership priority {row['number']}, which the framework does not have "
        f"({place_of(row)}). What is meant?"
        for row in named.to_dict("records")
    ]


def _of_risk(risk: str, title: str, owner: object, mitigation: object) -> str:
    lacking = [
        (said, ask)
        for value, said, ask in (
            (owner, "nobody is named as its owner", "who answers for it"),
            (mitigation, "no mitigation is given", "what is being done"),
        )
        if words.missing(value)
    ]
    if not lacking:
        return ""
    asks = words.join(ask for _, ask in lacking)
    return f"Risk {risk}, {title}: {words.join(said for said, _ in lacking)}. {words.capital(asks)}?"


def _left(left: pd.DataFrame, noun: str, key: str) -> str:
    if left.empty:
        return f"Every {noun} serves at least one{' leadership priority' if noun == 'indicator' else ''}."
    titles: Sequence[str] = [f"{title} ({ref})" for title, ref in zip(left["title"], left[key], strict=True)]
    serve = "serves" if len(left) == 1 else "serve"
    said = f"{words.capital(words.counted(noun, len(left)))} {serve} no leadership priority"
    return f"{said}: {'; '.join(titles)}." if len(titles) <= _TOGETHER else f"{said}; the table lists them."


def _leads(count: int) -> str:
    return "leads" if count == 1 else "lead"
