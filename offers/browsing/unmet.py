"""Count what was searched or filtered in vain, what was full or unfit, by topic, phase and place.

Never from words of distress, nor for topics that somebody may be in danger with. The first four of
a month are known only as a number under a hash in the cache (``demand.times_to_count``).
"""

from itertools import product

from django.utils import timezone

from lifephases.models import LifePhase
from offers.models import District, Experience, Topic, UnmetNeed
from offers.models.offer.delicate import DELICATE
from offers.search import demand
from offers.search.words.folding import fold

WEEKS_OF_A_MONTH = 5
MISSED = {
    Experience.Kind.FULL: UnmetNeed.Kind.FULL,
    Experience.Kind.FAR: UnmetNeed.Kind.UNFIT,
    Experience.Kind.LANGUAGE: UnmetNeed.Kind.UNFIT,
}
ORTSTEIL = 3  # as deep as a path is counted: city, Stadtbezirk, Ortsteil


def note_search(query):
    """Count a ``BrowseQuery`` that found nothing: its words, and the cells that it asked about."""
    asked, search = query.asked, query.search
    if search:
        demand.note(search.understanding, asked)
        if not demand.tells_of_nobody(search.understanding):
            return
    topics = asked.get("thema") or (search.understanding.topics if search else ())
    districts = asked.get("bezirk", ())
    path = _path(query.catalogue, districts[0]) if len(districts) == 1 else ()
    _count(UnmetNeed.Kind.IN_VAIN, topics, [_phase(asked, query.catalogue.phases)], path)


def note_found(offer, said):
    """Count that an offer (``said`` is an ``Experience.Kind``) was full or did not fit, in each
    cell that it is in.
    """
    if said not in MISSED:
        return
    paths = {
        tuple(place.location.district.path)
        for place in offer.public_places
        if place.location and place.location.district
    }
    along = LifePhase.objects.along_the_chain()
    phases = [one.slug for one in along.overlapping(offer.ages)] if offer.ages else []
    topics = [one.slug for one in offer.topics.all()]
    for path in paths or {()}:
        _count(MISSED[said], topics, phases, path)


def _count(kind, topics, phases, path):
    district = path[:ORTSTEIL][-1] if path else ""
    known = {one.slug: one for one in Topic.objects.filter(slug__in=topics)}
    if any(DELICATE.search(fold(one.name)) for one in known.values()):
        return
    for topic, phase in product(list(known) or [""], phases or [""]):
        if not (topic or phase or district):
            continue
        month = timezone.localdate().isoformat()[:7]
        name = f"unmet {month} {kind} {topic} {phase} {district}"
        if times := demand.times_to_count(name, WEEKS_OF_A_MONTH):
            UnmetNeed.objects.count_one(
                times,
                kind=kind,
                topic=known.get(topic),
                phase=LifePhase.objects.filter(slug=phase).first(),
                district=District.objects.filter(slug=district).first(),
            )


def _phase(asked, phases):
    """Return the slug of the phase that was asked for; of an age that of the later of two."""
    if "phase" in asked:
        return asked["phase"][0]
    if "alter" not in asked:
        return ""
    month = int(asked["alter"][0])
    return next((one.slug for one in reversed(phases) if not one.is_cross and month in one), "")


def _path(catalogue, slug):
    return next((tuple(one.path) for one in catalogue.districts if one.slug == slug), ())
