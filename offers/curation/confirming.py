"""Someone has checked that an entry is still right."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from offers.models import Offer


@transaction.atomic
def confirm(offers, *, by=None, method=Offer.ConfirmMethod.EDITOR, at=None):
    """Note that all offers of a queryset are right, and when to look again.

    ``by`` is the user who checked, ``at`` the moment (now by default). Every offer keeps a
    version of its own. Returns how many there were.
    """
    at = at or timezone.now()
    due_on = timezone.localdate(at) + dt.timedelta(days=settings.CONFIRMATION_INTERVAL_DAYS)
    keys = list(offers.order_by("pk").values_list("pk", flat=True))
    with edit(by=by, reason=_("als geprüft vermerkt")):
        for offer in Offer.objects.filter(pk__in=keys).select_for_update().order_by("pk"):
            offer.confirmed_at, offer.confirm_method = at, method
            offer.review_due_on = due_on
            offer.save(
                update_fields=["confirmed_at", "confirm_method", "review_due_on", "updated_at"]
            )
    return len(keys)
