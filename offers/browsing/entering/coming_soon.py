"""What takes place in the next days, for the first page: three dates, or nothing at all."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from offers.models import Occurrence

DATES = 3
DAYS = 7
LOOKED_AT = 30  # offers, so that three are left without those nobody has found here yet


@dataclass(frozen=True)
class ComingSoon:
    """Dates of different offers, the soonest first; ``until`` is when they are others."""

    dates: list
    until: float
    is_this_week: bool  # else some are next week

    @property
    def shown(self):
        return self.dates if len(self.dates) == DATES else []


def coming_soon(catalogue):
    """Return what takes place soon, as ``ComingSoon``; one query."""
    now, today = timezone.now(), timezone.localdate()
    keys = catalogue.next_date_first(catalogue.all, now.timestamp())[:LOOKED_AT].tolist()
    found = (
        Occurrence.objects.to_go_to()
        .upcoming(now)
        .filter(offer__in=keys, offer__is_generic=False, day__lt=today + dt.timedelta(days=DAYS))
        .first_of_each_offer()
        .for_list()
    )
    dates = sorted(found, key=lambda one: (one.starts_at, one.pk))[:DATES]
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return ComingSoon(dates, catalogue.until(keys), all(one.day <= sunday for one in dates))
