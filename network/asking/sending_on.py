"""A house names somebody else who knows: a letter of their own, with a link of its own.

Nobody gets two letters in a week, a link is sent on to a few only, and who got it that way cannot
send it on. The new link is good for its own time and is taken back with the one it came from.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import mailbox
from network.models import AddressHealth, Contact, HouseLetter
from network.models.house_letter import week_from

from . import letters, whom

MOST = 3  # people one link is sent on to


def may(link):
    """Whether somebody else may be named with a link."""
    came_so = HouseLetter.objects.sent_on().filter(link=link)
    return not came_so.exists() and link.sent_on.count() < MOST


def send_on(link, address):
    """Have a letter written to an address that the house names; the caller holds the link.

    Raises ``ValidationError`` where none may be written.
    """
    if not may(link):
        raise ValidationError(_("Mit diesem Link geht das nicht mehr. Schreiben Sie uns bitte."))
    refused = Contact.objects.refusing_mails().filter(email__mailbox=address)
    stopped = AddressHealth.objects.stopped_addresses().filter(address__mailbox=address)
    if refused.exists() or stopped.exists():
        raise ValidationError(_("An diese Adresse können wir nicht schreiben. Wählen Sie andere."))
    if _had_one_lately(address):
        raise ValidationError(_("Dorthin ging in dieser Woche schon ein Brief von uns."))
    try:
        with transaction.atomic():
            HouseLetter.objects.create(
                institution=link.institution,
                week=week_from(timezone.localdate()),
                sent_on_by=link,
                sent_on_to=address,
            )
    except IntegrityError as error:  # named by two people at once
        raise ValidationError(_("Dorthin ging in dieser Woche schon ein Brief von uns.")) from error
    transaction.on_commit(letters.call_worker)


def _had_one_lately(address):
    lately = HouseLetter.objects.of_days(whom.A_WEEK_IN_DAYS)
    known = lately.select_related("contact", "institution")
    return mailbox.identity(address) in {mailbox.identity(one.address or "") for one in known}
