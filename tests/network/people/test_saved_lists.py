"""Filters found again under a name, by oneself or by all coordinators; files at one click."""

import datetime as dt
import io

import openpyxl
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from network.models import Contact, SavedList
from network.people import narrowing
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.network import (
    AgreementFactory,
    ContactFactory,
    ConversationFactory,
    GroupFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.offers import DistrictFactory, LocationFactory, OfferFactory, TopicFactory

pytestmark = pytest.mark.django_db
PARTNERS = reverse("admin:network_partner_changelist")
KEEP = reverse("admin:network_partner_save_list")
START = reverse("admin:index")


def keep(client, name="Kinderschutz", query="?netzwerk=kinderschutz", **fields):
    return client.post(f"{KEEP}{query}", {"name": name} | fields)


@pytest.fixture
def group():
    return GroupFactory(slug="kinderschutz", name="Netzwerk Kinderschutz")


def test_a_filtered_list_is_kept_and_found_on_the_start_page(coordinator, group):
    response = keep(coordinator)

    assert response.url == f"{PARTNERS}?netzwerk=kinderschutz"
    found = coordinator.get(START).content.decode()
    assert f'<a href="{PARTNERS}?netzwerk=kinderschutz">Kinderschutz</a>' in found


def today(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def network(group):
    """A house with all there is, and houses and people that each lack something."""
    phase = LifePhaseFactory(slug="kita", ages=ages.span(36, 71))
    topic, place = TopicFactory(slug="sport"), LocationFactory(district=DistrictFactory())
    full = PartnerFactory(labels=["aktiv"], institution__phone="02323 161651")
    full.institution.locations.add(place)
    OfferFactory(provider=full.institution, provider_name="", topics=[topic], ages=phase.ages)
    AgreementFactory(partner=full, valid_until=today(400))
    ConversationFactory(partner=full)
    own = {"partner": full, "email": "ida@kita.de", "role": "Leitung", "wants_mail": True}
    ida = ContactFactory(name="Ida Beispiel", **own)
    ContactFactory(name="Beispiel, Ida", partner=full, phone="02323 161651")
    MembershipFactory(group=group, partner=full, contact=ida)
    for until in (today(30), today(-30)):
        AgreementFactory(partner=PartnerFactory(), valid_until=until)
    PartnerFactory(institution__archived_on=today(-5))
    ContactFactory(visibility="professionals")
    ContactFactory(until=today(-3))
    ContactFactory(kept_until=today(10))
    return full


@pytest.mark.parametrize("kind", ["partner", "contact"])
def test_a_kept_list_means_the_rows_that_the_office_saw_whatever_it_filters_by(
    coordinator, network, kind
):
    address = reverse(f"admin:network_{kind}_changelist")
    model = apps.get_model("network", kind)
    usual, narrowed = coordinator.get(address).context["cl"], 0
    there = set(model.objects.current().values_list("pk", flat=True))
    assert {one.pk for one in usual.queryset} == there

    for spec in usual.filter_specs:
        for value, words in spec.lookup_choices:
            asked = {spec.parameter_name: value}
            page = coordinator.get(address, asked)
            seen = {one.pk for one in page.context["cl"].queryset}
            meant = set(narrowing.narrow(model.objects.all(), asked).values_list("pk", flat=True))
            if spec.parameter_name not in {"archiv", "wer"}:
                meant &= there
            assert seen == meant, (asked, words)
            assert f'<option value="{value}" selected' in page.text.replace("'", '"')
            narrowed += seen not in (set(), there)
    assert narrowed >= 12  # most choices leave some and not all
    for nothing in ({"phase": "gibt-es-nicht"}, {"fehlt": "gibt-es-nicht"}, {"unbekannt": "1"}):
        assert not narrowing.narrow(model.objects.all(), nothing).exists()


def test_a_kept_search_finds_words_in_quotes_and_numbers_as_the_list_does(coordinator, network):
    for query, names in (
        ('"Ida Beispiel"', {"Ida Beispiel"}),
        ("beispiel ida", {"Ida Beispiel", "Beispiel, Ida"}),
        ("+49 2323 161651", {"Beispiel, Ida"}),
    ):
        saved = SavedList(kind="contacts", filters={"q": query})
        assert {one.name for one in narrowing.people_of(saved)} == names, query
    everybody = narrowing.people_of(SavedList(kind="partners", filters={"schlagwort": "aktiv"}))
    assert set(everybody) == set(network.contacts.all())


def test_only_filters_are_kept(coordinator, group):
    keep(coordinator, query="?netzwerk=kinderschutz&o=1&p=4&boese=1&q=Caf%C3%A9")

    assert SavedList.objects.get().filters == {"netzwerk": "kinderschutz", "q": "Café"}


def test_what_is_shared_is_there_for_the_others_and_the_rest_is_not(coordinator):
    other = User.objects.create_user("andere")
    mine = SavedList.objects.create(name="geteilt", kind="partners", by=other, is_shared=True)
    SavedList.objects.create(name="eigenes", kind="partners", by=other)

    found = coordinator.get(PARTNERS).content.decode()

    assert mine.name in found
    assert "eigenes" not in found


@pytest.mark.parametrize(
    ("existing", "name", "shared"),
    [
        ({"is_shared": False, "mine": True}, "Liste", ""),
        ({"is_shared": True, "mine": False}, "Liste", "on"),
        (None, "", ""),
        (None, "x" * 81, ""),
        (None, "a\x00b", ""),
    ],
)
def test_a_name_that_cannot_be_is_explained_and_stays_typed(
    coordinator, group, existing, name, shared
):
    if existing:
        owner = User.objects.get(username="karla") if existing.pop("mine") else None
        SavedList.objects.create(name="Liste", kind="partners", by=owner, **existing)

    response = keep(coordinator, name=name, **({"is_shared": shared} if shared else {}))

    assert response.status_code == 200
    assert response.context["save_list_form"].errors
    assert SavedList.objects.count() == (1 if existing is not None else 0)


def test_a_list_that_shows_everything_is_not_worth_a_name(coordinator):
    assert "Diese Auswahl merken" not in coordinator.get(PARTNERS).content.decode()


def test_somebody_elses_private_list_cannot_be_opened(coordinator):
    other = User.objects.create_user("andere")
    saved = SavedList.objects.create(name="eigenes", kind="partners", by=other)
    address = reverse("admin:network_savedlist_change", args=[saved.pk])

    assert coordinator.get(address).status_code == 302


def test_the_lists_asked_for_most_are_files_at_one_click(coordinator, group):
    person = ContactFactory(name="Jörg")
    MembershipFactory(group=group, partner=person.partner, contact=person)
    ContactFactory(name="Andere")
    found = coordinator.get(START).content.decode()

    for address, count in (
        (reverse("admin:network_partner_export"), 2),
        (reverse("admin:network_contact_export"), 2),
        (reverse("admin:network_contact_export") + "?netzwerk=kinderschutz", 1),
    ):
        assert f'action="{address}"' in found
        data = b"".join(coordinator.post(address, {"file_format": "xlsx"}))
        assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].max_row == count + 1


def test_the_start_page_says_what_waits_in_the_network(coordinator):
    soon = timezone.localdate() + dt.timedelta(days=5)
    ending = ContactFactory(name="Bald Weg", kept_until=soon)
    AgreementFactory(partner=ending.partner, valid_until=soon)
    ContactFactory(name="Ohne Zusage", visibility="professionals")
    alone = PartnerFactory()

    found = coordinator.get(START).content.decode()

    for words in ("Bald Weg", "mit auslaufender Vereinbarung", "Ohne Zusage", str(alone)):
        assert words in found
    for filters in ("wer=ende", "fehlt=einwilligung", "vereinbarung=laeuft-aus", "fehlt=person"):
        assert filters in found


def test_an_agreement_that_another_follows_does_not_run_out(coordinator):
    soon = timezone.localdate() + dt.timedelta(days=5)
    old = AgreementFactory(valid_until=soon)
    AgreementFactory(partner=old.partner, valid_from=soon, valid_until=None)

    assert "mit auslaufender Vereinbarung" not in coordinator.get(START).content.decode()


def test_the_start_page_takes_few_queries(coordinator, group, django_assert_max_num_queries):
    for _number in range(6):
        MembershipFactory(group=group, partner=ContactFactory(visibility="professionals").partner)

    with django_assert_max_num_queries(36):  # one for each list and pile, none for each row
        coordinator.get(START)


def test_editors_see_nothing_of_the_network_on_the_start_page(of_role, group):
    ContactFactory(name="Jörg", visibility="professionals")

    found = of_role("Redaktion").get(START).content.decode()

    assert "Jörg" not in found
    assert "Alle Ansprechpersonen" not in found


def test_the_list_shows_people_with_one_name_in_whatever_order():
    one, other = ContactFactory(name="Ida Meier"), ContactFactory(name="meier, Ida")
    ContactFactory(name="Ida Maier")
    gone = {"until": timezone.localdate() - dt.timedelta(days=9), "kept_until": dt.date(2099, 1, 1)}
    ContactFactory(name="Ida Meier", **gone)

    found = narrowing.narrow(Contact.objects.all(), {"wer": "doppelt"})

    assert set(found) == {one, other}
