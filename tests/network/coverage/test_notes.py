"""A cell of the chain holds a note: what is known, who cares for it, until when."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.http import urlencode

from lifephases import ages
from network.models import ChainNote
from tests.factories.lifephases import LifePhaseFactory, TransitionFactory
from tests.factories.offers import DistrictFactory, TopicFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    """The address of a cell without offers."""
    LifePhaseFactory(slug="baby", ages=ages.span(0, 12))
    TransitionFactory(slug="kita", ages=ages.span(6, 42))
    TopicFactory(slug="sport")
    DistrictFactory(slug="wanne")

    def address(**asked):
        asked = {"bezirk": "wanne", "feld": "baby", "thema": "sport"} | asked
        return f"{reverse('coverage:cell')}?{urlencode(asked)}"

    return address


def test_a_note_is_written_read_and_changed_on_the_page_of_its_cell(coordinator, cell):
    karla = User.objects.get(username="karla")
    form = {"state": "wanted", "text": "Verein fragen", "owner": karla.pk, "due_on": "2027-03-01"}

    assert coordinator.post(cell(), form).url == cell()
    coordinator.post(cell(), form | {"state": "planned"})

    note = ChainNote.objects.get()
    assert (note.district.slug, note.phase.slug, note.topic.slug) == ("wanne", "baby", "sport")
    states = note.history.order_by("history_date").values_list("state", "history_user__username")
    assert list(states) == [("wanted", "karla"), ("planned", "karla")]
    assert "Verein fragen" in coordinator.get(cell()).text
    table = coordinator.get(reverse("coverage:table"), {"bezirk": "wanne"}).text
    assert "✎ geplant" in table
    assert "✎" not in coordinator.get(reverse("coverage:table")).text
    assert "geplant" in coordinator.get(reverse("admin:network_chainnote_changelist")).text


def test_a_note_of_a_step_is_another_one(coordinator, cell):
    coordinator.post(cell(), {"state": "known"})
    coordinator.post(cell(feld="kita"), {"state": "closed"})

    assert ChainNote.objects.count() == 2
    assert ChainNote.objects.get(phase=None).step.slug == "kita"


def test_what_cannot_be_kept_stays_as_it_was_typed(coordinator, cell):
    answer = coordinator.post(cell(), {"state": "?", "text": "Verein fragen", "due_on": "morgen"})

    assert answer.status_code == 200
    assert "Verein fragen" in answer.text
    assert not ChainNote.objects.exists()


def test_two_who_note_at_once_are_asked_field_by_field(coordinator, cell):
    opened = form_of(coordinator.get(cell()), None)
    first = opened | {"state": "wanted", "text": "Bewusst leer"}
    second = opened | {"text": "Kurs geplant", "due_on": "2027-03-01"}
    coordinator.post(cell(), first)

    asked = coordinator.post(cell(), second)

    assert ChainNote.objects.get().text == "Bewusst leer"
    assert "hat inzwischen gespeichert: „Bewusst leer“." in asked.text
    again = form_of(asked, None)
    assert (again["text"], again["due_on"]) == (["Kurs geplant"], ["2027-03-01"])

    assert coordinator.post(cell(), again).status_code == 302
    note = ChainNote.objects.get()
    assert (note.state, note.text, str(note.due_on)) == ("wanted", "Kurs geplant", "2027-03-01")


@pytest.mark.parametrize("asked", [{"feld": "x"}, {"thema": ""}])
def test_what_is_no_cell_has_no_note(coordinator, cell, asked):
    assert "chain-note-form" not in coordinator.get(cell(**asked)).text
    assert coordinator.post(cell(**asked), {"state": "known"}).status_code == 404


def test_nobody_else_writes_notes(of_role, cell):
    assert of_role("Redaktion").post(cell(), {"state": "known"}).status_code == 403
