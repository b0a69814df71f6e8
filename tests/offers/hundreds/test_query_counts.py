"""A page asks the database equally often, however many offers there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kekiz_portal.tools.management.commands.generate_offers import analyse
from offers.browsing.contact import duties
from offers.catalogue import held
from offers.models import Offer
from offers.search.query import memory
from tests import rows

pytestmark = pytest.mark.django_db

LIMITS = {
    "/": 10,
    "/angebote/": 12,
    "/angebote/?alter=84&bezirk=bezirk-wanne&kostenlos=1&sortierung=termin": 12,
    "/angebote/?q=qxzqxz&alter=3&sprache=tr": 16,
    "/angebote/?q=beratung": 20,
    "/lebensphasen/": 10,
    "/lebensphasen/grundschule/": 10,
    "/lebensphasen/eltern-familie/": 10,
    "/einrichtungen/": 10,
    "/hilfe/": 10,
}


def queries_of(client, path):
    memory.current()  # read once by every process, as soon as words changed
    held.current()  # likewise
    duties.current()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    # Each page first asks for the number of what readers see, and after a change for what changed,
    # which may spare all the rest.
    return len([one for one in queries if "content_" not in one["sql"]])


def test_every_page_keeps_to_its_number_of_queries_with_few_and_with_many_offers(
    client, herne_as_rows, many_offers_as_rows
):
    rows.pour_instead(herne_as_rows)
    analyse()
    with_herne = {path: queries_of(client, path) for path in LIMITS}
    rows.pour_instead(many_offers_as_rows)
    analyse()
    with_many = {path: queries_of(client, path) for path in LIMITS}

    assert {path: count for path, count in with_herne.items() if count > LIMITS[path]} == {}
    assert with_many == with_herne


def test_every_offer_page_keeps_to_ten_queries_and_one_for_when_somebody_answers(client, herne):
    offers = Offer.objects.published().order_by("pk")[::9]
    client.get(offers[0].get_absolute_url())  # what a process reads once

    over = [one.slug for one in offers if queries_of(client, one.get_absolute_url()) > 11]

    assert over == []
