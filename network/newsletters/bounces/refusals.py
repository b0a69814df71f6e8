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
    status = STATUS.search(delivery.answer)
    return Report(
        message_hash=hashlib.sha256(f"refusal of {delivery.pk}".encode()).hexdigest(),
        delivery_id=delivery.pk,
        address=delivery.address,
        kind=Bounce.Kind.HARD,
        status=status[1] if status else "",
        words=" ".join(filter(None, [str(delivery.answer_code), delivery.answer])),
    )
