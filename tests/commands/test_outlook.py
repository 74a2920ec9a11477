"""``perfkit outlook calibrate``: what it says of past outlooks, what it keeps, and that pages take it."""

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
    assert "5 past outlooks of 1 indicators (2 ended years): the 80% interval held" in said
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
