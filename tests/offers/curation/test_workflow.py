"""From a draft to a public page and back: who may take which step, and what everybody sees."""

import re
from copy import deepcopy

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from offers.curation.archiving import archive
from offers.curation.proposals import propose
from offers.curation.publishing import open_steps, take_step
from offers.curation.record import take
from offers.models import Offer
from tests.factories.offers import (
    CostOptionFactory,
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db

WRITES = ["view_offer", "add_offer", "change_offer"]
DECIDES = [*WRITES, "publish_offer", "return_offer", "archive_offer"]


def person(name, rights):
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


@pytest.fixture
def editor(signed_in):
    return signed_in(Client(), person("redaktion", DECIDES))


@pytest.fixture
def writer(signed_in):
    return signed_in(Client(), person("aushilfe", WRITES))


def draft(**facts):
    return OfferFactory(status="draft", topics=[TopicFactory()], **facts)


def change(offer):
    return reverse("admin:offers_offer_change", args=[offer.pk])


def save(client, offer, **typed):
    form = form_of(client.get(change(offer)), "offer_form")
    return client.post(change(offer), form | typed, follow=True)


def is_public(client, offer):
    return client.get(reverse("offers:offer", args=[offer.slug])).status_code == 200


def test_a_corrected_draft_is_saved_and_published_with_one_button(editor, client):
    offer = draft(title="Krabbelgrupe")

    save(editor, offer, title="Krabbelgruppe", _step="publish")

    page = client.get(reverse("offers:offer", args=[offer.slug])).content.decode()
    assert "Krabbelgruppe" in page


def test_somebody_without_the_right_gives_it_to_review(writer, client):
    offer = draft()

    save(writer, offer, _step="publish")
    offer.refresh_from_db()
    assert offer.status == Offer.Status.DRAFT

    save(writer, offer, _step="submit")
    offer.refresh_from_db()
    assert offer.status == Offer.Status.IN_REVIEW
    assert not is_public(client, offer)


def test_a_returned_offer_shows_the_question_to_its_author(editor, writer):
    offer = draft()
    save(writer, offer, _step="submit")

    save(editor, offer, _step="return", _return_reason="Gilt das auch in den Ferien?")

    assert "Gilt das auch in den Ferien?" in writer.get(change(offer)).content.decode()


def test_returning_without_a_question_is_refused_and_said(editor):
    offer = OfferFactory(topics=[TopicFactory()])

    page = save(editor, offer, _step="return", _return_reason="  ").content.decode()

    assert "Schreiben Sie, was noch zu klären ist." in page
    offer.refresh_from_db()
    assert offer.status == Offer.Status.PUBLISHED


def test_the_question_goes_when_the_offer_is_published(editor):
    offer = OfferFactory(status="returned", return_reason="Wo?", topics=[TopicFactory()])

    save(editor, offer, _step="publish")

    offer.refresh_from_db()
    assert (offer.status, offer.return_reason) == (Offer.Status.PUBLISHED, "")


def test_an_archived_offer_is_gone_from_the_site_and_can_be_opened_again(editor, client):
    offer = OfferFactory(topics=[TopicFactory()])

    save(editor, offer, _step="archive")
    assert not is_public(client, offer)

    save(editor, offer, _step="reopen")
    offer.refresh_from_db()
    assert offer.status == Offer.Status.DRAFT


def test_a_step_needs_its_permission_and_its_state():
    decides, writes = person("redaktion", DECIDES), person("aushilfe", WRITES)
    offer = draft()

    assert [step.name for step in open_steps(writes, offer)] == ["submit"]
    assert [step.name for step in open_steps(decides, offer)] == ["submit", "publish", "archive"]
    with pytest.raises(PermissionDenied):
        take_step("publish", offer, by=writes)
    take_step("publish", offer, by=decides)
    with pytest.raises(ValidationError, match="schon veröffentlicht"):
        take_step("publish", Offer.objects.get(), by=decides)


def test_a_change_to_a_public_offer_without_the_right_becomes_a_proposal(writer, editor, client):
    offer = OfferFactory(title="Elterncafé", topics=[TopicFactory()])

    page = save(writer, offer, title="Elterncafé Wanne", _reason="Wir sind umgezogen")

    assert "liegt jetzt bei der Redaktion" in page.content.decode()
    offer.refresh_from_db()
    assert offer.title == "Elterncafé"
    proposal = offer.proposals.get()
    address = reverse("admin:offers_changeproposal_change", args=[proposal.pk])
    decider = User.objects.get(username="redaktion")
    decider.user_permissions.add(Permission.objects.get(codename="view_changeproposal"))
    shown = editor.get(address).content.decode()
    assert "Elterncafé Wanne" in shown
    assert "Wir sind umgezogen" in shown

    editor.post(reverse("admin:offers_changeproposal_decide", args=[proposal.pk]), {"_accept": "1"})

    offer.refresh_from_db()
    assert (offer.title, offer.status) == ("Elterncafé Wanne", Offer.Status.PUBLISHED)


def test_what_the_office_changed_meanwhile_survives_a_proposal(writer, editor):
    User.objects.get(username="redaktion").user_permissions.add(
        Permission.objects.get(codename="view_changeproposal")
    )
    offer = OfferFactory(title="Elterncafé", teaser="alt", topics=[TopicFactory()])
    save(writer, offer, title="Elterncafé Wanne")
    save(editor, offer, teaser="neu")
    proposal = offer.proposals.get()

    editor.post(reverse("admin:offers_changeproposal_decide", args=[proposal.pk]), {"_accept": "1"})

    offer.refresh_from_db()
    assert (offer.title, offer.teaser) == ("Elterncafé Wanne", "neu")


def test_a_proposal_is_declined_only_with_an_answer_and_only_once(writer, editor):
    User.objects.get(username="redaktion").user_permissions.add(
        Permission.objects.get(codename="view_changeproposal")
    )
    offer = OfferFactory(title="Elterncafé", topics=[TopicFactory()])
    save(writer, offer, title="Elterncafé Wanne")
    decide = reverse("admin:offers_changeproposal_decide", args=[offer.proposals.get().pk])

    unanswered = editor.post(decide, {"_decline": "1", "answer": " "}, follow=True)
    assert "Schreiben Sie, warum nicht." in unanswered.content.decode()
    editor.post(decide, {"_decline": "1", "answer": "Der Name steht so im Vertrag."})
    again = editor.post(decide, {"_accept": "1"}, follow=True)

    assert "schon entschieden" in again.content.decode()
    offer.refresh_from_db()
    assert offer.title == "Elterncafé"


def lines(page):
    """What a page holds, line by line; its margins are left out where it is made for many."""
    return [line.strip() for line in page.splitlines() if line.strip()]


def test_the_preview_is_the_public_page_with_what_was_typed_and_saves_nothing(editor, client):
    offer = draft(title="Krabbelgruppe")
    form = form_of(editor.get(change(offer)), "offer_form")

    preview = editor.post(change(offer), form | {"title": "Spielkreis", "_preview": "de"})

    assert "<h1" in preview.content.decode()
    assert "Spielkreis" in preview.content.decode()
    offer.refresh_from_db()
    assert (offer.title, offer.status) == ("Krabbelgruppe", Offer.Status.DRAFT)
    offer.title, offer.status = "Spielkreis", Offer.Status.PUBLISHED
    offer.save()
    public = client.get(reverse("offers:offer", args=[offer.slug]))
    notice = r'\n<p class="preview-notice" role="note">Vorschau[^<]+</p>\n'
    without, found = re.subn(notice, "", preview.content.decode())
    # Nobody finds a preview, so its head does not say under which address.
    address = re.compile(r'<link rel="canonical".*<meta property="og:locale"[^>]*>', re.DOTALL)
    assert (lines(without), found) == (lines(address.sub("", public.content.decode())), 1)


def test_the_preview_of_an_offer_that_does_not_exist_yet_creates_none(editor):
    add = reverse("admin:offers_offer_add")
    form = form_of(editor.get(add), "offer_form")
    other = draft(title="Vorlage")
    typed = {
        "title": "Spielkreis",
        "provider_name": "Verein",
        "offer_type": other.offer_type_id,
        "topics": other.topics.get().pk,
        "slug": "spielkreis",
    }

    preview = editor.post(add, form | typed | {"_preview": "de"})

    assert "Spielkreis" in preview.content.decode()
    assert list(Offer.objects.values_list("title", flat=True)) == ["Vorlage"]


def test_an_unknown_language_is_no_preview(editor):
    offer = draft()

    assert editor.get(f"/verwaltung/offers/offer/{offer.pk}/vorschau/xx/").status_code == 404
    assert editor.get(f"/verwaltung/offers/offer/{offer.pk}/vorschau/de/").status_code == 200


def test_a_copy_has_the_places_times_and_prices_and_is_a_draft_of_its_own(editor):
    offer = OfferFactory(title="Krabbelgruppe", topics=[TopicFactory(name="Spiel")])
    ScheduleFactory(place=OfferPlaceFactory(offer=offer))
    CostOptionFactory(offer=offer, amount=4)

    editor.post(reverse("admin:offers_offer_copy", args=[offer.pk]))
    editor.post(reverse("admin:offers_offer_copy", args=[offer.pk]))

    copy = Offer.objects.get(title="Krabbelgruppe (Kopie)")
    assert Offer.objects.filter(title="Krabbelgruppe (Kopie 2)").exists()
    assert copy.status == Offer.Status.DRAFT
    assert [topic.name for topic in copy.topics.all()] == ["Spiel"]
    assert copy.cost_options.get().amount == 4
    assert copy.places.get().schedules.get().rrule == "FREQ=WEEKLY;BYDAY=TU"
    assert copy.responsible.username == "redaktion"
    assert offer.places.count() == 1


def test_a_title_as_long_as_it_may_be_can_be_copied(editor):
    offer = OfferFactory(title="x" * 100, topics=[TopicFactory()])

    editor.post(reverse("admin:offers_offer_copy", args=[offer.pk]))

    assert Offer.objects.filter(title__endswith="(Kopie)").exists()


def test_deleting_for_good_needs_the_right_and_a_reason(editor, signed_in):
    offer = OfferFactory(topics=[TopicFactory()])
    delete = reverse("admin:offers_offer_delete", args=[offer.pk])
    assert editor.post(delete, {"post": "yes", "reason": "doppelt"}).status_code == 403

    office = signed_in(Client(), User.objects.create_superuser("verwaltung"))
    asked = office.post(delete, {"post": "yes", "reason": " "})
    assert asked.status_code == 200
    assert Offer.objects.filter(pk=offer.pk).exists()
    office.post(delete, {"post": "yes", "reason": "doppelt angelegt"})

    assert not Offer.objects.filter(pk=offer.pk).exists()
    last = Offer.history.filter(id=offer.pk).latest()
    assert (last.history_type, last.history_change_reason) == ("-", "doppelt angelegt")
    assert last.history_user.username == "verwaltung"


def test_publishing_many_keeps_what_a_colleague_just_saved(editor):
    offer = draft(title="Krabbelgruppe")
    as_listed = Offer.objects.get()
    save(editor, offer, title="Spielkreis")

    take_step("publish", as_listed, by=User.objects.get(username="redaktion"))

    offer.refresh_from_db()
    assert (offer.title, offer.status) == ("Spielkreis", Offer.Status.PUBLISHED)


def test_nothing_is_published_for_a_house_that_left_the_directory(editor):
    house = InstitutionFactory(name="Haus am Teich")
    offer = draft(provider=house, provider_name="")
    archive(house, by=User.objects.get(username="redaktion"))

    page = save(editor, offer, _step="publish").content.decode()

    assert "Öffnen Sie zuerst die Einrichtung wieder" in page
    offer.refresh_from_db()
    assert offer.status == Offer.Status.DRAFT


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 5000, "\u202eabc"])
def test_any_reason_can_be_typed(editor, writer, reason):
    offer = OfferFactory(topics=[TopicFactory()])

    assert save(editor, offer, teaser="neu", _reason=reason).status_code == 200
    assert save(writer, offer, teaser="neuer", _reason=reason).status_code == 200
    save(editor, offer, _step="return", _return_reason=reason)

    offer.refresh_from_db()
    assert (offer.teaser, offer.status) == ("neu", Offer.Status.RETURNED)


def test_saving_as_new_is_no_button_and_no_error(editor):
    offer = OfferFactory(topics=[TopicFactory()])

    assert save(editor, offer, _saveasnew="1").status_code == 403


def test_a_proposal_for_a_time_whose_place_is_gone_is_taken_over_without_it(writer, editor):
    User.objects.get(username="redaktion").user_permissions.add(
        Permission.objects.get(codename="view_changeproposal")
    )
    offer = OfferFactory(title="Elterncafé", topics=[TopicFactory()])
    place = OfferPlaceFactory(offer=offer)
    schedule = ScheduleFactory(place=place)
    base = take(offer)
    wanted = deepcopy(base)
    wanted["schedule"][schedule.pk]["note"] = "nur im Mai"
    wanted["root"][offer.pk]["title"] = "Elterncafé Wanne"
    propose(offer, base, wanted, by=User.objects.get(username="aushilfe"))
    place.delete()

    decide = reverse("admin:offers_changeproposal_decide", args=[offer.proposals.get().pk])
    editor.post(decide, {"_accept": "1"})

    offer.refresh_from_db()
    assert offer.title == "Elterncafé Wanne"
    assert not offer.places.exists()
