"""Two caseworkers edit the same entry: what each did stays, what both did is asked."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from kekiz_portal.lib.history.recording import edit
from kekiz_portal.models import Page
from network.models import Newsletter
from offers.models import Offer, OfferPlace
from tests.factories.network import ContactFactory, PartnerFactory
from tests.factories.offers import (
    CostOptionFactory,
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    offer = OfferFactory(title="Elterncafé", topics=[TopicFactory(name="Gesundheit")])
    OfferPlaceFactory(offer=offer, note="im Hof")
    return offer


@pytest.fixture
def two_editors(signed_in):
    names = ["Frau Yilmaz", "Herr Krause"]
    return [
        signed_in(Client(), User.objects.create_superuser(f"editor-{n}", first_name=name))
        for n, name in enumerate(names)
    ]


def address(offer):
    return reverse("admin:offers_offer_change", args=[offer.pk])


def opened(editor, offer):
    return form_of(editor.get(address(offer)), "offer_form")


def test_what_the_second_did_not_touch_stays_as_the_first_left_it(two_editors, offer):
    first, second = two_editors
    first_form, second_form = opened(first, offer), opened(second, offer)
    first.post(address(offer), first_form | {"title": "Elterncafé am Markt", "phone": "02323 1616"})

    answer = second.post(address(offer), second_form | {"teaser": "Mit Frühstück"}, follow=True)

    page = answer.content.decode()
    assert "hat inzwischen auch etwas geändert. Es ist erhalten: Titel und Telefon." in page
    offer.refresh_from_db()
    assert (offer.title, offer.teaser) == ("Elterncafé am Markt", "Mit Frühstück")
    assert offer.phone.startswith("02323 16")


def test_what_both_changed_is_asked_field_by_field(two_editors, offer):
    first, second = two_editors
    first_form, second_form = opened(first, offer), opened(second, offer)
    first.post(address(offer), first_form | {"title": "Café am Markt", "teaser": "Von Eltern"})
    typed = {"title": "Café im Hof", "teaser": "Mit Frühstück", "alternate_name": "Hofcafé"}

    asked = second.post(address(offer), second_form | typed)
    form = form_of(asked, "offer_form")
    undecided = second.post(address(offer), form)
    choices = choices_on(asked)
    root = f"_choice-root-{offer.pk}"
    chosen = {
        f"{root}-title": choices[f"{root}-title"],
        f"{root}-teaser": choices[f"{root}-teaser"].replace("theirs", "mine"),
    }
    answer = second.post(address(offer), form | chosen)

    for words in ["Was soll gelten?", "editor-0", "Café am Markt", "Von Eltern", "Mit Frühstück"]:
        assert words in page_of(asked)
    why, question = "Sie beide haben dasselbe geändert", "Was soll gelten?"
    assert page_of(asked).index(why) < page_of(asked).index(question)
    assert set(choices) == {f"{root}-title", f"{root}-teaser"}
    assert "Was soll gelten?" in page_of(undecided)
    assert answer.status_code == 302
    offer.refresh_from_db()
    assert (offer.title, offer.teaser) == ("Café am Markt", "Mit Frühstück")
    assert offer.alternate_name == "Hofcafé"


def page_of(answer):
    return answer.content.decode()


def choices_on(answer):
    """Return the questions of a page with the value of their last answer, which is theirs."""
    radio = r'name="(_choice-[^"]+)"[^>]*value="((?:mine|theirs):[^"]+)"'
    return dict(re.findall(radio, page_of(answer)))


def test_places_times_and_prices_of_both_are_kept(two_editors, offer):
    first, second = two_editors
    schedule = ScheduleFactory(place=OfferPlace.objects.get())
    price = CostOptionFactory(offer=offer, amount=4, label="je Termin")
    first_form, second_form = opened(first, offer), opened(second, offer)
    first.post(
        address(offer),
        first_form | {"places-0-schedules-0-start_time": "08:00", "places-0-note": "im Saal"},
    )

    answer = second.post(address(offer), second_form | {"cost_options-0-amount": "5"})

    assert answer.status_code == 302, page_of(answer)
    schedule.refresh_from_db()
    price.refresh_from_db()
    assert (schedule.start_time.hour, schedule.place.note, price.amount) == (8, "im Saal", 5)


def test_a_removed_place_in_which_the_other_changed_a_time_is_asked(two_editors, offer):
    first, second = two_editors
    schedule = ScheduleFactory(place=OfferPlace.objects.get())
    first_form, second_form = opened(first, offer), opened(second, offer)
    first.post(address(offer), first_form | {"places-0-schedules-0-start_time": "08:00"})

    asked = second.post(address(offer), second_form | {"places-0-DELETE": "on"})

    assert "Was soll gelten?" in page_of(asked)
    assert "entfernt" in page_of(asked)
    schedule.refresh_from_db()
    assert schedule.start_time.hour == 8


def test_two_places_change_places_in_one_save(two_editors, offer):
    editor = two_editors[0]
    one, other = OfferPlace.objects.get(), OfferPlaceFactory(offer=offer)
    here, there = one.location_id, other.location_id
    form = opened(editor, offer)

    answer = editor.post(
        address(offer), form | {"places-0-location": there, "places-1-location": here}
    )

    assert answer.status_code == 302, page_of(answer)
    assert [place.location_id for place in offer.places.order_by("pk")] == [there, here]


def test_an_entry_deleted_meanwhile_loses_nothing_that_was_typed(two_editors, offer):
    editor = two_editors[1]
    form, where = opened(editor, offer), address(offer)
    with edit(by=User.objects.get(username="editor-0")):
        offer.delete()

    typed = {
        "teaser": "Eine Stunde Arbeit",
        "description": "<p>Mit <strong>Kaffee</strong></p>",
        "places-0-note": "im Saal",
        "places-0-schedules-0-start_time": "9",
        "contact_points-0-label": "Frau Beck",
    }
    answer = editor.post(where, form | typed)

    assert answer.status_code == 409
    for words in ["editor-0", "Elterncafé", "Eine Stunde Arbeit", "im Saal", "Frau Beck"]:
        assert words in page_of(answer)
    assert "Mit Kaffee" in page_of(answer)
    labels = re.findall(r"<dt>(.*?)</dt>", page_of(answer))
    assert {"Hinweis zum Ort", "Wofür", "von"} <= set(labels), "fields of rows by their names"
    assert not [one for one in labels if one.islower() and one not in {"von", "bis"}]
    assert not re.search(
        r"<dd[^>]*>(weekly|skip|keep|unknown|location|public)</dd>", page_of(answer)
    )


EDITED = {
    "phone": "02323 161651",
    "preheader": "Was im Herbst läuft",
    "since": "2024-05-01",
    "url": "https://kita.example/",
    "body": "<p>Neu</p>",
}


@pytest.mark.parametrize(
    ("make", "field", "both"),
    [
        (lambda: InstitutionFactory(name="Kita"), "url", "notes"),
        (lambda: PartnerFactory(notes="alt"), "since", "notes"),
        (lambda: ContactFactory(role="Leitung"), "phone", "role"),
        (lambda: Page.objects.create(slug="impressum", title="Alt", body="Alt"), "body", "title"),
        (lambda: Newsletter.objects.create(title="Herbst", slug="h"), "preheader", "title"),
    ],
)
def test_every_form_of_the_office_with_versions_keeps_what_both_did(two_editors, make, field, both):
    """Of institutions, partners, people, pages and newsletters."""
    first, second = two_editors
    entry = make()
    where = reverse(f"admin:{entry._meta.label_lower.replace('.', '_')}_change", args=[entry.pk])
    form = f"{entry._meta.model_name}_form"
    first_form, second_form = form_of(first.get(where), form), form_of(second.get(where), form)
    of_first = first.post(where, first_form | {field: EDITED[field], both: "von A"})
    assert of_first.status_code == 302, page_of(of_first)

    asked = second.post(where, second_form | {both: "von B"})

    name = f"_choice-root-{entry.pk}-{both}"
    mine = {name: choices_on(asked)[name].replace("theirs", "mine")}
    saved = second.post(where, form_of(asked, form) | mine)
    assert saved.status_code == 302, page_of(saved)
    entry.refresh_from_db()
    assert getattr(entry, both) == "von B"
    assert getattr(entry, field)


def test_saving_twice_in_a_row_warns_nobody(two_editors, offer):
    editor = two_editors[0]
    for teaser in ["eins", "zwei"]:
        answer = editor.post(address(offer), opened(editor, offer) | {"teaser": teaser})
        assert answer.status_code == 302


def test_a_mark_of_the_last_reading_that_makes_no_sense_warns_rather_than_fails(two_editors, offer):
    editor = two_editors[0]
    editor.post(address(offer), opened(editor, offer) | {"teaser": "eins"})

    answer = editor.post(address(offer), opened(editor, offer) | {"_seen": "9" * 50 + ",x,,\u0664"})

    assert answer.status_code in {200, 302}


@pytest.mark.django_db(transaction=True)
def test_two_who_create_the_same_offer_at_once_get_one_offer_and_one_explanation(two_editors):
    topic, kind = TopicFactory(), OfferTypeFactory()
    typed = {
        "title": "Krabbelgruppe",
        "provider_name": "Verein",
        "offer_type": kind.pk,
        "topics": topic.pk,
    }
    add = reverse("admin:offers_offer_add")
    forms = [form_of(editor.get(add), "offer_form") | typed for editor in two_editors]
    start = Barrier(2)

    def save(editor, form):
        start.wait()
        try:
            return editor.post(add, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, two_editors, forms))

    assert sorted(answers) == [200, 302]
    assert Offer.objects.filter(title="Krabbelgruppe").count() == 1
