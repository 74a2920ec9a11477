"""What the outlook says in words: chart titles, headline, reasons and questions, made from the frames that it shows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import words

VERDICTS = ("likely", "uncertain", "unlikely")
SIDES = {"director": "the directors'", "perfkit": "the figures'"}
REASONS = {"reason": "Why there is no projection", "indicator": "Indicators", "data_owner": "Who can help"}
_HOW_TO_READ = (
    "First the outlook: the line is what was reported, the dashed line the projection, the dark band holds the year's "
    "end four times in five, the light one nineteen times in twenty."
)
_CONTROL = (
    " Then the control chart: between the two dotted limits the figure moves as it usually does; discs mark "
    "improvement, diamonds concern."
)
METHOD = (
    "Two statements stand side by side and are never merged. Variation asks whether a figure has changed by more than "
    "it usually does. The outlook asks where the year will end and whether the target will be met. The director's own "
    "view stands beside both; none overwrites another.",
    "Variation. A control chart takes the mean of a series and, from the usual difference between neighbouring "
    "quarters, the limits between which it normally moves. A point beyond a limit, seven points in a row on one side "
    "of the mean or moving one way, or two of three near a limit, are a reason to ask why; anything else is no "
    "significant change, and single points then need no explaining. Charts follow the Making Data Count rules of NHS "
    "England. Below 12 points there are no limits and no icons: not enough data; with fewer than 20 the limits are on "
    "trial. Year-to-date figures are taken apart into single quarters first, since a running total would mislead; "
    "rolling figures are not charted.",
    "Assurance looks back: it says whether a process that stays as it was meets its target every time, never, or by "
    "chance. Where the process has just changed, the outlook says more.",
    "Outlook. The projection carries on the level, the trend and the seasons of the series, as far as each has proved "
    "real. The 80% interval should hold the year's end four times in five, the 95% interval nineteen times in twenty; "
    "back-tests on hundreds of series hold it to that. The probability of meeting the target comes from the same "
    "spread: 80% and over is called likely, 20% and under unlikely, in between uncertain. Year-to-date counts start "
    "from what is already there and can only add to it.",
    "How much may be said depends on the number of figures: below four, the last value only; four or five, a wide "
    "interval without a probability; six or seven, low confidence; from eight, the standard.",
)
"""The method in plain English, a paragraph each."""


def headline(ranked: pd.DataFrame) -> str:
    """Say in one sentence how many targets are likely to be met, and which is most at risk.

    >>> ranked = pd.DataFrame({"title": ["Visits", "Checks"], "ref": ["46", "4"], "verdict": ["unlikely", "likely"],
    ...     "probability": [0.1, 0.9], "year": "2017-18", "place": [1, 2]})
    >>> headline(ranked)
    'By the end of 2017-18, 1 of 2 targets is likely to be met, none is uncertain and 1 is unlikely. \
Most at risk: Visits (46).'
    """
    known = ranked[ranked["probability"].notna()]
    if known.empty:
        return "No indicator has enough figures to say whether its target will be met."
    counts = {name: int((known["verdict"] == name).sum()) for name in VERDICTS}
    likely, unsure, unlikely = (counts[name] for name in VERDICTS)
    total = len(ranked)
    if total == 1:
        year, target = ranked["year"].iloc[0], f"{ranked['title'].iloc[0]} ({ranked['ref'].iloc[0]})"
        met = "it is uncertain whether" if unsure else f"it is {'likely' if likely else 'unlikely'} that"
        return f"By the end of {year}, {met} the one target will be met: {target}."
    for count, met in ((likely, "likely to be met"), (unlikely, "unlikely to be met")):
        if count == total:
            named = f". Most at risk: {_risky(ranked)}" if count == unlikely else ""
            return f"By the end of {ranked['year'].iloc[0]}, {words.every('target', total)} are {met}{named}."
    said = (
        f"By the end of {ranked['year'].iloc[0]}, {likely or 'none'} of {total} {words.plural('target', total)} "
        f"{words.be(likely)} likely to be met, {unsure or 'none'} {words.be(unsure)} uncertain and "
        f"{unlikely or 'none'} {words.be(unlikely)} unlikely"
    )
    left = total - len(known)
    said += f"; nothing can be said yet of {left}." if left else "."
    return said + (f" Most at risk: {_risky(ranked)}." if unlikely else "")


def _risky(ranked: pd.DataFrame) -> str:
    """Name the three targets that are least likely to be met, or fewer where there are not so many."""
    risky = ranked[ranked["verdict"] == "unlikely"].sort_values("place", kind="stable").head(3)
    return words.join(f"{title} ({ref})" for title, ref in zip(risky["title"], risky["ref"], strict=True))


def key_figures(ranked: pd.DataFrame) -> list[tuple[str, object, str]]:
    """Give the key figures: label, value and note."""
    of = f"of {len(ranked)}"
    counted = [(f"Targets {name}", int((ranked["verdict"] == name).sum()), of) for name in VERDICTS]
    concern = int(ranked["variation"].str.startswith("concern").sum())
    differs = int((ranked["agrees"] == "differs").sum())
    return [
        *counted,
        ("Not said", int(ranked["probability"].isna().sum()), "too few figures, or no such target"),
        ("Cause for concern", concern, "changed for the worse"),
        ("Directors differ", differs, "see the questions"),
    ]


def ten(top: pd.DataFrame, weights: Mapping[str, float]) -> str:
    """Say how the first indicators were chosen.

    >>> ten(pd.DataFrame({"place": [1, 2]}), {"Economy": 1.0, "People": 0.95})
    'The two indicators that matter most come first: by the probability of missing the target times the weight of the \
priority, Economy 1 and People 0.95. The weights follow the order of the priorities in the plan. \
Of indicators equal to the hundredth, a cause for concern comes first.'
    """
    each = words.join(f"{name} {weight:g}" for name, weight in weights.items())
    if top.empty:
        return "No indicator has a probability of missing its target, so none comes first."
    if len(top) == 1:
        return "One indicator alone has a probability of missing its target; it stands here."
    first = f"The {words.counted('indicator', len(top))} that matter most come first: by the probability of missing the"
    equal = "Of indicators equal to the hundredth, a cause for concern comes first."
    if len(weights) < 2:
        return f"{first} target. {equal}"
    return (
        f"{first} target times the weight of the priority, {each}. The weights follow the order of the priorities in "
        f"the plan. {equal}"
    )


def how_to_read(top: pd.DataFrame, points: pd.DataFrame) -> str:
    """Say how the charts of the first indicators are read; where none comes first, that there is none to show.

    Needs indicator in both: ``points`` is what `spc.charts` gives.

    >>> how_to_read(pd.DataFrame({"indicator": []}), pd.DataFrame({"indicator": ["visits"]}))
    'No indicator comes first, so none is shown in detail.'
    """
    if top.empty:
        return "No indicator comes first, so none is shown in detail."
    charted = len(points) > 0 and points["indicator"].isin(top["indicator"]).any()
    return _HOW_TO_READ + (_CONTROL if charted else "")


def agreement(ranked: pd.DataFrame) -> str:
    """Say how often the director's view and the figures agree.

    >>> agreement(pd.DataFrame({"agrees": ["agrees", "differs", ""]}))
    'Of 2 indicators on which both speak, the director and the figures agree on 1 and differ on 1. On 1 more only one \
of them speaks, or neither.'
    """
    agree, differ = (int((ranked["agrees"] == word).sum()) for word in ("agrees", "differs"))
    both, left = agree + differ, len(ranked) - agree - differ
    if not both:
        return "There is no indicator on which both the director and the figures say something."
    if both == 1:
        said = (
            f"On the one indicator on which both speak, the director and the figures {'agree' if agree else 'differ'}."
        )
    elif not agree or not differ:
        every = "the two indicators" if both == 2 else f"all {both} indicators"
        said = f"On {every} on which both speak, the director and the figures {'agree' if agree else 'differ'}."
    else:
        said = (
            f"Of {both} indicators on which both speak, the director and the figures agree on {agree} and differ on "
            f"{differ}."
        )
    return said + (f" On {left} more only one of them speaks, or neither." if left else "")


def judged(scored: pd.DataFrame) -> str:
    """Say how many judgements, ours and the directors', have been recorded and resolved.

    ``scored`` is what `outlook.score` gives.

    >>> judged(pd.DataFrame(columns=["who", "judgements", "resolved", "brier"]))
    'No judgement has been recorded yet, so none can be scored.'
    >>> judged(pd.DataFrame({"who": ["perfkit"], "judgements": [40], "resolved": [12], "brier": [None]}))
    "Of 40 judgements recorded, 12 are resolved, the figures' 12. A score is shown from 30 of either side."
    """
    if scored.empty:
        return "No judgement has been recorded yet, so none can be scored."
    recorded, resolved = int(scored["judgements"].sum()), int(scored["resolved"].sum())
    each = words.join([f"{SIDES[who]} {n}" for who, n in zip(scored["who"], scored["resolved"], strict=True) if n])
    if recorded == 1:
        known = "is resolved" if resolved else "is not yet resolved"
        return f"The one judgement recorded {known}. A score is shown from 30 of either side."
    judged = f"{recorded:,} {words.plural('judgement', recorded)}"
    said = f"Of {judged} recorded, {resolved or 'none'} {words.be(resolved)} resolved"
    if scored["brier"].isna().all():
        return f"{said}{', ' + each if resolved else ''}. A score is shown from 30 of either side."
    return f"{said}{', ' + each if each else ''}. A score is the mean square of the miss: 0 is perfect, 0.25 a coin."


def questions(ranked: pd.DataFrame) -> list[str]:
    """List the questions to ask where the director and the figures differ, what matters most first.

    >>> questions(pd.DataFrame({"title": ["Visits"], "ref": ["46"], "question": ["Why?"], "place": [1]}))
    ['Visits (46): Why?']
    """
    asked = ranked[ranked["question"].fillna("") != ""].sort_values("place", kind="stable", na_position="last")
    return [f"{row.title} ({row.ref}): {row.question}" for row in asked.itertuples()]


def unprojected(ranked: pd.DataFrame) -> pd.DataFrame:
    """List the reasons why indicators have no projection, with the indicators of each and who can help."""
    none = ranked[ranked["year_end"].isna()]
    reasons = none["reason"].fillna("no target was given").map(words.sentence)
    named = none.assign(reason=reasons, indicator=none["ref"] + " " + none["title"])
    grouped = named.groupby(["reason", "data_owner"], sort=False, dropna=False)["indicator"].agg("; ".join)
    return grouped.reset_index()[list(REASONS)]


def left_out(ranked: pd.DataFrame) -> str:
    """Say of how many indicators nothing can be projected.

    >>> left_out(pd.DataFrame({"year_end": [1.0, None]}))
    'For one indicator the year-end cannot be projected.'
    """
    count = int(ranked["year_end"].isna().sum())
    if not count:
        return "Every indicator can be projected." if len(ranked) else "There are no indicators."
    if count == len(ranked) > 1:
        return f"{words.sentence(words.none_of('indicator', count))[:-1]} can be projected."
    return f"For {words.counted('indicator', count)} the year-end cannot be projected."


def past(calibrations: pd.DataFrame) -> str:
    """Say how well past outlooks of this council did, where it has been worked out.

    >>> past(pd.DataFrame())
    'How well past outlooks of this council would have done has not been worked out yet: the intervals are those of \
the benchmark.'
    """
    if calibrations.empty:
        return (
            "How well past outlooks of this council would have done has not been worked out yet: the intervals are "
            "those of the benchmark."
        )
    return str(calibrations["words"].iloc[-1])


def changes(ranked: pd.DataFrame) -> str:
    """Say how many indicators have changed, and which for the worse.

    >>> changes(pd.DataFrame({"title": ["Visits"], "ref": ["46"], "variation": ["concern low"], "chart": ["xmr"]}))
    'The one indicator with a control chart has changed for the worse: Visits (46).'
    """
    charted = ranked[ranked["chart"] == "xmr"]
    if charted.empty:
        return "No indicator has the 12 points that a control chart needs."
    worse, better = (charted[charted["variation"].str.startswith(kind)] for kind in ("concern", "improvement"))
    same = len(charted) - len(worse) - len(better)
    named = [f"{title} ({ref})" for title, ref in zip(worse["title"], worse["ref"], strict=True)]
    if len(charted) == 1:
        how = f"has changed for the worse: {named[0]}" if named else "has changed for the better"
        return f"The one indicator with a control chart {'shows no significant change' if same else how}."
    said = f"{_changed(len(worse), len(better), len(charted))}."
    return said + (f" For the worse: {words.some(named)}." if named else "")


def _changed(worse: int, better: int, charted: int) -> str:
    same, none = charted - worse - better, words.none_of("indicator", charted)
    if same == charted:
        return f"{none[:1].upper()}{none[1:]} with a control chart shows a significant change"
    said = f"Of {words.counted('indicator', charted)} with a control chart, {_none(worse, charted)} "
    said += f"{'have' if worse > 1 else 'has'} changed for the worse"
    if not same:
        return f"{said} and {_none(better, charted)} for the better"
    shows = "show" if same > 1 else "shows"
    return f"{said}, {_none(better, charted)} for the better and {_none(same, charted)} {shows} no significant change"


def _none(number: int, charted: int) -> str:
    """Write a part of those charted as their number is written: in words below ten, else in figures."""
    return (words.count_word(number) if charted < 10 else f"{number:,}") if number else "none"


AGREEMENT = {
    "view": "The director's view",
    "likely": "Figures: likely",
    "uncertain": "Figures: uncertain",
    "unlikely": "Figures: unlikely",
    "none": "Nothing said",
    "all": "All",
}
UNCHARTED = {"reason": "Why there is no control chart", "indicator": "Indicators"}


def agreement_table(ranked: pd.DataFrame) -> pd.DataFrame:
    """Count how the director's view and the probability go together: a row a view, a column a verdict.

    >>> ranked = pd.DataFrame({"director_view": ["on track", ""], "verdict": ["unlikely", ""]})
    >>> agreement_table(ranked)[["view", "unlikely", "none", "all"]].values.tolist()
    [['on track', 1, 0, 1], ['off track', 0, 0, 0], ['neither', 0, 1, 1]]
    """
    view, verdict = ranked["director_view"].replace("", "neither"), ranked["verdict"].replace("", "none")
    rows = []
    for name in ("on track", "off track", "neither"):
        mine = verdict[view == name]
        rows.append(
            {"view": name, **{word: int((mine == word).sum()) for word in (*VERDICTS, "none")}, "all": len(mine)}
        )
    return pd.DataFrame(rows)


def uncharted(ranked: pd.DataFrame) -> pd.DataFrame:
    """List the reasons why indicators that have figures have no control chart, with the indicators of each."""
    none = ranked[(ranked["chart"] != "xmr") & ranked["last_value"].notna()]
    named = none["ref"] + " " + none["title"]
    grouped = named.groupby(none["not_charted"], sort=False).agg("; ".join)
    return pd.DataFrame({"reason": grouped.index.to_numpy(object), "indicator": grouped.to_numpy(object)})


def rules(points: pd.DataFrame, weights: Mapping[str, float], calibrations: pd.DataFrame) -> list[str]:
    """List the rules that made the page, for its foot."""
    used = sorted(points["rule_set"].dropna().unique()) if "rule_set" in points else []
    each = words.join(f"{name} {weight:g}" for name, weight in weights.items())
    widen = 1.0 if calibrations.empty else float(calibrations["widen"].iloc[-1])
    return [
        *(f"Control charts follow the rule set {name}." for name in used),
        "Below 12 points a run chart with its median, no icons; 12 to 19 points, limits on trial.",
        f"Weights of the priorities: {each}." if each else "Priorities weigh alike.",
        f"Intervals are drawn {'' if widen == 1 else f'{widen:g} times '}as wide as the benchmark's.",
        "Likely from 80%, unlikely up to 20%; a question is asked where the director's view is on track and the "
        "probability is below 25%, or off track and above 75%.",
        "The director's view is on track where the rating is green and the outlook not deteriorating, or amber and "
        "improving; off track where the outlook is deteriorating, or the rating red and the outlook not improving; "
        "else neither.",
    ]
