"""The single view: performance, finance and risk side by side, and the places where they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from perfkit.display import directorates as of_directorates
from perfkit.display import leadership_sentences as say
from perfkit.display import markup, money_words, style, words
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import cards
from perfkit.display.tables.plain import STATUS_SIGNS, files, legend, note_list, place_of, status_signs, table
from perfkit.display.tables.risk import level, movement, product
from perfkit.display.tables.scorecards import counts

Record = Mapping[str, Any]
_THREE = ("has_red", "has_over", "has_high")


def meetings(view: pd.DataFrame, *, caption: str) -> Fragment:
    """Show each directorate in which all three meet as a card: what is red, what is over, what is at risk, and where.

    Needs what `single_view.meet` gives for directorates. Nothing where all three meet nowhere.

    >>> meetings(pd.DataFrame({"meeting": [2]}), caption="All three").html
    ''
    """
    if not view["meeting"].eq(len(_THREE)).any():
        return Fragment("", "")
    met = [_card(record) for record in _records(view) if record["meeting"] == len(_THREE)]
    head = markup.text("p", caption, class_="pk-caption")
    listed = f'<ul class="pk-exceptions pk-meet">{"".join(met)}</ul>'
    return Fragment(head + listed, f"{caption}: {words.counted('place', len(met))}")


def _records(view: pd.DataFrame) -> list[Record]:
    """Give directorates one by one, each with its scorecard where it has one of its own."""
    pages = of_directorates.pages(view)
    return [{**_plain(record), "page": pages.get(record["directorate"])} for record in view.to_dict("records")]


def _card(record: Record) -> str:
    code = record["directorate"]
    risk = f"{record['risk']}, {record['risk_title']}: scores {record['score']} of 25{_moved_words(record)}"
    owner = "nobody is named as its owner" if words.missing(record["owner"]) else f"owner: {record['owner']}"
    parts = (
        ("Performance", escape(words.sentence(say.reds(record["red_titles"]))) + _page(record)),
        (
            "Finance",
            escape(f"{words.sentence(money_words.against(record))} ")
            + _to("money", code, "Its budget lines", of=record["name"]),
        ),
        ("Risk", escape(f"{risk}; {owner}. ") + _to("risk", record["risk"], "The risk", of=record["risk_title"])),
    )
    listed = "".join(
        markup.element("div", markup.text("dt", name) + markup.element("dd", said)) for name, said in parts
    )
    title = markup.text("p", record["name"], class_="pk-card-title")
    return f'<li>{title}<dl class="pk-pairs">{listed}</dl></li>'


def _page(record: Record) -> str:
    if not record["page"]:
        return ""
    whose = markup.unseen(f": {record['name']}")
    return " " + markup.element("a", f"Its scorecard{whose}", href=record["page"])


def _to(kind: str, name: object, said: str, *, of: object = "") -> str:
    more = markup.unseen(f": {of}") if of else ""
    return markup.element("a", escape(said) + more, href=f"#{say.anchor(kind, name)}")


def directorates(view: pd.DataFrame, whole: pd.DataFrame, *, caption: str) -> Fragment:
    """Show one row a directorate: ratings and outlooks, budget and forecast, and its highest risk; last the council,
    unless it reports as one whole.

    Needs what `single_view.meet` gives for directorates, and for the row of `single_view.whole`. Raises `ValueError`
    without a caption.

    >>> directorates(pd.DataFrame(), pd.DataFrame(), caption="The single view")
    The single view: no directorates
    """
    cells = [_directorate(record) for record in _records(view)]
    alone = len(view) == 1 and view["name"].tolist() == whole["name"].tolist()
    cells += [_council(_plain(record)) for record in whole.to_dict("records") if cells and not alone]
    return _view(cells, caption=caption, first="Directorate", noun="directorate")


def priorities(
    view: pd.DataFrame, lines: pd.DataFrame, register: pd.DataFrame, *, served: pd.DataFrame, caption: str
) -> Fragment:
    """Show one row a leadership priority: its indicators, the budget lines and the risks that bear on it.

    Needs what `single_view.meet` gives for priorities; ``lines``, ``register`` and ``served`` (rated indicators)
    stand once for each priority, by ``number``.
    Raises `ValueError` without a caption.
    """
    statuses = pd.concat([lines["status"], register["status"]]).astype("object")
    mixed = statuses.nunique(dropna=False) > 1
    bearing = _Bearing(lines, register, served, mixed)
    cells = [_priority(_plain(record), bearing) for record in view.to_dict("records")]
    alike = len(statuses) and not mixed and statuses.iloc[0] == "illustrative"
    once = "Every budget line and risk of this table is illustrative: made up, and never published."
    signs = note_list([once]) if alike else legend(status_signs(statuses.to_frame("status")))
    shown = _view(cells, caption=caption, first="Leadership priority", noun="leadership priority")
    return Fragment(signs + shown.html, shown.words)


def mapped(subjects: pd.DataFrame, *, caption: str) -> Fragment:
    """List, behind a disclosure, every outcome and indicator with the priorities that it serves.

    Needs what `mapping.subjects` gives. Raises `ValueError` without a caption.
    """
    words_of = {"": "", "outcome": "through its outcome", "indicators": "through its indicators"}
    numbers = subjects["priorities"].where(subjects["priorities"] != "", "none")
    places = [place_of(record) or "no row of its own" for record in subjects.to_dict("records")]
    shown = subjects.assign(how=subjects["through"].map(words_of), priorities=numbers, place=places)
    columns = {"ref": "No.", "title": "Outcome or indicator", "rag": "Rating", "priorities": "Priorities", "how": "How",
               "place": "Source"}  # fmt: skip
    listed = table(shown, caption=caption, columns=columns, ratings=["rag"])
    inside = f"<details><summary>{escape(caption)}</summary>{listed.html}{files(subjects, of=caption)}</details>"
    return Fragment(inside, listed.words)


def _view(cells: list[tuple[str, ...]], *, caption: str, first: str, noun: str) -> Fragment:
    if not caption.strip():
        raise ValueError("A single view needs a caption that says what it shows.")
    if not cells:
        none = f"No {words.plural(noun, 0)}."
        return Fragment(markup.text("p", none, class_="pk-quiet"), f"{caption}: {none[0].lower()}{none[1:-1]}")
    labels = (first, "Performance", "Finance", "Risk")
    rows = (
        cards.row(cards.title(first, place=place), *map(cards.cell, labels[1:], others))
        for place, first, *others in cells
    )
    table = cards.table(caption, labels, [cards.body(rows)], kind="pk-view")
    return Fragment(table, f"{caption}: {words.counted(noun, len(cells))}")


def _directorate(record: Record) -> tuple[str, ...]:
    code = record["directorate"]
    title = markup.text("strong", record["name"]) + _flag(record)
    money = _small(_to("money", code, "Its budget lines", of=record["name"])) if record["finance_known"] else ""
    return (
        say.anchor("view", code),
        title,
        _performance(record) + (_small(_page(record)) if record["page"] else ""),
        _money(record) + money,
        _risk(record),
    )


def _council(record: Record) -> tuple[str, ...]:
    some = record["risk_known"] and record["risks"]
    none = cards.quiet("No risk of its own") if record["risk_known"] else _risk(record)
    return (
        "",
        markup.text("strong", record["name"]),
        _performance({**record, "red_titles": []}),
        _money(record),
        f"{_small('Of the council as a whole, beside those above:')}{_risk(record)}" if some else none,
    )


@dataclass(frozen=True)
class _Bearing:
    """What bears on the priorities, each row once for each; ``signs`` where statuses differ and must be marked."""

    lines: pd.DataFrame
    register: pd.DataFrame
    served: pd.DataFrame
    signs: bool


def _priority(record: Record, bearing: _Bearing) -> tuple[str, ...]:
    number = record["number"]
    kind = "" if words.missing(record["kind"]) else _small({"focus": "New focus"}.get(record["kind"], "Continuing"))
    title = markup.text("strong", f"{number}. {record['title']}") + kind + _flag(record)
    lines, risks, of = (part[part["number"] == number] for part in (bearing.lines, bearing.register, bearing.served))
    behind = _listed(
        f"Its {words.counted('indicator', len(of))}", [_indicator(row) for row in of.itertuples()], of=record["title"]
    )
    return (
        say.anchor("priority", number),
        title,
        _performance(record) + behind,
        _lines(record, lines, signs=bearing.signs),
        _risks(record, risks, signs=bearing.signs),
    )


def _indicator(row: Any) -> str:
    through = " (through its outcome)" if row.through else ""
    return f"{style.mark(row.effective)} {escape(f'{row.ref} {row.title}{through}')}"


def _listed(summary: str, items: list[str], *, of: object) -> str:
    if not items:
        return ""
    inner = "".join(markup.element("li", item) for item in items)
    told = escape(summary) + markup.unseen(f": {of}")
    return f'<details><summary>{told}</summary><ul class="pk-plain">{inner}</ul></details>'


def _flag(record: Record) -> str:
    if record["meeting"] < len(_THREE):
        return ""
    return f'<span class="pk-small">{style.chip("red", word="All three meet")}</span>'


def _performance(record: Record) -> str:
    if not record["indicators"]:
        return cards.quiet("No indicators")
    ways = [f"{record[word]} {word}" for word in ("improving", "stable", "deteriorating") if record[word]]
    none = [f"{record['no_outlook']} without an outlook"] if record["no_outlook"] else []
    red = _small(f"Red: {escape(words.join(record['red_titles']))}") if record["red_titles"] else ""
    return counts(record) + red + _small(f"Outlook: {', '.join([*ways, *none])}")


def _money(record: Record) -> str:
    if not record["finance_known"]:
        return cards.quiet("No finance return")
    budget = f"Budget {words.number(record['budget'], '£')}"
    if words.missing(record["variance"]):
        rest, lacking = money_words.partial(record), words.counted("line", int(record["without_forecast"]))
        return f"{style.chip(None)} {escape(budget)}" + _small(
            escape(f"{words.capital(lacking)} without a forecast{'; ' if rest else ''}{rest}")
        )
    said = f"{budget}, forecast {words.number(record['forecast'], '£')}"
    return f"{style.chip(record['money'])} {escape(words.sentence(money_words.gap(record)))}" + cards.small(said)


def _risk(record: Record) -> str:
    if not record["risk_known"]:
        return cards.quiet("No register")
    if not record["risks"]:
        return cards.quiet("No risk in the register")
    more = f"{record['risks']} risks, {record['high'] or 'none'} high. The highest:"
    owner = "No owner named" if words.missing(record["owner"]) else f"Owner: {record['owner']}"
    doing = "No mitigation given" if words.missing(record["mitigation"]) else f"Mitigation: {record['mitigation']}"
    named = f"{_to('risk', record['risk'], str(record['risk']))} {escape(record['risk_title'])}"
    small = cards.small(more) if record["risks"] > 1 else ""
    scored = "; ".join(filter(None, (product(record), movement(record))))
    return f"{small}{level(record)} {named}" + _small(f"{scored}. {escape(owner)}.") + cards.small(doing)


def _moved_words(record: Record) -> str:
    trend = record["trend"]
    return f", {trend} from {record['score_before']}" if trend in ("up", "down") else ", new" if trend == "new" else ""


def _lines(record: Record, lines: pd.DataFrame, *, signs: bool) -> str:
    """List the lines that are not green; the others open behind them."""
    if not record["finance_known"]:
        return cards.quiet("No finance return")
    within = lines["money"].eq("green")
    off, rest = ([_line(row, signs=signs) for row in part.itertuples()] for part in (lines[~within], lines[within]))
    behind = _listed(
        f"{words.capital(words.counted('line', len(rest)))} within the tolerance", rest, of=record["title"]
    )
    return (_items(off, "") if off else "") + behind or cards.quiet("No budget line bears on it")


def _line(row: Any, *, signs: bool) -> str:
    others = [number for number in str(row.priorities).split() if number != str(row.number)]
    also = f"; also bears on {words.join(others)}" if others else ""
    sign = f" {STATUS_SIGNS.get(str(row.status), '')}" if signs else ""
    gap = money_words.gap({"variance": row.variance, "percent": row.percent, "budget": row.budget})
    name = f"{row.line} ({row.directorate}){sign}".rstrip()
    return escape(name) + _small(f"{style.mark(row.money)}: {escape(f'{gap}{also}')}")


def _risks(record: Record, register: pd.DataFrame, *, signs: bool) -> str:
    if not record["risk_known"]:
        return cards.quiet("No register")
    items = [_one_risk(_plain(row), signs=signs) for row in register.to_dict("records")]
    return _items(items, "No risk bears on it")


def _one_risk(record: Record, *, signs: bool) -> str:
    sign = STATUS_SIGNS.get(str(record["status"]), "") if signs else ""
    title = f"{record['title']} {sign}".strip()
    named = f"{_to('risk', record['risk'], str(record['risk']))} {escape(title)}"
    return f"{level(record)} {named}" + _small(movement(record))


def _items(items: list[str], none: str) -> str:
    if not items:
        return cards.quiet(none)
    return f'<ul class="pk-plain">{"".join(markup.element("li", item) for item in items)}</ul>'


def _small(content: str) -> str:
    return f'<span class="pk-small">{content}</span>' if content else ""


def _plain(record: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in record.items()}
