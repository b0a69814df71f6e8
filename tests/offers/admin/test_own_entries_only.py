"""An editor of a provider works on the entries of their own house and meets no other."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from lifephases.models import LifePhase
from offers.models import (
    ChangeProposal,
    ContactPoint,
    District,
    Editorship,
    Feedback,
    Institution,
    LinkCheck,
    Offer,
    OfferType,
    TargetGroup,
    Topic,
)
from tests.factories.lifephases import LifePhaseFactory, TransitionFactory
from tests.factories.network import ContactFactory, PartnerFactory
from tests.factories.offers import (
    CostOptionFactory,
    HelplineFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    ScheduleExceptionFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db

SECRET = "Fremdwort"
COMMON = [District, LifePhase, OfferType, TargetGroup, Topic]


@pytest.fixture
def own_house():
    return InstitutionFactory(name="Eigenes Haus")


@pytest.fixture
def editor(signed_in, own_house):
    user = User.objects.create_user("traeger", is_staff=True)
    user.groups.add(Group.objects.get(name="Träger-Redaktion"))
    Editorship.objects.create(user=user, institution=own_house)
    return signed_in(Client(), user)


@pytest.fixture
def own_offer(own_house):
    return OfferFactory(
        title="Eigenes Angebot",
        provider=own_house,
        provider_name="",
        notes=f"{SECRET} der Redaktion",
        topics=[TopicFactory()],
    )


@pytest.fixture
def foreign():
    """One row of every kind that belongs to somebody else."""
    house = InstitutionFactory(name=f"{SECRET}-Haus", notes=SECRET)
    offer = OfferFactory(
        title=f"{SECRET}-Angebot", provider=house, provider_name="", topics=[TopicFactory()]
    )
    place = OfferPlaceFactory(offer=offer, note=SECRET)
    schedule = ScheduleFactory(place=place, note=SECRET)
    ScheduleExceptionFactory(schedule=schedule, reason=SECRET)
    CostOptionFactory(offer=offer, label=SECRET)
    HelplineFactory(name=SECRET)
    shelter = ProtectedLocationFactory(name=SECRET, street=f"{SECRET}straße 7")
    house.locations.add(shelter)
    partner = PartnerFactory(institution=house)
    ContactFactory(partner=partner, name=SECRET)
    ContactPoint.objects.create(offer=offer, label=SECRET, phone="02323 1")
    Feedback.objects.create(offer=offer, topic="other", message=SECRET)
    LinkCheck.objects.create(
        offer=offer, url="https://example.org/", ok=True, checked_at="2026-01-01T00:00Z"
    )
    somebody = User.objects.create_user("jemand")
    offer.proposals.create(by=somebody, base={}, wanted={}, reason=SECRET)
    Editorship.objects.create(user=somebody, institution=house)
    return {"house": house, "offer": offer, "shelter": shelter, "schedule": schedule}


def test_a_house_sees_its_tasks_confirms_its_entries_and_finds_its_proposal_again(
    editor, own_offer, foreign
):
    Offer.objects.update(phone="02323 1", open_question="Wer weiß das?", confirmed_at=None)
    Feedback.objects.create(offer=own_offer, topic="other", message="Hallo")
    form = reverse("admin:offers_offer_change", args=[own_offer.pk])
    for field, value in (("phone", "02323 4711"), ("email", "neu@haus.de")):
        editor.post(form, form_of(editor.get(form), "offer_form") | {field: value})

    shown = editor.get(form).content.decode()
    assert "liegt bei der Redaktion" in " ".join(shown.split())
    for value in ("02323 4711", "neu@haus.de"):  # the second proposal takes nothing back
        assert value in shown

    start = " ".join(editor.get(reverse("admin:index")).content.decode().split())
    for task in (
        "beim Anbieter nachfragen",
        "offener Frage",
        "übernehmen oder ablehnen",
        "abhaken",
    ):
        assert task not in start
    assert "Stimmt noch" in start

    listed = reverse("admin:offers_offer_changelist")
    keys = [own_offer.pk, foreign["offer"].pk]
    sent = {"action": "confirm_partner", "_selected_action": keys}
    told = editor.post(listed, sent, follow=True).text
    assert "1 Eintrag ist nicht bestätigt" in told  # they have just said what is wrong there
    assert Offer.objects.get(pk=own_offer.pk).confirmed_at is None

    ChangeProposal.objects.update(state="accepted", decided_at=timezone.now())
    editor.post(listed, sent)
    assert Offer.objects.get(pk=own_offer.pk).confirm_method == "partner"
    assert Offer.objects.get(pk=foreign["offer"].pk).confirmed_at is None


def patterns(resolver, prefix=""):
    """Yield the route of every address below a resolver."""
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from patterns(one, route)


def foreign_rows(model, offer):
    """Return the keys of all rows of a model that are not part of the editor's own entries."""
    rows = model._default_manager.all()
    if model is User:
        rows = rows.exclude(username="traeger")
    if model is Institution:
        rows = rows.exclude(name="Eigenes Haus")
    return list(rows.values_list("pk", flat=True)[:3])


def routes_of(model):
    below = f"verwaltung/{model._meta.app_label}/{model._meta.model_name}/"
    return [route for route in patterns(get_resolver()) if route.startswith(below)]


def filled(route, pk):
    """Return a route with a key for an id, and a plausible word for anything else."""
    route = re.sub(r"<(?:\w+:)?object_id>", str(pk), route)
    route = re.sub(r"<(?:\w+:)?(?:language)>", "de", route)
    return "/" + re.sub(r"<[^>]+>", "1", route)


def test_every_address_of_the_admin_is_closed_for_foreign_entries(editor, foreign):
    """The walk over all addresses: whatever is registered later is walked too."""
    disclosed, walked = [], 0
    for model in admin.site._registry:
        for route in routes_of(model):
            if "<" not in route or route.endswith("<path:object_id>/"):
                continue  # lists are tested below; the last one only redirects
            for pk in foreign_rows(model, foreign["offer"]):
                for ask in (editor.get, editor.post):
                    answer = ask(filled(route, pk))
                    walked += 1
                    closed = answer.status_code in {403, 404, 405}
                    if not closed and is_foreign(model, pk, foreign):
                        disclosed.append((filled(route, pk), answer.status_code))

    assert walked > 100
    assert disclosed == []


def is_foreign(model, pk, foreign):
    """Whether a row belongs to somebody; words such as topics belong to everybody."""
    return model not in COMMON and (model, pk) not in public_rows(foreign)


def public_rows(foreign):
    """Return the places everybody may choose."""
    place = foreign["offer"].places.get().location
    return {(type(place), place.pk)}


def test_no_list_shows_a_foreign_entry(editor, foreign, own_offer):
    told = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for query in ["", f"?q={SECRET[:5]}", "?o=1", "?all="]:
            answer = editor.get(reverse(name) + query)
            if answer.status_code == 403:
                break  # for whatever is asked
            if answer.status_code == 200 and SECRET in answer.content.decode():
                told.append((name, query))

    assert told == []
    assert SECRET not in editor.get(reverse("admin:index")).content.decode()


def test_no_address_leads_from_a_number_to_what_a_foreign_draft_is_called(editor, foreign):
    draft = foreign["offer"]
    draft.status = Offer.Status.DRAFT
    draft.save()

    for row in [draft, foreign["house"]]:
        kind = ContentType.objects.get_for_model(row).pk
        answer = editor.get(f"/verwaltung/r/{kind}/{row.pk}/")
        assert answer.status_code == 404
        assert row.slug not in answer.content.decode()


@pytest.mark.parametrize("field", ["provider", "offer_type", "topics", "target_groups"])
def test_no_choice_offers_a_foreign_house(editor, foreign, own_house, field):
    query = {"app_label": "offers", "model_name": "offer", "field_name": field, "term": ""}

    answer = editor.get(reverse("admin:autocomplete"), query)

    assert SECRET not in answer.content.decode()


def test_no_choice_offers_a_protected_place_of_others(editor, foreign):
    for term in ["", SECRET]:
        query = {"app_label": "offers", "model_name": "offerplace", "field_name": "location"}
        answer = editor.get(reverse("admin:autocomplete"), query | {"term": term})
        keys = [row["id"] for row in answer.json()["results"]]
        assert str(foreign["shelter"].pk) not in keys


def test_an_own_offer_cannot_be_given_to_a_foreign_house_or_to_no_house(editor, foreign, own_offer):
    own_offer.status = Offer.Status.DRAFT
    own_offer.save()
    change = reverse("admin:offers_offer_change", args=[own_offer.pk])
    form = form_of(editor.get(change), "offer_form")
    for typed in [
        {"provider": foreign["house"].pk},
        {"provider": "", "provider_name": "Irgendwer"},
        {"provider": "999999999999999999999"},
    ]:
        assert editor.post(change, form | typed).status_code == 200
    own_offer.refresh_from_db()

    assert own_offer.provider.name == "Eigenes Haus"


def test_an_own_offer_cannot_be_put_at_a_protected_place_of_others(editor, foreign, own_offer):
    own_offer.status = Offer.Status.DRAFT
    own_offer.save()
    change = reverse("admin:offers_offer_change", args=[own_offer.pk])
    form = form_of(editor.get(change), "offer_form")
    typed = {"places-0-mode": "location", "places-0-location": foreign["shelter"].pk}

    answer = editor.post(change, form | typed)

    assert answer.status_code == 200
    assert not own_offer.places.exists()


def test_a_contact_the_office_keeps_to_itself_is_not_in_the_form(editor, own_offer):
    own_offer.status = Offer.Status.DRAFT
    own_offer.save()
    ContactPoint.objects.create(
        offer=own_offer, label=SECRET, phone="02323 1", visibility="internal"
    )
    change = reverse("admin:offers_offer_change", args=[own_offer.pk])
    page = editor.get(change)

    saved = editor.post(change, form_of(page, "offer_form") | {"teaser": "neu"})

    assert SECRET not in page.content.decode()
    assert saved.status_code == 302
    assert own_offer.contact_points.get().label == SECRET


def test_what_the_office_notes_for_itself_is_neither_shown_nor_changed(editor, own_offer):
    change = reverse("admin:offers_offer_change", args=[own_offer.pk])
    own_offer.status = Offer.Status.DRAFT
    own_offer.save()
    page = editor.get(change)
    assert SECRET not in page.content.decode()

    editor.post(change, form_of(page, "offer_form") | {"notes": "überschrieben", "teaser": "neu"})
    history = editor.get(reverse("admin:offers_offer_history", args=[own_offer.pk]))

    own_offer.refresh_from_db()
    assert (own_offer.notes, own_offer.teaser) == (f"{SECRET} der Redaktion", "neu")
    assert SECRET not in history.content.decode()


def test_an_own_offer_is_edited_given_to_review_and_never_published(editor, own_offer, client):
    own_offer.status = Offer.Status.DRAFT
    own_offer.save()
    change = reverse("admin:offers_offer_change", args=[own_offer.pk])
    form = form_of(editor.get(change), "offer_form")

    editor.post(change, form | {"_step": "publish"})
    own_offer.refresh_from_db()
    assert own_offer.status == Offer.Status.DRAFT
    form = form_of(editor.get(change), "offer_form")
    editor.post(change, form | {"_step": "submit"})
    own_offer.refresh_from_db()
    assert own_offer.status == Offer.Status.IN_REVIEW


def test_an_account_without_any_house_sees_nothing(editor, own_offer):
    Editorship.objects.all().delete()

    assert editor.get(reverse("admin:offers_offer_change", args=[own_offer.pk])).status_code == 404
    assert (
        "Eigenes Angebot"
        not in editor.get(reverse("admin:offers_offer_changelist")).content.decode()
    )


def test_a_place_of_a_draft_cannot_be_moved_to_a_public_offer(editor, own_house, own_offer):
    draft = OfferFactory(
        title="Entwurf",
        status="draft",
        provider=own_house,
        provider_name="",
        topics=[TopicFactory()],
    )
    place = OfferPlaceFactory(offer=draft, note="ungeprüft")
    ScheduleFactory(place=place)
    change = reverse("admin:offers_offerplace_change", args=[place.pk])

    editor.post(change, form_of(editor.get(change), "offerplace_form") | {"offer": own_offer.pk})

    place.refresh_from_db()
    assert place.offer == draft


@pytest.mark.parametrize(
    "query",
    ["notes__startswith=Fremd", "responsible__isnull=1", "confirmed_at__isnull=1", "certainty=x"],
)
def test_no_filter_answers_what_is_internal(editor, own_offer, query):
    answer = editor.get(reverse("admin:offers_offer_changelist") + "?" + query)

    assert answer.status_code in {302, 400, 403}


def test_the_search_does_not_read_internal_contacts(editor, own_offer):
    ContactPoint.objects.create(
        offer=own_offer, label=SECRET, phone="02323 1", visibility="internal"
    )

    answer = editor.get(reverse("admin:offers_offer_changelist"), {"q": SECRET})

    assert own_offer.title not in answer.content.decode()


def test_an_address_known_by_district_only_is_shown_to_its_own_house_only(editor, own_offer):
    foreign = LocationFactory(visibility="district", street="Privatweg 7")
    own = LocationFactory(visibility="district", street="Hofweg 1")
    OfferPlaceFactory(offer=own_offer, location=own)

    for location, status in [(foreign, 404), (own, 200)]:
        address = reverse("admin:offers_location_change", args=[location.pk])
        assert editor.get(address).status_code == status
    listed = editor.get(reverse("admin:offers_location_changelist")).content.decode()
    assert "Hofweg" in listed or "Stadtteil" in listed
    assert "Privatweg" not in listed


def test_what_a_place_was_before_it_was_protected_stays_with_the_office(editor):
    location = LocationFactory(street="Schutzweg 3")

    assert (
        editor.get(reverse("admin:offers_location_history", args=[location.pk])).status_code == 404
    )


def test_a_proposal_shows_no_offer_that_went_to_another_house(editor, own_offer, foreign):
    change = reverse("admin:offers_offer_change", args=[own_offer.pk])
    editor.post(change, form_of(editor.get(change), "offer_form") | {"teaser": "neu"})
    proposal = own_offer.proposals.get()
    address = reverse("admin:offers_changeproposal_change", args=[proposal.pk])
    assert editor.get(address).status_code == 200

    own_offer.provider = foreign["house"]
    own_offer.save()

    assert editor.get(address).status_code == 404


def test_no_link_on_a_page_leads_where_one_may_not_go(editor, own_offer, own_house, foreign):
    own_house.parent = foreign["house"]
    own_house.save()
    place = OfferPlaceFactory(offer=own_offer).location
    phase = LifePhaseFactory(transition_out=TransitionFactory())
    pages = [own_offer, own_house, place, phase, own_offer.topics.get(), own_offer.offer_type]

    dead = [
        (page, link)
        for page in (address_of(one) for one in pages)
        for link in re.findall(r'<a [^>]*href="(/verwaltung/[^"#]*)"', editor.get(page).text)
        if editor.get(link, follow=True).status_code != 200
    ]
    assert dead == []
    assert own_house.kind.name in editor.get(address_of(own_house)).text


def address_of(entry):
    opts = entry._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[entry.pk])
