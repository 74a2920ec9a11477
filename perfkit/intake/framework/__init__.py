"""The framework: what a council means to achieve in a year, how it is read, and what was known of it on a day."""

from perfkit.intake.framework.reader import read, recognises

__all__ = ["read", "recognises"]
