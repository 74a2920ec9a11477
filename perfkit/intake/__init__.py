"""What does the sheet say: from a path to tidy frames, every row with its file, sheet and cell."""
