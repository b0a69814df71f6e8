"""The filters of place and time: some of them mean something only beside each other."""

import datetime as dt
from functools import lru_cache

from django.utils import dates, timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from offers.catalogue.nearness import around
from offers.search.query.spoken_conditions import WEEKDAYS

from .one_filter import Filter

DAYS_A_WEEK = 7


class PlaceFilter(Filter):
    """Where: beside what is there it leaves what is near from everywhere."""

    group = ("wo", gettext_lazy("Wo"))
    is_there = True

    def left_by(self, values, selection, catalogue):
        return catalogue.near(self.name, values)

    def counted(self, value, selection, catalogue):
        return catalogue.any_of(self.name, [value])


class DistrictFilter(PlaceFilter):
    """Parts of the city; ``umkreis`` makes them wider."""

    name = "bezirk"
    legend = gettext_lazy("Stadtteil")
    many = True
    apart = ("umkreis",)

    def choices(self, catalogue):
        return [(district.slug, district.label) for district in catalogue.districts]

    def level(self, value, catalogue):
        return catalogue.depth_of[value]

    def left_by(self, values, selection, catalogue):
        if "umkreis" not in selection:
            return catalogue.near(self.name, values)
        return there(values, selection, catalogue) | catalogue.near_everywhere


class PostalCodeFilter(PlaceFilter):
    name = "plz"
    is_a_select = True
    legend = gettext_lazy("Postleitzahl")

    def choices(self, catalogue):
        return [(code, code) for code in catalogue.postal_codes]


class RadiusFilter(Filter):
    """How far from the parts of the city that were chosen; without any it means nothing."""

    name = "umkreis"
    legend = gettext_lazy("Umkreis")
    is_a_select = True
    is_there = True
    group = PlaceFilter.group
    apart = ("bezirk",)

    def choices(self, catalogue):
        return [(str(distance), _("bis %d km") % distance) for distance in (1, 2, 3, 5)]

    def left_by(self, values, selection, catalogue):
        return self.counted(values[0], selection, catalogue) | catalogue.near_everywhere

    def counted(self, value, selection, catalogue):
        return there(selection.get("bezirk", []), {"umkreis": [value]}, catalogue)


def there(districts, selection, catalogue):
    """Return the offers in parts of the city, or around them as far as was chosen."""
    if "umkreis" not in selection:
        return catalogue.any_of("bezirk", districts)
    return around(catalogue, districts, int(selection["umkreis"][0]))


class SoonFilter(Filter):
    """When next: by the dates that are known."""

    name = "wann"
    legend = gettext_lazy("Wann")

    def choices(self, catalogue):
        return [
            ("jetzt", _("jetzt geöffnet")),
            ("heute", _("heute")),
            ("woche", _("nächste 7 Tage")),
        ]

    def left_by(self, values, selection, catalogue):
        now = timezone.now()
        if values[0] == "jetzt":
            return catalogue.open_at(now.timestamp())
        return catalogue.starting_before(now.timestamp(), end_of(values[0], now).timestamp())


def end_of(span, now):
    """Return the midnight with which ``heute`` or ``woche`` ends."""
    days = 1 if span == "heute" else DAYS_A_WEEK
    day = timezone.localdate(now) + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class WeekdayFilter(Filter):
    """Weekday and part of the day: chosen together, one schedule has to meet both."""

    name = "tag"
    legend = gettext_lazy("Wochentag")
    many = True

    def choices(self, catalogue):
        return [(slug, str(dates.WEEKDAYS[number])) for number, slug in enumerate(WEEKDAYS)]

    def short_label(self, value, catalogue):
        return _abbreviation(value, get_language())

    def left_by(self, values, selection, catalogue):
        return catalogue.in_slot(weekdays_of(values), selection.get("zeit", []))


class PartOfDayFilter(Filter):
    name = "zeit"
    legend = gettext_lazy("Tageszeit")
    many = True

    def choices(self, catalogue):
        return [
            ("vormittag", _("vormittags (bis 12 Uhr)")),
            ("nachmittag", _("nachmittags (12 bis 17 Uhr)")),
            ("abend", _("abends (ab 17 Uhr)")),
        ]

    def left_by(self, values, selection, catalogue):
        return catalogue.in_slot(weekdays_of(selection.get("tag", [])), values)


@lru_cache
def _abbreviation(slug, _language):
    return str(dates.WEEKDAYS_ABBR[WEEKDAYS.index(slug)])


def weekdays_of(slugs):
    """Return weekdays as numbers, 0 is Monday."""
    return [WEEKDAYS.index(slug) for slug in slugs]
