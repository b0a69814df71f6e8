"""What somebody translated is read in the language of the page, but never an old translation."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from kekiz_portal.lib.history.recording import edit
from offers.exchange.city.loading import load_file
from offers.exchange.city.offer_texts import OfferTexts
from offers.models import Location, Offer, OfferTranslation
from offers.models.offer import fingerprint
from offers.models.translation import other_languages
from tests.factories.offers import (
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTranslationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
GERMAN = ' lang="de" dir="ltr"'


@pytest.fixture(autouse=True)
def begin_in_german():
    with override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def offer():
    return OfferFactory(
        title="Kochen für Eltern",
        teaser="Wir kochen zusammen.",
        description="Jeden Monat ein anderes Land.",
        topics=[TopicFactory()],
    )


@pytest.fixture
def turkish(offer):
    return OfferTranslationFactory(
        offer=offer, title="Ebeveynler mutfakta", description="<p>Her ay başka bir ülke.</p>"
    )


def test_page_card_and_search_speak_the_readers_language(client, offer, turkish):
    address = offer.get_absolute_url()
    page = client.get(f"/tr{address}").content.decode()
    assert "<h1>Ebeveynler mutfakta</h1>" in page
    assert re.search(r"<title>\s*Ebeveynler mutfakta", page)
    assert f"{GERMAN}>Kochen für Eltern</p>" in page  # what to say on the telephone
    assert f"<p{GERMAN}><strong>Wir kochen zusammen.</strong></p>" in page  # nobody said it yet
    assert "<p>Her ay başka bir ülke.</p>" in page
    assert '"name": "Ebeveynler mutfakta"' in page or '"name":"Ebeveynler mutfakta"' in page

    for listed in ("/tr/angebote/", "/tr/angebote/?q=mutfak"):
        found = client.get(listed).content.decode()
        assert re.search(r'offer-card__title">\s*<a[^>]*>Ebeveynler mutfakta</a>', found), listed
    assert "Ebeveynler" not in client.get("/ar/angebote/").content.decode()
    for german in (client.get(address), client.get("/angebote/")):
        assert "Ebeveynler" not in german.content.decode()
        assert GERMAN not in german.content.decode().partition("<main")[2].partition("</main>")[0]


def test_other_german_is_read_at_once_until_somebody_translates_it(client, offer, turkish):
    address, listed = f"/tr{offer.get_absolute_url()}", "/tr/angebote/"
    for _twice in range(2):
        assert "Ebeveynler" in client.get(address).content.decode()
        assert "Ebeveynler" in client.get(listed).content.decode()

    offer.title = "Kochen für Mütter"
    offer.save()
    page, cards = client.get(address).content.decode(), client.get(listed).content.decode()
    assert f"<h1{GERMAN}>Kochen für Mütter</h1>" in page
    assert "Her ay başka bir ülke." in page  # its German is the same
    assert "Ebeveynler" not in page + cards
    assert "Ebeveynler" not in client.get("/tr/angebote/?q=mutfak").content.decode()

    turkish.refresh_from_db()
    assert turkish.is_out_of_date
    assert list(OfferTranslation.objects.out_of_date()) == [turkish]
    turkish.say("title", "Anneler mutfakta", fingerprint.of("Kochen für Mütter"))
    turkish.save()
    assert "<h1>Anneler mutfakta</h1>" in client.get(address).content.decode()
    assert "Anneler mutfakta" in client.get(listed).content.decode()
    assert [one.title for one in turkish.history.all()] == [
        "Anneler mutfakta",
        "Ebeveynler mutfakta",
    ]


def test_what_is_not_public_is_not_public_in_any_language(client, offer, turkish):
    offer.status = Offer.Status.DRAFT
    offer.save()

    assert client.get(f"/tr{offer.get_absolute_url()}").status_code == 404
    assert "Ebeveynler" not in client.get("/tr/angebote/?q=mutfak").content.decode()


def test_no_translation_names_a_protected_place(offer):
    shelter = LocationFactory(
        visibility=Location.Visibility.PROTECTED,
        street="Kanarienpfad 88",
        district=None,
        latitude=None,
        longitude=None,
    )
    OfferPlaceFactory(offer=offer, location=shelter)

    with pytest.raises(ValidationError, match="geschützte Adresse"):
        OfferTranslationFactory(offer=offer, title="Kanarienpfad 88'de mutfak")


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "tr"},  # a second one
        {"language": "de"},
        {"language": "ar", "state": "sure"},
        {"language": "ar", "title": "مطبخ", "title_of": ""},
        {"language": "ar", "title": "", "title_of": "0" * 16},
    ],
)
def test_the_database_keeps_one_translation_that_knows_its_german(turkish, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferTranslation.objects.create(offer=turkish.offer, **wrong)


def test_texts_of_a_city_come_in_and_leave_alone_what_somebody_translated(offer, tmp_path):
    file = tmp_path / "offer_texts.csv"
    described = f"{offer.description},<p>Her ay başka bir ülke.</p>"
    lines = [
        "offer,title_de,title_tr,title_ar,description_de,description_tr",
        f"{offer.slug},Kochen für Eltern,Ebeveynler mutfakta,مطبخ الوالدين,{described}",
        "gibt-es-nicht,Nichts,Hiç,,,",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")

    report = load_file(OfferTexts(), tmp_path)
    assert [str(problem) for problem in report.problems] == [
        "offer_texts.csv, Zeile 3, Spalte offer: „gibt-es-nicht“ gibt es nicht."
    ]
    said = offer.translations.get(language="tr")
    assert (said.title, said.description) == (
        "Ebeveynler mutfakta",
        "<p>Her ay başka bir ülke.</p>",
    )
    assert (said.state, said.is_out_of_date) == ("machine", False)

    with edit(by=User.objects.create_user("ayse")):
        said.title = "Anne baba mutfağı"
        said.save()
    changed = lines[1].replace("Ebeveynler mutfakta", "Mutfak").replace("Kochen", "Essen")
    file.write_text("\n".join([lines[0], changed]), encoding="utf-8")
    load_file(OfferTexts(), tmp_path)
    said.refresh_from_db()
    assert said.title == "Anne baba mutfağı"
    assert offer.translations.get(language="ar").is_out_of_date  # its German is another here


def test_each_entry_of_herne_is_said_in_each_language_with_the_numbers_of_its_german(
    facts, entries
):
    """By a machine, so what can be checked without speaking a language is."""
    said = {row["offer"]: row for row in facts("offer_texts.csv")}
    lacking = []
    for entry in entries:
        row = said[entry["Adresse der Seite"]]
        for name, german in (("title", entry["Titel"]), ("description", entry["Beschreibung"])):
            assert row[f"{name}_de"] == german
            for language, _name in other_languages():
                text = row[f"{name}_{language}"]
                if bool(text) != bool(german) or numbers(text) != numbers(german):
                    lacking.append((entry["Titel"], language, text))
    assert lacking == []


def numbers(text):
    """Return the numbers of a text in their order: "18.000" and "18 000" are one."""
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[., \u00a0](?=\d{3}\b)", "", text)))
