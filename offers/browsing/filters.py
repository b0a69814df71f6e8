"""The filters of ``/angebote/``: what each accepts, and which offers its values leave."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kekiz_portal.lib import languages
from kekiz_portal.lib.languages import said
from lifephases import ages
from offers.search.query.spoken_ages import typed_age

from . import notices
from .one_filter import Filter
from .where_and_when import (
    DistrictFilter,
    PartOfDayFilter,
    PostalCodeFilter,
    RadiusFilter,
    SoonFilter,
    WeekdayFilter,
)

LONGEST_SEARCH = 200
BEFORE_BIRTH = re.compile("-[0-9]{1,2}")
YES = {"1", "ja", "on", "true"}


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
        return [(phase.slug, said(phase.name)) for phase in catalogue.phases]

    def left_by(self, values, selection, catalogue):
        return catalogue.by_phase[values[0]]


class TopicFilter(Filter):
    name = "thema"
    legend = gettext_lazy("Thema")
    many = True

    def choices(self, catalogue):
        return [(topic.slug, said(topic.name)) for topic in catalogue.topics]


class TargetGroupFilter(Filter):
    """For whom it was made. Groups that someone may belong to in danger are nobody's filter."""

    name = "fuer"
    legend = gettext_lazy("Für wen")
    many = True

    def choices(self, catalogue):
        return [(group.slug, said(group.name)) for group in catalogue.groups]


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
    TargetGroupFilter(),
    DistrictFilter(),
    PostalCodeFilter(),
    RadiusFilter(),
    SoonFilter(),
    WeekdayFilter(),
    PartOfDayFilter(),
    FlagFilter("kostenlos", gettext_lazy("kostenlos")),
    FlagFilter("but", gettext_lazy("Bildung und Teilhabe (BuT) zahlt mit")),
    FlagFilter("ohne-anmeldung", gettext_lazy("ohne Anmeldung")),
    FlagFilter("online", gettext_lazy("online")),
    FlagFilter("anonym", gettext_lazy("ohne Namen zu sagen")),
    FlagFilter("barrierefrei", gettext_lazy("stufenlos erreichbar")),
    LanguageFilter(),
]


def count_in_words(number):
    """Say a number of offers: "1 Angebot", "23 Angebote"."""
    return ngettext("%d Angebot", "%d Angebote", number) % number
