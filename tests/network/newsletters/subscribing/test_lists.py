"""Several lists to subscribe to: chosen, added and left one by one."""

from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from network.models import (
    Consent,
    Delivery,
    MailingList,
    Newsletter,
    Segment,
    Subscription,
    Suppression,
)
from network.newsletters import links
from network.newsletters.sending import audience, ledger
from tests.factories.network import ContactFactory

from .conftest import link

pytestmark = pytest.mark.django_db
ADDRESS = "ida@beispiel.de"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def first():
    return MailingList.objects.earliest("pk")


@pytest.fixture
def office(signed_in, django_user_model):
    user = django_user_model.objects.create_user("kim", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    return signed_in(Client(), user)


@pytest.fixture
def families():
    return MailingList.objects.create(name="Neues für Familien", description="Kurse und Treffs")


@pytest.fixture
def network_letter():
    return MailingList.objects.create(name="Netzwerk-Rundbrief")


def issue_to(*lists, **about):
    newsletter = Newsletter.objects.create(title="Neues", slug=f"n{Newsletter.objects.count()}")
    Newsletter.objects.filter(pk=newsletter.pk).update(**about)
    newsletter.refresh_from_db()
    newsletter.mailing_lists.set(lists)
    return newsletter


def readers(*lists):
    return [row["address"] for row in audience.recipients(issue_to(*lists))]


def names_of(address=ADDRESS):
    return {one.name for one in Subscription.objects.active().of(address).get().lists.all()}


def unsubscribe_path(newsletter):
    """Freeze an issue to one reader; return the path that its mail's header names."""
    ledger.freeze(newsletter)
    return urlsplit(links.unsubscribe_url(Delivery.objects.get(newsletter=newsletter))).path


def words(response):
    return unescape(response.content.decode())


def test_one_list_is_no_question_and_its_name_is_agreed_to(client, subscribed, first):
    page = words(client.get("/newsletter/"))
    subscribed()

    assert 'name="lists"' not in page
    assert f"„{first}" in page
    assert readers(first) == [ADDRESS]
    assert Consent.objects.get().mailing_list == first


def test_several_lists_are_boxes_none_is_ticked_and_each_is_named_in_the_consent(
    client, families, network_letter
):
    page = words(client.get("/newsletter/"))

    assert page.count('name="lists"') == 3
    assert "checked" not in page.partition('name="lists"')[2].partition("</fieldset>")[0]
    consent = page.partition("Worin Sie einwilligen")[2]
    assert "„Neues für Familien – Kurse und Treffs“" in consent
    assert "„Netzwerk-Rundbrief“" in consent


def test_who_ticks_none_is_told_and_what_is_typed_stays(client, families, called):
    page = client.post("/newsletter/", {"address": ADDRESS, "language": "de"})

    assert "Kreuzen Sie mindestens einen Newsletter an." in words(page)
    assert ADDRESS in words(page)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("wrong", ["0", "x", "99999999999999999999", "closed"])
def test_a_list_that_is_not_offered_is_refused_in_words(client, families, first, called, wrong):
    if wrong == "closed":
        closed = MailingList.objects.create(name="Alt", is_offered=False)
        wrong = closed.pk
    data = {"address": ADDRESS, "language": "de", "lists": [first.pk, wrong]}

    page = client.post("/newsletter/", data)

    assert "Diesen Newsletter gibt es nicht mehr" in words(page)
    assert not Subscription.objects.exists()


def test_mail_and_page_name_what_is_confirmed_and_only_that_comes(
    client, sign_up, first, families, network_letter
):
    [mail] = sign_up(lists=[families.pk, network_letter.pk])
    page = client.get(link(mail, "bestaetigen"))
    assert readers(families) == []
    client.post(link(mail, "bestaetigen"))

    for text in [mail.body, words(page)]:
        assert "„Neues für Familien“, „Netzwerk-Rundbrief“" in text
    assert readers(first) == []
    assert readers(families) == readers(network_letter) == [ADDRESS]
    assert readers(families, network_letter) == [ADDRESS]
    agreed = Consent.objects.exclude(confirmed_at=None)
    assert {one.mailing_list for one in agreed} == {families, network_letter}
    assert all("Angekreuzt: „Neues für Familien“" in one.wording for one in agreed)


def test_my_subscriptions_add_and_leave_each_one_with_its_evidence(
    client, subscribed, sign_up, families, network_letter
):
    subscribed(lists=[families.pk])
    [mail] = sign_up(lists=[network_letter.pk])  # once more: the link comes
    address = link(mail, "einstellungen")
    assert "bekommen: „Neues für Familien“" in mail.body
    assert names_of() == {"Neues für Familien"}

    page = client.post(address, {"language": "de", "lists": [network_letter.pk]})

    assert "Ihre Auswahl ist gespeichert." in words(page)
    assert names_of() == {"Netzwerk-Rundbrief"}
    left, added = Consent.objects.order_by("asked_at")
    assert (left.mailing_list, bool(left.withdrawn_at)) == (families, True)
    assert (added.mailing_list, added.withdrawn_at) == (network_letter, None)
    assert added.confirmed_at
    assert added.token_hash
    assert "Netzwerk-Rundbrief" in added.wording

    client.post(address, {"language": "de", "lists": [network_letter.pk]})
    assert Consent.objects.count() == 2

    none = client.post(address, {"language": "de"})
    assert "Kreuzen Sie mindestens einen Newsletter an." in words(none)
    assert names_of() == {"Netzwerk-Rundbrief"}


def test_a_closed_list_keeps_its_readers_and_takes_nobody_new(
    client, subscribed, first, families, network_letter
):
    subscribed(lists=[families.pk])
    MailingList.objects.filter(pk__in=[families.pk, network_letter.pk]).update(is_offered=False)
    settings_page = urlsplit(links.settings_url(Subscription.objects.get())).path

    assert "Kurse und Treffs" not in words(client.get("/newsletter/"))
    page = words(client.get(settings_page))
    assert "Neues für Familien" in page
    assert "Netzwerk-Rundbrief" not in page
    assert readers(families) == [ADDRESS]


def test_one_click_leaves_the_list_of_the_letter_and_all_is_one_click_more(
    subscribed, families, network_letter
):
    subscribed(lists=[families.pk, network_letter.pk])
    path = unsubscribe_path(issue_to(families))
    mail_program = Client(enforce_csrf_checks=True)

    question = words(mail_program.get(path))
    for _again in range(2):
        done = words(mail_program.post(path, ONE_CLICK))

    assert "Weiter bekommen Sie: „Netzwerk-Rundbrief“" in question
    assert "Das kommt nicht mehr: „Neues für Familien“" in done
    assert names_of() == {"Netzwerk-Rundbrief"}
    assert Consent.objects.get(mailing_list=families).withdrawn_at
    assert Consent.objects.get(mailing_list=network_letter).withdrawn_at is None

    page = words(mail_program.post(f"{path}?alle", {}))
    assert "Sie bekommen keinen Newsletter mehr von uns." in page
    assert Subscription.objects.get().address is None
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_leaving_the_only_list_ends_the_subscription(client, subscribed, families):
    subscribed(lists=[families.pk])

    client.post(unsubscribe_path(issue_to(families)), ONE_CLICK)

    assert Subscription.objects.get().state == "ended"


@pytest.mark.parametrize("goes_to_network", [True, False])
def test_a_person_of_the_network_leaves_what_the_letter_was(
    client, subscribed, families, network_letter, goes_to_network
):
    everybody = Segment.objects.create(name="Alle", is_everybody=True)
    person = ContactFactory(email=ADDRESS, wants_mail=True)
    subscribed(lists=[families.pk, network_letter.pk])
    issue = issue_to(families, segment=everybody if goes_to_network else None)

    client.post(unsubscribe_path(issue), ONE_CLICK)

    person.refresh_from_db()
    assert person.agrees_to_mail is not goes_to_network
    assert Suppression.objects.filter(address=ADDRESS).exists() is goes_to_network
    assert names_of() == {"Netzwerk-Rundbrief"}


def test_a_letter_to_the_network_alone_leaves_the_public_lists(client, subscribed, families):
    everybody = Segment.objects.create(name="Alle", is_everybody=True)
    person = ContactFactory(email=ADDRESS, wants_mail=True)
    subscribed(lists=[families.pk])

    path = unsubscribe_path(issue_to(segment=everybody))
    assert "E-Mails des Präventionsnetzwerks" in words(client.get(path))
    client.post(path, ONE_CLICK)

    person.refresh_from_db()
    assert not person.agrees_to_mail
    assert names_of() == {"Neues für Familien"}


def test_one_reader_of_two_lists_gets_an_issue_to_both_once(subscribed, families, network_letter):
    subscribed(lists=[families.pk, network_letter.pk])
    issue = issue_to(families, network_letter)

    assert ledger.freeze(issue) == 1

    Subscription.objects.get().lists.remove(families)
    assert audience.RollCall(issue).present([ADDRESS]) == {ADDRESS}
    Subscription.objects.get().lists.remove(network_letter)
    assert audience.RollCall(issue).present([ADDRESS]) == set()


def test_without_any_list_the_page_says_so(client):
    MailingList.objects.update(is_offered=False)

    page = words(client.get("/newsletter/"))

    assert "Zurzeit gibt es keinen Newsletter zu bestellen." in page
    assert client.post("/newsletter/", {"address": ADDRESS, "language": "de"}).status_code == 200
    assert not Subscription.objects.exists()


def test_the_coordinator_keeps_lists_and_cannot_delete_what_somebody_agreed_to(office, subscribed):
    data = {"name": "Netzwerk-Rundbrief", "description": "", "is_offered": "on"}
    office.post("/verwaltung/network/mailinglist/add/", data)
    subscribed(lists=[MailingList.objects.get(name="Netzwerk-Rundbrief").pk])
    made = MailingList.objects.get(name="Netzwerk-Rundbrief")

    listed = words(office.get("/verwaltung/network/mailinglist/"))
    assert "Netzwerk-Rundbrief" in listed
    answer = office.post(
        f"/verwaltung/network/mailinglist/{made.pk}/delete/", {"post": "yes", "reason": "alt"}
    )
    assert answer.status_code == 403
    assert MailingList.objects.filter(pk=made.pk).exists()


def test_the_office_corrects_topics_and_invents_no_list(office, subscribed, families):
    subscribed(lists=[families.pk])
    subscription = Subscription.objects.get()
    page = f"/verwaltung/network/subscription/{subscription.pk}/change/"
    others = [one.pk for one in MailingList.objects.all()]

    office.post(page, {"address": ADDRESS, "language": "de", "lists": others})

    assert names_of() == {"Neues für Familien"}
    assert Consent.objects.count() == 1
