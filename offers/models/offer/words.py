"""What an offer says of itself: its fields in words, as pages, mails and lists show them."""

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _now

from kekiz_portal.lib import languages
from lifephases import ages
from offers.models import last_heard

from .choices import SCARCE
from .here import Here


class OfferWords:
    """Of an ``Offer``."""

    @property
    def here(self):
        """Its free texts in the language of the page (``translated`` loads them for many)."""
        language = get_language()
        if language in {None, settings.LANGUAGE_CODE}:
            return Here(self, None)
        loaded = getattr(self, "translations_here", None)
        if loaded is None:
            loaded = self.translations.filter(language=language)
        return Here(self, next((one for one in loaded if one.language == language), None))

    @cached_property
    def age_words(self):
        return ages.span_in_words(self.ages)

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @property
    def provider_words(self):
        return self.provider.name if self.provider else self.provider_name

    @property
    def access_words(self):
        return languages.listed(self.Access(mode).label for mode in self.access_modes)

    @property
    def audience_words(self):
        return languages.listed(self.Audience(one).label for one in self.audience)

    @property
    def cost_words(self):
        """What it costs, in a few words: "Kostenlos", "10 Euro", "Kosten bitte erfragen"."""
        prices = [option.words for option in self.cost_options.all() if option.is_valid_today]
        if prices:
            return languages.listed(prices)
        if self._note_says_the_cost:
            return self.cost_note
        # In lists: ``get_cost_kind_display`` translates every kind each time.
        return str(self.Cost(self.cost_kind).label)

    @property
    def cost_marked(self):
        """``cost_words`` as markup that says whether they are German."""
        words = self.cost_words
        return languages.marked_german(words) if words == self.cost_note else words

    @property
    def cost_remark(self):
        """What is to be said beside ``cost_words``."""
        return "" if self._note_says_the_cost else self.cost_note

    @property
    def _note_says_the_cost(self):
        return bool(self.cost_note) and self.cost_kind in {self.Cost.PAID, self.Cost.VARIES}

    @property
    def how_to_join(self):
        """What to do to take part, where that says more than ``access_words``."""
        said = self.access_words.casefold().rstrip(".")
        return "" if self.how_to_apply.casefold().rstrip(".") == said else self.how_to_apply

    @property
    def registration_is_over(self):
        deadline = self.registration_deadline
        return deadline is not None and deadline < timezone.localdate()

    @property
    def open_registration_url(self):
        """Where to sign up, as long as one can."""
        return "" if self.registration_is_over else self.registration_url

    @property
    def reduction_words(self):
        return [str(self.Reduction(one).label) for one in self.reductions]

    @property
    def language_words(self):
        return [languages.name(code) for code in self.languages]

    @property
    def public_places(self):
        """The prefetched places the public may know of."""
        return [place for place in self.places.all() if not place.is_protected]

    @property
    def has_times(self):
        return any(place.times for place in self.places.all())

    @property
    def when_words(self):
        """When it takes place, in a line for lists: its rules as read, then what stays text."""
        times = languages.listed(self._times, ";")
        return last_heard.say(times, self.old_sources_of_times())

    @property
    def _times(self):
        """All times as they were entered, each once: first the rules."""
        rules = [words for place in self.places.all() for words in place.rules]
        return dict.fromkeys(filter(None, [*rules, self.schedule_text]))

    @property
    def when_marked(self):
        """``when_words`` as markup that says what of it is German."""
        rules = [words for place in self.places.all() for words in place.rules_marked]
        times = dict.fromkeys(filter(None, [*rules, languages.marked_german(self.schedule_text)]))
        return self.last_heard_marked(times)

    def last_heard_marked(self, times):
        """Return times, each markup, in a line as the public may read them."""
        line = mark_safe(languages.listed(times, ";"))  # noqa: S308 - each is escaped
        return last_heard.say_marked(line, self.old_sources_of_times())

    @property
    def has_several_places(self):
        return len(self.places.all()) > 1

    @property
    def has_protected_place(self):
        return any(place.is_protected for place in self.places.all())

    @property
    def place_words(self):
        """Where, in a few words for lists: "Wanne", "online", "ganz Herne"."""
        if self.has_protected_place:
            return _now("Ort ist geschützt")
        words = dict.fromkeys(place.words for place in self.places.all())
        return languages.listed(words) or _now("Ort bitte erfragen")

    @property
    def withholds_dates(self):
        """Whether its times are only what an old page said, so that no date follows from them.

        A confirmed entry speaks for itself, and so does one that no page is the source of.
        """
        return bool(self.old_sources_of_times())

    def old_sources_of_times(self, on=None):
        """Return the sources because of which it withholds dates on a day (today by default)."""
        if self.is_confirmed or self.pk is None:
            return []
        return last_heard.outdated(self.sources.all(), last_heard.SCHEDULE, on)

    @property
    def schedule_marked(self):
        """The times that stay text, as the public may read them, as markup."""
        return self.last_heard_marked([languages.marked_german(self.schedule_text)])

    @property
    def source_words(self):
        """How old the pages are that it was put together from; empty if there are none."""
        return last_heard.how_old(self.sources.all())

    @property
    def next_occurrence(self):
        """The next date, from ``for_cards()``; ``None`` if none is known."""
        return self.next_occurrences[0] if self.next_occurrences else None

    @property
    def accessibility_words(self):
        """What was checked at the places that the public may know."""
        facts = [
            fact.words
            for place in self.public_places
            if place.location
            for fact in place.location.accessibility.all()
        ]
        return languages.listed(dict.fromkeys(facts))

    def coming_dates(self, limit):
        """The next dates to go to, each with its place; at most ``limit`` of them.

        Without a schedule there are none, and nothing is asked where ``for_page()`` knows that.
        """
        if not any(place.schedules.all() for place in self.places.all()):
            return []
        return self.occurrences.upcoming().to_go_to().for_list()[:limit]

    @property
    def times_as_text(self):
        """All times in a line, as they were entered."""
        return "; ".join(self._times)

    @property
    def cost_as_text(self):
        """The prices and the remark about them in a line, as they were entered."""
        prices = ", ".join(one.words for one in self.cost_options.all() if one.is_valid_today)
        return "; ".join(filter(None, [prices, self.cost_note]))

    @property
    def places_known(self):
        """What its institution said about free places, ``None`` if nobody knows any more."""
        said = getattr(self, "free_places", None)
        return said if said is not None and said.is_fresh else None

    @property
    def full_words(self):
        """That no place is free and when that was said, or that hardly any is; else empty."""
        if known := self.places_known:
            return known.words_and_day if known.is_used_up else ""
        scarce = [mode for mode in SCARCE if mode in self.access_modes]
        return languages.listed(self.Access(mode).label for mode in scarce)

    @property
    def gives_places(self):
        """Whether there are places that may be taken: one signs up, waits or draws lots."""
        limited = {self.Access.REGISTRATION, self.Access.WAITING_LIST, self.Access.LOTTERY}
        return bool(limited & set(self.access_modes))

    @property
    def current_alert(self):
        """The notice that holds today, or an empty text."""
        over = self.alert_until and self.alert_until < timezone.localdate()
        return "" if over else self.alert_text
