"""Whom to ask about an offer besides its own number: functions with a name, never people."""

from offers.models import ContactPoint

from .row_forms import choice

COLUMNS = ("label", "phone", "email", "hours", "visibility")


def read(rows):
    """Return the unsaved contacts of an offer from its rows, in order."""
    levels = {level.value: level for level in ContactPoint.Visibility}
    return [
        ContactPoint(
            label=row["label"],
            phone=row["phone"],
            email=row["email"],
            hours=row["hours"],
            visibility=choice(row, "visibility", levels),
            position=position,
        )
        for position, row in enumerate(rows)
    ]


def keep(contacts, offer):
    """Give an offer these contacts instead of those it has."""
    offer.contact_points.all().delete()
    for contact in contacts:
        contact.offer = offer
        contact.full_clean()
        contact.save()
