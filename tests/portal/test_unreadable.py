"""Addresses of the administration that nobody can have meant get a readable answer."""

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import User
from django.urls import reverse

from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db

ANSWER = "Diese Anfrage verstehen wir nicht"


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("verwaltung"))


def addresses_of_lists():
    for model, admin in site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        filters = [f"{one}__exact" for one in admin.list_filter if isinstance(one, str)]
        for parameter in ["q", "_changelist_filters", *filters]:
            yield f"{reverse(name)}?{parameter}=a%00b"


def test_a_nul_in_the_address_of_any_list_is_answered(office):
    answers = {address: office.get(address) for address in addresses_of_lists()}

    assert len(answers) > 20
    assert [one for one, answer in answers.items() if answer.status_code != 400] == []
    assert [one for one, answer in answers.items() if ANSWER not in answer.content.decode()] == []


@pytest.mark.parametrize(
    ("model", "field"),
    [("offer", "provider"), ("offer", "topics"), ("institution", "parent")],
)
def test_a_nul_typed_into_a_field_that_suggests_entries_is_answered(office, model, field):
    query = f"term=%00&app_label=offers&model_name={model}&field_name={field}"

    assert office.get(f"{reverse('admin:autocomplete')}?{query}").status_code == 400


def test_a_nul_in_the_address_of_a_new_entry_is_answered(office):
    assert office.get(reverse("admin:offers_offer_add") + "?topics=%00").status_code == 400


@pytest.mark.parametrize("mark", ["abc", "\x00", "-1", "²"])
def test_a_row_marked_by_something_else_than_its_number_is_answered(office, mark):
    OfferFactory()
    data = {"action": "delete_selected", "_selected_action": mark, "index": "0"}

    assert office.post(reverse("admin:offers_offer_changelist"), data).status_code == 400


def test_a_readable_address_goes_on_working(office):
    OfferFactory(title="Elterncafé")

    page = office.get(reverse("admin:offers_offer_changelist") + "?q=Elterncaf%C3%A9")

    assert "Elterncafé" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "username__regex=(((",
        "date_joined__year=99999999999",
        "is_active__foo=1",
        "email__contains=a",
    ],
)
def test_a_question_no_filter_asks_is_answered(office, query):
    address = f"{reverse('admin:auth_user_changelist')}?{query}"

    assert office.get(address).status_code == 400
