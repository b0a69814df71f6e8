"""Pictures are painted anew: small, upright, and nothing of their origin left in the file."""

import struct
import zlib
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from offers.curation import pictures
from offers.models import Offer
from tests.factories.offers import OfferFactory, TopicFactory
from tests.html_forms import form_of

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def upload(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


def file_of(image, kind, **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photo(size=(60, 40), kind="JPEG", **options):
    return file_of(Image.new("RGB", size, "teal"), kind, **options)


def from_a_camera():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held upright
    exif[MAKE] = "Beispielkamera"
    exif.get_ifd(GPS)[2] = (51.0, 32.0, 15.0)
    return photo((60, 40), exif=exif)


def opened(file):
    return Image.open(BytesIO(file.read()))


def refusal(content, name="foto.jpg"):
    with pytest.raises(ValidationError) as refused:
        pictures.cleaned(upload(content, name))
    return refused.value.messages[0]


def png_that_claims(width, height):
    """Return a tiny file that says it is enormous."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def test_where_and_with_what_a_photo_was_taken_is_gone_and_it_stands_upright():
    original = from_a_camera()
    assert Image.open(BytesIO(original)).getexif().get_ifd(GPS)

    kept = pictures.cleaned(upload(original))

    image = opened(kept)
    assert image.size == (40, 60)
    assert not image.getexif()
    kept.seek(0)
    assert b"Beispielkamera" not in kept.read()


def test_texts_and_profiles_in_a_file_are_gone():
    info = PngInfo()
    info.add_text("Author", "Erika Mustermann")
    content = photo(kind="PNG", pnginfo=info, icc_profile=b"geheim" * 20)

    kept = pictures.cleaned(upload(content, "foto.png")).read()

    assert b"Erika" not in kept
    assert b"geheim" not in kept


def test_a_large_picture_is_made_small():
    kept = opened(pictures.cleaned(upload(photo((4000, 1000)))))

    assert kept.size == (1600, 400)
    assert kept.format == "WEBP"


def test_what_can_be_seen_through_stays_so():
    content = file_of(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG")

    assert opened(pictures.cleaned(upload(content))).getpixel((0, 0))[3] == 0


def test_the_name_says_nothing_and_is_never_the_same():
    first, second = (pictures.cleaned(upload(photo(), "../kind-anna.jpg")) for _ in range(2))

    assert first.name != second.name
    assert len(first.name) == len("0" * 32 + ".webp")
    assert "anna" not in first.name


def test_a_picture_with_a_page_hidden_behind_it_is_only_a_picture():
    polyglot = photo() + b"<script>alert(1)</script>PK\x03\x04"

    kept = pictures.cleaned(upload(polyglot)).read()

    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "kein Bild"),
        (b"GIF89a<script>alert(1)</script>", "kein Bild"),
        (file_of(Image.new("RGB", (9, 9)), "GIF"), "kein Bild"),
        (file_of(Image.new("RGB", (9, 9)), "BMP"), "kein Bild"),
        (photo((300, 300))[:400], "kein Bild"),
        (photo((300, 300), "PNG")[:-60], "kein Bild"),
        (b"", "kein Bild"),
        (b"\x00" * 5000, "kein Bild"),
        (png_that_claims(30_000, 30_000), "Bildpunkte"),
        (png_that_claims(9_000, 9_000), "Bildpunkte"),
        (png_that_claims(2**31 - 1, 2**31 - 1), "Bildpunkte"),
        (b"\xff" * (pictures.MOST_BYTES + 1), "größer als"),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused_with_a_sentence(content, sentence):
    assert sentence in refusal(content)


def test_a_moving_picture_is_refused():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "teal")]
    moving = file_of(frames[0], "WEBP", save_all=True, append_images=frames[1:])

    assert "Bewegte Bilder" in refusal(moving)


@pytest.fixture
def office(client, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return signed_in(client, User.objects.create_superuser("verwaltung"))


def saved_with(office, offer, content=None, **fields):
    url = reverse("admin:offers_offer_change", args=[offer.pk])
    data = form_of(office.get(url), "offer_form") | fields
    if content is not None:
        data["picture"] = upload(content)
    return office.post(url, data)


@pytest.fixture
def offer():
    offer = OfferFactory()
    offer.topics.add(TopicFactory())
    return offer


@pytest.mark.django_db
def test_a_picture_is_shown_on_the_page_with_what_is_to_be_seen(office, offer):
    saved = saved_with(office, offer, from_a_camera(), picture_alt="Kinder im Sand")

    assert saved.status_code == 302, saved.context["errors"]
    offer.refresh_from_db()
    html = " ".join(office.get(offer.get_absolute_url()).content.decode().split())
    assert f'src="{offer.picture.url}" width="40" height="60" alt="Kinder im Sand"' in html
    shown = office.get(offer.picture.url)
    assert shown["Content-Type"] == "image/webp"
    assert "immutable" in shown["Cache-Control"]
    assert Image.open(BytesIO(b"".join(shown.streaming_content))).size == (40, 60)


@pytest.mark.django_db
def test_a_picture_nobody_described_is_refused_unless_it_only_decorates(office, offer):
    refused = saved_with(office, offer, photo())
    saved = saved_with(office, offer, photo(), picture_is_decorative="on")

    assert refused.status_code == 200
    assert "Schreiben Sie, was auf dem Bild zu sehen ist" in refused.content.decode()
    assert saved.status_code == 302, saved.context["errors"]
    assert 'alt=""' in office.get(offer.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_file_that_is_no_picture_is_explained_in_the_form(office, offer):
    refused = saved_with(office, offer, b"<svg/>", picture_alt="x")

    assert refused.status_code == 200
    assert "Es muss JPEG, PNG oder WebP sein." in refused.content.decode()
    assert Offer.objects.get(pk=offer.pk).picture == ""


@pytest.mark.django_db
def test_the_old_file_goes_when_the_new_one_is_kept(
    office, offer, django_capture_on_commit_callbacks
):
    saved_with(office, offer, photo(), picture_alt="Sand")
    old = Offer.objects.get(pk=offer.pk).picture.name
    twin = OfferFactory(picture=old, picture_alt="Sand", picture_width=60, picture_height=40)

    with django_capture_on_commit_callbacks(execute=True):
        saved_with(office, offer, photo((9, 9)))
    still_shown = default_storage.exists(old)
    twin.topics.add(TopicFactory())
    with django_capture_on_commit_callbacks(execute=True):
        saved_with(office, twin, **{"picture-clear": "on"})

    assert still_shown
    assert not default_storage.exists(old)
    assert default_storage.exists(Offer.objects.get(pk=offer.pk).picture.name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 32, "x", "0" * 31 + "g"])
def test_a_picture_that_is_not_there_is_not_found(client, name):
    assert client.get(f"/medien/bilder/{name}.webp").status_code == 404
