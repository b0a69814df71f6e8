"""A list of remembered offers: held by its address alone, made into a sheet to hand over.

The address holds the keys of the offers ("?a=12-7-301") in the order in which they were added.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kekiz_portal.lib import languages, qr
from lifephases import ages
from offers.browsing.whom_to_ask import WhomToAsk, whom_to_ask
from offers.models import Occurrence, Offer
from offers.models.occurrence import when_words

from .labels import SecondLanguage, second_language

KEYS, LANGUAGE = "a", "sprache"
MOST_ENTRIES = 30
A_KEY = re.compile(r"[1-9][0-9]{0,11}")
SEPARATORS = re.compile(r"[-,. ]+")


@dataclass(frozen=True)
class Entry:
    """An offer on the sheet with its next date and whom to ask."""

    offer: Offer
    date: Occurrence | None
    language: SecondLanguage
    title_in_other: str
    asked: WhomToAsk
    drop_url: str

    @property
    def ages(self):
        return self.language.fact(lambda: ages.span_in_words(self.offer.ages))

    @property
    def when(self):
        if not self.date:
            return self.language.fact(lambda: self.offer.when_words, lambda: self.offer.when_marked)
        return self.language.fact(lambda: when_words(self.date))

    @property
    def full(self):
        return self.language.fact(lambda: self.offer.full_words)

    @property
    def cost(self):
        return self.language.fact(lambda: self.offer.cost_words, lambda: self.offer.cost_marked)

    @property
    def stops(self):
        """How to get there by bus and train, as far as it is known."""
        notes = (
            place.location.public_transport_note
            for place in self.offer.public_places
            if place.location
        )
        return [note for note in dict.fromkeys(notes) if note]

    @property
    def places(self):
        """Each place as one line, its name before its address; what has none, in both languages."""
        fact = self.language.fact
        lines = [
            fact(lambda one=one: _address(one) or one.words, lambda one=one: _place_marked(one))
            for one in self.offer.places.all()
        ]
        return lines or [fact(lambda: self.offer.place_words)]


class Sheet:
    """What an address says: ``keys`` are those of the offers, ``language`` the second one."""

    def __init__(self, given):
        said = [part for part in SEPARATORS.split(given.get(KEYS, "")) if part]
        readable = dict.fromkeys(int(part) for part in said if A_KEY.fullmatch(part))
        self.keys = list(readable)[:MOST_ENTRIES]
        self._unreadable = any(not A_KEY.fullmatch(part) for part in said)
        self._left_over = len(readable) - len(self.keys)
        self.language = second_language(given.get(LANGUAGE, ""))

    @property
    def labels(self):
        return self.language.labels()

    @cached_property
    def entries(self):
        found = Offer.objects.published().for_page().in_bulk(self.keys)
        titles = self.language.titles(found.values()) if self.language.code else {}
        return [self._entry(found[key], titles.get(key, "")) for key in self.keys if key in found]

    def _entry(self, offer, title):
        date = next(iter(offer.coming_dates(1)), None)
        return Entry(
            offer,
            date,
            self.language,
            title,
            whom_to_ask(offer),
            self.url(without=offer.pk),
        )

    @property
    def notices(self):
        """What the reader is told of a list that is not whole."""
        notices = []
        if gone := len(self.keys) - len(self.entries):
            notices.append(
                ngettext(
                    "%d Angebot von diesem Zettel gibt es nicht mehr.",
                    "%d Angebote von diesem Zettel gibt es nicht mehr.",
                    gone,
                )
                % gone
            )
        if self._unreadable:
            notices.append(_("Einen Teil dieser Adresse können wir nicht lesen."))
        if self._left_over:
            notices.append(
                _("Auf einen Zettel passen %d Angebote. Die übrigen fehlen hier.") % MOST_ENTRIES
            )
        return notices

    @property
    def is_full(self):
        return len(self.keys) >= MOST_ENTRIES

    @property
    def joined_keys(self):
        return _joined(self.keys)

    def url(self, *, with_key=None, without=None):
        """Return the address of this list, with an offer more or less."""
        keys = [key for key in self.keys if key not in {with_key, without}]
        query = {KEYS: _joined([*keys, with_key] if with_key else keys)}
        query |= {LANGUAGE: self.language.code}
        said = urlencode({name: value for name, value in query.items() if value})
        return f"{reverse('offers:notepad')}{'?' if said else ''}{said}"

    @property
    def link(self):
        """The whole address, to be sent to somebody."""
        return f"{settings.PORTAL_URL}{self.url()}"

    @property
    def qr_code(self):
        return qr.svg(self.link, _("QR-Code zu dieser Liste"))


def _joined(keys):
    return "-".join(map(str, keys))


def _place_marked(place):
    """Return where it is in a line, an address as markup that says that it is German."""
    return languages.marked_german(_address(place)) or place.words


def _address(place):
    if place.location is None or place.is_protected:
        return ""
    lines = [place.location.public_name, *place.location.address_lines]
    return ", ".join(line for line in lines if line)
