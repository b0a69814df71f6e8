"""The words of the search in the office: changed at once, lost never."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from offers.exchange.city import search_words
from offers.models import (
    Helpline,
    HelplineNeed,
    HelplineNeedNumber,
    HelplineSign,
    LoadedRow,
    Offer,
    SearchSynonym,
)
from offers.search.query.understanding import understand
from offers.search.ranking import ranked
from tests.factories.offers import OfferFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
ADD = reverse("admin:offers_searchsynonym_add")
LIST = reverse("admin:offers_searchsynonym_changelist")


@pytest.fixture(params=["Redaktion", "Koordination"])
def office(request, client, signed_in):
    user = User.objects.create_user("amt", is_staff=True)
    user.groups.set([Group.objects.get(name=request.param)])
    return signed_in(client, user)


def save(office, address, form, **typed):
    return office.post(address, form_of(office.get(address), form) | typed)


def change(office, row, **typed):
    name = row._meta.model_name
    address = reverse(f"admin:offers_{name}_change", args=[row.pk])
    return save(office, address, f"{name}_form", **typed)


def found(query):
    return list(Offer.objects.filter(pk__in=ranked(understand(query)).ids))


def test_a_new_word_is_understood_at_once(office):
    choir = OfferFactory(title="Singkreis am Kanal")
    before = found("trällern")

    response = save(office, ADD, "searchsynonym_form", phrase="trällern", term="Singkreis")

    assert response.status_code == 302
    assert (before, found("trällern")) == ([], [choir])


def test_a_deleted_word_is_understood_no_longer(office):
    choir = OfferFactory(title="Singkreis am Kanal")
    word = SearchSynonym.objects.create(phrase="trällern", term="Singkreis")
    assert found("trällern") == [choir]

    office.post(
        reverse("admin:offers_searchsynonym_delete", args=[word.pk]), {"post": "yes"}, follow=True
    )

    assert found("trällern") == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"phrase": "HEBI", "term": "hebamme"}, "Dieses Suchwort gibt es in dieser Sprache schon."),
        ({"phrase": "   ", "term": "Hebamme"}, "Dieses Feld ist zwingend erforderlich."),
        ({"phrase": "x" * 121, "term": "Hebamme"}, "höchstens 120 Zeichen"),
        ({"phrase": "a\x00b", "term": "Hebamme"}, "Nullzeichen"),
        ({"phrase": "neu", "term": "Hebamme", "kind": "erfunden"}, "Bitte eine gültige Auswahl"),
    ],
)
def test_what_cannot_be_taken_is_said(office, typed, answer):
    SearchSynonym.objects.create(phrase="Hebi", term="Hebamme")

    response = save(office, ADD, "searchsynonym_form", **typed)

    assert answer in response.content.decode()
    assert SearchSynonym.objects.count() == 1


def test_the_list_says_who_has_not_checked_the_words_and_what_kinds_mean(office):
    SearchSynonym.objects.create(phrase="ebe", term="Hebamme", language="tr", kind="translation")
    SearchSynonym.objects.create(phrase="Hebi", term="Hebamme", kind="colloquial")

    page = office.get(LIST, {"sprache": "tr", "art": "translation", "q": "hebamme"})

    text = page.content.decode()
    assert "noch keine Muttersprachler geprüft" in text
    assert "Niemand soll lesen, wofür man seine Sorge hält" in text
    assert "ebe</a>" in text
    assert "Hebi</a>" not in text


def test_a_change_of_a_word_can_be_taken_back(office):
    word = SearchSynonym.objects.create(phrase="Hebi", term="Hebamme")
    change(office, word, phrase="Hebie", _reason="so sagt man hier")

    page = office.get(reverse("admin:offers_searchsynonym_history", args=[word.pk]))

    assert "so sagt man hier" in page.content.decode()


def test_the_first_number_of_a_need_is_shown_first(office):
    need = HelplineNeed.objects.create(slug="sorge", name="Sorge", is_crisis=True)
    for position, slug in enumerate(["eins", "zwei"]):
        line = Helpline.objects.create(slug=slug, name=slug, number="110", hours="immer")
        HelplineNeedNumber.objects.create(need=need, helpline=line, position=position)
    HelplineSign.objects.create(need=need, phrase="große Sorge")
    assert understand("meine große sorge").helplines == ("eins", "zwei")

    change(office, need, **{"numbers-0-position": "7"})

    assert understand("meine große sorge").helplines == ("zwei", "eins")


@pytest.fixture
def folder(tmp_path, settings):
    """A city's folder of facts of our own, with one word."""
    (tmp_path / "search_synonyms.csv").write_text(
        "term,synonym,language,kind\nHebamme,Hebi,de,colloquial\n", encoding="utf-8"
    )
    return tmp_path


def load(folder):
    return search_words.load_words(search_words.Synonyms("search_synonyms.csv"), folder)


def test_what_was_edited_or_deleted_stays_so_when_the_file_comes_again(office, folder):
    load(folder)
    word = SearchSynonym.objects.get()
    change(office, word, phrase="Hebie")
    LoadedRow.objects.all().delete()  # the file comes as if for the first time

    report = load(folder)

    assert report.summary.endswith(
        "0 neu, 0 geändert, 1 unverändert, 0 hier bearbeitet, 0 abgelehnt"
    )
    assert [one.phrase for one in SearchSynonym.objects.all()] == ["Hebie"]


def test_a_broken_row_does_not_stop_the_others(folder):
    (folder / "search_synonyms.csv").write_text(
        "term,synonym,language,kind\n"
        "Hebamme,Hebi,de,erfunden\n"
        "Hebamme,,de,synonym\n"
        "Hebamme,ebe,klingonisch,translation\n"
        "Hebamme,Geburtshelferin,de,synonym\n",
        encoding="utf-8",
    )

    report = load(folder)

    assert [problem.line for problem in report.problems] == [2, 3, 4]
    assert [one.phrase for one in SearchSynonym.objects.all()] == ["Geburtshelferin"]
