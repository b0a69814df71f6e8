"""The walk of a day as the office assumes it: its number, its holes, its mends."""

from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from network.models import ChainAssumptions, ChainNeed, NeedIndicator
from offers.models import District, Topic

from . import columns, mending, supply
from .children import Children
from .drawing import Assumed, Home, Need
from .walking import END, FIRST, Walk

LOW_INCOME = "SGB-II-Quote der unter 18-Jährigen"
PERCENT = 100
SHOWN_OF_EACH = 3


class Kettenlauf:
    """The walk with everything that a page says of it."""

    def __init__(self, day):
        self.office = ChainAssumptions.current()
        self.homes = Homes(self.office.way)
        self.low_income_indicator = self._low_income()
        self.needs = list(_needs())
        entries = supply.read(day)
        self.can_walk = bool(self.homes.all and self.needs)
        if not self.can_walk:
            return
        walk = self.walk = Walk(self._assumed(), entries)
        self.share = walk.share
        self.hole = walk.longest_hole()
        self.by_home = list(walk.by_home())
        self.by_need = sorted(walk.by_need(), key=lambda one: (one[2] is None, one[2]))
        _phases, steps = columns.read(columns.CUTS[0])
        self.steps = [Step.of(walk, one) for one in steps]
        self.mends = list(mending.mends(walk, entries))

    def _assumed(self):
        office = self.office
        return Assumed(
            homes=tuple(self.homes.all),
            needs=tuple(self.needs),
            low_income=float(self.low_income) / PERCENT,
            highest_price=office.highest_price,
            unknown_price_is_paid=office.unknown_price_is_paid,
            unconfirmed_counts=office.unconfirmed_counts,
            language=office.language,
            language_share=float(office.language_percent) / PERCENT,
            step_free=float(office.step_free_percent) / PERCENT,
            seed=office.seed,
        )

    def _low_income(self):
        if self.office.low_income_percent is not None or self.homes.city is None:
            return None
        about = NeedIndicator.objects.filter(district=self.homes.city, name=LOW_INCOME)
        return about.order_by("-as_of").first()

    @property
    def low_income(self):
        if self.office.low_income_percent is not None:
            return self.office.low_income_percent
        return self.low_income_indicator.value if self.low_income_indicator else 0

    @cached_property
    def children_words(self):
        return number_format(self.walk.assumed.children, force_grouping=True)


class Step(NamedTuple):
    """A step between phases: children who have nothing then that they need, and which most."""

    column: columns.Column
    left: int
    there: int
    needs: list  # what most of them need, each with how many
    homes: list  # where most of them live, each with how many

    @classmethod
    def of(cls, walk, column):
        left, there = walk.left_at(column)
        needs, homes = walk.assumed.needs, walk.assumed.homes
        most = _most(needs, left.sum(axis=0)), _most(homes, left.sum(axis=1))
        return cls(column, int(left.sum()), int(there.sum()), *most)

    @property
    def share(self):
        return self.left / self.there if self.there else None


def _most(those, numbers):
    found = sorted(zip(those, map(int, numbers), strict=True), key=lambda one: -one[1])
    return [(one.name, number) for one, number in found[:SHOWN_OF_EACH] if number]


class Homes:
    """The parts of the city that children live in, and how many live in each as far as known."""

    def __init__(self, way):
        self._way = way
        districts = list(District.objects.order_by("path"))
        self.city = next((one for one in districts if one.parent_id is None), None)
        self._inner = {}
        for one in districts:
            if one.level in {District.Level.BOROUGH, District.Level.LOCALITY}:
                self._inner.setdefault(one.parent_id, []).append(one)
        self._counts = Children()
        self.years = self.city and self._best_known_years()
        whole = self._count(self.city) if self.city else None
        self.known = [self._counts.of(self.city, self.years)] if whole else []
        self.all = list(self._spread(self.city, whole or 1, [])) if self.city else []

    def _best_known_years(self):
        """Return the years of life that most Stadtbezirke have a count for, as the city has."""
        boroughs = self._inner.get(self.city.pk, [])
        span = self._counts.within(self.city, FIRST, END)
        years = [(one.from_years, one.to_years) for one in span]
        return max(
            years,
            key=lambda those: sum(self._counts.of(one, those) is not None for one in boroughs),
            default=None,
        )

    def _count(self, part):
        found = self.years and self._counts.of(part, self.years)
        return found.children if found else None

    def _spread(self, part, weight, around):
        """Yield the homes in a part: what is counted there, else equal shares of the rest."""
        inner, around = self._inner.get(part.pk, []), [*around, part]
        if not inner:
            yield Home(part.slug, part.label, weight, self._reach(around))
            return
        counts = {one.pk: self._count(one) for one in inner}
        known = [number for number in counts.values() if number is not None]
        unknown = len(inner) - len(known)
        rest = weight - sum(known)
        if rest <= 0:  # the figures do not fit: nobody is left out for that
            rest = unknown * (sum(known) / len(known)) if known else 0
        for one in inner:
            counted = counts[one.pk]
            if counted is not None:
                self.known.append(self._counts.of(one, self.years))
            share = rest / unknown if counted is None else counted
            yield from self._spread(one, share, around)

    def _reach(self, around):
        """Return the part whose offers a family goes to: its own, the Stadtbezirk, the city."""
        if self._way == ChainAssumptions.Way.CITY:
            return around[0].slug
        boroughs = [one for one in around if one.level == District.Level.BOROUGH]
        if self._way == ChainAssumptions.Way.BOROUGH and boroughs:
            return boroughs[-1].slug
        return around[-1].slug


def _needs():
    """Yield each topic as a need of the ages that the office says, or of every age."""
    said = {one.topic_id: one for one in ChainNeed.objects.all()}
    for topic in Topic.objects.order_by("position", "pk"):
        one = said.get(topic.pk)
        if one is None:
            yield Need(topic.slug, topic.name, FIRST, END)
        elif one.weight:
            first = FIRST if one.ages.lower is None else one.ages.lower
            end = END if one.ages.upper is None else one.ages.upper
            yield Need(topic.slug, topic.name, first, end, one.weight)


def assumptions(run):
    """Yield what a run assumes, each as a sentence with its source."""
    office = run.office
    yield _("%(number)s ausgeloste Kinder, Startzahl %(seed)d.") % {
        "number": run.children_words,
        "seed": office.seed,
    }
    yield _("Familien gehen zu Angeboten: %s, oder das Angebot kommt zu ihnen.") % (
        office.get_way_display()
    )
    yield from _where_they_live(run)
    low_income = _number(run.low_income)
    if run.low_income_indicator:
        told = {"percent": low_income, "as_of": run.low_income_indicator.as_of}
        yield _("%(percent)s %% der Familien können nichts bezahlen (SGB-II-Quote, %(as_of)s).") % (
            told
        )
    else:
        yield _("%s %% der Familien können nichts bezahlen.") % low_income
    yield _("Die anderen zahlen höchstens %s Euro.") % _number(office.highest_price)
    if office.unknown_price_is_paid:
        yield _("Ein unbekannter Preis hält niemanden ab.")
    else:
        yield _("Was einen unbekannten Preis hat, gilt als nicht bezahlbar.")
    if not office.unconfirmed_counts:
        yield _("Was niemand bestätigt hat, zählt nicht.")
    if office.language_percent:
        yield _("%(percent)s %% der Familien sprechen nur diese Sprache: %(language)s.") % {
            "percent": _number(office.language_percent),
            "language": office.get_language_display(),
        }
    else:
        yield _("Zu anderen Sprachen ist keine Zahl eingetragen: gerechnet mit 0 %.")
    if office.step_free_percent:
        percent = _number(office.step_free_percent)
        yield _("%s %% der Familien brauchen stufenlose Wege.") % percent
    else:
        yield _("Zu stufenlosen Wegen ist keine Zahl eingetragen: gerechnet mit 0 %.")
    yield _("Wo keine Sprache genannt ist, wird Deutsch gesprochen.")


def _number(value):
    """Return a number as read: "30,2", "5"."""
    return number_format(Decimal(value).normalize(), use_l10n=True)


def _where_they_live(run):
    for count in run.homes.known:
        yield _("%(place)s: %(number)d Kinder, %(ages)s (%(as_of)s).") % {
            "place": count.district.label,
            "number": count.children,
            "ages": count.age_words,
            "as_of": count.as_of,
        }
    yield _("Wo keine Quelle Kinder zählt, leben angenommen gleich viele in jedem Teil.")
