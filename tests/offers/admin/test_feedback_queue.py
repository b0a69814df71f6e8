"""What families report is a queue with an owner, a state and an answer; words are forgotten."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.models import HouseLink
from offers.models import Feedback
from offers.tasks import tidy_up
from tests.factories.offers import InstitutionFactory, OfferFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:offers_feedback_changelist")


@pytest.fixture
def office(signed_in):
    user = User.objects.create_user("karla", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return signed_in(Client(), user)


@pytest.fixture
def report():
    house = InstitutionFactory(name="Kita Sonnenschein")
    offer = OfferFactory(title="Elterncafé", provider=house, provider_name="")
    words = "Frau Meier sagt, es ist um 10 Uhr."
    return Feedback.objects.create(offer=offer, topic="times", message=words)


def test_a_colleague_takes_a_report_answers_it_and_ticks_it_off(office, report):
    data = {"action": "take", "_selected_action": [report.pk]}
    assert "1 Rückmeldung ist bei Ihnen" in office.post(LIST, data, follow=True).content.decode()
    assert "Elterncafé" in office.get(LIST, {"wer": "ich"}).content.decode()
    assert "Elterncafé" not in office.get(LIST, {"wer": "niemand"}).content.decode()

    address = reverse("admin:offers_feedback_change", args=[report.pk])
    office.post(address, {"answer": "Die Zeit ist jetzt richtig.", "_done": "1"})

    report.refresh_from_db()
    assert (report.owner.username, report.done_by.username) == ("karla", "karla")
    assert (report.state, report.answer) == ("erledigt", "Die Zeit ist jetzt richtig.")


def test_the_institution_reads_kind_state_and_answer_and_never_the_family_s_words(report, client):
    page = f"/partner/{HouseLink.objects.made_for(report.offer.provider)[1]}"
    shown = " ".join(client.get(page).content.decode().split())
    assert "Die Zeiten stimmen nicht. offen" in shown
    assert "Meier" not in shown

    Feedback.objects.update(answer="Ist berichtigt.", done_at=timezone.now())
    assert "erledigt: Ist berichtigt." in " ".join(client.get(page).content.decode().split())

    Feedback.objects.update(done_at=timezone.now() - dt.timedelta(days=61))
    assert "Die Zeiten stimmen nicht" not in client.get(page).content.decode()


def test_a_message_of_a_house_is_answered_on_its_page_and_becomes_an_offer(office, client):
    house = InstitutionFactory(name="Kita Sonnenschein")
    page = f"/partner/{HouseLink.objects.made_for(house)[1]}"
    client.post(page, {"nachricht": "1", "note": "Neues Angebot: Vätertreff am Samstag"})
    address = reverse("admin:offers_feedback_change", args=[Feedback.objects.get().pk])

    shown = office.get(address)
    assert "None" not in shown.text
    add = f"{reverse('admin:offers_offer_add')}?provider={house.pk}"
    assert f'href="{add}"' in shown.text
    assert form_of(office.get(add), "offer_form")["provider"] == [str(house.pk)]
    assert "„Neues Angebot: Vätertreff am Samstag“ offen" in " ".join(client.get(page).text.split())

    office.post(address, {"answer": "Steht jetzt im Portal.", "_done": "1"})
    assert "Samstag“ erledigt: Steht jetzt im Portal." in " ".join(client.get(page).text.split())
    other = f"/partner/{HouseLink.objects.made_for(InstitutionFactory())[1]}"
    assert "Vätertreff" not in client.get(other).text


def test_words_are_forgotten_after_the_stated_time_and_done_reports_with_them(report, settings):
    settings.FEEDBACK_WORDS_KEPT_DAYS = 180
    done = Feedback.objects.create(offer=report.offer, topic="cost", done_at=timezone.now())
    Feedback.objects.update(created_on=timezone.localdate() - dt.timedelta(days=180))
    tidy_up()
    assert Feedback.objects.exclude(message="").exists()

    Feedback.objects.update(created_on=timezone.localdate() - dt.timedelta(days=181))
    tidy_up()

    assert not Feedback.objects.filter(pk=done.pk).exists()
    assert Feedback.objects.get().message == ""
