"""Nothing received is ever overwritten, and what was known on a day can be had again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from perfkit import store
from perfkit.keeping import leftovers, parcels, pieces, receipts, shelf
from perfkit.model.errors import InputError, ParameterError, StoreError

JULY, OCTOBER = dt.date(2017, 7, 21), dt.date(2017, 10, 20)


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def observations(
    value: float, *, file: str = "CSS.xlsx", status: str = "final", indicator: str = "visits"
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": [indicator],
            "period": "2017-18 Q1",
            "area": "Oxfordshire",
            "part": 1,
            "report_period": "2017-18 Q1",
            "value": value,
            "status": status,
            "file": file,
            "sheet": "Dashboard",
            "cell": "F9",
        }
    )


def keep(root: Path, frame: pd.DataFrame, content: bytes, *, received: dt.date = JULY) -> store.Receipt | None:
    file = frame["file"].iloc[0]
    return store.save({"observations": frame}, file=file, content=content, received=received, root=root)


def values(root: Path, **options: Any) -> list[float]:
    return store.load("observations", root=root, **options)["value"].tolist()


def test_a_row_comes_back_with_its_cell_and_the_vintage_of_its_file(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    row = store.load("observations", root=tmp_path).iloc[0]
    assert (row["value"], row["file"], row["sheet"], row["cell"]) == (5.0, "CSS.xlsx", "Dashboard", "F9")
    assert row["vintage"] == store.vintage_of(b"one")


def test_a_return_without_any_figure_names_the_council_by_what_its_director_says(tmp_path: Path) -> None:
    said = pd.DataFrame({"subject_kind": ["indicator"], "subject": "visits", "period": "2017-18 Q1",
                         "council": "Oxfordshire County Council", "reason": "Not due yet.", "file": "CSS.xlsx",
                         "sheet": "Dashboard", "cell": "I9"})  # fmt: skip
    store.save({"assessments": said}, file="CSS.xlsx", content=b"one", root=tmp_path)
    assert store.council(root=tmp_path) == "Oxfordshire County Council"
    assert store.area(root=tmp_path) == "Oxfordshire"


def test_the_same_content_twice_is_one_vintage(tmp_path: Path) -> None:
    assert keep(tmp_path, observations(5), b"one") is not None
    assert keep(tmp_path, observations(5), b"one") is None
    assert len(store.history(root=tmp_path)) == 1


def test_changed_content_is_a_new_vintage_and_the_old_stays(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one", received=JULY)
    keep(tmp_path, observations(6), b"two", received=OCTOBER)
    assert values(tmp_path) == [6.0]
    assert values(tmp_path, as_of="2017-07-31") == [5.0]
    assert values(tmp_path, as_of="2017-10-20") == [6.0], "as_of is the end of that day"


def test_content_that_comes_back_is_known_again(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    keep(tmp_path, observations(6), b"two")
    keep(tmp_path, observations(5), b"one")
    assert values(tmp_path) == [5.0]
    every = store.stacked(store.history(root=tmp_path), "observations", root=tmp_path)
    assert every["value"].tolist() == [5.0, 6.0, 5.0]


def test_a_moment_means_the_end_of_its_day_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, observations(5), b"one", received=JULY)
    keep(tmp_path, observations(6), b"two", received=OCTOBER)
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    for moment, known in [
        (dt.datetime(2017, 10, 19, 23, 59), 5),
        (dt.datetime(2017, 10, 20), 6),
        (pd.Timestamp("2017-10-20T09:30"), 6),
        (dt.datetime(2017, 10, 19, 22, 30, tzinfo=dt.UTC), 5),
        (dt.datetime(2017, 10, 19, 23, 30, tzinfo=dt.UTC), 6),
        (pd.Timestamp("2017-10-19T23:30", tz="UTC"), 6),
    ]:
        assert values(tmp_path, as_of=moment) == [known], moment
    monkeypatch.undo()
    time.tzset()
    for wrong in (pd.NaT, "2017-10-20T09:30", "20/10/2017", 20171020):
        with pytest.raises(ParameterError, match="is not a day: expected one such as 2017-10-31"):
            store.load("observations", as_of=wrong, root=tmp_path)  # type: ignore[arg-type]


def test_before_the_first_file_came_nothing_is_known(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    with pytest.raises(StoreError, match="Nothing had been received by 2017-01-31: the first file came on 2017-07-21"):
        store.load("observations", root=tmp_path, as_of="2017-01-31")


@pytest.mark.parametrize("day", ["31/10/2017", "2017-18 Q1", "soon", 2017])
def test_what_is_no_day_is_refused(tmp_path: Path, day: Any) -> None:
    keep(tmp_path, observations(5), b"one")
    with pytest.raises(ParameterError, match=f'as_of "{day}" is not a day: expected one such as 2017-10-31'):
        store.load("observations", root=tmp_path, as_of=day)


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="perfkit load data/raw"):
        store.load("observations", root=tmp_path)


def test_an_unknown_table_is_refused_and_an_absent_one_is_empty(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    with pytest.raises(ParameterError, match='There is no table "observation"'):
        store.load("observation", root=tmp_path)
    assert store.load("targets", root=tmp_path).empty


def test_a_published_figure_goes_before_an_illustrative_one_whatever_came_later(tmp_path: Path) -> None:
    keep(tmp_path, observations(859, file="real.xls"), b"real", received=JULY)
    keep(tmp_path, observations(1, file="sample.xls", status="illustrative"), b"sample", received=OCTOBER)
    assert values(tmp_path) == [859.0]


def test_of_two_files_with_one_fact_the_later_is_believed(tmp_path: Path) -> None:
    keep(tmp_path, observations(5, file="a.xlsx"), b"a", received=OCTOBER)
    keep(tmp_path, observations(6, file="b.xlsx"), b"b", received=JULY)
    assert values(tmp_path) == [5.0]


def test_a_frame_that_breaks_its_contract_leaves_nothing_behind(tmp_path: Path) -> None:
    twice = pd.concat([observations(5), observations(6)])
    with pytest.raises(InputError, match="a second time"):
        keep(tmp_path, twice, b"one")
    assert store.history(root=tmp_path) == []
    assert list(tmp_path.rglob("*.parquet")) == []


def test_months_survive_the_store(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "month": [pd.Period("2017-03", "M")],
            "area": "Oxfordshire",
            "area_kind": "authority",
            "attribution": "social care",
            "setting": "all",
            "reason": "all",
            "delayed_days": 859,
            "calendar_days": 31,
            "status": "final",
            "file": "March_17.xls",
            "cell": "G60",
        }
    )
    store.save({"delays": frame}, file="March_17.xls", content=b"m", root=tmp_path)
    assert store.load("delays", root=tmp_path)["month"].tolist() == [pd.Period("2017-03", "M")]
    for asked in ("March 2017", dt.date(2017, 3, 31), pd.Timestamp("2017-03-01"), pd.Period("2017-03", "M")):
        assert len(store.load("delays", root=tmp_path, where={"month": asked})) == 1
    assert store.load("delays", root=tmp_path, where={"month": "April 2017"}).empty


def test_sources_name_each_file_with_its_hash(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    found = store.sources(store.load("observations", root=tmp_path), root=tmp_path)
    assert found[["file", "received", "rows"]].values.tolist() == [["CSS.xlsx", "2017-07-21", 1]]
    assert found["sha256"][0].startswith(found["vintage"][0])


def test_a_damaged_table_is_told_and_not_read_as_empty(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    next(tmp_path.rglob("*.parquet")).write_bytes(b"damaged")
    with pytest.raises(StoreError, match=r"CSS\.xlsx must be loaded again"):
        store.load("observations", root=tmp_path)


def test_a_damaged_receipt_is_told(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    receipt = next((tmp_path / "receipts").iterdir())
    told = json.loads(receipt.read_text())
    for wrong in ("{", "null", json.dumps(told | {"received": "yesterday"}), json.dumps(told | {"tables": None}),
                  json.dumps(told | {"loaded_at": "noon"})):  # fmt: skip
        receipt.write_text(wrong)
        with pytest.raises(StoreError, match=r"cannot be read .* Move it out of .*, and load the folder of raw data"):
            store.load("observations", root=tmp_path)


def test_a_store_of_a_later_perfkit_is_neither_read_nor_written(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    receipt = next((tmp_path / "receipts").iterdir())
    told = json.loads(receipt.read_text()) | {"edition": str(int(store.EDITION) + 1), "of the future": 1}
    receipt.write_text(json.dumps(told))
    before = sorted(tmp_path.rglob("*"))
    message = r"was written by a later perfkit than this one, .*: update perfkit, or name another store with --store"
    with pytest.raises(StoreError, match=message):
        store.load("observations", root=tmp_path)
    with pytest.raises(StoreError, match=message):
        keep(tmp_path, observations(6), b"two")
    assert sorted(tmp_path.rglob("*")) == before


def test_what_comes_after_the_clock_went_back_is_believed_all_the_same(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    receipt = next((tmp_path / "receipts").iterdir())
    ahead = {"received": "2999-01-01", "loaded_at": "2999-01-01T00:00:00.000000+00:00"}
    receipt.write_text(json.dumps(json.loads(receipt.read_text()) | ahead))
    for content, frame in ((b"two", observations(6)), (b"three", observations(9, file="other.csv"))):
        name = str(frame["file"].iloc[0])
        store.save({"observations": frame}, file=name, content=content, root=tmp_path)
    assert values(tmp_path) == [6.0]
    came = {receipt.file: receipt.received for receipt in store.receipts(root=tmp_path)}
    assert came == {"CSS.xlsx": "2999-01-01", "other.csv": dt.date.today().isoformat()}
    assert store.withdraw("CSS.xlsx", root=tmp_path).received == "2999-01-01"
    assert values(tmp_path) == [9.0]


def test_a_file_whose_day_is_told_comes_on_that_day(tmp_path: Path) -> None:
    keep(tmp_path, observations(6), b"two", received=OCTOBER)
    keep(tmp_path, observations(5), b"one", received=JULY)
    assert values(tmp_path) == [6.0]
    assert values(tmp_path, as_of=JULY) == [5.0]


LOAD_MANY = """
import sys
import time
from collections.abc import Callable
from pathlib import Path
import pandas as pd
from perfkit import store
def parcel(n):
    row = dict(indicator=f"i{n}", period="2017-18 Q1", area="Oxfordshire", part=1, report_period="2017-18 Q1",
               value=n, status="final", file=f"{n}.xlsx", sheet="Dashboard", cell="F9")
    return store.Parcel(f"{n}.xlsx", f"{n:064}", {"observations": pd.DataFrame([row])})
for n in range(0, 12, 3):
    store.keep([parcel(n), parcel(n + 1)], root=Path(sys.argv[1]))
    store.keep([parcel(n + 2)], root=Path(sys.argv[1]))
"""


DIE = """
import os
import sys
from pathlib import Path
from perfkit.keeping import leftovers, pieces, receipts
from perfkit import store
import pandas as pd
def die(*_, **__):
    os.kill(os.getpid(), 9)
setattr(*((pieces, "write", die) if sys.argv[2] == "rows" else (Path, "replace", die)))
frame = pd.DataFrame([dict(indicator="i", period="2017-18 Q1", area="Oxfordshire", part=1, report_period="2017-18 Q1",
                           value=5, status="final", file="CSS.xlsx", sheet="Dashboard", cell="F9")])
store.save({"observations": frame}, file="CSS.xlsx", content=b"one", root=Path(sys.argv[1]))
"""


@pytest.mark.parametrize("killed_at", ["rows", "receipt"])
def test_what_a_killed_load_left_is_cleared_by_the_next(tmp_path: Path, killed_at: str) -> None:
    died = subprocess.run([sys.executable, "-c", DIE, str(tmp_path), killed_at], check=False)
    assert died.returncode == -9
    assert len(list(tmp_path.rglob(".writing-*"))) == 1
    keep(tmp_path, observations(5), b"one")
    assert not list(tmp_path.rglob(".writing-*"))
    assert values(tmp_path) == [5.0]


def test_what_another_still_writes_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "vintages"
    folder.mkdir()
    mine, elsewhere = leftovers.beside(folder / "x"), folder / f".writing-elsewhere-1-{'0' * 32}"
    for path in (mine, elsewhere):
        path.mkdir()
    keep(tmp_path, observations(5), b"one")
    assert {path.name for path in folder.glob(".writing-*")} == {mine.name, elsewhere.name}
    os.utime(elsewhere, (0, 0))
    keep(tmp_path, observations(6), b"two")
    assert [path.name for path in folder.glob(".writing-*")] == [mine.name], "nobody writes for days"


def test_two_processes_may_load_at_once(tmp_path: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", LOAD_MANY, str(tmp_path)]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert sorted(values(tmp_path)) == [float(n) for n in range(12)]
    assert len(store.history(root=tmp_path)) == 12, "what both kept came once"
    assert not list(tmp_path.rglob(".writing-*"))


def test_what_two_processes_keep_at_once_came_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, observations(5), b"one")
    monkeypatch.setattr(receipts, "history", lambda **_: [])
    keep(tmp_path, observations(5), b"one")
    monkeypatch.undo()
    assert len(list((tmp_path / "receipts").iterdir())) == 2
    assert [receipt.vintage for receipt in store.history(root=tmp_path)] == [store.vintage_of(b"one")]


def test_others_may_read_a_store_that_is_shared(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    made = [path for path in tmp_path.rglob("*") if not path.name.startswith(".")]
    ordinary = {True: tmp_path / "folder", False: tmp_path / "file"}
    ordinary[True].mkdir()
    ordinary[False].touch()
    assert {path.name: path.stat().st_mode for path in made} == {
        path.name: ordinary[path.is_dir()].stat().st_mode for path in made
    }


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has one time zone for all")
@pytest.mark.parametrize("zone", ["Etc/GMT-14", "Etc/GMT+12"])
def test_a_file_comes_on_the_day_of_whoever_loads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        store.save({"observations": observations(5)}, file="CSS.xlsx", content=b"one", root=tmp_path)
        assert values(tmp_path, as_of=dt.date.today().isoformat()) == [5.0]
        assert receipts.newest(root=tmp_path)["CSS.xlsx"].received == dt.date.today().isoformat()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_store_that_cannot_be_written_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    (tmp_path / "vintages").rename(tmp_path / "elsewhere")
    (tmp_path / "vintages").touch()
    with pytest.raises(StoreError, match=r"The store .* cannot be written: (File exists|Not a directory)\."):
        keep(tmp_path, observations(6, file="SCS.xlsx"), b"two")
    assert [receipt.file for receipt in store.history(root=tmp_path)] == ["CSS.xlsx"]


def test_the_store_is_found_from_a_folder_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "processed").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.delenv("PERFKIT_STORE", raising=False)
    monkeypatch.chdir(tmp_path / "notebooks")
    assert store.locate() == tmp_path / "data" / "processed"
    monkeypatch.setenv("PERFKIT_STORE", str(tmp_path / "elsewhere"))
    assert store.locate() == tmp_path / "elsewhere"


def test_what_is_known_remembers_which_files_it_gave(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    keep(tmp_path, observations(6, file="PH.xlsx", indicator="checks"), b"two")
    known = store.known(root=tmp_path)
    assert known.observations["value"].tolist() == [5.0, 6.0]
    assert known.sources()["file"].tolist() == ["CSS.xlsx", "PH.xlsx"]
    with pytest.raises(ParameterError, match='There is no table "observation"'):
        _ = known.observation
    with pytest.raises(StoreError, match="Nothing has been loaded yet"):
        store.known(root=tmp_path / "empty")


def framework(*pairs: tuple[str, str]) -> pd.DataFrame:
    """Define indicators, each with the directorate that reports it."""
    fixed = {"financial_year": "2017-18", "priority": "Efficient", "outcome": "E5", "unit": "count", "cell": "A2",
             "polarity": "higher", "frequency": "quarter", "series_type": "ytd", "arrears": 0, "decimals": 0,
             "file": "framework.xlsx"}  # fmt: skip
    return pd.DataFrame([{"indicator": i, "ref": i, "title": i, "directorate": d, **fixed} for i, d in pairs])


def many(*, file: str = "release.csv", value: float = 1.0, status: str = "final") -> pd.DataFrame:
    """Make two quarters of three indicators in two areas."""
    rows = [
        (indicator, period, area)
        for period in ("2017-18 Q1", "2017-18 Q2")
        for area in ("Oxfordshire", "Essex")
        for indicator in ("visits", "checks", "stranger")
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "period", "area"])
    return frame.assign(part=1, report_period=frame["period"], value=value, status=status, file=file, cell="F9")


@pytest.fixture
def cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep a table that is large enough to be cut, after the framework that says who reports what."""
    monkeypatch.setattr(pieces, "LARGE", 10)
    defined = framework(("visits", "CSS"), ("checks", "PH"))
    store.save({"indicators": defined}, file="framework.xlsx", content=b"f", received=JULY, root=tmp_path)
    keep(tmp_path, many(), b"many")
    return tmp_path


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the name of each Parquet file that is opened from now on."""
    names: list[str] = []

    class Noted(pieces.pq.ParquetFile):  # type: ignore[misc]
        def __init__(self, path: Path, **options: bool) -> None:
            names.append(path.name)
            super().__init__(path, **options)

    monkeypatch.setattr(pieces.pq, "ParquetFile", Noted)
    return names


def test_a_large_table_lies_in_a_piece_for_each_period_and_directorate(cut: Path) -> None:
    assert len(list(cut.glob("vintages/*/observations/*.parquet"))) == 2 * 3
    frame = store.load("observations", root=cut)
    key = ["period", "area", "indicator"]
    whole = frame.sort_values(key)[key].to_numpy().tolist()
    assert whole == many().sort_values(key)[key].to_numpy().tolist()


def test_one_quarter_and_directorate_opens_only_the_pieces_that_hold_them(
    cut: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load("observations", root=cut, directorate="CSS")
    names = opened(monkeypatch)
    frame = store.load("observations", root=cut, directorate="CSS", where={"period": "2017-18 Q2"})
    assert sorted(set(frame["indicator"])) == ["stranger", "visits"], "what nobody defines is everybody's"
    assert set(frame["period"]) == {"2017-18 Q2"}
    assert len(names) == 2


def test_whatever_was_asked_for_the_rows_are_those_of_the_whole_table(cut: Path) -> None:
    whole = store.load("observations", root=cut)
    for where in ({"area": "Essex"}, {"period": ["2017-18 Q1"], "indicator": ["visits", "checks"]}, {"value": 2.0}):
        kept = whole
        for name, asked in where.items():
            kept = kept[kept[name].isin(asked if isinstance(asked, list) else [asked])]
        found = store.load("observations", root=cut, where=where)
        pd.testing.assert_frame_equal(found, kept.reset_index(drop=True))


def test_a_directorate_is_found_whoever_reported_an_indicator_when_the_file_came(cut: Path) -> None:
    moved = framework(("visits", "PH"), ("checks", "CSS"))
    store.save({"indicators": moved}, file="framework.xlsx", content=b"g", received=OCTOBER, root=cut)
    asked = {"root": cut, "directorate": "CSS", "where": {"period": "2017-18 Q1"}}
    assert set(store.load("observations", **asked)["indicator"]) == {"checks", "stranger"}
    assert set(store.load("observations", as_of=JULY, **asked)["indicator"]) == {"visits", "stranger"}


def test_of_two_files_that_hold_the_facts_asked_for_the_later_is_believed(cut: Path) -> None:
    keep(cut, many(file="sample.csv", value=9.0, status="illustrative"), b"sample", received=OCTOBER)
    keep(cut, many(file="again.csv", value=2.0), b"again", received=OCTOBER)
    assert set(store.load("observations", root=cut, where={"period": "2017-18 Q1"})["value"]) == {2.0}
    assert store.load("observations", root=cut, where={"value": 1.0}).empty, "belief comes before the choice of values"


def test_a_file_without_the_period_asked_for_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, observations(5), b"one")
    keep(tmp_path, observations(6, file="Q2.xlsx").assign(period="2017-18 Q2"), b"two")
    names = opened(monkeypatch)
    assert store.load("observations", root=tmp_path, where={"period": "2017-18 Q2"})["value"].tolist() == [6.0]
    assert len(names) == 1
    assert store.load("observations", root=tmp_path, where={"period": "2016-17 Q4"}).empty


def test_a_store_of_before_is_read_whole_and_chosen_from(tmp_path: Path) -> None:
    keep(tmp_path, many(), b"many")
    path = next((tmp_path / "receipts").glob("*.json"))
    said = json.loads(path.read_text())
    del said["periods"]
    path.write_text(json.dumps(said))
    assert len(store.load("observations", root=tmp_path, where={"period": "2017-18 Q2"})) == 6


def test_a_column_that_is_not_there_is_told(cut: Path) -> None:
    with pytest.raises(ParameterError, match='observations has no column "quarter": its columns are indicator, period'):
        store.load("observations", root=cut, where={"quarter": "2017-18 Q1"})


def test_a_lost_piece_is_told_and_not_read_as_empty(cut: Path) -> None:
    for path in cut.glob("vintages/*/observations/*.parquet"):
        path.unlink()
    with pytest.raises(StoreError, match=r"release\.csv must be loaded again"):
        store.load("observations", root=cut)


def test_as_of_a_vintage_is_the_moment_when_it_came(tmp_path: Path) -> None:
    first, second = keep(tmp_path, observations(5), b"one"), keep(tmp_path, observations(6), b"two")
    assert first is not None
    assert second is not None
    assert values(tmp_path, as_of=first.vintage) == [5.0], "both came on one day"
    assert values(tmp_path, as_of=second.vintage) == [6.0]
    with pytest.raises(ParameterError, match="no file of that vintage has been received"):
        values(tmp_path, as_of="0" * 12)


def parcel(name: str, *, value: float = 5.0) -> store.Parcel:
    """Give what a small file says of an indicator of its own."""
    frame = observations(value, file=name, indicator=name.removesuffix(".xlsx"))
    return store.Parcel(name, digest(f"{name} {value}"), {"observations": frame}, JULY)


def test_small_files_of_one_delivery_are_kept_together_each_with_its_own_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.keep([parcel("b.xlsx", value=6), parcel("a.xlsx")], root=tmp_path)
    names = opened(monkeypatch)
    assert values(tmp_path) == [5.0, 6.0], "by the names of their files"
    assert [store.read(receipt, "observations", root=tmp_path)["file"].tolist() for receipt in kept] == [
        ["b.xlsx"],
        ["a.xlsx"],
    ]
    assert names == ["observations.parquet"] * 3
    assert len(list(tmp_path.rglob("*.parquet"))) == len(list((tmp_path / "receipts").iterdir())) == 1


def test_a_file_that_comes_again_is_believed_instead_of_its_rows_among_others(tmp_path: Path) -> None:
    store.keep([parcel("a.xlsx"), parcel("b.xlsx", value=6)], root=tmp_path)
    store.keep([parcel("a.xlsx"), parcel("b.xlsx", value=7)], root=tmp_path)
    assert values(tmp_path) == [5.0, 7.0]
    assert [receipt.file for receipt in store.history(root=tmp_path)] == ["a.xlsx", "b.xlsx", "b.xlsx"]
    store.keep([parcel("b.xlsx", value=6)], root=tmp_path)
    every = store.stacked(store.history(root=tmp_path), "observations", root=tmp_path)
    assert every["value"].tolist() == [5.0, 6.0, 7.0, 6.0]


def test_files_kept_together_came_in_the_order_given(tmp_path: Path) -> None:
    first, second = store.keep([parcel("a.xlsx"), parcel("b.xlsx", value=6)], root=tmp_path)
    assert values(tmp_path, as_of=first.vintage) == [5.0]
    assert values(tmp_path, as_of=second.vintage) == [5.0, 6.0]


def test_a_large_file_is_kept_alone_and_a_bundle_ends_where_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "FEW", 6)
    monkeypatch.setattr(parcels, "MOST", 3)
    large = store.Parcel("large.csv", digest("large"), {"observations": many()})
    given = [parcel("a.xlsx"), large, *(parcel(f"{n}.xlsx") for n in range(4))]
    together = [[each.file for each in some] for some in parcels.part(given)]
    assert together == [["a.xlsx"], ["large.csv"], ["0.xlsx", "1.xlsx", "2.xlsx"], ["3.xlsx"]]


def test_of_files_kept_together_none_is_kept_where_one_breaks_its_contract(tmp_path: Path) -> None:
    twice = {"observations": pd.concat([observations(5), observations(6)])}
    with pytest.raises(InputError, match=r"visits, 2017-18 Q1, Oxfordshire, 1 a second time"):
        store.keep([parcel("a.xlsx"), store.Parcel("CSS.xlsx", digest("twice"), twice)], root=tmp_path)
    assert list(tmp_path.rglob("*.*")) == []


def test_one_fact_may_stand_in_two_files_kept_together(tmp_path: Path) -> None:
    both = [store.Parcel(f"{n}.xlsx", digest(str(n)), {"observations": observations(n)}, JULY) for n in range(2)]
    store.keep(both, root=tmp_path)
    assert values(tmp_path) == [1.0]


def test_a_bundle_that_lost_rows_is_told_with_every_file_in_it(tmp_path: Path) -> None:
    store.keep([parcel("a.xlsx"), parcel("b.xlsx")], root=tmp_path)
    path = next(tmp_path.rglob("*.parquet"))
    pd.read_parquet(path).head(1).to_parquet(path, index=False)
    with pytest.raises(StoreError, match=r"a\.xlsx, b\.xlsx must be loaded again: .*there are but 1 rows"):
        store.load("observations", root=tmp_path)


def test_a_store_that_was_filled_file_by_file_is_read_as_it_is(tmp_path: Path) -> None:
    frame = observations(5).assign(vintage="7692c3ad3540", numerator=float("nan"))
    kept = tmp_path / "vintages" / "7692c3ad3540-1d634b25-2"
    kept.mkdir(parents=True)
    frame.to_parquet(kept / "observations.parquet", index=False)
    told = {
        "file": "CSS.xlsx",
        "vintage": "7692c3ad3540",
        "sha256": "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
        "received": "2017-07-21",
        "loaded_at": "2017-07-21T09:00:00.000000+00:00",
        "tables": {"observations": 1},
        "warnings": [],
        "edition": "2",
    }
    (tmp_path / "receipts").mkdir()
    (tmp_path / "receipts" / "2017-07-21T090000.000000-7692c3ad3540-1d634b25.json").write_text(json.dumps(told))
    assert keep(tmp_path, observations(5), b"one") is None
    store.keep([parcel("a.xlsx"), parcel("b.xlsx", value=6)], root=tmp_path)
    assert values(tmp_path) == [5.0, 5.0, 6.0]


def test_a_load_that_dies_before_its_receipt_leaves_nothing_known_and_may_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(receipts, "write", die)
        with pytest.raises(KeyboardInterrupt):
            keep(tmp_path, observations(5), b"one")
    assert store.history(root=tmp_path) == []
    assert keep(tmp_path, observations(5), b"one") is not None
    assert values(tmp_path) == [5.0]


DIE_WRITING = """
import os, signal, sys
from pathlib import Path
import pandas as pd
from perfkit import store
from perfkit.keeping import pieces
row = dict(indicator="visits", period="2017-18 Q1", area="Oxfordshire", part=1, report_period="2017-18 Q1",
           value=5, status="final", file="CSS.xlsx", sheet="Dashboard", cell="F9")
whole = pieces.write
def half(frame, folder, table, *, directorates):
    whole(frame, folder, table, directorates=directorates)
    os.kill(os.getpid(), signal.SIGKILL)
pieces.write = half
store.save({"observations": pd.DataFrame([row])}, file="CSS.xlsx", content=b"one", root=Path(sys.argv[1]))
"""


def test_a_process_killed_while_it_writes_leaves_no_half_vintage(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", DIE_WRITING, str(tmp_path)], check=False)
    assert killed.returncode != 0
    assert not [path for path in (tmp_path / "vintages").iterdir() if not path.name.startswith(".")]
    assert store.history(root=tmp_path) == []
    keep(tmp_path, observations(5), b"one")
    assert values(tmp_path) == [5.0]


def test_a_table_kept_before_a_column_came_has_that_column_empty(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    path = next(tmp_path.rglob("*.parquet"))
    pd.read_parquet(path).drop(columns="marker_means").to_parquet(path, index=False)
    assert store.load("observations", root=tmp_path)["marker_means"].isna().tolist() == [True]


def test_a_table_kept_before_a_needed_column_came_must_be_loaded_again(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    path = next(tmp_path.rglob("*.parquet"))
    pd.read_parquet(path).drop(columns="report_period").to_parquet(path, index=False)
    with pytest.raises(StoreError, match=r"CSS\.xlsx must be loaded again: it was kept by an earlier perfkit"):
        store.load("observations", root=tmp_path)


def test_values_are_asked_for_however_they_are_given(cut: Path) -> None:
    for given in ("2017-18 Q1", ["2017-18 Q1"], pd.Period("2017-06", "Q-MAR"), "Quarter 1 2017/18"):
        assert len(store.load("observations", root=cut, where={"period": given})) == 6
    assert len(store.load("observations", root=cut, where={"part": 1, "indicator": "visits"})) == 4
    with pytest.raises(ParameterError, match='part holds numbers: "one" is none'):
        store.load("observations", root=cut, where={"part": "one"})


def overwrite(path: Path) -> None:
    path.write_bytes(b"PAR1 and no more")


def flip(path: Path) -> None:
    """Change one byte in the middle, as a failing disk does: of a figure, where the file stays one that opens."""
    content = bytearray(path.read_bytes())
    content[content.index(b"Oxfordshire") + 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("damage", [overwrite, flip])
def test_rows_that_are_damaged_are_never_read_and_kept_anew_when_their_file_comes_again_as_having_come_when_it_did(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    keep(tmp_path, observations(5), b"one", received=JULY)
    damage(next((tmp_path / "vintages").rglob("*.parquet")))
    with pytest.raises(StoreError, match=r"CSS\.xlsx must be loaded again"):
        store.load("observations", root=tmp_path)
    assert list(store.lost(root=tmp_path)) == ["CSS.xlsx"]
    again = store.save({"observations": observations(5)}, file="CSS.xlsx", content=b"one", root=tmp_path)
    assert again is not None
    assert again.received == JULY.isoformat()
    assert values(tmp_path) == [5.0]
    assert store.lost(root=tmp_path) == {}


def test_a_piece_that_is_gone_makes_its_file_lost(cut: Path) -> None:
    next((cut / "vintages").rglob("0000.parquet")).unlink()
    assert len(store.lost(root=cut)) == 1


def test_rows_that_are_gone_are_lost_and_those_of_other_files_are_not(tmp_path: Path) -> None:
    keep(tmp_path, observations(5), b"one")
    keep(tmp_path, observations(7, file="SCS.xlsx", indicator="delayed"), b"two")
    shutil.rmtree(shelf.folder(tmp_path, receipts.newest(root=tmp_path)["CSS.xlsx"]))
    assert list(store.lost(root=tmp_path)) == ["CSS.xlsx"]
    with pytest.raises(StoreError, match=r"CSS\.xlsx must be loaded again"):
        store.load("observations", root=tmp_path)
    assert store.load("observations", root=tmp_path, besides=["CSS.xlsx"])["value"].tolist() == [7.0]


def test_a_file_withdrawn_is_believed_up_to_that_day_and_comes_back_when_it_is_loaded_again(tmp_path: Path) -> None:
    keep(tmp_path, observations(5.0), b"a")
    keep(tmp_path, observations(6.0, file="PH.xlsx", indicator="deaths"), b"b")
    with pytest.raises(StoreError, match="came on 2017-07-21: it cannot be withdrawn on a day before"):
        store.withdraw("CSS.xlsx", received=dt.date(2017, 7, 20), root=tmp_path)
    store.withdraw("CSS.xlsx", received=OCTOBER, root=tmp_path)
    assert store.load("observations", root=tmp_path)["file"].tolist() == ["PH.xlsx"]
    assert sorted(store.load("observations", root=tmp_path, as_of="2017-10-19")["file"]) == ["CSS.xlsx", "PH.xlsx"]
    assert store.lost(root=tmp_path) == {}
    with pytest.raises(StoreError, match=r'nothing of "CSS\.xlsx" to withdraw\. Name it as issues name it'):
        store.withdraw("CSS.xlsx", root=tmp_path)
    with pytest.raises(StoreError, match=r'nothing of "Q1/PH\.xlsx" to withdraw\. Is it PH\.xlsx\?'):
        store.withdraw("Q1/PH.xlsx", root=tmp_path)
    keep(tmp_path, observations(5.0), b"a", received=OCTOBER)
    assert sorted(store.load("observations", root=tmp_path)["file"]) == ["CSS.xlsx", "PH.xlsx"]
