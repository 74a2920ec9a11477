"""Sheets that people fill in, read by the layouts that the model declares."""
