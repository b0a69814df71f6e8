"""Why a hit is there: what answers a search, marked, and other words for what was typed."""

from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from kekiz_portal.lib import rich_text
from offers.models.offer.delicate import DELICATE

from .query import memory
from .words.folding import fold, whole_words
from .words.meanings import RELATED
from .words.stemming import stem
from .words.stop_words import COMMON_WORDS, is_stop_word

CARRIES_MEANING = 0.3  # the weight of a word, from which on it is marked
CLOSE_ENOUGH = 0.5  # the weight of a match, from which on it is marked
FIRST, MOST_TERMS = 3, 3
BEFORE, LONGEST_EXCERPT = 50, 160
TEXTS_KEPT = 1_000  # of those that cards show again and again, with some kilobytes each


class Marker:
    """Marks in texts what answers an understood query."""

    def __init__(self, understanding):
        self._stems = {
            stem_found
            for concept in understanding.concepts
            if concept.weight >= CARRIES_MEANING and not _is_hidden(concept)
            for match in concept.matches
            if match.weight >= CLOSE_ENOUGH
            for stem_found in (match.stem, *match.all_of)
        }
        self._known = {}

    def places(self, text):
        """Return where words of a text answer, as pairs of start and end."""
        if not self._stems:
            return []
        return [(start, end) for start, end, folded in _words(text) if self._answers(folded)]

    def marked(self, text, places=None):
        """Return a text as HTML with its answering words in ``<mark>``."""
        parts, done = [], 0
        for start, end in self.places(text) if places is None else places:
            parts.append(conditional_escape(text[done:start]))
            parts.append(format_html("<mark>{}</mark>", text[start:end]))
            done = end
        parts.append(conditional_escape(text[done:]))
        return mark_safe("".join(parts))  # noqa: S308 - every part is escaped

    def excerpt(self, text):
        """Return the part of a text around its first answering word, marked; none is ``None``."""
        places = self.places(text)
        if not places:
            return None
        start = _word_start(text, places[0][0] - BEFORE)
        end = _word_end(text, start + LONGEST_EXCERPT)
        end = max(end, places[0][1])
        inside = [(a - start, b - start) for a, b in places if start <= a and b <= end]
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return format_html("{}{}{}", before, self.marked(text[start:end], inside), after)

    def _answers(self, folded):
        if folded not in self._known:
            word = memory.held().words.get(folded)
            self._known[folded] = (word.stem if word else stem(folded)) in self._stems
        return self._known[folded]


def explain(offers, understanding, only_heard=frozenset()):
    """Give each offer of a list, with its topics, what its card says about why it is there.

    ``marked_title`` is HTML; where it holds no answering word, ``found_in`` is who offers it, or
    the part of another text, that does, or ``None``. ``is_only_heard`` says that an offer (its
    number) is there for its meaning alone.
    """
    marker = Marker(understanding)
    for offer in offers:
        offer.marked_title = marker.marked(offer.here.title)
        offer.is_only_heard = offer.pk in only_heard
        offer.found_in = None if marker.places(offer.here.title) else _found_in(offer, marker)


def led_to(understanding, offers):
    """Return the terms by which what was typed led to some of the first offers.

    Only what stands in the title or in a topic of one of them, so that it is true; a worry is
    never named, nor what means distress or separation.
    """
    found = dict.fromkeys(
        concept.reason.meant
        for concept in understanding.concepts
        if concept.reason and concept.reason.kind in {"synonym", "translation"}
    )
    telling = [
        term for term in found if fold(term) not in COMMON_WORDS and not DELICATE.search(fold(term))
    ]
    if not telling:
        return []
    said = [_stems(" ".join([one.title, *map(str, one.topics.all())])) for one in offers[:FIRST]]
    return [term for term in telling if any(_says(stems, term) for stems in said)][:MOST_TERMS]


def not_here(understanding):
    """Return what was looked for and is answered only by what is related; "" if there is none.

    Nobody plays "Fußball" here, so the page shows other sport and says so.
    """
    if understanding.is_sentence or understanding.is_crisis:
        return ""
    for one in understanding.concepts:
        is_related = one.reason is not None and one.reason.kind == RELATED
        own = {stem(fold(word)) for word in one.words}
        if is_related and len(one.words) == 1 and own.isdisjoint(hit.stem for hit in one.matches):
            return one.words[0]
    return ""


@lru_cache(maxsize=TEXTS_KEPT)
def _words(text):
    """Return where each word of a text stands, and its folded form."""
    return [(word.start, word.end, word.folded) for word in whole_words(text)]


@lru_cache(maxsize=TEXTS_KEPT)
def _plain(description):
    return " ".join(rich_text.as_text(description).split())


def _says(stems, term):
    """Whether each word of a term begins one of the words: "Hebammendienst" says "Hebamme"."""
    return all(any(one.startswith(word) for one in stems) for word in _stems(term))


def _stems(text):
    return {stem(folded) for _start, _end, folded in _words(text) if not is_stop_word(folded)}


def _is_hidden(concept):
    return concept.reason is not None and concept.reason.kind == "hidden"


def _found_in(offer, marker):
    """Return the first text of an offer that answers, as an excerpt; ``None`` without one."""
    texts = [
        offer.title,  # where it is shown in another language
        offer.provider_words,
        offer.teaser,
        offer.alternate_name,
        _plain(offer.description),
        *(topic.name for topic in offer.topics.all()),
        offer.offer_type.name,
        offer.search_terms,
    ]
    return next((found for text in texts if (found := marker.excerpt(text))), None)


def _word_start(text, place):
    """Return where a word begins at or after a place; 0 before the beginning."""
    if place <= 0:
        return 0
    space = text.find(" ", place)
    return space + 1 if 0 < space < place + BEFORE else place


def _word_end(text, place):
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place)
    return space if space > 0 else place
