"""Two people save the same row: nothing is undone in silence, whatever kind of row it is."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from lifephases import ages
from offers.admin.versions.two_at_once import TwoAtOnce
from offers.models import Feedback
from tests.factories.lifephases import TransitionFactory
from tests.factories.offers import DistrictFactory, OfferFactory, TargetGroupFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
# An import goes step by step, an account is changed by the Administration alone, and what stands
# of an address or a subscription is changed by buttons, not by fields.
GO_ANOTHER_WAY = {"importrun", "user", "addresshealth", "subscription"}


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("verwaltung"))


def rows():
    about = {"topic": "wrong", "message": "Stimmt nicht"}
    return [
        (TransitionFactory(ages=ages.span(0, 3)), "name", {"position": "7"}),
        (TargetGroupFactory(), "name", {"position": "7"}),
        (DistrictFactory(), "name", {"postal_codes": "44623"}),
        (Feedback.objects.create(offer=OfferFactory(), **about), "answer", {}),
    ]


def test_what_both_changed_is_asked_and_what_one_changed_stays(office):
    for row, both, other in rows():
        url = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
        opened = form_of(office.get(url), f"{row._meta.model_name}_form")
        assert office.post(url, opened | other | {both: "von ihr"}).status_code == 302, row

        asked = office.post(url, opened | {both: "von ihm"})

        row.refresh_from_db()
        assert getattr(row, both) == "von ihr"
        assert "hat inzwischen gespeichert: „von ihr“." in asked.text
        again = form_of(asked, f"{row._meta.model_name}_form")
        assert again[both] == ["von ihm"]

        assert office.post(url, again).status_code == 302
        row.refresh_from_db()
        assert getattr(row, both) == "von ihm"
        for name, value in other.items():
            now = getattr(row, name)
            assert (", ".join(now) if isinstance(now, list) else str(now)) == value, row


def test_ages_that_one_changed_stay_and_are_said_as_people_do(office):
    row = TransitionFactory(ages=ages.span(0, 3))
    url = reverse("admin:lifephases_transition_change", args=[row.pk])
    opened = form_of(office.get(url), "transition_form")
    older = {"ages_to": "1", "ages_to_unit": "years"}
    office.post(url, opened | older)

    assert office.post(url, opened | {"name": "Neu"}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.ages) == ("Neu", ages.span(0, 23))

    asked = office.post(url, opened | {"ages_to": "7", "ages_to_unit": "months"})
    assert f"gespeichert: „{row.age_words}“" in asked.text


def test_every_form_of_the_office_saves_beside_others(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    without = {
        model._meta.model_name
        for model, one in admin.site._registry.items()
        if one.has_change_permission(request) and not isinstance(one, TwoAtOnce | SavedBesideOthers)
    }

    assert without == GO_ANOTHER_WAY
