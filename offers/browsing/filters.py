"""The filters of ``/angebote/``: what each accepts, and which offers its values leave.

A filter never raises on what it is given: values it does not know are handed back, so
that the page can say what it ignored. A ``selection`` is a dict of the accepted values
by filter name; a filter may look at others' values (weekday and time of day have to meet
in the same slot). Sets of offers are those of the catalogue (``offers.catalogue``).
"""

import re

from django.utils import dates
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages
from lifephases import ages
from offers.search.query.spoken_ages import typed_age
from offers.search.query.spoken_conditions import WEEKDAYS

from . import notices

LONGEST_SEARCH = 200
BEFORE_BIRTH = re.compile("-[0-9]{1,2}")
YES = {"1", "ja", "on", "true"}


class Filter:
    """One filter with its parameter ``name``; choices come from ``choices()``."""

    name = ""
    legend = ""
    many = False
    group = None

    def clean(self, raw, catalogue):
        """Return the accepted values and the rejected ones, both lists of str."""
        if not raw:
            return [], []
        known = self.labels(catalogue)
        wanted = list(dict.fromkeys(raw))
        accepted = [value for value in wanted if value in known]
        rejected = [value for value in wanted if value not in known]
        if not self.many:
            accepted, rejected = accepted[:1], rejected + accepted[1:]
        return accepted, rejected

    def why_left_out(self, value, catalogue):
        """Return the sentence that tells the reader about a rejected value."""
        if not self.many and value in self.labels(catalogue):
            return notices.one_too_many(self.legend, value)
        return notices.ignored(self.legend, value)

    def choices(self, catalogue):
        """Return the choices as pairs of value and label."""
        raise NotImplementedError

    def label(self, value, catalogue):
        """Return how a chosen value reads on its chip."""
        return self.labels(catalogue).get(value, value)

    def labels(self, catalogue):
        """Return the labels of the choices by value, in the reader's language, made once."""
        known, name = catalogue.made_of_words, ("labels", self.name, get_language())
        if name not in known:
            known[name] = {value: str(label) for value, label in self.choices(catalogue)}
        return known[name]

    def level(self, value, catalogue):
        """Return how deep a choice is shown below the others, 1 is not at all."""
        return 1

    def left_by(self, values, selection, catalogue):
        """Return the set of the offers that some values leave; ``selection`` has the others'."""
        return catalogue.any_of(self.name, values)


class SearchFilter(Filter):
    """The words of a search; ``browsing.searching`` knows what they ask for."""

    name = "q"
    legend = gettext_lazy("Suche")

    def clean(self, raw, catalogue):
        """Accept the first text, and of a text that is too long its beginning."""
        texts = [text for text in (" ".join(one.split()) for one in raw) if text]
        if not texts:
            return [], []
        first, *others = texts
        if "\x00" in first:
            return [], [first]
        if len(first) > LONGEST_SEARCH:
            return [first[:LONGEST_SEARCH].strip()], [first]
        return [first], others

    def why_left_out(self, value, catalogue):
        if "\x00" in value:
            return _(
                "Ihr Suchtext enthält ein Zeichen, das wir nicht lesen können. "
                "Bitte tippen Sie ihn noch einmal ein."
            )
        if len(value) > LONGEST_SEARCH:
            return (
                _("Es gehen höchstens %d Zeichen. Wir haben nur nach dem Anfang gesucht.")
                % LONGEST_SEARCH
            )
        return notices.one_too_many(self.legend, value)

    def choices(self, catalogue):
        return []

    def label(self, value, catalogue):
        return _("Suche: %s") % value


class AgeFilter(Filter):
    """``alter`` as the box for an age reads it, but a whole number is months.

    Pregnancy is below 0.
    """

    name = "alter"
    legend = gettext_lazy("Alter des Kindes")

    def clean(self, raw, catalogue):
        accepted, rejected = [], []
        for text in dict.fromkeys(raw):
            month = self._month(text)
            if month is None or accepted:
                rejected.append(text)
            else:
                accepted.append(str(month))
        return accepted, rejected

    def why_left_out(self, value, catalogue):
        known = self._month(value) is not None
        return (notices.one_too_many if known else notices.ignored)(self.legend, value)

    def choices(self, catalogue):
        return []

    def label(self, value, catalogue):
        return ages.in_words(int(value))

    def left_by(self, values, selection, catalogue):
        return catalogue.for_age(int(values[0]))

    def _month(self, text):
        text = text.strip()
        if BEFORE_BIRTH.fullmatch(text):
            month = int(text)
        else:
            month = typed_age(text, in_months=text.isdecimal())
        return month if month is not None and ages.YOUNGEST <= month <= ages.OLDEST else None


class PhaseFilter(Filter):
    name = "phase"
    legend = gettext_lazy("Lebensphase")

    def choices(self, catalogue):
        return [(phase.slug, phase.name) for phase in catalogue.phases]

    def left_by(self, values, selection, catalogue):
        return catalogue.by_phase[values[0]]


class TopicFilter(Filter):
    name = "thema"
    legend = gettext_lazy("Thema")
    many = True

    def choices(self, catalogue):
        return [(topic.slug, topic.name) for topic in catalogue.topics]


class DistrictFilter(Filter):
    name = "bezirk"
    legend = gettext_lazy("Stadtteil")
    many = True

    def choices(self, catalogue):
        return [(district.slug, district.label) for district in catalogue.districts]

    def level(self, value, catalogue):
        return catalogue.depth_of[value]

    def left_by(self, values, selection, catalogue):
        return catalogue.near(self.name, values)


class PostalCodeFilter(Filter):
    name = "plz"
    legend = gettext_lazy("Postleitzahl")

    def choices(self, catalogue):
        return [(code, code) for code in catalogue.postal_codes]

    def left_by(self, values, selection, catalogue):
        return catalogue.near(self.name, values)


class WeekdayFilter(Filter):
    """Weekday and part of the day: chosen together, one schedule has to meet both."""

    name = "tag"
    legend = gettext_lazy("Wochentag")
    many = True

    def choices(self, catalogue):
        return [(slug, str(dates.WEEKDAYS[number])) for number, slug in enumerate(WEEKDAYS)]

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


def weekdays_of(slugs):
    """Return weekdays as numbers, 0 is Monday."""
    return [WEEKDAYS.index(slug) for slug in slugs]


class LanguageFilter(Filter):
    name = "sprache"
    legend = gettext_lazy("Sprache vor Ort")
    many = True

    def choices(self, catalogue):
        return [(code, languages.name(code)) for code in languages.NAMES]


class FlagFilter(Filter):
    """A filter that is on or off."""

    group = ("merkmale", gettext_lazy("Das ist mir wichtig"))

    def __init__(self, name, legend):
        self.name = name
        self.legend = legend

    def clean(self, raw, catalogue):
        accepted = ["1"] if any(value.lower() in YES for value in raw) else []
        return accepted, [value for value in raw if value and value.lower() not in YES]

    def choices(self, catalogue):
        return [("1", self.legend)]


FILTERS = [
    SearchFilter(),
    AgeFilter(),
    PhaseFilter(),
    TopicFilter(),
    DistrictFilter(),
    PostalCodeFilter(),
    WeekdayFilter(),
    PartOfDayFilter(),
    FlagFilter("kostenlos", gettext_lazy("kostenlos")),
    FlagFilter("but", gettext_lazy("Bildung und Teilhabe (BuT) zahlt mit")),
    FlagFilter("ohne-anmeldung", gettext_lazy("ohne Anmeldung")),
    FlagFilter("online", gettext_lazy("online")),
    FlagFilter("barrierefrei", gettext_lazy("stufenlos erreichbar")),
    LanguageFilter(),
]


def count_in_words(number):
    """Say a number of offers: "1 Angebot", "23 Angebote"."""
    return ngettext("%d Angebot", "%d Angebote", number) % number
