"""The start page says what is to be done, own entries first, and leads there in one click."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from offers.models import Feedback, LinkCheck, Offer
from offers.quality import work_list
from tests.factories.offers import OfferFactory, OfferPlaceFactory, ScheduleFactory
from tests.offers.quality.test_rules import complete

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def editor():
    user = User.objects.create_user("redaktion", first_name="Anna", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__endswith="_offer"))
    return user


@pytest.fixture
def office(editor, signed_in):
    return signed_in(Client(), editor)


def pile(name, user):
    found = {pile.queue.name: pile for pile in work_list.piles(user, Offer.objects.all())}
    return found.get(name)


def offer_over():
    place = OfferPlaceFactory(offer=complete())
    offer = place.offer
    offer.places.exclude(pk=place.pk).delete()
    ScheduleFactory(place=place, rrule="", starts_on=dt.date(2020, 1, 1))
    return offer


def offer_with_a_report():
    offer = complete()
    Feedback.objects.create(offer=offer, topic="times")
    return offer


def offer_with_a_dead_link():
    offer = complete(url="https://example.org/weg")
    link = {"offer": offer, "url": offer.url, "ok": False, "checked_at": NOW}
    LinkCheck.objects.create(**link, failing_since=NOW - dt.timedelta(days=1))
    return offer


MAKERS = {
    "zu-pruefen": lambda: complete(status=Offer.Status.IN_REVIEW),
    "zurueckgegeben": lambda: complete(status=Offer.Status.RETURNED, return_reason="Wo?"),
    "rueckmeldungen": offer_with_a_report,
    "widerspruechlich": lambda: complete(title="Jugendliche", ages=ages.span(0, 11)),
    "ohne-termin": offer_over,
    "tote-links": offer_with_a_dead_link,
    "faellig": lambda: complete(review_due_on=timezone.localdate()),
    "unvollstaendig": lambda: complete(teaser=""),
}  # fmt: skip


@pytest.mark.parametrize("name", MAKERS)
def test_an_entry_waits_in_the_pile_and_its_list_shows_the_same(editor, office, name):
    complete()
    offer = MAKERS[name]()

    found = pile(name, editor)
    listed = office.get(reverse("admin:offers_offer_changelist"), {"todo": name})

    assert (found.number, found.first) == (1, [offer])
    assert list(listed.context["cl"].result_list) == [offer]


def test_a_report_that_was_dealt_with_and_a_link_that_failed_once_wait_no_more(editor):
    Feedback.objects.create(offer=complete(), topic="times", done_at=NOW)
    link = {"url": "https://example.org", "ok": False, "checked_at": NOW, "failing_since": NOW}
    LinkCheck.objects.create(offer=complete(), **link)

    assert work_list.piles(editor, Offer.objects.all()) == []


def test_archived_entries_ask_for_nothing(editor):
    OfferFactory(status=Offer.Status.ARCHIVED)

    assert work_list.piles(editor, Offer.objects.all()) == []


def test_own_entries_come_first_then_what_has_waited_longest(editor):
    today = timezone.localdate()
    days = [dt.timedelta(days=number) for number in range(5)]
    offers = [complete(review_due_on=today, confirmed_at=NOW - day) for day in days]
    Offer.objects.filter(pk=offers[1].pk).update(responsible=editor)

    found = pile("faellig", editor)

    assert (found.number, found.mine) == (5, 1)
    assert found.first == [offers[1], offers[4], offers[3]]


def test_the_start_page_names_number_entries_and_own_share_and_leads_to_the_lists(editor, office):
    complete(teaser="", title="Spielkreis", responsible=editor)
    complete(teaser="", title="Lesekreis")

    html = office.get(reverse("admin:index")).content.decode()

    assert "?todo=unvollstaendig" in html
    assert "?todo=unvollstaendig&amp;wer=ich" in html
    assert "davon 1 Ihre" in html
    assert html.index("Spielkreis") < html.index("Lesekreis")


def test_the_start_page_is_calm_when_nothing_is_to_do(office):
    assert "Alles erledigt" in office.get(reverse("admin:index")).content.decode()


def test_somebody_who_may_not_see_offers_sees_no_work_and_no_praise(signed_in):
    complete(teaser="", title="Geheimer Kreis")
    user = User.objects.create_user("gast", is_staff=True)

    html = signed_in(Client(), user).get(reverse("admin:index")).content.decode()

    assert "Geheimer Kreis" not in html
    assert "Alles erledigt" not in html
    assert "noch nichts freigegeben" in html
