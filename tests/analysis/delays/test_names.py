"""An authority that some months spell otherwise is one authority with one series."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.delays import names


def delays_of(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area", "area_kind"])


def test_months_under_another_spelling_join_the_series() -> None:
    spelt = delays_of(("Bournemouth, Christchurch & Poole", "authority"), ("Derby UA", "authority"),
                      ("Bournemouth, Christchurch and Poole UA", "authority"),
                      ("Bournemouth, Christchurch & Poole", "authority"))  # fmt: skip
    before = spelt.copy()
    bcp = "Bournemouth, Christchurch & Poole"
    assert names.joined(spelt)["area"].tolist() == [bcp, "Derby UA", bcp, bcp]
    pd.testing.assert_frame_equal(spelt, before)


def test_authorities_of_other_times_and_places_elsewhere_keep_their_names() -> None:
    spelt = delays_of(
        ("Dorset", "authority"), ("Dorset (before 2019)", "authority"), ("Derby", "authority"),
        ("Derby UA", "authority"), ("Derby UA", "authority"), ("Resident in Wales", "elsewhere"),
        ("England", "country"), ("Illustrative authority 001", "authority"),
    )  # fmt: skip
    assert names.joined(spelt)["area"].tolist() == [
        "Dorset", "Dorset (before 2019)", "Derby UA", "Derby UA", "Derby UA", "Resident in Wales", "England",
        "Illustrative authority 001",
    ]  # fmt: skip
