"""Mails that a server refused while we spoke to it: they say what bounces say, and count alike."""

import hashlib

from network.models import Bounce, Delivery

from . import scoring
from .recognising import STATUS, Report


def take_in():
    """Count the refusals of the last days that were not counted yet; return how many are new."""
    refused = Delivery.objects.refused_lately().filter(bounces=None)
    taken = [scoring.take_in(report_of(delivery)) for delivery in refused.order_by("pk")]
    return sum(bounce is not None for bounce in taken)


def report_of(delivery):
    """Return the ``Report`` that a server's answer amounts to."""
    return _report(f"{delivery.pk}", delivery.address, delivery.said, delivery_id=delivery.pk)


def count(address, mail, outcome):
    """Count a refusal for good of a mail against its address, once; ``mail`` is its name."""
    said = f"{outcome.refused_with} {outcome.words}"
    scoring.take_in(_report(mail, address, said, is_ours=True))


def _report(mail, address, said, **about):
    status = STATUS.search(said)
    return Report(
        message_hash=hashlib.sha256(f"refusal of {mail}".encode()).hexdigest(),
        address=address,
        kind=Bounce.Kind.HARD,
        status=status[1] if status else "",
        words=said,
        **about,
    )
