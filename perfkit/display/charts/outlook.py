"""The charts of the outlook page: small multiples of a directorate, and fan and control chart side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.display import icons, markup, outlook_titles, words
from perfkit.display.charts import frame as charts_frame
from perfkit.display.charts.axis import place
from perfkit.display.charts.controls import MARKS, control, fill
from perfkit.display.charts.fans import fan
from perfkit.display.charts.frame import Chart, Label
from perfkit.display.markup import Fragment
from perfkit.display.tables.plain import table

Row = Mapping[str, Any]
_WIDTH, _HEIGHT, _EDGE = 220, 64, 6
MOST, LEAST = 30, 12
"""Small drawings on a page, which has at most 300 kB: the least where a hundred indicators and more take the room."""
_FIRST = ("concern", "neutral", "improvement")


def small_multiples(
    points: pd.DataFrame, ranked: pd.DataFrame, *, directorates: pd.DataFrame, source: str
) -> list[Chart]:
    """Draw every charted indicator small, a figure for each directorate, in the order of the directorates.

    ``points`` is what `spc.charts` gives, ``ranked`` what `matters.rank` gives. Each drawing has its own scale, its
    limits as a band, its special causes marked by shape, and its icon in words. Of more than there is room for, those
    are drawn that changed for the worse, then for the better, and the others are named. Directorates without a chart
    are left out.
    """
    made, drawn = [], _drawn(ranked)
    parts = {str(key): part for key, part in points.groupby("indicator", sort=False)}
    for code, name in directorates.sort_values("order")[["directorate", "name"]].itertuples(index=False):
        rows = ranked[ranked["directorate"] == code]
        shown = [{str(k): v for k, v in row.items()} for row in rows[rows["indicator"].isin(drawn)].to_dict("records")]
        if shown:
            made.append(_multiple(str(name), [(row, parts[str(row["indicator"])]) for row in shown], rows, source))
    return made


def _drawn(ranked: pd.DataFrame) -> set[str]:
    """Choose what to draw: what changed for the worse, then for the better, then the rest; of each directorate one."""
    charted = ranked[ranked["chart"] != ""]
    kinds = charted["variation"].astype(str).str.split().str[0]
    order = kinds.map({kind: place for place, kind in enumerate(_FIRST)}).fillna(len(_FIRST))
    ordered = charted.loc[order.sort_values(kind="stable").index]
    room = max(LEAST, min(MOST, MOST + 100 - len(ranked)))
    return {*ordered["indicator"].head(room), *ordered.drop_duplicates("directorate")["indicator"]}


def _multiple(name: str, charted: list[tuple[Row, pd.DataFrame]], rows: pd.DataFrame, source: str) -> Chart:
    title = _title(name, [kind for kind in rows["variation"].astype(str) if kind in icons.VARIATION])
    title = title or f"{name}: not enough data to tell what is changing"
    left = rows.loc[rows["chart"] == "", "ref"].tolist()
    others = rows[(rows["chart"] != "") & ~rows["indicator"].isin([row["indicator"] for row, _ in charted])]
    said = [f"{row['title']}: {_word(row)}" for row, _ in charted]
    alt = "; ".join(said) + "."
    notes = ["Shaded: between the limits; line: mean or median; each drawing has its own scale"]
    notes += [f"Without a chart: {words.join(left)}"] if left else []
    unseen = f"Not drawn, to keep the page small: {words.join(others['ref'])}; the table above says what each shows"
    notes += [unseen] if len(others) else []
    notes += (
        ["Year-to-date figures are taken apart into single quarters"] if any(r["single"] for r, _ in charted) else []
    )
    label = Label(title, "Figures by quarter", "each indicator's own unit", source, notes)
    cells = "".join(_cell(row, part) for row, part in charted)
    grid = markup.element("div", cells, class_="pk-multiples", role="group", aria_label=title)
    return charts_frame.build(label, alt=alt, drawing=grid, data=_data(title, charted))


def _title(name: str, variations: list[str]) -> str:
    """Say what is changing among the indicators with limits; empty where none has any."""
    if not variations:
        return ""
    worse, better = (sum(v.startswith(kind) for v in variations) for kind in ("concern", "improvement"))
    of = f"{len(variations)} charted {words.plural('indicator', len(variations))}"
    if not worse and not better:
        return f"{name}: no significant change in {of}"
    if len(variations) in (worse, better):
        every = words.every("charted indicator", len(variations))
        return f"{name}: {every} changed for the {'worse' if worse else 'better'}"
    parts = [f"{n} changed for the {way}" for n, way in ((worse, "worse"), (better, "better")) if n]
    return f"{name}: of {of} {words.join(parts)}"


def _word(row: Row) -> str:
    known = icons.VARIATION.get(str(row["variation"]))
    return known[0].lower() if known else "not enough data"


def _cell(row: Row, points: pd.DataFrame) -> str:
    known = points[points["value"].notna()]
    last = outlook_titles.figure(row, known["value"].iloc[-1]) if len(known) else words.NO_VALUE
    head = markup.text("p", f"{row['ref']} {row['title']}", class_="pk-small pk-strong")
    figure = markup.text("strong", last)
    foot = markup.element("div", figure + icons.variation(row["variation"]))
    return markup.element("div", head + _small(points) + foot)


def _small(points: pd.DataFrame) -> str:
    """Draw one series as a small line with its limits; hidden from screen readers, as words stand beside it."""
    values = [float(v) for v in points["value"]]
    lines = {name: _last(points, name) for name in ("lower", "upper", "mean", "median")}
    held = [v for v in [*values, *lines.values()] if v is not None and v == v]
    low, high = min(held, default=0.0), max(held, default=1.0)
    step = (_WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)

    def up(value: float) -> float:
        return _HEIGHT - _EDGE - (value - low) * (_HEIGHT - 2 * _EDGE) / ((high - low) or 1)

    at = [(_EDGE + n * step, up(v) if v == v else None) for n, v in enumerate(values)]
    body = _band(lines, up) + _line(at) + _points(at, points)
    body = body.replace(".0", "")
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">{body}</svg>'


def _last(points: pd.DataFrame, name: str) -> float | None:
    if name not in points or pd.isna(points[name].iloc[-1]):
        return None
    return float(points[name].iloc[-1])


def _band(lines: Mapping[str, float | None], up: Any) -> str:
    drawn = ""
    if lines["lower"] is not None and lines["upper"] is not None:
        top, bottom = up(lines["upper"]), up(lines["lower"])
        drawn += f'<path d="M0 {top:.1f}H{_WIDTH}V{bottom:.1f}H0z" style="fill:var(--pk-wash)"/>'
    middle = lines["mean"] if lines["mean"] is not None else lines["median"]
    if middle is not None:
        drawn += f'<path d="M0 {up(middle):.1f}H{_WIDTH}" style="stroke:var(--pk-line);stroke-width:1"/>'
    return drawn


def _line(at: list[tuple[float, float | None]]) -> str:
    path, pen = "", "M"
    for x, y in at:
        if y is None:
            pen = "M"
            continue
        path, pen = f"{path}{pen}{x:.1f} {y:.1f}", "L"
    return f'<path d="{path}" style="fill:none;stroke:var(--pk-soft);stroke-width:1.5;stroke-linejoin:round"/>'


def _points(at: list[tuple[float, float | None]], points: pd.DataFrame) -> str:
    """Mark special causes, and the latest point larger, whatever it is."""
    kinds = points["point_type"].fillna("").tolist() if "point_type" in points else [""] * len(at)
    last = max((n for n, (_, y) in enumerate(at) if y is not None), default=-1)
    drawn = ""
    for kind, (shape, _, _, _) in MARKS.items():
        chosen = [n for n, own in enumerate(kinds) if (own or "common cause") == kind and at[n][1] is not None]
        chosen = [n for n in chosen if kind != "common cause" or n == last]
        marks = "".join(_mark(at[n][0], at[n][1] or 0.0, shape, 4.5 if n == last else 3.0) for n in chosen)
        drawn += f'<path d="{marks}" style="fill:{fill(kind)}"/>' if marks else ""
    return drawn


def _mark(x: float, y: float, shape: str, r: float) -> str:
    if shape == "o":
        return f"M{x - r:.1f} {y:.1f}a{r:g} {r:g} 0 1 0 {2 * r:g} 0 {r:g} {r:g} 0 1 0-{2 * r:g} 0"
    if shape == "D":
        d = r + 1
        return f"M{x:.1f} {y - d:.1f}l{d:g} {d:g}-{d:g} {d:g}-{d:g}-{d:g}z"
    return f"M{x - r:.1f} {y - r:.1f}h{2 * r:g}v{2 * r:g}h-{2 * r:g}z"


def _data(title: str, charted: list[tuple[Row, pd.DataFrame]]) -> Fragment:
    rows: list[dict[str, str]] = []
    labels: dict[str, None] = {}
    for row, part in charted:
        shown = {str(p): outlook_titles.digits(row, v) for p, v in zip(part["period"], part["value"], strict=True)}
        labels |= dict.fromkeys(shown)
        rows.append({"indicator": f"{row['ref']} {row['title']}", "said": words.sentence(_word(row)), **shown})
    names = sorted(labels, key=place)
    frame = pd.DataFrame(rows).reindex(columns=["indicator", "said", *names])
    columns = {"indicator": "Indicator", "said": "Variation"} | {name: name for name in names}
    return table(frame, caption=f"Data: {title}", columns=columns, units=dict.fromkeys(names, ""))


def details(
    top: pd.DataFrame, seen: pd.DataFrame, *, paths: pd.DataFrame, points: pd.DataFrame, source: str
) -> list[Fragment]:
    """Show, for each indicator in turn, what it says in words, its fan chart and its control chart side by side.

    ``top`` is what `matters.first` gives, ``seen`` what `matters.figures` gives, ``paths`` what `outlook.paths_many`
    gives and ``points`` what `spc.charts` gives.
    """
    shown = []
    for row in top.to_dict("records"):
        record = {str(key): value for key, value in row.items()}
        name = record["indicator"]
        mine = (frame[frame["indicator"] == name] for frame in (seen, paths, points))
        shown.append(_detail(record, *mine, source=source))
    return shown


def _detail(row: Row, history: pd.DataFrame, path: pd.DataFrame, points: pd.DataFrame, *, source: str) -> Fragment:
    part = path["part"].iloc[0] if len(path) else 1
    mine = history[history["part"].fillna(1) == part] if "part" in history else history
    head = markup.text("h3", f"{row['place']}. {row['title']} ({row['ref']})")
    icon = f"{icons.variation(row['variation'], without='')} {icons.assurance(row['assurance'], without='')}"
    charts = [fan(mine.drop(columns="part", errors="ignore"), path, row, source=source, compact=True).html]
    if len(points):
        charts.append(_control(row, points, source=source).html)
    said = markup.text("p", _said(row))
    shown = markup.element("div", "".join(charts), class_="pk-pair")
    strip = markup.element("p", icon, style="display:flex;flex-wrap:wrap;gap:.25rem 1.5rem") if row["variation"] else ""
    whole = markup.element("div", head + said + strip + shown, class_="pk-detail")
    return Fragment(whole, f"{row['title']}: {_said(row)}")


def _control(row: Row, points: pd.DataFrame, *, source: str) -> Chart:
    drawn = points.dropna(axis="columns", how="all")
    what = f"{row['title']}, single quarters" if row["single"] else str(row["title"])
    notes = ["Taken apart from the year-to-date figures"] if row["single"] else []
    notes += [str(row["variation_warnings"])] if row["variation_warnings"] else []
    places = None if words.missing(row["decimals"]) else int(row["decimals"])
    title = outlook_titles.control_title(str(row["title"]), drawn)
    unit = str(row["unit"])
    return control(drawn, title=title, unit=unit, source=source, what=what, decimals=places, compact=True, notes=notes)


def _said(row: Row) -> str:
    why = "" if row["chart"] else f" {row['not_charted']}"
    doubt = outlook_titles.looking_back(row)
    question = f" {row['question']}" if row["question"] else ""
    change = str(row["variation_words"] or "")
    change = change.replace("The target will be", "By the limits the target will be") if doubt else change
    return f"{change} {doubt} {row['words']}{why}{question}".strip().replace("  ", " ")
