"""Children and need come from the city's folder, each figure with what it counts and its source."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from kekiz_portal.lib.history.recording import edit
from network.coverage import facts
from network.models import ChildrenCount, NeedIndicator
from tests import rows
from tests.factories.offers import CityFactory, DistrictFactory, InstitutionFactory, LocationFactory

pytestmark = pytest.mark.django_db
FILES = {
    "children_by_age.csv": (
        "district_slug,age_from_years,age_to_years,children,reference_date,source_url,certainty,"
        "note\n"
        'stadt,0,0,1200,2023,https://a.example/,"published (births, not a stock)",\n'
        "stadt,0,2,4417,2021/22 (Planung),,computed,\n"
        "nirgends,0,2,5,2023,,published,\n"
        "stadt,4,2,5,2023,,published,\n"
        "stadt,3,5,5,früher,,published,\n"
        "stadt,x,5,5,2023,,published,\n"
    ),
    "need_indicators.csv": (
        "district_slug,indicator,value,unit,reference_date,source_url,certainty\n"
        "stadt,SGB-II-Quote,30.2,percent,2022-06,https://a.example/,published\n"
        "stadt,Quote,1,furlongs,2022,,published\n"
    ),
    "school_social_index.csv": (
        "school_number,name,pupils,social_index,startchancen_school,school_year\n"
        "100014,Schule am Park,440,5,1,2024/25\n"
        "100015,Berufskolleg,1650,,1,2024/25\n"
    ),
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    CityFactory()
    return tmp_path


def test_figures_are_loaded_and_every_broken_row_is_named(folder):
    children, needs, schools = facts.load(folder)

    lines = [problem.line for problem in children.problems]
    assert sorted(lines) == [4, 5, 6, 7]
    assert [problem.line for problem in needs.problems] == [3]
    assert schools.problems == []
    assert NeedIndicator.objects.get(school_name="").value_words == "30,2 Prozent"


def test_births_are_never_a_stock_of_children(folder):
    list(facts.load(folder))

    assert ChildrenCount.objects.living_there().get().children == 4417


def test_a_school_is_found_by_its_number_and_lies_where_it_stands(folder):
    district = DistrictFactory()
    school = InstitutionFactory(email="100014@schule.nrw.de")
    school.locations.add(LocationFactory(district=district))

    list(facts.load(folder))

    figures = NeedIndicator.objects.filter(school=school, district=district)
    assert figures.get(name=facts.SOCIAL_INDEX).value == 5
    unknown = NeedIndicator.objects.filter(school_name="Berufskolleg")
    assert not unknown.filter(name=facts.SOCIAL_INDEX).exists()
    assert unknown.get(name=facts.PUPILS).value == 1650


def test_a_second_load_changes_nothing_and_keeps_what_the_office_corrected(
    folder, django_user_model
):
    list(facts.load(folder))
    count = ChildrenCount.objects.living_there().get()
    count.children = 4400
    with edit(by=django_user_model.objects.create(username="koordination")):
        count.save()
    file = folder / "children_by_age.csv"
    file.write_text(file.read_text().replace(",4417,", ",4418,"))

    list(facts.load(folder))

    assert ChildrenCount.objects.living_there().get().children == 4400
    assert NeedIndicator.objects.count() == 6


def test_hernes_figures_load_without_a_problem(settings, herne_as_rows):
    rows.pour(herne_as_rows)

    call_command("load_network", Path(settings.CITY_DIR), meanings_later=True, verbosity=0)

    assert ChildrenCount.objects.count() == 20
    assert ChildrenCount.objects.living_there().count() == 4
    assert NeedIndicator.objects.filter(name=facts.SOCIAL_INDEX).exclude(district=None).exists()


@pytest.mark.parametrize("model", ["childrencount", "needindicator"])
def test_the_office_sees_each_figure_with_its_date(folder, coordinator, model):
    list(facts.load(folder))

    answer = coordinator.get(reverse(f"admin:network_{model}_changelist"))

    assert "2021/22 (Planung)" in answer.text or "2022-06" in answer.text


@pytest.mark.parametrize("role", ["Redaktion", "Träger-Redaktion"])
def test_other_roles_keep_no_figures(of_role, role):
    answer = of_role(role).get(reverse("admin:network_childrencount_changelist"))

    assert answer.status_code == 403
