"""Words that say the opposite of the rating beside them."""

from __future__ import annotations

import re

import pandas as pd

from perfkit.intake.records import warning
from perfkit.model import periods
from perfkit.model.errors import Issue

_NOT = r"(?:\bnot|\bcannot|n[’']t|\bnever|\bno longer)"
_TARGET = r"\b(?:target|standard|milestone)s?"
_MISSED = (
    rf"{_TARGET}(?: was| were| is| has been| have been)? missed\b"
    rf"|{_TARGET}(?: was| were| is| are| has| have| had| will)?(?: not|n[’']t)(?: be| been| yet| quite| fully)*"
    r" (?:met|achieved|reached)\b"
    r"|\boff target\b|\bbehind (?:target|schedule|plan)\b"
    rf"|{_NOT}(?: yet| quite| currently| fully)* on (?:target|track)\b"
    r"|\bfail(?:s|ed|ing)? to (?:meet|achieve|reach)(?: the| its| our)? target"
    rf"|(?:{_NOT}|\bunlikely to)(?: be)? (?:met|meet|achieved?|reach(?:ed)?)(?: the| its| our)? target"
)
_REACHED = (
    r"\bon (?:target|track)\b|\bahead of (?:target|schedule|plan)\b"
    rf"|{_TARGET}(?: was| were| is| has been| have been)? (?:met|achieved|reached)\b"
)
_ABOVE = (
    r"\b(?:above|exceed(?:s|ed|ing)) (?:the |its |our )?target\b"
    rf"|{_TARGET}(?: was| were| is| has been| have been)? exceeded\b"
)
_BELOW = r"\bbelow (?:the |its |our )?target\b"
_NOT_FINAL = re.compile(
    r"\b(?:provisional|(?:an |only )?estimate[sd]?|subject to (?:change|revision|validation)"
    r"|not (?:yet )?(?:final|validated)"
    r"|draft figures?|to be confirmed|awaiting (?:final|validat)\w*)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    rf"{_NOT}\b|\b(?:no|none|neither|nor|to get|back|before|until|unless|if|would|could|should|can|must|may|might|will"
    r"|to be|being|getting|risk\w*|hope\w*|aim\w*|expect\w*|forecast\w*|unlikely|far from|nowhere|fail\w*"
    r"|last (?:year|quarter|month)|previous\w*|next (?:year|quarter|month)|but|however|although|recovered)\b",
    re.IGNORECASE,
)
"""What makes of a plain statement a denial, a hope, a condition or a word about another time."""
_NONE = re.compile(r"\b(?:no|none|never)\b", re.IGNORECASE)


_FIGURES = r"\b(?:figures?|data|results?|values?)(?: (?:shown|given|reported|used|available|here|above|we have))?"
_EARLIER = r"(?:the )?(?:last|previous|prior) quarter(?:['’]?s)?"
_CARRIED = r"(?:(?:is|are|was|were|has been|have been) )?(?:used|shown|given|reported|repeated|carried forward)\b"
_OTHER_QUARTER = re.compile(
    rf"{_FIGURES} (?:is|are|relates? to|refers? to)(?: (?:still|only|the|that|those|for|from|of|as at))*"
    rf" (?:(?:Q|Qtr |Quarter )(?P<number>[1-4])\b|{_EARLIER}(?! than\b))"
    rf"|\b(?:(?:Q|Qtr |Quarter )(?P<before>[1-4])|{_EARLIER}) (?:figures?|data|results?) {_CARRIED}",
    re.IGNORECASE,
)
"""What says that a figure is that of another quarter; to compare it with one says no such thing."""


def _speaking(*more: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give what says that a target was missed and what that it was met, with words for above and below it."""
    missed, reached = ("|".join(some) for some in ((_MISSED, *more[:1]), (_REACHED, *more[1:])))
    return re.compile(missed, re.IGNORECASE), re.compile(reached, re.IGNORECASE)


_BY_POLARITY = {"higher": _speaking(_BELOW, _ABOVE), "lower": _speaking(_ABOVE, _BELOW)}
_PLAIN = _speaking()
"""Where nobody says which side of a target is the good one, above and below it say nothing."""


def comments(assessments: pd.DataFrame, *, indicators: pd.DataFrame) -> list[Issue]:
    """Tell of green ratings whose reason says that the target was missed, and red ones that say it was met.

    Columns used: ``subject, rag, reason, file, sheet, cell``; of indicators ``indicator, polarity``. Only plain
    statements count: a sentence that says "not", "back on track" or "will be" is left alone, and so is a reason that
    says both, since that is an explanation. Above and below a target mean what the polarity says.
    """
    said = assessments[assessments["rag"].isin(("green", "red")) & assessments["reason"].notna()]
    polarities = dict(zip(indicators["indicator"], indicators["polarity"], strict=True))
    issues = []
    for row in said.to_dict("records"):
        if phrase := _against(row["rag"], row["reason"], polarities.get(row["subject"], "")):
            found = f'the rating {row["rag"]} beside a reason that says "{phrase}"'
            action = "Correct the rating, or say in the reason why it stands."
            issues.append(warning(row, found, "a rating and a reason that agree", action))
    return issues


def _against(rag: str, text: str, polarity: str = "") -> str:
    """Give the words that speak against a rating.

    >>> _against("red", "The target was met in June."), _against("red", "Back on track by March.")
    ('target was met', '')
    >>> _against("green", "Target missed by two visits."), _against("green", "No target was missed.")
    ('Target missed', '')
    >>> _against("green", "Deaths are below target.", "lower"), _against("green", "Below target.", "higher")
    ('', 'Below target')
    """
    missed, reached = _BY_POLARITY.get(polarity, _PLAIN)
    against = missed if rag == "green" else reached
    explained = reached.search(missed.sub("", text)) if rag == "green" else missed.search(text)
    for sentence in re.split(r"[.;!?]\s+", text) if not explained else ():
        match = against.search(sentence)
        if match and not _LEFT_OPEN.search(f"{sentence[: match.start()]} ; {sentence[match.end() :]}"):
            return match.group()
    return ""


def statuses(observations: pd.DataFrame, assessments: pd.DataFrame) -> list[Issue]:
    """Tell of figures called final whose reason says that they are not.

    Columns used: ``indicator, status, file, sheet, cell``; of assessments ``file, subject, reason``.
    """
    said = _reasons(assessments)
    issues = []
    for row in observations[observations["status"] == "final"].to_dict("records"):
        reason = said.get((row["file"], row["indicator"]), "")
        match = _NOT_FINAL.search(reason)
        if match and not _NONE.search(reason):
            found = f'the status final beside a reason that says "{match.group()}"'
            action = "Set the status to provisional, or correct the reason."
            issues.append(warning(row, found, "a status and a reason that agree", action))
    return issues


def quarters(observations: pd.DataFrame, assessments: pd.DataFrame) -> list[Issue]:
    """Tell of figures whose reason says that they are another quarter's.

    Columns used: ``indicator, value, period, report_period, file, sheet, cell``; of assessments ``file, subject,
    reason``. A figure that always comes late bears its own quarter, and the reason may name it.
    """
    said = _reasons(assessments)
    issues = []
    for row in observations[observations["value"].notna()].to_dict("records"):
        match = _OTHER_QUARTER.search(said.get((row["file"], row["indicator"]), ""))
        if match and not _is_own(row, match["number"] or match["before"]):
            found = f'a figure for {row["period"]} beside a reason that says "{match.group()}"'
            action = f"Type [x] if there is no figure for {row['period']} yet, or correct the reason."
            issues.append(warning(row, found, "a figure of the quarter that it is given for", action))
    return issues


def _is_own(row: dict[str, str], number: str | None) -> bool:
    """Say whether a figure is of the quarter with a number; without one, of a quarter before that of its report."""
    own = periods.parse(row["period"])
    return row["period"] != row["report_period"] if number is None else getattr(own, "quarter", None) == int(number)


def _reasons(assessments: pd.DataFrame) -> dict[tuple[str, str], str]:
    given = assessments[assessments["reason"].notna()]
    return dict(zip(zip(given["file"], given["subject"], strict=True), given["reason"], strict=True))


def achievements(commentary: pd.DataFrame, assessments: pd.DataFrame, *, indicators: pd.DataFrame) -> list[Issue]:
    """Tell of achievements that speak of an indicator which is rated red for the same quarter."""
    red = assessments[(assessments["subject_kind"] == "indicator") & (assessments["rag"] == "red")]
    rated = set(zip(red["period"], red["subject"], strict=True))
    titles = dict(zip(indicators["indicator"], indicators["ref"], strict=True))
    issues = []
    for row in commentary[commentary["kind"] == "achievement"].to_dict("records"):
        for indicator in _spoken_of(row):
            if (row["period"], indicator) in rated:
                found = f"an achievement about indicator {titles.get(indicator, indicator)}, which is rated red"
                action = "Correct the rating, or move the point to the issues."
                issues.append(warning(row, found, "achievements about indicators that do well", action))
    return issues


def _spoken_of(row: dict[str, str]) -> list[str]:
    listed = [] if pd.isna(row["indicators"]) else row["indicators"].split()
    return [row["subject"]] if row["subject_kind"] == "indicator" else listed
