"""The offers of a life phase, sorted by topic."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from offers.browsing.cards import links
from offers.models import Topic

OFFERS_A_TOPIC = 4


@dataclass
class TopicOfPhase:
    """One topic with links to its first offers; ``count`` is how many there are in all."""

    topic: Topic
    count: int
    url: str
    offers: list


def topics_of(phase, catalogue):
    """Return the topics of a phase in their order, none without an offer."""
    found = []
    for topic in catalogue.topics:
        if those := catalogue.by_phase[phase.slug] & catalogue.named("thema", topic.slug):
            first = catalogue.best_fit_first(those)[:OFFERS_A_TOPIC].tolist()
            found.append(TopicOfPhase(topic, those.bit_count(), _address(phase, topic), first))
    known = links(catalogue, [key for one in found for key in one.offers])
    for one in found:
        one.offers = [known[key] for key in one.offers if key in known]
    return found


def _address(phase, topic):
    query = urlencode({"phase": phase.slug, "thema": topic.slug})
    return f"{reverse('offers:browse')}?{query}"
