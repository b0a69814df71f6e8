"""Merkzettel: a list that its address holds, filled in a talk, handed over as a sheet."""

import html
import re

import pytest
from django.utils import translation

from lifephases.ages import span
from offers.models import Occurrence, Offer
from offers.models.occurrence import when_words
from offers.notepad import labels
from tests.factories.offers import (
    OfferFactory,
    OfferPlaceFactory,
    OfferTranslationFactory,
    ProtectedLocationFactory,
)

pytestmark = pytest.mark.django_db
PATH = "/merkzettel/"


def body(response):
    assert response.status_code == 200
    return response.content.decode()


def listed(page):
    return re.findall(r'class="sheet__title"><a href="/angebote/([^/]+)/', page)


@pytest.fixture
def two():
    return OfferFactory(slug="krabbelgruppe", title="Krabbelgruppe"), OfferFactory(slug="hebamme")


def test_a_link_holds_the_list_in_its_order(client, two):
    first, second = two

    page = body(client.get(f"{PATH}?a={second.pk}-{first.pk}"))

    assert listed(page) == ["hebamme", "krabbelgruppe"]
    assert f"/merkzettel/?a={second.pk}-{first.pk}" in page
    assert "<svg" in page


def test_a_link_that_was_written_otherwise_is_read_too(client, two):
    first, second = two

    assert len(listed(body(client.get(f"{PATH}?a={first.pk},{second.pk}")))) == 2
    assert len(listed(body(client.get(f"{PATH}?a={first.pk}-{first.pk}")))) == 1


def test_what_is_gone_is_said(client, two):
    first, second = two
    Offer.objects.filter(pk=second.pk).update(status=Offer.Status.ARCHIVED)

    page = body(client.get(f"{PATH}?a={first.pk}-{second.pk}-999999"))

    assert listed(page) == ["krabbelgruppe"]
    assert "2 Angebote von diesem Zettel gibt es nicht mehr." in page
    assert second.title not in page


@pytest.mark.parametrize("said", ["x", "1-x", "-", "%00", "1e9", "9" * 400, "'\"><b>", "٣"])
def test_no_address_breaks_it(client, said):
    assert "<b>" not in body(client.get(f"{PATH}?a={said}&sprache={said}"))


def test_a_list_has_an_end(client):
    page = body(client.get(f"{PATH}?a={'-'.join(map(str, range(1, 60)))}"))

    assert "Auf einen Zettel passen 30 Angebote." in page


def test_an_offer_is_taken_off_by_a_link_without_a_script(client, two):
    first, second = two

    page = body(client.get(f"{PATH}?a={first.pk}-{second.pk}"))

    assert f'href="/merkzettel/?a={second.pk}"' in page


def test_an_offer_is_found_by_a_word_and_added_by_a_link_without_a_script(client, herne):
    library = Offer.objects.get(slug="junior-fahrbibliothek")
    midwife = Offer.objects.get(slug="hebammenvermittlung")

    found = body(client.post(PATH, {"q": "Hebamme", "a": str(library.pk), "sprache": "tr"}))

    assert f'href="/merkzettel/?a={library.pk}-{midwife.pk}&amp;sprache=tr"' in found


def test_what_is_on_the_sheet_is_not_found_again(client, herne):
    library = Offer.objects.get(slug="junior-fahrbibliothek")

    found = body(client.post(PATH, {"q": library.title, "a": str(library.pk)}))

    assert f'data-add="{library.pk}"' not in found


def test_words_that_look_for_an_offer_are_kept_nowhere(client, two):
    answer = client.post(PATH, {"q": "mein mann schlägt mich"})

    assert answer["Cache-Control"] == "no-store"
    assert "a=mein" not in body(answer)
    assert answer.cookies == {}


def test_who_types_a_need_there_finds_the_numbers(client, herne):
    assert "Hier hilft sofort jemand" in body(client.post(PATH, {"q": "ich will nicht mehr leben"}))


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "qxzqxz", "x" * 5000])
def test_nothing_that_is_typed_breaks_it(client, two, typed):
    assert client.post(PATH, {"q": typed}).status_code == 200


def test_a_protected_address_is_on_no_sheet(client):
    place = OfferPlaceFactory(location=ProtectedLocationFactory(street="Kanarienpfad 88"))

    page = body(client.get(f"{PATH}?a={place.offer_id}&sprache=tr"))

    assert "Kanarienpfad" not in page
    assert "Ort ist geschützt" in page


def test_a_sheet_has_a_second_language_beside_german(client, two):
    OfferTranslationFactory(offer=two[0], language="ar", title="مكتبة متنقلة")
    page = body(client.get(f"{PATH}?a={two[0].pk}&sprache=ar"))

    assert f"{two[0].title}</a></h2>" in page
    assert 'lang="ar" dir="rtl">مكتبة متنقلة</p>' in page
    assert re.search(r'lang="ar" dir="rtl"\s*>الهاتف', page)
    assert "Telefon" in page
    assert "sprache=ar" in page  # the link keeps it


def test_ages_costs_and_hours_stand_in_both_languages_and_an_old_time_is_no_next_date(client):
    old = OfferFactory(ages=span(4, 71), cost_kind="free", schedule_text="montags 9 Uhr")
    online = OfferPlaceFactory(offer=old, mode="online", location=None)
    page, arabic, french = (
        body(client.get(f"{PATH}?a={old.pk}&sprache={code}")) for code in ("", "ar", "fr")
    )

    facts = re.findall(r'dir="rtl"\s*>(.*?)</span>', arabic)
    with translation.override("ar"):
        said = {old.age_words, old.get_cost_kind_display(), online.words}
        assert said <= {*map(html.unescape, facts)}
    assert "Kostenlos" in french
    assert "Pour qui" not in french  # no language of pages: no fact would be said in it
    assert "Wann" in page
    assert "Nächster Termin" not in page
    assert "montags 9 Uhr" in french


@pytest.mark.parametrize("code", [code for code, _name in labels.choices()])
def test_each_language_has_every_word_of_the_sheet(code):
    words = labels.second_language(code).labels()

    assert [key for key, label in words.items() if not label.other] == []


def test_a_date_is_said_in_the_second_language_with_its_hour(herne, client):
    date = Occurrence.objects.of_published_offers().to_go_to().upcoming().filter(has_time=True)[0]

    page = body(client.get(f"{PATH}?a={date.offer_id}&sprache=tr"))

    first = date.offer.coming_dates(1)[0]
    with translation.override("tr"):
        assert re.search(rf'lang="tr" dir="ltr"\s*>{when_words(first)}', page)


def test_the_sheet_says_whom_to_call_and_leaves_a_line_to_write_on(client, two):
    page = body(client.get(f"{PATH}?a={two[0].pk}"))

    assert "02323" in page
    assert 'class="sheet__note"' in page


def test_what_is_read_in_danger_offers_no_place_on_the_device(client, herne):
    refuge = Offer.objects.published().get(title__startswith="Frauenhaus").get_absolute_url()
    other = Offer.objects.published().get(slug="junior-fahrbibliothek").get_absolute_url()

    assert "data-remember=" not in body(client.get(refuge))
    assert "data-remember=" in body(client.get(other))


@pytest.mark.parametrize(
    ("typed", "said"), [("heb\x00", "das wir nicht lesen können"), ("x" * 300, "höchstens 200")]
)
def test_what_cannot_be_looked_for_is_said(client, two, typed, said):
    assert said in body(client.post(PATH, {"a": two[0].pk, "q": typed}))
