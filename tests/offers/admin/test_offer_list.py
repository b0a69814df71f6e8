"""The list of offers: what it finds, and what is done with many entries at once."""

import datetime as dt

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offers.curation.confirming import confirm
from offers.models import ContactPoint, Offer, SearchSynonym
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/offers/offer/"


@pytest.fixture
def editor():
    user = User.objects.create_user("redaktion", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__endswith="_offer"))
    return user


@pytest.fixture
def office(editor, signed_in):
    return signed_in(Client(), editor)


def listed(client, **query):
    return list(client.get(LIST, query).context["cl"].result_list)


def act(client, action, offers, **more):
    data = {"action": action, "index": 0, "_selected_action": [offer.pk for offer in offers]}
    return client.post(LIST, data | more, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


# Finding ----------------------------------------------------------------------------------


def test_columns_say_date_freshness_state_person_and_hints(office, editor):
    offer = OfferFactory(title="Spielkreis", responsible=editor)
    ScheduleFactory(place=OfferPlaceFactory(offer=offer))

    html = office.get(LIST).content.decode()

    for words in ["Spielkreis", "Verein", "jedes Alter", "Di, ", "noch nie", "veröffentlicht"]:
        assert words in html
    assert "redaktion" in html
    [row] = listed(office)
    assert len(row.hint_names) == 7


@pytest.mark.parametrize("words", ["Spielkreis", "Turnverein", "02325 99", "anmeldung@example.org"])
def test_search_finds_by_title_provider_and_contact(office, words):
    offer = OfferFactory(title="Spielkreis", provider=InstitutionFactory(name="Turnverein"))
    point = {"label": "Anmeldung", "phone": "02325 99", "email": "anmeldung@example.org"}
    ContactPoint.objects.create(offer=offer, **point)
    ContactPoint.objects.create(offer=offer, label="Noch einer", phone="02325 99")
    OfferFactory()

    assert listed(office, q=words) == [offer]


@pytest.mark.parametrize("words", ["Hebame", "Geburtshelferin"])
def test_search_understands_what_the_public_search_does_in_any_state(office, words):
    SearchSynonym.objects.create(term="Hebamme", phrase="Geburtshelferin")
    OfferFactory(title="Hebammensprechstunde", status="draft")
    OfferFactory(title="Hebammenvermittlung", status="archived")
    OfferFactory(title="Turnen")

    found = listed(office, q=words)

    assert {offer.title for offer in found} == {"Hebammensprechstunde", "Hebammenvermittlung"}


def test_a_word_torn_apart_finds_what_the_whole_one_finds(office):
    OfferFactory(title="Hebammensprechstunde", status="draft")
    whole = OfferFactory(title="Hebammenvermittlung", status="archived")

    assert listed(office, q="hebammen vermittlung") == [whole]


def test_a_search_keeps_the_order_that_was_clicked(office):
    OfferFactory(title="Turnen Z", teaser="Turnen")
    OfferFactory(title="Ganz etwas anderes", teaser="Turnen")

    assert [offer.title for offer in listed(office, q="turnen")] == [
        "Turnen Z",
        "Ganz etwas anderes",
    ]
    assert [offer.title for offer in listed(office, q="turnen", o="1")] == [
        "Ganz etwas anderes",
        "Turnen Z",
    ]


@pytest.mark.parametrize("words", ["%", "'", "x" * 3000, "ß" * 40])
def test_search_for_nonsense_is_answered(office, words):
    assert office.get(LIST, {"q": words}).status_code == 200


def test_filters_ask_in_plain_words(office, editor):
    district, topic = DistrictFactory(), TopicFactory()
    provider = InstitutionFactory()
    offer = OfferFactory(provider=provider, topics=[topic], responsible=editor)
    OfferPlaceFactory(offer=offer, location=LocationFactory(district=district))
    other = OfferFactory()
    confirm(Offer.objects.filter(pk=other.pk))

    for query in [
        {"bezirk": district.slug}, {"thema": topic.slug}, {"anbieter": provider.pk},
        {"wer": "ich"}, {"stand": "nie"},
    ]:  # fmt: skip
        assert listed(office, **query) == [offer], query
    for query in [{"anbieter": "ohne"}, {"wer": "niemand"}, {"stand": "frisch"}]:
        assert listed(office, **query) == [other], query


def test_a_word_that_no_filter_knows_filters_nothing(office):
    offer = OfferFactory()

    for name in ["todo", "bezirk", "thema", "phase", "anbieter", "wer", "stand"]:
        assert listed(office, **{name: "gibt-es-nicht"}) == [offer]


def test_the_filters_are_one_form_that_keeps_the_search_and_what_is_chosen(office):
    html = office.get(LIST, {"q": "kreis", "todo": "faellig"}).content.decode()

    assert '<input type="hidden" name="q" value="kreis">' in html
    assert '<option value="faellig" selected>' in html
    assert html.count('class="list-filters__form"') == 1


def test_a_list_does_not_wait_for_what_only_the_start_page_names(office, monkeypatch):
    gathered = []
    monkeypatch.setattr(admin.site, "_build_app_dict", lambda *_: gathered.append(1) or {})

    assert office.get(LIST).status_code == 200
    assert gathered == []
    office.get("/verwaltung/")
    assert gathered


# With many at once ------------------------------------------------------------------------


def test_marking_as_checked_sets_the_next_look_and_keeps_a_version_each(office, editor, settings):
    settings.CHECK_EVERY_MONTHS = 1
    offers = [OfferFactory(), OfferFactory(), OfferFactory()]

    response = act(office, "confirm_many", offers[:2])

    assert told(response) == ["2 Einträge sind als geprüft vermerkt."]
    checked = Offer.objects.exclude(confirmed_at=None)
    assert set(checked) == set(offers[:2])
    today = timezone.localdate()
    assert {one.confirm_method for one in checked} == {"editor"}
    assert set(Offer.objects.due(today + dt.timedelta(days=27))) == {offers[2]}
    assert set(Offer.objects.due(today + dt.timedelta(days=31))) == set(offers)
    version = offers[0].history.first()
    assert (version.history_user, version.history_change_reason) == (
        editor,
        "als geprüft vermerkt",
    )


def test_publishing_many_does_what_can_be_done_and_says_what_was_left_out(office, editor):
    drafts = [OfferFactory(title=title, status="draft") for title in ["Chor", "Turnen"]]
    public = OfferFactory(title="Treff")

    response = act(office, "publish_many", [*drafts, public])

    assert {one.status for one in Offer.objects.all()} == {"published"}
    assert told(response) == [
        "2 Einträge: veröffentlicht.",
        "„Treff“: „Treff“ ist schon veröffentlicht.",
    ]
    assert drafts[0].history.first().history_user == editor


def test_archiving_asks_for_a_reason_first_and_keeps_it(office):
    offers = [OfferFactory(title="Chor"), OfferFactory(title="Turnen")]

    asked = act(office, "archive_many", offers)
    assert "Das betrifft 2 Einträge" in asked.content.decode()
    assert not Offer.objects.filter(status="archived").exists()
    act(office, "archive_many", offers, apply=1, reason="Kurs ist zu Ende")

    assert Offer.objects.filter(status="archived").count() == 2
    assert offers[0].history.first().history_change_reason == "Kurs ist zu Ende"


def test_handing_over_asks_to_whom(office, editor):
    offers = [OfferFactory(), OfferFactory()]
    colleague = User.objects.create_user("kollege", is_staff=True)
    outsider = User.objects.create_user("gast")

    refused = act(office, "hand_over_many", offers, apply=1, colleague=outsider.pk)
    assert "errorlist" in refused.content.decode()
    response = act(office, "hand_over_many", offers, apply=1, colleague=colleague.pk)

    assert told(response) == ["2 Einträge: übergeben."]
    assert {one.responsible for one in Offer.objects.all()} == {colleague}
    assert offers[0].history.first().history_user == editor


def test_a_topic_is_put_on_many_and_taken_off_again(office):
    topic = TopicFactory(name="Sport")
    offers = [OfferFactory(), OfferFactory(topics=[topic])]

    added = act(office, "topic_many", offers, apply=1, topic=topic.pk, way="add")
    assert told(added) == [
        "1 Eintrag: Thema „Sport“ hinzugefügt.",
        "1 Eintrag war schon so.",
    ]
    assert Offer.objects.filter(topics=topic).count() == 2
    assert offers[0].history.first().history_change_reason == "Thema geändert"
    removed = act(office, "topic_many", offers, apply=1, topic=topic.pk, way="remove")

    assert told(removed) == ["2 Einträge: Thema „Sport“ entfernt."]
    assert not Offer.objects.filter(topics=topic).exists()


def test_all_entries_of_a_filter_can_be_chosen_across_pages(office):
    for number in range(51):
        OfferFactory(title=f"Kurs {number}")
    kept = OfferFactory(title="Treff")
    first_page = listed(office, q="Kurs")
    data = {"action": "archive_many", "index": 0, "select_across": 1}
    data |= {"_selected_action": [offer.pk for offer in first_page]}

    office.post(LIST + "?q=Kurs", data | {"apply": 1, "reason": ""})

    assert Offer.objects.filter(status="archived").count() == 51
    assert list(Offer.objects.filter(status="published")) == [kept]


@pytest.mark.parametrize(
    ("action", "codename"), [("publish_many", "publish_offer"), ("archive_many", "archive_offer")]
)
def test_a_step_without_its_permission_is_neither_offered_nor_taken(
    office, editor, action, codename
):
    editor.user_permissions.remove(Permission.objects.get(codename=codename))
    offer = OfferFactory(status="draft")

    act(office, action, [offer], apply=1, reason="")

    offer.refresh_from_db()
    assert offer.status == "draft"
    assert action not in office.get(LIST).content.decode()


def test_many_are_read_only_for_those_who_may_only_look(signed_in):
    user = User.objects.create_user("gast", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_offer"))
    client = signed_in(Client(), user)
    offer = OfferFactory()

    act(client, "confirm_many", [offer])
    act(client, "topic_many", [offer], apply=1, topic=TopicFactory().pk, way="add")

    offer.refresh_from_db()
    assert (offer.confirmed_at, offer.topics.count()) == (None, 0)


def test_reports_are_ticked_off_with_who_and_when(signed_in):
    user = User.objects.create_superuser("leitung")
    client = signed_in(Client(), user)
    report = OfferFactory().feedback.create(topic="times", message="Freitags ist zu.")
    url = reverse("admin:offers_feedback_changelist")
    data = {"action": "tick_off", "index": 0, "_selected_action": [report.pk]}

    response = client.post(url, data, follow=True)

    report.refresh_from_db()
    assert told(response) == ["1 Rückmeldung ist erledigt."]
    assert (report.done_by, report.done_at is not None) == (user, True)
    assert list(client.get(url, {"stand": "offen"}).context["cl"].result_list) == []
