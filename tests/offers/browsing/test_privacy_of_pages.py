"""Public pages ask nothing of the reader: no cookie, no foreign host, no date of birth."""

import logging
import re

import pytest
from django.utils import timezone

from offers.models import Institution, Offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_paths(herne):
    return [
        "/",
        "/angebote/",
        "/angebote/?alter=18&bezirk=bezirk-wanne",
        "/angebote/?q=gibtesnicht",
        Offer.objects.published().first().get_absolute_url(),
        "/lebensphasen/",
        "/lebensphasen/baby/",
        "/lebensphasen/eltern-familie/",
        "/einrichtungen/",
        Institution.objects.first().get_absolute_url(),
        "/hilfe/",
        "/ohne-netz/",
        "/merkzettel/",
        "/mein-kind/",
        "/impressum/",
        "/datenschutz/",
        "/barrierefreiheit/",
        "/barrierefreiheit/melden/",
        "/einbetten/",
        "/angebote/einbetten/?phase=baby",
    ]


def test_no_public_page_sets_a_cookie(client, public_paths):
    setting = [path for path in public_paths if client.get(path).cookies]

    assert setting == []


def test_no_public_page_asks_another_host_for_anything(client, public_paths):
    # The address of the page itself is fetched by nobody.
    link = r'<link(?! rel="canonical")[^>]+href="https?://'
    foreign = re.compile(rf'(?:src|srcset|poster|action)="(?:https?:)?//|{link}')

    asking = [path for path in public_paths if foreign.search(client.get(path).content.decode())]

    assert asking == []


def test_a_birth_month_becomes_an_age_and_leaves_no_trace(client, herne, caplog):
    born = timezone.localdate().replace(day=1)
    caplog.set_level(logging.DEBUG)

    response = client.post("/", {"monat": born.month, "jahr": born.year - 3})

    assert response.status_code == 303
    assert response.url == "/angebote/?alter=36"
    assert str(born.year - 3) not in caplog.text
    assert response.cookies == {}


def test_the_expected_month_of_birth_leads_to_the_pregnancy(client, herne):
    today = timezone.localdate()
    due = today.month + 3

    response = client.post("/", {"monat": (due - 1) % 12 + 1, "jahr": today.year + (due > 12)})

    assert response.url == "/angebote/?alter=-3"


def test_the_age_of_a_child_is_the_whole_address(client, herne):
    response = client.get("/angebote/?zahl=3&einheit=jahre&thema=betreuung")

    assert response.status_code == 302
    assert response.url == "/angebote/?alter=36&thema=betreuung"
