"""The papers' workbooks: finance, risks, mapping, actions, savings, commitments, measures and the timetable."""

from perfkit.intake.papers.reader import beside, read, recognises

__all__ = ["beside", "read", "recognises"]
