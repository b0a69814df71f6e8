"""What cannot be true, the database refuses, whoever writes it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories.offers import (
    AccessibilityFactFactory,
    CostOptionFactory,
    DistrictFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    ScheduleExceptionFactory,
    ScheduleFactory,
    SchoolHolidayFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 12, 1)
BEFORE = DAY - dt.timedelta(days=1)
NINE, TEN = dt.time(9), dt.time(10)


@pytest.mark.parametrize(
    ("factory", "change", "constraint"),
    [
        (DistrictFactory, {"parent": None}, "district_only_the_city_has_no_parent"),
        (LocationFactory, {"latitude": 51}, "location_has_both_coordinates_or_none"),
        (LocationFactory, {"postal_code": "4462"}, "location_postal_code_has_five_digits"),
        (LocationFactory, {"street": "", "district": None}, "location_says_where"),
        (
            ProtectedLocationFactory,
            {"latitude": 51, "longitude": 7},
            "location_protected_is_not_on_the_map",
        ),
        (OfferFactory, {"ages": "empty"}, "offer_ages_not_empty"),
        (OfferFactory, {"provider_name": ""}, "offer_names_its_provider"),
        (OfferFactory, {"valid_from": DAY, "valid_to": BEFORE}, "offer_ends_after_it_starts"),
        (OfferFactory, {"confirmed_at": timezone.now()}, "offer_confirmed_when_and_how"),
        (OfferFactory, {"confirm_method": "phone"}, "offer_confirmed_when_and_how"),
        (OfferFactory, {"alert_until": DAY}, "offer_alert_has_a_text"),
        (OfferFactory, {"status": "gone"}, "offer_status_is_known"),
        (OfferFactory, {"cost_kind": "cheap"}, "offer_cost_is_known"),
        (OfferFactory, {"prevention_level": "all"}, "offer_prevention_level_is_known"),
        (CostOptionFactory, {"amount": -1}, "cost_option_amount_not_negative"),
        (
            CostOptionFactory,
            {"valid_from": DAY, "valid_to": BEFORE},
            "cost_option_ends_after_it_starts",
        ),
        (OfferPlaceFactory, {"location": None}, "offer_place_has_an_address_if_at_one"),
        (ScheduleFactory, {"rrule": "", "starts_on": None}, "schedule_repeats_or_has_a_date"),
        (
            ScheduleFactory,
            {"rrule": "FREQ=WEEKLY;INTERVAL=2", "starts_on": None},
            "schedule_counts_from_a_first_date",
        ),
        (ScheduleFactory, {"starts_on": DAY, "ends_on": BEFORE}, "schedule_ends_after_it_starts"),
        (ScheduleFactory, {"starts_on": dt.date(1, 1, 1)}, "schedule_starts_in_this_century"),
        (ScheduleFactory, {"start_time": TEN, "end_time": NINE}, "schedule_hours_in_order"),
        (
            ScheduleExceptionFactory,
            {"first_on": DAY, "last_on": BEFORE},
            "schedule_exception_days_in_order",
        ),
        (
            SchoolHolidayFactory,
            {"first_on": DAY, "last_on": BEFORE},
            "school_holiday_days_in_order",
        ),
    ],
)
def test_the_database_refuses_what_cannot_be(factory, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**change)


def test_a_title_stands_once_with_a_provider():
    OfferFactory(title="Elterncafé", provider_name="Verein")
    OfferFactory(title="Elterncafé", provider_name="Gemeinde")

    with pytest.raises(IntegrityError, match="offer_title_once_a_provider"), transaction.atomic():
        OfferFactory(title="Elterncafé", provider_name="Verein")


def test_a_feature_of_a_place_is_stated_once():
    fact = AccessibilityFactFactory()

    with pytest.raises(IntegrityError, match="accessibility_feature_once"), transaction.atomic():
        AccessibilityFactFactory(location=fact.location, is_present=False)
