"""Two files of one month that disagree are told: one of them would be believed by its name, without a word."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.intake import sanity
from perfkit.intake.folder import Delivery
from perfkit.intake.reading import Reading
from perfkit.intake.sanity import releases
from perfkit.model import schemas
from perfkit.model.errors import Issue, Severity, Where

DELAYS = {"month": pd.Period("2018-03", "M"), "attribution": "NHS", "setting": "all", "reason": "all",
          "status": "final", "sheet": "LA - by responsible org"}  # fmt: skip
STAYS = {"collection": "acute", "period": "2022-04-01", "month": pd.Period("2022-04", "M"), "org_kind": "trust",
         "measure": "discharged", "breakdown": "all", "status": "final", "sheet": "Table 2"}  # fmt: skip


def delays(file: str, status: str = "final", /, **days: float) -> Reading:
    rows = [DELAYS | {"area": area, "delayed_days": value, "status": status, "file": file, "cell": f"F{row}"}
            for row, (area, value) in enumerate(days.items(), 15)]  # fmt: skip
    return Reading({"delays": pd.DataFrame(rows)})


def test_of_two_files_of_a_month_the_later_is_told_of_at_the_first_figure_that_differs() -> None:
    mine, other = delays("a.xls", Kent=90.0, Luton=212.0, York=5.0), delays("b.xls", Kent=90.0, Luton=1681.0, York=6.0)
    assert list(releases.differing([mine, other])) == [
        Issue(
            Where("b.xls", "LA - by responsible org", "F16"),
            "1681 for Luton, one of 2 figures on which the two files of March 2018 differ",
            "212, as in a.xls, sheet LA - by responsible org, cell F16",
            "This file is believed, as its name comes later; load the one revised last alone.",
            Severity.WARNING,
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        delays("b.xls", Luton=212.0),
        delays("b.xls", Kent=1.0),
        delays("b.xls", "illustrative", Luton=1.0),
        Reading({"delays": delays("b.xls", Luton=1.0).tables["delays"].assign(month=pd.Period("2018-04", "M"))}),
    ],
)
def test_files_that_agree_or_are_of_other_areas_or_months_or_illustrative_are_left_alone(other: Reading) -> None:
    assert list(releases.differing([delays("a.xls", Luton=212.0), other])) == []


def test_discharges_of_one_collection_are_held_against_each_other_in_a_delivery() -> None:
    one, two, community = (
        Reading({"discharges": pd.DataFrame([STAYS | {"org_code": "RTH", "org_name": "OXFORD", "value": value,
                                                      "file": file, "cell": "F9", "collection": collection}])})
        for file, value, collection in (("april.csv", 9.0, "acute"), ("april.xlsx", 8.0, "acute"),
                                        ("community.xlsx", 1.0, "community"))
    )  # fmt: skip
    empty = {name: schemas.empty(schemas.TABLES[name]) for name in ("indicators", "observations", "assessments")}
    deliveries = [Delivery(name, name, reading) for name, reading in
                  (("april.csv", one), ("april.xlsx", two), ("community.xlsx", community))]  # fmt: skip
    told = [str(issue) for d in sanity.check(deliveries, known=empty) for issue in d.reading.issues]
    assert told == [
        "april.xlsx, sheet Table 2, cell F9: found 8 for OXFORD, expected 9, as in april.csv, sheet Table 2, cell F9. "
        "This file is believed, as its name comes later; load the one revised last alone."
    ]


@pytest.mark.parametrize(("before", "now", "tells"), [("revised", "final", 1), ("final", "revised", 0),
                                                      ("revised", "revised", 0)])  # fmt: skip
def test_a_month_that_is_known_as_revised_and_comes_again_unrevised_is_told(before: str, now: str, tells: int) -> None:
    known = delays("revised.xls", before, Luton=212.0).tables["delays"]
    told = list(releases.older([delays("first.xls", now, Luton=1681.0)], known))
    assert len(told) == tells
    assert not list(releases.older([delays("first.xls", now, Luton=212.0)], known)), "the same figures"
    assert [(one.found, one.action) for one in told] == [
        ("1681 for Luton", "That file was revised, and this one takes its place: if this is the older, withdraw it "
                           "(load --withdraw).")
    ][:tells]  # fmt: skip


def test_releases_are_held_against_each_other_by_each_period_that_both_have() -> None:
    fact = {"release": "cover", "measure": "mmr_24m", "calendar": "financial", "area_kind": "authority",
            "area": "Kent", "breakdown": "all", "status": "final", "sheet": "24m"}  # fmt: skip
    one, two = (
        Reading({"releases": pd.DataFrame([fact | {"period": period, "value": value, "file": file, "cell": f"C{row}"}
                                           for row, (period, value) in enumerate(values.items(), 5)])})
        for file, values in (("q1.ods", {"2019-20 Q1": 91.5}), ("q2.ods", {"2019-20 Q1": 90.0, "2019-20 Q2": 89.0}))
    )  # fmt: skip
    [issue] = releases.differing([one, two])
    assert (issue.where.file, issue.found) == ("q2.ods", "90 for Kent")
    assert issue.expected == "91.5, as in q1.ods, sheet 24m, cell C5"
    assert not list(releases.differing([one, Reading({"releases": two.tables["releases"].iloc[1:]})]))
