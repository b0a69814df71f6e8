"""What of an offer is searched, and how much each text says about it.

Only what the public may read; a protected place is not even loaded.
"""

import re
from dataclasses import dataclass

from django.db.models import Prefetch

from kekiz_portal.lib import languages, rich_text
from offers.models import Offer, OfferPlace, TargetGroup, Topic
from offers.models.location import is_public

GERMAN = "de"
OWN_FIELDS = {
    "title",
    "alternate_name",
    "search_terms",
    "teaser",
    "description",
    "eligibility_text",
    "how_to_apply",
    "cost_note",
    "schedule_text",
    "reductions",
    "audience",
    "languages",
    "languages_note",
    "offer_type",
    "provider",
    "provider_name",
}
LOCAL_LANGUAGE = re.compile(r'<p lang="([a-z]{2,3})[^"]*">(.*?)</p>', re.DOTALL)

TITLE, OTHER_NAME, SEARCH_TERMS = 1.0, 0.8, 0.7
TOPIC, OFFER_TYPE, TARGET_GROUP, EXAMPLE = 0.4, 0.4, 0.3, 0.12
PROVIDER, KIND, TEASER, DESCRIPTION, CONDITIONS = 0.4, 0.25, 0.4, 0.3, 0.2
PLACE, LANGUAGE, REMARK = 0.25, 0.2, 0.15


@dataclass(frozen=True)
class Text:
    """One text of an offer: its ``weight`` is what a word in it says, 1 in a title."""

    text: str
    weight: float
    language: str = GERMAN


def documents(offers):
    """Yield each of the offers (their numbers) with the list of its ``Text``."""
    places = OfferPlace.objects.filter(is_public("location")).select_related("location__district")
    found = Offer.objects.filter(pk__in=offers).select_related(
        "offer_type", "provider__parent", "provider__kind"
    )
    for offer in found.prefetch_related(
        Prefetch("topics", Topic.objects.order_by("pk")),
        Prefetch("target_groups", TargetGroup.objects.order_by("pk")),
        Prefetch("places", places, to_attr="searched_places"),
    ):
        yield offer.pk, [text for text in _texts(offer) if text.text]


def _texts(offer):
    yield Text(offer.title, TITLE)
    yield Text(offer.alternate_name, OTHER_NAME)
    yield Text(offer.search_terms, SEARCH_TERMS)
    yield Text(offer.teaser, TEASER)
    yield from _described(offer.description)
    yield Text(offer.eligibility_text, CONDITIONS)
    for remark in (offer.how_to_apply, offer.cost_note, offer.schedule_text):
        yield Text(remark, REMARK)
    yield Text(f"{' '.join(map(str, offer.reduction_words))} {offer.audience_words}", REMARK)
    yield from _spoken(offer)
    yield from _classified(offer)
    yield from _provided(offer)
    for place in offer.searched_places:
        yield from _located(place)


def _described(description):
    """Yield a rich text in the languages that its paragraphs name."""
    for language, paragraph in LOCAL_LANGUAGE.findall(description):
        yield Text(rich_text.as_text(paragraph), DESCRIPTION, language)
    yield Text(rich_text.as_text(LOCAL_LANGUAGE.sub("", description)), DESCRIPTION)


def _spoken(offer):
    named = " ".join(languages.name(code) for code in offer.languages if code != GERMAN)
    yield Text(f"{named} {offer.languages_note}".strip(), LANGUAGE)


def _classified(offer):
    yield Text(offer.offer_type.name, OFFER_TYPE)
    for topic in offer.topics.all():
        yield Text(topic.name, TOPIC)
        yield Text(" ".join(topic.examples), EXAMPLE)
    for group in offer.target_groups.all():
        yield Text(group.name, TARGET_GROUP)


def _provided(offer):
    yield Text(offer.provider_words, PROVIDER)
    if offer.provider:
        yield Text(offer.provider.kind.name, KIND)
        yield Text(offer.provider.carrier_name, REMARK)
        yield Text(offer.provider.parent.name if offer.provider.parent else "", REMARK)


def _located(place):
    yield Text(place.public_note, REMARK)
    if place.location:
        yield Text(place.location.public_name, PLACE)
        yield Text(" ".join(place.location.address_lines), REMARK)
        yield Text(place.location.district_words, REMARK)
