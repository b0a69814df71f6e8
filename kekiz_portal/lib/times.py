"""Moments as people here read them: on the clock of the city, wherever they were written down."""

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _


def day(at):
    """Say the day of a moment: "24.11.2026"."""
    return date_format(localtime(at), "d.m.Y")


def plain_day(date):
    """Say a day that is no moment, and so has no zone: "24.11.2026"."""
    return date_format(date, "d.m.Y")


def minute(at):
    """Say a moment to the minute: "24.11.2026, 18:05"."""
    return date_format(localtime(at), "d.m.Y, H:i")


def clock(at):
    """Say the time of day of a moment: "18:05"."""
    return date_format(localtime(at), "H:i")


def day_words(day):
    """Say a day as families read it: "Mi, 25. November", with the year if it is not this one."""
    this_year = day.year == localdate().year
    return date_format(day, _("D, j. F") if this_year else _("D, j. F Y"))
