"""Every list of the office with hundreds of offers: at most twenty questions, and none slow."""

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kekiz_portal.tools.management.commands.generate_offers import analyse
from network.lists import work_list as coordination
from offers.models import Institution, Offer
from offers.quality import work_list
from offers.search.query import memory
from tests import rows

QUERIES = 20


@pytest.fixture(scope="module")
def many_offers(many_offers_as_rows, django_db_blocker):
    """Herne's facts and hundreds of made-up offers; nothing stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        rows.pour(many_offers_as_rows)
        analyse()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def office(db, signed_in):
    user = User.objects.create_superuser("leitung")
    Offer.objects.filter(source="generated", slug__endswith="77").update(responsible=user)
    return signed_in(Client(), user)


def address(model, query=""):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return reverse(name) + query


# One test walks many addresses: each test ends with a check of all the rows.
TO_DO = [f"?todo={queue.name}" for queue in work_list.QUEUES]
OFFERS = ["?q=treff+02323", "?stand=frisch&wer=ich", "?wer=niemand&o=4", "?o=-8", "?p=5"]
OFFERS += ["?bezirk=bezirk-wanne", "?phase=baby", "?thema=betreuung", "?anbieter=ohne"]
OFFERS += ["?status=draft", "?todo=quatsch&wer=999999999999&anbieter=x"]
INSTITUTIONS = ["?bezirk=bezirk-wanne", "?wer=niemand", "?o=4", "?q=kita"]


def test_every_list_and_every_filter_takes_at_most_twenty_questions(
    many_offers, office, django_assert_max_num_queries
):
    addresses = [address(model) for model in site._registry]
    addresses += [address(Offer, query) for query in TO_DO + OFFERS]
    addresses += [address(Institution, query) for query in INSTITUTIONS]
    limits = dict.fromkeys(addresses, QUERIES)
    # The start page asks once for each pile, and every role has its own.
    limits[reverse("admin:index")] = QUERIES + len(coordination.QUEUES)

    memory.current()  # read once by every process
    for one, limit in limits.items():
        with django_assert_max_num_queries(limit):
            response = office.get(one)
        assert response.status_code == 200, one
