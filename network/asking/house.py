"""What an institution is shown of its entries: what families read now, in a few lines."""

import datetime as dt
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kekiz_portal.lib import telephone
from network.models import Call
from offers.browsing.whom_to_ask import whom_to_ask
from offers.curation.proposals import changes
from offers.models import ChangeProposal, Experience, Feedback, FreePlaces, Offer
from offers.protection import protected_addresses

MARK_LENGTH = 16
MESSAGES_SHOWN = 5
WORDS_SHOWN = 120  # of a message of one's own


@dataclass(frozen=True)
class Line:
    """One thing that families read; ``is_missing`` where nobody knows it."""

    label: str
    text: str
    is_missing: bool = False


@dataclass(frozen=True)
class Entry:
    """An offer as its institution sees it; ``waits`` if the office has something of theirs.

    ``sent`` is what they want otherwise and the office has not decided on: nobody confirms what
    stands there then. ``refusal`` is why their last proposal was not taken over; ``voices`` (words
    and how often) and ``reports`` are what families said.
    """

    offer: Offer
    waits: bool
    sent: tuple = ()
    refusal: str = ""
    voices: tuple = ()
    reports: tuple = ()

    @cached_property
    def lines(self):
        whom = Line(_("Für wen"), self.offer.age_words)
        asked = [_when(self.offer), _where(self.offer), _cost(self.offer), _phone(self.offer)]
        return [*asked[:1], whom, *asked[1:]]

    @cached_property
    def mark(self):
        """What tells this state from a later one: who says "right" says it of what they saw.

        Not of how it is said: the times of an old page are told otherwise once confirmed.
        """
        offer = self.offer
        words = [offer.times_as_text, offer.cost_as_text, offer.cost_kind, _where(offer).text]
        channels = [(one.label, one.phone, one.email) for one in whom_to_ask(offer).channels]
        seen = [offer.title, offer.teaser, offer.description, offer.how_to_apply, *words, channels]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:MARK_LENGTH]

    @property
    def seen(self):
        """What a button sends: which entry, in which state."""
        return f"{self.offer.pk}-{self.mark}"

    @property
    def places(self):
        """What may be said about free places, each as value, words and whether it holds now."""
        if not self.offer.gives_places:
            return []
        now = self.offer.places_known
        return self._taps(FreePlaces.State.choices, now.state if now else "")

    @property
    def waiting_times(self):
        """What may be said about how long families wait, as ``places``, where none is free."""
        now = self.offer.places_known
        if not (self.offer.gives_places and now and now.is_used_up):
            return []
        return self._taps(FreePlaces.Wait.choices, now.wait_months)

    def _taps(self, choices, now):
        return [(f"{self.offer.pk}-{value}", words, value == now) for value, words in choices]

    @property
    def was_confirmed_today(self):
        at = self.offer.confirmed_at
        return bool(at) and timezone.localdate(at) == timezone.localdate()


@dataclass(frozen=True)
class Message:
    """What an institution wrote, on which day, and what became of it.

    Of a day on which somebody called there are no words: a colleague may have written them.
    """

    day: dt.date
    words: str
    state: str
    answer: str


@dataclass(frozen=True)
class House:
    """The entries of an institution: those it is asked about, and the others; ``messages`` are its
    own of late, as ``Message``.
    """

    due: list
    others: list
    messages: list = field(default_factory=list)

    @property
    def entries(self):
        return [*self.due, *self.others]


@protected_addresses.looked_up_once()
def of(institution):
    """Return the ``House`` of an institution; a fixed number of queries."""
    published = Offer.objects.meant_for_readers().of(institution)
    waiting = set(published.said_to_the_office().values_list("pk", flat=True))
    due = set(published.to_ask_about().values_list("pk", flat=True))
    refusals, voices = _refusals(institution), _voices(published)
    sent, reports = _sent(published), _reports(published)
    entries = [
        Entry(
            offer,
            offer.pk in waiting,
            tuple(sent[offer.pk]),
            refusals.get(offer.pk, ""),
            tuple(voices[offer.pk]),
            tuple(reports[offer.pk]),
        )
        for offer in published.for_page().by_title()
    ]
    return House(
        due=[one for one in entries if one.offer.pk in due],
        others=[one for one in entries if one.offer.pk not in due],
        messages=_messages(institution),
    )


def _messages(institution):
    """Return the newest ``Message``; none names a protected place."""
    found = list(Feedback.objects.said_by(institution).select_related("offer")[:MESSAGES_SHOWN])
    calls = Call.objects.filter(institution=institution)
    called_on = set(calls.values_list("called_at__date", flat=True)) if found else set()
    return [_message(one, by_phone=one.created_on in called_on) for one in found]


def _message(report, *, by_phone):
    about = f"{report.offer.title}: " if report.offer else ""
    words = Truncator(report.message or report.get_topic_display()).chars(WORDS_SHOWN)
    said = "" if by_phone else _hidden(about + words)
    return Message(report.created_on, said, report.state, _hidden(report.answer))


def _hidden(text):
    """Return a text as it is, unless it names a protected place."""
    return protected_addresses.hidden(text, protected_addresses.protected())


def _sent(offers):
    """Return by offer what its house wants otherwise, in words; none of a protected place."""
    proposals = ChangeProposal.objects.open().of_houses().filter(offer__in=offers)
    said = defaultdict(list)
    for one in proposals.select_related("offer").order_by("created_at", "pk"):
        words = [_changed(change) for change in changes(one)] + [one.reason] * bool(one.reason)
        said[one.offer_id] += map(_hidden, words)
    return said


def _changed(change):
    if change.after or change.is_a_row:
        return f"{change.label}: {change.after or change.before}"
    words = _("%(label)s: nicht mehr %(before)s")
    return words % {"label": change.label, "before": change.before}


def _voices(offers):
    """Return by offer what families often said."""
    said = defaultdict(list)
    told = Experience.objects.filter(offer__in=offers).newest_of_told().order_by("-total", "pk")
    for one in told:
        said[one.offer_id].append((one.get_kind_display(), one.total))
    return said


def _reports(offers):
    """Return by offer what families said is wrong: never their words, they may name somebody."""
    found = defaultdict(list)
    for one in Feedback.objects.told_to_houses().filter(offer__in=offers).order_by("-created_on"):
        found[one.offer_id].append(one)
    return found


def _refusals(institution):
    """Return by offer what its newest proposal was not taken over of, or why it was declined,
    unless it was confirmed since."""
    left_out = ChangeProposal.objects.left_out_since_confirmed().filter(institution=institution)
    found = left_out.order_by("decided_at", "pk")
    return {one.offer_id: _hidden(_refusal(one)) for one in found}


def _refusal(proposal):
    if proposal.state == ChangeProposal.State.ACCEPTED:
        return _("Ihre Änderung hat die Redaktion zum Teil übernommen. %s") % proposal.answer
    return _("Ihre Änderung hat die Redaktion nicht übernommen: %s") % proposal.answer


def _when(offer):
    words = offer.when_words
    return Line(_("Wann"), words or _("steht nicht da"), not words)


def _where(offer):
    """Where, of a protected place nothing at all."""
    if offer.has_protected_place or not offer.places.all():
        return Line(_("Wo"), offer.place_words, not offer.has_protected_place)
    return Line(_("Wo"), "; ".join(_place(place) for place in offer.public_places))


def _place(place):
    if place.location is None:
        return place.words
    return ", ".join(filter(None, [place.location.public_name, *place.location.address_lines]))


def _cost(offer):
    is_missing = offer.cost_kind == Offer.Cost.UNKNOWN and not offer.cost_as_text
    words = ", ".join(filter(None, [offer.cost_words, offer.cost_remark]))
    return Line(_("Kosten"), _("steht nicht da") if is_missing else words, is_missing)


def _phone(offer):
    asked = whom_to_ask(offer)
    channel = asked.channels[0]
    number = telephone.shown(channel.phone) or channel.email
    if asked.is_city:
        words = _("keins; Familien rufen dort an: %(name)s, %(number)s")
        return Line(_("Telefon"), words % {"name": asked.name, "number": number}, is_missing=True)
    return Line(_("Telefon"), number)
