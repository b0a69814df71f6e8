"""Times that only an old page says: they are shown as what they are and promise nothing."""

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

SCHEDULE = "schedule"  # the column whose source decides about dates


def outdated(sources, fact, on=None):
    """Return those of an entry's sources that a fact comes from and that are too old to rely on."""
    return [one for one in sources if one.is_outdated(on) and fact in one.facts]


def say(times, sources):
    """Return words about times, said by such sources: "zuletzt 2020: Do 17 Uhr, bitte nachfragen".

    Without such a source, or without times, they stay as they are.
    """
    if not times or not sources:
        return times
    years = [one.year for one in sources if one.year]
    if not years:
        return _("früher: %s, bitte nachfragen") % times
    return _("zuletzt %(year)d: %(times)s, bitte nachfragen") % {"year": max(years), "times": times}


def say_marked(times, sources):
    """Return what ``say`` does as markup; ``times`` may be markup that marks German words."""
    return mark_safe(say(conditional_escape(times), sources))  # noqa: S308 - escaped here


def how_old(sources):
    """Say how old the pages are that an entry was put together from: "Stand 2018 bis 2025".

    Empty if no page is its source.
    """
    years = sorted({one.year for one in sources if one.year})
    if len(years) > 1:
        return _("Stand %(first)d bis %(last)d") % {"first": years[0], "last": years[-1]}
    if years:
        return _("Stand %d") % years[0]
    return _("Jahr unbekannt") if sources else ""
