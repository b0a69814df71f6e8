"""What a search means beside filters: help, a correction, institutions, topics, phases."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages
from kekiz_portal.lib.languages import said
from offers.models import Helpline, Institution
from offers.search import marking, suggesting

from .answering_hours import AnsweringHours, in_words

MOST_INSTITUTIONS = 3
MOST_LEFT_OUT = 3  # words that are named, so that the first offer stays in sight
LONGEST_IN_SIGHT = 60  # letters of a corrected search that leave the first offer in sight


class Meant:
    """What the browse page says about the words of a search before it lists offers.

    ``shown`` returns the offers of the page.
    """

    def __init__(self, query, shown):
        self.query = query
        self._shown = shown
        self.search = query.search
        self.is_crisis = query.search.loose.is_crisis
        self.is_private = query.search.loose.help.is_private
        self.is_young = query.search.loose.help.is_young
        self.without_a_voice = query.search.loose.help.without_a_voice

    @property
    def cannot_hear(self):
        """Whether somebody said not to hear well, or asked for sign language."""
        return any(one.name == "gebaerden" for one in self.search.understanding.readings)

    @cached_property
    def helplines(self):
        """The numbers to show first, above everything: those that answer now, in their order."""
        return [line for line, opening in self._lines if not opening]

    @cached_property
    def later(self):
        """The numbers that do not answer now, each with when they do again, in words."""
        return [(line, in_words(opening)) for line, opening in self._lines if opening]

    @cached_property
    def _lines(self):
        """The numbers to show, each with its next opening; ``None`` if somebody answers now."""
        slugs = self.search.loose.helplines
        lines = Helpline.objects.for_families().filter(slug__in=slugs) if slugs else []
        now = timezone.now()
        return [
            (line, _next_opening(line, now))
            for line in sorted(lines, key=lambda line: slugs.index(line.slug))
        ]

    @property
    def corrected(self):
        """The whole query with its errors corrected, ``None`` without any."""
        return self.search.loose.corrected

    @property
    def literal_url(self):
        """The address of the same search, each word as it was typed."""
        return self.query.url(woertlich=["1"])

    @property
    def meant_url(self):
        """The address of the search with the corrected words."""
        return self.query.url(q=[self.corrected], woertlich=None)

    @property
    def loose_url(self):
        """The address of the same search with synonyms, corrections and filters again."""
        return self.query.url(woertlich=None)

    @property
    def told(self):
        """How many sentences the page says about the words."""
        if self.is_private:
            return len(self.sentences)
        is_long = len(self.corrected or "") > LONGEST_IN_SIGHT
        about_words = (self.corrected, is_long, self.search.literal, self.is_asking)
        return sum(map(bool, about_words)) + len(self.sentences)

    @property
    def is_asking(self):
        """Whether no word found anything, so that the page asks for what lies near in meaning."""
        return self.search.ranked.is_asking

    @cached_property
    def sentences(self):
        """By which words the first offers were found, and what had to be left out."""
        return [*self._not_here, *self._led_to, *self._left_out]

    @property
    def _not_here(self):
        """That nothing is here of what was looked for, and what follows lies near."""
        word = marking.not_here(self.search.understanding) if self._shown() else ""
        sentence = _("Zu „%s“ ist hier noch kein Angebot eingetragen. Vielleicht hilft auch:")
        return [sentence % word] if word and not self.is_asking else []

    @property
    def _led_to(self):
        """One line, if any: nothing about single words, whose meaning a sentence may change."""
        terms = marking.led_to(self.search.understanding, list(self._shown()))
        return [_("Dazu zeigen wir: %s.") % languages.listed(terms)] if terms else []

    @cached_property
    def institutions(self):
        """Institutions that were meant by their name; only above the first page."""
        keys = self.search.understanding.institutions[:MOST_INSTITUTIONS]
        if not keys or self.query.page_number > 1:
            return []
        return self.query.catalogue.once(("named", *keys), lambda: _institutions(keys))

    @cached_property
    def links(self):
        """Topics and phases that were meant by their name, as pairs of name and address."""
        return [
            (said(topic.name), f"{reverse('offers:browse')}?thema={topic.slug}")
            for topic in self.query.catalogue.topics
            if topic.slug in self.search.understanding.topics
        ] + [
            (said(phase.name), phase.get_absolute_url())
            for phase in self.query.catalogue.phases
            if phase.slug in self.search.understanding.phases
        ]

    @cached_property
    def nearest_words(self):
        """What sounds like the words that found nothing, as pairs of words and address."""
        if self.is_private:
            return []
        found = suggesting.nearest_words(self.search.text)
        return [(one, self.query.url(q=[one], woertlich=None)) for one in found]

    @property
    def _left_out(self):
        """All of it together was looked for: each of the words alone may lead somewhere."""
        words = dict.fromkeys(reading.words for reading in self.search.given_up)
        more = ["…"] if len(words) > MOST_LEFT_OUT else []
        left_out = " ".join([f"„{one}“" for one in words][:MOST_LEFT_OUT] + more)
        sentence = _("Alles zusammen haben wir nicht gefunden. Sie sehen, was es ohne %s gibt.")
        return [sentence % left_out] if words else []


def _institutions(keys):
    found = Institution.objects.current().filter(pk__in=keys).for_list()
    return sorted(found, key=lambda institution: keys.index(institution.pk))


def _next_opening(helpline, now):
    hours = AnsweringHours.read(helpline.hours)
    return None if hours is None or hours.answers(now) else hours.next_opening(now)
