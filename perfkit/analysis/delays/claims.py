"""Claims put to the test: a sentence of a report, the figure the data give for it, its basis, and whether it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from perfkit.analysis.delays import comparison, selection, series
from perfkit.analysis.delays.selection import Label
from perfkit.model import periods
from perfkit.model.errors import ParameterError, ParseError
from perfkit.model.schemas import ALL, ATTRIBUTIONS

NEAR = 0.1
"""How far from its number a claim of "nearly", "just over" or "about" may be, as a share of the number."""

_QUALIFIERS = {
    "over": "over", "more than": "over", "above": "over", "exceeded": "over", "at least": "at least",
    "under": "under", "fewer than": "under", "less than": "under", "below": "under", "at most": "at most",
    "no more than": "at most", "up to": "at most", "nearly": "nearly", "almost": "nearly", "just under": "nearly",
    "close to": "about", "just over": "just over", "about": "about", "around": "about", "roughly": "about",
    "approximately": "about",
}  # fmt: skip
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
_WORDS = "|".join(sorted(_QUALIFIERS, key=len, reverse=True))
_QUALIFIED = re.compile(rf"(?:\b(?P<words>{_WORDS})\s+)?{_NUMBER}\s*(?P<unit>\D*)", re.IGNORECASE)
_RANK = re.compile(r"\b(?P<number>\d+)(?:st|nd|rd|th)\s+(?P<end>highest|lowest|worst|best)", re.IGNORECASE)
_RATIO = re.compile(rf"(?:\b(?P<words>{_WORDS})\s+)?{_NUMBER}\s+times\s+the\s+\w*\s*average", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:20\d\d[-/]\d\d(?:\s*Q[1-4])?|(?:" + "|".join(periods.MONTHS) + r")\s+20\d\d)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Basis:
    """One way to reckon a claim: what was reckoned, the figure, and whether the claim holds by it."""

    basis: str
    figure: float
    holds: bool


@dataclass(frozen=True)
class Claim:
    """A statement, the figure nearest to it with its basis, whether it holds, and the cells it was reckoned from.

    ``holds`` is None where it holds by some bases and not by others; ``bases`` has them all, side by side.
    """

    text: str
    figure: float
    basis: str
    holds: bool | None
    bases: tuple[Basis, ...]
    file: str = ""
    sheet: str = ""
    cells: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """Say in a few words whether it holds."""
        if self.holds is None:
            return "holds by " + ", ".join(b.basis for b in self.bases if b.holds) + " only"
        return "holds" if self.holds else "does not hold"


def check(
    text: str,
    frame: pd.DataFrame,
    *,
    area: str,
    period: Label | None = None,
    per: pd.DataFrame | None = None,
    neighbours: Sequence[str] = (),
) -> Claim:
    """Put a statement about an area's delays to the test.

    Understands a number of bed days (``over 51,000 bed days lost in 2016-17``), people a day (``28 people a day
    awaiting social care in March 2017``), a rank (``4th highest nationally``) and a multiple (``nearly 3 times the
    national average``). The period is that of the text, else ``period``. A claim that does not say its basis is
    reckoned by every reasonable one; ``per`` (adults, as `compare` takes) and ``neighbours`` add theirs. Needs the
    columns of `delays`. Raises `ParameterError` where the statement is not understood, names no period, or the data do
    not reach it.

    >>> march = {"month": pd.Period("2017-03", "M"), "area": "Oxfordshire", "attribution": "both", "setting": "all",
    ...     "reason": "all", "delayed_days": 2062.0, "calendar_days": 31, "status": "revised", "marker": None,
    ...     "file": "March_17.xls", "sheet": "LA - by responsible org", "cell": "H114"}
    >>> claim = check("67 people a day (both) in March 2017", pd.DataFrame([march]), area="Oxfordshire")
    >>> round(claim.figure, 1), claim.basis, claim.holds, claim.cells
    (66.5, 'people a day, both, March 2017', True, ('H114',))
    """
    selection.check_area(frame, area)
    when = _period(text, period)
    if match := _RANK.search(text):
        return _claim(text, float(match["number"]), "", list(_ranks(frame, area, when, match["end"].lower(), per)))
    if match := _RATIO.search(text):
        table = comparison.average(frame, period=when, area=area, per=per, neighbours=neighbours)
        known = table[table["ratio"].notna()]
        found = [(f"{b}, {periods.label(when)}", float(r)) for b, r in zip(known["basis"], known["ratio"], strict=True)]
        return _claim(text, _number(match), _qualifier(match), found)
    match = next((m for m in _QUALIFIED.finditer(_PERIOD.sub(" ", text)) if m["unit"].strip()), None)
    if match is None:
        raise ParameterError(f'"{text}" is not understood: {_UNDERSTOOD}.')
    return _quantity(text, match, frame, area, when)


_UNDERSTOOD = "expected a number of bed days or of people a day, a rank, or a multiple of the average"


def table(claims: Iterable[Claim]) -> pd.DataFrame:
    """List claims, one row for each basis: claim, basis, figure, holds (by this basis) and verdict (of the claim)."""
    rows = [(c.text, b.basis, b.figure, b.holds, c.verdict) for c in claims for b in c.bases]
    return pd.DataFrame(rows, columns=["claim", "basis", "figure", "holds", "verdict"])


def check_all(
    texts: Iterable[str],
    frame: pd.DataFrame,
    *,
    area: str,
    per: pd.DataFrame | None = None,
    neighbours: Sequence[str] = (),
) -> pd.DataFrame:
    """Check several statements, each naming its period, and list them as `table` does.

    A statement whose period is not in the data stays, with that as its verdict.
    """
    return pd.concat([_checked(text, frame, area, per, neighbours) for text in texts], ignore_index=True)


def _checked(
    text: str, frame: pd.DataFrame, area: str, per: pd.DataFrame | None, neighbours: Sequence[str]
) -> pd.DataFrame:
    try:
        return table([check(text, frame, area=area, per=per, neighbours=neighbours)])
    except ParameterError as error:
        row = {"claim": text, "basis": "", "figure": float("nan"), "holds": None, "verdict": str(error)}
        return pd.DataFrame([row]).astype({"holds": "object"})


def _period(text: str, period: Label | None) -> pd.Period:
    named = _PERIOD.search(text)
    if named is None and period is None:
        raise ParameterError(f'"{text}" names no period; give one, such as period="2016-17".')
    try:
        return selection.period(named[0] if named is not None else period or "")
    except ParseError as error:
        raise ParameterError(str(error)) from error


def _quantity(text: str, match: re.Match[str], frame: pd.DataFrame, area: str, when: pd.Period) -> Claim:
    unit = match["unit"].lower()
    daily = re.search(r"\b(people|patients|a day|per day|daily|beds)\b", unit) is not None
    if not daily and "days" not in unit:
        raise ParameterError(f'"{text}" is not understood: {_UNDERSTOOD}.')
    stated = _attribution(text)
    words = [stated] if stated else ([ALL, *ATTRIBUTIONS] if daily else [ALL])
    label = "people a day" if daily else "delayed days"
    found: list[tuple[str, float]] = []
    monthly: dict[str, pd.DataFrame] = {}
    for word in words:
        months = _months(frame, area, word, when)
        if months is not None:
            figure = months["delayed_days"].sum() / (int(months["calendar_days"].sum()) if daily else 1)
            basis = f"{label}, {'all delays' if word == ALL else word}, {periods.label(when)}{_partial(months, when)}"
            found.append((basis, float(figure)))
            monthly[basis] = months[["file", "sheet", "cell"]]
    if not found:
        raise selection.without_data(frame, when)
    claim = _claim(text, _number(match), _qualifier(match), found)
    places = monthly[claim.basis]
    return Claim(claim.text, claim.figure, claim.basis, claim.holds, claim.bases,
                 "; ".join(dict.fromkeys(places["file"])), "; ".join(dict.fromkeys(places["sheet"])),
                 tuple(places["cell"]))  # fmt: skip


def _months(frame: pd.DataFrame, area: str, attribution: str, when: pd.Period) -> pd.DataFrame | None:
    try:
        months = selection.months(when)
        rows = series.by_month(frame, area=area, attribution=attribution, first=months[0], last=months[-1])
    except ParameterError:
        selection.check_area(frame, area)
        return None
    known = rows[rows["delayed_days"].notna()]
    return None if known.empty else known


def _partial(months: pd.DataFrame, when: pd.Period) -> str:
    whole = len(periods.months_of(when))
    return "" if len(months) == whole else f" ({len(months)} of {whole} months)"


def _attribution(text: str) -> str:
    words = text.lower()
    if re.search(r"\bboth\b|\bjoint", words):
        return "both"
    if "social care" in words:
        return "social care"
    return "NHS" if re.search(r"\bnhs\b", words) else ""


def _ranks(
    frame: pd.DataFrame, area: str, when: pd.Period, end: str, per: pd.DataFrame | None
) -> Iterable[tuple[str, float]]:
    for measure, denominators in (("delayed days", None), ("rate per 100,000 adults", per)):
        if measure != "delayed days" and denominators is None:
            continue
        for word in (ALL, *ATTRIBUTIONS):
            compared = comparison.compare(frame, period=when, attribution=word, per=denominators)
            own = compared[(compared["area"] == area) & compared["rank"].notna()]
            for place in own["rank"]:
                last = int(compared["rank"].notna().sum()) + 1
                figure = float(place) if end in ("highest", "worst") else float(last - place)
                yield f"rank by {measure}, {'all delays' if word == ALL else word}, {periods.label(when)}", figure


def _claim(text: str, number: float, qualifier: str, found: Sequence[tuple[str, float]]) -> Claim:
    if not found:
        raise ParameterError(f'"{text}" cannot be reckoned from these data: no basis has a figure.')
    bases = tuple(Basis(basis, figure, _holds(figure, number, qualifier)) for basis, figure in found)
    nearest = min(bases, key=lambda b: (not b.holds, abs(b.figure - number)))
    verdicts = {b.holds for b in bases}
    return Claim(text, nearest.figure, nearest.basis, verdicts.pop() if len(verdicts) == 1 else None, bases)


def _number(match: re.Match[str]) -> float:
    return float(match["number"].replace(",", ""))


def _qualifier(match: re.Match[str]) -> str:
    return _QUALIFIERS[" ".join(match["words"].lower().split())] if match["words"] else ""


def _holds(figure: float, number: float, qualifier: str) -> bool:
    near = NEAR * number
    rules = {
        "over": figure > number,
        "at least": figure >= number,
        "under": figure < number,
        "at most": figure <= number,
        "nearly": number - near <= figure < number,
        "just over": number < figure <= number + near,
        "about": abs(figure - number) <= near,
    }
    return rules[qualifier] if qualifier else _rounded(figure, number) == Decimal(str(number))


def _rounded(figure: float, number: float) -> Decimal:
    places = Decimal(1) if number == int(number) else Decimal(1).scaleb(Decimal(str(number)).as_tuple().exponent)  # type: ignore[arg-type]
    return Decimal(str(figure)).quantize(places, rounding=ROUND_HALF_UP)
