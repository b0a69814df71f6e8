"""Fewer than five families could be one: no count of a few is shown, or kept beyond its week."""

import datetime as dt
import io

import openpyxl
import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from network.models import HouseLetter
from offers.models import Experience, Looks, ReachCount, SearchDemand, UnmetNeed
from offers.models.office.experience import monday_of
from offers.tasks import forget_search_demand
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import DistrictFactory, OfferFactory, TopicFactory

pytestmark = pytest.mark.django_db
OF_FAMILIES = {Experience: "number", Looks: "number", SearchDemand: "count", UnmetNeed: "count"}
OF_OTHERS = {ReachCount, HouseLetter}  # entries, letters to institutions
FEW = range(1, 5)
PAGES = ["coverage:table", "coverage:cell", "coverage:demand", "coverage:owed"]
LISTS = ["admin:offers_experience_changelist", "admin:offers_searchdemand_changelist"]


def few_of_everything(week, numbers=FEW):
    """What families did a few times each in a week."""
    topic = TopicFactory(name="Sport", slug="sport")
    for number in numbers:
        offer = OfferFactory(title=f"Treff {number}", topics=[topic])
        Looks.objects.create(offer=offer, week=week, number=number)
        for kind in Experience.Kind:
            Experience.objects.create(offer=offer, kind=kind, week=week, number=number)
        SearchDemand.objects.count_one(f"zauber {number}", "thema=sport", week, number)


def counts_over_time():
    """Every model of ours that counts something by the week or the month."""
    for model in apps.get_models():
        known = {field.name: field for field in model._meta.fields}
        is_ours = model._meta.app_label in {"lifephases", "offers", "network"}
        numbers = [
            field
            for field in known.values()
            if isinstance(field, models.IntegerField) and not (field.primary_key or field.choices)
        ]
        if is_ours and numbers and not {"week", "month"}.isdisjoint(known):
            yield model


def test_every_model_that_counts_over_time_is_asked_below():
    assert set(counts_over_time()) == {*OF_FAMILIES, *OF_OTHERS}


def test_of_a_week_that_is_over_no_count_of_a_few_stays():
    few_of_everything(monday_of(timezone.localdate()) - dt.timedelta(weeks=1))
    phase = LifePhaseFactory(slug="baby", ages=ages.span(0, 11))
    for count in FEW:
        rare = UnmetNeed(month=dt.date(2026, 11, 1), kind="full", phase=phase, count=count)
        with pytest.raises(IntegrityError), transaction.atomic():
            rare.save()

    forget_search_demand()

    for model, field in OF_FAMILIES.items():
        assert not model.objects.filter(**{f"{field}__in": FEW}).exists()


def test_what_a_few_did_this_week_stands_on_no_page_and_in_no_file(coordinator):
    DistrictFactory(slug="wanne", name="Wanne")
    LifePhaseFactory(slug="baby", ages=ages.span(0, 11))
    few_of_everything(monday_of(timezone.localdate()), [4])

    shown = {name: coordinator.get(reverse(name), {"thema": "sport"}) for name in PAGES}
    shown |= {name: coordinator.get(reverse(name)) for name in LISTS}
    files = [coordinator.post(reverse(name)) for name in ("coverage:sheet", "coverage:owed")]

    assert {name: answer.status_code for name, answer in shown.items()} == dict.fromkeys(shown, 200)
    for answer in shown.values():
        assert "zauber" not in answer.text
        assert "-mal vergeblich" not in answer.text
        assert "Treff 4" not in answer.text or answer is shown["coverage:cell"]
    demand, owed = (openpyxl.load_workbook(io.BytesIO(one.getvalue())) for one in files)
    head, *lines = demand.worksheets[0].values
    assert {line[head.index("vergeblich gesucht oder voll")] for line in lines} == {None}
    told = {row[0]: row[1] for sheet in owed for row in sheet.values if len(row) > 1}
    of_families = [*Experience.Kind.labels, *UnmetNeed.Kind.labels]
    assert {told[str(words)] for words in of_families} == {"weniger als 5"}
    assert shown["coverage:owed"].text.count("weniger als 5") >= len(of_families)
