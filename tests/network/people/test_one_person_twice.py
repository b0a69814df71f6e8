"""One person entered twice: shown as a pair, merged field by field by a person, and taken back."""

import pytest
from django.urls import reverse

from network.models import Contact, Membership
from network.people.doubles import of_people
from network.people.erasing import erase
from offers.models import TwinDecision
from tests.factories.network import ContactFactory, GroupFactory, PartnerFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
DESK = reverse("admin:offers_twindecision_changelist")


@pytest.fixture
def pair():
    """Two entries of one person at one house; the second has a seat and said no to mails."""
    partner = PartnerFactory()
    own = {"partner": partner, "phone": "02323 160"}
    kept = ContactFactory(name="Ida Beispiel", email="", role="Leitung", **own)
    gone = ContactFactory(name="Beispiel, Ida", email="ida@kita.de", role="", **own)
    gone.refuse_mail()
    gone.save()
    Membership.objects.create(group=GroupFactory(), partner=partner, contact=gone)
    return kept, gone


def page_of(pair):
    return reverse("admin:offers_twins", args=["menschen", *(one.pk for one in pair)])


def merged(coordinator, pair):
    fields = form_of(coordinator.get(page_of(pair)), "paar")
    return coordinator.post(page_of(pair), fields | {"eins": "1"}, follow=True).content.decode()


def test_only_people_of_one_house_with_a_similar_name_are_a_pair(pair):
    ContactFactory(name="Ida Beispiel")  # of another house
    ContactFactory(name="Otto Anders", partner=pair[0].partner, phone="02323 160")

    [found] = of_people()

    assert {found.first, found.second} == {one.pk for one in pair}
    assert "dieselbe Nummer" in found.why


def test_a_pair_is_seen_field_by_field_and_becomes_one_who_gets_no_mail_unasked(coordinator, pair):
    kept, gone = pair
    assert "Beispiel, Ida" in coordinator.get(DESK).content.decode()
    assert form_of(coordinator.get(page_of(pair)), "paar")["root.email"] == ["gone"]
    gone.name = "Ida Beispiehl"
    gone.save()
    assert "Reihenfolge" not in coordinator.get(page_of(pair)).text, "it follows the name"

    assert "Zusammengeführt" in merged(coordinator, pair)

    one = Contact.objects.current().get(partner=kept.partner)
    assert (one.pk, one.name, one.email, one.role) == (
        kept.pk,
        "Ida Beispiel",
        "ida@kita.de",
        "Leitung",
    )
    assert one.mail_consent_withdrawn_on
    assert Membership.objects.get().contact == kept
    assert gone.history.exists()
    assert of_people() == []


def test_a_yes_to_mails_comes_along_and_two_seats_in_one_group_become_one(coordinator, pair):
    kept, gone = pair
    given = {"mail_consent_given_on": "2026-03-01", "mail_consent_text": "Ich will Mails."}
    Contact.objects.filter(pk=gone.pk).update(
        mail_consent_withdrawn_on=None, mail_consent_way="written", **given
    )
    seat = Membership.objects.get()
    seat.role, seat.is_voting = "Vorsitz", True
    seat.save()
    Membership.objects.create(group=seat.group, partner=kept.partner, contact=kept)

    merged(coordinator, pair)

    kept.refresh_from_db()
    assert kept.agrees_to_mail
    assert (kept.mail_consent_text, kept.mail_consent_way) == ("Ich will Mails.", "written")
    [one] = Membership.objects.open()
    assert (one.contact, one.role, one.is_voting) == (kept, "Vorsitz", True)


def test_two_again_when_somebody_takes_it_back_but_not_after_one_was_erased(coordinator, pair):
    kept, gone = pair
    merged(coordinator, pair)
    back = reverse("admin:offers_twins_take_back", args=[TwinDecision.objects.get().pk])
    assert "Zurückgenommen" in coordinator.post(back, follow=True).content.decode()
    kept.refresh_from_db()
    assert (kept.email, kept.mail_consent_withdrawn_on) == ("", None)
    assert Contact.objects.current().filter(partner=kept.partner).count() == 2

    merged(coordinator, pair)
    erase(Contact.objects.filter(pk=gone.pk))
    back = reverse("admin:offers_twins_take_back", args=[TwinDecision.objects.get().pk])
    assert coordinator.post(back, follow=True).status_code == 200
    assert "Ida" not in str(TwinDecision.objects.values())


def test_an_editor_who_may_see_nobody_sees_no_pair_of_people(of_role, pair):
    editor = of_role("Redaktion")

    assert "Beispiel" not in editor.get(DESK).content.decode()
    assert editor.get(page_of(pair)).status_code == 403
