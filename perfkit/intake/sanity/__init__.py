"""Likely mistakes in what has come, held against what was known before."""

from perfkit.intake.sanity.delivery import KNOWN, check, is_return

__all__ = ["KNOWN", "check", "is_return"]
