"""Headings of releases in bare words, as recipes give them."""

from __future__ import annotations

import re
from functools import lru_cache

from perfkit.intake.headings import LONGEST, words

_NOTE = re.compile(r"\[[^\]]*\]")


def bare(text: str) -> str:
    """Write a heading in bare words, a percent sign joined to its word, without notes in brackets.

    >>> bare("12m DTaP/IPV/Hib %"), bare("12m_Rota_Num [note 3]")
    ('12m dtap ipv hib%', '12m rota num')
    """
    return _bare(text) if len(text) <= LONGEST else _spelt(text)


@lru_cache(maxsize=4_096)
def _bare(text: str) -> str:
    # The same headings come in sheet after sheet, and are asked for by table after table of a recipe.
    return _spelt(text)


def _spelt(text: str) -> str:
    said = words(_NOTE.sub("", text) if "[" in text else text)
    return re.sub(r" +%", "%", said) if "%" in said else said
