"""Counts of a day by their headings; a part of the day or of the patients is never taken for all of them."""

from __future__ import annotations

import pytest

from perfkit.intake.discharge import daily
from perfkit.intake.discharge.layout import Column

MEET = "no longer meet the criteria to reside"


@pytest.mark.parametrize(
    ("heading", "measure", "breakdown"),
    [
        (f"Number of patients who {MEET}", "not_meeting_criteria", "all"),
        ("Patients with no criteria to reside", "not_meeting_criteria", "all"),
        (f"Number of patients who {MEET} on pathway 1", "not_meeting_criteria", "on pathway 1"),
        (f"Number of patients who {MEET}, LOS 21+ days", "not_meeting_criteria", "21 days or more"),
        ("Number of patients discharged by 17:00", "discharged", "by 17 00"),
        ("Number of patients discharged by 23:59", "discharged", "all"),
        (f"Number of patients remaining in hospital who {MEET}", "remaining", "all"),
        (f"Number of patients remaining in hospital who {MEET} (aged 65 and over)", "remaining", "aged 65 and over"),
        (f"Number of patients remaining in a community bed who {MEET} at the end of the day", "remaining", "all"),
        (f"Number of patients who {MEET} but were not discharged", "remaining", "all"),
        (f"Number of patients remaining in hospital who {MEET} with a length of stay of 7 to 13 days", "remaining",
         "7 to 13 days"),
    ],
)  # fmt: skip
def test_what_a_heading_counts(heading: str, measure: str, breakdown: str) -> None:
    said = daily.count(Column(4, None, False, heading))
    assert said is not None
    assert (said.measure, said.breakdown) == (measure, breakdown)


def test_a_length_of_stay_may_stand_over_the_counts_or_in_the_title() -> None:
    heading = f"Number of patients who {MEET}"
    over = daily.count(Column(4, None, False, heading, ("Length of stay 21 days or over",)))
    titled = daily.count(Column(4, None, False, heading), "Table 6: patients with a length of stay of 21+ days")
    assert over == titled
    assert over is not None
    assert over.breakdown == "21 days or more"


@pytest.mark.parametrize("heading", ["Percentage of patients discharged", "P0 - Domestic home", "Awaiting transport"])
def test_other_headings_are_no_counts_of_a_day(heading: str) -> None:
    assert daily.count(Column(4, None, False, heading)) is None
