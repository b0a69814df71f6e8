"""The office brings figures by a list: looked at first, taken over, taken back."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from network.models import AuditEntry, ChildrenCount, NeedIndicator
from tests.factories.offers import CityFactory, DistrictFactory
from tests.offers.exchange import imports

pytestmark = pytest.mark.django_db
HEADER = "Stadtbezirk;Alter von;Alter bis;Kinder;Stand"


@pytest.fixture
def city():
    """Wanne is a Stadtbezirk and an Ortsteil, as in Herne."""
    city = CityFactory(name="Herne")
    borough = DistrictFactory(slug="bezirk-wanne", name="Wanne", parent=city, level="borough")
    DistrictFactory(slug="wanne", name="Wanne", parent=borough, level="locality")
    DistrictFactory(slug="bezirk-eickel", name="Eickel", parent=city, level="borough")
    return city


@pytest.fixture
def user(django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    return user


def checked(*lines, header=HEADER, kind="children", **more):
    return imports.check(imports.upload("\n".join([header, *lines]), kind=kind, **more))


def test_counts_come_in_and_go_back_and_every_broken_row_is_named(city, user):
    run = checked(
        "Eickel;0;2;1.116;2026-03",
        "Stadtbezirk Wanne;0;2;980;1.3.2026",
        "Wanne;0;2;400;2026-03",
        "Herne;5;2;70;2026-03",
        "Herne;0;2;viele;2026-03",
        "Herne;3;5;;2026-03",
        "Herne;3;5;4520;März 2026",
        "Eickel;0;2;1117;2026-03",
        by=user,
    )
    assert not ChildrenCount.objects.exists()  # a dry run
    assert imports.outcomes(run) == ["created"] * 2 + ["refused"] * 6
    reasons = {line: problems[0] for line, problems in imports.problems(run).items()}
    assert reasons[4] == ["Stadtbezirk", "„Wanne“ gibt es nicht."]  # which of the two?
    assert "vor dem Alter" in reasons[5][1]
    assert reasons[6] == ["Kinder", "„viele“ ist keine Zahl."]
    assert reasons[7] == ["Kinder", "Diese Angabe fehlt."]
    assert "beginnt mit einem Jahr" in reasons[8][1]
    assert reasons[9] == ["", "Dieselbe Zahl steht schon in Zeile 2."]

    run = imports.commit(run)
    assert set(ChildrenCount.objects.values_list("district__slug", "measure", "children")) == {
        ("bezirk-eickel", "stock", 1116),
        ("bezirk-wanne", "stock", 980),
    }
    assert AuditEntry.objects.filter(action="imported", actor=user).exists()

    edited = ChildrenCount.objects.get(district__slug="bezirk-wanne")
    assert edited.as_of == "2026-03-01"  # written as "1.3.2026"
    edited.children = 981
    edited.save()
    imports.undo(run)
    assert ChildrenCount.objects.get() == edited


def test_what_stands_here_stays_unless_somebody_ticks_it_and_undo_gives_it_back(city):
    count = {"district": city, "from_years": 0, "to_years": 2, "as_of": "2026-03"}
    here = ChildrenCount.objects.create(**count, children=4000)
    line = "Herne;0;2;4100;2026-03;https://herne.example/kinder"

    run = checked(line, "Herne;3;5;10;2026-03;", header=f"{HEADER};Quelle")
    assert imports.outcomes(run) == ["changed", "created"]  # the source is filled
    run.rows.filter(line=2).update(overwrite=True)
    run = imports.commit(run)
    here.refresh_from_db()
    assert (here.children, here.source_url) == (4100, "https://herne.example/kinder")

    imports.undo(run)
    here.refresh_from_db()
    assert (here.children, here.source_url) == (4000, "")
    assert ChildrenCount.objects.count() == 1
    again = checked("Herne;0;2;4000;2026-03")
    assert imports.outcomes(again) == ["unchanged"]


def test_figures_that_changed_since_the_dry_run_stay_and_what_is_gone_is_said(city):
    year = {"district": city, "as_of": "2026-03"}
    moved, gone, broken = (
        ChildrenCount.objects.create(**year, from_years=first, to_years=first + 1, children=10)
        for first in (0, 2, 4)
    )
    lines = [f"Herne;{n};{n + 1};10;2026-03;https://herne.example/{n};sicher" for n in (0, 2, 4)]
    run = checked(*lines, header=f"{HEADER};Quelle;Sicherheit")
    assert imports.outcomes(run) == ["changed"] * 3
    ChildrenCount.objects.filter(pk=moved.pk).update(source_url="https://herne.example/neu")
    gone.delete()
    run.rows.filter(target=broken.pk).update(changes={"children": ["10", "-3"]})

    run = imports.commit(run)

    assert imports.outcomes(run) == ["changed", "refused", "refused"]
    first, second, third = run.rows.order_by("line")
    assert first.hints == ["Quelle wurde seit der Prüfung hier geändert und bleibt."]
    assert second.problems == [["", "Die Zahl gibt es hier seit der Prüfung nicht mehr."]]
    assert third.problems
    moved.refresh_from_db()
    broken.refresh_from_db()
    told = (moved.source_url, moved.certainty, broken.children)
    assert told == ("https://herne.example/neu", "sicher", 10)

    ChildrenCount.objects.filter(pk=moved.pk).update(certainty="geschätzt")
    imports.undo(run)
    first.refresh_from_db()
    assert first.is_applied  # it stays as somebody left it
    assert "Wie sicher? wurde seit dem Import geändert und bleibt." in first.hints
    moved.refresh_from_db()
    assert moved.certainty == "geschätzt"


def test_taking_back_a_list_whose_figure_is_gone_says_so(city):
    run = imports.commit(checked("Herne;0;2;400;2026-03"))
    ChildrenCount.objects.get().delete()

    imports.undo(run)

    row = run.rows.get()
    assert (row.is_applied, row.hints) == (False, ["Die Zahl gibt es nicht mehr."])


def test_a_name_that_two_parts_have_is_asked_about(city):
    meant = {"district": {"Wanne": "Ortsteil Wanne"}}
    imports.commit(checked("Wanne;0;2;400;2026-03", values=meant))

    assert ChildrenCount.objects.get().district.slug == "wanne"


def test_needs_come_with_a_day_and_a_source_for_the_whole_list(city):
    run = checked(
        "Eickel;SGB-II-Quote der unter 18-Jährigen;30,2;Prozent",
        header="Bezirk;Indikator;Wert;Einheit",
        kind="needs",
        defaults={"as_of": "2026", "source_url": "https://herne.example/bedarf"},
    )
    imports.commit(run)

    need = NeedIndicator.objects.get()
    assert (need.value_words, need.as_of) == ("30,2 Prozent", "2026")
    assert need.source_url == "https://herne.example/bedarf"


def test_a_point_is_of_thousands_where_people_type_and_of_fractions_in_a_cell_of_numbers(city):
    book = openpyxl.Workbook()
    for row in (
        ("Bezirk", "Indikator", "Wert", "Einheit", "Stand", "Sicherheit"),
        ("Eickel", "Quote", 30.2, "Prozent", "2026", ""),
        ("Eickel", "Fälle", "1.116", "Kinder", "2026", ""),
        ("Eickel", "Mehr", 12, "Kinder", "2026", "s" * 400),
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    run = imports.check(imports.upload(file.getvalue(), kind="needs", name="liste.xlsx"))
    values = {row.values.get("name"): row.values.get("value") for row in run.rows.all()}
    assert (values["Quote"], values["Fälle"]) == ("30.2", "1116")
    assert "Länger als" in str(imports.problems(run)[4])
    half = checked("Herne;0;2;10,5;2026-03")
    assert imports.problems(half)[2] == [["Kinder", "„10,5“ ist keine ganze Zahl."]]


def test_the_list_of_figures_leads_to_the_import_and_others_bring_none(coordinator, city):
    page = coordinator.get(reverse("admin:network_childrencount_changelist")).text
    add = reverse("admin:offers_importrun_add")

    assert f"{add}?kind=children" in page
    assert 'value="needs"' in coordinator.get(f"{add}?kind=children").text


def test_editors_bring_no_figures(of_role):
    page = of_role("Redaktion").get(reverse("admin:offers_importrun_add")).text

    assert 'value="offers"' in page
    assert 'value="children"' not in page
