"""Who is meant by a link in a mail."""

from django.utils import timezone

from kekiz_portal.lib import mailbox
from network.models import Contact, Delivery, MailingList, Newsletter, Subscription
from network.newsletters import tokens


def subscription_of(purpose, token):
    """Return the active subscription a link of a mail belongs to, or None. Raises BadSignature.

    Where it ended and somebody signed up again, the mail's address leads to the new one.
    """
    for address in addresses_of(purpose, token):
        if subscription := Subscription.objects.active().of(address).first():
            return subscription
    return None


def newsletter_of(token):
    """Return the newsletter whose mail a link to unsubscribe stood in.

    None if it was no such mail, or nothing tells any more to whom it went. Raises BadSignature.
    """
    delivery, _subscription, _contact = tokens.read(tokens.UNSUBSCRIBE, token)
    found = Newsletter.objects.filter(deliveries=delivery).first()
    is_known = found and (found.mailing_lists.exists() or found.goes_to_the_network)
    return found if is_known else None


def has_signed_off(token, left):
    """Whether somebody left with this link before, and nothing of that comes again since.

    That is the lists ``left``, and mails of the network if it was one. Raises BadSignature.
    """
    delivery, _subscription, _contact = tokens.read(tokens.UNSUBSCRIBE, token)
    if not Delivery.objects.filter(pk=delivery).exclude(signed_off_at=None).exists():
        return False
    addresses, newsletter = addresses_of(tokens.UNSUBSCRIBE, token), newsletter_of(token)
    if MailingList.objects.read_by(addresses).filter(pk__in=left).exists():
        return False
    if newsletter and not newsletter.goes_to_the_network:
        return True
    agreed = Contact.objects.agreed_to_mail()
    return not any(agreed.filter(email__mailbox=address).exists() for address in addresses)


def note_sign_off(token):
    """Note at the mail whose link it was that somebody left with it, the first time."""
    delivery, _subscription, _contact = tokens.read(tokens.UNSUBSCRIBE, token)
    Delivery.objects.filter(pk=delivery, signed_off_at=None).update(signed_off_at=timezone.now())


def addresses_of(purpose, token):
    """Return the addresses of a mail's link: its own, its owner's of now. Raises BadSignature."""
    delivery, subscription, contact = tokens.read(purpose, token)
    found = [
        *Subscription.objects.filter(pk=subscription).values_list("address", flat=True),
        *Contact.objects.filter(pk=contact).values_list("email", flat=True),
        *Delivery.objects.filter(pk=delivery).values_list("address", flat=True),
    ]
    return list({mailbox.identity(address): address for address in found if address}.values())
