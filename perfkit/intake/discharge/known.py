"""Destinations and reasons as they were published month after month: what a table that has most of them should have.

Acute: April 2022 to March 2023; community: October 2023. NHS England, discharge situation reports, tables 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_MOST = 2 / 3
"""The share of a list from which a table is taken to be of its wording."""
_PLACE = "no place to discharge to"
_ACUTE_PLACES = (
    "p0 domestic home without reablement support", "p0 other without reablement support",
    "p1 domestic home with reablement support", "p1 other with reablement support",
    "p1 hotel with reablement support", "p2 care home short term 24hr support",
    "p2 designated setting isolation before moving to care home", "p2 hospice short term 24hr support",
    "p2 community rehab setting short term 24hr support", "p3 care home new admission likely permanent",
    "p3b care home existing resident discharged back",
    "p3 designated setting isolation before moving to care home as new admission",
)  # fmt: skip
_COMMUNITY_PLACES = (
    "p0 domestic home no new support need", "p0 other no new support need",
    "p1 domestic home new reablement support", "p1 other new reablement support",
    "p1 hospice at home new care or support need", "p2 hospice short term 24hr support",
    "p2 community rehab setting short term 24hr support", "p2 care home short term 24hr support",
    "p2 other non home short term 24hr support", "p3 care home new admission likely permanent",
    "p3b care home existing resident discharged back",
)  # fmt: skip
_ACUTE_REASONS = (
    "awaiting a medical decision intervention including writing the discharge summary",
    "awaiting community equipment and adaptations to housing",
    "awaiting confirmation from community hub single point of access that referral received and actioned",
    "awaiting diagnostic test", "awaiting medicines to take home",
    "awaiting referral to community single point of access", "awaiting therapy decision to discharge",
    "awaiting transport",
    "declared as not meeting the criteria to reside at morning board round and then later in day meets the criteria to "
    "reside so discharge stopped",
    f"homeless no right of recourse to public funds {_PLACE}",
    "individual family not in agreement with discharge plans", "no plan",
    "pathway 1 awaiting availability of resource for assessment and start of care at home",
    "pathway 2 awaiting availability of rehabilitation bed in community hospital or other bedded setting",
    "pathway 3 awaiting availability of a bed in a residential or nursing home that is likely to be a permanent "
    "placement",
    "remains in hospital to avoid spread of non covid 19 infectious disease and because there is no other suitable "
    "location to discharge to",
    "repatriation transfer to another acute trust for specialist treatment or ongoing treatment",
    "safeguarding concern preventing discharge or court of protection",
)  # fmt: skip
_COMMUNITY_REASONS = (
    "awaiting a medical decision intervention including writing the discharge summary",
    "awaiting a therapy decision intervention to proceed with discharge including writing onward referrals equipment "
    "ordering",
    "awaiting medicines to take home", "awaiting transport", "awaiting diagnostic test", "no plan",
    "awaiting outcome of decision for chc funding",
    "pathway 1 awaiting availability of resource for assessment and start of care at home",
    "pathway 3 awaiting availability of a bed in a residential or nursing home that is likely to be a permanent "
    "placement",
    "individual family not in agreement with discharge plans",
    "safeguarding concern preventing discharge or court of protection",
    "remains in non specialist community bed to avoid spread of infectious disease and because there is no other "
    "suitable location to discharge to",
)  # fmt: skip
_LISTS = {
    "discharged_to": (_ACUTE_PLACES, _COMMUNITY_PLACES),
    "delayed_by_reason": (_ACUTE_REASONS, _COMMUNITY_REASONS),
}


def lacking(measure: str, found: Iterable[str]) -> Iterator[str]:
    """Walk the destinations or reasons that a table lacks, where it has most of a list as it was published.

    >>> list(lacking("discharged_to", _ACUTE_PLACES[1:])), list(lacking("discharged_to", ["home", "hotel"]))
    (['p0 domestic home without reablement support'], [])
    """
    own = set(found)
    nearest = max(_LISTS.get(measure, ((),)), key=lambda known: len(own.intersection(known)) / max(len(known), 1))
    if nearest and len(own.intersection(nearest)) >= _MOST * len(nearest):
        yield from (name for name in nearest if name not in own)
