"""Destinations and reasons as they were published month after month: what a table that has most of them should have.

Acute: April 2022 to March 2023, and June 2024 to March 2025 (the definitions changed on 27 May 2024); community:
October 2023. NHS England, discharge situation reports, tables 4 and 5, and their lists as CSV.
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
_AT_HOME = "discharge to a domestic home hotel or other temporary accommodation"
_PLACES_2024 = (
    "pathway 0 discharge back to an original care home placement when the care home has confirmed they can continue to "
    "meet the persons needs with the same level of support",
    f"pathway 0 {_AT_HOME} without the need for new increased care or support from health and social care",
    "pathway 1 discharge back to original care home placement with rehabilitation reablement and recovery or with an "
    "increased level of support",
    f"pathway 1 {_AT_HOME} or hospice at home with other new additional support eg end of life care",
    f"pathway 1 {_AT_HOME} or hospice at home with rehabilitation reablement and recovery",
    "pathway 2 short term bed hospice for rehabilitation reablement and recovery end of life care",
    "pathway 3 discharge to a care home as a new admission",
    "pathway 3 discharge to a care home hospice as a new admission for end of life care",
)  # fmt: skip
REASONS_2024 = (
    "capacity awaiting restart of existing social care arrangements pathway 0",
    "capacity bed based rehabilitation reablement or recovery services not yet available pathway 2",
    "capacity end of life care inc fast track chc not yet available pathway 1 or 3",
    "capacity equipment and associated training not yet delivered pathway 1 3",
    "capacity home based rehabilitation reablement or recovery services not yet available pathway 1",
    "capacity housing adaptations not yet completed pathway 1 or 3",
    "capacity housing provision not yet available pathway 0 or 1",
    "capacity mental health admitted patient care not yet available pathway 2",
    "capacity other home based community health services not yet available pathway 1",
    "capacity other home based social care service not yet available pathway 1",
    "capacity residential nursing home care not yet available pathway 3",
    "care transfer hub process awaiting confirmation of funding eligibility",
    "care transfer hub process awaiting necessary referrals by care transfer hub",
    "care transfer hub process waiting for confirmation of immediate care needs and pathway",
    "hospital process awaiting formal decision to discharge inc diagnostic test results",
    "hospital process awaiting medical review of need for supported discharge",
    "hospital process awaiting medicines to take home discharge letter or other discharge documentation",
    "hospital process awaiting patient transport services",
    "hospital process awaiting referral to care transfer hub for supported discharge",
    "hospital process awaiting therapy review of need for supported discharge",
    "hospital process remaining in hospital due to infection prevention and control restrictions",
    "interface process bed based rehabilitation reablement or recovery service arrangements still underway pathway 2",
    "interface process end of life care inc fast track chc arrangement still underway pathway 1 or 3",
    "interface process further action requested by agreed provider",
    "interface process home based rehabilitation reablement or recovery service arrangements still underway pathway 1",
    "interface process homeless with no recourse to public funds",
    "interface process housing provision arrangement for homelessness still underway pathway 0 or 1",
    "interface process other home based community health service arrangements still underway pathway 1",
    "interface process other home based social care service arrangements still underway pathway 1",
    "interface process out of area discharge arrangements requested but not completed",
    "interface process patient family carer choice discussions on package still underway",
    "interface process residential nursing home care arrangements still underway pathway 3",
    "interface process self funded care package arrangements still underway",
    "wellbeing concerns awaiting determination of mental capacity",
    "wellbeing concerns issues with discharge destination readiness",
    "wellbeing concerns ongoing safeguarding concern",
    "wellbeing concerns patient family carer concerns over discharge readiness",
)  # fmt: skip
_LISTS = {
    "discharged_to": (_ACUTE_PLACES, _PLACES_2024, _COMMUNITY_PLACES),
    "delayed_by_reason": (_ACUTE_REASONS, REASONS_2024, _COMMUNITY_REASONS),
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
