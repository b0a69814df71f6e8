"""The vocabulary as this process holds it, read anew when anything in it changed.

Nobody waits for it but who comes first of all (``warming`` does): a search that finds it changed is
answered by the former one, while a thread reads the new one. Where one change follows another, a
process rests between two readings, so that they take a twentieth of its time.
"""

import logging
import threading
import time
from collections import Counter

from django.conf import settings
from django.db import connection

from kekiz_portal.lib.german_words import is_german
from lifephases.models import LifePhase
from offers.models import District, Institution, Offer, ParentsSentence, SearchWord, Topic
from offers.search.index import freshness
from offers.search.words.folding import words as words_of

from . import editors_words, neighbours
from .vocabulary import KnownWord, Named, Phase, Place, Vocabulary

log = logging.getLogger(__name__)

REST = 19  # times as long as the reading before took of the processor
SHORTEST_SPOKEN = 5  # letters of a word that parents write and others may have misspelled


class _Held:
    """What this process holds, and the state of the database that it was read from.

    Replaced in an instance, here and wherever threads read what another one replaces: CPython 3.11
    lets go of the former value of an attribute of a class while it still hands it out.
    """

    vocabulary = Vocabulary()
    fingerprint = None
    rests_until = 0.0
    loading = threading.Lock()
    is_read_beside = threading.Lock()


_here = _Held()


def current():
    """Return the vocabulary of this moment, or that of the moment before while a thread reads it.

    In a transaction it is read at once: what was changed there nobody else can see. Tests wait for
    every change (``SEARCH_WAITS_FOR_CHANGES``).
    """
    fingerprint = freshness.fingerprint()
    if fingerprint != _here.fingerprint:
        waits = connection.in_atomic_block or settings.SEARCH_WAITS_FOR_CHANGES
        if _here.fingerprint is None or waits:
            read_anew(fingerprint)
        elif time.monotonic() >= _here.rests_until and _here.is_read_beside.acquire(blocking=False):
            threading.Thread(target=_read_beside, name="vocabulary", daemon=True).start()
    return _here.vocabulary


def read_anew(fingerprint=None):
    """Read the vocabulary now, unless that was done for the same state of the database."""
    fingerprint = fingerprint or freshness.fingerprint()
    with _here.loading:
        if fingerprint != _here.fingerprint:
            vocabulary = _load()
            vocabulary.prepare()
            _here.vocabulary, _here.fingerprint = vocabulary, fingerprint


def held():
    """Return the vocabulary as it was last read, without asking whether it is still so."""
    return _here.vocabulary


def edition():
    """Return by what one vocabulary differs from another, in any process."""
    return _here.fingerprint


def _read_beside():
    began = time.thread_time()
    try:
        read_anew()
    except Exception as error:  # noqa: BLE001 - whatever it is, the next search tries again
        log.warning("The vocabulary of the search could not be read anew: %s", error)
    finally:
        connection.close()
        _here.rests_until = time.monotonic() + REST * (time.thread_time() - began)
        _here.is_read_beside.release()


def _load():
    needs, signs = editors_words.needs()
    return Vocabulary(
        words=_words(),
        synonyms=editors_words.synonyms(),
        signs=signs,
        needs=needs,
        childrens_lines=editors_words.childrens_lines(),
        places=tuple(map(_place, District.objects.order_by("pk"))),
        institutions=_named(Institution.objects.current(), "pk"),
        topics=_named(Topic.objects, "slug"),
        phases=tuple(map(_phase, LifePhase.objects.order_by("pk"))),
        offer_count=Offer.objects.count(),
        sentence_words=_sentence_words(),
        elsewhere_words=_elsewhere_words(),
        neighbours=neighbours.load(),
    )


def _words():
    rows = SearchWord.objects.order_by("pk")
    columns = rows.values_list("folded", "stem", "display", "document_count")
    return {row[0]: KnownWord(*row) for row in columns.iterator(chunk_size=10_000)}


def _sentence_words():
    """Return the longer words of what parents write in German, as written by their folded form.

    What no list of German words has is one where it stands twice: "Rechtschreibschwäche".
    """
    german = ParentsSentence.objects.filter(language="de").order_by("pk")
    said = Counter(
        (word.folded, word.text)
        for sentence in german.values_list("sentence", flat=True)
        for word in words_of(sentence)
        if len(word.folded) >= SHORTEST_SPOKEN
    )
    return {folded: text for (folded, text), count in said.items() if count > 1 or is_german(text)}


def _elsewhere_words():
    """Return the folded words of other languages that only sentences say that lead nowhere."""
    here, elsewhere = set(), set()
    foreign = ParentsSentence.objects.exclude(language="de").order_by("pk")
    for sentence, leads_to in foreign.values_list("sentence", "leads_to"):
        (here if leads_to else elsewhere).update(word.folded for word in words_of(sentence))
    return frozenset(elsewhere - here)


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
