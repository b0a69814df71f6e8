"""What is known about one address: told, and erased (GDPR Art. 15, 17, 20).

Whoever reads a mailbox need not be the person who stands in the network with its address: it may be
shared, or have belonged to somebody else. So a mailed link reaches what the mailbox itself gave;
people are answered by the office once it is clear who asks (Art. 12 (6)).
"""

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kekiz_portal.lib import mailbox
from kekiz_portal.lib.languages import said
from network.models import (
    AddressHealth,
    Bounce,
    Contact,
    DataRequest,
    Delivery,
    HouseLetter,
    MailRequest,
    PlaceAlert,
    SavedList,
    Subscription,
    Suppression,
)
from network.newsletters import tokens
from network.people import erasing
from offers.models import ImportRow, ImportRun

from . import consenting, evidence, signing_up

# Says nothing about the person, only about our tables.
NOT_TOLD = frozenset(
    """id nonce address_hash token_hash message_hash claimed_by claimed_at leased_until claims waits
    history_id history_user decided_by released_by domain week""".split()  # noqa: SIM905
)
OF_NO_MAILBOX = NOT_TOLD | {"contact"}
# Of our machines: kept and told, but folded away, and not translated.
TECHNICAL = frozenset(
    """text_version source subscription subscription_id delivery data_at attempts retry_at
    answered_at answer_code answer decided_at effect status diagnostic score last_counted_on
    changed_at by link entries begun_at refused_with sent_on_by sent_with mailbox""".split()  # noqa: SIM905
)


def wanted_by(token):
    """Return the request a mailed link belongs to, None when it is gone. Raises BadSignature."""
    (number,) = tokens.read(tokens.DATA, token)
    return MailRequest.objects.filter(pk=number).first()


def about_mailbox(address):
    """Return what a mailbox gave itself, in sections ``{title, rows}``; nothing about people."""
    return _sections(_rows_of_mailbox(address), OF_NO_MAILBOX)


def for_reading(address):
    """Return the same for a page: a row is what anybody understands, and apart the technical."""
    sections = about_mailbox(address)
    told = _sections(_rows_of_mailbox(address), OF_NO_MAILBOX | TECHNICAL)
    for section, short in zip(sections, told, strict=True):
        section["rows"] = [
            {"told": one, "technical": {name: row[name] for name in row if name not in one}}
            for row, one in zip(section["rows"], short["rows"], strict=True)
        ]
    return sections


def words():
    """Return what ``for_reading`` calls its sections and what is told there, to be translated."""
    for rows in _rows_of_mailbox(""):
        yield str(rows.model._meta.verbose_name_plural)  # noqa: SLF001 - public in Django
        for field in rows.model._meta.concrete_fields:  # noqa: SLF001 - as above
            if field.name not in OF_NO_MAILBOX | TECHNICAL:
                yield str(field.verbose_name)
                yield from (str(words) for _value, words in field.choices or ())


def about(address):
    """Return all that is known, also of people; a row is ``{name of the field: value}``."""
    return _sections([*_rows_of_mailbox(address), *_rows_of_people(address)], NOT_TOLD)


def people_at(address):
    """Return the people of the network with an address: each is somebody else."""
    return Contact.objects.filter(email__mailbox=address).select_related("partner__institution")


@transaction.atomic
def erase_mailbox(address):
    """Erase what a mailbox gave; return how many mails are just being handed over.

    Mails under way are left, as nothing may change under a worker; erasing again a little later
    takes them too. The evidence of a consent stays, without the address (Art. 17 (3) e). People of
    the network stay, and get no newsletter any more.
    """
    deliveries = _deliveries(address)
    deliveries.forget_people()
    under_way = deliveries.count()
    for subscription in Subscription.objects.of(address).select_for_update():
        number = subscription.pk
        signing_up.end(subscription)
        Subscription.objects.filter(pk=number).delete()
    consenting.withdraw(people_at(address), _("Daten der Adresse gelöscht"))
    for model in [Suppression, AddressHealth, PlaceAlert]:
        model.objects.filter(address__mailbox=address).delete()
    HouseLetter.objects.filter(sent_on_to__mailbox=address).update(sent_on_to="")
    # Servers quote addresses, also that of somebody a mail was forwarded to.
    Bounce.objects.filter(address__mailbox=address).delete()
    for spelling in mailbox.spellings(address):
        Bounce.objects.filter(diagnostic__icontains=spelling).delete()
        SavedList.objects.filter(filters__q__icontains=spelling).delete()
        LogEntry.objects.filter(object_repr__iexact=spelling).delete()  # Django's own quotes rows
    if not under_way:  # the link works on until everything is gone
        MailRequest.objects.filter(address__mailbox=address).delete()
    return under_way


@transaction.atomic
def erase(address, people, by):
    """Erase a mailbox and those ``people`` who were chosen; return what ``erase_mailbox`` does.

    Of the address itself nothing stays when nobody has it any more.
    """
    chosen = people_at(address).filter(pk__in=[person.pk for person in people])
    erasing.erase(chosen.select_related(None), _("auf Wunsch gelöscht"), by)
    under_way = erase_mailbox(address)
    if not people_at(address).exists():
        Contact.history.filter(email__mailbox=address).delete()
        DataRequest.objects.of(address).close()
        _rows_of_lists(address).delete()
    return under_way


def ask_about_person(address, kind, name):
    """Note that a mailbox asks about a person of the network; return until when it is answered.

    Asking for the same again while it waits adds nothing.
    """
    words = _(
        "Kam über den Link, den die Adresse bekommen hat. Es geht um: %(name)s. Klären Sie zuerst, "
        "wer fragt: Eine Adresse kann mehreren gehören."
    )
    found = {"address": address, "kind": kind, "note": words % {"name": name}}
    request = DataRequest.objects.open().filter(**found).first()
    return (request or DataRequest.objects.create(**found)).due_on


def _rows_of_mailbox(address):
    return [
        Subscription.objects.of(address),
        evidence.of(address),
        _deliveries(address).select_related("newsletter"),
        Suppression.objects.filter(address__mailbox=address),
        Bounce.objects.filter(address__mailbox=address),
        AddressHealth.objects.filter(address__mailbox=address),
        MailRequest.objects.filter(address__mailbox=address),
        HouseLetter.objects.filter(sent_on_to__mailbox=address),
        PlaceAlert.objects.of(address).select_related("offer"),
    ]


def _rows_of_people(address):
    return [
        people_at(address),
        Contact.history.filter(_traces(address)).select_related("partner__institution"),
        DataRequest.objects.of(address),
        _rows_of_lists(address),
    ]


def _rows_of_lists(address):
    """Rows of imported lists that name an address, also those nobody took over."""
    rows = ImportRow.objects.filter(run__kind=ImportRun.Kind.PEOPLE)
    return rows.filter(values__email__iexact=mailbox.shown(mailbox.stored(address)))


def _deliveries(address):
    return Delivery.objects.filter(address__mailbox=address)


def _traces(address):
    """Versions of people who have the address, or of anybody while they had it."""
    people = Contact.objects.filter(email__mailbox=address).values("pk")
    return Q(email__mailbox=address) | Q(id__in=people)


def _sections(queries, hidden):
    found = [_told(rows, hidden) for rows in queries]
    return [section for section in found if section["rows"]]


def _told(rows, hidden):
    title = str(rows.model._meta.verbose_name_plural)  # noqa: SLF001 - public in Django
    told = [_told_row(row, hidden) for row in rows]
    return {"title": title[:1].upper() + title[1:], "rows": told}


def _told_row(row, hidden):
    told = {}
    for field in row._meta.concrete_fields:  # noqa: SLF001 - public in Django
        value = getattr(row, field.name)
        if field.name in hidden or value in (None, "", []):
            continue
        if field.choices:
            value = getattr(row, f"get_{field.name}_display")()
        if field.name == "language":
            value = settings.LANGUAGE_NAMES.get(value, value)
        if isinstance(value, list):
            value = ", ".join(value)
        told[str(field.verbose_name)] = str(value) if field.is_relation else value
    if isinstance(row, Subscription):
        topics = ", ".join(said(topic.name) for topic in row.interests.all())
        told[_("Themen")] = topics or _("alle")
    return told
