"""What directorates send each quarter: returns, histories and key points."""

from perfkit.intake.returns.reader import read, recognises, sent_twice

__all__ = ["read", "recognises", "sent_twice"]
