"""Families read the portal in their language; what is German there says so."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override, pgettext, trans_real

from kekiz_portal.tools import catalogues
from lifephases.models import LifePhase
from offers.models import Institution, Offer, OfferTranslation
from tests.factories.offers import (
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    TopicFactory,
)

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
RIGHT_TO_LEFT = {"ar", "fa"}
WALKED = {"tr", "ar"}


@pytest.fixture
def asked_for(monkeypatch):
    """The German texts that pages asked for, each with what stands for it."""
    found = {}
    gettext, ngettext = trans_real.DjangoTranslation.gettext, trans_real.DjangoTranslation.ngettext

    def one(self, text):
        found[text] = gettext(self, text)
        return found[text]

    def several(self, text, plural, number):
        said = ngettext(self, text, plural, number)
        found[text] = said if said not in (text, plural) else text
        return said

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", one)
    monkeypatch.setattr(trans_real.DjangoTranslation, "ngettext", several)
    return found


@pytest.fixture(scope="module")
def addresses(herne):
    """One address of every kind of page that families open."""
    phase = LifePhase.objects.get(slug="baby")
    return [
        "/",
        "/angebote/",
        "/angebote/?q=schwimmkurs&kostenlos=1",
        "/angebote/?q=xqzzyv",
        "/angebote/?q=mein+mann+schlägt+mich",
        *(one.get_absolute_url() for one in Offer.objects.published().order_by("pk")[::40]),
        *(one.get_absolute_url() for one in Institution.objects.current().order_by("pk")[:2]),
        phase.get_absolute_url(),
        "/lebensphasen/",
        "/hilfe/",
        "/einrichtungen/",
        "/mein-kind/",
        "/merkzettel/",
        "/ohne-netz/",
        "/newsletter/",
        "/impressum/",
        "/barrierefreiheit/melden/",
        "/gebaerdensprache/",
        "/angebote/einbetten/?phase=baby",
        "/das-gibt-es-nicht/",
    ]


@pytest.mark.django_db
def test_no_page_says_a_text_of_the_portal_in_german_only(addresses, asked_for):
    """Pages ask for the same texts in every language: all are opened in two, some in the others."""
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for texts in catalogues.folders().values()
        for message in texts
    }

    for language in OTHERS:
        for address in addresses if language in WALKED else addresses[::6]:
            answer = Client().get(f"/{language}{address}")
            assert answer.status_code in {200, 404}
            assert f'<html lang="{language}"' in answer.content.decode()

    assert len(asked_for) > 200
    lacking = {}
    for language in OTHERS:
        catalogue = {
            message.id[0] if isinstance(message.id, tuple) else message.id: message.string
            for folder in catalogues.folders()
            for message in catalogues.read(catalogues.path_of(folder, language), language)
        }
        asked = [text for text in asked_for if text in known and not catalogue.get(text)]
        lacking |= {language: asked} if asked else {}
    assert lacking == {}


@pytest.mark.django_db
def test_the_same_page_with_its_filters_stands_in_every_language(client, herne):
    page = client.get("/tr/angebote/?thema=gesundheit&kostenlos=1").content.decode()

    links = re.findall(r'<a href="([^"]*)" lang="(\w+)"', page)
    assert {code: address.replace("&amp;", "&") for address, code in links} == {
        "de": "/angebote/?thema=gesundheit&kostenlos=1",
        **{code: f"/{code}/angebote/?thema=gesundheit&kostenlos=1" for code in OTHERS},
    }


@pytest.mark.django_db
def test_a_button_speaks_the_language_of_its_page_whoever_read_it_before(client, herne):
    offer = Offer.objects.published().first()
    forms = [
        "/newsletter/meine-daten/",
        "/barrierefreiheit/melden/",
        f"/angebote/{offer.slug}/melden/",
        f"/angebote/{offer.slug}/platz-frei/",
    ]
    for address in forms:
        german, turkish = (button_of(client.get(front + address)) for front in ("", "/tr"))
        assert german
        assert turkish not in {"", german}


def button_of(page):
    found = re.search(r'<button[^>]*button--main[^>]*type="submit"[^>]*>([^<]*)', page.text)
    return found[1].strip() if found else ""


@pytest.mark.django_db
def test_no_link_to_another_language_carries_words_of_distress_on(client, herne):
    page = client.get("/tr/angebote/?q=mein+mann+schlägt+mich").content.decode()
    assert "schlägt" not in page.partition("</head>")[0]  # nor what it says of itself elsewhere

    links = dict(re.findall(r'<a href="([^"]*)" lang="(\w+)"', page))
    assert set(links) == {"/angebote/", *(f"/{code}/angebote/" for code in OTHERS)}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/tr//site.example/", "//site.example/", "/tr///site.example"])
def test_no_address_makes_a_link_to_another_site_of_a_language(client, path):
    page = client.get(path, follow=True).content.decode()

    links = re.findall(r'<a href="([^"]*)" lang="(\w+)"', page)
    assert len(links) == len(OTHERS) + 1
    assert [address for address, _code in links if address.startswith("//")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_titles_that_nobody_translated_stay_german_and_say_so(client, herne, language):
    offer = Offer.objects.published().exclude(description="").first()
    OfferTranslation.objects.filter(language=language, offer=offer).delete()
    address = offer.get_absolute_url()
    page = client.get(f"/{language}{address}").content.decode()

    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert '<h1 lang="de" dir="ltr">' in page
    assert "<h1>" in client.get(address).content.decode()


@pytest.mark.django_db
def test_free_words_within_facts_are_marked_as_german(client):
    offer = OfferFactory(
        topics=[TopicFactory()],
        access_modes=["registration"],
        how_to_apply="Rufen Sie vorher an.",
        cost_kind="free",
        cost_note="Essen bringen Sie mit.",
        languages_note="Wir holen jemanden dazu.",
        schedule_text="jeden ersten Dienstag",
    )
    place = LocationFactory(name="Haus am Park", transport_note="Bus 312")
    OfferPlaceFactory(offer=offer, location=place, note="im Keller")
    path = offer.get_absolute_url()
    page, german = (client.get(f"{front}{path}").content.decode() for front in ("/ar", ""))

    free = ["Rufen Sie vorher an.", "Essen bringen Sie mit.", "Wir holen jemanden dazu."]
    free += ["jeden ersten Dienstag", "Haus am Park", "Bus 312", "im Keller"]
    marked = re.findall(r'lang="de" dir="ltr">\s*([^<]*?)\s*<', page)
    assert [words for words in free if words not in marked] == []
    assert 'lang="de" dir' not in german.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("language", OTHERS)
def test_to_leave_a_newsletter_or_sign_up_for_a_course_is_not_to_sign_in_or_out(language):
    with override(language):
        said = {
            pgettext("vom Newsletter", "Abmelden"),
            pgettext("zu einem Angebot", "Anmelden"),
            gettext("Abmelden"),  # the office's, which stays German
            gettext("Anmelden"),
        }
    assert len(said) == 4


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_compiled_is_what_the_catalogue_says(language):
    for folder in catalogues.folders():
        path = catalogues.path_of(folder, language)
        catalogue = catalogues.read(path, language)

        assert path.with_suffix(".mo").read_bytes() == catalogues.compiled(catalogue)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_gaps_and_the_marks_of_its_text(language):
    gap = re.compile(r"%\(\w+\)[sd]|%[sd]|</?\w+[^>]*>")
    wrong = []
    for folder in catalogues.folders():
        for message in catalogues.read(catalogues.path_of(folder, language), language):
            if not message.id:  # what is said about the file itself
                continue
            several = isinstance(message.id, tuple)
            german = message.id[1] if several else message.id
            for said in filter(None, message.string if several else [message.string]):
                gaps, wanted = sorted(gap.findall(said)), sorted(gap.findall(german))
                # "One place" needs no number.
                if gaps != wanted and not (several and set(gaps) <= set(wanted)):
                    wrong.append((german, said))
    assert wrong == []
