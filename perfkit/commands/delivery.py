"""Take in a delivery: what ``load``, ``check`` and ``run`` do with workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from perfkit import store
from perfkit.commands import issue_text
from perfkit.commands.terminal import complain, count, say
from perfkit.intake import drafts, folder, sanity
from perfkit.intake.folder import Delivery
from perfkit.intake.framework.known import FRAMEWORK
from perfkit.keeping import receipts
from perfkit.model.errors import Issue, ParameterError, StoreError
from perfkit.run import executors
from perfkit.store import Parcel


def read(
    paths: Sequence[Path],
    place: Path,
    *,
    base: Path,
    again: bool = False,
    hidden: bool = False,
    recipe: Path | None = None,
) -> list[Delivery]:
    """Read workbooks against what the store knows; with ``again`` also those whose content it holds already.

    With ``hidden`` hidden sheets are read too; a ``recipe`` that is tried goes before all others.
    """
    history = store.history(root=place)
    lost = store.lost(root=place)
    held = {receipt.file: receipt for receipt in history if receipt.file not in lost}
    known = {name: store.load(name, root=place, besides=lost) for name in folder.KNOWN} if history else {}
    deliveries = folder.read(
        paths,
        base=base if base.is_dir() else None,
        known=known,
        is_known=lambda file, sha256: not again and store.is_known(file, sha256, held=held),
        known_on=lambda day: _framework_of(day, place),
        hidden=hidden,
        recipe=recipe,
        at_once=executors.most(),
    )
    if history and any("delays" in d.reading.drafts for d in deliveries):
        known["delays"] = store.load("delays", root=place, besides=lost)
    return sanity.check(deliveries, known=known, contents={receipt.sha256: receipt.file for receipt in history})


def _framework_of(day: dt.date, place: Path) -> dict[str, pd.DataFrame]:
    """Give what frameworks said on a day; nothing where none had come."""
    try:
        return {name: store.load(name, as_of=day, root=place) for name in FRAMEWORK}
    except StoreError:
        return {}


def receive(
    paths: Sequence[Path],
    place: Path,
    *,
    base: Path,
    received: dt.date | None = None,
    hidden: bool = False,
    recipe: Path | None = None,
) -> list[Issue]:
    """Read workbooks, show every issue, and keep those without an error; give the issues.

    Where it is stopped meanwhile, or the store cannot be written, it says which files were kept.
    """
    good: list[Delivery] = []
    try:
        deliveries = read(paths, place, base=base, hidden=hidden, recipe=recipe)
        issues = issues_of(deliveries)
        issue_text.show(issues)
        good += [d for d in deliveries if d.reading.drafts and not d.reading.stops]
        _keep(good, place, received)
    except (KeyboardInterrupt, StoreError):
        kept = [d.file for d in good if store.is_known(d.file, d.sha256, root=place)]
        complain(f"{len(kept)} of {count(len(good), 'file')} kept: {', '.join(kept)}." if kept else "No file was kept.")
        raise
    _tell_of_later(good, place)
    refused = sum(d.reading.stops for d in deliveries)
    unchanged = sum(d.unchanged for d in deliveries)
    say(f"{count(len(good), 'file')} loaded, {unchanged} unchanged, {refused} refused.")
    return issues


def _tell_of_later(good: Sequence[Delivery], place: Path) -> None:
    """Say which files came, as their day was told, before what is believed of them."""
    newest = receipts.newest(root=place)
    for delivery in good:
        believed = newest.get(delivery.file)
        if believed and not store.is_known(delivery.file, delivery.sha256, held=newest):
            complain(
                f"{delivery.file} was kept as having come earlier than what is believed of it, which came on "
                f"{believed.received}. If it replaces that, load it with --received and its right day."
            )


def withdraw(file: str, place: Path, *, base: Path, received: dt.date | None = None) -> None:
    """Believe a file no longer; raises `ParameterError` where it is still there to be loaded again."""
    if (base / file).is_file():
        raise ParameterError(f"{file} is still in {base.as_posix()}: take it away first, or it is loaded again.")
    receipt = store.withdraw(file, received=received, root=place)
    say(f"{file} is not believed any more from {receipt.received} on. To bring it back, load it again.")


def _keep(good: Sequence[Delivery], place: Path, received: dt.date | None) -> None:
    store.keep([_parcel(delivery, received or delivery.received) for delivery in good], root=place, frame=drafts.frame)


def _parcel(delivery: Delivery, received: dt.date | None) -> Parcel:
    warnings = tuple(str(issue) for issue in delivery.reading.issues)
    return Parcel(delivery.file, delivery.sha256, delivery.reading.drafts, received, warnings)


def issues_of(deliveries: Sequence[Delivery]) -> list[Issue]:
    """Gather the issues of a delivery."""
    return [issue for delivery in deliveries for issue in delivery.reading.issues]
