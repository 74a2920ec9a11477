"""Monthly workbooks of delayed transfers of care by local authority."""

from perfkit.intake.dtoc.reader import read, recognises

__all__ = ["read", "recognises"]
