"""Who reads about protection may be in danger: numbers to call come first, and a quick way out."""

import pytest

from offers.models import Helpline, Offer
from tests.factories.offers import HelplineFactory, OfferFactory, TopicFactory

pytestmark = pytest.mark.django_db

WAY_OUT = "Diese Seite schnell verlassen"


def page_of(client, offer):
    return client.get(offer.get_absolute_url()).content.decode()


def test_the_page_of_the_womens_refuge_begins_its_contacts_with_numbers_in_danger(client, herne):
    page = page_of(client, Offer.objects.get(title__startswith="Frauenhaus"))

    contacts = page[page.index('class="contact"') :]
    assert contacts.index('href="tel:110"') < contacts.index("Fragen und anmelden")
    assert contacts.index('href="tel:116016"') < contacts.index("Fragen und anmelden")
    assert WAY_OUT in page
    assert "js/leave" in page


def test_another_town_decides_by_its_own_topics_and_numbers(client):
    topic = TopicFactory(slug="sicher", shows_helplines=True)
    HelplineFactory(situation=Helpline.Situation.VIOLENCE, number="116 016", tel="116016")
    HelplineFactory(situation=Helpline.Situation.PARENTS, number="0800 111", tel="0800111")
    for_staff = {"situation": Helpline.Situation.DANGER, "is_for_professionals": True}
    HelplineFactory(number="0800 222", tel="0800222", **for_staff)

    page = page_of(client, OfferFactory(topics=[topic]))

    assert ("116 016" in page, "0800 111" in page, "0800 222" in page) == (True, False, False)
    assert WAY_OUT in page


def test_the_page_of_a_playgroup_alarms_nobody(client, herne):
    page = page_of(client, Offer.objects.get(title="Junior-Fahrbibliothek"))

    assert 'href="tel:110"' not in page
    assert WAY_OUT not in page
