"""The forms a target is written in: each reader takes tidy lower-case text and gives the fields it means, or None."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from perfkit.model import due
from perfkit.model.errors import ParseError
from perfkit.model.spellings import NUMBER, number, written

Fields = dict[str, Any]

NONE_WORDS = {
    "": "blank",
    "tbc": "to be confirmed",
    "tba": "to be confirmed",
    "tbd": "to be confirmed",
    "to be confirmed": "to be confirmed",
    "to be agreed": "to be confirmed",
    "to be set": "to be confirmed",
    "no target": "no target",
    "no target set": "no target",
    "none": "no target",
    "not set": "no target",
    "n/a": "no target",
    "na": "no target",
    "not applicable": "no target",
    "-": "no target",
    "data only": "data only",
    "monitoring only": "data only",
    "monitor only": "data only",
    "for information": "data only",
    "for information only": "data only",
    "contextual": "data only",
    "tracked only": "data only",
}
COUNTED = ("count", "hours", "count pair")
"""Units of which a target is a plain number: a percentage or a negative one is a slip."""

_BEFORE = (
    (r">=|=>|≥|⩾|at least|(?:a )?minimum(?: of)?|min\.?|no less than|not less than|no fewer than", "at least", False),
    (
        r"<=|=<|≤|⩽|at most|(?:a )?maximum(?: of)?|max\.?|no more than|not more than|up to|not exceeding",
        "at most",
        False,
    ),
    (r">|more than|over|above|greater than|higher than|exceeding|exceeds?", "at least", True),
    (r"<|less than|under|below|fewer than|lower than", "at most", True),
)
_AFTER = (
    (r"(?:or|and) (?:above|more|over|higher|better)|\+", "at least", False),
    (r"(?:or|and) (?:below|less|fewer|under|lower)", "at most", False),
)
_BASES = (
    (r"(?:per|a|each|every|/) ?(?:quarter|qtr)|quarterly", "quarter"),
    (r"(?:per|a|each|every|/) ?month|monthly", "month"),
    (r"(?:per|a|each|every|/) ?(?:year|annum)|p\.?a\.?|yearly|annual(?:ly)?", "year"),
)
_TIMES = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1440, "week": 10080, "month": None, "year": None}
_TIME_UNIT = r"(?:(?:working|calendar) )?(minute|min|hour|hr|day|week|month|year)s?"
_DATE = re.compile(
    r"(?:(?:19|20)[0-9]{2}-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ t][0-9:.]+)?"
    r"|[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{2}|[0-9]{4})"
    r"|[0-9]{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[- ][0-9]{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ][0-9]{1,4})"
)
_DONE = re.compile(
    r"\b(?:complet|deliver|implement|launch|approv|publish|adopt|agree|finish|submit|sign|open|in place|produced|"
    r"milestone)"
)
_COMPARATORS = (
    (r"(?:top|upper|best|first|1st) (?:quartile|25%)(?: performance| nationally)?", "top quartile"),
    (r"top half|median", "median"),
    (r"(?:the )?(?:national|england|english|uk) (?:average|mean)", "national average"),
    (r"(?:the )?(?:regional|region|south east) (?:average|mean)", "regional average"),
    (
        r"(?:the )?(?:average of (?:the |our )?)?(?:statistical neighbours?|sn)(?: (?:average|mean))?",
        "statistical neighbours",
    ),
    (
        r"(?:the )?(?:average of (?:the |our )?)?(?:cipfa )?nearest neighbours?(?: (?:average|mean))?",
        "nearest neighbours",
    ),
)
_OR = {"above": "at or above", "below": "at or below", "better": "better than"}
_RELATIONS = (
    (r"at or above|at least|above or equal to|equal to or above", "at least", False),
    (r"at or below|at most|below or equal to|equal to or below", "at most", False),
    (r"above|over|higher than|more than|exceeding|exceed|>", "at least", True),
    (r"below|under|lower than|less than|<", "at most", True),
    (r"better than|in line with|in|within|in the|match|same as|=|", "", False),
)


class TargetError(ParseError):
    """A target that cannot be understood, or that cannot be meant; `suggestion` is what may have been."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def none(text: str) -> Fields | None:
    """Read the explicit kinds of "no target": blank, TBC, No target, Data only."""
    why = NONE_WORDS.get(text.rstrip(" ."))
    return None if why is None else {"kind": "none", "why": why}


def date(text: str) -> Fields | None:
    """Refuse a date, which Excel makes of 3-5."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    suggestion = f"{int(match['day'])}-{int(match['month'])}" if match["month"] else None
    raise TargetError("a date; Excel makes dates of ranges such as 3-5. Type it as text.", suggestion)


def comparator(text: str) -> Fields | None:
    """Read a target relative to others: top quartile, above national average, statistical neighbours."""
    rest, by = due.split(text)
    if after := re.fullmatch(r"(.+ (?:average|mean|quartile|median|neighbours)) or (above|better|below)", rest):
        rest = f"{_OR[after[2]]} {after[1]}"
    for relation, direction, strict in _RELATIONS:
        for words, name in _COMPARATORS:
            if re.fullmatch(rf"(?:{relation}) ?(?:the )?(?:{words})", rest):
                return {"kind": "comparator", "comparator": name, "due": by, "direction": direction, "strict": strict}
    return None


def milestone(text: str) -> Fields | None:
    """Read something to be completed, with the period it is due by where one is given."""
    rest, by = due.split(text)
    if not _DONE.search(rest) or re.search(r"[0-9%]", rest) or re.match(r"increas|reduc|decreas|maintain", rest):
        return None
    return {"kind": "milestone", "due": by}


def change(text: str) -> Fields | None:
    """Read a change against the baseline: Increase of 36%, Reduce by 15%, 5% reduction."""
    rest, by = due.split(text)
    amount = rf"(?P<amount>{NUMBER}) ?(?P<mark>%|(?:percentage )?points?|pp)?"
    up, down = r"increase[sd]?|rise|grow(?:th)?", r"reduc(?:e|ed|tion)|decreas(?:e|ed)|fall|cut|drop"
    for words, sign in ((up, 1), (down, -1)):
        match = re.fullmatch(
            rf"(?:an? )?(?:{words}) (?:of |by )?{amount}(?: (?:on|from|against) (?:the )?baseline)?", rest
        )
        match = match or re.fullmatch(
            rf"(?:an? )?{amount} (?:{words})(?: (?:on|from|against) (?:the )?baseline)?", rest
        )
        if match:
            low = sign * _positive(match["amount"])
            mark = {"%": "%", None: ""}.get(match["mark"], "points")
            return {"kind": "change", "low": float(low), "mark": mark, "relative": mark == "%", "due": by,
                    "direction": "at least" if sign > 0 else "at most"}  # fmt: skip
    for words, direction in ((up, "at least"), (down, "at most"), ("improve(?:ment)?", "")):
        if re.fullmatch(rf"(?:an? )?(?:{words})(?: (?:on|from|against) (?:the )?(?:baseline|last year))?", rest):
            return {"kind": "change", "low": 0.0, "strict": True, "due": by, "direction": direction}
    return None


def maintain(text: str) -> Fields | None:
    """Read a target to stay at the baseline."""
    if re.fullmatch(
        r"(?:to )?(?:be )?maintain(?:ed)?(?: (?:current |existing |the )*(?:level|levels|performance|baseline))?", text
    ):
        return {"kind": "maintain"}
    return None


def band(text: str, unit: str) -> Fields | None:
    """Read a band about the baseline: ±4.5%. Of a percentage it is in points."""
    match = re.fullmatch(rf"(?:within )?(?:±|\+ ?/ ?-|\+ ?-) ?(?P<half>{NUMBER}) ?(?P<mark>%)?", text)
    if match is None:
        return None
    half = float(_positive(match["half"]))
    mark = "%" if match["mark"] or unit == "percent" else ""
    return {"kind": "band", "low": -half, "high": half, "mark": mark, "relative": bool(mark) and unit != "percent"}


def figure(text: str, unit: str) -> Fields | None:
    """Read one threshold, a range, a pair or a duration, with its direction, basis and due period."""
    rest, by = due.split(re.sub(r"\b(?:zero|nil)\b", "0", text))
    rest, direction, strict = _split_direction(rest)
    rest, basis = _split_basis(rest, unit)
    fields = (
        _pair(rest, unit) or _range(rest, unit) or _share(rest, unit) or _duration(rest, unit) or _single(rest, unit)
    )
    if fields is None:
        return None
    if direction and fields["kind"] in ("range", "pair"):
        raise TargetError(f"a {fields['kind']} with a direction before or after it; leave the direction out.")
    return {**fields, "direction": direction, "strict": strict, "basis": basis, "due": by}


def _split_direction(text: str) -> tuple[str, str, bool]:
    for words, direction, strict in _BEFORE:
        if match := re.match(rf"(?:{words}) ?(?=[-£0-9.])", text):
            return text[match.end() :].strip(), direction, strict
    for words, direction, strict in _AFTER:
        if match := re.search(rf"(?<=[0-9%a-z]) ?(?:{words})(?= per | a | each |$)", text):
            return (text[: match.start()] + text[match.end() :]).strip(), direction, strict
    return text, "", False


def _split_basis(text: str, unit: str) -> tuple[str, str]:
    for words, basis in _BASES:
        if match := re.search(rf"(?:(?<=[ )%])|(?<=[0-9]))(?:{words})$", text):
            return text[: match.start()].strip(), basis
    if match := re.search(r" per (?:1,?000|10,?000|100,?000)$", text):
        return text[: match.start()].strip(), ""
    if unit and text.endswith(f" {unit.lower()}") and unit.lower().rstrip("s") not in _TIMES:
        return text[: -len(unit) - 1].strip(), ""
    return text, ""


def _pair(text: str, unit: str) -> Fields | None:
    match = re.fullmatch(rf"(?P<all>{NUMBER}) ?(?:/|,? ?\(?of which:?) ?(?P<part>{NUMBER})\)?", text)
    if match is None:
        return None
    whole, part = _figure(match["all"], unit, ""), _figure(match["part"], unit, "")
    if part > whole:
        raise TargetError(
            "a pair whose 'of which' is more than the whole; put the whole first.", f"{match['part']}/{match['all']}"
        )
    return {"kind": "pair", "low": whole, "second": part, "mark": "%" if unit == "percent" else ""}


def _range(text: str, unit: str) -> Fields | None:
    pattern = rf"(?:between )?(?P<low>{NUMBER}) ?(?P<one>%)? ?(?:-|to|and) ?(?P<high>{NUMBER}) ?(?P<two>%)?"
    match = re.fullmatch(pattern, text)
    if match is None or not re.search("[0-9]", match["low"]):
        return None
    percent = "%" if match["one"] or match["two"] else ""
    low, high = _figure(match["low"], unit, percent), _figure(match["high"], unit, percent)
    if low > high or (1990 <= low <= 2100 and high == low + 1):
        better = None if low <= high else f"{written(high)}-{written(low)}{percent}"
        raise TargetError("a range whose first figure is the greater, or a year.", better)
    return {"kind": "range", "low": low, "high": high, "mark": _mark(percent, text, unit)}


def _share(text: str, unit: str) -> Fields | None:
    match = re.fullmatch(r"([0-9]{1,6}) in ([0-9]{1,6})", text)
    if match is None:
        return None
    part, whole = int(match[1]), int(match[2])
    if not whole > 0 or part > whole:
        raise TargetError("a share of more than all, or of none.")
    return {"kind": "threshold", "low": _checked(Decimal(100 * part) / whole, unit, "%"), "mark": "%"}


def _duration(text: str, unit: str) -> Fields | None:
    match = re.fullmatch(rf"(?P<amount>{NUMBER}) ?{_TIME_UNIT}", text)
    if match is None:
        return None
    amount, own = _positive(match["amount"]), match[2]
    wanted = unit.lower().rstrip("s")
    if wanted in _TIMES and wanted != own:
        ours, theirs = _TIMES[own], _TIMES[wanted]
        if ours is None or theirs is None:
            raise TargetError(f"{own}s for a figure in {unit}; write it in {unit}.")
        amount, own = amount * ours / theirs, wanted
    return {"kind": "duration", "low": float(amount), "mark": f"{own}s"}


def _single(text: str, unit: str) -> Fields | None:
    match = re.fullmatch(rf"(?P<figure>{NUMBER}) ?(?P<mark>%|per ?cent|pct)?", text)
    if match is None or not re.search("[0-9]", text):
        return None
    percent = "%" if match["mark"] else ""
    return {
        "kind": "threshold",
        "low": _figure(match["figure"], unit, percent),
        "mark": _mark(percent, text, unit),
    }


def _mark(percent: str, text: str, unit: str) -> str:
    if percent or unit == "percent":
        return "%"
    return "£" if "£" in text and not unit.startswith("£") else ""


def _figure(text: str, unit: str, percent: str) -> float:
    try:
        value = number(text)
    except ParseError as error:
        raise TargetError("a text that is no figure.") from error
    if "£" in text or re.search("[a-z]", text):
        value = value.scaleb({"£m": -6, "£ million": -6, "£k": -3, "£000": -3}.get(unit.lower(), 0))
    return _checked(value, unit, percent)


def _checked(value: Decimal, unit: str, percent: str) -> float:
    if value < 0 and unit in ("", *COUNTED):
        raise TargetError("a negative target; a count has none, so the dash may be a stray.", written(-float(value)))
    if percent and unit in COUNTED:
        raise TargetError(f"a percentage for a figure counted in {unit}.")
    return float(value)


def _positive(text: str) -> Decimal:
    try:
        value = number(text)
    except ParseError as error:
        raise TargetError("a text that is no figure.") from error
    if value < 0:
        raise TargetError("a negative amount; give it without the dash.", written(-float(value)))
    return value
