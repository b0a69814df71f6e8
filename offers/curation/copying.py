"""A new offer after the pattern of another, with its places, times, prices and contacts."""

from django.db import transaction
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from offers.exchange.slugs import free_slug
from offers.models import Offer

from .record import ROOT, parts_of

# What says something about the one offer only, not about the next one like it.
NOT_COPIED = {
    "slug",
    "status",
    "return_reason",
    "is_generic",
    "confirmed_at",
    "confirm_method",
    "review_due_on",
    "source",
    "external_id",
    "source_url",
    "source_year",
    "certainty",
    "open_question",
    "picture",
    "picture_alt",
    "picture_is_decorative",
}


@transaction.atomic
def copy(offer, by):
    """Return a new draft like ``offer``; the user becomes responsible for it."""
    title = free_title(offer)
    twin = Offer(title=title, slug=free_slug(Offer, title), responsible=by)
    new_keys = {}
    with edit(by=by, reason=_("Kopie von „%s“") % offer.title):
        for part in parts_of(Offer):
            for row in part.rows(offer):
                new = twin if part.name == ROOT else part.model()
                if part.parent:
                    old_parent = getattr(row, f"{part.parent}_id")
                    setattr(new, f"{part.parent}_id", new_keys[part.under, old_parent])
                _copy_row(part, row, new)
                new_keys[part.name, row.pk] = new.pk
    return twin


def _copy_row(part, row, new):
    for one in part.fields:
        if one.name not in NOT_COPIED | {"title", "responsible", part.parent}:
            setattr(new, one.attname, one.value_from_object(row))
    new.save()
    for one in part.lists:
        getattr(new, one.name).set(getattr(row, one.name).all())


def free_title(offer):
    """Return a title for the copy that no other offer of the provider has."""
    room = Offer._meta.get_field("title").max_length  # noqa: SLF001, documented API
    taken = set(
        Offer.objects.filter(
            provider=offer.provider, provider_name=offer.provider_name
        ).values_list("title", flat=True)
    )
    number = 1
    while True:
        ending = _(" (Kopie)") if number == 1 else _(" (Kopie %d)") % number
        title = offer.title[: room - len(ending)] + ending
        if title not in taken:
            return title
        number += 1
