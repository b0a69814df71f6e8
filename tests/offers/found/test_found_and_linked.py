"""Search engines, messengers and feed readers find the portal, and say what its pages say."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from lifephases.models import LifePhase
from offers.models import Institution, Location, Offer
from tests.factories.offers import (
    CostOptionFactory,
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def graph_of(client, path):
    page = client.get(path).content.decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found = json.loads(script)
    assert found["@context"] == "https://schema.org"
    return {node["@type"]: node for node in found["@graph"]}


def head_of(client, path):
    page = client.get(path).content.decode().partition("</head>")[0]
    metas = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)"', page))
    [canonical] = re.findall(r'<link rel="canonical" href="([^"]+)"', page)
    [metas["description"]] = re.findall(r'name="description"[^>]*content="([^"]+)"', page)
    return canonical, metas


@pytest.fixture
def offer():
    house = InstitutionFactory(name="Kita Sonnenschein", carrier_name="Stadt Herne")
    house.locations.add(LocationFactory(street="Sonnenstraße 1", city="Herne"))
    offer = OfferFactory(
        title="Krabbeln & Spielen </script>",
        teaser="Für die Kleinsten.",
        provider=house,
        ages=(0, 36),
        topics=[TopicFactory(slug="spiel")],
        languages=["de", "tr"],
    )
    place = LocationFactory(street="Spielweg 2", city="Herne", postal_code="44625")
    ScheduleFactory(place=OfferPlaceFactory(offer=offer, location=place))
    CostOptionFactory(offer=offer, amount="2.50")
    return offer


@pytest.fixture
def shelter():
    """An offer at a place that nobody may find, of a house that lies there too."""
    hidden = ProtectedLocationFactory(street="Kanarienpfad 88", city="Herne")
    house = InstitutionFactory(name="Schutzhaus", kind=InstitutionKindFactory(slug="kita"))
    house.locations.add(hidden)
    offer = OfferFactory(title="Schutz", provider=house, topics=[TopicFactory()])
    ScheduleFactory(place=OfferPlaceFactory(offer=offer, location=hidden))
    return offer


def test_an_offer_says_to_search_engines_what_its_page_says(client, offer):
    graph = graph_of(client, offer.get_absolute_url())

    service = graph["GovernmentService"]
    assert service["name"] == "Krabbeln & Spielen </script>"
    assert service["audience"]["suggestedMaxAge"] == 2
    [hours] = service["hoursAvailable"]
    assert (hours["dayOfWeek"], hours["opens"], hours["closes"]) == (["Tuesday"], "16:00", "18:00")
    [where] = [one["serviceLocation"] for one in service["availableChannel"]]
    assert where["address"]["streetAddress"] == "Spielweg 2"
    assert service["offers"][0]["price"] == "2.50"
    event = graph["ChildrensEvent"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT16:00:00\+0[12]:00", event["startDate"])
    assert event["location"]["address"]["postalCode"] == "44625"
    assert graph["Organization"]["@id"] == service["provider"]["@id"] == event["organizer"]["@id"]
    assert [one["position"] for one in graph["BreadcrumbList"]["itemListElement"]] == [1, 2, 3]


def test_what_is_not_of_the_city_is_no_service_of_its_government(client):
    graph = graph_of(client, OfferFactory(topics=[TopicFactory()]).get_absolute_url())

    assert "GovernmentService" not in graph
    assert "availableChannel" not in graph["Service"]  # the city's number is not the offer's


def test_a_kita_is_child_care_with_its_address_and_the_hours_that_can_be_read(client):
    house = InstitutionFactory(
        kind=InstitutionKindFactory(slug="kita"), opening_hours_text="Mo-Fr 7-16 Uhr"
    )
    house.locations.add(LocationFactory(street="Sonnenstraße 1", city="Herne"))
    found = graph_of(client, house.get_absolute_url())["ChildCare"]

    assert found["address"]["streetAddress"] == "Sonnenstraße 1"
    assert len(found["openingHoursSpecification"]) == 5


def test_no_machine_learns_of_a_protected_address(client, shelter):
    house = shelter.provider
    graphs = [graph_of(client, one.get_absolute_url()) for one in (shelter, house)]
    others = ["/sitemap.xml", "/sitemap-de.xml", "/angebote/atom.xml", "/portal.webmanifest"]

    for said in [json.dumps(graphs), *(client.get(one).content.decode() for one in others)]:
        assert "anarien" not in said
    assert "Event" not in graphs[0]
    assert "serviceLocation" not in json.dumps(graphs[0])
    assert "ChildCare" not in graphs[1]


def test_only_the_district_of_a_place_is_told_where_only_that_may_be_known(client):
    place = LocationFactory(name="Haus Linde", visibility=Location.Visibility.DISTRICT)
    offer = OfferFactory(topics=[TopicFactory()])
    OfferPlaceFactory(offer=offer, location=place)

    said = json.dumps(graph_of(client, offer.get_absolute_url()), ensure_ascii=False)
    assert place.district.name in said
    assert place.street not in said
    assert place.name not in said


def test_every_kind_of_page_says_its_address_and_how_a_link_to_it_looks(client, herne):
    phase, house = LifePhase.objects.get(slug="baby"), Institution.objects.current().first()
    offer = Offer.objects.published().exclude(description="").filter(teaser="").first()
    for path in [
        *("/", "/angebote/", "/tr/angebote/"),
        *(one.get_absolute_url() for one in (phase, house, offer)),
    ]:
        canonical, metas = head_of(client, f"{path}?seite=1&gclid=1")
        assert canonical == metas["og:url"] == settings.PORTAL_URL + path
        assert metas["og:title"]
        assert metas["description"]
        picture = client.get(metas["og:image"].removeprefix(settings.PORTAL_URL))
        assert picture.content[:4] == b"\x89PNG"
    assert head_of(client, "/hilfe/")[0] == f"{settings.PORTAL_URL}/hilfe/"


def test_a_page_behind_a_key_and_one_that_is_not_there_name_no_address(client):
    for path in ("/newsletter/abmelden/irgendwas", "/gibt-es-nicht/", "/angebote/gibt-es-nicht/"):
        assert "canonical" not in client.get(path).content.decode()


def test_each_language_has_a_sitemap_whose_pages_name_each_other(client, offer):
    index = ET.fromstring(client.get("/sitemap.xml").content)
    maps = [
        one.text.removeprefix(settings.PORTAL_URL) for one in index.iterfind(".//s:loc", SITEMAP)
    ]
    assert len(maps) == len(LANGUAGES)
    pages = {}
    for path in maps:
        for url in ET.fromstring(client.get(path).content):
            others = {
                link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", SITEMAP)
            }
            pages[url.findtext("s:loc", None, SITEMAP)] = others

    assert all(set(others) == {*LANGUAGES, "x-default"} for others in pages.values())
    assert all(pages[link] == others for others in pages.values() for link in others.values())
    path = offer.get_absolute_url()
    assert pages[f"{settings.PORTAL_URL}/ar{path}"]["x-default"] == settings.PORTAL_URL + path
    assert client.get("/sitemap-xx.xml").status_code == 404


def test_every_page_of_the_sitemap_is_there(client, herne):
    urls = ET.fromstring(client.get("/sitemap-tr.xml").content).findall("s:url/s:loc", SITEMAP)
    paths = [one.text.removeprefix(settings.PORTAL_URL) for one in urls]

    assert len(paths) > Offer.objects.published().count() + Institution.objects.current().count()
    some = [one for one in paths if one.count("/") == 3] + paths[::97]
    assert [path for path in some if client.get(path).status_code != 200] == []


def test_a_filter_has_a_feed_of_what_changed_last(client, offer):
    page = client.get("/angebote/?thema=spiel").content.decode()
    [address] = re.findall(r'type="application/atom\+xml" href="([^"]+)"', page)
    other = OfferFactory(title="Anderes", topics=[TopicFactory(slug="anderes")])
    answer = client.get(address)
    feed = ET.fromstring(answer.content)

    assert [one.text for one in feed.iterfind("a:entry/a:id", ATOM)] == [f"urn:uuid:{offer.uuid}"]
    assert other.title not in answer.content.decode()
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == settings.PORTAL_URL + address
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    Offer.objects.filter(pk=offer.pk).update(title="Neuer Name")
    assert "Neuer Name" in client.get(address).content.decode()


def test_no_feed_holds_the_words_of_a_search(client, offer):
    assert "atom+xml" not in client.get("/angebote/?q=trennung").content.decode()
    assert "trennung" not in client.get("/angebote/atom.xml?q=trennung").content.decode()


def test_a_browser_searches_without_words_in_an_address(client):
    page = client.get("/tr/").content.decode()
    [address] = re.findall(r'href="([^"]+)"\s+title="[^"]+"', page.partition("</head>")[0])
    root = ET.fromstring(client.get(address).content)
    [url] = [one for one in root if one.tag.endswith("Url")]

    assert (url.get("method"), url.get("template")) == (
        "post",
        f"{settings.PORTAL_URL}/tr/angebote/",
    )
    assert url[0].get("value") == "{searchTerms}"


def test_a_device_installs_the_portal_in_the_language_of_the_reader(client):
    page = client.get("/ar/").content.decode()
    [address] = re.findall(r'rel="manifest" href="([^"]+)"', page)
    said = client.get(address).json()

    assert (said["lang"], said["dir"], said["start_url"]) == ("ar", "rtl", "/ar/")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in said["icons"]}


def test_robots_are_told_where_the_sitemap_is(client):
    said = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {settings.PORTAL_URL}/sitemap.xml" in said
    assert "Disallow: /verwaltung/" in said


@pytest.mark.django_db
def test_a_search_engine_reads_the_claim_in_the_language_of_the_page(client):
    page = client.get("/tr/").content.decode()

    assert settings.CITY["claim"] not in page
    assert "Hamilelikten mesleğe kadar yanınızda" in page
