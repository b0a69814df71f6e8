"""What pages say by patterns is read back in every language: the same facts come out."""

import datetime as dt
import os
import random
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import override

from lifephases import ages
from offers.models import CostOption, FreePlaces, Occurrence, Offer, OfferPlace, Schedule
from offers.templatetags.offer_text import when_words
from tests.offers.translations import ages_in_ten_languages, times_in_ten_languages

LANGUAGES = [code for code, _name in settings.LANGUAGES]
DAYS = times_in_ten_languages.DAYS
# So many of each in every language; "make read-back" asks for as many as 5,000 offers have.
OFFERS = int(os.environ.get("READ_BACK", "0"))
SPANS, RULES, MOMENTS, PRICES = [OFFERS] * 4 if OFFERS else (1200, 500, 100, 200)
START = dt.date(2026, 5, 20)


@pytest.fixture
def some():
    return random.Random(17)


@pytest.fixture(params=LANGUAGES)
def language(request):
    with override(request.param):
        yield request.param


def test_ages_are_read_back_to_the_month(language, some):
    ends = [*range(-9, 30), *range(30, ages.OLDEST, 7)]
    wrong = []
    for _number in range(SPANS):
        first, last = sorted(some.choices(ends, k=2))
        first, last = some.choice([(first, last), (first, first), (first, None), (None, last)])
        words = ages.span_in_words(ages.span(first, last))
        expected = None if first is None or first <= ages.PREGNANCY_BEGINS else first, last
        read = ages_in_ten_languages.read(words, language)
        wrong += [(words, expected, read)] if read != expected else []
    assert wrong[:9] == []


def rules(some):
    """Return a rule of RFC 5545, its weekdays, and what is to be read of it."""
    days = sorted(some.sample(range(7), some.randint(1, 3)))
    names = tuple(DAYS[day] for day in days)
    number, week, month = some.randint(3, 12), some.choice([1, 2, 3, 4, -1]), some.randint(1, 12)
    listed = ",".join(names)
    one = f"{week}{names[0]}"
    return some.choice(
        [
            ("FREQ=DAILY", range(7), ("daily",)),
            (f"FREQ=WEEKLY;BYDAY={listed}", days, ("week", names)),
            (f"FREQ=WEEKLY;INTERVAL=2;BYDAY={listed}", days, ("two weeks", names)),
            (f"FREQ=WEEKLY;INTERVAL={number};BYDAY={listed}", days, ("weeks", names, number)),
            (f"FREQ=MONTHLY;BYDAY={one}", days[:1], ("month", names[0], week)),
            (
                f"FREQ=MONTHLY;INTERVAL={number};BYDAY={one}",
                days[:1],
                ("months", names[0], number, week),
            ),
            ("FREQ=YEARLY", [2], ("year on", START.month, START.day)),
            (f"FREQ=YEARLY;BYMONTH={month};BYDAY={one}", days[:1], ("year", names[0], month, week)),
        ]
    )


def hours(some):
    """Return a beginning and an end, and what is to be read of them."""
    first, last = sorted(some.sample(range(1, 24 * 4), 2))
    start, end = (dt.time(one // 4, one % 4 * 15) for one in (first, last))
    said = [f"{one.hour}:{one.minute:02}" if one.minute else str(one.hour) for one in (start, end)]
    return some.choice(
        [
            (start, end, ("between", *said)),
            (start, dt.time(0), ("between", said[0], "24")),
            (start, None, ("from", said[0])),
            (dt.time(20), dt.time(6), ("over night", "20", "6")),
            (dt.time(0), dt.time(23, 59), ("around the clock",)),
        ]
    )


def test_times_are_read_back_to_the_rule(language, some):
    wrong = []
    for _number in range(RULES):
        rrule, days, often = rules(some)
        start, end, at = hours(some)
        holidays = some.choice(["keep", "skip", "only"])
        words = Schedule(
            rrule=rrule,
            weekdays=list(days),
            starts_on=START,
            start_time=start,
            end_time=end,
            school_holidays=holidays,
        ).words
        read = times_in_ten_languages.read(words, language)
        wrong += [(words, (often, at, holidays), read)] if read != (often, at, holidays) else []
    assert wrong[:9] == []


def test_dates_are_read_back_to_the_day_and_the_hour(language, some):
    months = times_in_ten_languages.months(language)
    for _number in range(MOMENTS):
        day = timezone.localdate() + dt.timedelta(days=some.randint(0, 700))
        at = dt.datetime.combine(
            day, dt.time(some.randint(1, 23), 30), timezone.get_default_timezone()
        )
        words = when_words(Occurrence(starts_at=at))

        said, month = next(
            (found[0], number)
            for name, number in sorted(months.items(), key=lambda one: -len(one[0]))
            if (found := re.search(rf"(\d+)\.? {name}", words.casefold().replace("‌", "")))
        )
        assert (int(re.match(r"\d+", said)[0]), month) == (day.day, day.month), words
        assert (str(day.year) in words) == (day.year != timezone.localdate().year), words
        assert f"{at.hour}:30" in words, words


def test_prices_are_read_back_to_the_cent(language, some):
    for _number in range(PRICES):
        amount = Decimal(some.randint(1, 99_999)) / some.choice([1, 100])
        words = CostOption(amount=amount).words
        said = re.match(r"(\d+)(?:[.,](\d\d))? \w+$", words)
        assert Decimal(f"{said[1]}.{said[2] or 0}") == amount, words
    assert "." in CostOption(amount=Decimal("4.5")).words or language != "en"


def test_each_choice_has_words_of_its_own(language):
    choices = [Offer.Cost, Offer.Access, Offer.Audience, Offer.Reduction, FreePlaces.State]
    for one in choices:
        assert len({str(each.label) for each in one}) == len(one)
    modes = [mode for mode in OfferPlace.Mode if mode != OfferPlace.Mode.LOCATION]
    assert len({OfferPlace(mode=mode).words for mode in modes}) == len(modes)
    assert len({str(WEEKDAYS_ABBR[day]) for day in range(7)}) == len(DAYS)
