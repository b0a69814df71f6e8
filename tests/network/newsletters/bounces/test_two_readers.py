"""A worker and an operator read the mailbox at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from network.models import AddressHealth, Bounce
from network.newsletters.bounces import scoring
from network.newsletters.bounces.recognising import recognise
from network.newsletters.sending.return_addresses import return_path
from tests.network.newsletters.bounces.samples import POSTFIX, mail

pytestmark = pytest.mark.django_db(transaction=True)


def take_in_on_a_connection_of_its_own(raw):
    try:
        return scoring.take_in(recognise(raw))
    finally:
        connection.close()


def test_a_report_read_by_many_at_once_counts_once(sent_to):
    raw = mail(POSTFIX, return_path(sent_to()))

    with ThreadPoolExecutor(max_workers=4) as readers:
        taken = list(readers.map(take_in_on_a_connection_of_its_own, [raw] * 8))

    assert sum(bounce is not None for bounce in taken) == 1
    assert AddressHealth.objects.get().score == 1


def test_reports_about_one_address_read_at_once_count_once_a_day(sent_to):
    reports = [mail(POSTFIX, return_path(sent_to()), number=number) for number in range(8)]

    with ThreadPoolExecutor(max_workers=4) as readers:
        taken = list(readers.map(take_in_on_a_connection_of_its_own, reports))

    counted = [one for one in taken if one.effect == Bounce.Effect.COUNTED]
    assert len(counted) == 1
    assert Bounce.objects.filter(effect=Bounce.Effect.SAME_DAY).count() == 7
    assert AddressHealth.objects.get().score == 1
