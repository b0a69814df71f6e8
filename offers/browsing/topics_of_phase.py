"""The offers of a life phase, sorted by topic."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from offers.models import Offer, Topic

OFFERS_A_TOPIC = 4


@dataclass
class TopicOfPhase:
    """One topic with its first offers; ``count`` is how many there are in all."""

    topic: Topic
    count: int
    url: str
    offers: list = field(default_factory=list)


def topics_of(phase):
    """Return the topics of a phase in their order, none without an offer.

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
        tagged.annotate(place=place).filter(place__lte=OFFERS_A_TOPIC).order_by("topic_id", "place")
    )
    topics = {
        topic.pk: TopicOfPhase(topic, counts[topic.pk], _address(phase, topic))
        for topic in Topic.objects.filter(pk__in=counts)
    }
    for row in first.select_related("offer"):
        topics[row.topic_id].offers.append(row.offer)
    return list(topics.values())


def _address(phase, topic):
    query = urlencode({"phase": phase.slug, "thema": topic.slug})
    return f"{reverse('offers:browse')}?{query}"
