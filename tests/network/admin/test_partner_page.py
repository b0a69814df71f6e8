"""One page says all the network knows of a partner, and everything begins there."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from network.models import Agreement, Contact, Conversation, Membership, Partner
from tests.factories.network import (
    AgreementFactory,
    ContactFactory,
    ConversationFactory,
    GroupFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.offers import (
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    ProtectedLocationFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def page(partner):
    return reverse("admin:network_partner_change", args=[partner.pk])


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_people_groups_agreements_offers_talks_and_neighbours(coordinator):
    house = InstitutionFactory(name="Stadtteilzentrum")
    beside = PartnerFactory(institution=InstitutionFactory(name="Beratung im Haus"))
    place = LocationFactory(street="Hölkeskampring 2")
    house.locations.add(place)
    beside.institution.locations.add(place)
    partner = PartnerFactory(institution=house, notes="zuverlässig")
    ContactFactory(partner=partner, name="Jördis Beispiel")
    ContactFactory(partner=partner, name="Weg Gegangen", until=DAY)
    MembershipFactory(partner=partner, group=GroupFactory(name="Netzwerk Frühe Hilfen"))
    AgreementFactory(partner=partner, title="Willkommensbesuche", valid_until=DAY)
    ConversationFactory(partner=partner, on=DAY, summary="Neue Räume ab Mai")
    OfferFactory(title="Krabbelgruppe", provider=house, provider_name="")

    found = html(coordinator, page(partner))

    for words in (
        "Jördis Beispiel",
        "1 ist gegangen",
        "Netzwerk Frühe Hilfen",
        "Willkommensbesuche",
        "Neue Räume ab Mai",
        "Krabbelgruppe",
        "nie bestätigt",
        "Beratung im Haus",
        "zuverlässig",
    ):
        assert words in found


def test_houses_that_only_share_a_protected_place_are_no_neighbours(coordinator):
    place = ProtectedLocationFactory(street="Geheime Gasse 7")
    partner, other = PartnerFactory(), PartnerFactory()
    partner.institution.locations.add(place)
    other.institution.locations.add(place)

    found = html(coordinator, page(partner))

    assert other.institution.name not in found
    assert "Geheime" not in found


def test_the_page_takes_few_queries_however_much_there_is(
    coordinator, django_assert_max_num_queries
):
    partner = PartnerFactory()
    for _number in range(6):
        person = ContactFactory(partner=partner)
        MembershipFactory(partner=partner, contact=person)
        ConversationFactory(partner=partner, contact=person)
        AgreementFactory(partner=partner)
        OfferFactory(provider=partner.institution, provider_name="")

    with django_assert_max_num_queries(22):
        html(coordinator, page(partner))


@pytest.mark.parametrize("kind", ["partner", "contact", "group", "membership", "agreement"])
def test_lists_take_few_queries(coordinator, kind, django_assert_max_num_queries):
    for _number in range(5):
        person = ContactFactory()
        MembershipFactory(partner=person.partner, contact=person)
        AgreementFactory(partner=person.partner)

    with django_assert_max_num_queries(20):
        html(coordinator, reverse(f"admin:network_{kind}_changelist"))


def test_a_person_begun_on_the_page_belongs_to_the_partner_and_leads_back(coordinator):
    partner = PartnerFactory()
    address = f"{reverse('admin:network_contact_add')}?partner={partner.pk}"
    form = form_of(coordinator.get(address), "contact_form")
    form |= {"name": "Ada Neu", "email": "ada@example.org"}

    response = coordinator.post(address, form)

    assert response.url == page(partner)
    assert Contact.objects.get().partner == partner


def test_a_talk_notes_who_of_us_had_it_and_never_lies_ahead(coordinator):
    partner = PartnerFactory()
    address = f"{reverse('admin:network_conversation_add')}?partner={partner.pk}"
    form = form_of(coordinator.get(address), "conversation_form") | {"summary": "Absprache"}
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    refused = coordinator.post(address, form | {"on": f"{tomorrow:%d.%m.%Y}"})
    taken = coordinator.post(address, form)

    assert "liegt in der Zukunft" in refused.content.decode()
    assert taken.url == page(partner)
    assert Conversation.objects.get().by.username == "karla"


def test_only_somebody_of_the_house_can_represent_it(coordinator):
    partner, group, stranger = PartnerFactory(), GroupFactory(), ContactFactory()
    address = f"{reverse('admin:network_membership_add')}?partner={partner.pk}"
    form = form_of(coordinator.get(address), "membership_form")

    response = coordinator.post(address, form | {"group": [group.pk], "contact": [stranger.pk]})

    assert response.status_code == 200
    assert not Membership.objects.exists()


@pytest.mark.parametrize("partner", ["", "0", "abc", "99999999999999999999", "-1"])
def test_a_nonsensical_partner_in_the_address_leaves_the_form_empty(coordinator, partner):
    for kind in ("contact", "membership", "agreement", "conversation"):
        address = reverse(f"admin:network_{kind}_add")
        assert coordinator.get(address, {"partner": partner}).status_code == 200
        assert coordinator.post(address, {"partner": partner}).status_code == 200


def save(client, partner, **fields):
    form = form_of(client.get(page(partner)), "partner_form")
    return client.post(page(partner), form | fields)


def test_labels_are_proposed_and_one_spelling_wins(coordinator):
    PartnerFactory(labels=["Lotsendienst"])
    partner = PartnerFactory()
    assert '<option value="Lotsendienst">' in html(coordinator, page(partner))

    save(coordinator, partner, labels=["lotsendienst", " Kita ", "", "Lotsendienst"])

    assert Partner.objects.get(pk=partner.pk).labels == ["Lotsendienst", "Kita"]


@pytest.mark.parametrize("label", ["x" * 41, "a\x00b"])
def test_a_bad_label_is_explained_and_stays_typed(coordinator, label):
    partner = PartnerFactory()

    response = save(coordinator, partner, labels=["gut", label])

    assert response.status_code == 200
    assert 'value="gut"' in response.content.decode()
    assert Partner.objects.get(pk=partner.pk).labels == []


def test_the_page_tells_the_term_of_an_agreement_and_when_it_was_signed_apart(coordinator):
    partner = PartnerFactory()
    start, end, signed = dt.date(2027, 1, 1), dt.date(2027, 12, 31), dt.date(2026, 12, 1)
    AgreementFactory(
        partner=partner, title="A", valid_from=start, valid_until=end, signed_on=signed
    )
    AgreementFactory(partner=partner, title="B", valid_from=start)
    AgreementFactory(partner=partner, title="C", valid_until=end)
    AgreementFactory(partner=partner, title="D")

    found = " ".join(strip_tags(html(coordinator, page(partner))).split())

    assert "A · gilt vom 01.01.2027 bis 31.12.2027, unterschrieben 01.12.2026" in found
    assert "B · gilt ab 01.01.2027" in found
    assert "C · gilt bis 31.12.2027" in found
    assert "D ·" not in found


def test_an_agreement_is_kept_in_its_own_table(coordinator):
    partner = PartnerFactory()
    address = f"{reverse('admin:network_agreement_add')}?partner={partner.pk}"
    form = form_of(coordinator.get(address), "agreement_form")

    coordinator.post(address, form | {"title": "Kooperation", "signed_on": "01.02.2026"})

    assert Agreement.objects.get(partner=partner).signed_on == dt.date(2026, 2, 1)
