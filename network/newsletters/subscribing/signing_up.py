"""From asking for the newsletter to the end of it."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import (
    Consent,
    Contact,
    MailingList,
    MailRequest,
    PlaceAlert,
    Subscription,
    Suppression,
)
from network.newsletters import tokens

from . import consenting, evidence, mailing

State = Subscription.State
OnList = Subscription.lists.through


@dataclass(frozen=True)
class Choice:
    """Lists and topics in a language; ``offered`` are the lists the page showed."""

    language: str
    lists: list
    offered: list
    interests: list = field(default_factory=list)


@transaction.atomic
def ask(address, choice, source):
    """Note a wish for newsletters, a ``Choice``, and have the fitting mail sent.

    A subscription that is confirmed stays as it is: whoever typed the address need not own it.
    """
    now = timezone.now()
    blank = Subscription(address=address, language=choice.language, asked_at=now)
    Subscription.objects.bulk_create([blank], ignore_conflicts=True)
    subscription = Subscription.objects.of(address).select_for_update().get()
    is_known = subscription.state != State.ASKED
    mailing.request(
        address, MailRequest.Kind.SIGN_UP, subscription.language if is_known else choice.language
    )
    with transaction.atomic():
        subscription.language, subscription.asked_at = choice.language, now
        subscription.save()
        _take_lists(subscription, choice)
        # Not set(): how much that does depends on what was chosen before.
        subscription.interests.clear()
        subscription.interests.add(*choice.interests)
        evidence.note_asking(subscription, choice, source)
        # Undone for a known address, not left out: the time of the answer would tell.
        transaction.set_rollback(is_known)


def _take_lists(subscription, choice):
    """Put a subscription on the lists chosen, in as many steps whatever it had before."""
    rows = [
        OnList(subscription=subscription, mailinglist=one)
        for one in [*choice.offered, *choice.lists]
    ]
    OnList.objects.bulk_create(rows, ignore_conflicts=True)
    subscription.lists.clear()
    OnList.objects.bulk_create(rows[len(choice.offered) :])


def to_confirm(token):
    """Return the subscription a token confirms, None when it is gone. Raises BadSignature."""
    number, nonce = tokens.read(tokens.CONFIRM, token)
    return Subscription.objects.filter(pk=number, nonce=nonce).exclude(state=State.ENDED).first()


@transaction.atomic
def confirm(subscription, token):
    """Begin a subscription and complete its evidence; a second time changes nothing."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.state != State.ASKED:
        return
    now = timezone.now()
    subscription.state, subscription.confirmed_at = State.ACTIVE, now
    subscription.save()
    subscription.consents.filter(confirmed_at=None).update(
        confirmed_at=now, token_hash=tokens.fingerprint(token)
    )
    Suppression.objects.filter(address__mailbox=subscription.address).delete()


@transaction.atomic
def move(subscription, address, choice, source):
    """Correct the address of a subscription: the old one gets nothing more, the new one is asked.

    Consent belongs to an address, so whoever reads there has to confirm first.
    """
    ask(address, choice, source)
    end(subscription)


@transaction.atomic
def end(subscription):
    """End a subscription: the address goes at once, the evidence stays alone."""
    now = timezone.now()
    consents = subscription.consents.all()
    consents.filter(confirmed_at=None).delete()
    consents.update(subscription=None, withdrawn_at=now)
    subscription.lists.clear()
    subscription.interests.clear()
    subscription.address, subscription.nonce = None, ""
    subscription.state, subscription.ended_at = State.ENDED, now
    subscription.save()


@transaction.atomic
def leave(address, newsletter):
    """Send an address no more of what a newsletter was; other lists go on. Safe to repeat.

    Where none is left, or it is not known what the newsletter was, it is the end of all.
    """
    left = newsletter.mailing_lists.all() if newsletter else MailingList.objects.all()
    for subscription in Subscription.objects.active().of(address).select_for_update():
        if subscription.lists.exclude(pk__in=left).exists():
            _leave_lists(subscription, left)
            if newsletter.goes_to_the_network:
                _refuse_mails_of_the_network(address)
            return
    stop(address)


@transaction.atomic
def stop(address):
    """Send no newsletter to an address any more; safe to repeat.

    People of the network are remembered as not wanting it; there is no other reason to. A mailbox
    that several share gets one mail, so it speaks for all of them.
    """
    for subscription in Subscription.objects.of(address).select_for_update():
        end(subscription)
    _refuse_mails_of_the_network(address)


def _refuse_mails_of_the_network(address):
    consenting.withdraw(Contact.objects.filter(email__mailbox=address), _("abgemeldet"))
    if Contact.objects.filter(email__mailbox=address).exists():
        Suppression.objects.bulk_create([Suppression(address=address)], ignore_conflicts=True)


def follow(before, after):
    """Keep the wish for no newsletter when somebody of the network gets another address."""
    if after and Suppression.objects.filter(address__mailbox=before).exists():
        Suppression.objects.bulk_create([Suppression(address=after)], ignore_conflicts=True)


@transaction.atomic
def change(subscription, choice, source, token):
    """Keep another ``Choice``; who reads the mail with the link ``token`` has confirmed already."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.state != State.ACTIVE:  # left meanwhile
        return
    correct(subscription, choice)
    had = set(subscription.lists.all())
    added = [one for one in choice.lists if one not in had]
    _leave_lists(subscription, [one for one in had if one not in choice.lists])
    subscription.lists.add(*added)
    evidence.note_adding(subscription, choice, added, source, token)


def correct(subscription, choice):
    """Keep another language and other topics; a list is chosen by its reader alone."""
    subscription.language = choice.language
    subscription.save(update_fields=["language"])
    subscription.interests.set(choice.interests)


def _leave_lists(subscription, lists):
    subscription.lists.remove(*lists)
    evidence.note_leaving(subscription, lists)


@transaction.atomic
def forget(at=None):
    """Delete unconfirmed sign-ups, rows of sent mails, old evidence, wishes that are over."""
    given_up = Subscription.objects.given_up(at)
    Consent.objects.filter(subscription__in=given_up, confirmed_at=None).delete()
    given_up.delete()
    MailRequest.objects.old(at).delete()
    PlaceAlert.objects.over(at).delete()
    Consent.objects.past_their_end(at).delete()
    Suppression.objects.of_nobody(at).delete()
