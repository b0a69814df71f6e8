"""Numbers that no row could have are answered like numbers that no row has, never by an error."""

import pytest
from django.urls import reverse

from network.models import Contact
from offers.models import ImportRow, ImportRun
from tests.factories.network import ContactFactory
from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db
LARGE, ENDLESS = "9" * 20, "9" * 5000


def test_a_list_exported_by_chosen_rows(of_role):
    offer = OfferFactory(title="Elterncafé")
    address = reverse("admin:offers_offer_export")
    office = of_role("Redaktion")

    for chosen in (f"{offer.pk},{LARGE}", f"{offer.pk},{ENDLESS}", f"{offer.pk},²"):
        page = office.get(address, {"auswahl": chosen}, follow=True)
        assert page.status_code == 200, chosen[:30]


def test_answers_to_questions_of_an_import(of_role):
    run = ImportRun.objects.create(kind="offers", file_name="x.csv", state="checked")
    row = ImportRow.objects.create(run=run, line=2, outcome="question", candidates=[7])
    decide = reverse("admin:offers_importrun_decide", args=[run.pk])
    office = of_role("Redaktion")

    for said in (LARGE, ENDLESS, "²"):
        sent = {"shown": [row.pk, LARGE, ENDLESS], f"answer-{row.pk}": said}
        assert office.post(decide, sent).status_code == 302
        run.refresh_from_db()
        assert run.answers == {}


def test_the_people_whose_data_go_with_an_address(coordinator):
    person = ContactFactory(email="ida@kita.de")
    erase = reverse("admin:network_personal_data_erase")

    sent = {"address": "ida@kita.de", "agreed": "1", "person": [LARGE, ENDLESS, "²"]}
    assert coordinator.post(erase, sent).status_code in {302, 403}
    assert Contact.objects.filter(pk=person.pk).exists()


def test_a_form_of_an_entry_that_says_nonsense_of_what_was_seen(of_role):
    offer = OfferFactory()
    address = reverse("admin:offers_offer_change", args=[offer.pk])
    office = of_role("Redaktion")
    for seen in (f"{LARGE},1", f"{ENDLESS},1", "²,1"):
        page = office.post(address, {"title": "Anders", "seen": seen, "_seen": seen})
        assert page.status_code == 200


@pytest.mark.parametrize("year", [LARGE, ENDLESS, "²"])
def test_a_paper_of_a_year_that_never_was(coordinator, year):
    assert coordinator.get(reverse("coverage:owed"), {"jahr": year}).status_code == 200
