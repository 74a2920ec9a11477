"""A report is given what it declares, or nothing is made."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from perfkit.model import parameters
from perfkit.model.errors import ParameterError, ParseError

TOP = parameters.whole("top", "how many are shown", default=10, least=1, most=50)


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


@pytest.mark.parametrize(
    "value", [201718, None, True, ["2017-18 Q1"], ("2017-18 Q1",), Path("2017-18 Q1"), np.int64(7), dt.date(2017, 6, 1)]
)
def test_a_value_that_is_not_text_is_refused_whatever_its_type(value: object) -> None:
    with pytest.raises(ParameterError, match="expected text for the quarter reported"):
        parameters.check("scorecard", {"quarter": value})


def test_a_day_may_be_given_as_a_date_but_not_as_a_moment() -> None:
    assert parameters.AS_OF.read(dt.date(2017, 10, 31)) == "2017-10-31"
    with pytest.raises(ParseError, match="expected text for day up to which to know"):
        parameters.AS_OF.read(dt.datetime(2017, 10, 31))


@pytest.mark.parametrize("value", [12, "12", np.int64(12)])
def test_a_whole_number_is_read_as_a_number(value: object) -> None:
    read = TOP.read(value)
    assert read == 12
    assert type(read) is int


@pytest.mark.parametrize("value", ["abc", "007", "1E5", 1e5, 12.0, True, None, 0, 51, (12,)])
def test_what_is_no_whole_number_within_the_limits_is_refused(value: object) -> None:
    with pytest.raises(ParseError, match="expected a whole number, 1 to 50, for how many are shown, found"):
        TOP.read(value)


def test_what_the_data_do_not_know_is_refused_with_the_nearest_or_a_few_names() -> None:
    assert parameters.require("directorate", "SCS", ["PH", "SCS"]) == "SCS"
    with pytest.raises(ParameterError, match=r'There is no directorate "scs"\. Did you mean "SCS"\?'):
        parameters.require("directorate", "scs", ["PH", "SCS"])
    with pytest.raises(ParameterError, match=r'There is no area "zzz"\. Choose one of A0, .*, A11 and 3 more\.'):
        parameters.require("area", "zzz", [f"A{number}" for number in range(15)])
    with pytest.raises(ParameterError, match=r'There is no area "Kent" in the data\.'):
        parameters.require("area", "Kent", [])


def test_a_whole_notebook_namespace_may_be_given() -> None:
    import math

    namespace = {"quarter": "2017-18 Q1", "In": [], "Out": {}, "_i1": "", "math": math, "open": open}
    assert parameters.check("data_quality", namespace) == {"quarter": "2017-18 Q1", "as_of": ""}


def test_the_cell_may_be_run_again_after_the_others_have_set_names_of_their_own() -> None:
    cells = [
        "",
        '# parameters\nquarter = "2017-18 Q1"\nas_of = ""',
        "council = known.council\nsource = sentences.returns(quarter)",
    ]
    namespace = {"quarter": "2017-18 Q1", "as_of": "", "council": "Oxfordshire", "source": "Returns", "In": cells}
    assert parameters.check("data_quality", namespace) == {"quarter": "2017-18 Q1", "as_of": ""}


@pytest.mark.parametrize("cell", ["# Parameters\nquater = 1\n", 'as_of = ""\nquater: int = 1'])
def test_in_a_notebook_a_misspelt_name_in_a_cell_of_parameters_is_refused(cell: str) -> None:
    namespace = {"quarter": "2017-18 Q1", "as_of": "", "quater": 1, "In": ["", cell, "parameters.check("]}
    with pytest.raises(ParameterError, match='cabinet_report has no parameter "quater"'):
        parameters.check("cabinet_report", namespace)
