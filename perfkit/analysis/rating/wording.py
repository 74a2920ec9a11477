"""Say in words which rules made the ratings of a report."""

from __future__ import annotations

import pandas as pd

from perfkit.model import lists


def rules(rated: pd.DataFrame) -> list[str]:
    """List every rule in use, each with the published numbers that it rates.

    Columns used: ``rule_text, ref``; rows without a rule are passed over.

    >>> rules(pd.DataFrame({"rule_text": ["Green at target.", "Green at target.", ""], "ref": ["1", "2", "9"]}))
    ['Green at target. Rates 1 and 2.']
    """
    used = rated[rated["rule_text"].notna() & (rated["rule_text"] != "")]
    return [f"{text} Rates {lists.join(part['ref'])}." for text, part in used.groupby("rule_text", sort=False)]
