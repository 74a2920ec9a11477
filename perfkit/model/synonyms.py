"""What officers write for the words that tables hold: finished for complete, unaudited for provisional, possible for 3.

Each is a tuple of pairs: what is written, in small letters, and the word that it stands for.
"""

from __future__ import annotations

Synonyms = tuple[tuple[str, str], ...]


def _of(meant: str, *written: str) -> Synonyms:
    return tuple((word, meant) for word in written)


FIRMNESS = (
    *_of("final", "published", "actual", "audited"),
    *_of("provisional", "unaudited", "estimate", "draft"),
    *_of("illustrative", "sample", "made up"),
)
LIKELIHOODS = (("rare", "1"), ("unlikely", "2"), ("possible", "3"), ("likely", "4"), ("almost certain", "5"))
IMPACTS = (
    *_of("1", "negligible", "insignificant"), ("minor", "2"), ("moderate", "3"), ("major", "4"),
    *_of("5", "severe", "catastrophic"),
)  # fmt: skip
PROGRESS = (
    *_of("complete", "completed", "done", "finished", "closed", "delivered", "achieved", "implemented", "signed off",
         *"✓✔☑✅√ü"),
    *_of("ongoing", "in progress", "on track", "under way", "underway", "started", "open", "on going", "continuing",
         "in hand", "delayed", "at risk", "overdue", "wip", "work in progress", "live", "active", "slipped",
         "behind schedule", "off track", "partially complete", "partly complete", "part complete",
         "partially completed", "nearly complete", "not complete", "not completed", "incomplete"),
    *_of("not started", "not begun", "not yet started", "to start", "planned", "to do", "not yet due"),
    *_of("withdrawn", "cancelled", "dropped", "stopped", "no longer needed", "removed", "no longer required",
         "superseded", "rejected"),
)  # fmt: skip
UNITS = (
    *_of("percent", "%", "per cent", "percentage", "percentages", "pct", "% of", "percentage %", "percent %"),
    *_of("pounds", "£", "gbp"),
    *_of("count", "number", "numbers", "number of", "no.", "no", "counts"),
)
POLARITIES = (
    *_of("higher", "high", "bigger", "up", "increase", "maximise", "↑", "▲", "higher is better", "bigger is better",
         "high is good", "higher is good", "higher good", "higher better"),
    *_of("lower", "low", "smaller", "down", "decrease", "reduce", "minimise", "↓", "▼", "lower is better",
         "smaller is better", "low is good", "lower is good", "lower good", "lower better"),
)  # fmt: skip
