"""Single mails that somebody asked for: at most one an hour to an address, none lost.

And so many an hour in all: whoever floods the forms fills a queue that the office sees.
"""

from functools import partial

from django.db import transaction
from django.utils import timezone, translation

from kekiz_portal.lib import mails
from kekiz_portal.lib.mailbox import identity, provider_mailbox
from network.models import MailRequest, PlaceAlert, Subscription
from network.newsletters import links

from . import wording

SEND = "network.tasks.send_requested_mail"


def request(address, kind, language):
    """Have a mail sent after the transaction; one of its kind waits for a mailbox at a time.

    Of several spellings of a mailbox the last one gets it.
    """
    about = {"address": identity(address), "language": language}
    mailbox = provider_mailbox(address)
    wanted = MailRequest(mailbox=mailbox, kind=kind, wanted_at=timezone.now(), **about)
    # Both steps always: the time of the answer tells nobody whether a mail waited already.
    MailRequest.objects.bulk_create([wanted], ignore_conflicts=True)
    same = MailRequest.objects.waiting().filter(mailbox=mailbox, kind=kind)
    same.update(**about)
    waiting = same.first()
    if waiting:
        transaction.on_commit(partial(mails.call_worker, SEND, waiting.pk))


def send_waiting():
    """Call workers for what is due: after an hour's pause, or when a message was lost."""
    due = MailRequest.objects.due().order_by("wanted_at", "pk").values_list("pk", flat=True)
    for number in due[: MailRequest.objects.room()]:
        mails.call_worker(SEND, number)


@transaction.atomic
def send(number):
    """Send a mail unless it is gone, sent, or the mailbox got one within the hour, or all did.

    All rows of the mailbox are held meanwhile, so that two workers do not both find the hour free.
    """
    wanted = MailRequest.objects.filter(pk=number).first()
    if wanted is None:
        return
    rows = MailRequest.objects.filter(mailbox=wanted.mailbox)
    list(rows.select_for_update().order_by("pk"))
    if not rows.waiting().filter(pk=number).exists() or rows.just_sent().exists():
        return
    if not MailRequest.objects.room():
        return
    with translation.override(wanted.language):
        message = _message(wanted)
    outcome = mails.hand_over(message, "a requested mail") if message else None
    if outcome is None or outcome.is_sent or outcome.refused_with:  # else the clock tries again
        rows.filter(pk=number).update(sent_at=timezone.now())


def _message(wanted):
    """Return the mail, None when what it was about is gone meanwhile."""
    if wanted.kind == MailRequest.Kind.DATA:
        name, context = "data", {"data_url": links.data_url(wanted)}
    elif wanted.kind == MailRequest.Kind.PLACES:
        alerts = list(PlaceAlert.objects.of(wanted.address).select_related("offer"))
        # Who asked for what is confirmed already gets the page on which it can be ended.
        alerts = [one for one in alerts if not one.confirmed_at] or alerts
        if not alerts:
            return None
        name = "places"
        context = {"alerts": alerts, "confirm_url": links.place_alerts_url(alerts[-1])}
    else:
        subscription = Subscription.objects.of(wanted.address).first()
        if subscription is None:
            return None
        name = "known" if subscription.state == Subscription.State.ACTIVE else "confirm"
        context = {
            "lists": wording.named(subscription.lists.all()),
            "confirm_url": links.confirm_url(subscription),
            "settings_url": links.settings_url(subscription),
            "unsubscribe_url": links.unsubscribe_url(subscription),
        }
    return mails.written(f"network/mail/{name}", wanted.address, context)
