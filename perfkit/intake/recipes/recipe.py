"""Recipes: short declarative files (TOML) that say how to read a national release, so that nobody need write Python.

The recipes that perfkit brings stand beside this module; those of a council stand beside its data, in
``data/raw/recipes``, and go before them. `docs/how-to/add-a-release.md` explains every key.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from perfkit.intake.recipes import keys
from perfkit.intake.recipes.wording import bare
from perfkit.model import schemas
from perfkit.model.errors import ParameterError

SHIPPED = Path(__file__).parent
FROM_FILE = "from file name"
"""As ``release``: the series is named by the file, without its years."""
ROLES = ("area", "area_code", "council_code", "education_code", "finance_code", "region", "level", "period",
         "identifier", "measure", "unit", "value")  # fmt: skip
"""What a column may be, besides a measure, a breakdown, a note or left out."""
PARTS = ("heading", "numerator", "denominator")
"""What a column may give of a measure: its figure, and the counts that it is made of."""
EVERY = ("quarter", "year")
"""How often a series is published."""
_ANSWERS = ("refuse", "leave out")
_AS_FIRST = "as first table"
_ACROSS = "in headings"
_OF_TABLE = frozenset({"sheets", "columns", "needed", "fill", "breakdowns", "notes", "ignored", "totals", "measures",
                       "measure", "periods", "prefix", "adds", "perhaps"})  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """What one column of a wide table measures; columns are found by their heading in bare words.

    ``of`` is the measure that counts those of whom a percentage is told; ``until`` the last day on which it was
    published, where it is no more.
    """

    id: str
    title: str
    unit: str
    heading: re.Pattern[str] | None
    numerator: re.Pattern[str] | None
    denominator: re.Pattern[str] | None
    of: str = ""
    until: dt.date | None = None


@dataclass(frozen=True)
class Totals:
    """How rows of totals are known: by a text under one heading; ``name`` in the pattern is the area."""

    under: tuple[str, ...]
    pattern: re.Pattern[str]
    kind: str


@dataclass(frozen=True, eq=False)
class Rule:
    """How one kind of sheet is read; each rule is itself alone."""

    sheets: re.Pattern[str]
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    fill: tuple[str, ...]
    breakdowns: tuple[str, ...]
    notes: tuple[str, ...]
    ignored: tuple[str, ...]
    totals: tuple[Totals, ...]
    measures: tuple[Measure, ...]
    others: bool
    prefix: re.Pattern[str] | None
    adds: bool
    perhaps: bool
    rewrites: tuple[tuple[re.Pattern[str], str], ...] = ()
    across: Periods | None = None

    @property
    def long(self) -> bool:
        """Whether the table has one figure a row."""
        return "value" in self.columns


@dataclass(frozen=True, eq=False)
class Periods:
    """Where the period is told, and whose year it is."""

    calendar: str
    file: bool
    every: str
    titles: tuple[re.Pattern[str], ...]
    identifiers: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Recipe:
    """How one series of releases is recognised and read; each recipe is itself alone."""

    name: str
    release: str
    title: str
    publisher: str
    status: str
    phrases: tuple[str, ...]
    files: re.Pattern[str]
    headings: tuple[str, ...]
    ignored: re.Pattern[str]
    periods: Periods
    markers: Mapping[str, str]
    legend: Mapping[str, str]
    units: Mapping[str, str]
    levels: Mapping[str, str]
    rules: tuple[Rule, ...]
    doubled: str = "refuse"
    disagreeing: str = "refuse"
    unknown: str = "refuse"
    ratios: bool = False
    sums: tuple[str, ...] = ()
    within: float = 0.0
    expected: tuple[str, ...] = ()
    fractions: str = "multiply"
    file: str = ""

    @property
    def shipped(self) -> bool:
        """Whether perfkit brings it."""
        return Path(self.file).parent == SHIPPED


def gather(folder: Path | None = None, *, tried: Path | None = None) -> tuple[Recipe, ...]:
    """Give the recipes of a folder, if there is one, and after them those that perfkit brings.

    A recipe that is ``tried`` goes before them all. Raises `ParameterError` naming the file and the key where a recipe
    says something that cannot be.
    """
    own = (load(tried),) if tried is not None else ()
    if folder is not None and folder.is_dir():
        own = (*own, *(recipe for recipe in _folder(folder) if not tried or recipe.name != tried.stem))
    names = {recipe.name for recipe in own}
    return (*own, *(recipe for recipe in _shipped() if recipe.name not in names))


@cache
def _shipped() -> tuple[Recipe, ...]:
    return _folder(SHIPPED)


def _folder(folder: Path) -> tuple[Recipe, ...]:
    return tuple(load(path) for path in sorted(folder.glob("*.toml")))


def load(path: Path) -> Recipe:
    """Read one recipe.

    >>> load(SHIPPED / "cover_vaccinations.toml").publisher
    'UK Health Security Agency (until 2021 Public Health England)'
    """
    if not path.is_file():
        raise ParameterError(f"There is no recipe {path}.")
    try:
        return _checked(path, _recipe(path, _told(path)))
    except ParameterError:
        raise
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"The recipe {path.name} is no TOML file that can be read: {error}.") from None
    except re.error as error:
        raise ParameterError(f'The recipe {path.name}: "{error.pattern!s}" is no pattern ({error}).') from None
    except KeyError as error:
        raise ParameterError(f"The recipe {path.name} lacks the key {error}.") from None
    except (TypeError, AttributeError, ValueError) as error:
        raise ParameterError(f"The recipe {path.name} says something of the wrong kind: {error}.") from None


def _told(path: Path) -> dict[str, Any]:
    """Give what a recipe says, with all that it does not say as in the one that it is like."""
    told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    if (name := told.pop("like", None)) is None:
        return told
    places = [folder / f"{name}.toml" for folder in (path.parent, SHIPPED)]
    other = next((place for place in places if place.is_file() and place != path), None)
    if other is None:
        raise ParameterError(f'The recipe {path.name} says like = "{name}", but there is no recipe of that name.')
    first = tomllib.loads(other.read_text(encoding="utf-8-sig"))
    return first | {key: first[key] | value if isinstance(value, dict) and isinstance(first.get(key), dict) else value
                    for key, value in told.items()}  # fmt: skip


def _recipe(path: Path, told: dict[str, Any]) -> Recipe:
    keys.known(path, told, keys.WHOLE, "")
    recognise, checks = told.get("recognise", {}), told.get("checks", {})
    keys.known(path, recognise, {"phrases", "files", "headings"}, "recognise")
    keys.known(path, checks, {"ratios", "sums", "within", "doubled", "disagreeing", "unknown", "measures",
                            "fractions"}, "checks")  # fmt: skip
    if not any(recognise.values()):
        raise ParameterError(f"The recipe {path.name} says nothing to recognise its files by: give [recognise] phrases "
                             "or headings.")  # fmt: skip
    status = keys.word(path, "status", told.get("status", "final"), schemas.STATUSES)
    return Recipe(
        name=path.stem,
        release=told["release"],
        title=told["title"],
        publisher=told["publisher"],
        status=status,
        phrases=tuple(phrase.lower() for phrase in keys.texts(recognise.get("phrases"))),
        files=keys.any_of(recognise.get("files")),
        headings=tuple(map(bare, keys.texts(recognise.get("headings")))),
        ignored=keys.any_of(told.get("ignore")),
        periods=_periods(path, told.get("period", {})),
        markers={key.lower(): keys.text(value) for key, value in told.get("markers", {}).items()},
        legend=dict(told.get("legend", {})),
        units={key.lower(): value for key, value in told.get("units", {}).items()},
        levels={key.lower(): value for key, value in told.get("levels", {}).items()},
        rules=_rules(path, told),
        doubled=keys.word(path, "doubled", checks.get("doubled", "refuse"), _ANSWERS),
        disagreeing=keys.word(path, "disagreeing", checks.get("disagreeing", "refuse"), _ANSWERS),
        unknown=keys.word(path, "unknown", checks.get("unknown", "refuse"), _ANSWERS),
        ratios=bool(checks.get("ratios", False)),
        sums=keys.texts(checks.get("sums")),
        within=float(checks.get("within", 0.0)),
        expected=keys.texts(checks.get("measures")),
        fractions=keys.word(path, "fractions", checks.get("fractions", "multiply"), ("multiply", "keep")),
        file=str(path),
    )


def _checked(path: Path, recipe: Recipe) -> Recipe:
    """Refuse checks of measures that no table has, which would check nothing."""
    ids = {measure.id for rule in recipe.rules for measure in rule.measures}
    asked = (*recipe.sums, *recipe.expected, *(m.of for rule in recipe.rules for m in rule.measures if m.of))
    lost = next((name for name in asked if name not in ids), None)
    if lost is not None and not any(rule.others or rule.long for rule in recipe.rules):
        raise ParameterError(f'The recipe {path.name} speaks of the measure "{lost}", but no measure has that id.')
    return recipe


def _periods(path: Path, told: dict[str, Any]) -> Periods:
    keys.known(path, told, {"calendar", "file", "every", "titles", "identifiers"}, "period")
    calendar = keys.word(path, "calendar", told.get("calendar", "financial"), schemas.CALENDARS)
    identifiers = {kind_of_period(key): keys.word(path, key, value, schemas.CALENDARS)
                   for key, value in told.get("identifiers", {}).items()}  # fmt: skip
    every = keys.word(path, "every", told.get("every", "quarter"), EVERY)
    titles = tuple(map(keys.pattern, keys.texts(told.get("titles"))))
    if other := next((form.pattern for form in titles if "year" not in form.groupindex), None):
        raise ParameterError(f'The recipe {path.name} has the title "{other}" without a group (?P<year>...).')
    return Periods(calendar, bool(told.get("file", False)), every, titles, identifiers)


def kind_of_period(text: str) -> str:
    """Write a kind of period as it is looked up.

    >>> kind_of_period("Quarter 1"), kind_of_period("1"), kind_of_period("Financial  Year")
    ('q1', 'q1', 'financial year')
    """
    return re.sub(r"^(?:quarter |q)?(?=[1-4]$)", "q", " ".join(text.lower().split()))


def _rules(path: Path, told: dict[str, Any]) -> tuple[Rule, ...]:
    """Read the tables; what one of them says is as in the first stands there."""
    headings, tables = told.get("headings", {}), told["table"]
    keys.known(path, headings, {"rewrite"}, "headings")
    rewrites = tuple(keys.rewrite(pair) for pair in headings.get("rewrite", ()))
    filled = [_filled(table, tables[0]) for table in tables]
    period, rules = _periods(path, told.get("period", {})), [_rule(path, table, rewrites) for table in filled]
    rules = [replace(rule, across=period) if table.get("periods") == _ACROSS else rule
             for rule, table in zip(rules, filled, strict=True)]  # fmt: skip
    same = [table.get("measures") == _AS_FIRST for table in tables]
    return tuple(replace(rule, measures=rules[0].measures) if again else rule
                 for rule, again in zip(rules, same, strict=True))  # fmt: skip


def _filled(table: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """Give a table with all that it says is as in the first one."""
    same = [key for key, value in table.items() if value == _AS_FIRST]
    return {key: value for key, value in table.items() if key not in same} | {
        key: first[key] for key in same if key in first
    }


def _rule(path: Path, told: dict[str, Any], rewrites: tuple[tuple[re.Pattern[str], str], ...]) -> Rule:
    keys.known(path, told, _OF_TABLE, "table")
    columns = {role: tuple(map(bare, keys.texts(names))) for role, names in told["columns"].items() if names}
    keys.known(path, columns, set(ROLES), "table.columns")
    for key in ("needed", "fill"):
        for role in keys.texts(told.get(key)):
            keys.word(path, key, role, tuple(columns))
    return Rule(
        sheets=keys.pattern(told.get("sheets", ".*")),
        columns=columns,
        needed=keys.texts(told.get("needed", ["area"])),
        fill=keys.texts(told.get("fill")),
        breakdowns=tuple(map(bare, keys.texts(told.get("breakdowns")))),
        notes=tuple(map(bare, keys.texts(told.get("notes")))),
        ignored=tuple(map(bare, keys.texts(told.get("ignored")))),
        totals=tuple(_totals(path, total) for total in told.get("totals", ())),
        measures=tuple(_measure(path, measure) for measure in told.get("measure", ())),
        others=told.get("measures") == "other columns",
        prefix=keys.pattern(told["prefix"]) if "prefix" in told else None,
        adds=bool(told.get("adds", False)),
        perhaps=bool(told.get("perhaps", told.get("sheets", ".*") == ".*")),
        rewrites=rewrites,
    )


def _totals(path: Path, told: dict[str, Any]) -> Totals:
    keys.known(path, told, {"under", "pattern", "kind"}, "table.totals")
    return Totals(tuple(map(bare, keys.texts(told["under"]))), keys.pattern(told["pattern"]),
                  keys.word(path, "kind", told["kind"], schemas.AREA_KINDS))  # fmt: skip


def _measure(path: Path, told: dict[str, Any]) -> Measure:
    keys.known(path, told, {"id", "title", "unit", "heading", "numerator", "denominator", "of", "until"},
               "table.measure")  # fmt: skip
    heading, numerator, denominator = (_heading(told[key]) if key in told else None for key in PARTS)
    name, title, unit = (keys.text(told[key]) for key in ("id", "title", "unit"))
    until = keys.last_day(told["until"]) if "until" in told else None
    return Measure(name, title, unit, heading, numerator, denominator, keys.text(told.get("of", "")), until)


def _heading(text: str) -> re.Pattern[str]:
    """Read a pattern of headings in bare words; a heading that is copied from the sheet stands for itself as well."""
    keys.pattern(text)
    return keys.pattern(f"(?:{text})|{re.escape(bare(text))}")
