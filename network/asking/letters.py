"""Asking institutions by letter: one mail a week to a mailbox, about all that is due there.

Who is asked is decided by rows of ``HouseLetter``, of which the database allows one a week and
house. Letters of several houses to one mailbox leave as one mail with a link for each house. A
worker takes the rows before it sends: however many workers there are, each letter leaves once.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.text import Truncator

from kekiz_portal.lib import mailbox, mails
from network.models import HouseLetter, HouseLink
from network.models.house_letter import week_from
from network.newsletters.bounces import refusals
from network.newsletters.sending.return_addresses import return_path_of_letter
from offers.models import Feedback, Offer

from . import links
from .whom import due_of, mailboxes_of_the_week, recipients

SEND = "network.tasks.send_house_letters"
call_worker = partial(mails.call_worker, SEND)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """What a mail asks one house about, and the page where it answers."""

    letter: HouseLetter
    offers: list
    page: str

    @property
    def house(self):
        return self.letter.institution.name


@transaction.atomic
def ask(institutions, by=None):
    """Have letters written as ``want`` does, and a worker called for them."""
    transaction.on_commit(call_worker)
    return want(institutions, by)


@transaction.atomic
def want(institutions, by=None):
    """Note a letter for each house with something due that had none for a week; return how many."""
    houses = list(institutions.current().with_entries_due().order_by("pk"))
    reached, written = recipients(houses), mailboxes_of_the_week()
    reachable = [house for house in houses if house.pk in reached]
    wanted = [one for one in reachable if mailbox.identity(reached[one.pk][1]) not in written]
    week = week_from(timezone.localdate())
    before = HouseLetter.objects.count()
    HouseLetter.objects.bulk_create(
        [HouseLetter(institution=house, week=week, by=by) for house in wanted],
        ignore_conflicts=True,
    )
    return HouseLetter.objects.count() - before


def send_waiting():
    """Send the letters that wait, one mail after the other, each once however many workers do."""
    while (mail := _next()) is not None:
        if not _send(*mail):
            logger.warning("letters to institutions wait for the mail server")
            return


def message_to(address, parts):
    """Return the mail to an address with its ``Part`` for each house."""
    first = parts[0].letter
    context = {
        "parts": parts,
        "houses": Truncator(", ".join(one.house for one in parts)).chars(80),
        "number": sum(len(one.offers) for one in parts),
        "is_sent_on": first.sent_on_by_id is not None,
        "days": settings.HOUSE_LINK_DAYS,
    }
    headers = mails.AUTOMATIC | {"From": settings.DEFAULT_FROM_EMAIL}
    envelope = return_path_of_letter(first)
    return mails.written("network/mail/entries", address, context, headers, from_email=envelope)


def _send(letters, address):
    """Send letters that were begun; return whether the mail server took anything.

    A mailbox refused for good is seen in the list and counts; refused for now, it waits.
    """
    parts = [part for letter in letters if (part := _part(letter))]
    if not parts:
        return True
    first, *others = (part.letter for part in parts)
    HouseLetter.objects.filter(pk__in=[one.pk for one in others]).update(sent_with=first)
    together = HouseLetter.objects.in_one_mail(first)
    name = f"letter {first.pk}"
    with translation.override(first.link.language):
        outcome = mails.hand_over(message_to(address, parts), name)
    if outcome.waits:
        together.put_back()
        return False
    if outcome.refused_with:
        refusals.count(address, name, outcome)
        together.update(refused_with=outcome.refused_with)
        HouseLink.objects.filter(letter__in=together).delete()
    if outcome.is_sent:
        together.update(sent_at=timezone.now())
    return True


def _part(letter):
    """Return what a letter asks, with a link of its own; ``None`` if that is answered."""
    offers = list(_about(letter))
    if not offers:
        letter.delete()
        return None
    letter.link, page = links.make(letter.institution, letter.contact)
    letter.entries = len(offers)
    letter.save(update_fields=["link", "entries"])
    return Part(letter, offers, page)


def _about(letter):
    """Return what a letter asks about; who was named by the house is asked about all of it.

    But not about what the house just said there is no more.
    """
    if letter.sent_on_by_id:
        gone = Feedback.objects.open().filter(
            institution=letter.institution, topic=Feedback.Topic.GONE
        )
        offers = Offer.objects.meant_for_readers().of(letter.institution)
        return offers.exclude(pk__in=gone.exclude(offer=None).values("offer")).by_title()
    return due_of(letter.institution)


@transaction.atomic
def _next():
    """Return the letters of the next mail, begun by us, and its address; None when there is none.

    Whoever comes meanwhile waits for the rows, and sees what was begun. A mailbox that had a mail
    within a week waits until that is over.
    """
    waiting = HouseLetter.objects.waiting().select_related("institution").order_by("pk")
    waiting = list(waiting.select_for_update(of=["self"]))
    written = mailboxes_of_the_week()
    for address, letters in _by_mailbox(waiting):
        if mailbox.identity(address) in written:
            continue
        if begun := [letter for letter in letters if _begin(letter)]:
            return begun, address
    return None


def _by_mailbox(waiting):
    """Return pairs of an address and the letters that leave together to it.

    What was sent on goes alone. Where nobody can be reached any more the letter goes.
    """
    reached = recipients([one.institution for one in waiting if not one.sent_on_by_id])
    found = defaultdict(list)
    for letter in waiting:
        if letter.sent_on_by_id:
            found[letter.pk, letter.sent_on_to].append(letter)
            continue
        letter.contact, address = reached.get(letter.institution_id, (None, ""))
        if address:
            found[0, mailbox.identity(address)].append(letter)
        else:
            letter.delete()
    return [(address, letters) for (_own, address), letters in found.items()]


def _begin(letter):
    """Begin a letter: its week counts from now on. One that waited into another's week goes."""
    letter.begun_at, letter.week = timezone.now(), week_from(timezone.localdate())
    try:
        with transaction.atomic():
            letter.save(update_fields=["begun_at", "week", "contact"])
    except IntegrityError:
        letter.delete()
        return False
    return True
