"""A list without a row says what belongs there, and the one next step."""

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import User
from django.urls import reverse

from offers.models import Offer

pytestmark = pytest.mark.django_db
MODELS = [one for one in site._registry if one._meta.app_label in {"offers", "network"}]


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("leitung"))


def list_of(model):
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")


def test_every_empty_list_says_so_in_words(office):
    for model in MODELS:
        answer = office.get(list_of(model))
        found = (answer.context or {}).get("cl")  # figures, and what there is one of, have none
        if found is not None and found.result_count == 0:
            page = answer.content.decode()
            assert 'class="empty-list"' in page, model
            assert "wartet" in page or "Hier st" in page or "Noch ist" in page or "Nirgends" in page


def test_an_empty_list_leads_to_the_first_entry(office):
    page = office.get(list_of(Offer)).content.decode()

    box = page[page.index('class="empty-list"') :]
    assert f'href="{reverse("admin:offers_offer_add")}"' in box
    assert "Angebot hinzufügen" in box


def test_a_search_that_finds_nothing_leads_back_to_all(office):
    page = office.get(list_of(Offer), {"q": "gibtesnicht"}).content.decode()

    box = page[page.index('class="empty-list"') :]
    assert "Dazu passt kein Eintrag." in box
    assert '<a class="button" href="?">Alle zeigen</a>' in box
