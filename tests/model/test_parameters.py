"""A report is given what it declares, or nothing is made."""

from __future__ import annotations

import pytest

from perfkit.model import parameters
from perfkit.model.errors import ParameterError


def test_values_are_read_and_defaults_filled_in() -> None:
    assert parameters.check("scorecard", {"quarter": "Quarter 2 2017/18", "directorate": "SCS"}) == {
        "quarter": "2017-18 Q2",
        "directorate": "SCS",
        "as_of": "",
    }


def test_a_misspelt_parameter_is_refused_with_the_near_match() -> None:
    with pytest.raises(ParameterError, match=r'scorecard has no parameter "quater". Did you mean "quarter"\?'):
        parameters.check("scorecard", {"quater": "2017-18 Q1"})


def test_a_misspelt_report_is_refused_with_the_near_match() -> None:
    with pytest.raises(ParameterError, match=r'There is no report "cabinet-report". Did you mean "cabinet_report"\?'):
        parameters.check("cabinet-report", {})


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ParameterError) as caught:
        parameters.check("scorecard", {"quarter": "2017-18 Q5", "as_of": "soon", "area": "x"})
    assert str(caught.value).splitlines() == [
        'scorecard has no parameter "area". Choose one of quarter, directorate, as_of.',
        'scorecard, parameter quarter: "2017-18 Q5" is not a quarter: a year has quarters 1 to 4.',
        'scorecard, parameter as_of: "soon" is not a day: expected one such as 2017-10-31, or nothing.',
    ]


@pytest.mark.parametrize("value", [201718, None, True, ["2017-18 Q1"]])
def test_a_value_that_is_not_text_is_refused(value: object) -> None:
    with pytest.raises(ParameterError, match="expected text for the quarter reported"):
        parameters.check("scorecard", {"quarter": value})


def test_a_whole_notebook_namespace_may_be_given() -> None:
    import math

    namespace = {"quarter": "2017-18 Q1", "In": [], "Out": {}, "_i1": "", "math": math, "open": open, "asked": {}}
    assert parameters.check("cabinet_report", namespace) == {"quarter": "2017-18 Q1", "as_of": ""}
