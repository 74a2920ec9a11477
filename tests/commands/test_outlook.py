"""``perfkit outlook``: what it says of past outlooks, what it keeps, and how judgements are recorded and scored."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from perfkit import cli, store
from perfkit.analysis import outlook

LINEAGE = {"file": "history.csv", "sheet": None, "cell": "A2"}
INDICATORS = pd.DataFrame(
    [
        {
            "indicator": "visits", "financial_year": "2017-18", "ref": "1", "title": "Visits", "directorate": "PH",
            "priority": "People", "outcome": "V1", "unit": "count", "polarity": "higher", "frequency": "quarter",
            "series_type": "point", "arrears": 0, "decimals": 0, **LINEAGE,
        }
    ]
)  # fmt: skip


def observations(values: list[float]) -> pd.DataFrame:
    labels = [f"{2014 + n // 4}-{15 + n // 4} Q{n % 4 + 1}" for n in range(len(values))]
    row = {"indicator": "visits", "area": "Council", "part": 1, "status": "final"}
    frame = pd.DataFrame({"period": labels, "report_period": labels, "value": values})
    return frame.assign(**row, **LINEAGE).assign(cell=[f"A{n}" for n in range(len(frame))])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    values = [60.0, 64.0, 61.0, 66.0, 62.0, 65.0, 63.0, 68.0, 64.0, 67.0, 65.0, 70.0, 66.0]
    save(tmp_path, values)
    return tmp_path


def save(place: Path, values: list[float]) -> None:
    tables = {"observations": observations(values), "indicators": INDICATORS}
    store.save(tables, file="history.csv", content=repr(values).encode(), root=place)


def calibrate(place: Path, *more: str) -> int:
    return cli.main(["outlook", "calibrate", "--store", str(place), *more])


def test_it_says_how_past_outlooks_did_and_keeps_the_calibration(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calibrate(place) == cli.DONE
    said = capsys.readouterr().out
    assert "5 past outlooks of 1 indicator (2 ended years): the 80% interval held" in said
    assert "  1 quarter ahead" in said
    assert "Kept in the store: intervals are drawn" in said
    kept = store.known(root=place).calibrations
    assert kept["until"].tolist() == ["2017-18 Q1"]
    assert outlook.widening(kept) == outlook.calibrate(observations_of(place), INDICATORS).widen
    assert store.sources(kept, root=place)["file"].tolist() == ["outlook-calibration.json"]


def observations_of(place: Path) -> pd.DataFrame:
    return store.load("observations", root=place)


def test_the_same_history_a_second_time_keeps_nothing_new(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calibrate(place)
    before = len(store.history(root=place))
    assert calibrate(place) == cli.DONE
    assert "The store already holds this calibration, from figures up to 2017-18 Q1." in capsys.readouterr().out
    assert len(store.history(root=place)) == before


def test_a_dry_run_keeps_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate(place, "--dry-run") == cli.DONE
    assert "Nothing was kept." in capsys.readouterr().out
    assert store.known(root=place).calibrations.empty


def test_too_short_a_history_says_so_and_keeps_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path, [60.0, 61.0, 62.0])
    assert calibrate(tmp_path) == cli.DONE
    said = capsys.readouterr().out
    assert "No back-tests: an indicator needs six quarters before the end of a year that is known." in said
    assert "Nothing was kept: intervals stay as wide as the benchmark's." in said


def test_illustrative_figures_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = [60.0, 64.0, 61.0, 66.0, 62.0, 65.0, 63.0, 68.0, 64.0]
    tables = {"observations": observations(values).assign(status="illustrative"), "indicators": INDICATORS}
    store.save(tables, file="history.csv", content=b"x", root=tmp_path)
    calibrate(tmp_path)
    assert "Mind that 9 of 9 figures are illustrative" in capsys.readouterr().out


def test_an_empty_store_and_an_unknown_task_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate(tmp_path) == cli.MISUSED
    assert "Nothing has been loaded yet." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["outlook", "guess"])


def test_what_was_known_by_a_day_is_what_is_back_tested(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate(place, "--as-of", "2001-01-01") == cli.MISUSED
    assert "Nothing had been received by 2001-01-01" in capsys.readouterr().err


NAMES = [f"i{place}" for place in range(10)]
MET = 6
"""The first six of ten end the year at 70, the others at 60; the target is at least 65."""
QUARTERS = ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]


def figures(quarters: int) -> pd.DataFrame:
    """Three years and some quarters of the next, in which every director says on track."""
    parts = [
        observations([69.0, 70.0, 71.0, 70.0] * 4 if place < MET else [61.0, 59.0, 60.0, 60.0] * 4).assign(
            indicator=name, cell=f"B{place}"
        )
        for place, name in enumerate(NAMES)
    ]
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["period"].isin(sorted(whole["period"].unique())[: 12 + quarters])]


def said(quarters: int) -> pd.DataFrame:
    row = {"subject_kind": "indicator", "directorate": "PH", "rag": "green", "outlook": "stable", "status": "final"}
    rows = [{"subject": name, "period": period} for period in QUARTERS[:quarters] for name in NAMES]
    return pd.DataFrame(rows).assign(**row, **LINEAGE)


def deliver(place: Path, quarters: int, *, directors: int | None = None) -> None:
    definitions = pd.concat([INDICATORS.assign(indicator=name, ref=name) for name in NAMES], ignore_index=True)
    target = {"period": "2017-18", "part": 1, "role": "target", "text": "65", "kind": "threshold", "low": 65.0}
    tables = {
        "observations": figures(quarters),
        "indicators": definitions,
        "targets": pd.DataFrame({"indicator": NAMES}).assign(**target, basis="level", **LINEAGE),
        "assessments": said(quarters).iloc[:directors],
    }
    store.save(tables, file="history.csv", content=f"{quarters} {directors}".encode(), root=place)


def outlook_of(place: Path, *words: str) -> int:
    return cli.main(["outlook", *words, "--store", str(place)])


def test_a_year_recorded_in_its_quarters_is_scored_when_it_has_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, quarter in enumerate(QUARTERS, start=1):
        deliver(tmp_path, place)
        assert outlook_of(tmp_path, "record", quarter) == cli.DONE
    told = capsys.readouterr().out
    assert "Kept for 2017-18 Q3: 20 new judgements. It now has 10 of ours and 10 of directors." in told
    assert "Nothing new to record for 2017-18 Q4: 0 judgements kept before." in told
    assert outlook_of(tmp_path, "score") == cli.DONE
    scored = capsys.readouterr().out
    # On track counts as 0.8: six of ten targets were met, in three quarters (18 * 0.04 + 12 * 0.64) / 30 = 0.28.
    assert "Directors' views, 30 recorded: Brier score 0.28 over 30 judgements (a coin scores 0.25)." in scored
    # The figures never came near the target, so every projection is all but sure and right.
    assert "Projections, 30 recorded: Brier score 0.00 over 30 judgements" in scored


def test_before_thirty_are_resolved_it_says_how_many_more_are_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (1, 2):
        deliver(tmp_path, place)
        outlook_of(tmp_path, "record", QUARTERS[place - 1])
    capsys.readouterr()
    outlook_of(tmp_path, "score")
    assert (
        "20 recorded: 0 judgements resolved; a score is shown from 30: 30 more are needed." in capsys.readouterr().out
    )
    deliver(tmp_path, 4)
    outlook_of(tmp_path, "score")
    told = capsys.readouterr().out
    assert told.count("20 recorded: 20 judgements resolved; a score is shown from 30: 10 more are needed.") == 2


def test_a_quarter_is_recorded_once_and_only_what_is_new_is_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(tmp_path, 1, directors=4)
    outlook_of(tmp_path, "record", "2017-18 Q1")
    first = store.load("judgements", root=tmp_path)
    assert outlook_of(tmp_path, "record", "2017-18 Q1") == cli.DONE
    assert "Nothing new to record for 2017-18 Q1: 14 judgements kept before." in capsys.readouterr().out
    assert len([r for r in store.history(root=tmp_path) if r.file == "outlook-judgements-2017-18-Q1.json"]) == 1
    deliver(tmp_path, 1)
    outlook_of(tmp_path, "record", "2017-18 Q1")
    assert "6 new judgements. It now has 10 of ours and 10 of directors." in capsys.readouterr().out
    again = store.load("judgements", root=tmp_path)
    both = first.merge(again, on=["indicator", "year", "quarter", "who"])
    assert both["probability_x"].tolist() == both["probability_y"].tolist()
    assert (len(first), len(again)) == (14, 20)


def test_a_judgement_made_with_later_figures_at_hand_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(tmp_path, 2)
    outlook_of(tmp_path, "record", "2017-18 Q1", "--dry-run")
    told = capsys.readouterr().out
    assert "Mind that later figures are known already: ours rests on those up to 2017-18 Q1 as they stand now." in told
    assert "Nothing was kept: 20 judgements of 2017-18 Q1 would be." in told
    assert store.load("judgements", root=tmp_path).empty


def test_what_cannot_be_recorded_or_scored_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deliver(tmp_path, 1)
    assert outlook_of(tmp_path, "record", "2017-18 Q2") == cli.MISUSED
    assert "No return for 2017-18 Q2 has been loaded" in capsys.readouterr().err
    assert outlook_of(tmp_path, "record") == cli.MISUSED
    assert "Which quarter is to be recorded?" in capsys.readouterr().err
    assert outlook_of(tmp_path, "score", "2017-18 Q1") == cli.MISUSED
    assert '"2017-18 Q1" is not needed: score takes no quarter.' in capsys.readouterr().err
    assert outlook_of(tmp_path, "score") == cli.DONE
    assert "No judgement has been recorded yet." in capsys.readouterr().out
