"""Achievements and issues held against the indicators that they speak of: their ratings, and the figures stated."""

from __future__ import annotations

from perfkit.analysis.key_points.in_words import others
from perfkit.analysis.key_points.links import link
from perfkit.analysis.key_points.stated import figures

__all__ = ["figures", "link", "others"]
