"""What directorates send each quarter: returns, histories and key points."""

from perfkit.intake.returns.reader import nearly, read, recognises, sent_twice

__all__ = ["nearly", "read", "recognises", "sent_twice"]
