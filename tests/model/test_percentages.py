"""A share of a whole is at most 100%; what grows, or is held against a plan, may be more."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.model.percentages import may_pass_100


@pytest.mark.parametrize(
    "title",
    ["Growth in business rates", "Year on year change in footfall", "Savings achieved", "Planned savings delivered",
     "Spend against budget", "Income as a percentage of the annual target", "Percentage of target met", "Bed occupancy",
     "Contributions secured as a share of requirements", "Nurse fill rate"],
)  # fmt: skip
def test_growth_and_what_is_held_against_a_plan_may_be_more(title: str) -> None:
    assert may_pass_100({"title": title}) == "perhaps"
    assert may_pass_100({"title": "Performance", "definition": title}) == "perhaps"


@pytest.mark.parametrize(
    "title",
    ["Births with a face to face visit", "Household waste recycled", "Year on year reduction in emissions",
     "Residents who saw an increase in crime", "Residents concerned about climate change", "Target groups reached",
     "Actions on track against plan", "Percentage of budget holders trained", "Exchange visits", "Plans changed"],
)  # fmt: skip
def test_a_share_of_a_whole_is_no_more_whatever_it_is_a_share_of(title: str) -> None:
    assert may_pass_100({"title": title, "definition": None}) == "no"


@pytest.mark.parametrize(("said", "passing"), [(True, "yes"), (False, "no"), (pd.NA, "perhaps"), (None, "perhaps")])
def test_what_the_framework_says_goes_before_words(said: object, passing: str) -> None:
    assert may_pass_100({"title": "Growth in business rates", "can_pass_100": said}) == passing
