"""From asking for the newsletter to the end of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Contact, MailRequest, Subscription, Suppression

from . import consenting, evidence, mailing, tokens

State = Subscription.State


@transaction.atomic
def ask(*, address, language, interests, source):
    """Note a wish for the newsletter and have the fitting mail sent.

    A subscription that is confirmed stays as it is: whoever typed the address need not own it.
    """
    now = timezone.now()
    blank = Subscription(address=address, language=language, asked_at=now)
    Subscription.objects.bulk_create([blank], ignore_conflicts=True)
    subscription = Subscription.objects.of(address).select_for_update().get()
    is_known = subscription.state != State.ASKED
    mailing.request(
        address, MailRequest.Kind.SIGN_UP, subscription.language if is_known else language
    )
    with transaction.atomic():
        subscription.language, subscription.asked_at = language, now
        subscription.save()
        # Not set(): how much that does depends on what was chosen before.
        subscription.interests.clear()
        subscription.interests.add(*interests)
        evidence.note_asking(subscription, interests, source)
        # Undone for a known address, not left out: the time of the answer would tell.
        transaction.set_rollback(is_known)


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
def move(subscription, address, *, language, interests, source):
    """Correct the address of a subscription: the old one gets nothing more, the new one is asked.

    Consent belongs to an address, so whoever reads there has to confirm first.
    """
    ask(address=address, language=language, interests=interests, source=source)
    end(subscription)


@transaction.atomic
def end(subscription):
    """End a subscription: the address goes at once, the evidence stays alone."""
    now = timezone.now()
    consents = subscription.consents.all()
    consents.filter(confirmed_at=None).delete()
    consents.update(subscription=None, withdrawn_at=now)
    subscription.interests.clear()
    subscription.address, subscription.nonce = None, ""
    subscription.state, subscription.ended_at = State.ENDED, now
    subscription.save()


@transaction.atomic
def stop(address):
    """Send no newsletter to an address any more; safe to repeat.

    People of the network are remembered as not wanting it; there is no other reason to. A mailbox
    that several share gets one mail, so it speaks for all of them.
    """
    for subscription in Subscription.objects.of(address).select_for_update():
        end(subscription)
    consenting.withdraw(Contact.objects.filter(email__mailbox=address), _("abgemeldet"))
    if Contact.objects.filter(email__mailbox=address).exists():
        Suppression.objects.bulk_create([Suppression(address=address)], ignore_conflicts=True)


def follow(before, after):
    """Keep the wish for no newsletter when somebody of the network gets another address."""
    if after and Suppression.objects.filter(address__mailbox=before).exists():
        Suppression.objects.bulk_create([Suppression(address=after)], ignore_conflicts=True)


@transaction.atomic
def change(subscription, *, language, interests):
    """Keep another language and other topics."""
    subscription.language = language
    subscription.save(update_fields=["language"])
    subscription.interests.set(interests)
