"""Films in Deutscher Gebärdensprache: three places, each honest while its film lacks."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kekiz_portal import films
from kekiz_portal.models import Film

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(range(200))
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(100)
PAGE = "/gebaerdensprache/"
LACKS = "Diesen Film gibt es noch nicht."


@pytest.fixture
def office(settings, tmp_path, signed_in):
    settings.MEDIA_ROOT = tmp_path
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    return signed_in(Client(), editor)


def upload(office, content, name="film.mp4", about="inhalt"):
    sent = {"about": about, "seconds": 65, "text": "Hier finden Familien Hilfe."}
    sent["file"] = SimpleUploadedFile(name, content)
    return office.post("/verwaltung/kekiz_portal/film/add/", sent)


def test_a_film_stands_with_its_words_beside_those_that_lack(office, client):
    assert client.get(PAGE).text.count(LACKS) == 3
    assert upload(office, MP4).status_code == 302

    page = client.get(PAGE).text
    assert (page.count(LACKS), page.count('preload="none"')) == (2, 1)
    assert "Hier finden Familien Hilfe." in page
    assert "(1:05," in page  # how long and how large, before somebody fetches it
    address = Film.objects.get().address
    assert page.count(f'"{address}"') == 2  # to be played and to be kept
    assert 'lang="de"' in client.get(f"/ar{PAGE}").text.partition("<main")[2]

    whole = client.get(address)
    assert (b"".join(whole.streaming_content), whole["Content-Type"]) == (MP4, "video/mp4")
    for asked, answer in {
        "bytes=4-7": b"ftyp",
        "bytes=-3": MP4[-3:],
        "bytes=200-": MP4[200:],
    }.items():
        part = client.get(address, headers={"Range": asked})
        assert (part.status_code, part.content) == (206, answer)
    assert client.get(address, headers={"Range": "bytes=900-"}).status_code == 416
    absurd = client.get(address, headers={"Range": "bytes=" + "9" * 5_000 + "-"})
    assert b"".join(absurd.streaming_content) == MP4
    assert client.get(address.replace(address[-10:-4], "000000")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("film.mp4", b"<script>alert(1)</script>"), ("film.webm", b"\x1a\x45\xdf\xa3matroska")],
)
def test_what_is_no_film_by_its_first_bytes_is_refused(office, name, content):
    assert "Das ist kein Film" in upload(office, content, name).text
    assert not Film.objects.exists()


def test_a_film_is_named_by_what_it_is_and_not_too_large(office, monkeypatch):
    upload(office, WEBM, "../böse.mp4")
    assert Film.objects.get().media_type == "video/webm"
    monkeypatch.setattr(films, "MOST_BYTES", 10)
    assert "größer als" in upload(office, MP4, about="bedienung").text
