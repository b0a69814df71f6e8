"""What an exported list says besides the columns that an import takes."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.exchange.importing.columns import SEPARATOR, ReadOnlyColumn
from offers.exchange.importing.entries import with_columns
from offers.exchange.importing.mapping import COLUMNS, OFFERS
from offers.models import ContactPoint, Offer, OfferPlace

Visibility = ContactPoint.Visibility


def columns(kind, *, internal):
    """Return the columns of an exported list; ``internal`` ones only for who may see them."""
    found = [*COLUMNS[kind](), *(_of_offers() if kind == OFFERS else ())]
    return [column for column in found if internal or not column.internal]


def with_all(entries):
    """Load with a queryset of entries all that an exported list reads."""
    entries = with_columns(entries)
    if entries.model is not Offer:
        return entries
    places = OfferPlace.objects.select_related("location__district").prefetch_related("schedules")
    loaded = entries.select_related("responsible").prefetch_related(None)
    return loaded.prefetch_related(
        "sources",
        "topics",
        "target_groups",
        "extra_phases",
        "cost_options",
        "contact_points",
        Prefetch("places", places),
    )


def _of_offers():
    return [
        ReadOnlyColumn("modes", _("Wo (in Worten)"), lambda offer: offer.place_words),
        ReadOnlyColumn("times", _("Termine im Portal"), _times),
        ReadOnlyColumn("contacts", _("weitere Kontakte"), _contacts(Visibility.PUBLIC)),
        ReadOnlyColumn(
            "professional_contacts",
            _("Kontakte für Fachkräfte"),
            _contacts(Visibility.PROFESSIONALS),
            internal=True,
        ),
        ReadOnlyColumn(
            "internal_contacts",
            _("interne Kontakte"),
            _contacts(Visibility.INTERNAL),
            internal=True,
        ),
        ReadOnlyColumn("status", _("Status"), lambda offer: str(offer.get_status_display())),
        ReadOnlyColumn(
            "confirmed_on",
            _("zuletzt bestätigt am"),
            lambda offer: offer.confirmed_at and timezone.localdate(offer.confirmed_at),
            internal=True,
        ),
        ReadOnlyColumn(
            "review_due_on", _("nächste Prüfung"), lambda offer: offer.review_due_on, internal=True
        ),
        ReadOnlyColumn(
            "responsible",
            _("verantwortlich"),
            lambda offer: str(offer.responsible or ""),
            internal=True,
        ),
    ]


def _times(offer):
    times = [words for place in offer.places.all() for words in place.rules]
    return SEPARATOR.join(dict.fromkeys(times))


def _contacts(visibility):
    def words(offer):
        points = [one for one in offer.contact_points.all() if one.visibility == visibility]
        return SEPARATOR.join(
            f"{one.label}: {', '.join(filter(None, [one.phone, one.email, one.hours]))}"
            for one in points
        )

    return words
