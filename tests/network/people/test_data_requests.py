"""What people ask the office about their data is answered within a month."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from network.models import DataRequest
from network.newsletters.subscribing import personal_data

pytestmark = pytest.mark.django_db
LIST = reverse("admin:network_datarequest_changelist")
ADD = reverse("admin:network_datarequest_add")
START = reverse("admin:index")
PILE = "innerhalb eines Monats beantworten"


def days(number):
    return timezone.localdate() + dt.timedelta(days=number)


def typed(**changes):
    data = {
        "kind": "access",
        "address": "ida@beispiel.de",
        "note": "",
        "received_on": f"{days(0):%d.%m.%Y}",
        "extended_on": "",
        "done_on": "",
    }
    return data | changes


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (dt.date(2026, 11, 24), dt.date(2026, 12, 24)),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), dt.date(2024, 2, 29)),
    ],
)
def test_a_request_is_due_a_month_after_it_came(received_on, due_on):
    wanted = DataRequest.objects.create(address="ida@beispiel.de", received_on=received_on)

    assert wanted.due_on == due_on


def test_an_extension_that_was_told_gives_three_months():
    wanted = DataRequest(
        address="ida@beispiel.de",
        received_on=dt.date(2026, 8, 24),
        extended_on=dt.date(2026, 9, 1),
    )
    wanted.full_clean()

    assert wanted.due_on == dt.date(2026, 11, 24)


def test_an_extension_after_the_first_month_is_refused():
    wanted = DataRequest(address="a@b.de", received_on=days(-60), extended_on=days(-1))

    with pytest.raises(ValidationError, match="innerhalb eines Monats"):
        wanted.full_clean()


def test_what_waits_is_a_pile_on_the_start_page_the_most_urgent_first(coordinator):
    coordinator.post(ADD, typed(address="spaet@beispiel.de"))
    coordinator.post(ADD, typed(kind="erasure", received_on=f"{days(-40):%d.%m.%Y}"))

    coordinator.get(START)  # what was saved is told once
    page = coordinator.get(START).content.decode()

    assert PILE in page
    assert page.index("Löschung, fällig war") < page.index("Auskunft bis")
    assert "beispiel.de" not in page
    assert "überfällig" in coordinator.get(LIST).content.decode()


def test_what_is_answered_names_nobody_and_leaves_the_pile(coordinator):
    coordinator.post(ADD, typed(note="rief an"))
    wanted = DataRequest.objects.get()
    change = reverse("admin:network_datarequest_change", args=[wanted.pk])

    coordinator.post(change, typed(note="rief an", done_on=f"{days(0):%d.%m.%Y}"))

    wanted.refresh_from_db()
    assert (wanted.address, wanted.note, wanted.done_on) == ("", "", days(0))
    assert PILE not in coordinator.get(START).content.decode()
    assert coordinator.post(change, typed()).status_code == 403


def test_erasing_an_address_answers_what_it_asked(coordinator):
    DataRequest.objects.create(address="IDA@beispiel.de", kind="erasure")
    assert personal_data.about("ida@beispiel.de")[0]["title"] == "Bitten zu eigenen Daten"

    personal_data.erase("ida@beispiel.de", people=[], by=None)

    assert personal_data.about("ida@beispiel.de") == []
    assert DataRequest.objects.get().done_on == days(0)


@pytest.mark.parametrize(
    "changes",
    [
        {"address": "", "note": ""},
        {"received_on": "31.12.9999"},
        {"done_on": "31.12.9999"},
        {"received_on": ""},
        {"address": "a\x00@b.de"},
        {"done_on": f"{days(-3):%d.%m.%Y}"},
    ],
)
def test_what_cannot_be_is_explained_and_stays_typed(coordinator, changes):
    page = coordinator.post(ADD, typed(**changes))

    assert "errorlist" in page.content.decode()
    assert not DataRequest.objects.exists()


def test_the_database_keeps_no_name_of_what_is_answered():
    wanted = DataRequest.objects.create(address="ida@beispiel.de")

    with pytest.raises(IntegrityError):
        DataRequest.objects.filter(pk=wanted.pk).update(done_on=days(0))


def test_nobody_deletes_what_proves_that_the_office_kept_the_time(of_role):
    wanted = DataRequest.objects.create(address="ida@beispiel.de")
    administrator = of_role("Administration")

    address = reverse("admin:network_datarequest_delete", args=[wanted.pk])
    assert administrator.post(address, {"post": "yes"}).status_code == 403


def test_editors_see_no_requests(of_role):
    assert of_role("Redaktion").get(LIST).status_code == 403
