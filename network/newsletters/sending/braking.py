"""Halting a newsletter by itself when too much goes wrong."""

import re

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import ngettext

from network.models import Delivery

from .steering import pause

State = Delivery.State
WENT_WRONG = [State.FAILED, State.UNCLEAR]
# Servers like to quote the address; the reason stays longer than the recipients do.
AN_ADDRESS = re.compile(r"(?<![^\s<>])[^\s<>]+@[^\s<>]+")


def brake(newsletter):
    """Pause when many mails failed since it started or went on; return whether it did."""
    since = newsletter.deliveries.filter(answered_at__gte=newsletter.running_since)
    wrong = since.filter(state__in=WENT_WRONG).count()
    if wrong < settings.NEWSLETTER_PAUSE_AFTER_FAILURES:
        return False
    tried = since.aggregate(n=Count("pk", filter=Q(state__in=[*WENT_WRONG, State.SENT])))["n"]
    if wrong < tried * settings.NEWSLETTER_PAUSE_AT_SHARE:
        return False
    last = since.filter(state__in=WENT_WRONG).order_by("-answered_at").first()
    because = ngettext(
        "%(wrong)s von %(tried)s Nachricht ist gescheitert oder unklar. "
        "Zuletzt sagte der Mailserver: %(words)s",
        "%(wrong)s von %(tried)s Nachrichten sind gescheitert oder unklar. "
        "Zuletzt sagte der Mailserver: %(words)s",
        tried,
    )
    words = " ".join(filter(None, [str(last.answer_code or ""), last.answer]))
    words = AN_ADDRESS.sub("…", words)
    return pause(newsletter, because % {"wrong": wrong, "tried": tried, "words": words})
