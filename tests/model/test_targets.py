"""The target grammar: what councils write, what it means, and what is refused with which words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfkit.model import targets
from perfkit.model.errors import ParseError
from perfkit.model.targets import Target, TargetError


def read(text: str | None, polarity: str = "higher", unit: str = "percent") -> Target:
    return targets.parse(text, polarity=polarity, unit=unit)


@pytest.mark.parametrize(
    ("text", "unit", "low"),
    [
        ("67%", "percent", 67.0),
        ("67", "percent", 67.0),
        ("67 per cent", "percent", 67.0),
        ("8920", "hours", 8920.0),
        ("12,000", "count", 12000.0),
        ("12 000", "count", 12000.0),
        ("£1.4m", "£", 1_400_000.0),
        ("£1.4m", "£m", 1.4),
        ("1.4", "£m", 1.4),
        ("250k", "count", 250_000.0),
        ("1 in 4", "percent", 25.0),
        (">2315 per 100,000", "rate per 100,000", 2315.0),
        ("9 hours", "hours", 9.0),
    ],
)
def test_one_figure_is_one_threshold(text: str, unit: str, low: float) -> None:
    target = read(text, unit=unit)
    assert (target.kind, target.low, target.text) in {("threshold", low, text), ("duration", low, text)}


@pytest.mark.parametrize(
    "text",
    [
        ">=95%",
        "≥95%",
        "=>95%",
        "at least 95%",
        "minimum of 95%",
        "no less than 95 %",
        "95% or above",
        "95%+",
        "95% or more",
    ],
)
def test_at_least_includes_the_figure(text: str) -> None:
    target = read(text)
    assert (target.low, target.direction, target.strict) == (95.0, "at least", False)


@pytest.mark.parametrize("text", [">95%", "more than 95%", "over 95%", "above 95 %", "exceeding 95%"])
def test_more_than_leaves_the_figure_out(text: str) -> None:
    target = read(text)
    assert (target.low, target.direction, target.strict) == (95.0, "at least", True)


@pytest.mark.parametrize(
    "text",
    ["≤20%", "<=20%", "at most 20%", "no more than 20%", "up to 20%", "20% or below", "20 % or less", "maximum 20%"],
)
def test_at_most_includes_the_figure(text: str) -> None:
    target = read(text, "lower")
    assert (target.low, target.direction, target.strict) == (20.0, "at most", False)


@pytest.mark.parametrize("text", ["<20%", "<20 %", "less than 20%", "under 20%", "below 20%", "fewer than 20%"])
def test_less_than_leaves_the_figure_out(text: str) -> None:
    target = read(text, "lower")
    assert (target.low, target.direction, target.strict) == (20.0, "at most", True)


@pytest.mark.parametrize(
    "text", ["93-95%", "93–95%", "93—95 %", "93% - 95%", "93% to 95%", "between 93 and 95%", "93−95%"]
)
def test_a_range_has_two_edges_whatever_its_dash(text: str) -> None:
    target = read(text)
    assert (target.kind, target.low, target.high) == ("range", 93.0, 95.0)


@pytest.mark.parametrize("text", ["60/20", "60 / 20", "60 of which 20", "60 (of which 20)"])
def test_a_pair_is_the_whole_and_the_part_of_it(text: str) -> None:
    target = read(text, unit="count pair")
    assert (target.kind, target.low, target.second) == ("pair", 60.0, 20.0)
    assert [(row["part"], row["low"]) for row in targets.rows(target)] == [(1, 60.0), (2, 20.0)]


@pytest.mark.parametrize(
    ("text", "basis", "low"),
    [
        ("66,666 per quarter", "quarter", 66666.0),
        ("833 a quarter", "quarter", 833.0),
        ("833/quarter", "quarter", 833.0),
        ("8920 per month", "month", 8920.0),
        ("3,332 per annum", "year", 3332.0),
        ("3,332 p.a.", "year", 3332.0),
        ("at least 833 each quarter", "quarter", 833.0),
    ],
)
def test_a_basis_says_what_the_figure_is_for(text: str, basis: str, low: float) -> None:
    target = read(text, unit="count")
    assert (target.basis, target.low) == (basis, low)


@pytest.mark.parametrize(
    ("text", "comparator", "direction", "due"),
    [
        ("Top quartile", "top quartile", "", ""),
        ("Top quartile by 2018", "top quartile", "", "2018"),
        ("upper quartile", "top quartile", "", ""),
        ("Above national average", "national average", "at least", ""),
        ("at or above the England average", "national average", "at least", ""),
        ("Better than national average", "national average", "", ""),
        ("Statistical neighbours", "statistical neighbours", "", ""),
        ("statistical neighbour average", "statistical neighbours", "", ""),
        ("CIPFA nearest neighbours average", "nearest neighbours", "", ""),
        ("National average or above", "national average", "at least", ""),
        ("National average or better", "national average", "", ""),
        ("Top 25%", "top quartile", "", ""),
        ("South East average", "regional average", "", ""),
    ],
)
def test_a_relative_target_names_its_comparator(text: str, comparator: str, direction: str, due: str) -> None:
    target = read(text)
    assert (target.kind, target.comparator, target.direction, target.due) == ("comparator", comparator, direction, due)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Completion", ""),
        ("Completion by Sept 2017", "September 2017"),
        ("Completed by end of September 2017", "September 2017"),
        ("Strategy approved by 31 March 2018", "March 2018"),
        ("Complete by 30/09/2017", "September 2017"),
        ("Launch by 2017-18 Q2", "2017-18 Q2"),
        ("Delivered by 2018", "2018"),
    ],
)
def test_a_milestone_is_due_by_a_period(text: str, due: str) -> None:
    target = read(text, "neutral", "milestone")
    assert (target.kind, target.due) == ("milestone", due)


@pytest.mark.parametrize(
    ("text", "polarity", "low", "relative"),
    [
        ("Increase of 36%", "higher", 36.0, True),
        ("Increase by 36 %", "higher", 36.0, True),
        ("36% increase", "higher", 36.0, True),
        ("Reduce by 15%", "lower", -15.0, True),
        ("15% reduction on baseline", "lower", -15.0, True),
        ("Increase of 3 percentage points", "higher", 3.0, False),
        ("Reduce by 50", "lower", -50.0, False),
    ],
)
def test_a_change_is_measured_from_the_baseline(text: str, polarity: str, low: float, relative: bool) -> None:
    target = read(text, polarity, "count")
    assert (target.kind, target.low, target.relative) == ("change", low, relative)


@pytest.mark.parametrize(
    ("text", "polarity", "direction"),
    [("Increase", "higher", "at least"), ("Reduce", "lower", "at most"), ("Improve on last year", "lower", "")],
)
def test_a_change_without_an_amount_asks_for_any(text: str, polarity: str, direction: str) -> None:
    target = read(text, polarity, "count")
    assert (target.kind, target.low, target.strict, target.direction) == ("change", 0.0, True, direction)
    assert read(str(target), polarity, "count") == target


def test_zero_may_be_written_as_a_word() -> None:
    assert read("Zero", "lower", "count").low == 0.0
    assert read("no more than nil", "lower", "count").direction == "at most"


def test_maintain_a_band_and_a_duration() -> None:
    assert read("Maintain").kind == "maintain"
    assert read("Maintain current performance").kind == "maintain"
    band = read("±4.5%", "within", "percent")
    assert (band.kind, band.low, band.high, band.relative) == ("band", -4.5, 4.5, False)
    assert read("+/- 5%", "within", "£").relative
    assert (read("8 days", "lower", "days").kind, read("8 days", "lower", "days").low) == ("duration", 8.0)
    assert read("2 weeks", "lower", "days").low == 14.0


@pytest.mark.parametrize(
    ("text", "why"),
    [(None, "blank"), ("", "blank"), ("  ", "blank"), ("TBC", "to be confirmed"), ("tbc.", "to be confirmed"),
     ("No target", "no target"), ("n/a", "no target"), ("-", "no target"), ("Data only", "data only"),
     ("Monitoring only", "data only")],
)  # fmt: skip
def test_no_target_is_said_in_its_own_kind_and_is_never_0(text: str | None, why: str) -> None:
    target = read(text)
    assert (target.kind, target.why, target.low) == ("none", why, None)


@pytest.mark.parametrize(
    ("text", "low", "repairs"),
    [
        ("8O%", 80.0, ("O read as 0",)),
        ("l2,000", 12000.0, ("l read as 1",)),
        ("６７％", 67.0, ("６ read as 6", "７ read as 7", "％ read as %")),
    ],
)
def test_look_alike_signs_are_put_right_and_told(text: str, low: float, repairs: tuple[str, ...]) -> None:
    target = read(text, unit="")
    assert (target.low, target.repairs, target.text) == (low, repairs, text)


def test_greek_letters_in_words_are_read() -> None:
    assert read("ΤΒC").why == "to be confirmed"


@pytest.mark.parametrize("text", ["67%", "12,000", "93–95%"])
def test_an_ordinary_target_needs_no_repair(text: str) -> None:
    assert read(text, unit="").repairs == ()


def test_a_stray_dash_is_refused_with_what_may_have_been_meant() -> None:
    with pytest.raises(TargetError, match=r'"-1,562" is a negative target; .* Is it "1,562"\?') as refused:
        read("-1,562", unit="count")
    assert refused.value.suggestion == "1,562"
    assert read("-2%", unit="percent").low == -2.0


@pytest.mark.parametrize("text", ["2017-05-03 00:00:00", "2017-05-03", "03-May", "3/5/2017", "May-03", "3 May 2017"])
def test_a_date_that_excel_made_is_refused(text: str) -> None:
    with pytest.raises(TargetError, match="is a date; Excel makes dates of ranges such as 3-5"):
        read(text)


def test_a_date_suggests_the_range_that_it_may_have_been() -> None:
    with pytest.raises(TargetError) as refused:
        read("2017-05-03 00:00:00")
    assert refused.value.suggestion == "3-5"


@pytest.mark.parametrize(
    ("text", "polarity", "words"),
    [
        ("<20%", "higher", "asks for at most the figure, but higher is better"),
        ("at least 9", "lower", "asks for at least the figure, but lower is better"),
        ("Increase of 36%", "lower", "asks for at least the figure, but lower is better"),
        ("Above national average", "lower", "asks for at least the figure, but lower is better"),
        (">28%", "within", "is to stay within a band"),
    ],
)
def test_a_direction_against_the_polarity_is_refused(text: str, polarity: str, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        read(text, polarity)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("95-93%", "percent", "a range whose first figure is the greater"),
        ("2017-2018", "count", "or a year"),
        ("20/60", "count", "put the whole first"),
        ("67%", "count", "a percentage for a figure counted in count"),
        ("12,00", "count", "not a target that perfkit knows"),
        ("n/a - see note", "count", "not a target that perfkit knows"),
        ("2 months", "days", "months for a figure in days"),
        (">93-95%", "percent", "leave the direction out"),
        ("x" * 300, "count", "too long for a target"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, unit: str, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        read(text, unit=unit)


def test_an_unknown_polarity_is_refused() -> None:
    with pytest.raises(ParseError, match='"up" is not a polarity'):
        read("67%", "up")


def test_the_stray_dash_of_a_range_is_no_negative() -> None:
    assert read("60-63%").low == 60.0


_AMOUNTS = st.one_of(
    st.integers(0, 10**9).map(float),
    st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False).map(float),
)
_UNITS = st.sampled_from(["", "percent", "rate per 100,000", "£", "£m", "days"])


@st.composite
def written_targets(draw: st.DrawFn) -> tuple[str, str, str]:
    """Write a target of any form, with a polarity and unit that it agrees with."""
    low, more = draw(_AMOUNTS), draw(_AMOUNTS)
    figure, wide = f"{low:,.2f}", f"{low + more:,.2f}"
    polarity = draw(st.sampled_from(["higher", "lower", "neutral"]))
    up, down = ("≥", ">", "at least ", "over "), ("≤", "<", "no more than ", "under ")
    sign = draw(st.sampled_from(("", *(up if polarity != "lower" else ()), *(down if polarity != "higher" else ()))))
    basis = draw(st.sampled_from(["", " per quarter", " a month", " p.a."]))
    due = draw(st.sampled_from(["", " by March 2018", " by 2018", " by 2017-18 Q2"]))
    form = draw(st.sampled_from([
        f"{sign}{figure}{basis}{due}", f"{figure}-{wide}", f"{wide}/{figure}", f"{sign}{figure} days", f"±{figure}%",
        f"top quartile{due}", f"Completion{due}", "Maintain", "TBC", "Data only", "No target", "", f"{sign}£{figure}",
        f"Reduce by {figure}%" if polarity != "higher" else f"Increase of {figure} points",
    ]))  # fmt: skip
    return form, polarity, draw(_UNITS)


def attempt(text: str, polarity: str, unit: str) -> Target | None:
    """Read a target, or None where it is refused; any other error is let through."""
    try:
        return targets.parse(text, polarity=polarity, unit=unit)
    except TargetError:
        return None


def test_the_forms_that_are_tried_are_nearly_all_targets() -> None:
    """So that the next test does not pass because everything is refused."""
    assert all(attempt(text, "higher", "percent") for text in ("≥0.50 per quarter", "1.00-2.00", "2.00/1.00", "±1.00%"))


@given(written_targets())
@settings(max_examples=300, deadline=None)
def test_what_is_formatted_reads_back_equal(case: tuple[str, str, str]) -> None:
    text, polarity, unit = case
    target = attempt(text, polarity, unit)
    assert target is None or targets.parse(str(target), polarity=polarity, unit=unit) == target


@given(
    st.one_of(st.text(max_size=60), st.text(alphabet="0123456789.,%<>≥≤±£-–/ OlIktmbn inbyqar", max_size=25)),
    st.sampled_from(["higher", "lower", "within", "neutral"]),
    st.sampled_from(["", "percent", "count", "days", "£m"]),
)
@settings(max_examples=500, deadline=None)
def test_no_text_does_worse_than_being_refused(text: str, polarity: str, unit: str) -> None:
    target = attempt(text, polarity, unit)
    if target is None:
        return
    assert target.text == text
    assert targets.parse(str(target), polarity=polarity, unit=unit) == target
    assert all(row["kind"] == target.kind for row in targets.rows(target))
