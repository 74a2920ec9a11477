"""Back-test the outlook on a bench of series, beside naive methods and, where it is installed, statsforecast's.

    python benchmarks/outlook.py ../shared/outlook_bench/quarterly --predictions predictions.csv
    python benchmarks/outlook.py ../shared/outlook_bench/quarterly --peers --series 200

A bench is NAME.parquet (series_id, t, value; t <= 0 is history, 1 to 4 came after) and NAME_meta.csv (scale_mase,
target, polarity, deadband, n_kept; kind "pct" or "count" where known). Ours is asked as any notebook asks: the last n
points and a year that ends one to four quarters on. The predictions are in the layout of tools/score_outlook.py.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from perfkit.analysis import outlook
from perfkit.model import periods

LENGTHS = (4, 6, 8, 12, 16, 20, 40)
STEPS = (1, 2, 3, 4)
UNITS = {"pct": "percent", "count": "count"}
NORMAL = {80: 1.2815515655446004, 95: 1.959963984540054}
PEERS = ("AutoETS", "AutoARIMA", "Theta")
COLUMNS = ["series_id", "n", "h", "mean", "lo80", "hi80", "lo95", "hi95", "p_above_T", "outlook"]
WORDS = {"improving": "improving", "deteriorating": "deteriorating", "no clear change": "stable"}
Row = tuple[object, ...]


def load(bench: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the values, a row a series and a column a quarter, and what is known of each series."""
    values = pd.read_parquet(bench.with_name(f"{bench.name}.parquet"))
    meta = pd.read_csv(bench.with_name(f"{bench.name}_meta.csv"), index_col="series_id")
    return values.pivot(index="series_id", columns="t", values="value"), meta


def _labels(count: int, ahead: int) -> list[str]:
    """Label quarters so that the year 2019-20 ends so many after the last."""
    last = periods.parse("2019-20 Q4") - ahead
    return [periods.label(last - back) for back in range(count - 1, -1, -1)]


def predict(values: pd.DataFrame, meta: pd.DataFrame, lengths: tuple[int, ...] = LENGTHS) -> pd.DataFrame:
    """Ask for the outlook of every series from its last n points, for years that end 1 to 4 quarters on."""
    labels = {(n, h): _labels(n, h) for n in lengths for h in STEPS}
    rows: list[Row] = []
    for n in lengths:
        for name, known, facts in _windows(values, meta, n):
            rows += [(name, n, h, *_asked(known, facts, labels[n, h])) for h in STEPS]
    return pd.DataFrame(rows, columns=COLUMNS)


def _windows(values: pd.DataFrame, meta: pd.DataFrame, n: int) -> Iterator[tuple[str, np.ndarray, pd.Series]]:  # type: ignore[type-arg]
    columns = list(range(1 - n, 1))
    if not set(columns) <= set(values.columns):
        return
    kept = meta[meta["n_kept"] >= n].index
    for name, known in zip(kept, values.loc[kept, columns].to_numpy(), strict=True):
        if not np.isnan(known).any():
            yield name, known, meta.loc[name]


def _asked(known: np.ndarray, facts: pd.Series, labels: list[str]) -> Row:  # type: ignore[type-arg]
    found = outlook.project(
        pd.DataFrame({"period": labels, "value": known}),
        unit=UNITS.get(str(facts.get("kind", "")), ""),
        polarity="higher" if facts["polarity"] > 0 else "lower",
        year="2019-20",
        target=outlook.Goal("higher", low=float(facts["target"]), strict=True),
        band=float(facts["deadband"]),
    )
    if found.probability is None:
        return (np.nan,) * 6 + ("insufficient",)
    interval = (found.year_end, found.low80, found.high80, found.low95, found.high95)
    return (*interval, found.probability, WORDS[found.direction])


def cost(values: pd.DataFrame, meta: pd.DataFrame, points: int = 20) -> float:
    """Give the seconds of processor time that one outlook a year ahead takes, its frame made beforehand."""
    asked = [(pd.DataFrame({"period": _labels(points, 4), "value": known}), facts["target"])
             for _, known, facts in _windows(values, meta.head(300), points)]  # fmt: skip
    started = time.process_time()
    for frame, target in asked:
        outlook.project(frame, year="2019-20", target=outlook.Goal("higher", low=float(target)))
    return (time.process_time() - started) / max(len(asked), 1)


def scores(predictions: pd.DataFrame, values: pd.DataFrame, meta: pd.DataFrame) -> pd.DataFrame:
    """Give by n: series, MASE, coverage of both intervals, Brier skill over the events' frequency, wrong directions."""
    joined = predictions.dropna(subset=["mean"]).join(meta, on="series_id")
    places = values.index.get_indexer(joined["series_id"])
    array = values.to_numpy()
    joined["y"] = array[places, values.columns.get_indexer(joined["h"])]
    joined["before"] = array[places, values.columns.get_indexer(joined["h"] - 4)]
    joined["event"] = (joined["y"] > joined["target"]).astype(float)
    joined["usual"] = _usual(values, meta).reindex(pd.MultiIndex.from_frame(joined[["target_delta", "h"]])).to_numpy()
    return pd.DataFrame({n: _score(rows) for n, rows in joined.groupby("n")}).T


def _usual(values: pd.DataFrame, meta: pd.DataFrame) -> pd.Series:
    """Give how often the target was passed, by how far off it was set and by horizon."""
    passed = values[list(STEPS)].gt(meta["target"], axis=0).assign(target_delta=meta["target_delta"])
    return passed.groupby("target_delta").mean().stack()


def _score(rows: pd.DataFrame) -> dict[str, float]:
    y, chance = rows["y"], rows["p_above_T"]
    brier, usual = ((chance - rows["event"]) ** 2).mean(), ((rows["usual"] - rows["event"]) ** 2).mean()
    moved = np.sign(y - rows["before"]) * (np.abs(y - rows["before"]) > rows["deadband"]) * rows["polarity"]
    said = rows["outlook"].map({"improving": 1, "deteriorating": -1}).fillna(0)
    return {
        "series": rows["series_id"].nunique(),
        "MASE": ((y - rows["mean"]).abs() / rows["scale_mase"]).mean(),
        "cover80": 100 * y.between(rows["lo80"], rows["hi80"]).mean(),
        "cover95": 100 * y.between(rows["lo95"], rows["hi95"]).mean(),
        "Brier skill": 1 - brier / usual,
        "calibration error": 100 * _calibration_error(chance, rows["event"]),
        "direction right": 100 * (said == moved).mean(),
        "opposite": 100 * (said * moved == -1).mean(),
    }


def _calibration_error(chance: pd.Series, event: pd.Series) -> float:
    tenth = (chance * 10).astype(int).clip(upper=9)
    means = pd.DataFrame({"p": chance, "e": event}).groupby(tenth).agg(["mean", "size"])
    return float(((means["p", "mean"] - means["e", "mean"]).abs() * means["p", "size"]).sum() / len(chance))


Peer = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]  # type: ignore[type-arg]


def naive(known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Carry the last value forward; its spread grows with the root of the horizon."""
    spread = np.sqrt((np.diff(known) ** 2).mean())
    return np.repeat(known[-1], 4), spread * np.sqrt(STEPS)


def seasonal_naive(known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Take the same quarter last year; its spread is that of the changes year on year."""
    changes = known[4:] - known[:-4] if len(known) > 4 else np.diff(known)
    return known[-4:], np.repeat(np.sqrt((changes**2).mean()), 4)


def statsforecast_peers() -> dict[str, Peer]:
    """Give statsforecast's methods where it is installed; it is no dependency of perfkit."""
    try:
        from statsforecast import models
    except ImportError:
        return {}
    return {name: _peer(getattr(models, name)(season_length=4)) for name in PEERS}


def _peer(model: object) -> Peer:
    def forecast(known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = model.forecast(y=known.astype("float64"), h=4, level=[80])  # type: ignore[attr-defined]
            except Exception:  # a peer that fails on a series answers as the naive method, and is so counted
                return naive(known)
        return found["mean"], np.maximum((found["hi-80"] - found["mean"]) / NORMAL[80], 1e-9)

    return forecast


def predict_peer(peer: Peer, values: pd.DataFrame, meta: pd.DataFrame, lengths: tuple[int, ...]) -> pd.DataFrame:
    """Ask a peer, its errors taken as normal."""
    rows: list[Row] = []
    for n in lengths:
        for name, known, facts in _windows(values, meta, n):
            mean, spread = peer(known)
            before = np.concatenate((known[-3:], known[-1:])) if n < 4 else known[-4:]
            for h in STEPS:
                rows.append((name, n, h, *_normal(mean[h - 1], max(spread[h - 1], 1e-9), before[h - 1], facts)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _normal(mean: float, spread: float, before: float, facts: pd.Series) -> Row:
    from statistics import NormalDist

    ends = [mean + side * NORMAL[width] * spread for width in (80, 95) for side in (-1, 1)]
    above = 1 - NormalDist(mean, spread).cdf(float(facts["target"]))
    moved = (mean - before) * facts["polarity"]
    word = "stable" if abs(moved) <= facts["deadband"] else "improving" if moved > 0 else "deteriorating"
    return (mean, *ends, above, word)


def main() -> int:
    """Print the table of one bench, ours first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--predictions", type=Path, help="write ours in the layout of score_outlook.py")
    parser.add_argument("--peers", action="store_true", help="compare with naive methods and statsforecast's")
    parser.add_argument("--series", type=int, help="the first so many series, evenly spread")
    parser.add_argument("--points", type=int, nargs="+", default=list(LENGTHS))
    asked = parser.parse_args()
    values, meta = load(asked.bench)
    if asked.series:
        meta = meta.iloc[:: max(len(meta) // asked.series, 1)].head(asked.series)
        values = values.loc[meta.index]
    lengths = tuple(asked.points)
    ours = predict(values, meta, lengths)
    if asked.predictions:
        ours.to_csv(asked.predictions, index=False)
    _show("perfkit", scores(ours, values, meta), cost(values, meta))
    peers = {"naive": naive, "seasonal naive": seasonal_naive, **statsforecast_peers()} if asked.peers else {}
    for name, peer in peers.items():
        started = time.process_time()
        theirs = predict_peer(peer, values, meta, lengths)
        _show(name, scores(theirs, values, meta), (time.process_time() - started) / (len(theirs) / 4))
    return 0


def _show(name: str, table: pd.DataFrame, seconds: float) -> None:
    print(f"\n{name} ({1000 * seconds:.2f} ms of processor time a series)")
    print(table.to_string(float_format=lambda value: f"{value:.3f}" if abs(value) < 5 else f"{value:.1f}"))


if __name__ == "__main__":
    sys.exit(main())
