"""What families read beside the offers comes back, too: phases, milestones, topics, types."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from lifephases import ages
from tests.factories.lifephases import LifePhaseFactory, MilestoneFactory
from tests.factories.offers import OfferTypeFactory, TopicFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("verwaltung"))


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (MilestoneFactory, "title"),
        (LifePhaseFactory, "name"),
        (TopicFactory, "name"),
        (OfferTypeFactory, "name"),
    ],
)
def test_a_name_overwritten_by_mistake_is_read_with_its_reason_and_brought_back(
    office, factory, field
):
    row = factory(**{field: "Wie es hieß"})
    name = f"admin:{row._meta.label_lower.replace('.', '_')}"
    form = form_of(
        office.get(reverse(f"{name}_change", args=[row.pk])), f"{row._meta.model_name}_form"
    )
    changed = form | {field: "Vertippt", "_reason": "neuer Name"}
    assert office.post(reverse(f"{name}_change", args=[row.pk]), changed).status_code == 302

    versions = office.get(reverse(f"{name}_history", args=[row.pk])).text
    assert all(one in versions for one in ["Wie es hieß", "Vertippt", "neuer Name"])
    back = re.findall(r'href="([^"]+/history/[^"]+/)"', versions)[-1]
    agreed = {"_seen": re.search(r'name="_seen" value="([^"]+)"', office.get(back).text)[1]}
    assert office.post(back, agreed).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Wie es hieß"


def test_an_age_that_was_changed_is_told_as_people_say_it(office):
    row = MilestoneFactory(ages=ages.span(0, 3))
    url = reverse("admin:lifephases_milestone_change", args=[row.pk])
    form = form_of(office.get(url), "milestone_form")
    office.post(url, form | {"ages_to": "1", "ages_to_unit": "years"})

    told = office.get(reverse("admin:lifephases_milestone_history", args=[row.pk])).text
    row.refresh_from_db()
    assert row.age_words in told
