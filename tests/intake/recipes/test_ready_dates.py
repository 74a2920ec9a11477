"""Discharge Ready Date: England and the authorities where patients live, out of a list of all that hospitals report."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.intake import kinds, recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import reader
from perfkit.intake.workbooks.grid import Sheet, Workbook

FILE = "Discharge-Ready-Date-monthly-data-csv-April-2024-Revised.csv"
HEADINGS = ["Date", "Data Source", "Data Type", "Upper Tier Local Authority Code", "Upper Tier Local Authority",
            "Region (of Provider)", "ICB (of Provider)", "Code", "Organisation Name", "Measure", "Value"]  # fmt: skip
LOST, SAME_DAY = "Total bed days lost due to delayed discharge", "Date of discharge is same as Discharge Ready Date"
SUBMITTING = "% of providers submitting acceptable data"
COUNCILS = ("Barnsley", "Bexley", "Bury", "Cumberland", "Darlington", "Derby", "Devon", "Dorset", "Dudley", "Essex",
            "Hampshire", "Hounslow", "Kent", "Leeds", "Luton", "Norfolk", "Poole", "Sutton", "Swindon", "Wigan",
            "York")  # fmt: skip


def row(kind: str, code: str, area: str, measure: str, value: str) -> list[Any]:
    return ["Apr-24", "SUS & HODF", kind, code, area, "[z]", "[z]", "ENGLAND", "ENGLAND", measure, value]


ENGLAND = [row("National", "[z]", "[z]", measure, value)
           for measure, value in ((LOST, "251486"), (SAME_DAY, "0.86"), (SUBMITTING, "0.89"))]  # fmt: skip
OXFORD = [row("UTLA Aggregate", "E10000025", "Oxfordshire", measure, value)
          for measure, value in ((LOST, "1500"), (SAME_DAY, "0.9"),
                                 ("Total Discharges of UTLA patients from provider", "-"))]  # fmt: skip
OTHERS = [row("UTLA Aggregate", "", council, SAME_DAY, "0.8") for council in COUNCILS]
BESIDE = [row("UTLA Aggregate", "#N/A", "#N/A", LOST, "7"),
          row("Provider activity mapped to UTLA", "E10000025", "Oxfordshire", LOST, "40")]  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> Reading:
    rows = [HEADINGS, *ENGLAND, *OXFORD, *OTHERS, *BESIDE]
    recipe = recipes.load(recipes.SHIPPED / "discharge_ready_date.toml")
    return reader.read(Workbook(FILE, (Sheet(FILE, "", rows),)), recipe=recipe)


def figures(reading: Reading) -> pd.DataFrame:
    assert not reading.stops, [str(issue) for issue in reading.issues]
    return reading.tables["releases"].set_index(["area", "measure_title"])


def test_the_recipe_knows_the_list_by_its_headings() -> None:
    workbook = Workbook(FILE, (Sheet(FILE, "", [HEADINGS, *ENGLAND]),))
    assert kinds.release(workbook, recipes.gather(None)) is not None


def test_councils_and_england_have_a_figure_a_month(reading: Reading) -> None:
    found = figures(reading)
    own = found.loc[("Oxfordshire", LOST)]
    assert own[["value", "unit", "period", "area_kind", "cell"]].tolist() == [1500.0, "bed days", "April 2024",
                                                                              "authority", "K5"]  # fmt: skip
    assert found.loc[("England", LOST), "value"] == 251486.0
    sent = found.loc[("Oxfordshire", "Total Discharges of UTLA patients from provider")]
    assert (sent["marker"], sent["marker_means"]) == ("-", "not available")


def test_shares_that_all_councils_have_are_percentages_and_one_of_england_alone_stays_a_share(reading: Reading) -> None:
    found = figures(reading)
    assert found.loc[("Oxfordshire", SAME_DAY), ["value", "unit"]].tolist() == [90.0, "percent"]
    assert found.loc[("England", SUBMITTING), ["value", "unit"]].tolist() == [0.89, "share of 1"]


def test_patients_from_elsewhere_are_no_council_and_rows_of_hospitals_are_told(reading: Reading) -> None:
    assert figures(reading).loc[("#N/A", LOST), "area_kind"] == "other"
    told = "\n".join(map(str, reading.issues))
    assert 'found 1 row for the level "Provider activity mapped to UTLA", expected levels that the recipe knows' in told
