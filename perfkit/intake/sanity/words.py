"""Words that say the opposite of the rating beside them."""

from __future__ import annotations

import re

import pandas as pd

from perfkit.intake.records import warning
from perfkit.model.errors import Issue

_MISSED = re.compile(
    r"\b(?:(?:target|standard|milestone)s? (?:was |were |is |has been |have been |will be )?"
    r"(?:missed|not (?:been )?(?:met|achieved|reached))|below (?:the )?target|off target"
    r"|behind (?:target|schedule|plan)"
    r"|(?:will not|unlikely to|did not|cannot|not) (?:be )?(?:met|meet|achieved?|reach(?:ed)?)(?: the| its)? target)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"(?<!not )\b(?:on target|on track|above (?:the )?target|ahead of (?:target|schedule|plan)"
    r"|exceed(?:s|ed|ing) (?:the |its )?target|(?:target|standard|milestone)s? (?:was |were |is |has been |have been )?"
    r"(?:met|achieved|exceeded|reached))\b",
    re.IGNORECASE,
)
_NOT_FINAL = re.compile(
    r"\b(?:provisional|(?:an |only )?estimate[sd]?|subject to (?:change|revision|validation)"
    r"|not (?:yet )?(?:final|validated)"
    r"|draft figures?|to be confirmed|awaiting (?:final|validat)\w*)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no longer|to get|back|before|until|if|would|expected to be|will be)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|none|never)\b", re.IGNORECASE)
_WRONG = {"green": (_MISSED, _REACHED), "red": (_REACHED, _MISSED)}
"""What speaks against a rating, and what in the same reason explains it."""


def comments(assessments: pd.DataFrame) -> list[Issue]:
    """Tell of green ratings whose reason says that the target was missed, and red ones that say it was met.

    Columns used: ``rag, reason, file, sheet, cell``. Only plain statements count: a sentence that says "not", "back on
    track" or "will be" is left alone, and so is a reason that says both, since that is an explanation.
    """
    said = assessments[assessments["rag"].isin(list(_WRONG)) & assessments["reason"].notna()]
    issues = []
    for row in said.to_dict("records"):
        if phrase := _against(row["rag"], row["reason"]):
            found = f'the rating {row["rag"]} beside a reason that says "{phrase}"'
            action = "Correct the rating, or say in the reason why it stands."
            issues.append(warning(row, found, "a rating and a reason that agree", action))
    return issues


def _against(rag: str, text: str) -> str:
    """Give the words that speak against a rating.

    >>> _against("red", "The target was met in June."), _against("red", "Back on track by March.")
    ('target was met', '')
    >>> _against("green", "Target missed by two visits."), _against("green", "No target was missed.")
    ('Target missed', '')
    """
    against, explains = _WRONG[rag]
    for sentence in re.split(r"[.;!?]\s+", text) if not explains.search(text) else ():
        match = against.search(sentence)
        if match and not (rag == "red" and _DENIED.search(sentence)) and not _NONE.search(sentence):
            return match.group()
    return ""


def statuses(observations: pd.DataFrame, assessments: pd.DataFrame) -> list[Issue]:
    """Tell of figures called final whose reason says that they are not.

    Columns used: ``indicator, status, file, sheet, cell``; of assessments ``file, subject, reason``.
    """
    given = assessments[assessments["reason"].notna()]
    said = dict(zip(zip(given["file"], given["subject"], strict=True), given["reason"], strict=True))
    issues = []
    for row in observations[observations["status"] == "final"].to_dict("records"):
        reason = said.get((row["file"], row["indicator"]), "")
        match = _NOT_FINAL.search(reason)
        if match and not _NONE.search(reason):
            found = f'the status final beside a reason that says "{match.group()}"'
            action = "Set the status to provisional, or correct the reason."
            issues.append(warning(row, found, "a status and a reason that agree", action))
    return issues


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
