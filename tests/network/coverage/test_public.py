"""How dense the chain is, for everybody: only if the city wants, with the figures of the office."""

import re

import pytest
from django.conf import settings as portal
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from network.coverage.overview import Overview
from tests import rows

pytestmark = pytest.mark.django_db
CITY, WANNE = reverse("net:city"), reverse("net:part", args=["bezirk-wanne"])
MOST_BYTES = 14_600  # the first flight of a connection


@pytest.fixture
def published(settings, herne_as_rows):
    rows.pour(herne_as_rows)
    settings.PUBLISHES_THE_CHAIN = True


def test_without_the_wish_of_the_city_there_is_no_page(client, herne_as_rows, settings):
    rows.pour(herne_as_rows)
    settings.PUBLISHES_THE_CHAIN = False

    assert [client.get(one).status_code for one in (CITY, WANNE)] == [404, 404]
    assert CITY not in client.get("/sitemap-de.xml").text


def test_everybody_reads_the_figures_of_the_office_and_what_is_not_known(client, published):
    page = " ".join(client.get(WANNE).text.split())
    overview = Overview(timezone.localdate(), "bezirk-wanne")
    along = [field.cell for field in overview.fields if not field.column.is_cross]

    cells = re.findall(r'<td class="(\w+) n\d">(\d+)</td>', page)
    assert [int(number) for _kind, number in cells] == [cell.within_reach for cell in along]
    assert [kind == "torn" for kind, _number in cells] == [cell.is_open for cell in along]
    assert f"<dd>{overview.all_here.offers}</dd>" in page
    unknown = page[page.index("Was wir nicht wissen") :]
    assert f"bestätigt hat: {overview.all_here.unconfirmed}<" in unknown
    assert len(client.get(CITY).content) < MOST_BYTES
    assert CITY in client.get("/sitemap-de.xml").text
    assert client.get(f"{CITY}gibt-es-nicht/").status_code == 404


def test_it_speaks_the_readers_language(published):
    german = ["dicht", "Faden", "Gestrichelt", "Zerrissen", "Erreichbar", "wissen", "erreichbar"]
    with override(portal.LANGUAGE_CODE):  # a request leaves its language behind
        for language in [code for code, _name in portal.LANGUAGES if code != "de"]:
            page = Client().get(f"/{language}{WANNE}").text
            main = page[page.index("<main") : page.index("</main>")]

            assert [one for one in german if one in main] == [], language
