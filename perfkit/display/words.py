"""English of counts and figures: agreement, lists, units, and the sentences that open a report."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable, Mapping

import pandas as pd

from perfkit.model import lists, periods

NO_VALUE = "no value"
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_RATES = {"a day": "a day", "people a day": "a day", "a month": "a month", "a quarter": "a quarter"}
_NAMED = ("hours", "days", "people", "weeks", "months", "times", "points")
_POUNDS = ("£", "gbp", "pounds", "pound")
MILLIONS = "£m"
"""The unit of pounds that stand beside millions."""
_TOO_SMALL = 50_000
_YEAR = r"(?:19|20)\d\d"
_THOUSANDS = re.compile(
    rf"(?<![\w.,]){_YEAR}[-/]\d\d(?!\d)|(?:by|in|since|[A-Z][a-z]{{2,8}}) {_YEAR}\b|(?<![\w.,])(\d{{4,}})(?![\w,])"
)
join = lists.join
"""Join items as a sentence does."""


def plural(noun: str, count: float) -> str:
    """Give a noun in the number that its count asks for.

    >>> plural("indicator", 1), plural("indicator", 0), plural("authority", 2)
    ('indicator', 'indicators', 'authorities')
    """
    if count == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def are(count: float) -> str:
    """Give the verb that a count asks for.

    >>> are(1), are(2), are(0)
    ('is', 'are', 'are')
    """
    return "is" if count == 1 else "are"


def be(count: float) -> str:
    """Give the verb that a count asks for which is written as none where it is nought.

    >>> be(0), be(1), be(2)
    ('is', 'is', 'are')
    """
    return "is" if count < 2 else "are"


def capital(text: str) -> str:
    """Begin a text with a capital, and leave the rest as it is.

    >>> capital("no NHS figure"), capital("")
    ('No NHS figure', '')
    """
    return text[:1].upper() + text[1:]


def count_word(count: int) -> str:
    """Write a count as prose does: no, one to nine, then figures.

    >>> count_word(0), count_word(3), count_word(12), count_word(1234)
    ('no', 'three', '12', '1,234')
    """
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def counted(noun: str, count: int) -> str:
    """Write a count and its noun.

    >>> counted("indicator", 0), counted("outcome", 1), counted("outcome", 23)
    ('no indicators', 'one outcome', '23 outcomes')
    """
    return f"{count_word(count)} {plural(noun, count)}"


def some(items: Iterable[object], *, most: int = 6, last: str = "and") -> str:
    """Join items as a sentence does, naming no more than can be read aloud and counting the others.

    >>> some(["a", "b", "c", "d"], most=2), some(["a", "b", "c"], most=2)
    ('a, b and 2 others', 'a, b and c')
    """
    words = [str(item) for item in items]
    if len(words) <= most + 1:
        return join(words, last=last)
    return join([*words[:most], f"{len(words) - most:,} others"], last=last)


def every(noun: str, total: int) -> str:
    """Name all of a number of things: the one, both, or all so many.

    >>> every("indicator", 1), every("indicator", 2), every("indicator", 12)
    ('the one indicator', 'both indicators', 'all 12 indicators')
    """
    return f"the one {noun}" if total == 1 else f"{'both' if total == 2 else f'all {total:,}'} {plural(noun, total)}"


def none_of(noun: str, total: int) -> str:
    """Name none of two or more things; of one thing say "the one" and "not".

    >>> none_of("indicator", 2), none_of("indicator", 12)
    ('neither indicator', 'none of the 12 indicators')
    """
    return f"neither {noun}" if total == 2 else f"none of the {total:,} {plural(noun, total)}"


def shortened(text: str, letters: int) -> str:
    """Cut a text after a word, so that it and the sign for what is left out fit.

    >>> shortened("Awaiting nursing home placement", 20), shortened("Housing", 20)
    ('Awaiting nursing…', 'Housing')
    """
    if len(text) <= letters:
        return text
    whole = text[:letters].rsplit(" ", 1)[0] if " " in text[:letters] else text[: letters - 1]
    return f"{whole[: letters - 1].rstrip(' ,;:')}…"


def in_two_lines(text: str, letters: int) -> str:
    """Break a text into at most two lines, cutting what is too long for them.

    >>> in_two_lines("Awaiting nursing home placement", 20).split("\\n")
    ['Awaiting nursing', 'home placement']
    """
    lines = textwrap.wrap(text, letters)
    return "\n".join([*lines[:1], *([shortened(" ".join(lines[1:]), letters)] if lines[1:] else [])])


def in_the(text: str) -> str:
    """Give a region that is named by its direction the article that English asks for.

    >>> in_the("mean of authorities in South East"), in_the("authorities in England"), in_the("in London")
    ('mean of authorities in the South East', 'authorities in England', 'in London')
    """
    return re.sub(r"\bin (?=(?:North|South|East|West|Midlands)\b)", "in the ", text)


def sentence(words: str) -> str:
    """Begin with a capital and end with a full stop.

    >>> sentence("no indicators are red")
    'No indicators are red.'
    """
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".") if words else ""


def span(starts: pd.Timestamp, ends: pd.Timestamp) -> str:
    """Write the time from one day to another: by months where it is of whole months, else by days.

    >>> span(pd.Timestamp("2017-09-01"), pd.Timestamp("2017-10-31"))
    'September to October 2017'
    >>> span(pd.Timestamp("2017-10-20"), pd.Timestamp("2017-10-20"))
    '20 October 2017'
    """
    whole = starts.is_month_start and ends.is_month_end
    first, last = (
        f"{'' if whole else f'{day.day} '}{periods.MONTHS[day.month - 1]} {day.year}" for day in (starts, ends)
    )
    if first == last:
        return last
    return f"{first.removesuffix(f' {ends.year}')} to {last}"


def missing(value: object) -> bool:
    """Tell whether a value is missing, whatever kind of missing it is.

    >>> missing(float("nan")), missing(None), missing(pd.NA), missing(0), missing("")
    (True, True, True, False, True)
    """
    return bool(value is None or value is pd.NA or value is pd.NaT or value != value or value == "")


def number(value: object, unit: str = "", decimals: int | None = None) -> str:
    """Write a figure with its unit; a missing one as "no value".

    ``decimals`` None shows whole numbers whole and others to one place. A percentage is 67.0, not 0.67. Halves round
    away from zero, as a reader with a calculator expects. Text that is no number is given back as it is.

    >>> number(12345), number(67, "percent", 1), number(1_400_000, "£"), number(27.71, "people a day", 1)
    ('12,345', '67.0%', '£1.4m', '27.7 a day')
    >>> number(float("nan"), "percent"), number(-3.25, "points", 1), number(8920, "hours"), number(-1, "points")
    ('no value', '−3.3 points', '8,920 hours', '−1 point')
    >>> number(800_000, "£"), number(800_000, MILLIONS), number(90_000, MILLIONS), number(1_250, MILLIONS)
    ('£800,000', '£0.8m', '£0.09m', '£1,250')
    """
    if missing(value):
        return NO_VALUE
    amount = _amount(value)
    if amount is None:
        return str(value)
    if not math.isfinite(amount):
        return NO_VALUE
    if unit.lower() in _POUNDS:
        return _pounds(amount, decimals)
    if unit == MILLIONS:
        return _millions(amount, decimals)
    digits = figure(amount, decimals)
    if unit == "percent" or unit == "%":
        return f"{digits}%"
    tail = _RATES.get(unit) or (unit if unit in _NAMED else "")
    tail = tail[:-1] if digits.lstrip("−") == "1" and tail.endswith("s") else tail
    return f"{digits} {tail}" if tail else digits


def _amount(value: object) -> float | None:
    if isinstance(value, str):
        return None
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def figure(amount: float, decimals: int | None = None) -> str:
    """Write a number alone, with thousands separators and a true minus sign.

    >>> figure(1234.5), figure(2.675, 2), figure(-0.04, 1), figure(7.0)
    ('1,234.5', '2.68', '0.0', '7')
    """
    places = decimals if decimals is not None else (0 if float(amount).is_integer() else 1)
    rounded = _round_half_up(amount, places)
    return f"{'−' if rounded < 0 else ''}{abs(rounded):,.{places}f}"


def _round_half_up(amount: float, places: int) -> float:
    scaled = abs(amount) * 10**places
    # 2.675 is held as 2.67499...; the reader sees 2.675, so the hair's breadth is given back before rounding.
    return math.copysign(math.floor(scaled + 0.5 + 1e-9 * max(1.0, scaled)) / 10**places, amount)


def _pounds(amount: float, decimals: int | None) -> str:
    size, sign = abs(amount), "−" if amount < 0 else ""
    for scale, letter in ((1e9, "bn"), (1e6, "m")):
        if size >= scale:
            return f"{sign}£{figure(size / scale, 1 if decimals is None else decimals)}{letter}"
    return f"{sign}£{figure(size, decimals if decimals is not None else (0 if size.is_integer() else 2))}"


def _millions(amount: float, decimals: int | None) -> str:
    """Write pounds beside millions: in millions too, to two places where one would round them away."""
    size = abs(amount)
    if not _TOO_SMALL <= size < 1e6:
        return _pounds(amount, decimals)
    return f"{'−' if amount < 0 else ''}£{figure(size / 1e6, 2 if size % 1e5 else 1)}m"


def target(text: object) -> str:
    """Write a target as it was sent, its thousands parted as those of the figures beside it; years are left alone.

    >>> target(">2315"), target("2400/1200"), target("12,000"), target("Completion by Sept 2017"), target("0.85")
    ('>2,315', '2,400/1,200', '12,000', 'Completion by Sept 2017', '0.85')
    """
    return _THOUSANDS.sub(lambda found: f"{int(found[1]):,}" if found[1] else found[0], str(text))


def when(label: str) -> str:
    """Name a period within a sentence.

    >>> when("2017-18 Q1"), when("June 2017")
    ('quarter 1 of 2017-18', 'June 2017')
    """
    period = periods.parse(label)
    return periods.in_words(period).split(" (")[0] if periods.kind(period) == "quarter" else label


def unit_words(unit: str) -> str:
    """Name a unit for a caption.

    >>> unit_words("percent"), unit_words("count"), unit_words("£")
    ('per cent', 'number', 'pounds')
    """
    return {"percent": "per cent", "%": "per cent", "count": "number", "£": "pounds", "gbp": "pounds"}.get(unit, unit)


def rag_summary(counts: Mapping[str, int], *, noun: str = "indicator") -> str:
    """Say how many are green, amber and red, and how many are not rated.

    ``counts`` maps green, amber, red and "not rated" to numbers; what is left out counts as none. Figures are digits
    throughout, as they stand side by side.

    >>> rag_summary({"green": 36, "amber": 10, "red": 2, "not rated": 2})
    '36 of 50 indicators are green, 10 amber and 2 red; 2 are not rated.'
    >>> rag_summary({"green": 3}), rag_summary({})
    ('All 3 indicators are green.', 'There are no indicators to rate.')
    >>> rag_summary({"not rated": 3})
    'None of the 3 indicators is rated.'
    """
    known = [(kind, int(counts.get(kind, 0))) for kind in ("green", "amber", "red") if counts.get(kind, 0)]
    total = sum(int(count) for count in counts.values())
    left = total - sum(count for _, count in known)
    if not total:
        return f"There are no {plural(noun, 0)} to rate."
    if not known:
        return sentence(f"{every(noun, 1)} is not rated" if total == 1 else f"{none_of(noun, total)} is rated")
    if len(known) == 1 and not left:
        return sentence(f"{every(noun, total)} {are(total)} {known[0][0]}")
    parts = [f"{known[0][1]:,} of {total:,} {plural(noun, total)} {are(known[0][1])} {known[0][0]}"]
    parts += [f"{count:,} {kind}" for kind, count in known[1:]]
    return sentence(join(parts) + (f"; {left:,} {are(left)} not rated" if left else ""))
