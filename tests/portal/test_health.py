"""Who asks whether all is well hears the truth: full and missing servers, and whose address."""

import errno
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import redis
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kekiz_portal import checks
from kekiz_portal.tools.local.servers import LocalServices
from offers.models import Offer
from tests.factories.offers import OfferFactory, TopicFactory
from tests.html_forms import form_of
from tests.offers.curation.pictures_at_hand import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_redis(settings):
    """A Redis of its own that takes nothing more; other tests go on with theirs."""
    with TemporaryDirectory(prefix="kekiz-redis-", ignore_cleanup_errors=True) as folder:
        services = LocalServices(Path(folder))
        settings.REDIS_URL = url = services.redis_url()
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": url}}
        redis.Redis.from_url(url).config_set("maxmemory", "1")
        yield
        services.release()


def test_a_full_redis_is_no_redis_that_works(client, full_redis):
    told = client.get(reverse("readyz")).json()
    strict = client.get(reverse("all_well"))

    assert (told["redis"], told["redis_says"], told["all_well"]) == (False, "full", False)
    assert strict.status_code == 503


def test_a_full_redis_leaves_the_pages_of_families_readable(client, full_redis):
    assert client.get("/angebote/?q=turnen").status_code == 200


@pytest.mark.parametrize("path", ["readyz", "all_well"])
def test_without_redis_traffic_goes_on_and_somebody_has_to_look(client, settings, path):
    away = "redis://127.0.0.1:1/0"
    settings.REDIS_URL = away
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": away}}

    answer = client.get(reverse(path))

    assert answer.json()["redis_says"] == "away"
    assert answer.status_code == {"readyz": 200, "all_well": 503}[path]
    assert client.get("/angebote/").status_code == 200


def test_a_full_disk_is_said(client, monkeypatch):
    monkeypatch.setattr("kekiz_portal.health.FREE_BYTES_NEEDED", 1 << 62)

    assert client.get(reverse("readyz")).json()["media_says"] == "full"
    assert client.get(reverse("all_well")).status_code == 503


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-Proto": "https"}]
)
def test_outside_one_hears_only_yes_or_no(client, headers):
    assert client.get(reverse("readyz"), headers=headers).json() == {"ready": True}
    assert set(client.get(reverse("all_well"), headers=headers).json()) == {"all_well"}
    assert client.get(reverse("readyz"), REMOTE_ADDR="203.0.113.9").json() == {"ready": True}


@pytest.mark.parametrize(("is_decided", "found"), [(False, ["kekiz_portal.W001"]), (True, [])])
def test_a_proxy_nobody_spoke_of_is_a_warning(settings, is_decided, found):
    settings.SECURE_PROXY, settings.SECURE_PROXY_IS_DECIDED = False, is_decided

    assert [one.id for one in checks.a_proxy_is_named(None)] == found


def test_pictures_among_the_code_are_a_warning(settings):
    settings.MEDIA_ROOT = settings.BASE_DIR / "media"
    assert [one.id for one in checks.pictures_lie_outside_the_code(None)] == ["kekiz_portal.W002"]


@pytest.mark.parametrize("phone", ["folgt noch", "16-1651", "Fax 02323 161652"])
def test_a_city_without_a_number_to_dial_is_refused(settings, phone):
    settings.CITY = settings.CITY | {"contact": settings.CITY["contact"] | {"phone": phone}}

    assert [one.id for one in checks.the_citys_number_can_be_dialled(None)] == ["kekiz_portal.E001"]


def test_the_number_of_herne_can_be_dialled():
    assert checks.the_citys_number_can_be_dialled(None) == []


@pytest.fixture
def full_disk(monkeypatch):
    """A disk that takes the first bytes of a file and no more."""

    def half(self, name, content):
        with open(self.path(name), "wb") as file:  # noqa: PTH123, as the storage does
            file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    default_storage.delete("bilder/.x")
    default_storage.save("bilder/.x", ContentFile(b""))  # the folder is there
    default_storage.delete("bilder/.x")
    monkeypatch.setattr(FileSystemStorage, "_save", half)


def files():
    try:
        return default_storage.listdir("bilder")[1]
    except FileNotFoundError:
        return []


def test_a_full_disk_loses_nothing_typed_and_leaves_no_half_file(signed_in, full_disk):
    office = signed_in(Client(), User.objects.create_superuser("leitung"))
    offer = OfferFactory(topics=[TopicFactory()])
    url = reverse("admin:offers_offer_change", args=[offer.pk])
    before = files()
    upload = SimpleUploadedFile("bild.png", picture(), content_type="image/png")
    typed = form_of(office.get(url), "offer_form") | {"teaser": "Neu getippt"}
    typed |= {"picture": upload, "picture_alt": "Ein Garten"}

    answer = office.post(url, typed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "lässt sich gerade nicht speichern" in page
    assert "Neu getippt" in page
    assert files() == before
    assert Offer.objects.get(pk=offer.pk).teaser == ""


def test_security_txt_names_a_contact_and_an_end_that_lies_ahead(client):
    told = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in told.content.decode().splitlines())

    assert told.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"].startswith(("tel:+", "mailto:", "https://"))
    assert lines["Expires"].endswith("Z")
    assert lines["Preferred-Languages"] == "de, en"
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def test_robots_leave_the_office_and_links_of_mails_alone(client):
    told = client.get("/robots.txt").content.decode()

    assert "Disallow: /verwaltung/" in told
    assert "Disallow: /newsletter/abmelden/" in told
