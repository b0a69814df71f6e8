"""What is to be done with the entries, one pile per reason: the start page of the office."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import parse_qs

from django.db.models import BooleanField, Count, F, Q, Window
from django.db.models.functions import Coalesce
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import form_of
from offers.models import Editorship, Offer
from offers.models.offer.queryset import OfferQuerySet
from offers.quality import rules

SHOWN = 3
DUE = "faellig"
OPEN_PROPOSALS = reverse_lazy("admin:offers_changeproposal_changelist", query={"state": "open"})


def _proposal_of(offer):
    return form_of(offer.proposals.open().order_by("created_at").first())


@dataclass(frozen=True)
class Queue:
    """A reason to look at entries; ``name`` is its word in the list's address (``?todo=``).

    ``leads_to`` is where an entry of it is worked off, its form by default; ``page`` the list.
    ``for_house`` says what an institution does about its own entries; without it nothing is shown.
    """

    name: str
    title: str
    what_to_do: str
    entries: Callable[[OfferQuerySet], OfferQuerySet]
    oldest: str = "updated_at"
    leads_to: Callable[[Offer], str] = form_of
    page: str = ""
    for_house: str = ""

    @property
    def address(self):
        """Return the address of the list that holds the whole pile."""
        if self.page:
            return self.page
        return f"{reverse('admin:offers_offer_changelist')}?todo={self.name}"


@dataclass(frozen=True)
class Pile:
    """A queue as it stands: how many entries, how many of them one's own, the oldest three."""

    queue: Queue
    number: int
    mine: int
    first: list


QUEUES = [
    Queue(
        "zu-pruefen",
        _("in Prüfung"),
        _("lesen und freigeben oder zurückgeben"),
        lambda offers: offers.filter(status=Offer.Status.IN_REVIEW),
    ),
    Queue(
        "zurueckgegeben",
        _("zurückgegeben"),
        _("die Rückfrage klären und neu vorlegen"),
        lambda offers: offers.filter(status=Offer.Status.RETURNED),
        for_house=_("die Rückfrage klären und neu vorlegen"),
    ),
    Queue(
        "vorschlaege",
        _("mit Änderungsvorschlag"),
        _("den Vorschlag ansehen und übernehmen oder ablehnen"),
        lambda offers: offers.with_open_proposal(),
        leads_to=_proposal_of,
        page=OPEN_PROPOSALS,
    ),
    Queue(
        "rueckmeldungen",
        _("mit Rückmeldung"),
        _("nachfragen, korrigieren und als erledigt abhaken"),
        lambda offers: offers.with_open_feedback(),
    ),
    Queue(
        "offene-fragen",
        _("mit offener Frage"),
        _("klären, eintragen und das Feld „offene Frage“ leeren"),
        lambda offers: offers.with_open_question(),
    ),
    Queue(
        "widerspruechlich",
        _("widersprüchlich"),
        _("zwei Angaben passen nicht zusammen"),
        lambda offers: rules.contradictory(offers.in_the_works()),
        for_house=_("zwei Angaben passen nicht zusammen"),
    ),
    Queue(
        "ohne-termin",
        _("ohne weiteren Termin"),
        _("neue Termine eintragen oder archivieren"),
        lambda offers: offers.without_a_date_left(),
        for_house=_("neue Termine eintragen"),
    ),
    Queue(
        "tote-links",
        _("mit totem Link"),
        _("die neue Adresse eintragen oder den Link entfernen"),
        lambda offers: offers.with_dead_link(),
        for_house=_("die neue Adresse eintragen oder den Link entfernen"),
    ),
    Queue(
        DUE,
        _("zu bestätigen"),
        _("beim Anbieter nachfragen: Stimmt noch alles?"),
        lambda offers: offers.meant_for_readers().due(),
        oldest="confirmed_at",
        for_house=_("nachsehen und, was stimmt, in der Liste mit „Stimmt noch“ bestätigen"),
    ),
    Queue(
        "unvollstaendig",
        _("unvollständig"),
        _("es fehlt etwas, das Eltern wissen wollen"),
        lambda offers: rules.incomplete(offers.in_the_works()),
        for_house=_("es fehlt etwas, das Eltern wissen wollen"),
    ),
]
BY_NAME = {queue.name: queue for queue in QUEUES}


def piles(user, offers):
    """Return the piles of a user that hold something, from the offers they may see.

    Own entries come first within a pile, then what has waited longest; one query a pile.
    """
    found = (_pile(queue, user, offers) for queue in queues_of(user))
    return [pile for pile in found if pile.number]


def queues_of(user):
    """Return the queues a user can work off, in the words that are true for them."""
    if not Editorship.objects.restricts(user):
        return QUEUES
    return [replace(one, what_to_do=one.for_house) for one in QUEUES if one.for_house]


def pile_in(filters):
    """Return the name of the pile that the kept filters of a list show, ``None`` for another."""
    query = parse_qs(parse_qs(filters).get("_changelist_filters", [""])[0])
    name = query.get("todo", [""])[0]
    return name if name in BY_NAME else None


def next_in(name, user, offers, but_not):
    """Return the entry of a pile to look at after another one, ``None`` where it is empty."""
    return _in_order(BY_NAME[name], user, offers).exclude(pk=but_not.pk).first()


def _in_order(queue, user, offers):
    is_mine = Coalesce(Q(responsible=user), False, output_field=BooleanField())
    oldest_first = F(queue.oldest).asc(nulls_first=True)
    return queue.entries(offers).alias(is_mine=is_mine).order_by("-is_mine", oldest_first, "pk")


def _pile(queue, user, offers):
    in_order = _in_order(queue, user, offers).annotate(
        number=Window(Count("pk")), mine=Window(Count("pk", filter=Q(responsible=user)))
    )
    first = list(in_order.only("title", "responsible")[:SHOWN])
    for offer in first:
        offer.address = queue.leads_to(offer)
    if not first:
        return Pile(queue, 0, 0, [])
    return Pile(queue, first[0].number, first[0].mine, first)
