"""Tables of how whole the data are: returns, gaps, signs, warnings, revisions, and what is to be asked."""

from __future__ import annotations

import pandas as pd

from perfkit.display import words
from perfkit.display.directorates import named
from perfkit.display.markup import Fragment
from perfkit.display.tables.plain import place_of, table


def returns(came: pd.DataFrame, *, caption: str) -> Fragment:
    """Show for each directorate when its return was due and came, and how much of it is answered.

    Needs what `completeness.returns` gives.

    >>> columns = ["name", "state", "due", "received", "days_late", "deliveries", "answered", "indicators", "period"]
    >>> returns(pd.DataFrame(columns=columns), caption="Returns")
    Returns: table of 0 rows
    """
    names = {"name": "Directorate", "state": "Return", "due": "Due", "received": "Received", "late": "Late by",
             "sent": "Times sent", "answered": "Indicators answered"}  # fmt: skip
    rows = came.assign(
        state=came["state"].astype("object").str.capitalize(),
        late=[_days(value) for value in came["days_late"]],
        sent=came["deliveries"],
        answered=[f"{a} of {i}" for a, i in zip(came["answered"], came["indicators"], strict=True)],
    )
    if came["period"].nunique() > 1:
        names = {"period": "Quarter"} | names
    return table(rows, caption=caption, columns=names)


def earlier_returns(came: pd.DataFrame, *, caption: str) -> Fragment:
    """Show the returns of earlier quarters that came late or never; nothing where all came on time.

    >>> earlier_returns(pd.DataFrame({"state": ["on time"]}), caption="Earlier").words
    ''
    """
    late = came[came["state"].isin(["late", "missing"])]
    if late.empty:
        return Fragment("", "")
    shown = {"name": "Directorate", "period": "Quarter", "state": "Return", "due": "Due", "received": "Received",
             "late": "Late by"}  # fmt: skip
    rows = late.assign(state=late["state"].str.capitalize(), late=[_days(value) for value in late["days_late"]])
    return table(rows, caption=caption, columns=shown)


def missing(gaps: pd.DataFrame, *, caption: str, directorates: pd.DataFrame) -> Fragment:
    """Show the indicators without a figure, why, and how they are rated all the same.

    Needs what `completeness.missing` gives, and the names of directorates. Nothing where every indicator has one.

    >>> missing(pd.DataFrame({"kind": []}), caption="Missing", directorates=pd.DataFrame()).words
    ''
    """
    if gaps.empty:
        return Fragment("", "")
    names = {"ref": "No.", "title": "Indicator", "directorate": "Directorate", "kind": "What", "reason": "Why",
             "effective": "Rating", "place": "Source"}  # fmt: skip
    places = [place_of(record) for record in gaps.to_dict("records")]
    rows = gaps.assign(
        kind=gaps["kind"].str.capitalize() + (": " + gaps["marker"].astype("object")).fillna(""),
        reason=gaps["reason"].map(words.sentence),
        place=places,
        directorate=named(gaps["directorate"], directorates),
    )
    return table(rows, caption=caption, columns=names, ratings=["effective"])


def signs(counted: pd.DataFrame, *, caption: str) -> Fragment:
    """Show the signs that stand in place of figures, what each means, and how often it stands.

    Needs what `completeness.markers` gives. Nothing where there is none.

    >>> signs(pd.DataFrame({"marker": []}), caption="Signs").words
    ''
    """
    if counted.empty:
        return Fragment("", "")
    rows = counted.assign(marker_means=counted["marker_means"].fillna("not known"))
    return table(rows, caption=caption, columns={"marker": "Sign", "marker_means": "Means", "count": "Cells"})


def firmness(statuses: pd.DataFrame, *, caption: str, directorates: pd.DataFrame) -> Fragment:
    """Show for each directorate how firm its figures are.

    Needs what `completeness.statuses` gives, and the names of directorates.

    >>> columns = ["directorate", "final", "revised", "provisional", "illustrative", "no_value", "illustrative_share"]
    >>> names = pd.DataFrame(columns=["directorate", "name"])
    >>> firmness(pd.DataFrame(columns=columns), caption="Status", directorates=names)
    Status: table of 0 rows
    """
    names = {
        "directorate": "Directorate",
        "final": "Final",
        "revised": "Revised",
        "provisional": "Provisional",
        "illustrative": "Illustrative",
        "illustrative_share": "Illustrative, share",
        "no_value": "No figure",
    }
    rows = statuses.assign(directorate=named(statuses["directorate"], directorates))
    return table(rows, caption=caption, columns=names, units={"illustrative_share": "percent"},
                 decimals={"illustrative_share": 0})  # fmt: skip


def deliveries(again: pd.DataFrame, *, caption: str) -> Fragment:
    """Show every delivery of the files that came more than once, and which of them is believed.

    Needs what `completeness.resent` gives. Nothing where every file came once.

    >>> deliveries(pd.DataFrame({"file": []}), caption="Again").words
    ''
    """
    if again.empty:
        return Fragment("", "")
    rows = again.assign(
        received=pd.to_datetime(again["received"]),
        state=["Believed" if now else "Replaced" for now in again["current"]],
    )
    names = {"file": "File", "number": "Delivery", "received": "Received", "vintage": "Content", "rows": "Rows",
             "state": "State"}  # fmt: skip
    return table(rows, caption=caption, columns=names)


def revisions(changed: pd.DataFrame, *, caption: str) -> Fragment:
    """Show the figures that a later delivery changed, each before and after in its own unit.

    Needs what `completeness.revisions` gives. Nothing where nothing changed.

    >>> revisions(pd.DataFrame({"kind": []}), caption="Revised").words
    ''
    """
    if changed.empty:
        return Fragment("", "")
    names = {"what": "What", "ref": "No.", "title": "Indicator", "period": "Period", "was": "Before", "is": "After",
             "came": "Came"}  # fmt: skip
    records = changed.to_dict("records")
    rows = changed.assign(
        what=[str(r["kind"]).capitalize() + (" (of which)" if r["part"] == 2 else "") for r in records],
        was=[_figure(r, "before") for r in records],
        **{"is": [_figure(r, "after") for r in records]},
        came=pd.to_datetime(changed["received"]),
    )
    return table(rows, caption=caption, columns=names, where=True)


def warnings(found: pd.DataFrame, *, caption: str) -> Fragment:
    """Show what the checks found, file by file, with its cell and what to do; nothing where they found nothing.

    Needs what `completeness.issues` gives.

    >>> warnings(pd.DataFrame({"file": []}), caption="Warnings").words
    ''
    """
    if found.empty:
        return Fragment("", "")
    names = {"file": "File", "place": "Cell", "found": "Found", "expected": "Expected", "action": "What to do"}
    pairs = zip(found["sheet"], found["cell"], strict=True)
    places = ["!".join(str(part) for part in pair if not words.missing(part)) or "whole file" for pair in pairs]
    again = found["file"].eq(found["file"].shift())
    rows = found.assign(place=places, file=found["file"].mask(again, "the same"))
    return table(rows, caption=caption, columns=names)


def questions(rated: pd.DataFrame, *, caption: str, directorates: pd.DataFrame) -> Fragment:
    """Show what is to be asked of directors, with both ratings; nothing where there is nothing to ask.

    Needs what `rating.assess` gives, and the names of directorates.

    >>> questions(pd.DataFrame({"question": [""]}), caption="Questions", directorates=pd.DataFrame()).words
    ''
    """
    rows = rated[rated["question"].fillna("").ne("")]
    if rows.empty:
        return Fragment("", "")
    names = {"ref": "No.", "title": "Indicator", "directorate": "Directorate", "calculated": "Calculated",
             "assessed": "Director’s", "question": "Question"}  # fmt: skip
    places = {name: rows[f"assessed_{name}"] for name in ("file", "sheet", "cell")}
    rows = rows.assign(**places, directorate=named(rows["directorate"], directorates))
    return table(rows, caption=caption, columns=names, ratings=["calculated", "assessed"], where=True)


def _figure(record: dict[str, object], column: str) -> str:
    if words.missing(record[column]):
        return "none"
    decimals, unit = record.get("decimals"), record.get("unit")
    places = None if words.missing(decimals) else int(float(str(decimals)))
    return words.number(record[column], "" if words.missing(unit) else str(unit), places)


def _days(value: object) -> str:
    if words.missing(value):
        return ""
    days = int(float(str(value)))
    return f"{days:,} {words.plural('day', days)}" if days else "Not late"
