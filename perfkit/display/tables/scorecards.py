"""The scorecard: every indicator with its value, target, ratings and the cells that they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.charts import lines as charts_lines
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import cards, movement
from perfkit.display.tables.plain import STATUS_SIGNS, files, legend, place_of, status_signs

Record = Mapping[str, object]
_HEADINGS = ("No.", "Indicator", "Value", "Target", "Calculated", "Director’s", "Rating", "Outlook")
_FIGURES = frozenset({"Value"})
_EACH = re.compile(r"(\S+ a (?:quarter|month)) times ")
_MOVED = ("change", "direction_previous", "change_year", "direction_year")


def scorecard(
    rated: pd.DataFrame,
    *,
    caption: str,
    outcomes: pd.DataFrame | None = None,
    trend: pd.DataFrame | None = None,
    moved: pd.DataFrame | None = None,
    by: str = "priority",
    anchors: bool = False,
) -> Fragment:
    """Show rated indicators, a table for each priority, grouped by outcome, with the three ratings side by side.

    ``rated`` holds what `rating.rate` and `rating.assess` give. ``outcomes`` (``outcome``, ``title``, ``rag``) names
    the groups; ``trend`` (``indicator``, ``value``, in order) adds a small line to each value; ``moved`` (what
    `direction.travel` gives) adds the direction of travel. ``by`` names another column to make a table for each value
    of. ``anchors`` lets links lead to each indicator (`anchor`); only one table of a page may have them.
    Rows come in the order of ``outcomes``, else in the order given. Raises `ValueError` without a caption.

    >>> scorecard(pd.DataFrame(columns=["priority", "outcome"]), caption="Indicators")
    Indicators: no indicators
    """
    if not caption.strip():
        raise ValueError("A scorecard needs a caption that says what it shows.")
    rated = _in_order(rated, outcomes)
    groups = _groups(outcomes, with_priority=by != "priority")
    beside = _Beside(groups, _lines(trend), _rules(rated), moved is not None, anchors)
    if moved is not None:
        rated = rated.merge(moved[["indicator", *_MOVED]], on="indicator", how="left")
    tables = [
        _part(f"{caption}: {name}", part.to_dict("records"), beside)
        for name, part in rated.groupby(by, sort=False, dropna=False)
    ]
    signs = status_signs(rated) | markers(rated)
    body = "".join(tables) or markup.text("p", "No indicators.", class_="pk-quiet")
    foot = files(rated, "", "target_", "assessed_", of=caption)
    return Fragment(
        legend(signs) + body + _rule_list(beside.rules) + foot, f"{caption}: {words.counted('indicator', len(rated))}"
    )


def _in_order(rated: pd.DataFrame, outcomes: pd.DataFrame | None) -> pd.DataFrame:
    """Put indicators in the order of their outcomes, and leave those of one outcome as they are."""
    if outcomes is None:
        return rated
    places = {str(outcome): place for place, outcome in enumerate(outcomes["outcome"])}
    return rated.iloc[rated["outcome"].astype(str).map(places).fillna(len(places)).argsort(kind="stable")]


@dataclass(frozen=True)
class _Beside:
    """What stands beside the rows: headings of outcomes, small lines, numbers of rules."""

    groups: Mapping[str, str]
    lines: Mapping[str, str]
    rules: Mapping[str, int]
    travel: bool = False
    anchors: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns shown."""
        return (*_HEADINGS, "Direction of travel") if self.travel else _HEADINGS


def _rules(rated: pd.DataFrame) -> dict[str, int]:
    """Number the rules that made ratings, in the order they come in."""
    if "rule_text" not in rated:
        return {}
    used = rated.loc[rated["calculated"].isin(style.RAG_WORDS), "rule_text"]
    return {str(text): n for n, text in enumerate((t for t in used.drop_duplicates() if not words.missing(t)), 1)}


def _rule_list(rules: Mapping[str, int]) -> str:
    if not rules:
        return ""
    head = markup.text("p", "Rules of the calculated ratings:", class_="pk-legend")
    return head + markup.element("ol", markup.each("li", rules), class_="pk-legend pk-rules")


def _lines(trend: pd.DataFrame | None) -> dict[str, str]:
    if trend is None:
        return {}
    values = {str(name): [float(v) for v in part["value"]] for name, part in trend.groupby("indicator", sort=False)}
    return {name: charts_lines.sparkline(series) for name, series in values.items()}


def anchor(ref: object) -> str:
    """Name the place of an indicator on a page, for links to its row.

    >>> anchor("7a")
    'indicator-7a'
    """
    return f"indicator-{markup.slug(str(ref))}"


def _groups(outcomes: pd.DataFrame | None, *, with_priority: bool) -> dict[str, str]:
    if outcomes is None:
        return {}
    return {
        str(record["outcome"]): f"{escape(record['outcome'])} {escape(record['title'])} "
        + (style.chip(record["rag"]) if "rag" in record else "")
        + (cards.small(record.get("priority")) if with_priority else "")
        for record in outcomes.to_dict("records")
    }


def markers(rated: pd.DataFrame) -> dict[str, str]:
    """Give the signs that stand in place of figures, with what each means, for the legend."""
    if "marker" not in rated or "marker_means" not in rated:
        return {}
    held = rated[["marker", "marker_means"]].dropna().drop_duplicates("marker")
    return {str(marker): str(means) for marker, means in zip(held["marker"], held["marker_means"], strict=True)}


def _part(caption: str, records: list[Record], beside: _Beside) -> str:
    bodies = [
        cards.body(
            (_row(record, beside) for record in part),
            group=beside.groups.get(outcome, escape(outcome)),
            across=len(beside.headings),
        )
        for outcome, part in groupby(records, key=lambda record: str(record["outcome"]))
    ]
    return cards.table(caption, beside.headings, bodies, kind="pk-scorecard", figures=_FIGURES)


def _row(record: Record, beside: _Beside) -> str:
    line = beside.lines.get(str(record["indicator"]), "")
    title = escape(record["title"]) + _differs(record) + _sources(record)
    return cards.row(
        cards.ref(record["ref"]),
        cards.title(title),
        cards.cell("Value", _value(record) + line, "pk-number"),
        cards.cell("Target", _target(record)),
        cards.cell("Calculated", _calculated(record, beside.rules)),
        cards.cell("Director’s", _mark(record.get("assessed"))),
        cards.cell("Rating", style.chip(record.get("effective")) + cards.small(_why(record))),
        cards.cell("Outlook", style.outlook(record.get("outlook"))),
        cards.cell("Direction of travel", movement.directions(record)) if beside.travel else "",
        place=anchor(record["ref"]) if beside.anchors else "",
    )


def _mark(rating: object) -> str:
    if words.missing(rating):
        return cards.quiet("Not given")
    return style.mark(rating)


def _value(record: Record) -> str:
    shown = reported(record)
    if shown == words.NO_VALUE:
        return cards.quiet(words.NO_VALUE.capitalize())
    period = record.get("data_period")
    earlier = "" if words.missing(period) or period == record.get("period") else f"for {period}"
    return escape(shown) + ("" if shown == record.get("marker") else cards.small(earlier))


def reported(record: Record) -> str:
    """Write what was reported: the figure with its status, or the sign that stands in its place as it stands.

    >>> reported({"value": 66.96, "unit": "percent", "decimals": 1, "status": "provisional"})
    '67.0% [p]'
    >>> reported({"value": None, "marker": "[c]", "status": "provisional"}), reported({"status": "final"})
    ('[c]', 'no value')
    """
    if not words.missing(record.get("marker")):
        return str(record["marker"])
    shown = _figure(record, "value")
    if shown == words.NO_VALUE:
        return shown
    if not words.missing(record.get("value_of_which")):
        shown = f"{shown}, of which {_figure(record, 'value_of_which')}"
    return f"{shown} {STATUS_SIGNS.get(str(record.get('status')), '')}".strip()


def _figure(record: Record, column: str, *, fine: bool = False) -> str:
    """Write a figure of a row; ``fine`` keeps a decimal of what is expected, such as 24.5 people, that is no count."""
    decimals = record.get("decimals")
    places = None if words.missing(decimals) or (fine and decimals == 0) else int(str(decimals).split(".")[0])
    unit = record.get("unit")
    return words.number(record.get(column), "" if words.missing(unit) else str(unit), places)


def _target(record: Record) -> str:
    written = record.get("target_text")
    shown = cards.quiet("No target") if words.missing(written) else escape(words.target(written))
    return shown + cards.small(expected(record))


def expected(record: Record) -> str:
    """Say what is expected by now; empty where that is the target itself, or nothing is expected.

    >>> expected({"expected": 2499.0, "target_low": 833.0, "unit": "count", "decimals": 0})
    'expected by now 2,499'
    >>> how = "833 a quarter times 3"
    >>> expected({"expected": 2499.0, "target_low": 833.0, "unit": "count", "decimals": 0, "expected_how": how})
    'expected by now 2,499, at 833 a quarter'
    """
    if words.missing(record.get("expected")) or record.get("unit") == "quartile" or _as_written(record):
        return ""
    each = _EACH.match(str(record.get("expected_how")))
    said = f"expected by now {_figure(record, 'expected', fine=True)}" + (f", at {each[1]}" if each else "")
    if not words.missing(record.get("expected_of_which")):
        return f"{said}, of which {_figure(record, 'expected_of_which', fine=True)}"
    if not words.missing(record.get("expected_high")):
        return f"{said} to {_figure(record, 'expected_high', fine=True)}"
    return said


def _as_written(record: Record) -> bool:
    """Tell whether what is expected by now is the target itself."""
    if record.get("expected") != record.get("target_low"):
        return False
    return words.missing(record.get("expected_high")) or record.get("expected_high") == record.get("target_high")


def _calculated(record: Record, rules: Mapping[str, int]) -> str:
    rating = record.get("calculated")
    if style.rating_of(rating) == style.NOT_RATED:
        return style.mark(rating) + cards.small(record.get("calculated_reason"))
    number = rules.get(str(record.get("rule_text")))
    return style.mark(rating) + cards.small(f"by rule {number}" if number else None)


def _why(record: Record) -> object:
    """Give the reason of the rating that counts, where the two ratings beside it do not say it already."""
    reason, differs = record.get("effective_reason"), record.get("differs")
    plain = words.missing(differs) or not differs
    said_already = (record.get("calculated_reason"), "calculated", "the director's rating")
    return None if plain and reason in said_already else reason


def _differs(record: Record) -> str:
    differs = record.get("differs")
    if words.missing(differs) or not bool(differs):
        return ""
    for name, opening in (("reason", "Why the ratings differ"), ("question", "To be answered")):
        if not words.missing(record.get(name)):
            return markup.text("span", f"{opening}: {record[name]}", class_="pk-small pk-strong")
    return markup.text("span", "The two ratings differ; no reason was given.", class_="pk-small pk-strong")


def _sources(record: Record) -> str:
    value, target, rating = (place_of(record, prefix) for prefix in ("", "target_", "assessed_"))
    named = (("Value", value), ("rating", _nearer(rating, value)), ("target", _nearer(target, value)))
    said = "; ".join(f"{name} {place}" for name, place in named if place)
    return cards.small(words.capital(said))


def _nearer(place: str, beside: str) -> str:
    """Leave out the file and sheet that were just named.

    >>> _nearer("SCS.xlsx, Dashboard!J9", "SCS.xlsx, Dashboard!H9")
    'J9'
    """
    sheet = place.rpartition("!")[0]
    return place.rpartition("!")[2] if sheet and sheet == beside.rpartition("!")[0] else place


def counts(record: Record, names: Iterable[str] = (*style.RAG_WORDS, "not_rated")) -> str:
    """Write counts of ratings as shapes with numbers and words.

    >>> "3 green" in counts({"green": 3, "amber": 0, "red": 0, "not_rated": 0})
    True
    """
    held = [(name.replace("_", " "), record.get(name)) for name in names]
    said = [
        f'<span class="pk-outlook pk-tally pk-mark-{"none" if name == style.NOT_RATED else name}">{count} {name}</span>'
        for name, count in held
        if not words.missing(count) and count
    ]
    return "".join(said) or cards.quiet("None")
