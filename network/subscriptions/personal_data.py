"""All that is known about one address: told to its owner, and erased (GDPR Art. 15, 17, 20)."""

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from network import erasing
from network.models import (
    AddressHealth,
    Bounce,
    Contact,
    DataRequest,
    Delivery,
    MailRequest,
    SavedList,
    Subscription,
    Suppression,
)

from . import evidence, signing_up, tokens

# Says nothing about the person, only about our tables.
NOT_TOLD = {"id", "nonce", "address_hash", "claimed_by", "claimed_at", "leased_until", "claims"}
NOT_TOLD |= {
    "waits",
    "history_id",
    "history_user",
    "decided_by",
    "released_by",
    "domain",
    "token_hash",
    "message_hash",
}


def wanted_by(token):
    """Return the request a mailed link belongs to, None when it is gone. Raises BadSignature."""
    (number,) = tokens.read(tokens.DATA, token)
    return MailRequest.objects.filter(pk=number).first()


def about(address):
    """Return sections ``{title, rows}``; a row is ``{name of the field: value}``."""
    found = [_told(rows) for rows in _rows_about(address)]
    return [section for section in found if section["rows"]]


@transaction.atomic
def erase(address, by=None):
    """Erase what is known about an address; return how many mails are just being handed over.

    ``by`` is who did it in the office, None when its owner did. Mails under way are left, as
    nothing may change under a worker; erasing again a little later takes them too. The evidence
    of a consent stays, without the address (Art. 17 (3) e).
    """
    deliveries = _deliveries(address)
    deliveries.forget_people()
    under_way = deliveries.count()
    for subscription in Subscription.objects.of(address).select_for_update():
        number = subscription.pk
        signing_up.end(subscription)
        Subscription.objects.filter(pk=number).delete()
    erasing.erase(Contact.objects.filter(email__iexact=address), _("auf Wunsch gelöscht"), by)
    Contact.history.filter(email__iexact=address).delete()
    for model in [Suppression, AddressHealth]:
        model.objects.filter(address__iexact=address).delete()
    DataRequest.objects.of(address).close()
    # Servers quote addresses, also that of somebody a mail was forwarded to.
    Bounce.objects.filter(Q(address__iexact=address) | Q(diagnostic__icontains=address)).delete()
    SavedList.objects.filter(filters__q__icontains=address).delete()
    LogEntry.objects.filter(object_repr__iexact=address).delete()  # Django's own log quotes rows
    if not under_way:  # the link works on until everything is gone
        MailRequest.objects.filter(address=address.lower()).delete()
    return under_way


def _rows_about(address):
    return [
        Subscription.objects.of(address),
        evidence.of(address),
        _deliveries(address).select_related("newsletter"),
        Suppression.objects.filter(address__iexact=address),
        Bounce.objects.filter(address__iexact=address),
        AddressHealth.objects.filter(address__iexact=address),
        Contact.objects.filter(email__iexact=address).select_related("partner__institution"),
        Contact.history.filter(_traces(address)).select_related("partner__institution"),
        MailRequest.objects.filter(address=address.lower()),
        DataRequest.objects.of(address),
    ]


def _deliveries(address):
    return Delivery.objects.alias(lower=Lower("address")).filter(lower=address.lower())


def _traces(address):
    """Versions of people who have the address, or of anybody while they had it."""
    people = Contact.objects.filter(email__iexact=address).values("pk")
    return Q(email__iexact=address) | Q(id__in=people)


def _told(rows):
    title = str(rows.model._meta.verbose_name_plural)  # noqa: SLF001 - public in Django
    return {"title": title[:1].upper() + title[1:], "rows": [_told_row(row) for row in rows]}


def _told_row(row):
    told = {}
    for field in row._meta.concrete_fields:  # noqa: SLF001 - public in Django
        value = getattr(row, field.name)
        if field.name in NOT_TOLD or value in (None, "", []):
            continue
        if field.choices:
            value = getattr(row, f"get_{field.name}_display")()
        if isinstance(value, list):
            value = ", ".join(value)
        told[str(field.verbose_name)] = str(value) if field.is_relation else value
    if isinstance(row, Subscription):
        told[_("Themen")] = ", ".join(topic.name for topic in row.interests.all()) or _("alle")
    return told
