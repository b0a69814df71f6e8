"""The vocabulary as this process holds it, read anew as soon as anything in it changed."""

import threading

from lifephases.models import LifePhase
from offers.models import District, Institution, Offer, SearchWord, Topic
from offers.search.index import freshness

from . import neighbours, synonyms
from .vocabulary import KnownWord, Named, Phase, Place, Vocabulary


class _Held:
    """What this process holds, and the state of the database that it was read from."""

    vocabulary = Vocabulary()
    fingerprint = None
    loading = threading.Lock()


def current():
    """Return the vocabulary of this moment, read anew if anything in it changed."""
    fingerprint = freshness.fingerprint()
    if fingerprint != _Held.fingerprint:
        with _Held.loading:
            if fingerprint != _Held.fingerprint:
                _Held.vocabulary, _Held.fingerprint = _load(), fingerprint
    return _Held.vocabulary


def held():
    """Return the vocabulary as it was last read, without asking whether it is still so."""
    return _Held.vocabulary


def _load():
    needs, signs = synonyms.needs()
    return Vocabulary(
        words=_words(),
        synonyms=synonyms.synonyms(),
        signs=signs,
        needs=needs,
        childrens_lines=synonyms.childrens_lines(),
        places=tuple(map(_place, District.objects.order_by("pk"))),
        institutions=_named(Institution.objects.current(), "pk"),
        topics=_named(Topic.objects, "slug"),
        phases=tuple(map(_phase, LifePhase.objects.order_by("pk"))),
        offer_count=Offer.objects.count(),
        neighbours=neighbours.load(),
    )


def _words():
    rows = SearchWord.objects.order_by("pk")
    columns = rows.values_list("folded", "stem", "display", "document_count")
    return {row[0]: KnownWord(*row) for row in columns.iterator(chunk_size=10_000)}


def _place(district):
    return Place(
        slug=district.slug,
        name=district.name,
        level=district.level,
        path=tuple(district.path),
        aliases=tuple(district.aliases),
        postal_codes=tuple(district.postal_codes),
    )


def _named(rows, key):
    return tuple(Named(*row) for row in rows.order_by("pk").values_list(key, "name"))


def _phase(phase):
    ages = phase.ages
    last = None if ages is None or ages.upper is None else ages.upper - 1
    return Phase(phase.slug, phase.name, None if ages is None else ages.lower, last)
