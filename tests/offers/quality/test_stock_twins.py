"""Twins over the whole stock: found in another spelling, merged by a person only."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from offers.curation import joining
from offers.curation.record import take
from offers.models import ChangeProposal, Feedback, Institution, Offer, TwinDecision
from offers.quality import stock_twins
from tests.factories.network import PartnerFactory
from tests.factories.offers import (
    ContactPointFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of
from tests.offers.quality import other_list

DESK = reverse("admin:offers_twindecision_changelist")


@pytest.fixture
def office(signed_in):
    user = User.objects.create_user("karla", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return signed_in(Client(), user)


def pair_page(kind, first, second):
    return reverse("admin:offers_twins", args=[kind, first.pk, second.pk])


@pytest.mark.parametrize("seed", [7, 1])
def test_in_the_list_of_the_state_19_of_20_houses_are_found_again_and_few_others_shown(seed):
    rows = other_list.herne()
    others = other_list.as_the_state_writes_it(rows, seed)
    assert sum(row["Name"] != other["Name"] for row, other in zip(rows, others, strict=True)) > 100

    right, wrong = other_list.found_again(rows, others)

    assert len(right) >= 0.95 * len(rows)
    assert len(wrong) < 0.1 * len(right)


@pytest.mark.django_db
def test_offers_are_twins_with_the_same_title_at_one_house_and_not_at_two():
    house, other = InstitutionFactory(), InstitutionFactory()
    first = OfferFactory(title="Babycafé", provider=house, provider_name="")
    twin = OfferFactory(title="Baby-Cafe", provider=house, provider_name="")
    OfferFactory(title="Babycafé", provider=other, provider_name="")
    OfferFactory(title="Kurs 1", provider=house, provider_name="")
    OfferFactory(title="Kurs 2", provider=house, provider_name="")

    [pair] = stock_twins.of_offers()

    assert (pair.first, pair.second) == (first.pk, twin.pk)
    assert "derselbe Anbieter" in pair.why


@pytest.mark.django_db
def test_the_office_sees_a_pair_field_by_field_and_makes_it_one(office):
    kept = InstitutionFactory(name="Sonnenschule", phone="", email="alt@schule.de")
    gone = InstitutionFactory(name="GGS Sonnenschule", phone="02323 4711", email="neu@schule.de")
    place, other = LocationFactory(street="Markt 3"), LocationFactory(street="Markt 3")
    kept.locations.add(place)
    gone.locations.add(other)
    offer = OfferFactory(title="Offener Ganztag", provider=gone, provider_name="")
    partner = PartnerFactory(institution=gone)
    Feedback.objects.create(institution=gone, topic="other", message="Hallo")
    assert "GGS Sonnenschule" in office.get(DESK).content.decode()

    page = pair_page("einrichtungen", kept, gone)
    shown = office.get(page)
    fields = form_of(shown, "paar")
    assert fields["root.phone"] == ["gone"]  # the one that says something
    assert fields["root.email"] == ["kept"]
    assert fields["root.locations"] == ["both"]
    answer = office.post(page, fields | {"root.email": "gone", "eins": "1"}, follow=True)

    assert "Zusammengeführt" in answer.content.decode()
    one = Institution.objects.get(pk=kept.pk)
    assert (one.name, one.phone, one.email) == ("Sonnenschule", "02323 4711", "neu@schule.de")
    assert set(one.locations.all()) == {place, other}
    assert Offer.objects.get(pk=offer.pk).provider == kept
    partner.refresh_from_db()
    assert partner.institution == kept
    assert Feedback.objects.get().institution == kept
    assert Institution.objects.get(pk=gone.pk).archived_on
    reason = one.history.latest("history_id").history_change_reason
    assert reason == "zusammengeführt mit „GGS Sonnenschule“"
    assert gone.history.exists()
    led = Client().get(gone.get_absolute_url())
    assert (led.status_code, led["Location"]) == (301, kept.get_absolute_url())
    assert stock_twins.of_institutions() == []


@pytest.mark.django_db
def test_offers_become_one_with_places_times_and_contacts_of_both(office):
    house = InstitutionFactory()
    sport, play = TopicFactory(), TopicFactory()
    own = {"provider": house, "provider_name": ""}
    kept = OfferFactory(title="Babycafé", description="", topics=[sport], **own)
    gone = OfferFactory(title="Babycafe", description="Frühstück.", topics=[play], **own)
    place = OfferPlaceFactory(offer=gone)
    ScheduleFactory(place=place)
    ContactPointFactory(offer=kept)
    ContactPointFactory(offer=gone, phone="02323 888")

    page = pair_page("angebote", kept, gone)
    fields = form_of(office.get(page), "paar") | {
        "root.title": "gone",
        "contact": "both",
        "eins": "1",
    }
    office.post(page, fields)

    one = Offer.objects.get(pk=kept.pk)
    assert (one.title, one.description) == ("Babycafe", "<p>Frühstück.</p>")
    assert set(one.topics.all()) == {sport, play}
    assert one.places.get().pk == place.pk
    assert one.places.get().schedules.count() == 1
    assert one.contact_points.count() == 2
    assert Offer.objects.get(pk=gone.pk).status == "archived"
    led = Client().get(reverse("offers:offer", args=[gone.slug]))
    assert (led.status_code, led["Location"]) == (301, one.get_absolute_url())


def take_back(office):
    [decision] = TwinDecision.objects.all()
    back = reverse("admin:offers_twins_take_back", args=[decision.pk])
    assert back in office.get(DESK).content.decode()
    return office.post(back, follow=True).content.decode()


@pytest.mark.django_db
def test_two_houses_that_became_one_are_two_again_and_what_was_done_since_stays(office, client):
    kept = InstitutionFactory(name="Sonnenschule", phone="", email="alt@schule.de")
    gone = InstitutionFactory(name="GGS Sonnenschule", phone="02323 4711")
    kept.locations.add(LocationFactory(street="Markt 3"))
    gone.locations.add(LocationFactory(street="Markt 3"))
    offer = OfferFactory(title="Offener Ganztag", provider=gone, provider_name="")
    partner = PartnerFactory(institution=gone)
    before = take(kept), take(gone)
    office.post(pair_page("einrichtungen", kept, gone), {"root.name": "gone", "eins": "1"})
    kept.refresh_from_db()
    kept.notes = "seither notiert"
    kept.save()

    assert "Zurückgenommen" in take_back(office)

    before[0]["root"][kept.pk]["notes"] = "seither notiert"
    kept, gone = (Institution.objects.get(pk=one.pk) for one in (kept, gone))
    assert (take(kept), take(gone)) == before
    assert Institution.objects.current().count() == 2
    assert Offer.objects.get(pk=offer.pk).provider == gone
    partner.refresh_from_db()
    assert partner.institution == gone
    assert client.get(gone.get_absolute_url()).status_code == 200
    for one in (kept, gone):
        assert "zurückgenommen" in one.history.latest("history_id").history_change_reason
    assert len(stock_twins.of_institutions()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["both", "gone"])
def test_two_offers_that_became_one_have_their_places_times_and_states_again(office, side):
    own = {"provider": InstitutionFactory(), "provider_name": "", "topics": [TopicFactory()]}
    kept, gone = (OfferFactory(title=title, **own) for title in ("Babycafé", "Babycafe"))
    for one in (kept, gone):
        ScheduleFactory(place=OfferPlaceFactory(offer=one))
        ContactPointFactory(offer=one, phone=f"02323 88{one.pk}")
    before = take(kept), take(gone)
    said = {"root.title": "gone", "place": side, "contact": side, "eins": "1"}
    office.post(pair_page("angebote", kept, gone), said)
    assert TwinDecision.objects.get().is_one

    assert "Zurückgenommen" in take_back(office)

    kept, gone = (Offer.objects.get(pk=one.pk) for one in (kept, gone))
    assert (take(kept), take(gone)) == before
    assert (kept.status, gone.status) == ("published", "published")


@pytest.mark.django_db
def test_a_merge_whose_entry_went_on_into_another_is_not_taken_back_first(office):
    first, second, third = (InstitutionFactory(name=f"Haus {letter}") for letter in "abc")
    joining.join(second, first, {}, None)
    joining.join(third, second, {}, None)

    [early, late] = TwinDecision.objects.order_by("pk")
    back = reverse("admin:offers_twins_take_back", args=[early.pk])
    assert "inzwischen selbst archiviert" in office.post(back, follow=True).content.decode()
    for one in (late, early):
        back = reverse("admin:offers_twins_take_back", args=[one.pk])
        assert "Zurückgenommen." in office.post(back, follow=True).content.decode()
    assert Institution.objects.current().count() == 3


@pytest.mark.django_db
def test_who_comes_second_is_told_what_was_decided_and_may_take_it_back(office):
    houses = [InstitutionFactory(name=name) for name in ("Haus", "Haus.", "Hort", "Hort.")]
    kept, gone, one, other = houses
    office.post(pair_page("einrichtungen", kept, gone), {"eins": "1"})
    office.post(pair_page("einrichtungen", one, other), {"zwei": "1"})

    for answer in (office.get, office.post):
        told = answer(pair_page("einrichtungen", gone, kept), {"eins": "1"}, follow=True)
        assert f"/institution/{kept.pk}/change/" in told.content.decode()
        assert "Schon entschieden" in told.content.decode()
        told = answer(pair_page("einrichtungen", other, one), {"eins": "1"}, follow=True)
        assert "Es sind zwei" in told.content.decode()
    with pytest.raises(joining.ValidationError, match="inzwischen archiviert"):
        joining.join(gone, kept, {}, None)  # pressed at the same moment
    assert Institution.objects.current().count() == 3

    form = office.get(reverse("admin:offers_institution_change", args=[gone.pk]))
    assert f'href="/verwaltung/offers/institution/{kept.pk}/change/"' in form.content.decode()

    decision = TwinDecision.objects.get(is_one=False)
    back = reverse("admin:offers_twins_take_back", args=[decision.pk])
    assert back in office.get(DESK).content.decode()
    office.post(back)
    assert len(stock_twins.of_institutions()) == 1


@pytest.mark.django_db
def test_two_that_are_told_apart_are_never_shown_again(office):
    one, other = InstitutionFactory(name="Sonnenschule"), InstitutionFactory(name="Sonnenschule.")
    office.post(pair_page("einrichtungen", other, one), {"zwei": "1"})

    assert TwinDecision.objects.get().is_one is False
    assert stock_twins.of_institutions() == []
    assert Institution.objects.current().count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("proposal", "zuerst über den Vorschlag"),
        ("offers", "zuerst die Angebote zusammen"),
    ],
)
def test_what_has_to_be_decided_first_is_said_and_nothing_is_merged(office, why, words):
    kept, gone = InstitutionFactory(name="Haus A"), InstitutionFactory(name="Haus A.")
    if why == "proposal":
        said = {"page": "https://a.de", "fact": "phone", "found": "1"}
        ChangeProposal.objects.create(house=gone, base={}, wanted={}, **said)
    for house in (kept, gone):
        if why == "offers":
            OfferFactory(title="Elterncafé", provider=house, provider_name="")

    answer = office.post(pair_page("einrichtungen", kept, gone), {"eins": "1"})

    assert words in answer.content.decode()
    assert Institution.objects.current().count() == 2
    assert not TwinDecision.objects.exists()


@pytest.mark.django_db
def test_an_address_leads_on_over_several_that_were_merged(client):
    first, second, third = (InstitutionFactory(name=f"Haus {letter}") for letter in "abc")
    joining.join(second, first, {}, None)
    joining.join(third, second, {}, None)

    assert client.get(first.get_absolute_url())["Location"] == third.get_absolute_url()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Koordination", "Träger-Redaktion"])
def test_who_may_not_change_entries_decides_about_none(signed_in, role):
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    one, other = InstitutionFactory(), InstitutionFactory()
    office = signed_in(Client(), user)

    assert office.get(DESK).status_code == (403 if role == "Träger-Redaktion" else 200)
    assert one.name not in office.get(DESK).content.decode()
    assert office.post(pair_page("einrichtungen", one, other), {"zwei": "1"}).status_code == 403
