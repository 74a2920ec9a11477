"""Claims: the figure, its basis, whether it holds, and every basis side by side where none is stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pandas as pd
import pytest

from perfkit.analysis import delays
from perfkit.analysis.delays import claims
from perfkit.intake import dtoc
from perfkit.intake.workbooks import releases
from perfkit.model.errors import ParameterError

Make = Callable[..., pd.DataFrame]


@pytest.fixture
def frame(delays_of: Make) -> pd.DataFrame:
    both, social = {"attribution": "both"}, {"attribution": "social care"}
    return delays_of(
        ("2017-03", "Oxfordshire", 5610), ("2017-03", "Oxfordshire", 2062, both),
        ("2017-03", "Oxfordshire", 859, social),
        ("2017-03", "A", 6000), ("2017-03", "A", 100, both), ("2017-03", "B", 870), ("2017-03", "B", 50, both),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("over 5,600 bed days lost in March 2017", True), ("over 5,610 bed days lost in March 2017", False),
        ("at least 5,610 bed days lost in March 2017", True), ("nearly 6,000 days in March 2017", True),
        ("nearly 5,610 days in March 2017", False), ("just over 5,600 days in March 2017", True),
        ("just over 3,000 days in March 2017", False), ("about 5,500 delayed days in March 2017", True),
        ("fewer than 5,000 delayed days in March 2017", False), ("5,610 delayed days in March 2017", True),
        ("In March 2017, up to 5,700 bed days were lost to delays", True),
        ("28 people a day awaiting social care in March 2017", True),
        ("27.7 people a day awaiting social care in March 2017", True),
        ("27.8 people a day awaiting social care in March 2017", False),
        ("67 patients a day in March 2017 (both)", True),
    ],
)  # fmt: skip
def test_a_claim_holds_or_not_by_its_words(frame: pd.DataFrame, text: str, holds: bool) -> None:
    assert claims.check(text, frame, area="Oxfordshire").holds is holds


def test_a_claim_tells_its_figure_its_basis_and_its_cells(frame: pd.DataFrame) -> None:
    claim = claims.check("28 people a day awaiting social care in March 2017", frame, area="Oxfordshire")
    assert round(claim.figure, 1) == 27.7
    assert claim.basis == "people a day, social care, March 2017"
    assert (claim.file, claim.sheet, claim.cells) == ("2017-03.xls", "LA", ("F20",))
    assert claim.verdict == "holds"


def test_a_basis_that_is_not_stated_is_answered_by_all_of_them(frame: pd.DataFrame) -> None:
    claim = claims.check("67 people a day in March 2017", frame, area="Oxfordshire")
    assert [(b.basis.split(", ")[1], round(b.figure), b.holds) for b in claim.bases] == [
        ("all delays", 181, False),
        ("social care", 28, False),
        ("both", 67, True),
    ]
    assert claim.holds is None
    assert claim.verdict == "holds by people a day, both, March 2017 only"


def test_a_rank_is_reckoned_by_every_attribution(frame: pd.DataFrame) -> None:
    claim = claims.check("2nd highest nationally", frame, area="Oxfordshire", period="March 2017")
    assert [(b.basis, b.figure, b.holds) for b in claim.bases] == [
        ("rank by delayed days, all delays, March 2017", 2, True),
        ("rank by delayed days, social care, March 2017", 1, False),
        ("rank by delayed days, both, March 2017", 1, False),
    ]
    assert claims.check("2nd lowest", frame, area="Oxfordshire", period="March 2017").bases[0].holds


def test_a_rate_adds_its_bases_where_there_is_a_denominator(frame: pd.DataFrame) -> None:
    adults = pd.DataFrame(
        {"area": ["Oxfordshire", "A", "B"], "adults": [10_000, 90_000, 1_000], "year": "2016", "source": "x"}
    )
    claim = claims.check("2nd highest", frame, area="Oxfordshire", period="March 2017", per=adults)
    by_rate = next(b for b in claim.bases if b.basis.startswith("rank by rate per 100,000 adults, all"))
    assert by_rate.figure == 2


def test_times_the_average_is_answered_side_by_side(frame: pd.DataFrame) -> None:
    claim = claims.check("nearly 3 times the national average", frame, area="Oxfordshire", period="March 2017",
                         neighbours=["B"])  # fmt: skip
    ratios = {b.basis.removesuffix(", March 2017"): round(b.figure, 2) for b in claim.bases}
    assert ratios == {
        "mean of authorities": 1.35, "mean of authorities in South East": 1.35, "mean of neighbours": 6.45,
        "median of authorities": 1.0,
    }  # fmt: skip
    assert claim.holds is False


def test_a_sum_of_fewer_months_than_the_period_says_so(frame: pd.DataFrame) -> None:
    claim = claims.check("over 5,000 bed days lost in 2016-17", frame, area="Oxfordshire")
    assert claim.basis == "delayed days, all delays, 2016-17 (1 of 12 months)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 51,000 bed days lost", '"over 51,000 bed days lost" names no period'),
        ("delays are rising in March 2017", "is not understood: expected a number of bed days"),
        ("over 300 complaints in March 2017", "is not understood: expected a number of bed days"),
        ("over 51,000 bed days lost in 2011-12", "There are no delays for 2011-12; there are March 2017."),
    ],
)
def test_what_cannot_be_reckoned_is_told(frame: pd.DataFrame, text: str, expected: str) -> None:
    with pytest.raises(ParameterError, match=expected):
        claims.check(text, frame, area="Oxfordshire")


def test_an_unknown_area_is_told_whatever_the_claim(frame: pd.DataFrame) -> None:
    for text in ("over 5 bed days in March 2017", "2nd highest in March 2017", "3 times the average in March 2017"):
        with pytest.raises(ParameterError, match='No area is called "Oxford"'):
            claims.check(text, frame, area="Oxford")


def test_a_claim_is_frozen_and_claims_list_as_a_table(frame: pd.DataFrame) -> None:
    claim = claims.check("67 people a day in March 2017", frame, area="Oxfordshire")
    with pytest.raises(FrozenInstanceError):
        claim.figure = 1.0  # type: ignore[misc]
    table = claims.table([claim])
    assert table.columns.tolist() == ["claim", "basis", "figure", "holds", "verdict"]
    assert len(table) == len(claim.bases)


FOUR = ("over 51,000 bed days lost in 2016-17", "4th highest nationally", "nearly 3 times the national average",
        "28 people a day awaiting social care in March 2017")  # fmt: skip


def test_the_councils_claims_hold_in_the_pack_by_the_bases_named(project: Path) -> None:
    paths = sorted((project / "data" / "raw" / "2017-18" / "dtoc").glob("*.xls"))
    frame = pd.concat([dtoc.read(releases.read(path)).tables["delays"] for path in paths])
    found = [claims.check(text, frame, area="Oxfordshire", period="2016-17") for text in FOUR]
    assert [round(claim.figure, 1) for claim in found] == [52_236, 4, 2.8, 27.7]
    assert found[1].basis == "rank by delayed days, all delays, 2016-17"
    assert found[2].basis == "mean of authorities, 2016-17"
    assert len(found[0].cells) == 12
    line = delays.against_target(
        delays.by_month(frame, area="Oxfordshire", attribution="social care", first="March 2017"),
        baseline=28, baseline_month="March 2017", target=14, target_month="March 2018",
    )  # fmt: skip
    assert line["distance"].iloc[-1] > 0
    assert line["people_a_day"].is_monotonic_decreasing


@pytest.mark.samples
def test_the_councils_claims_against_the_real_workbooks(shared: Path) -> None:
    folder = shared / "samples" / "dtoc_monthly"
    paths = [*folder.glob("*_16.xls"), *(folder / f"{month}_17.xls" for month in ("Jan", "Feb", "March"))]
    frame = pd.concat([dtoc.read(releases.read(path)).tables["delays"] for path in paths])
    days, rank, ratio, people = (claims.check(text, frame, area="Oxfordshire", period="2016-17") for text in FOUR)
    assert (days.figure, days.holds) == (52_236, True)
    assert (round(people.figure, 1), people.holds) == (27.7, True)
    assert {b.basis: b.figure for b in rank.bases}["rank by delayed days, all delays, 2016-17"] == 9
    assert rank.holds is False
    assert round({b.basis: b.figure for b in ratio.bases}["mean of authorities, 2016-17"], 2) == 3.51
