"""The offers of a life phase: the first ones, and where the others are, by topic."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from offers.models import Topic

FIRST = 3


@dataclass(frozen=True)
class TopicOfPhase:
    topic: Topic
    count: int
    url: str


def first_offers(phase, catalogue):
    """Return the keys of the offers that fit a phase best.

    Those for a child in the middle of it: what ends as the phase begins is in the list of all.
    """
    those = catalogue.by_phase[phase.slug]
    if not phase.is_cross:
        those &= catalogue.for_age((phase.first_month + phase.last_month) // 2)
    return catalogue.best_fit_first(those)[:FIRST].tolist()


def topics_of(phase, catalogue):
    """Return the topics of a phase in their order, none without an offer."""
    found = []
    for topic in catalogue.topics:
        if those := catalogue.by_phase[phase.slug] & catalogue.named("thema", topic.slug):
            query = urlencode({"phase": phase.slug, "thema": topic.slug})
            url = f"{reverse('offers:browse')}?{query}"
            found.append(TopicOfPhase(topic, those.bit_count(), url))
    return found
