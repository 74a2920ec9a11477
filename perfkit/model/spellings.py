"""How councils spell figures: look-alike letters, dashes and spaces put right, and numbers read exactly."""

from __future__ import annotations

import re
from decimal import Decimal

from perfkit.model.errors import ParseError

NUMBER = (
    r"-?£?\s*(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?\s*(?:k|m|bn|thousand|million|billion)?(?![a-z0-9.,])"
)
"""A number as written: 12,000, £1.4m, 0.5. It may be empty: `number` refuses that."""

_DASHES = re.compile("[‐-―−﹘﹣－]")
_SPACES = re.compile(r"[\s   ​﻿]+")
_LARGEST = 10**15
_MULTIPLIERS = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | {"％": "%", "﹪": "%", "￡": "£"}
_LOOK_ALIKES = _FULL_WIDTH | dict(
    zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕКМНОРСТХУаеосрху", "ABEZHIKMNOPTYXoABEKMHOPCTXYaeocpxy", strict=True)
)
_ZEROS = re.compile(r"(?<=[0-9])[Oo](?![a-zA-Z])|(?<=[0-9][.,])[Oo](?![a-zA-Z])|(?<=[0-9][Oo])[Oo](?![a-zA-Z])")
_ONES = re.compile(r"(?<=[0-9])[lI](?![a-zA-Z])|(?<![a-zA-Z0-9])[lI](?=[0-9])")
_PLAIN = re.compile(r"(-?)(£?)\s*((?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?)\s*([a-z]*)")


def with_plain_dashes(text: str) -> str:
    """Give the text with a plain dash for every dash and minus sign.

    >>> with_plain_dashes("93–95"), with_plain_dashes("−4")
    ('93-95', '-4')
    """
    return _DASHES.sub("-", text)


def tidy(text: str) -> str:
    """Give the text with plain dashes and single spaces.

    >>> tidy(" 93 – 95 % ")
    '93 - 95 %'
    """
    return _SPACES.sub(" ", with_plain_dashes(text)).strip()


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the text with look-alike signs put right, and what was read as what.

    >>> mend("ΤBC"), mend("8O%")
    (('TBC', ('Τ read as T',)), ('80%', ('O read as 0',)))
    """
    letters = {sign: _LOOK_ALIKES[sign] for sign in text if sign in _LOOK_ALIKES}
    mended = "".join(letters.get(sign, sign) for sign in text)
    repairs = [f"{sign} read as {plain}" for sign, plain in letters.items()]
    for pattern, digit in ((_ZEROS, "0"), (_ONES, "1")):
        while match := pattern.search(mended):
            repairs.append(f"{match.group()} read as {digit}")
            mended = mended[: match.start()] + digit + mended[match.end() :]
    return mended, tuple(dict.fromkeys(repairs))


def number(text: str) -> Decimal:
    """Read a number exactly, with its thousands, £ and million; raises `ParseError` where it is none.

    >>> number("12,000"), float(number("£1.4m"))
    (Decimal('12000'), 1400000.0)
    """
    match = _PLAIN.fullmatch(text.strip().lower())
    if match is None or not match[3] or len(match[3]) > 30 or (match[4] and match[4] not in _MULTIPLIERS):
        raise ParseError(f'"{text}" is not a number.')
    value = Decimal(match[1] + re.sub("[, ]", "", match[3])).scaleb(_MULTIPLIERS.get(match[4], 0))
    if abs(value) >= _LARGEST:
        raise ParseError(f'"{text}" is too large a number.')
    return value


def written(value: float) -> str:
    """Write a number with its thousands and no needless zeros; `number` reads it back exactly.

    >>> written(12000.0), written(0.5), written(-15.0)
    ('12,000', '0.5', '-15')
    """
    text = f"{Decimal(repr(float(value))):,f}" if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text
