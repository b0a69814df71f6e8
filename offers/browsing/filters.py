"""The filters of ``/angebote/``: what each accepts, how it narrows, what it would leave.

A filter never raises on what it is given: values it does not know are handed back, so
that the page can say what it ignored. A ``selection`` is a dict of the accepted values
by filter name; each filter narrows by its own values, and may look at others' (weekday
and time of day have to meet in the same slot).
"""

import re

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Count, F, Func, IntegerField, When
from django.db.models.functions import Cast
from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kekiz_portal.lib import languages
from lifephases import ages
from offers.models import Offer, OfferPlace, Schedule
from offers.models.location import counts_by_its_district, is_public
from offers.models.schedule import PARTS_OF_THE_DAY
from offers.search.query.spoken_ages import typed_age
from offers.search.query.spoken_conditions import WEEKDAYS

from . import notices
from .tally import Unnest, tally, total

LONGEST_SEARCH = 200
BEFORE_BIRTH = re.compile("-[0-9]{1,2}")
YES = {"1", "ja", "on", "true"}


class Filter:
    """One filter with its parameter ``name``; choices come from ``choices()``."""

    name = ""
    legend = ""
    many = False
    group = None

    def clean(self, raw, vocabulary):
        """Return the accepted values and the rejected ones, both lists of str."""
        known = dict.fromkeys(value for value, _label in self.choices(vocabulary))
        wanted = list(dict.fromkeys(raw))
        accepted = [value for value in wanted if value in known]
        rejected = [value for value in wanted if value not in known]
        if not self.many:
            accepted, rejected = accepted[:1], rejected + accepted[1:]
        return accepted, rejected

    def why_left_out(self, value, vocabulary):
        """Return the sentence that tells the reader about a rejected value."""
        if not self.many and value in dict(self.choices(vocabulary)):
            return notices.one_too_many(self.legend, value)
        return notices.ignored(self.legend, value)

    def choices(self, vocabulary):
        """Return the choices as pairs of value and label."""
        raise NotImplementedError

    def label(self, value, vocabulary):
        """Return how a chosen value reads on its chip."""
        return str(dict(self.choices(vocabulary)).get(value, value))

    def level(self, value, vocabulary):
        """Return how deep a choice is shown below the others, 1 is not at all."""
        return 1

    def counted_as(self, value):
        """Return the word under which the tallies count a value."""
        return value

    def narrow(self, offers, selection, vocabulary):
        """Return the offers that the chosen values leave."""
        raise NotImplementedError

    def tallies(self, offers, selection, vocabulary):
        """Return the tallies of all choices; ``offers`` are narrowed by the other filters."""
        raise NotImplementedError


class SearchFilter(Filter):
    """The words of a search; ``browsing.searching`` knows what they ask for."""

    name = "q"
    legend = gettext_lazy("Suche")

    def clean(self, raw, vocabulary):
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

    def why_left_out(self, value, vocabulary):
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

    def choices(self, vocabulary):
        return []

    def label(self, value, vocabulary):
        return _("Suche: %s") % value

    def tallies(self, offers, selection, vocabulary):
        return []


class AgeFilter(Filter):
    """``alter`` as the box for an age reads it, but a whole number is months.

    Pregnancy is below 0.
    """

    name = "alter"
    legend = gettext_lazy("Alter des Kindes")

    def clean(self, raw, vocabulary):
        accepted, rejected = [], []
        for text in dict.fromkeys(raw):
            month = self._month(text)
            if month is None or accepted:
                rejected.append(text)
            else:
                accepted.append(str(month))
        return accepted, rejected

    def why_left_out(self, value, vocabulary):
        known = self._month(value) is not None
        return (notices.one_too_many if known else notices.ignored)(self.legend, value)

    def choices(self, vocabulary):
        return []

    def label(self, value, vocabulary):
        return ages.in_words(int(value))

    def narrow(self, offers, selection, vocabulary):
        return offers.for_age(int(selection[self.name][0]))

    def tallies(self, offers, selection, vocabulary):
        return []

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

    def choices(self, vocabulary):
        return [(phase.slug, phase.name) for phase in vocabulary.phases]

    def narrow(self, offers, selection, vocabulary):
        return offers.for_phase(vocabulary.phase(selection[self.name][0]))

    def tallies(self, offers, selection, vocabulary):
        return [
            total(offers.for_phase(phase), self.name, phase.slug) for phase in vocabulary.phases
        ]


class TopicFilter(Filter):
    name = "thema"
    legend = gettext_lazy("Thema")
    many = True

    def choices(self, vocabulary):
        return [(topic.slug, topic.name) for topic in vocabulary.topics]

    def narrow(self, offers, selection, vocabulary):
        return offers.about(selection[self.name])

    def tallies(self, offers, selection, vocabulary):
        rows = Offer.topics.through.objects.filter(offer__in=offers)
        return [tally(rows, self.name, F("topic__slug"), Count("offer"))]


class DistrictFilter(Filter):
    name = "bezirk"
    legend = gettext_lazy("Stadtteil")
    many = True

    def choices(self, vocabulary):
        return [(district.slug, district.label) for district in vocabulary.districts]

    def level(self, value, vocabulary):
        district = next(one for one in vocabulary.districts if one.slug == value)
        return len(district.path) - 1

    def narrow(self, offers, selection, vocabulary):
        return offers.near(selection[self.name])

    def tallies(self, offers, selection, vocabulary):
        return _tallies_by_place(self.name, offers, F("location__district__path"))


class PostalCodeFilter(Filter):
    name = "plz"
    legend = gettext_lazy("Postleitzahl")

    def choices(self, vocabulary):
        return [(code, code) for code in vocabulary.postal_codes]

    def narrow(self, offers, selection, vocabulary):
        return offers.near_postal_code(selection[self.name][0])

    def tallies(self, offers, selection, vocabulary):
        own_code = Func(
            F("location__postal_code"), function="ARRAY", template="%(function)s[%(expressions)s]"
        )
        codes = Case(
            When(
                counts_by_its_district("location"),
                then=F("location__district__postal_codes"),
            ),
            default=Cast(own_code, ArrayField(CharField(max_length=5))),
        )
        return _tallies_by_place(self.name, offers, codes)


EVERYWHERE = "*"


def _tallies_by_place(facet, offers, parts):
    """Count offers by the parts of the city they are in, and those near from everywhere.

    An offer that is near from everywhere is counted once, under ``EVERYWHERE``, and
    belongs to the number of every choice.
    """
    places = OfferPlace.objects.filter(
        is_public("location"), offer__in=offers.bound_to_a_district()
    )
    return [
        total(offers.near_everywhere(), facet, EVERYWHERE),
        tally(
            places.annotate(part=Unnest(parts, output_field=CharField())),
            facet,
            F("part"),
            Count("offer", distinct=True),
        ),
    ]


class SlotFilter(Filter):
    """Weekday and part of the day: chosen together, one schedule has to meet both."""

    many = True

    def narrow(self, offers, selection, vocabulary):
        return offers.in_slot(weekdays_in(selection), selection.get("zeit", []))


class WeekdayFilter(SlotFilter):
    name = "tag"
    legend = gettext_lazy("Wochentag")

    def choices(self, vocabulary):
        return [(slug, str(dates.WEEKDAYS[number])) for number, slug in enumerate(WEEKDAYS)]

    def tallies(self, offers, selection, vocabulary):
        schedules = Schedule.objects.in_slot(parts=selection.get("zeit", []))
        rows = schedules.filter(place__offer__in=offers).annotate(
            weekday=Unnest("weekdays", output_field=IntegerField())
        )
        return [tally(rows, self.name, F("weekday"), Count("place__offer", distinct=True))]

    def counted_as(self, value):
        return str(WEEKDAYS.index(value))


class PartOfDayFilter(SlotFilter):
    name = "zeit"
    legend = gettext_lazy("Tageszeit")

    def choices(self, vocabulary):
        return [
            ("vormittag", _("vormittags (bis 12 Uhr)")),
            ("nachmittag", _("nachmittags (12 bis 17 Uhr)")),
            ("abend", _("abends (ab 17 Uhr)")),
        ]

    def narrow(self, offers, selection, vocabulary):
        if selection.get("tag"):
            return offers  # the weekday's filter already asks for one slot with both
        return super().narrow(offers, selection, vocabulary)

    def tallies(self, offers, selection, vocabulary):
        return [
            total(offers.in_slot(weekdays_in(selection), [part]), self.name, part)
            for part in PARTS_OF_THE_DAY
        ]


def weekdays_in(selection):
    """Return the chosen weekdays as numbers, 0 is Monday."""
    return [WEEKDAYS.index(slug) for slug in selection.get("tag", [])]


class LanguageFilter(Filter):
    name = "sprache"
    legend = gettext_lazy("Sprache vor Ort")
    many = True

    def choices(self, vocabulary):
        return [(code, languages.name(code)) for code in languages.NAMES]

    def narrow(self, offers, selection, vocabulary):
        return offers.in_language(selection[self.name])

    def tallies(self, offers, selection, vocabulary):
        rows = Offer.objects.filter(pk__in=offers.values("pk")).annotate(
            code=Unnest("languages", output_field=CharField())
        )
        return [tally(rows, self.name, F("code"), Count("pk"))]


class FlagFilter(Filter):
    """A filter that is on or off; it asks the queryset method ``question``."""

    group = ("merkmale", gettext_lazy("Das ist mir wichtig"))

    def __init__(self, name, legend, question):
        self.name = name
        self.legend = legend
        self.question = question

    def clean(self, raw, vocabulary):
        accepted = ["1"] if any(value.lower() in YES for value in raw) else []
        return accepted, [value for value in raw if value and value.lower() not in YES]

    def choices(self, vocabulary):
        return [("1", self.legend)]

    def narrow(self, offers, selection, vocabulary):
        return getattr(offers, self.question)()

    def tallies(self, offers, selection, vocabulary):
        return [total(getattr(offers, self.question)(), self.name, "1")]


FILTERS = [
    SearchFilter(),
    AgeFilter(),
    PhaseFilter(),
    TopicFilter(),
    DistrictFilter(),
    PostalCodeFilter(),
    WeekdayFilter(),
    PartOfDayFilter(),
    FlagFilter("kostenlos", gettext_lazy("kostenlos"), "free"),
    FlagFilter("but", gettext_lazy("Bildung und Teilhabe (BuT) zahlt mit"), "paid_by_but"),
    FlagFilter("ohne-anmeldung", gettext_lazy("ohne Anmeldung"), "without_registration"),
    FlagFilter("online", gettext_lazy("online"), "online"),
    FlagFilter("barrierefrei", gettext_lazy("stufenlos erreichbar"), "accessible"),
    LanguageFilter(),
]


def count_in_words(number):
    """Say a number of offers: "1 Angebot", "23 Angebote"."""
    return ngettext("%d Angebot", "%d Angebote", number) % number
