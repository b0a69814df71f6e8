"""When somebody should ask again whether an entry is still right; the only place for it.

A day that a person wrote into the entry decides. Else an entry nobody has confirmed is due since
it came in, and a confirmed one after so many months: by the strictest of its topics and its type,
as the office set them, else by ``CHECK_EVERY_MONTHS``. What ends, as a course does, is asked about
shortly before its end instead.
"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, Func, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Least, TruncDate
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from offers import models as others  # which import this module: read when asked

BEFORE_THE_END = dt.timedelta(days=14)  # soon enough to enter the next course


def next_check():
    """Return the expression for the day on which an offer is due."""
    confirmed_on = TruncDate("confirmed_at")
    ask_on = _day(last_day() - Value(BEFORE_THE_END))
    is_before_its_end = GreaterThan(ask_on, confirmed_on)  # so it is not if nobody knows the end
    by_rule = Case(
        When(confirmed_at=None, then=TruncDate("created_at")),
        When(Q(is_before_its_end, offer_type__is_checked_at_end=True), then=ask_on),
        default=_day(confirmed_on + _interval()),
    )
    return Coalesce("review_due_on", by_rule)


def is_confirmed_in_time(on=None):
    """Return the condition that somebody confirmed it and nobody need ask again on a day yet."""
    return ~Q(confirmed_at=None) & Q(GreaterThan(next_check(), on or timezone.localdate()))


def _interval():
    """The time from a confirmation to the next check."""
    strictest = others.Topic.objects.filter(offers=OuterRef("pk")).order_by().values("offers")
    months = Least(
        Subquery(strictest.annotate(n=Min("check_every_months")).values("n")),
        F("offer_type__check_every_months"),
    )
    return Func(
        Coalesce(months, Value(settings.CHECK_EVERY_MONTHS)),
        function="make_interval",
        template="%(function)s(months => %(expressions)s)",
        output_field=models.DurationField(),
    )


def last_day():
    """The last day of an offer: of its validity, or of its times if none goes on without an end."""
    times = others.Schedule.objects.filter(place__offer=OuterRef("pk")).order_by()
    goes_on = Exists(times.filter(ends_on=None).exclude(rrule=""))
    last = times.values("place__offer").annotate(d=Max(Coalesce("ends_on", "starts_on")))
    over = When(Exists(times) & ~goes_on, then=Subquery(last.values("d")))
    return Least("valid_to", Case(over))


def _day(moment):
    return Cast(moment, models.DateField())
