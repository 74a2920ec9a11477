"""What was said of delays, checked, and what to know of the workbooks: in words, for who has never seen them."""

from __future__ import annotations

import pandas as pd

from perfkit.display import words
from perfkit.model import periods

_FIRM = {
    "final": "as first published; no date of revision is given",
    "revised": "published again with changes by hospitals",
    "provisional": "may still change",
    "illustrative": "made up to show how the report works, never published",
}
_SIGNS = {
    "-": "nothing to report, or a figure that was not published; never read as 0",
    "NA": "not applicable: no figure could arise; never read as 0",
}


def verdicts(claims: pd.DataFrame) -> list[str]:
    """Say of each statement whether it holds, by which bases and what the figures are.

    ``claims`` has claim, basis, figure, holds and verdict, a row for each basis.

    >>> verdicts(pd.DataFrame({"claim": ["over 50 days"], "basis": ["delayed days, 2016-17"], "figure": [52.0],
    ...     "holds": [True], "verdict": ["holds"]}))
    ['"over 50 days" holds: 52 (delayed days, 2016-17).']
    """
    said = [_verdict(str(text), rows) for text, rows in claims.groupby("claim", sort=False)]
    return said or ["No published statement about this area is loaded."]


def caution(frame: pd.DataFrame) -> str:
    """Say that statements are held against figures that were made up, so that nothing is proved; else nothing.

    ``frame`` has status.

    >>> caution(pd.DataFrame({"status": ["final", "final"]}))
    ''
    >>> caution(pd.DataFrame({"status": ["illustrative", "final"]}))
    'Figures below are illustrative: a statement that agrees with them is not borne out by it.'
    """
    if not frame["status"].eq("illustrative").any():
        return ""
    return "Figures below are illustrative: a statement that agrees with them is not borne out by it."


def _verdict(text: str, rows: pd.DataFrame) -> str:
    known = rows[rows["figure"].notna()]
    if known.empty:
        return f'"{text}" cannot be checked: {rows["verdict"].iloc[0]}'
    agreed = known[known["holds"].astype(bool)]
    figures = [f"{words.number(row.figure, '', _places(row.figure))} ({row.basis})" for row in known.itertuples()]
    if agreed.empty:
        return (
            f'"{text}" does not hold {"by any basis" if len(known) > 1 else ""}'.rstrip() + f": {words.join(figures)}."
        )
    if len(agreed) == len(known):
        return f'"{text}" holds{" by every basis" if len(known) > 1 else ""}: {words.join(figures)}.'
    fits = [f"{words.number(row.figure, '', _places(row.figure))} ({row.basis})" for row in agreed.itertuples()]
    return f'"{text}" holds only as {words.join(fits, last="or")}; {_others(len(known) - len(agreed))}.'


def _others(count: int) -> str:
    return "another basis says otherwise" if count == 1 else f"{count} other bases say otherwise"


def _places(figure: float) -> int:
    return 0 if float(figure) == round(float(figure)) else 1 if abs(figure) >= 10 else 2


def checked(claims: pd.DataFrame) -> pd.DataFrame:
    """Add to each basis of each statement its figure as said, and in a word whether the statement holds this way.

    >>> claims = pd.DataFrame({"claim": ["a", "a", "b"], "figure": [1.0, 2.0, None], "holds": [True, False, None]})
    >>> checked(claims)["answer"].tolist()
    ['yes', 'no', 'cannot be checked']
    """
    answer = claims["holds"].map({True: "yes", False: "no"}).where(claims["figure"].notna(), "cannot be checked")
    figures = ["" if words.missing(f) else words.number(f, "", _places(f)) for f in claims["figure"]]
    return claims.assign(answer=answer, said=figures)


def quality(frame: pd.DataFrame, *, gaps: str) -> list[str]:
    """Say which months are loaded, which lack, and what both means, for who has never seen the source.

    ``frame`` has month.

    >>> quality(pd.DataFrame({"month": pd.PeriodIndex(["2017-01"], freq="M")}), gaps="")[0]
    'One month is loaded, January 2017; none is missing in between.'
    """
    months = sorted(frame["month"].unique())
    span = periods.label(months[0])
    span += "" if len(months) == 1 else f" to {periods.label(months[-1])}"
    many = words.counted("month", len(months))
    lacking = f"not loaded in between: {gaps}" if gaps else "none is missing in between"
    return [
        f"{many[:1].upper()}{many[1:]} {words.are(len(months))} loaded, {span}; {lacking}.",
        "Both means that the NHS and social care agree that the delay is for both to end; it is counted once, and not "
        "with either of the two.",
        "Days are counted where the patient lives, whichever hospital they wait in; hospitals report them, and may "
        "revise a month after it was published.",
    ]


def firmness(months: pd.DataFrame) -> pd.DataFrame:
    """Add what each status means; ``months`` has status.

    >>> firmness(pd.DataFrame({"status": ["provisional"]}))["means"].tolist()
    ['may still change']
    """
    return months.assign(means=[_FIRM.get(str(status), "") for status in months["status"]])


def signs(counted: pd.DataFrame) -> pd.DataFrame:
    """Add what each sign in place of a figure means; ``counted`` has sign.

    >>> signs(pd.DataFrame({"sign": ["*"]}))["means"].tolist()
    ['a sign of the publisher that is explained nowhere in the workbook; never read as 0']
    """
    unknown = "a sign of the publisher that is explained nowhere in the workbook; never read as 0"
    return counted.assign(means=[_SIGNS.get(str(sign), unknown) for sign in counted["sign"]])
