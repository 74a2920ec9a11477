"""The matrix of risks: likelihood upwards, impact to the right, each square with its score, level and risks."""

from __future__ import annotations

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.charts.frame import Chart, Label
from perfkit.model import risk_levels

LIKELIHOOD = {5: "Almost certain", 4: "Likely", 3: "Possible", 2: "Unlikely", 1: "Rare"}
IMPACT = {1: "Negligible", 2: "Minor", 3: "Moderate", 4: "Major", 5: "Severe"}


def risk_matrix(register: pd.DataFrame, *, title: str, source: str, high: int) -> Chart:
    """Show risks in a grid of five by five; a square says its score, and how high that is, besides its colour.

    Needs ``risk, likelihood, impact, score`` and ``level`` of `single_view.register`. Empty, and without room, where
    there are no risks.

    >>> found = pd.DataFrame({"risk": ["R1"], "likelihood": [4], "impact": [5], "score": [20], "level": ["high"]})
    >>> risk_matrix(found, title="One is high", source="the register", high=15).alt
    'Of 1 risk 1 is high (R1, 20).'
    """
    alt = _reading(register)
    if register.empty:
        return Chart(html="", words="", title=title, alt=alt)
    what = f"Risks by likelihood and impact: high from {high}, medium from {risk_levels.MEDIUM}, low below"
    label = Label(title, what, "score (likelihood times impact, 1 to 25)", source)
    held: dict[tuple[int, int], list[str]] = {}
    for risk, up, across in zip(register["risk"], register["likelihood"], register["impact"], strict=True):
        held.setdefault((int(up), int(across)), []).append(str(risk))
    heads = "".join(markup.text("th", f"{name} {n}", scope="col") for n, name in IMPACT.items())
    corner = markup.text("th", "Likelihood, by impact", scope="col")
    rows = "".join(_row(up, held, high) for up in LIKELIHOOD)
    caption = markup.text("caption", f"{title}. {alt}", class_="pk-unseen")
    grid = f"{caption}<thead><tr>{corner}{heads}</tr></thead><tbody>{rows}</tbody>"
    table = markup.element("table", grid, class_="pk-heat pk-matrix")
    drawing = markup.element("div", table, class_="pk-scroll", role="region", tabindex="0", aria_label=f"Grid: {title}")
    head, foot = markup.text("p", title, class_="pk-chart-title"), markup.text("figcaption", label.caption)
    whole = markup.element("figure", head + drawing + foot, class_="pk-chart")
    return Chart(html=whole, words=f"{title}: {alt}", title=title, alt=alt)


def _row(up: int, held: dict[tuple[int, int], list[str]], high: int) -> str:
    cells = "".join(_square(up * across, held.get((up, across), []), high) for across in IMPACT)
    return markup.element("tr", markup.text("th", f"{LIKELIHOOD[up]} {up}", scope="row") + cells)


def _square(score: int, risks: list[str], high: int) -> str:
    level = risk_levels.level(score, high=high)
    number = markup.text("span", f"{score} {level}", class_="pk-square")
    # An empty square is pale, so that those with risks are seen first.
    look = f"pk-cell pk-cell-{style.LEVELS[level]}" if risks else f"pk-cell pk-{style.LEVELS[level]}"
    named = markup.text("span", ", ".join(risks)) if risks else '<span class="pk-unseen">no risk</span>'
    return markup.element("td", f"{number} {named}", class_=look)


def _reading(register: pd.DataFrame) -> str:
    of = len(register)
    high = register[register["level"] == "high"]
    if not of:
        return "No risks."
    if high.empty:
        top = register.loc[register["score"].astype("int64").idxmax()]
        return f"Of {of} {words.plural('risk', of)} none is high; the highest is {top['risk']} at {top['score']}."
    named = words.join(
        f"{row.risk}, {row.score}" if len(high) == 1 else f"{row.risk} {row.score}" for row in high.itertuples()
    )
    return f"Of {of} {words.plural('risk', of)} {len(high)} {words.are(len(high))} high ({named})."
