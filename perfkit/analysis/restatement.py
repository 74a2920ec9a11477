"""Hold perfkit's own counts against the figures that the council published."""

from __future__ import annotations

from typing import Any

import pandas as pd

NOT_COMPUTED = "perfkit does not compute this statement"


def restate(published: pd.DataFrame, *, rated: pd.DataFrame, rolled: pd.DataFrame) -> pd.DataFrame:
    """Compute every published count again from the rated indicators and the rolled-up outcomes.

    Columns used: ``statement, count`` of published; ``effective, outlook`` of rated; ``rag, outcome`` of rolled.
    Columns: ``statement, published, computed, agrees, remark`` and the published figure's ``file, sheet, cell``.
    A statement that is not computed stays, with that as its remark; a difference is explained where it can be.
    Source of the statements: the council's paper, as carried in the framework's sheet of published counts.

    >>> published = pd.DataFrame({"statement": ["outcomes rated red"], "count": [2.0], "file": "f", "sheet": "s",
    ...                           "cell": "B2"})
    >>> rated = pd.DataFrame({"effective": ["red"], "outlook": ["stable"]})
    >>> restate(published, rated=rated, rolled=pd.DataFrame({"outcome": ["E5"], "rag": ["red"]}))[
    ...     ["published", "computed", "agrees"]].values.tolist()
    [[2.0, 1.0, False]]
    """
    computed = _computed(rated, rolled)
    frame = published.rename(columns={"count": "published"}).assign(
        computed=lambda p: p["statement"].map(computed).astype("float64")
    )
    frame = frame.assign(agrees=(frame["published"] == frame["computed"]))
    frame = frame.assign(remark=[_remark(row, rolled) for row in frame.to_dict("records")])
    return frame[["statement", "published", "computed", "agrees", "remark", "file", "sheet", "cell"]]


def _computed(rated: pd.DataFrame, rolled: pd.DataFrame) -> dict[str, int]:
    return {
        "success indicators reported": len(rated),
        "success indicators rated green": int((rated["effective"] == "green").sum()),
        "success indicators rated amber": int((rated["effective"] == "amber").sum()),
        "success indicators rated red": int((rated["effective"] == "red").sum()),
        "success indicators not rated": int((rated["effective"] == "not rated").sum()),
        "success indicators with a stable or improving outlook": int(
            rated["outlook"].isin(["stable", "improving"]).sum()
        ),
        "outcomes reported": len(rolled),
        "outcomes rated green or amber": int(rolled["rag"].isin(["green", "amber"]).sum()),
        "outcomes rated red": int((rolled["rag"] == "red").sum()),
    }


def _remark(row: dict[str, Any], rolled: pd.DataFrame) -> str:
    if pd.isna(row["computed"]):
        return NOT_COMPUTED
    if row["agrees"]:
        return ""
    unrated = rolled.loc[rolled["rag"] == "not rated", "outcome"].tolist()
    if row["statement"] == "outcomes rated green or amber" and row["published"] == row["computed"] + len(unrated):
        return f"the published figure counts {', '.join(unrated)}, none of whose indicators is rated, as not red"
    return "the figures differ"
