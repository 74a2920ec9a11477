"""Tables of delivery: actions with the overdue ones first, savings, the matrix of commitments, key measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import cards
from perfkit.display.tables.plain import (
    STATUS_SIGNS,
    explained_signs,
    files,
    legend,
    place_of,
    shown,
    signs_in,
    status_signs,
    table,
)

Record = Mapping[str, object]
_NOTHING = Fragment("", "")
_MONEY = {"required": "Required", "delivered": "Delivered", "forecast": "Forecast, still to come", "gap": "Gap"}
_SENT = ("required", "delivered", "forecast")
_STATES = {"complete": "green", "overdue": "red"}
"""The mark of a state: its word is always written, and its shape is that of the rating."""
_ACTION_HEADS = ("No.", "Action", "State", "Due", "Progress", "Owner", "Source")
_DATED = ("overdue", "this quarter", "next quarter", "later", "no date")
_NEWS = {"new": "new", "reopened": "reopened", "completed": "completed since last time",
         "withdrawn": "withdrawn since last time"}  # fmt: skip
_ROLES = {"deliver": "Delivers", "partner": "Partners", "influence": "Influences"}
_WAYS = {"better": "Better", "worse": "Worse", "no change": "No change", "changed": "Changed",
         "not comparable": "Not comparable"}  # fmt: skip


def actions(tracked: pd.DataFrame, *, caption: str) -> Fragment:
    """Show actions in the order given, each with its state, due month, what was said of it, its owner and cell.

    Needs what `delivery.track` gives. Nothing where there are none.

    >>> actions(pd.DataFrame({"state": []}), caption="Open actions").words
    ''
    """
    if tracked.empty:
        return _NOTHING
    shown_too = {"Due": bool(tracked["when"].isin(_DATED).any()), "Owner": bool(tracked["owner"].notna().any())}
    heads = [name for name in _ACTION_HEADS if shown_too.get(name, True)]
    several = tracked["programme"].nunique() > 1
    rows = [_action(record, heads, several) for record in tracked.to_dict("records")]
    named = f"{caption}: {words.counted('action', len(tracked))}"
    slid = tracked[tracked["slipped"] | tracked["brought_forward"]]
    signs = status_signs(tracked) | status_signs(slid, "before_status")
    return Fragment(legend(signs) + cards.table(caption, heads, [cards.body(rows)]) + files(tracked, of=caption), named)


def closed_actions(tracked: pd.DataFrame, *, caption: str) -> Fragment:
    """Show actions as `actions` does, behind a disclosure: they need nobody's attention.

    >>> closed_actions(pd.DataFrame({"state": []}), caption="Complete").words
    ''
    """
    what = words.counted("action", len(tracked))
    return _NOTHING if tracked.empty else _behind(f"{caption}: show {what}", actions(tracked, caption=caption))


def dropped(gone: pd.DataFrame, *, caption: str) -> Fragment:
    """Show the actions that an earlier report had and this one has not; needs what `delivery.dropped` gives."""
    if gone.empty:
        return _NOTHING
    columns = {"action": "No.", "title": "Action", "status": "State then", "as_at": "Reported as at"}
    return table(gone, caption=caption, columns=columns, where=True)


def recommendations(counted: pd.DataFrame, *, caption: str) -> Fragment:
    """Show each recommendation with the counts of its actions; columns of which all are 0 are left out.

    Needs what `delivery.by_recommendation` gives. Nothing where there are none.

    >>> recommendations(pd.DataFrame({"number": []}), caption="Recommendations").words
    ''
    """
    if counted.empty:
        return _NOTHING
    named = {"programme": "Programme"} if counted["programme"].nunique() > 1 else {}
    always = {"number": "No.", "title": "Recommendation", "actions": "Actions", "complete": "Complete"}
    some = {"ongoing": "Ongoing", "not_started": "Not started", "withdrawn": "Withdrawn"}
    late = {"overdue": "Overdue", "this_quarter": "Due this quarter", "next_quarter": "Due next quarter"}
    held = {name: label for name, label in some.items() if counted[name].sum()}
    return table(counted, caption=caption, columns=always | held | late | named, highlight=_has_overdue)


def years(summed: pd.DataFrame, *, caption: str) -> Fragment:
    """Show a savings programme by year; needs what `delivery.by_year` gives. Nothing where there is none."""
    return _NOTHING if summed.empty else _money(summed, caption, {"financial_year": "Year"})


def streams(summed: pd.DataFrame, *, caption: str) -> Fragment:
    """Show a savings programme by work stream; needs what `delivery.by_stream` gives. Nothing where there is none."""
    if summed.empty:
        return _NOTHING
    aim = {"aim": "Aim"} if "aim" in summed and summed["aim"].notna().any() else {}
    # Its words come last: before the amounts they would push these out of a phone's sight.
    return _money(summed, caption, {"number": "No.", "title": "Work stream"}, last=aim)


def savings(rows: pd.DataFrame, summed: pd.DataFrame, *, caption: str) -> Fragment:
    """Show every amount, a row a work stream and year, with its note and cell; ``summed`` names the work streams.

    Needs what `delivery.gaps` and `delivery.by_stream` give. Nothing where there are none.
    """
    if rows.empty:
        return _NOTHING
    named = rows.merge(summed[["programme", "number", "title"]], on=["programme", "number"], how="left")
    columns = {"title": "Work stream", "financial_year": "Year"} | _MONEY
    noted = {"note": "Note"} if rows["note"].notna().any() else {}
    said, signs = _said(named), explained_signs(named, _SENT)
    made = table(said, caption=caption, columns=columns | noted, units=_pounds(), markers=signs, where=True)
    return _behind(f"Show all {words.counted('amount', len(rows))} of a work stream and year", made)


def commitments(rows: pd.DataFrame, proof: pd.DataFrame, *, caption: str) -> Fragment:
    """Show each commitment with a tick for each role that the council takes, and the indicators that evidence it.

    Needs what `delivery.matrix` and `delivery.evidence` give. Nothing where there are none.

    >>> commitments(pd.DataFrame({"number": []}), pd.DataFrame(), caption="Commitments").words
    ''
    """
    if rows.empty:
        return _NOTHING
    heads = ["No.", "Commitment", *_ROLES.values(), "Evidence", "Source"]
    held = {number: part.to_dict("records") for number, part in proof.groupby("number")} if len(proof) else {}
    written = [_commitment(record, held.get(record["number"], [])) for record in rows.to_dict("records")]
    return _whole(rows, cards.table(caption, heads, [cards.body(written)]), caption=caption, noun="commitment")


def measures(rows: pd.DataFrame, *, caption: str) -> Fragment:
    """Show each key measure with its value, target, the year before and which way it went; unnamed ones say so.

    Needs what `delivery.annual` gives. Nothing where there are none.

    >>> measures(pd.DataFrame({"number": []}), caption="Key measures").words
    ''
    """
    if rows.empty:
        return _NOTHING
    year, then = str(rows["financial_year"].iloc[0]), str(rows["year_before"].iloc[0])
    heads = ["No.", "Key measure", year, "Target", then, "Direction", "Source"]
    written = [_measure(record) for record in rows.to_dict("records")]
    return _whole(rows, cards.table(caption, heads, [cards.body(written)]), caption=caption, noun="measure")


def _has_overdue(record: Mapping[str, object]) -> bool:
    return bool(record["overdue"])


def _money(
    summed: pd.DataFrame, caption: str, columns: Mapping[str, str], *, last: Mapping[str, str] | None = None
) -> Fragment:
    named = {"programme": "Programme"} if summed["programme"].nunique() > 1 else {}
    more = ["A gap below 0 is more than required."] if summed["gap"].lt(0).any() else []
    more += ["Where a gap is not known, the sums beside it are of what was reported."] if summed["silent"].any() else []
    shown_as = {**columns, **_MONEY, "share": "Delivered, share", **named, **(last or {})}
    return table(_said(summed), caption=caption, columns=shown_as, units=_pounds(), decimals={"share": 0}, notes=more)


def _pounds() -> dict[str, str]:
    return dict.fromkeys(_MONEY, "£") | {"share": "percent"}


def _said(rows: pd.DataFrame) -> pd.DataFrame:
    """Say of a missing amount why it is missing, where that is known."""
    told = [[_amount(record, name) for name in _MONEY] for record in rows.to_dict("records")]
    return rows.assign(**pd.DataFrame(told, index=rows.index, columns=list(_MONEY), dtype="object"))


def _amount(record: Record, name: str) -> object:
    """Give an amount, or why there is none: its time has not come or is over, or what stands in its place."""
    if not words.missing(record[name]):
        return record[name]
    if (name == "forecast" and record["over"] == 1) or (name == "delivered" and record["begun"] == 0):
        return "year over" if name == "forecast" else "not begun"
    unknown = "not known" if name == "gap" else None
    return signs_in(record.get("markers"), _SENT).get(name, unknown)


def _behind(summary: str, held: Fragment) -> Fragment:
    """Put a long table behind a disclosure."""
    whole = markup.element("details", markup.text("summary", summary) + held.html)
    return Fragment(whole, held.words)


def _whole(rows: pd.DataFrame, made: str, *, caption: str, noun: str) -> Fragment:
    """Put the signs of a table above it and its files below."""
    named = f"{caption}: {words.counted(noun, len(rows))}"
    return Fragment(legend(status_signs(rows)) + made + files(rows, of=caption), named)


def _row(number: object, title: str, cells: Sequence[tuple[str, str]]) -> str:
    return cards.row(cards.ref(number), cards.title(title), *(cards.cell(*cell) for cell in cells))


def _written(said: object) -> str:
    return "" if words.missing(said) else escape(said)


def _source(record: Record) -> tuple[str, str]:
    return "Source", markup.text("span", place_of(record) or "not known", class_="pk-source")


def _action(record: Record, heads: Sequence[str], several: bool) -> str:
    whose = cards.small(record["programme"]) if several else ""
    sign = STATUS_SIGNS.get(str(record.get("status")), "")
    held = [
        ("State", _state(record) + cards.small(_NEWS.get(str(record["news"])))),
        ("Due", _due(record)),
        ("Progress", _written(record["progress"])),
        ("Owner", _written(record["owner"])),
        _source(record),
    ]
    cells = [cell for cell in held if cell[0] in heads]
    return _row(record["action"], escape(f"{record['title']} {sign}".strip()) + whose, cells)


def _state(record: Record) -> str:
    state = "overdue" if record["overdue"] else str(record["state"])
    return style.chip(_STATES.get(state), word=state.capitalize())


def _due(record: Record) -> str:
    was = record["due_before"]
    sign = STATUS_SIGNS.get(str(record["before_status"]), "")
    moved = "" if words.missing(was) or was == record["due"] else cards.small(f"was {was} {sign}".strip())
    if record["when"] == "no date":
        marker = record.get("markers")
        return cards.quiet("No date" if words.missing(marker) else f"No date ({marker})") + moved
    if words.missing(record["due"]):
        return ""
    return escape(record["due"]) + (moved if record["slipped"] or record["brought_forward"] else "")


def _commitment(record: Record, proof: Sequence[Record]) -> str:
    sign = STATUS_SIGNS.get(str(record.get("status")), "")
    roles = [(label, _tick(bool(record[name]), label)) for name, label in _ROLES.items()]
    seen = "".join(markup.element("div", _evidence(each)) for each in proof)
    cells = [*roles, ("Evidence", seen or cards.quiet("No indicator named")), _source(record)]
    return _row(record["number"], escape(f"{record['title']} {sign}".strip()), cells)


def _tick(held: bool, role: str) -> str:
    """Write a tick and the word yes, or a dash that is read out as no."""
    if held:
        return '<span aria-hidden="true">✓ </span>Yes'
    unseen = markup.text("span", f"No: {role.lower()}", class_="pk-unseen")
    return f'<span class="pk-quiet" aria-hidden="true">–</span>{unseen}'


def _evidence(one: Record) -> str:
    if words.missing(one["rating"]):
        return f'{escape(one["indicator"])} <span class="pk-quiet">not in the framework</span>'
    return f"{escape(one['ref'])}. {escape(one['title'])} {style.chip(one['rating'])}"


def _measure(record: Record) -> str:
    named = not words.missing(record["title"])
    title = escape(record["title"]) if named else cards.quiet("Not named yet")
    then = _figure(record, record["value_before"], "")
    cells = [
        ("Value", _figure(record, record["value"], STATUS_SIGNS.get(str(record.get("status")), ""))),
        ("Target", words.target(_written(record["target"])) or cards.quiet("none given")),
        ("Year before", then),
        ("Direction", _direction(record)),
        _source(record),
    ]
    return _row(record["number"], title + cards.small(record["note"]), cells)


def _figure(record: Record, value: object, sign: str) -> str:
    if words.missing(value):
        marker = record.get("marker")
        return cards.quiet(words.NO_VALUE if words.missing(marker) else marker)
    unit = "" if words.missing(record["unit"]) else str(record["unit"])
    return escape(f"{shown(value, unit)} {sign}".strip())


def _direction(record: Record) -> str:
    way = record["direction"]
    if words.missing(way):
        return cards.quiet("not known")
    change = record["change"]
    by = "" if words.missing(change) or change == 0 else cards.small(f"by {words.number(abs(float(str(change))))}")
    return escape(_WAYS[str(way)]) + by
