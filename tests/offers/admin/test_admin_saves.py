"""A caseworker opens an entry, changes one thing, and it is kept; nonsense is explained."""

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import User
from django.urls import reverse

from lifephases import ages
from lifephases.forms import AgeSpanField
from lifephases.models import LifePhase, Milestone, Transition
from network.models import AuditEntry
from offers.models import Offer, Schedule
from offers.recurrence import entry as schedule_entry
from tests.html_forms import form_of

WITH_AGES = [Offer, LifePhase, Transition, Milestone]
PARTS = ["from", "from_unit", "to", "to_unit"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("verwaltung"))


def form_id_of(model):
    return f"{model._meta.model_name}_form"


def address(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def test_every_kind_of_entry_can_be_opened_and_saved_unchanged(office, herne):
    refused = {}
    for model in site._registry:
        row = model.objects.first()
        if row is None or model._meta.app_label in {"auth", "axes"} or model is AuditEntry:
            continue
        url = address(model, "change", row.pk)
        response = office.post(url, form_of(office.get(url), form_id_of(model)))
        if response.status_code != 302:
            refused[model._meta.label] = response.context["errors"]

    assert refused == {}


def test_every_age_of_the_facts_survives_being_opened_and_saved(herne):
    field = AgeSpanField(required=False)
    rows = [row for model in WITH_AGES for row in model.objects.all()]

    def back_and_forth(span):
        parts = field.widget.decompress(span)
        return field.clean(["" if one is None else str(one) for one in parts])

    assert len(rows) > 150
    assert [row for row in rows if back_and_forth(row.ages) != row.ages] == []


def test_every_rule_of_the_facts_is_an_entry_and_stays_to_the_letter(herne):
    rules = set(Schedule.objects.values_list("rrule", flat=True))

    read = {rule: schedule_entry.read(rule) for rule in rules}

    assert len(rules) > 10
    assert [
        rule for rule, entry in read.items() if entry.repeats == schedule_entry.Repeats.OWN_RULE
    ] == []
    assert [rule for rule, entry in read.items() if schedule_entry.write(entry) != rule] == []


def test_both_ends_of_an_age_are_entered_as_included(office, herne):
    offer = Offer.objects.get(title="Pluto: Offener Treff für Kinder (6-10)")
    url = address(Offer, "change", offer.pk)
    form = form_of(office.get(url), "offer_form")

    assert [form[f"ages_{part}"] for part in PARTS] == [["6"], ["years"], ["10"], ["years"]]
    saved = office.post(url, form | {"ages_to": "11"})

    assert saved.status_code == 302, saved.context["errors"]
    offer.refresh_from_db()
    assert ages.last_month(offer.ages) == 143


NONSENSE = [
    {"ages_from": "11", "ages_to": "6"},
    {"ages_from": "9" * 30},
    {"ages_to": "abc"},
    {"title": "a\x00b"},
    {"title": "a" * 10_000},
    {"valid_from": "31.12.2026", "valid_to": "01.01.2026"},
    {"slug": "ä ö"},
    {"languages": "x" * 500},
]


def test_nonsense_in_the_form_of_an_offer_is_explained_and_changes_nothing(office, herne):
    offer = Offer.objects.get(title="Pluto: Offener Treff für Kinder (6-10)")
    url = address(Offer, "change", offer.pk)
    form = form_of(office.get(url))

    for change in NONSENSE:
        response = office.post(url, form | change)
        assert response.status_code == 200, change
        assert response.context["errors"], change
    assert offer.updated_at == Offer.objects.get(pk=offer.pk).updated_at


@pytest.mark.parametrize("query", ["topics=abc", "ages=abc", "provider=x&title=a", "valid_from=99"])
def test_nonsense_in_the_address_of_a_new_offer_leaves_an_empty_form(office, herne, query):
    answer = office.get(address(Offer, "add") + "?" + query)

    assert answer.status_code == 200
    assert form_of(answer, "offer_form")["title"] == [""]


@pytest.mark.parametrize("model", [LifePhase, Milestone, Transition])
def test_nonsense_in_the_address_of_a_new_phase_leaves_an_empty_form(office, model):
    assert office.get(address(model, "add") + "?ages=abc&name=x").status_code == 200
