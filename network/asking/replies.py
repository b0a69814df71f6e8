"""Telling an institution what the office made of its proposals: one mail with all of them.

It waits a few minutes, so that who decides about five proposals writes one mail. Each decision
leaves once however many workers there are.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone, translation

from kekiz_portal.lib import mails
from network.models import ProposalAnswer
from network.newsletters.bounces import refusals
from offers.models import ChangeProposal
from offers.models.signals import decided
from offers.protection import protected_addresses

from . import links
from .whom import recipient

logger = logging.getLogger(__name__)


@receiver(decided)
def note(proposal, **_):
    """Have an institution told what became of its proposal, in the transaction of the decision."""
    if proposal.institution_id:
        ProposalAnswer.objects.get_or_create(proposal=proposal)


def send_waiting():
    """Send what waited long enough, one mail a house; stop if the mail server takes nothing."""
    while answers := _next():
        if not _send(answers):
            logger.warning("answers to institutions wait for the mail server")
            return


def message_to(address, institution, proposals, page):
    """Return the mail about decided proposals; ``page`` is where the house answers."""
    context = {
        "institution": institution,
        "accepted": [
            {"title": one.offer.title, "but": _why(one)} for one in proposals if _is_accepted(one)
        ],
        "declined": [
            {"title": one.offer.title, "why": _why(one)}
            for one in proposals
            if not _is_accepted(one)
        ],
        "page": page,
        "days": settings.HOUSE_LINK_DAYS,
    }
    return mails.written("network/mail/answers", address, context)


def _is_accepted(proposal):
    return proposal.state == ChangeProposal.State.ACCEPTED


def _why(proposal):
    return protected_addresses.hidden(proposal.answer, protected_addresses.protected())


def _send(answers):
    """Send the begun answers of one house; return whether the mail server took anything."""
    rows = ProposalAnswer.objects.filter(pk__in=[one.pk for one in answers])
    proposals = [one.proposal for one in answers]
    institution = proposals[0].institution
    person, address = recipient(institution)
    if not address or institution.archived_on:  # the page says it to whoever opens it
        rows.delete()
        return True
    link, page = links.make(institution, person)
    name = f"answer {answers[0].pk}"
    with translation.override(link.language):
        outcome = mails.hand_over(message_to(address, institution, proposals, page), name)
    if outcome.waits:
        link.delete()
        rows.update(begun_at=None)
        return False
    if outcome.refused_with:
        link.delete()
        refusals.count(address, name, outcome)
    if outcome.is_sent:
        rows.update(sent_at=timezone.now())
    return True


@transaction.atomic
def _next():
    """Return all waiting answers of the next house, begun by us; an empty list if there are none.

    The first row stands for its house: who holds it takes the others too.
    """
    ripe = ProposalAnswer.objects.ripe().select_related("proposal")
    first = ripe.select_for_update(skip_locked=True, of=["self"]).order_by("pk").first()
    if first is None:
        return []
    waiting = ProposalAnswer.objects.waiting().of(first.proposal.institution_id)
    found = list(
        waiting.select_related("proposal__offer", "proposal__institution")
        .select_for_update(skip_locked=True, of=["self"])
        .order_by("pk")
    )
    waiting.filter(pk__in=[one.pk for one in found]).update(begun_at=timezone.now())
    return found
