"""A caseworker takes a proposal over whole or in part, and nobody's correction is lost by it."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from offers.curation.proposals import propose
from offers.curation.record import take
from offers.models import ChangeProposal, Offer
from tests.factories.offers import CostOptionFactory, OfferFactory, TopicFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
DECIDE = "admin:offers_changeproposal_decide"


@pytest.fixture
def office(client, signed_in):
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    return signed_in(client, editor)


@pytest.fixture
def offer():
    offer = OfferFactory(title="Elterncafé", phone="02323 160", topics=[TopicFactory()])
    CostOptionFactory(offer=offer, amount="3.00")
    return offer


@pytest.fixture
def proposal(offer):
    base, wanted = take(offer), take(offer)
    wanted["root"][offer.pk] |= {"title": "Elterncafé am Markt", "phone": "+492323777"}
    [price] = wanted["price"].values()
    price["amount"] = "4.00"
    return propose(offer, base, wanted, User.objects.create_user("traeger"))


def page_of(proposal):
    return reverse("admin:offers_changeproposal_change", args=[proposal.pk])


def accepted(office, proposal, page, **ticked):
    fields = form_of(page, "uebernehmen") | {"_accept": "1"} | ticked
    return office.post(reverse(DECIDE, args=[proposal.pk]), fields, follow=True)


def test_what_a_colleague_corrected_meanwhile_is_seen_before_it_is_overwritten(
    office, offer, proposal
):
    later = propose(offer, take(offer), take(offer), User.objects.create_user("haus"))
    page = office.get(page_of(proposal))
    assert page_of(later) in page.text, "another one about the same entry"
    Offer.objects.filter(pk=offer.pk).update(phone="+492323888")

    asked = accepted(office, proposal, page)

    offer.refresh_from_db()
    assert offer.phone == "02323 888"
    assert "inzwischen jemand geändert" in asked.content.decode()
    assert "02323 888" in asked.content.decode()
    again = " ".join(office.get(page_of(proposal)).text.split())
    assert "Übernehmen überschreibt davon: Telefon. Alles andere bleibt" in again
    accepted(office, proposal, asked, take=["root.title"])
    offer.refresh_from_db()
    assert (offer.title, offer.phone) == ("Elterncafé am Markt", "02323 888")
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    assert "Telefon" in proposal.answer


def test_rows_are_taken_over_or_left_together(office, offer, proposal):
    page = office.get(page_of(proposal))
    assert {"root.title", "root.phone"} <= set(keys(page))

    accepted(office, proposal, page, take=["root.title", "root.phone"])

    offer.refresh_from_db()
    assert (offer.title, offer.phone) == ("Elterncafé am Markt", "02323 777")
    assert offer.cost_options.get().amount == 3
    decided = " ".join(office.get(page_of(proposal)).content.decode().split())
    assert "Zum Teil übernommen.</strong> Nicht übernommen: Preis" in decided


def test_nothing_ticked_decides_nothing(office, proposal):
    page = office.get(page_of(proposal))

    asked = accepted(office, proposal, page, take=[])

    assert "Kreuzen Sie an" in asked.content.decode()
    assert ChangeProposal.objects.get().state == "open"


def test_who_takes_over_times_in_words_is_led_to_the_dates(office, offer):
    base, wanted = take(offer), take(offer)
    wanted["root"][offer.pk]["schedule_text"] = "mittwochs, aber nicht jede Woche"
    proposal = propose(offer, base, wanted, User.objects.create_user("haus"))

    told = accepted(office, proposal, office.get(page_of(proposal))).content.decode()

    assert "nur in Worten" in told
    assert f"/offer/{offer.pk}/change/#places-group" in told


def keys(page):
    return [one.key for one in page.context["choices"]]
