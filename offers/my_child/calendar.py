"""The steps of a plan as a calendar with reminders (RFC 5545), made for one answer."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from kekiz_portal.lib.languages import said

BEFORE_THE_END = dt.timedelta(days=14)
# A school takes names for a few days only, and some weeks before the last day by law.
BEFORE_A_SCHOOL_IS_FULL = dt.timedelta(days=28)
ONE_DAY = dt.timedelta(days=1)
# A whole day begins at midnight: a week before, or the day before, at nine in the morning.
A_WEEK_AHEAD = dt.timedelta(days=-7, hours=9)
A_DAY_AHEAD = dt.timedelta(days=-1, hours=9)


def calendar_of(plans):
    """Return the bytes of a calendar with one day for each step of some plans."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.CITY['full_name']}//{settings.CITY['portal_name']}//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Mein Faden"))
    for plan in plans:
        who = _("Kind %d") % plan.number if len(plans) > 1 else ""
        for step in [*plan.due, *plan.coming]:
            if (day := _day(step, plan.child.today)) is not None:
                calendar.add_component(_event(step, day, plan.child, who))
    return calendar.to_ical()


def _day(step, today):
    """Return the day to remember a step on, ``None`` where nothing presses.

    What is not due yet is remembered when it begins, what is due before it ends; what has to be
    done before a day of the calendar always shortly before that. What is late is for tomorrow.
    """
    if step.begins > today and not step.milestone.before_day:
        return step.begins
    if step.ends is None:
        return None
    soonest = max(today + ONE_DAY, step.begins)
    if step.is_late:
        return soonest
    ahead = BEFORE_A_SCHOOL_IS_FULL if step.milestone.cutoff_day else BEFORE_THE_END
    return min(max(soonest, step.ends - ahead), step.ends)


def _event(step, day, child, who):
    event = Event()
    host = settings.PORTAL_URL.partition("://")[2]
    # The same step of the same child is the same event: a calendar taken again doubles nothing.
    event.add("uid", f"{step.milestone.slug}-{child.born:%Y%m}@{host}")
    event.add("dtstamp", timezone.now().astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    title = said(step.milestone.title)
    summary = f"{who}: {title}" if who else title
    event.add("summary", summary)
    event.add("description", "\n\n".join(_words(step)))
    event.add_component(
        _reminder(summary, A_WEEK_AHEAD if day - child.today > -A_WEEK_AHEAD else A_DAY_AHEAD)
    )
    return event


def _words(step):
    """Yield what to do, until when, and where."""
    yield said(step.milestone.what_to_do)
    if step.ends:
        yield step.until
    if step.milestone.by_when:
        yield said(step.milestone.by_when)
    if step.offer:
        yield f"{step.offer.here.title}: {settings.PORTAL_URL}{step.offer.get_absolute_url()}"


def _reminder(words, before):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", before)
    return alarm
