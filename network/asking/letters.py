"""Asking institutions by letter: one mail a house with all its entries that are due.

Who is asked is decided by rows of ``HouseLetter``, of which the database allows one a week and
house. A worker takes a row before it sends: however many workers there are, each letter leaves
once.
"""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from kombu.exceptions import OperationalError

from kekiz_portal.lib import mailbox
from kekiz_portal.lib.mails import NOT_BEGUN, Mail
from network.models import HouseLetter
from network.models.house_letter import week_from
from network.newsletters.bounces import refusals
from network.newsletters.sending.return_addresses import return_path_of_letter
from offers.models import Feedback, Offer

from . import links
from .whom import due_of, mailboxes_of_the_week, recipient, recipients

SEND = "network.tasks.send_house_letters"
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

logger = logging.getLogger(__name__)


class UnsentError(Exception):
    """The mail server takes nothing now."""


@transaction.atomic
def ask(institutions, by=None):
    """Have a letter written to each house with something due that had none for a week.

    Returns how many letters that are, and the houses that have no address.
    """
    houses = list(institutions.current().with_entries_due().order_by("pk"))
    reached, sent_on = recipients(houses), mailboxes_of_the_week()
    reachable = [house for house in houses if house.pk in reached]
    wanted = [one for one in reachable if mailbox.identity(reached[one.pk][1]) not in sent_on]
    week = week_from(timezone.localdate())
    before = HouseLetter.objects.count()
    HouseLetter.objects.bulk_create(
        [HouseLetter(institution=house, week=week, by=by) for house in wanted],
        ignore_conflicts=True,
    )
    transaction.on_commit(call_worker)
    return HouseLetter.objects.count() - before, [one for one in houses if one not in reachable]


def send_waiting():
    """Send the letters that wait, one after the other, each once however many workers do it."""
    while (letter := _next()) is not None:
        try:
            _send(letter)
        except UnsentError:
            logger.warning("letters to institutions wait for the mail server")
            return


def message_to(letter, address, offers, page):
    """Return the mail of a letter to an address; ``page`` is where its offers are answered."""
    context = {
        "city": settings.CITY,
        "portal_url": settings.PORTAL_URL,
        "institution": letter.institution,
        "is_sent_on": letter.sent_on_by_id is not None,
        "offers": offers,
        "page": page,
        "days": settings.HOUSE_LINK_DAYS,
    }
    return Mail(
        subject=render_to_string("network/mail/entries_subject.txt", context).strip(),
        body=render_to_string("network/mail/entries_text.txt", context).strip() + "\n",
        from_email=return_path_of_letter(letter),  # of the envelope
        to=[mailbox.envelope(address)],
        headers=HEADERS | {"From": settings.DEFAULT_FROM_EMAIL},
    )


def _send(letter):
    """Send a letter that was begun; what a server says may quote the address and is not logged."""
    person, address = _to_whom(letter)
    offers = list(_about(letter))
    if not (address and offers):  # answered, or the address came back, since it was wanted
        letter.delete()
        return
    letter.link, page = links.make(letter.institution)
    letter.contact, letter.entries = person, len(offers)
    letter.save(update_fields=["link", "contact", "entries"])
    try:
        with translation.override(letter.link.language):
            message_to(letter, address, offers, page).send()
    except SMTPRecipientsRefused as error:
        _note_refusal(letter, error)
    except NOT_BEGUN as error:
        _put_back(letter)
        raise UnsentError from error
    except (SMTPException, OSError) as error:
        logger.warning("letter %s may have arrived or not: %s", letter.pk, type(error).__name__)
    else:
        letter.sent_at = timezone.now()
        letter.save(update_fields=["sent_at"])


def _to_whom(letter):
    return (None, letter.sent_on_to) if letter.sent_on_by_id else recipient(letter.institution)


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


def _note_refusal(letter, error):
    """A mailbox refused for good is seen in the list and counts; refused for now, it waits."""
    code = refusals.for_good(error)
    if not code:
        _put_back(letter)
        raise UnsentError
    refusals.count(letter.address, f"letter {letter.pk}", error)
    letter.refused_with = code
    letter.save(update_fields=["refused_with"])
    letter.link.delete()


def _put_back(letter):
    letter.link.delete()
    letter.begun_at = letter.link = letter.contact = None
    letter.save(update_fields=["begun_at", "link", "contact"])


@transaction.atomic
def _next():
    """Return the next letter that nobody has begun, begun by us; None when there is none.

    Its week counts from now on. A letter that waited into the week of another one goes.
    """
    waiting = HouseLetter.objects.waiting().select_related("institution")
    for letter in waiting.select_for_update(skip_locked=True, of=["self"]).order_by("pk")[:1]:
        letter.begun_at, letter.week = timezone.now(), week_from(timezone.localdate())
        try:
            with transaction.atomic():
                letter.save(update_fields=["begun_at", "week"])
        except IntegrityError:
            letter.delete()
            return _next()
        return letter
    return None


def call_worker():
    try:
        current_app.send_task(SEND, ignore_result=True)
    except OperationalError as error:  # without Redis; the clock calls again
        logger.warning("no worker called for letters to institutions: %s", error)
