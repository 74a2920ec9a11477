"""Likely mistakes in what has come, held against what was known before."""

from perfkit.intake.sanity.delivery import check, is_return

__all__ = ["check", "is_return"]
