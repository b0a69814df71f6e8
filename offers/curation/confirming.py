"""Someone has checked that an entry is still right."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from offers.models import Offer, Pursuit


@transaction.atomic
def confirm(offers, *, by=None, method=Offer.ConfirmMethod.EDITOR, at=None, reason=""):
    """Note that all offers of a queryset are right; from now on the rule says when to ask again.
    What was hidden because nobody answered is shown at once.

    ``by`` is the user who checked, ``at`` the moment (now by default). Every offer keeps a
    version of its own. What was only known of the region is known of the city now. Returns how
    many there were.
    """
    at = at or timezone.now()
    keys = list(offers.order_by("pk").values_list("pk", flat=True))
    with edit(by=by, reason=reason or _("als geprüft vermerkt")):
        for offer in Offer.objects.filter(pk__in=keys).select_for_update().order_by("pk"):
            offer.confirmed_at, offer.confirm_method = at, method
            offer.review_due_on, offer.is_generic = None, False
            offer.save(
                update_fields=[
                    *("confirmed_at", "confirm_method", "review_due_on", "is_generic"),
                    "updated_at",
                ]
            )
    Pursuit.objects.filter(offer__in=keys).delete()
    return len(keys)


@transaction.atomic
def take_back(offers, *, by=None, reason):
    """Note that nobody vouches for offers any more: who should know has just said otherwise."""
    with edit(by=by, reason=reason):
        for offer in offers.exclude(confirmed_at=None).select_for_update().order_by("pk"):
            offer.confirmed_at, offer.confirm_method = None, ""
            offer.save(update_fields=["confirmed_at", "confirm_method", "updated_at"])


def take_back_own(offer, *, by=None):
    """Take back that a house itself confirmed an offer: it has just said what is wrong there."""
    own = Offer.objects.filter(pk=offer.pk, confirm_method=Offer.ConfirmMethod.PARTNER)
    take_back(own, by=by, reason=_("vom Träger bestätigt, danach anders gesagt"))
