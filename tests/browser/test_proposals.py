"""A caseworker decides over what a partner proposes: two clicks from the list, either way."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from offers.curation.proposals import propose
from offers.curation.record import take
from tests.factories.offers import OfferFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposal():
    partner = User.objects.create_user("traeger")
    offer = OfferFactory(title="Elterncafé", topics=[TopicFactory()])
    base, wanted = take(offer), take(offer)
    wanted["root"][offer.pk]["title"] = "Elterncafé am Markt"
    return propose(offer, base, wanted, partner, "Wir sind umgezogen")


@pytest.fixture
def page(proposal, signed_in_page):
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    page = signed_in_page(editor)
    page.goto("/verwaltung/offers/changeproposal/")
    return page


def test_a_proposal_is_taken_over_with_two_clicks(page, proposal):
    page.get_by_role("link", name="Elterncafé").click()
    page.get_by_role("button", name="Übernehmen").click()

    page.get_by_text("ist übernommen").wait_for()
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    assert proposal.offer.title == "Elterncafé am Markt"


def test_an_open_proposal_is_refused_with_two_clicks_and_a_reason(page, proposal):
    page.get_by_role("link", name="Elterncafé").click()
    page.get_by_text("Ablehnen …").click()
    page.get_by_label("Warum nicht?").fill("Der Name steht so im Vertrag.")
    page.get_by_role("button", name="Ablehnen").click()

    page.get_by_text("ist abgelehnt").wait_for()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "Der Name steht so im Vertrag.")


def test_refusing_without_a_reason_says_so_and_stays_open_at_the_field(page, proposal):
    page.get_by_role("link", name="Elterncafé").click()
    page.get_by_text("Ablehnen …").click()
    page.get_by_role("button", name="Ablehnen").click()

    page.get_by_text("Schreiben Sie, warum nicht.").wait_for()
    expect(page.get_by_label("Warum nicht?")).to_be_visible()
    proposal.refresh_from_db()
    assert proposal.state == "open"
