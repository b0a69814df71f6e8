"""In which order houses are called: first where a call gains most.

A call puts entries within reach that are due and lack something (``offers.quality.reach``). Each
counts with the children of its age in the city, times how often it was looked at plus one.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Q, Value, When

from network.models import ChildrenCount
from network.models.call import houses_to_call, to_call_about
from offers.models import District, Institution, Looks, Offer
from offers.quality import hints, reach

MONTHS = 12


@dataclass
class House:
    """An institution to call, the entries to call about, and what the call gains."""

    institution: Institution
    offers: list[Offer] = field(default_factory=list)
    put_within_reach: int = 0
    gain: float = 0

    @property
    def rank(self):
        gain = (-round(self.gain), -self.put_within_reach, -len(self.offers))
        return *gain, self.institution.name, self.institution.pk


def houses():
    """Return every ``House`` to call now, the one with the most to gain first."""
    found = {one.pk: House(one) for one in houses_to_call().select_related("kind")}
    children, offers = children_by_year(), about(found)
    looks = Looks.objects.by_offer(offers.order_by().values("pk"))
    for offer in offers:
        house = found[offer.provider_id]
        house.offers.append(offer)
        if not offer.is_within_reach:
            house.put_within_reach += 1
            of_its_age = children_of(offer.ages, children) if children else 1
            house.gain += of_its_age * (1 + looks.get(offer.pk, 0))
    return sorted(found.values(), key=lambda house: house.rank)


def about(institutions, also=()):
    """Return the offers to call some institutions about, each with what it lacks.

    ``also`` are keys of further offers of theirs, which were to be asked about a minute ago.
    """
    within = Case(When(reach.is_within_reach(), then=Value(True)), default=Value(False))
    found = to_call_about().filter(provider__in=institutions)
    if also:
        theirs = Offer.objects.meant_for_readers().filter(provider__in=institutions)
        found = theirs.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=also))
    return found.annotate(is_within_reach=within, hint_names=hints.names()).by_title()


def children_by_year():
    """Return how many children of each age live in the city, by the newest figure for it."""
    city = District.objects.filter(parent=None)
    known = defaultdict(float)
    for count in ChildrenCount.objects.living_there().filter(district__in=city).order_by("as_of"):
        years = range(count.from_years, count.to_years + 1)
        known.update(dict.fromkeys(years, count.children / len(years)))
    return known


def children_of(ages, by_year):
    """Return the children within a span of months; ``None`` is every age."""
    if ages is None:
        return sum(by_year.values())
    first, end = ages.lower or 0, ages.upper
    return sum(
        number * _overlap(year * MONTHS, (year + 1) * MONTHS, first, end) / MONTHS
        for year, number in by_year.items()
    )


def _overlap(begin, end, first, last):
    last = end if last is None else min(end, last)
    return max(0, last - max(begin, first))
