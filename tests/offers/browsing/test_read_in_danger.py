"""Who reads about protection may be in danger: numbers to call come first, and a quick way out."""

import pytest

from kekiz_portal.serving.kept_pages.shelf import SHELF
from offers.models import Helpline, Offer
from tests.factories.offers import HelplineFactory, OfferFactory, TargetGroupFactory

pytestmark = pytest.mark.django_db

WAY_OUT = "Seite schnell verlassen"


def page_of(client, offer):
    return client.get(offer.get_absolute_url()).content.decode()


def test_the_page_of_the_womens_refuge_begins_its_contacts_with_numbers_in_danger(client, herne):
    page = page_of(client, Offer.objects.get(title__startswith="Frauenhaus"))

    contacts = page[page.index('class="contact"') :]
    assert contacts.index('href="tel:110"') < contacts.index("Fragen und anmelden")
    assert contacts.index('href="tel:116016"') < contacts.index("Fragen und anmelden")
    assert WAY_OUT in page
    assert "js/main" in page


def test_another_town_decides_by_its_own_groups_and_numbers(client):
    group = TargetGroupFactory(name="Bedrohte", shows_helplines=True)
    HelplineFactory(situation=Helpline.Situation.VIOLENCE, number="116 016")
    HelplineFactory(situation=Helpline.Situation.PARENTS, number="0800 111 0 111")
    for_staff = {"situation": Helpline.Situation.DANGER, "is_for_professionals": True}
    HelplineFactory(number="0800 111 0 222", **for_staff)

    offer = OfferFactory()
    offer.target_groups.set([group])

    page = page_of(client, offer)

    assert "116 016" in page
    assert "0800 111 0" not in page
    assert WAY_OUT in page


@pytest.mark.parametrize(
    "title",
    ["Junior-Fahrbibliothek", "Schwangerschaftskonfliktberatung", "Schulpsychologische Beratung"],
)
def test_playgroups_conflict_counselling_and_school_psychologists_alarm_nobody(
    client, herne, title
):
    page = page_of(client, Offer.objects.get(title=title))

    assert 'href="tel:110"' not in page
    assert WAY_OUT not in page


@pytest.mark.parametrize("words", ["mein mann schlägt mich", "ich kann nicht mehr"])
def test_no_page_that_shows_a_need_is_kept_for_the_next_reader(client, herne, words):
    client.get("/angebote/", {"q": "Krabbelgruppe"})
    before = SHELF.bytes

    answer = client.get("/angebote/", {"q": words})

    assert "tel:" in answer.content.decode().partition("<footer")[0]
    assert before
    assert SHELF.bytes == before
