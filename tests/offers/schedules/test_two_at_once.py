"""Two people, or a person and the nightly task, renew the dates of one schedule at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from offers.models import Occurrence, Schedule
from offers.schedules import occurrences
from tests.factories.offers import ScheduleFactory

pytestmark = pytest.mark.django_db(transaction=True)


def renew_on_a_connection_of_its_own(_number):
    try:
        return occurrences.renew(Schedule.objects.all())
    finally:
        connection.close()


def test_every_date_stands_once_when_many_renew_at_the_same_time():
    schedule = ScheduleFactory()
    expected = Occurrence.objects.filter(schedule=schedule).count()

    with ThreadPoolExecutor(max_workers=4) as people:
        counts = list(people.map(renew_on_a_connection_of_its_own, range(8)))

    assert expected > 40
    assert counts == [expected] * 8
    assert Occurrence.objects.filter(schedule=schedule).count() == expected
