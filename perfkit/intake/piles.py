"""A pile of a delivery's files, read in two steps: what stands on its own, then what is read against frameworks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from perfkit.intake import companions, council_file, kinds, returns
from perfkit.intake import framework as framework_reader
from perfkit.intake.ahead import AHEAD, Ahead
from perfkit.intake.files import File
from perfkit.intake.framework.known import Frameworks
from perfkit.intake.kinds import Reader
from perfkit.intake.reading import Reading
from perfkit.intake.reading import hidden as hidden_sheets
from perfkit.intake.recipes import Recipe, percentages
from perfkit.intake.workbooks import csvs, formatted
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model.errors import InputError, Issue, Where

_SMALL = 64 * 1024
"""Bytes up to which a workbook is taken for a council's own, whose number formats matter, until it is known."""


@dataclass(frozen=True)
class Way:
    """How the files of a delivery are read: by which recipes, for which council, with or without hidden sheets."""

    recipes: Sequence[Recipe]
    own: Mapping[str, pd.DataFrame]
    hidden: bool = False


@dataclass(frozen=True)
class Begun:
    """What the first step read: frameworks, by their files, and all else that stands on its own, by its name."""

    frameworks: Mapping[File, Reading]
    readings: Mapping[str, Reading]


class Pile:
    """Some files of a delivery. `begin` reads what stands on its own, `finish` the rest against the frameworks."""

    def __init__(self, files: Sequence[File], way: Way) -> None:
        self._files, self._way = files, way
        self._frameworks: dict[File, Reading] = {}
        self._done: dict[str, Reading] = {}
        self._waiting: dict[File, tuple[Reader, Workbook | None]] = {}

    def begin(self) -> Begun:
        """Read national releases and frameworks, and find out what the other files are."""
        with Ahead(hidden=self._way.hidden) as ahead:
            for place, file in enumerate(self._files):
                for one in self._files[place : place + 1 + AHEAD]:
                    if not (_is_small(one) or _is_text(one)):
                        ahead.begin(one)
                try:
                    self._begin(file, ahead)
                except InputError as error:
                    self._done[file.name] = Reading({}, error.issues)
        return Begun(self._frameworks, self._done)

    def finish(self, frameworks: Frameworks) -> dict[str, Reading]:
        """Read the council's own workbooks, each against the frameworks of its day."""
        readings = {}
        for file, (reader, workbook) in self._waiting.items():
            try:
                readings[file.name] = self._finish(file, reader, workbook, frameworks.of(file.received))
            except InputError as error:
                readings[file.name] = Reading({}, error.issues)
        return readings

    def _begin(self, file: File, ahead: Ahead) -> None:
        own = self._small(file)
        if own and returns.recognises(own):
            self._waiting[file] = returns, own
        elif own and framework_reader.recognises(own):
            self._frameworks[file] = self._framework(own)
        elif own and not kinds.release(own, self._way.recipes):
            self._sort(file, own, own)
        else:
            plain = csvs.read(file.path, file=file.name) if _is_text(file) else ahead.read(file)
            if read := kinds.release(plain, self._way.recipes):
                self._done[file.name] = self._release(file, read, plain)
            elif framework_reader.recognises(plain):
                self._frameworks[file] = self._framework(self._formatted(file))
            else:
                self._sort(file, plain, None)

    def _release(self, file: File, read: Callable[[Workbook], Reading], plain: Workbook) -> Reading:
        """Read a release; where it may give shares of 1 for percentages, by the formats of its cells."""
        reading = read(plain)
        if _is_text(file) or file.is_large or not percentages.doubtful(reading.issues):
            return reading
        try:
            again = read(formatted.with_signs(plain, self._formatted(file)))
        except InputError:
            return reading
        return reading if again.stops else again

    def _sort(self, file: File, workbook: Workbook, own: Workbook | None) -> None:
        """Find the reader of what is no release and no framework; ``own`` is the workbook with its formats."""
        if reader := kinds.reader(workbook):
            self._waiting[file] = reader, own
        elif companions.recognises(workbook):
            self._done[file.name] = Reading({}, (companions.passed_over(workbook),))
        else:
            self._done[file.name] = Reading(
                {}, (returns.nearly(workbook) or _unrecognised(file, workbook), *hidden_sheets(workbook))
            )

    def _finish(
        self, file: File, reader: Reader, workbook: Workbook | None, framework: Mapping[str, pd.DataFrame]
    ) -> Reading:
        if reader in kinds.READERS and framework["indicators"].empty:
            return Reading({}, (_without_framework(file),))
        return reader.read(workbook or self._formatted(file), framework=framework)

    def _framework(self, workbook: Workbook) -> Reading:
        reading = framework_reader.read(workbook)
        issues = council_file.in_titles(workbook, self._way.own)
        return Reading({}, (*issues, *reading.issues)) if issues else reading

    def _small(self, file: File) -> Workbook | None:
        """Give a small workbook with its formats, so that it need not be opened twice; None where it is none."""
        if not _is_small(file):
            return None
        try:
            return self._formatted(file)
        except InputError:
            return None

    def _formatted(self, file: File) -> Workbook:
        return formatted.read(file.path, file=file.name, hidden=self._way.hidden)


def _is_small(file: File) -> bool:
    return file.path.suffix.lower() in (".xlsx", ".xlsm") and file.size <= _SMALL


def _is_text(file: File) -> bool:
    return file.path.suffix.lower() == ".csv"


def _without_framework(file: File) -> Issue:
    return Issue(
        Where(file.name),
        "a return, but no framework",
        "the framework of its year (framework.xlsx) in the same delivery or loaded before",
        "Load the framework first: it says which indicators there are.",
    )


def _unrecognised(file: File, workbook: Workbook) -> Issue:
    concealed = set(workbook.hidden) - {sheet.name for sheet in workbook.sheets}
    return Issue(
        Where(file.name),
        "a workbook of a kind that perfkit does not know",
        "a framework, a return, a history, key points, a paper such as a risk register or an action plan, or a "
        "national release that is built in or has a recipe",
        ("If what is meant stands on a hidden sheet, show that sheet. " if concealed else "")
        + "If it is a return or a paper, head its columns as the template does (perfkit template writes one); if it is "
        "a national release, whoever looks after perfkit can add a recipe; if it is not meant for perfkit, move "
        "it elsewhere.",
    )
