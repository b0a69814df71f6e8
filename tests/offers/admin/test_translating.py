"""Who translates sees what lacks, works side by side, and loses nothing to a file or another."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from offers.models import OfferTranslation
from tests.factories.offers import (
    OfferFactory,
    OfferTranslationFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
DESK = "/verwaltung/offers/offertranslation/"
NAMESPACE = 'xmlns="urn:oasis:names:tc:xliff:document:1.2"'
FORM = "offertranslation_form"


@pytest.fixture
def somebody(signed_in):
    """Somebody whose only work is to translate: somebody(name) -> client."""

    def make(name):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.set([Group.objects.get(name="Übersetzung")])
        return signed_in(Client(), user)

    return make


@pytest.fixture
def translator(somebody):
    return somebody("ayse")


@pytest.fixture
def offer():
    return OfferFactory(
        title="Kochen für Eltern",
        teaser="Wir kochen zusammen.",
        description="<p>Jeden Monat ein anderes Land.</p>",
        topics=[TopicFactory()],
    )


def opened(client, offer, language="tr"):
    """Open an offer at the desk; returns the address of its form."""
    answer = client.post(f"{DESK}{language}/{offer.pk}/")
    assert answer.status_code == 302
    return answer.url


def save(client, address, fields=None, button="_continue", **typed):
    sent = (fields or form_of(client.get(address), FORM)) | typed
    for name in [name for name, value in sent.items() if value is None]:
        del sent[name]
    sent = {name: value for name, value in sent.items() if name not in {"_save", "_next"}}
    return client.post(address, sent | {button: "1"}, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


def titles(page):
    return re.findall(r'<th scope="row">([^<]*?)\s*<span', page.content.decode())


def test_the_desk_begins_with_what_readers_lost_then_with_help_in_danger(translator, offer):
    shelter = OfferFactory(title="Zuflucht", topics=[TopicFactory()])
    shelter.target_groups.set([TargetGroupFactory(shows_helplines=True)])
    lost = OfferFactory(title="Zahnputzschule", topics=[TopicFactory()])
    OfferTranslationFactory(offer=lost, title="Diş okulu")
    lost.title = "Zähne putzen"
    lost.save()
    OfferFactory(title="Entwurf", status="draft")
    done = OfferFactory(title="Abenteuer", topics=[TopicFactory()])
    OfferTranslationFactory(offer=done, title="Macera", state="checked")

    page = translator.get(f"{DESK}?sprache=tr")

    assert titles(page) == ["Zähne putzen", "Zuflucht", "Kochen für Eltern", "Abenteuer"]
    assert "veraltet: 1" in page.content.decode()
    assert titles(translator.get(f"{DESK}?sprache=tr&stand=3")) == ["Abenteuer"]
    assert translator.get(f"{DESK}?sprache=xx").status_code == 404
    assert translator.get("/verwaltung/offers/offer/").status_code == 403


def test_what_is_saved_at_the_desk_is_read_at_once_and_the_next_one_opens(
    client, translator, offer
):
    other = OfferFactory(title="Schwimmen", topics=[TopicFactory()])
    address = opened(translator, offer)
    page = translator.get(address).content.decode()
    assert "<p>Jeden Monat ein anderes Land.</p>" in page

    after = save(
        translator,
        address,
        button="_next",
        title="Ebeveynler mutfakta",
        teaser="Birlikte yemek yapıyoruz.",
        description="Her ay başka bir ülke.",
        is_checked="on",
    )

    row = OfferTranslation.objects.get(offer=offer)
    assert (row.state, row.is_out_of_date) == ("checked", False)
    assert row.history.first().history_user.username == "ayse"
    assert after.request["PATH_INFO"] == opened(translator, other)
    read = client.get(f"/tr{offer.get_absolute_url()}").content.decode()
    assert "<h1>Ebeveynler mutfakta</h1>" in read
    assert "<p>Her ay başka bir ülke.</p>" in read


def test_what_is_out_of_date_stays_so_until_somebody_looks_at_that_text(translator, offer):
    address = opened(translator, offer)
    save(translator, address, title="Ebeveynler mutfakta", teaser="Birlikte pişiriyoruz.")
    half_typed = form_of(translator.get(address), FORM)
    offer.title, offer.teaser = "Kochen", "Wir kochen miteinander."
    offer.save()

    page = save(translator, address, half_typed, teaser="Beraber pişiriyoruz.")
    row = OfferTranslation.objects.get()
    assert (row.is_old("title"), row.is_old("teaser")) == (True, True)  # of the German before them
    assert any("Das Deutsche ist inzwischen anders" in words for words in told(page))

    save(translator, address, title_fits="on")
    row.refresh_from_db()
    assert (row.is_old("title"), row.is_old("teaser")) == (False, True)


def test_two_at_once_lose_nothing_and_what_nobody_read_whole_is_not_checked(somebody, offer):
    ayse, mehmet = somebody("ayse"), somebody("mehmet")
    address = opened(ayse, offer)
    assert opened(mehmet, offer) == address
    before = form_of(mehmet.get(address), FORM)

    save(ayse, address, title="Ebeveynler mutfakta", is_checked="on")
    page = save(mehmet, address, before, teaser="Birlikte pişiriyoruz.")
    row = OfferTranslation.objects.get()
    assert (row.title, row.teaser) == ("Ebeveynler mutfakta", "Birlikte pişiriyoruz.")
    assert row.state == "machine"
    assert any("zugleich" in words for words in told(page))

    page = save(mehmet, address, before, title="Anne baba mutfağı")
    assert "Sie beide haben dasselbe geändert" in page.content.decode()
    row.refresh_from_db()
    assert row.title == "Ebeveynler mutfakta"


def file_of(client, query=""):
    answer = client.get(f"{DESK}datei/tr.xlf{query}")
    assert answer["Content-Type"] == "application/x-xliff+xml"
    return answer.content.decode()


def send(client, content):
    file = SimpleUploadedFile("zurück.xlf", content.encode())
    return client.post(f"{DESK}datei/", {"file": file}).content.decode()


def said(content, **texts):
    """Write translations into a file, as a translator's tool does."""
    for name, (text, state) in texts.items():
        content = re.sub(
            rf'(resname="{name}".*?)<target state="[^"]*"(?: />|>[^<]*</target>)',
            rf'\1<target state="{state}">{text}</target>',
            content,
            flags=re.DOTALL,
        )
    return content


def test_a_file_goes_to_a_translators_tool_and_back(translator, offer):
    out = file_of(translator)
    assert "<source>Jeden Monat ein anderes Land.</source>" in out
    texts = {
        "title": ("Ebeveynler mutfakta", "final"),
        "teaser": ("Birlikte pişiriyoruz.", "final"),
        "description": ("Her ay başka bir ülke.\n\nGelin!", "final"),
    }

    page = send(translator, said(out, **texts))

    row = OfferTranslation.objects.get()
    assert (row.title, row.state) == ("Ebeveynler mutfakta", "checked")
    assert row.description == "<p>Her ay başka bir ülke.</p>\n<p>Gelin!</p>"
    assert row.history.first().history_change_reason == "aus der Datei zurück.xlf"
    assert "Übernommen: 3" in page
    assert "<trans-unit" not in file_of(translator)  # nothing lacks any more
    again = file_of(translator, "?alle=1")
    assert 'state="final">Ebeveynler mutfakta</target>' in again
    assert "Wie bisher: 3" in send(translator, again)
    assert row.history.count() == 2


def test_a_file_overwrites_nothing_newer_and_says_what_it_did_not_bring(translator, offer):
    out = file_of(translator)
    save(translator, opened(translator, offer), title="Mutfak buluşması")
    texts = {
        "title": ("Ebeveynler mutfakta", "translated"),
        "teaser": ("x" * 400, "translated"),
        "description": ("Her ay başka bir ülke.", "translated"),
    }
    page = send(translator, said(out, **texts))

    row = OfferTranslation.objects.get()
    assert (row.title, row.teaser) == ("Mutfak buluşması", "")
    assert row.description == "<p>Her ay başka bir ülke.</p>"
    assert row.state == "machine"
    assert "Das bleibt." in page
    assert "Kurzbeschreibung" in page

    unknown = re.sub(r'id="[0-9a-f]{8}', 'id="00000000', said(out, **texts))
    assert "Diesen Text gibt es hier nicht." in send(translator, unknown)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<xliff", "beschädigt"),
        ('<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>', "DOCTYPE"),
        ("<x/>", "keine XLIFF-Datei"),
        (f"<xliff {NAMESPACE}/>", "in welche Sprache"),
        (f'<xliff {NAMESPACE}><file target-language="nl"/></xliff>', "„nl“"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_a_reason(translator, content, why):
    assert why in send(translator, content)
