"""What one worker does: claim mails, hand them over, write down what became of each."""

import logging
import re
import time
import uuid
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import connection
from django.utils.translation import ngettext

from kekiz_portal.lib.mail_headers import words_of_server
from network.models import Delivery, Newsletter
from network.newsletters.composing import messages

from . import audience, claiming, ledger, outcomes, steering, transport
from .return_addresses import return_path

# Short enough for a worker that is told to stop to end in good order.
RUN_SECONDS = 45
WAIT_FOR_ROOM_SECONDS = 1
TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('newsletter-sender'), hashtext(%s))"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('newsletter-sender'), hashtext(%s))"
WENT_WRONG = [Delivery.State.FAILED, Delivery.State.UNCLEAR]
# Servers like to quote the address; the reason stays longer than the recipients do.
AN_ADDRESS = re.compile(r"(?<![^\s<>])[^\s<>]+@[^\s<>]+")

logger = logging.getLogger(__name__)


def send(newsletter_id):
    """Send waiting mails of a newsletter for a while; safe to run any number of times at once.

    As many runs as the mail server may see connections work; one more goes home at once.
    """
    with _place(newsletter_id) as is_ours:
        newsletter = Newsletter.objects.being_sent().filter(pk=newsletter_id).first()
        if not is_ours or newsletter is None:
            return
        more_waits = Run(newsletter).work(until=time.monotonic() + RUN_SECONDS)
    if more_waits:
        steering.call_senders(newsletter_id)
    else:
        steering.finish(newsletter)


class Run:
    """One worker's turn at one newsletter."""

    def __init__(self, newsletter):
        self.newsletter = newsletter
        self.owner = uuid.uuid4()
        self.mailing = messages.Mailing(newsletter, newsletter.editions.get())
        self.roll_call = audience.RollCall(newsletter)
        self.way_out = transport.way_out()
        self.in_touch = False  # whether the mail server took anything in this run

    def work(self, until):
        """Send until nothing waits or time is up; return whether more may wait."""
        try:
            return self._work(until)
        finally:
            self.way_out.leave()
            claiming.give_back(self.owner)

    def _work(self, until):
        while time.monotonic() < until:
            claim = claiming.claim(self.roll_call, self.owner)
            if claim.deliveries:
                if not self._send_all(claim.deliveries):
                    return False
            elif claim.is_held_back:
                time.sleep(WAIT_FOR_ROOM_SECONDS)
            else:
                return False
        return True

    def _send_all(self, deliveries):
        """Send claimed mails; return whether it makes sense to go on."""
        renew_at = time.monotonic() + settings.NEWSLETTER_LEASE_SECONDS / 2
        went_wrong = False
        for delivery in deliveries:
            if time.monotonic() > renew_at:
                claiming.renew(self.owner)
                renew_at = time.monotonic() + settings.NEWSLETTER_LEASE_SECONDS / 2
            try:
                outcome = self._send_one(delivery)
            except transport.UnreachableError as error:
                self._tell_of_trouble(error)
                return False
            except transport.SenderRefusedError as error:
                ledger.note(delivery, self.owner, outcomes.at_once(error))
                steering.pause(self.newsletter, words_of_server(error))
                return False
            except transport.NotBegunError:
                if not Newsletter.objects.being_sent().filter(pk=self.newsletter.pk).exists():
                    return False
                continue  # somebody else took over while this worker was slow
            ledger.note(delivery, self.owner, outcome)
            went_wrong |= outcome.state in WENT_WRONG
            self._tell_that_all_is_well()
        return not (went_wrong and brake(self.newsletter))

    def _send_one(self, delivery):
        """Return the ``Outcome`` of one mail; what concerns no single mail is raised."""
        try:
            message = self.mailing.to(delivery)
        except messages.UnusableAddressError as error:
            return outcomes.impossible(error)
        except Exception as error:  # one mail that cannot be written must not hold up the others
            logger.exception("delivery %s cannot be written", delivery.pk)
            return outcomes.impossible(error)
        try:
            code, words = self.way_out.hand_over(
                return_path(delivery),
                messages.ascii_address(delivery.address),
                message,
                partial(ledger.begin, delivery, self.owner),
            )
        except transport.RefusedError as error:
            return outcomes.of_answer(error.code, error.words, delivery.attempts)
        except transport.SilentError as error:
            return outcomes.of_silence(error, delivery.attempts)
        except transport.NoAnswerError as error:
            return outcomes.unknown(error)
        return outcomes.of_answer(code, words, delivery.attempts)

    def _tell_of_trouble(self, error):
        logger.warning("newsletter %s: mail server unreachable: %s", self.newsletter.pk, error)
        Newsletter.objects.filter(pk=self.newsletter.pk).update(
            trouble=words_of_server(error)[:300]
        )

    def _tell_that_all_is_well(self):
        if not self.in_touch:
            Newsletter.objects.filter(pk=self.newsletter.pk).exclude(trouble="").update(trouble="")
            self.in_touch = True


def brake(newsletter):
    """Pause when many mails failed since it started or went on; return whether it did."""
    since = newsletter.deliveries.filter(answered_at__gte=newsletter.running_since)
    wrong = since.filter(state__in=WENT_WRONG)
    count = wrong.count()
    if count < settings.NEWSLETTER_PAUSE_AFTER_FAILURES:
        return False
    tried = since.filter(state__in=[*WENT_WRONG, Delivery.State.SENT]).count()
    if count < tried * settings.NEWSLETTER_PAUSE_AT_SHARE:
        return False
    last = wrong.order_by("-answered_at").first()
    because = ngettext(
        "%(wrong)s von %(tried)s Nachricht ist gescheitert oder unklar. "
        "Zuletzt sagte der Mailserver: %(words)s",
        "%(wrong)s von %(tried)s Nachrichten sind gescheitert oder unklar. "
        "Zuletzt sagte der Mailserver: %(words)s",
        tried,
    )
    words = AN_ADDRESS.sub("…", last.said)
    return steering.pause(newsletter, because % {"wrong": count, "tried": tried, "words": words})


@contextmanager
def _place(newsletter_id):
    """Hold one of the places for senders, and say whether there was one.

    A lock of the database session: it falls with the worker, however that ends.
    """
    taken = None
    with connection.cursor() as cursor:
        for number in range(settings.NEWSLETTER_SENDERS):
            name = f"{newsletter_id}/{number}"
            cursor.execute(TRY_LOCK, [name])
            if cursor.fetchone()[0]:
                taken = name
                break
    try:
        yield taken is not None
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute(UNLOCK, [taken])
