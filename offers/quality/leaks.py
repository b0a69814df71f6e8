"""Look through all that people read for protected addresses, whatever put them there.

Forms and saving refuse them; this finds what was there before a place became protected, what came
in past the portal, and what the search still knows.
"""

import logging

from django.db import transaction

from offers.models import AddressLeak
from offers.protection.protected_addresses import entries_naming, protected

logger = logging.getLogger(__name__)


@transaction.atomic
def look():
    """Note what names a protected address now, and forget what no longer does; return how many.

    The log and the list of the office name the entry, never the address.
    """
    now = {}
    for entry, column, place in entries_naming(protected()):
        label = entry._meta.label_lower  # noqa: SLF001, documented API
        now[label, str(entry.pk)] = AddressLeak(model=label, key=entry.pk, field=column.name)
        logger.error("%s %s names protected place %s in %s", label, entry.pk, place, column.name)
    known = {(one.model, one.key): one for one in AddressLeak.objects.select_for_update()}
    AddressLeak.objects.filter(pk__in=[known[key].pk for key in known.keys() - now]).delete()
    AddressLeak.objects.bulk_create(now[key] for key in now.keys() - known.keys())
    return len(now)
