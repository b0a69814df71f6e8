"""Fill the portal with made-up offers, to see how it behaves when there are thousands."""

import datetime as dt
import random
from decimal import Decimal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from lifephases import ages
from offers.exchange.importing import placing
from offers.models import (
    CostOption,
    District,
    Institution,
    Location,
    Offer,
    OfferPlace,
    OfferType,
    Schedule,
    Topic,
)
from offers.recurrence.entry import Entry, Repeats, write
from offers.schedules import occurrences
from offers.search.index.indexing import in_bulk, index

SOURCE = "generated"
KINDS = ["Gemeindehaus", "Stadtteiltreff", "Familienzentrum", "Vereinsheim", "Bürgerhaus"]
WHAT = ["Krabbelgruppe", "Elterncafé", "Spielkreis", "Lesekreis", "Turngruppe", "Sprechstunde"]
WHAT += ["Kochkurs", "Lernhilfe", "Malkurs", "Chor", "Schwimmkurs", "Beratung", "Vätertreff"]
NAMES = ["Löwenzahn", "Regenbogen", "Sonnenschein", "Kleeblatt", "Kunterbunt", "Pusteblume"]
SPANS = [(-10, 0), (0, 12), (3, 36), (12, 36), (36, 78), (60, 83), (72, 131), (72, 167)]
SPANS += [(120, 204), (168, 252), (180, 299), (0, 324), (36, None), (None, None)]
MODES = [OfferPlace.Mode.ONLINE, OfferPlace.Mode.PHONE, OfferPlace.Mode.HOME_VISIT]
MODES += [OfferPlace.Mode.CITY_WIDE]
LANGUAGES = [[], [], ["de"], ["de", "tr"], ["de", "ar"], ["de", "en", "uk"], ["mul"]]
AT_A_PLACE, WITH_TIMES, OF_AN_INSTITUTION, CONFIRMED = 0.8, 0.6, 0.7, 0.5


class Command(BaseCommand):
    help = "Adds made-up offers for trying out; --remove takes them away again."

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, nargs="?", default=0)
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same offers")
        parser.add_argument("--remove", action="store_true", help="remove all made-up offers")
        parser.add_argument("--force", action="store_true", help="also without DEBUG")

    def handle(self, *, count, seed, remove, force, verbosity, **_options):
        if not (settings.DEBUG or force):
            message = "Made-up offers do not belong into a real portal; --force adds them anyway."
            raise CommandError(message)
        with in_bulk():
            removed = remove_all() if remove else 0
            if count:
                Generator(seed).add(count)
        if count:
            analyse()
        if verbosity:
            self.stdout.write(f"{removed} removed, {count} added.")


def analyse():
    """Tell PostgreSQL that the tables grew a hundredfold, or it plans for the few rows it knew."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE (SKIP_LOCKED)")


def remove_all():
    """Remove every made-up offer with its places; returns how many there were."""
    made_up = Offer.objects.filter(source=SOURCE)
    places = list(Location.objects.filter(offer_places__offer__in=made_up).distinct())
    count = made_up.count()
    made_up.delete()
    placing.drop_unused(places)
    return count


class Generator:
    """Makes offers out of what the portal knows: its topics, districts and institutions."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311, nothing secret is made here
        self.first = Offer.objects.filter(source=SOURCE).count()
        self.topics = list(Topic.objects.order_by("slug"))
        self.types = list(OfferType.objects.order_by("slug"))
        self.institutions = list(Institution.objects.order_by("name"))
        self.districts = list(District.objects.within_the_city())
        if not (self.topics and self.types and self.institutions and self.districts):
            raise CommandError("Load the city's facts first (manage.py load_facts).")

    def add(self, count):
        """Add ``count`` published offers with places, times and prices."""
        offers = Offer.objects.bulk_create(
            [self._offer(self.first + number) for number in range(count)], batch_size=1000
        )
        self._add_topics(offers)
        self._add_prices(offers)
        places = OfferPlace.objects.bulk_create(self._places(offers), batch_size=2000)
        timed = [place for place in places if self.random.random() < WITH_TIMES]
        schedules = Schedule.objects.bulk_create(map(self._schedule, timed), batch_size=2000)
        occurrences.renew(Schedule.objects.filter(pk__in=[one.pk for one in schedules]))
        index(offer.pk for offer in offers)

    def _offer(self, number):
        pick = self.random.choice
        title = f"{pick(WHAT)} {pick(NAMES)} {number + 1}"
        known = self.random.random() < OF_AN_INSTITUTION
        confirmed = self.random.random() < CONFIRMED
        return Offer(
            slug=f"beispiel-{number + 1}",
            title=title,
            teaser=f"Ein Beispiel zum Ausprobieren: {title}.",
            provider=pick(self.institutions) if known else None,
            provider_name="" if known else f"Verein {pick(NAMES)}",
            ages=ages.span(*pick(SPANS)),
            offer_type=pick(self.types),
            cost_kind=pick(Offer.Cost.values),
            reductions=pick([[], [], [Offer.Reduction.BUT]]),
            access_modes=pick([[], [Offer.Access.OPEN], [Offer.Access.REGISTRATION]]),
            languages=pick(LANGUAGES),
            status=Offer.Status.PUBLISHED,
            confirmed_at=timezone.now() if confirmed else None,
            confirm_method=Offer.ConfirmMethod.EDITOR if confirmed else "",
            review_due_on=timezone.localdate() + dt.timedelta(days=self.random.randrange(365)),
            source=SOURCE,
            external_id=str(number + 1),
        )

    def _add_topics(self, offers):
        through = Offer.topics.through
        rows = [
            through(offer=offer, topic=topic)
            for offer in offers
            for topic in self.random.sample(self.topics, self.random.choice([1, 1, 2]))
        ]
        through.objects.bulk_create(rows, batch_size=5000)

    def _add_prices(self, offers):
        prices = [
            CostOption(offer=offer, amount=Decimal(self.random.choice([2, 5, 12, 30, 60])))
            for offer in offers
            if offer.cost_kind == Offer.Cost.PAID
        ]
        CostOption.objects.bulk_create(prices, batch_size=5000)

    def _places(self, offers):
        known = [self._institution(district, kind) for district in self.districts for kind in KINDS]
        for offer in offers:
            if self.random.random() < AT_A_PLACE:
                yield OfferPlace(offer=offer, location=self.random.choice(known))
            else:
                yield OfferPlace(offer=offer, mode=self.random.choice(MODES))

    def _institution(self, district, kind):
        name = f"{kind} {district.name} (Beispiel)"
        city = settings.CITY["name"]
        found, _made = Location.objects.get_or_create(name=name, city=city, district=district)
        return found

    def _schedule(self, place):
        days = self.random.sample(range(7), self.random.choice([1, 1, 1, 2, 3]))
        start = self.random.randrange(8, 19)
        return Schedule(
            place=place,
            rrule=write(Entry(Repeats.WEEKLY, days=days)),
            start_time=dt.time(start, self.random.choice([0, 30])),
            end_time=dt.time(start + self.random.choice([1, 2, 3])) if start % 2 else None,
            school_holidays=self.random.choice(Schedule.SchoolHolidays.values),
        )
