"""The offers of a life phase, sorted by topic as on shelves."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from offers.models import Offer, Topic

OFFERS_A_SHELF = 4


@dataclass
class Shelf:
    """One topic with its first offers; ``count`` is how many there are in all."""

    topic: Topic
    count: int
    url: str
    offers: list = field(default_factory=list)


def shelves_of(phase):
    """Return the shelves of a phase in the order of topics, none empty.

    Three queries, however many offers there are.
    """
    offers = Offer.objects.published().for_phase(phase)
    tagged = Offer.topics.through.objects.filter(offer__in=offers)
    counts = dict(tagged.values_list("topic").annotate(Count("offer")))
    place = Window(
        RowNumber(),
        partition_by="topic_id",
        order_by=[
            "offer__is_generic",
            F("offer__confirmed_at").desc(nulls_last=True),
            "offer__title",
        ],
    )
    first = (
        tagged.annotate(place=place).filter(place__lte=OFFERS_A_SHELF).order_by("topic_id", "place")
    )
    shelves = {
        topic.pk: Shelf(topic, counts[topic.pk], _address(phase, topic))
        for topic in Topic.objects.filter(pk__in=counts)
    }
    for row in first.select_related("offer"):
        shelves[row.topic_id].offers.append(row.offer)
    return list(shelves.values())


def _address(phase, topic):
    query = urlencode({"phase": phase.slug, "thema": topic.slug})
    return f"{reverse('offers:browse')}?{query}"
