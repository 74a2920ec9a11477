"""The special causes of a control chart, in the words that analysis finds and display shows."""

CAUSES = {
    "outside high": "above the upper limit",
    "outside low": "below the lower limit",
    "trend up": "part of a rising trend",
    "trend down": "part of a falling trend",
    "two of three high": "one of two in three points near the upper limit",
    "two of three low": "one of two in three points near the lower limit",
    "shift high": "part of a run above the mean",
    "shift low": "part of a run below the mean",
}
"""Every special cause and what it means, in the order in which one is shown when several fire."""
