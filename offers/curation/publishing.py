"""The steps from a draft to a published offer and back, and who may take them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import edit
from offers.models import Offer
from offers.models.signals import returned

DRAFT, IN_REVIEW, RETURNED, PUBLISHED, ARCHIVED = (
    Offer.Status.DRAFT,
    Offer.Status.IN_REVIEW,
    Offer.Status.RETURNED,
    Offer.Status.PUBLISHED,
    Offer.Status.ARCHIVED,
)


@dataclass(frozen=True)
class Step:
    """One step: from which states to which, and the permission it needs."""

    name: str
    label: str
    comes_from: tuple
    leads_to: str
    permission: str
    needs_reason: bool = False


STEPS = {
    step.name: step
    for step in [
        Step(
            "submit",
            _("Zur Prüfung geben"),
            (DRAFT, RETURNED),
            IN_REVIEW,
            "offers.change_offer",
        ),
        Step(
            "publish",
            _("Veröffentlichen"),
            (DRAFT, IN_REVIEW, RETURNED, ARCHIVED),
            PUBLISHED,
            "offers.publish_offer",
        ),
        Step(
            "return",
            _("Zurückgeben"),
            (IN_REVIEW, PUBLISHED),
            RETURNED,
            "offers.return_offer",
            needs_reason=True,
        ),
        Step(
            "archive",
            _("Archivieren"),
            (DRAFT, IN_REVIEW, RETURNED, PUBLISHED),
            ARCHIVED,
            "offers.archive_offer",
        ),
        Step(
            "reopen",
            _("Als Entwurf öffnen"),
            (ARCHIVED,),
            DRAFT,
            "offers.archive_offer",
        ),
    ]
}


def becomes_proposal(user, offer):
    """Whether what a user changes in an offer waits for somebody else's decision.

    So it does in an offer the public knows, for all who may not publish.
    """
    return offer.status in {PUBLISHED, ARCHIVED} and not user.has_perm("offers.publish_offer")


def open_steps(user, offer):
    """Return the steps a user may take with an offer as it is, the usual one first."""
    open_now = [step for step in STEPS.values() if offer.status in step.comes_from]
    return [step for step in open_now if user.has_perm(step.permission)]


def take_step(name, offer, by, reason=""):
    """Take a step with a saved offer; ``reason`` is kept in the history.

    Raises ``PermissionDenied`` if the user may not, and ``ValidationError`` if the offer is
    not where the step starts, a reason is missing, or a rule forbids publishing it.
    """
    step = STEPS[name]
    if not by.has_perm(step.permission):
        raise PermissionDenied
    with transaction.atomic(), edit(by=by, reason=reason or str(step.label)):
        Offer.objects.select_for_update().get(pk=offer.pk)
        offer.refresh_from_db()
        if offer.status not in step.comes_from:
            message = _("„%(title)s“ ist schon %(state)s.")
            words = {"title": offer.title, "state": offer.get_status_display()}
            raise ValidationError(message % words)
        if step.needs_reason and not reason.strip():
            raise ValidationError(_("Schreiben Sie, was noch zu klären ist."))
        offer.status = step.leads_to
        offer.return_reason = reason.strip() if step.leads_to == RETURNED else ""
        offer.full_clean()
        offer.save()
        if step.leads_to == RETURNED:
            returned.send(sender=None, actor=by, offer=offer)
