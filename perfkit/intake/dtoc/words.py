"""What the words of a delayed-transfers workbook mean, as every year words it: settings, reasons, labels, areas."""

from __future__ import annotations

import re
from functools import lru_cache

from perfkit.intake import footnotes
from perfkit.intake.workbooks.grid import Value, as_text
from perfkit.model import areas
from perfkit.model.schemas import ALL

REASONS = {
    "A": ("Awaiting completion of assessment", "assessment"),
    "B": ("Awaiting public funding", "funding"),
    "C": ("Awaiting further non-acute NHS care", "acute"),
    "Di": ("Awaiting residential home placement or availability", "residential"),
    "Dii": ("Awaiting nursing home placement or availability", "nursing"),
    "E": ("Awaiting care package in own home", "package"),
    "F": ("Awaiting community equipment and adaptations", "equipment"),
    "G": ("Patient or family choice", "choice"),
    "H": ("Disputes", "dispute"),
    "I": ("Housing: patients not covered by the Care Act", "hous"),
    "O": ("Other", "other"),
}
"""Letter of each reason, its title in perfkit, and the word that its heading holds in every layout."""

REASON_HEADINGS = frozenset({"reasonfordelay", "reasonsfordelay", "reason", "reasons", "delayreason",
                             "reasonfordelayeddischarge"})  # fmt: skip
"""Headings over the reasons, in small letters alone."""
ENGLAND = "England"
ELSEWHERE = re.compile(
    r"\b(residents?|outside|scotland|wales|northern ireland|overseas|unknown|not known)\b", re.IGNORECASE
)
"""Names that stand among the authorities and are of none."""
Key = tuple[str, str]
_CORES: dict[frozenset[str], Key] = {
    frozenset({"acute"}): ("setting", "acute"),
    frozenset({"non", "acute"}): ("setting", "non-acute"),
    frozenset({"nonacute"}): ("setting", "non-acute"),
    frozenset({"nhs"}): ("attribution", "NHS"),
    frozenset({"social"}): ("attribution", "social care"),
    frozenset({"both"}): ("attribution", "both"),
    frozenset({"joint"}): ("attribution", "both"),
    frozenset({"nhs", "social"}): ("attribution", "both"),
    frozenset({"both", "nhs", "social"}): ("attribution", "both"),
    frozenset({"joint", "nhs", "social"}): ("attribution", "both"),
}
"""What a heading's figures are, by the words that are left when those that say nothing of it are taken away."""
_SAME = {"services": "social", "asc": "social", "jointly": "joint", "shared": "joint"}
_WHOLE = frozenset({"total", "all", "overall", "grand"})
_FILLING = _WHOLE | frozenset({
    "delayed", "delays", "delay", "days", "day", "number", "of", "in", "the", "month", "per", "a", "and", "only",
    "attributable", "attributed", "to", "responsible", "responsibility", "dtoc", "bed", "beds", "people", "patients",
    "average", "daily", "adult", "care", "sum", "reason", "reasons",
})  # fmt: skip
ASIDE = re.compile(r"%|\bper ?cent|\brank|\brates?\b|per 1\d\d,?000|\bpopulation\b|\bchange\b|\bproportion|\bshare\b|"
                   r"\bto date\b|\bytd\b|\bcumulative|\bprevious|\bprior\b|\blast (year|month|quarter)\b|"
                   r"\blast thursday|\bsnapshot",
                   re.IGNORECASE)  # fmt: skip
"""What stands beside the days and people of a release and is not read."""

_NAME = re.compile(
    r"(nameof(the)?)?(area|authority|council|organisation|org|utla|(responsible|uppertier)?(localauthority|la|council))"
    r"(name|ofresidence)?(utla|uppertier)?|name"
)
_LETTER = re.compile(r"^\s*(D\s*ii|D\s*i|[A-Z])\s*[).:]\s*(.*)", re.IGNORECASE | re.DOTALL)
_LETTER_ALONE = re.compile(r"^\s*((?i:D\s*ii|D\s*i)|[A-CE-IO])\s*[).:]?\s*$")
_WORDED = tuple((letter, re.compile(pattern, re.IGNORECASE)) for letter, pattern in {
    "Di": r"\bresidential\b", "Dii": r"\bnursing\b", "A": r"\bassessment", "B": r"\bfunding\b",
    "C": r"\bnon-?\s?acute\b.*\bcare\b.*|\bfurther\b.*\bNHS\b", "E": r"\bpackage", "F": r"\bequipment\b",
    "G": r"\bchoice\b", "H": r"\bdisputes?\b", "I": r"\bhousing\b",
    "O": r"^\s*([A-Z]\s*(-|\s)\s*)?other( reasons?)?\s*$",
}.items())  # fmt: skip
"""A reason by its words, where its letter is left out or is set off in another way."""
NOTHING = re.compile(r"[-–—*.\s]*|n ?/ ?a|\[z\]", re.IGNORECASE)
"""What stands in a cell of words that says nothing."""
_REGION_WORDS = frozenset({"", "total", "region", "subtotal"})


@lru_cache(maxsize=4096)
def squeeze(value: object) -> str:
    """Reduce a text to its small letters, to compare wordings by.

    >>> squeeze(" Non - Acute"), squeeze("SOCIAL CARE")
    ('nonacute', 'socialcare')
    """
    return re.sub(r"[^a-z]", "", value.lower()) if isinstance(value, str) else ""


@lru_cache(maxsize=1024)
def measure(text: object) -> Key | None:
    """Say what a heading's figures are, as dimension and word.

    >>> measure("Non-Acute"), measure("A) COMPLETION OF ASSESSMENT"), measure("Name")
    (('setting', 'non-acute'), ('reason', 'A'), None)
    >>> measure("Delayed days attributable to Social Services"), measure("Total Days"), measure("% NHS")
    (('attribution', 'social care'), ('all', 'all'), None)
    """
    if not isinstance(text, str) or not text or ASIDE.search(text):
        return None
    words = re.findall("[a-z]+", footnotes.bare(text).lower())
    core = frozenset(_SAME.get(word, word) for word in words if word not in _FILLING)
    if core in _CORES:
        return _CORES[core]
    if letter := reason(text):
        return "reason", letter
    return (ALL, ALL) if not core and _WHOLE.intersection(words) else None


@lru_cache(maxsize=1024)
def reason(text: str) -> str | None:
    """Give the letter of a reason's heading, None where the text is no reason.

    >>> reason("DII) AWAITING NURSING HOME PLACEMENT"), reason("O) Other"), reason("Total")
    ('Dii', 'O', None)
    >>> reason("D_i Awaiting residential home placement"), reason("N) Other"), reason("Patient or family choice")
    ('Di', 'O', 'G')
    """
    match = _LETTER.match(text) or _LETTER_ALONE.match(text)
    letter = match[1].replace(" ", "").capitalize() if match else ""
    if letter in REASONS or (match and letter != "D" and squeeze(text[match.end(1) :]) != "other"):
        return letter
    return next((known for known, pattern in _WORDED if pattern.search(text)), "O" if letter not in ("", "D") else None)


@lru_cache(maxsize=1024)
def label(text: object) -> str:
    """Say what stands in a column of labels: name, code, ons (the national code), region or its code, "" for another.

    >>> label("Name"), label("Org Code"), label("ONS Geography"), label("NHS England Region"), label("Total")
    ('name', 'code', 'ons', 'region', '')
    >>> label("Region Code")
    'region code'
    """
    key = squeeze(text)
    if len(key) > 40 or "postcode" in key:
        return ""
    if "region" in key or key in ("sha", "shacode", "areateam"):
        return "region code" if key.endswith("code") else "region"
    if key.startswith(("ons", "gss", "laons")) or key in ("ecode", "geographycode"):
        return "ons"
    return "code" if key.endswith("code") else "name" if _NAME.fullmatch(key) else ""


@lru_cache(maxsize=4096)
def name(value: Value) -> str:
    """Give an area's name without the marks of footnotes, England by its one name, "" where there is none.

    >>> name(" Derby  UA "), name("Dorset*"), name("ENGLAND (Total)"), name(5.0)
    ('Derby UA', 'Dorset', 'England', '')
    """
    words = footnotes.bare(value) if isinstance(value, str) else ""
    parts = frozenset(re.findall("[a-z]+", words.lower()))
    return ENGLAND if parts and parts <= {"england", "total", "grand", "national"} else words


@lru_cache(maxsize=4096)
def code(value: Value) -> str:
    """Give a code or another label as text, "" where a dash stands for none.

    >>> code(608.0), code("00KB "), code("-")
    ('608', '00KB', '')
    """
    text = as_text(value)
    return "" if NOTHING.fullmatch(text) else text


@lru_cache(maxsize=4096)
def region(value: Value) -> str:
    """Give the region that a row of its total is named by, "" where the register has no such region.

    >>> region("London"), region("North East Region Total"), region("Kent")
    ('London', 'North East', '')
    """
    found = [area for area in areas.known(bare_region(value)) if area.kind == areas.REGION]
    return found[0].name if found else ""


@lru_cache(maxsize=4096)
def bare_region(value: Value) -> str:
    """Take away what a row of a region's total says beside its name.

    >>> bare_region("North East Region Total")
    'North East'
    """
    return " ".join(word for word in name(value).split() if word.lower().strip("-:") not in _REGION_WORDS)
