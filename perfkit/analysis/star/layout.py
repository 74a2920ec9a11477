"""Which tables the star has, their columns and keys, and which column of a fact leads to which dimension."""

from __future__ import annotations

from dataclasses import dataclass

from perfkit.model import schemas
from perfkit.model.columns import Column, Kind, Table


@dataclass(frozen=True)
class StarColumn:
    """A column of the star: its name, kind and meaning, and the dimension whose key it holds."""

    name: str
    kind: Kind
    meaning: str
    refers: str = ""


@dataclass(frozen=True)
class StarTable:
    """A table of the star: its key, its columns, and the frame that a fact is taken from."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[StarColumn, ...]
    source: str = ""

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


KEYS = {
    "dim_indicator": "indicator",
    "dim_outcome": "outcome",
    "dim_directorate": "directorate",
    "dim_period": "period",
    "dim_area": "area",
    "dim_measure": "measure",
    "dim_organisation": "org_code",
}
"""The dimensions and the column that is the key of each."""
_REFERS = {key: name for name, key in KEYS.items()}
_REFERS |= dict.fromkeys(("report_period", "data_period", "month"), "dim_period")
_OWN = (
    Column("outcome", "text", "id of the outcome that the indicator bore on in that year"),
    Column("directorate", "text", "code of the directorate that reported it in that year"),
)
_SPLIT = Column("split", "text", "by what the row is split: none, attribution, setting, reason, or several; add up one")


def _column(column: Column, name: str = "") -> StarColumn:
    kind: Kind = "text" if column.kind == "month" else column.kind
    return StarColumn(name or column.name, kind, column.meaning, _REFERS.get(name or column.name, ""))


def _fact(name: str, table: Table, *extra: Column) -> StarTable:
    """Declare a fact that has the columns of a tidy table, its months as labels; a month alone is its period."""
    names = {"month": "month" if "period" in table.names else "period"}
    columns = tuple(_column(c, names.get(c.name, "")) for c in (*table.columns, *extra, *schemas.LINEAGE))
    key = tuple(names.get(column, column) for column in table.key)
    return StarTable(name, table.meaning, key, columns, table.name)


def tidy(name: str) -> StarTable:
    """Declare a tidy table of the store as it is, without keys into dimensions.

    >>> tidy("priorities").key
    ('priority', 'financial_year')
    """
    table = schemas.TABLES[name]
    columns = tuple(
        StarColumn(c.name, "date" if c.kind == "month" else c.kind, c.meaning)
        for c in (*table.columns, *schemas.LINEAGE)
    )
    return StarTable(name, table.meaning, table.key, columns, name)


def _dimension(name: str, meaning: str, *columns: tuple[str, Kind, str]) -> StarTable:
    return StarTable(name, meaning, (KEYS[name],), tuple(StarColumn(*column) for column in columns))


_DIMENSIONS = (
    _dimension(
        "dim_indicator", "what is measured, by its newest definition",
        ("indicator", "text", "stable id of the indicator"),
        ("financial_year", "text", "year of the definition"),
        ("ref", "text", "the number that it is published under"),
        ("title", "text", "title as published"),
        ("reported_by", "text", "code of the directorate that reports it"),
        ("outcome_title", "text", "the outcome that it bears on"),
        ("priority", "text", "title of the priority"),
        ("unit", "text", "percent, count, hours, ..."),
        ("polarity", "text", "which way is good"),
        ("frequency", "text", "how often a figure is due"),
        ("series_type", "text", "what a figure covers"),
        ("decimals", "whole", "decimal places to show"),
        ("definition", "text", "what is counted, where the title does not say it"),
    ),
    _dimension(
        "dim_outcome", "what the council wants for residents, as last put",
        ("outcome", "text", "id of the outcome"),
        ("financial_year", "text", "year of the wording"),
        ("title", "text", "title as published"),
        ("priority", "text", "title of the priority"),
        ("led_by", "text", "code of the lead directorate"),
    ),
    _dimension(
        "dim_directorate", "the directorates, as last named",
        ("directorate", "text", "code"),
        ("name", "text", "name"),
        ("place", "whole", "place in reports"),
    ),
    _dimension(
        "dim_period", "days, weeks, months, quarters and years, each of its calendar",
        ("period", "text", "2017-18 Q1, March 2017; with its calendar where that is another: 2017-18 (academic)"),
        ("label", "text", "label alone: 2017-18"),
        ("kind", "text", "day, week, month, quarter, year or span of several; other where the label is none of these"),
        ("calendar", "text", "whose year: financial, academic, calendar (days, weeks and months too) or reporting"),
        ("starts", "date", "first day; empty for years of a publisher's own"),
        ("ends", "date", "last day"),
        ("financial_year", "text", "the financial year that it ends in; empty of what is longer or lies across two"),
        ("quarter", "whole", "1 to 4 of the financial year, of days, weeks, months and quarters"),
        ("month", "text", "label of the month that it ends in, of days, weeks and months"),
        ("place", "whole", "place in time: sort labels by this"),
    ),
    _dimension(
        "dim_area", "areas: authorities, the country, and others",
        ("area", "text", "name; with its kind where that is none of these: Essex (other)"),
        ("name", "text", "name alone"),
        ("kind", "text", "authority, country, region, ...; council for the council's own figures"),
        ("region", "text", "region that it lies in"),
        ("code", "text", "code of the Office for National Statistics"),
        ("valid_from", "date", "first day of an authority that began since April 2009"),
        ("valid_to", "date", "last day of one that has ended"),
    ),
    _dimension(
        "dim_measure", "what releases and the discharges from hospital measure",
        ("measure", "text", "the series and its id of the measure: cover_vaccinations: mmr1_24m"),
        ("series", "text", "the release, as its recipe names it; discharges"),
        ("id", "text", "id of the measure, stable over the layouts of its series"),
        ("title", "text", "the measure in words"),
        ("unit", "text", "percent, count, ...; empty where it depends on the period"),
    ),
    _dimension(
        "dim_organisation", "who reports discharges from hospital: trusts, boards, regions and the country",
        ("org_code", "text", "code of the trust or board; of regions and the country their name"),
        ("name", "text", "name, as last published"),
        ("kind", "text", "country, region, board or trust; add up one only"),
        ("region", "text", "the NHS region that it lies in, which is not a region of dim_area"),
    ),
)  # fmt: skip

_LINEAGE = tuple(_column(column) for column in schemas.LINEAGE)


def _judged(name: str, meaning: str, key: tuple[str, ...], source: str, *columns: tuple[str, Kind, str]) -> StarTable:
    made = tuple(StarColumn(n, kind, says, _REFERS.get(n, "")) for n, kind, says in columns)
    return StarTable(name, meaning, key, made + (_LINEAGE if source == "rated" else ()), source)


_FACTS = (
    _fact("fact_observation", schemas.OBSERVATIONS, *_OWN),
    _fact("fact_target", schemas.TARGETS, *_OWN),
    _judged(
        "fact_rating", "ratings of indicators, each quarter as it was reported", ("indicator", "period"), "rated",
        ("indicator", "text", "id of the indicator"),
        ("period", "text", "label of the quarter"),
        ("data_period", "text", "label of the period that the figure is for"),
        ("outcome", "text", "id of the outcome in that year"),
        ("directorate", "text", "code of the directorate in that year"),
        ("ref", "text", "its number in that year"),
        ("title", "text", "its title in that year"),
        ("value", "number", "the figure, in the indicator's unit"),
        ("expected", "number", "what the target asks for by then"),
        ("variance", "number", "figure less expected"),
        ("calculated", "text", "what the figures say: green, amber, red or not rated"),
        ("calculated_reason", "text", "why it is not rated"),
        ("assessed", "text", "what the director says"),
        ("effective", "text", "which of the two stands"),
        ("outlook", "text", "the director's outlook"),
        ("reason", "text", "the director's reason"),
        ("rule", "text", "rating family"),
        ("rule_text", "text", "the rule in words"),
        ("status", "text", "how firm the figure is; illustrative where it was never published"),
    ),
    _judged(
        "fact_outcome_rating", "ratings of outcomes, each quarter as it was reported", ("outcome", "period"), "rolled",
        ("outcome", "text", "id of the outcome"),
        ("period", "text", "label of the quarter"),
        ("directorate", "text", "code of the lead directorate in that year"),
        ("rag", "text", "as its worst indicator: green, amber, red or not rated"),
        ("rag_reason", "text", "why"),
        ("assessed", "text", "the director's rating of the outcome"),
        ("indicators", "whole", "how many indicators"),
        ("green", "whole", "of these green"),
        ("amber", "whole", "of these amber"),
        ("red", "whole", "of these red"),
        ("not_rated", "whole", "of these not rated"),
    ),
    _fact("fact_delay", schemas.DELAYS, _SPLIT),
    _fact("fact_release", schemas.RELEASES),
    _fact("fact_discharge", schemas.DISCHARGES),
    _fact("fact_finance", schemas.FINANCE),
    _fact("fact_risk", schemas.RISKS),
)  # fmt: skip
TABLES: dict[str, StarTable] = {table.name: table for table in (*_DIMENSIONS, *_FACTS)}
"""Every table of the star by name, dimensions first."""
