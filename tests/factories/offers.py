import datetime as dt
from contextlib import nullcontext

import factory

from offers.models import (
    AccessibilityFact,
    ContactPoint,
    CostOption,
    District,
    Helpline,
    Institution,
    InstitutionKind,
    Location,
    Offer,
    OfferPlace,
    OfferTranslation,
    OfferType,
    Schedule,
    ScheduleException,
    SchoolHoliday,
    TargetGroup,
    Topic,
)
from offers.models.offer import fingerprint
from offers.models.offer.here import TEXTS
from offers.search.index.indexing import in_bulk


class Made(factory.django.DjangoModelFactory):
    """Rows that are indexed for the search once, when they are whole with all they need."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy, params):
        with in_bulk() if strategy == factory.CREATE_STRATEGY else nullcontext():
            return super()._generate(strategy, params)

    @classmethod
    def create_batch(cls, size, **values):
        with in_bulk():
            return super().create_batch(size, **values)


class TermFactory(Made):
    class Meta:
        abstract = True

    slug = factory.Sequence("wort-{}".format)
    name = factory.Sequence("Wort {}".format)


class TopicFactory(TermFactory):
    class Meta:
        model = Topic


class OfferTypeFactory(TermFactory):
    class Meta:
        model = OfferType


class InstitutionKindFactory(TermFactory):
    class Meta:
        model = InstitutionKind


class TargetGroupFactory(TermFactory):
    class Meta:
        model = TargetGroup


class CityFactory(Made):
    class Meta:
        model = District
        django_get_or_create = ["slug"]

    level = District.Level.CITY
    slug = "stadt"
    name = "Stadt"


class DistrictFactory(Made):
    class Meta:
        model = District

    level = District.Level.BOROUGH
    slug = factory.Sequence("stadtteil-{}".format)
    name = factory.Sequence("Stadtteil {}".format)
    parent = factory.SubFactory(CityFactory)


class LocationFactory(Made):
    class Meta:
        model = Location

    street = factory.Sequence("Beispielstraße {}".format)
    city = "Stadt"
    district = factory.SubFactory(DistrictFactory)


class ProtectedLocationFactory(Made):
    class Meta:
        model = Location

    visibility = Location.Visibility.PROTECTED


class AccessibilityFactFactory(Made):
    class Meta:
        model = AccessibilityFact

    location = factory.SubFactory(LocationFactory)
    feature = AccessibilityFact.Feature.STEP_FREE
    is_present = True


class InstitutionFactory(Made):
    class Meta:
        model = Institution

    slug = factory.Sequence("einrichtung-{}".format)
    name = factory.Sequence("Einrichtung {}".format)
    kind = factory.SubFactory(InstitutionKindFactory)


class OfferFactory(Made):
    """A published offer for any age, without a place."""

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    slug = factory.Sequence("angebot-{}".format)
    title = factory.Sequence("Angebot {}".format)
    provider_name = "Verein"
    offer_type = factory.SubFactory(OfferTypeFactory)
    status = Offer.Status.PUBLISHED

    @factory.post_generation
    def topics(self, create, topics, **_kwargs):
        if create and topics:
            self.topics.set(topics)

    @factory.post_generation
    def extra_phases(self, create, phases, **_kwargs):
        if create and phases:
            self.extra_phases.set(phases)


class OfferTranslationFactory(Made):
    """What an offer says in Turkish, made of the German that it says now."""

    class Meta:
        model = OfferTranslation

    offer = factory.SubFactory(OfferFactory)
    language = "tr"

    @classmethod
    def _create(cls, model, *args, **values):
        for name in TEXTS:
            if values.get(name):
                sign = fingerprint.of(getattr(values["offer"], name))
                values.setdefault(f"{name}_of", sign)
        return super()._create(model, *args, **values)


class CostOptionFactory(Made):
    class Meta:
        model = CostOption

    offer = factory.SubFactory(OfferFactory)
    amount = 10


class ContactPointFactory(Made):
    class Meta:
        model = ContactPoint

    offer = factory.SubFactory(OfferFactory)
    label = "Anmeldung"
    phone = "02323 160"


class OfferPlaceFactory(Made):
    class Meta:
        model = OfferPlace

    offer = factory.SubFactory(OfferFactory)
    location = factory.SubFactory(LocationFactory)


class ScheduleFactory(Made):
    """Every Tuesday from four to six."""

    class Meta:
        model = Schedule

    place = factory.SubFactory(OfferPlaceFactory)
    rrule = "FREQ=WEEKLY;BYDAY=TU"
    start_time = dt.time(16)
    end_time = dt.time(18)


class ScheduleExceptionFactory(Made):
    class Meta:
        model = ScheduleException

    schedule = factory.SubFactory(ScheduleFactory)
    first_on = dt.date(2026, 3, 10)
    last_on = factory.LazyAttribute(lambda exception: exception.first_on)


class SchoolHolidayFactory(Made):
    class Meta:
        model = SchoolHoliday

    name = "Osterferien"
    first_on = dt.date(2026, 3, 30)
    last_on = dt.date(2026, 4, 11)
    source = "Beispiel"


class HelplineFactory(Made):
    class Meta:
        model = Helpline

    slug = factory.Sequence("nummer-{}".format)
    name = factory.Sequence("Hilfe {}".format)
    situation = Helpline.Situation.CRISIS
    number = "0800 111 0 111"
    hours = "rund um die Uhr"
