"""Can we prove it: from notebooks to a published set of reports."""
