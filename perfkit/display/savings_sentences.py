"""What the page on delivery says of savings programmes: required, delivered, forecast, short, promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.display import words
from perfkit.display.money_words import pounds
from perfkit.model import periods

Row = Mapping[Any, Any]


def savings(sums: pd.DataFrame, *, quarter: str) -> str:
    """Say of each programme what was required, delivered, is still forecast and is short. A paragraph a programme.

    Needs what `delivery.total` gives.

    >>> sums = pd.DataFrame({"programme": ["Strategy"], "as_at": ["December 2014"], "last_year": ["2014-15"],
    ...     "first_year": ["2011-12"], "required": [200e6], "delivered": [180e6], "forecast": [15e6], "gap": [5e6],
    ...     "unknown": [0.0], "silent": [0], "parts": [8], "made_up": [0], "share": [90.0]})
    >>> savings(sums, quarter="2014-15 Q3")
    'Strategy: of £200m to be saved by 2014-15, £180m (90%) was delivered by the end of December 2014 and £15m is \
forecast still to come: a gap of £5m.'
    """
    return "\n\n".join(_programme(row, quarter) for row in sums.to_dict("records"))


def short(sums: pd.DataFrame) -> dict[str, str]:
    """Give the message of each programme's waterfall, by programme."""
    return {str(row["programme"]): _message(row) for row in sums.to_dict("records")}


def streams(summed: pd.DataFrame) -> str:
    """Say which work streams have the largest gaps, and of which the gap is not known.

    Needs what `delivery.by_stream` gives.

    >>> streams(pd.DataFrame({"number": [1, 2], "title": ["ICT", "Assets"], "gap": [1e6, 3e6], "silent": [0, 0]}))
    'The largest gaps are in Assets (£3m) and ICT (£1m).'
    """
    behind = summed[summed["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    named = [f"{row.title} ({pounds(row.gap)})" for row in behind.itertuples()]
    silent = summed.loc[summed["gap"].isna(), "title"].tolist()
    if summed.empty:
        return ""
    largest = f"The largest gap{' is' if len(named) == 1 else 's are'} in {words.join(named[:3])}."
    said = [largest] if named else []
    said += ["No work stream has a gap."] if not named and not silent else []
    said += [f"The gap of {words.join(silent)} is not known."] if silent else []
    return " ".join(said)


def source(sums: pd.DataFrame) -> str:
    """Name the source of the waterfalls.

    >>> source(pd.DataFrame({"programme": ["Strategy"], "as_at": ["March 2015"]}))
    'the report of Strategy as at March 2015'
    """
    return words.join(f"the report of {row.programme} as at {row.as_at}" for row in sums.itertuples())


def notes(rows: pd.DataFrame) -> list[str]:
    """Say below the waterfalls how many of their amounts were made up; nothing where none was.

    >>> notes(pd.DataFrame({"status": ["illustrative", "illustrative"]}))
    ['All amounts are illustrative: they were made up and never published']
    """
    made_up = int(rows["status"].eq("illustrative").sum())
    if not made_up:
        return []
    which = "All amounts are" if made_up == len(rows) else f"The amounts of {made_up} of {len(rows)} rows are"
    return [f"{which} illustrative: they were made up and never published"]


def promises(promised: pd.DataFrame) -> list[str]:
    """Write each promise of a programme as a line: a total with what the work streams add up to, others with why not.

    Needs what `delivery.promises` gives.

    >>> promises(pd.DataFrame({"measure": ["reduction in managers"], "value": [25.0], "words": [None],
    ...     "unit": "percent", "by": [None], "computed": [None], "agrees": [None]}))
    ['Reduction in managers: 25%; no figure was sent that tells whether it was kept.']
    """
    return [_promise(row) for row in promised.to_dict("records")]


def _programme(row: Row, quarter: str) -> str:
    ended = _ended(row, quarter)
    is_ = "was" if ended else "is"
    said = [f"{_part(row)} by the end of {row['as_at']}"]
    if not words.missing(row["forecast"]) and row["forecast"]:
        said.append(f"{pounds(row['forecast'])} {is_} forecast still to come")
    told = f"{row['programme']}: of {pounds(row['required'])} to be saved by {row['last_year']}, {words.join(said)}"
    ran = f" The programme ran to {row['last_year']}; it was last reported as at {row['as_at']}." if ended else ""
    made_up = " All amounts by work stream and year are illustrative." if row["made_up"] == row["parts"] else ""
    return f"{told}{'; ' if words.missing(row['gap']) else ': '}{_short(row)}.{ran}{made_up}"


def _part(row: Row) -> str:
    if words.missing(row["delivered"]):
        return "nothing is reported as delivered"
    if words.missing(row["share"]):
        return f"{pounds(row['delivered'])} is reported as delivered"
    return f"{pounds(row['delivered'])} ({words.number(row['share'], 'percent', 0)}) was delivered"


def _short(row: Row) -> str:
    if words.missing(row["gap"]):
        silent = int(row["silent"])
        which = f"{silent} of {int(row['parts'])} amounts of a work stream and year"
        return (
            f"the gap is not known, since {which} {'lacks' if silent == 1 else 'lack'} a figure"
            f"{_unsaid(row['unknown'])}"
        )
    if row["gap"] > 0:
        return f"a gap of {pounds(row['gap'])}"
    return f"{pounds(-row['gap'])} more than required" if row["gap"] < 0 else "no gap is left"


def _unsaid(unknown: float) -> str:
    return f" (of {pounds(unknown)} nothing is said there)" if unknown > 0 else ""


def _message(row: Row) -> str:
    whole = pounds(row["required"])
    if words.missing(row["gap"]) and row["unknown"] <= 0:
        return f"The gap of the {whole} required is not known"
    if words.missing(row["gap"]):
        return f"{pounds(row['unknown'])} of {whole} has no figure, so the gap is not known"
    if row["gap"] > 0:
        return f"{pounds(row['gap'])} of {whole} is neither delivered nor forecast"
    more = f"{pounds(-row['gap'])} more than the {whole} required" if row["gap"] < 0 else f"All of the {whole} required"
    return f"{more} is delivered or forecast"


def _ended(row: Row, quarter: str) -> bool:
    last = periods.ends([row["last_year"]]).iloc[0]
    return bool(last < periods.parse(quarter, expect="quarter").start_time)


def _promise(row: Row) -> str:
    what = str(row["measure"])[:1].upper() + str(row["measure"])[1:]
    by = "" if words.missing(row["by"]) else f" by {row['by']}"
    return f"{what}: {_promised(row)}{by}{_held(row)}."


def _promised(row: Row) -> str:
    if words.missing(row["value"]):
        return words.NO_VALUE if words.missing(row["words"]) else str(row["words"])
    unit = "" if words.missing(row["unit"]) else str(row["unit"])
    return pounds(row["value"]) if unit.lower() in ("pounds", "£", "gbp") else words.number(row["value"], unit)


def _held(row: Row) -> str:
    if words.missing(row["computed"]):
        what = "nothing" if words.missing(row["value"]) else "no figure"
        return f"; {what} was sent that tells whether it was kept"
    apart = pounds(abs(row["computed"] - row["value"]))
    agrees = "as promised" if row["agrees"] else f"{apart} {'less' if row['computed'] < row['value'] else 'more'}"
    return f"; the work streams' requirements add up to {pounds(row['computed'])}, {agrees}"
