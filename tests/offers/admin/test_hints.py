"""Hints beside the form of an offer: what is missing, how it reads, whether it exists already."""

import contextlib
import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offers.models import Editorship, Feedback, LinkCheck, Offer
from tests.factories.offers import InstitutionFactory, OfferFactory
from tests.offers.quality.test_rules import complete

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TYPED = "/verwaltung/offers/offer/hinweise/"
LONG = "Wir " + " ".join(["singen"] * 26) + "."


@pytest.fixture
def office(signed_in):
    return signed_in(Client(), User.objects.create_superuser("leitung"))


def form(client, offer):
    return client.get(reverse("admin:offers_offer_change", args=[offer.pk])).content.decode()


def test_the_form_says_what_the_saved_entry_lacks_grave_things_first(office):
    html = form(office, complete(teaser="", phone=""))

    assert html.index("Eltern können niemanden erreichen") < html.index(
        "Es fehlt eine Beschreibung"
    )


def test_a_complete_entry_is_praised_and_a_new_one_gets_no_reproach(office):
    assert "Alles da, was Eltern wissen wollen." in form(office, complete())
    new = office.get(reverse("admin:offers_offer_add")).content.decode()
    assert "Sobald das Nötigste da ist" in new


def test_the_form_names_long_sentences_and_a_twin_also_without_javascript(office):
    OfferFactory(title="Babycafé", provider_name="Ein anderer Verein")

    html = form(office, complete(title="Baby-Café", description=f"<p>{LONG}</p>"))

    assert f"<mark>{LONG}</mark>" in html
    assert "Gibt es das schon?" in html


def test_the_form_tells_what_readers_report_and_which_link_is_dead(office):
    offer = complete(url="https://example.org/weg")
    Feedback.objects.create(offer=offer, topic="times", message="Freitags ist zu.")
    Feedback.objects.create(offer=offer, topic="cost", message="Erledigt.", done_at=NOW)
    link = {"url": offer.url, "ok": False, "status": "404", "checked_at": NOW}
    LinkCheck.objects.create(offer=offer, failing_since=NOW - dt.timedelta(days=2), **link)

    html = form(office, offer)

    assert "Die Zeiten stimmen nicht: Freitags ist zu." in html
    assert "Erledigt." not in html
    assert "Diese Adressen führen ins Leere" in html
    assert "Antwort 404" in html


def test_texts_are_judged_while_they_are_typed(office):
    twin = OfferFactory(title="Babycafé")

    html = office.post(TYPED, {"title": "Babycafe", "teaser": LONG}).content.decode()

    assert reverse("admin:offers_offer_change", args=[twin.pk]) in html
    assert "LIX" in html
    assert LONG in html


def test_the_entry_itself_is_not_its_twin(office):
    offer = OfferFactory(title="Babycafé")

    html = office.post(TYPED, {"title": "Babycafé", "offer": offer.pk}).content.decode()

    assert "Gibt es das schon?" not in html


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"title": "\x00", "teaser": "\x00"},
        {"title": "x" * 100_000, "description": "wort " * 50_000},
        {"offer": "9" * 40, "provider": "-1", "location": ["9" * 40, "abc", "²"]},
        {"title": "<script>alert(1)</script>", "teaser": "<script>alert(1)</script> " * 30},
    ],
)
def test_whatever_is_typed_gets_an_answer_without_markup(office, typed):
    response = office.post(TYPED, typed)

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_a_provider_never_learns_of_foreign_entries(signed_in):
    user = User.objects.create_user("traeger", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Träger-Redaktion")[0])
    user.user_permissions.add(*Permission.objects.filter(codename__endswith="_offer"))
    own = InstitutionFactory()
    Editorship.objects.create(user=user, institution=own)
    OfferFactory(title="Babycafé", provider=InstitutionFactory(), status=Offer.Status.DRAFT)
    OfferFactory(title="Babycafe", provider=own)
    client = signed_in(Client(), user)

    html = client.post(TYPED, {"title": "Babycafé"}).content.decode()

    assert "Babycafe</a>" in html
    assert "Babycafé" not in html


def test_hints_are_for_those_who_write(signed_in, client):
    user = User.objects.create_user("gast", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_offer"))

    assert signed_in(Client(), user).post(TYPED, {"title": "x"}).status_code == 403
    assert client.post(TYPED, {"title": "x"}).status_code == 302
    assert signed_in(Client(), User.objects.create_superuser("l")).get(TYPED).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_hints_wait_for_nobody_who_saves_the_same_entry(office):
    offer = complete()
    page = reverse("admin:offers_offer_change", args=[offer.pk])
    colleague = connection.copy()
    with contextlib.closing(colleague):
        colleague.set_autocommit(False)
        with colleague.cursor() as cursor:
            cursor.execute("SELECT FROM offers_offer WHERE id = %s FOR UPDATE", [offer.pk])

            answer = office.post(page, {"_hints": "1", "title": "Babycafé"})

        colleague.rollback()
    assert answer.status_code == 204
