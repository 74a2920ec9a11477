"""Monthly workbooks of discharges from acute and community hospitals."""

from perfkit.intake.discharge.reader import read, recognises

__all__ = ["read", "recognises"]
