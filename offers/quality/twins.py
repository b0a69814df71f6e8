"""Which other offer or institution may be the same one, entered twice."""

import re
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from offers.models import Institution, Offer

from .identity import folded

ALIKE = 86  # of 100: an ending changed, a typing error, another order of the words
BRACKETS = re.compile(r"\(([^)]*)\)")
WHERE = re.compile(r"\b(?:am|im|beim|an|auf|bei|in|vor)\b(?: de[rmn]\b)?", re.IGNORECASE)
LOOKED_AT = 50
SHOWN = 3


@dataclass(frozen=True)
class Twin:
    """An offer that may be the same, and in words why."""

    offer: Offer
    why: str


def twins_of(title, *, provider=None, locations=(), but_not=None, among=None):
    """Return up to three offers that may be the one with this title, the likeliest first.

    ``provider`` and ``locations`` are primary keys; ``but_not`` is the offer's own.
    ``among`` are the offers a twin may be found among (all by default); the archived are none,
    they were taken away on purpose. Asks two queries.
    """
    among = Offer.objects.all() if among is None else among
    others = among.exclude(status=Offer.Status.ARCHIVED).exclude(pk=but_not)
    scores = _alike(title, dict(others.values_list("pk", "title")))
    found = []
    for offer in (
        others.filter(pk__in=scores)
        .select_related("provider")
        .annotate(at=ArrayAgg("places__location"))
    ):
        common = _common_ground(offer, provider, set(locations))
        score = fuzz.token_sort_ratio(title, offer.title, processor=folded)
        if score >= ALIKE or (common and not is_where_the_other_is(title, offer.title)):
            why = ", ".join([_("ähnlicher Titel"), *common])
            found.append((len(common), score, Twin(offer, why)))
    found.sort(key=lambda one: (-one[0], -one[1], one[2].offer.title))
    return [twin for _common, _score, twin in found[:SHOWN]]


def namesakes_of(institution):
    """Return the other institutions with the same name, however written (``identity.py``)."""
    name = folded(institution.name)
    others = Institution.objects.exclude(pk=institution.pk).values_list("pk", "name")
    same = [pk for pk, other in others if folded(other) == name]
    return list(Institution.objects.filter(pk__in=same).prefetch_related("locations"))


def _alike(title, titles):
    """Return the keys of the titles that may say the same."""
    comparable = {key: other for key, other in titles.items() if not told_apart(title, other)}
    hits = process.extract(
        title,
        comparable,
        scorer=fuzz.token_set_ratio,
        processor=folded,
        score_cutoff=ALIKE,
        limit=LOOKED_AT,
    )
    return [key for _other, _score, key in hits]


def told_apart(title, other):
    """Whether titles differ by what is there to tell them apart: a number, or both in brackets.

    Groups for six and for eleven years, courses 1 and 2, the advice "(Herne)" and "(Wanne)" are
    alike, and not the same.
    """
    if re.findall(r"\d+", title) != re.findall(r"\d+", other):
        return True
    added = folded(" ".join(BRACKETS.findall(title))), folded(" ".join(BRACKETS.findall(other)))
    return all(added) and fuzz.ratio(*added) < ALIKE


def is_where_the_other_is(title, other):
    """Whether one title is but the place in the other: "Playground", "Party on the playground"."""
    for shorter, longer in ((title, other), (other, title)):
        _what, *where = WHERE.split(longer, maxsplit=1)
        if where and folded(shorter) in folded(where[0]):
            return True
    return False


def _common_ground(offer, provider, locations):
    ground = []
    if provider and offer.provider_id == provider:
        ground.append(_("derselbe Anbieter"))
    if locations & set(offer.at):
        ground.append(_("derselbe Ort"))
    return ground
