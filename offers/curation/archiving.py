"""Taking an institution out of the directory without losing what is known of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kekiz_portal.lib.history.recording import edit
from offers.models import Institution, Offer


@transaction.atomic
def archive(institution, by, reason=""):
    """Hide an institution from the public; the reason is kept in its history.

    Raises ``ValidationError`` while it still has published offers: they would lead nowhere.
    """
    current = Institution.objects.select_for_update().get(pk=institution.pk)
    published = Offer.objects.filter(provider=current, status=Offer.Status.PUBLISHED).count()
    if published:
        raise ValidationError(
            ngettext(
                "„%(name)s“ hat noch %(number)d veröffentlichtes Angebot.",
                "„%(name)s“ hat noch %(number)d veröffentlichte Angebote.",
                published,
            ),
            params={"name": current.name, "number": published},
        )
    with edit(by=by, reason=reason or _("archiviert")):
        current.archived_on = timezone.localdate()
        current.save()


@transaction.atomic
def reopen(institution, by):
    """Show an archived institution again."""
    current = Institution.objects.select_for_update().get(pk=institution.pk)
    with edit(by=by, reason=_("wieder geöffnet")):
        current.archived_on = None
        current.save()
