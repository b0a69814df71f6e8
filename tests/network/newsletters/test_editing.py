"""Coordinators write a newsletter: blocks of several kinds, in order, two people at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from network.admin.collecting import collect
from network.models import AuditEntry, Newsletter, NewsletterBlock
from network.newsletters.sending import steering
from offers.models import Offer
from tests.factories.network import ContactFactory
from tests.factories.offers import InstitutionFactory, OfferFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
Kind = NewsletterBlock.Kind
ADD = "admin:network_newsletter_add"


@pytest.fixture
def newsletter(newsletter_to):
    return newsletter_to("anna@m.example", start=False)


@pytest.fixture
def coordinator(signed_in):
    """Sign a coordinator in: coordinator("Frau Yilmaz") -> their browser."""

    def sign_in(name):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.set([Group.objects.get(name="Koordination")])
        return signed_in(Client(), user)

    return sign_in


@pytest.fixture
def office(coordinator):
    return coordinator("koordination")


def address(newsletter, page="change"):
    return reverse(f"admin:network_newsletter_{page}", args=[newsletter.pk])


def opened(office, newsletter):
    return form_of(office.get(address(newsletter)), "newsletter_form")


def in_order(newsletter):
    return [(block.position, block.heading) for block in newsletter.blocks.all()]


def photo():
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    return SimpleUploadedFile("foto.jpg", file.getvalue())


def test_address_of_the_page_comes_from_the_title(office):
    fields = form_of(office.get(reverse(ADD)), "newsletter_form")

    office.post(reverse(ADD), fields | {"title": "Frühling für Große"})

    assert Newsletter.objects.get().slug == "fruehling-fuer-grosse"


def test_block_of_a_kind_is_added_without_javascript_and_what_was_typed_stays(office, newsletter):
    fields = opened(office, newsletter) | {"title": "Sommer", "_add_block": "picture"}

    page = office.post(address(newsletter), fields, follow=True)

    newsletter.refresh_from_db()
    assert newsletter.title == "Sommer"
    assert [block.kind for block in newsletter.blocks.all()] == [Kind.TEXT, Kind.PICTURE]
    assert page.redirect_chain[-1][0].endswith("#blocks-1")
    assert "Baustein 2 („Bild“) hat kein Bild" in page.content.decode()


def test_block_is_added_to_a_new_newsletter_before_anything_is_saved(office):
    fields = form_of(office.get(reverse(ADD)), "newsletter_form")
    fields |= {"title": "", "blocks-0-heading": "Guten Tag", "_add_block": "offer"}

    page = office.post(reverse(ADD), fields)

    again = form_of(page, "newsletter_form")
    assert not Newsletter.objects.exists()
    assert again["blocks-0-heading"] == ["Guten Tag"]
    assert again["blocks-1-kind"] == ["offer"]


@pytest.mark.parametrize("kind", ["", "\x00", "nonsense", "__class__"])
def test_no_block_of_a_kind_there_is_not(office, newsletter, kind):
    fields = opened(office, newsletter) | {"_add_block": kind}

    assert office.post(address(newsletter), fields).status_code == 302
    assert newsletter.blocks.count() == 1


def test_numbers_give_the_order_and_are_made_whole(office, newsletter):
    newsletter.blocks.create(position=2, heading="B", text="b")
    newsletter.blocks.create(position=3, heading="C", text="c")
    newsletter.blocks.filter(position=1).update(heading="A")
    fields = opened(office, newsletter)

    office.post(address(newsletter), fields | {"blocks-2-position": "0", "blocks-0-position": ""})

    assert in_order(newsletter) == [(1, "C"), (2, "B"), (3, "A")]


@pytest.mark.parametrize("number", ["-1", "99999999999", "eins", "\x00"])
def test_nonsense_as_a_number_is_explained(office, newsletter, number):
    page = office.post(
        address(newsletter),
        opened(office, newsletter) | {"blocks-0-position": number, "title": "Sommer"},
    )

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert form_of(page, "newsletter_form")["title"] == ["Sommer"]


def test_block_is_taken_out_by_a_tick(office, newsletter):
    office.post(address(newsletter), opened(office, newsletter) | {"blocks-0-DELETE": "on"})

    assert not newsletter.blocks.exists()


def test_offer_is_found_by_its_title_where_no_script_helps(office, newsletter):
    offer = OfferFactory(title="Babytreff am Markt")
    OfferFactory(title="Vätertreff")
    newsletter.blocks.update(kind=Kind.OFFER)

    fields = opened(office, newsletter) | {"blocks-0-offer_words": "babytreff"}
    office.post(address(newsletter), fields)

    assert newsletter.blocks.get().offer == offer


def test_title_that_fits_several_or_none_is_asked_again(office, newsletter):
    OfferFactory(title="Babytreff")
    OfferFactory(title="Babytreff am Markt")
    OfferFactory(title="Babytreff im Park")

    def said(words):
        fields = opened(office, newsletter) | {"blocks-0-offer_words": words}
        return office.post(address(newsletter), fields).content.decode()

    assert "Das passt zu mehreren: „Babytreff" in said("treff")
    assert "„Krabbelgruppe“ haben wir nicht gefunden" in said("Krabbelgruppe")
    assert office.post(
        address(newsletter),
        opened(office, newsletter) | {"blocks-0-offer_words": "babytreff"},
    ).has_header("Location")


@pytest.mark.parametrize("key", ["nonsense", "999999999999999999999", "\x00"])
def test_nonsense_as_an_offer_is_explained(office, newsletter, key):
    page = office.post(address(newsletter), opened(office, newsletter) | {"blocks-0-offer": key})

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_picture_is_uploaded_painted_anew_and_must_be_described(
    office, newsletter, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    fields = opened(office, newsletter) | {"blocks-0-kind": "picture"}

    refused = office.post(address(newsletter), fields | {"blocks-0-picture": photo()})
    assert "Schreiben Sie, was auf dem Bild zu sehen ist" in refused.content.decode()
    assert not newsletter.blocks.get().picture

    fields |= {"blocks-0-picture": photo(), "blocks-0-picture_alt": "Kinder malen"}
    assert office.post(address(newsletter), fields).status_code == 302
    block = newsletter.blocks.get()
    assert block.picture.name.endswith(".webp")
    assert (block.picture_width, block.picture_height) == (40, 30)


def test_form_says_beside_it_what_is_missing_and_whom_it_reaches(office, newsletter):
    newsletter.blocks.create(position=2, kind=Kind.DATE, heading="Fest")

    page = office.get(address(newsletter)).content.decode()

    assert "Geht an einen Menschen" in page
    assert "nennt keinen Tag" in page


def test_what_two_changed_in_different_places_is_kept_and_the_second_is_told(
    coordinator, newsletter
):
    first, second = coordinator("Frau Yilmaz"), coordinator("Herr Krause")
    first_form, second_form = opened(first, newsletter), opened(second, newsletter)
    first.post(address(newsletter), first_form | {"blocks-0-heading": "Willkommen"})

    page = second.post(address(newsletter), second_form | {"preheader": "Neu im Mai"}, follow=True)

    assert "Frau Yilmaz hat inzwischen auch etwas geändert." in page.content.decode()
    newsletter.refresh_from_db()
    assert newsletter.preheader == "Neu im Mai"
    assert newsletter.blocks.get().heading == "Willkommen"


def test_second_of_two_is_asked_where_both_wrote_and_keeps_what_they_typed(coordinator, newsletter):
    first, second = coordinator("Frau Yilmaz"), coordinator("Herr Krause")
    first_form, second_form = opened(first, newsletter), opened(second, newsletter)
    first.post(address(newsletter), first_form | {"blocks-0-heading": "Willkommen"})

    typed = {"blocks-0-heading": "Guten Tag", "preheader": "Neu im Mai"}
    page = second.post(address(newsletter), second_form | typed)

    text = page.content.decode()
    assert "Sie beide haben dasselbe geändert." in text
    assert "Frau Yilmaz" in text
    assert "Willkommen" in text
    form = form_of(page, "newsletter_form")
    assert (form["blocks-0-heading"], form["preheader"]) == (["Guten Tag"], ["Neu im Mai"])
    newsletter.refresh_from_db()
    assert newsletter.preheader == ""

    mine = re.search(r'name="(_choice-[^"]+)"[^>]*value="(mine:[^"]+)"', text)
    second.post(address(newsletter), form | {mine[1]: mine[2]})
    newsletter.refresh_from_db()
    assert newsletter.preheader == "Neu im Mai"
    assert newsletter.blocks.get().heading == "Guten Tag"


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_the_same_moment_lose_nothing(coordinator, newsletter):
    people = [coordinator("a"), coordinator("b")]
    forms = [opened(one, newsletter) for one in people]
    together = Barrier(2)

    def save(number):
        together.wait()
        try:
            fields = forms[number] | {"title": f"Titel {number}"}
            return people[number].post(address(newsletter), fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(save, range(2)))

    assert answers == [200, 302]


def bring_back(office, newsletter, version):
    """Read what restoring would change, and agree."""
    restore = reverse("admin:network_newsletter_restore", args=[newsletter.pk, version.number])
    office.post(restore, form_of(office.get(restore)))


def test_versions_say_what_changed_in_blocks_and_bring_a_draft_back(office, newsletter):
    office.post(address(newsletter), opened(office, newsletter) | {"blocks-0-heading": "Hallo"})
    office.post(address(newsletter), opened(office, newsletter) | {"blocks-0-DELETE": "on"})

    history = office.get(address(newsletter, "history"))
    assert "Baustein entfernt" in history.content.decode()

    version = history.context["page"][1]
    bring_back(office, newsletter, version)

    assert newsletter.blocks.get().heading == "Hallo"
    assert AuditEntry.objects.filter(action=AuditEntry.Action.RESTORED).exists()


def test_what_is_being_sent_stays_as_it_is_and_its_versions_can_be_read(office, newsletter):
    office.post(address(newsletter), opened(office, newsletter) | {"title": "Sommer"})
    steering.start(newsletter)

    history = office.get(address(newsletter, "history"))
    version = history.context["page"].object_list[-1]
    answer = office.post(
        reverse("admin:network_newsletter_restore", args=[newsletter.pk, version.number])
    )

    assert "wiederherstellen" not in history.content.decode()
    assert answer.status_code == 403
    newsletter.refresh_from_db()
    assert (newsletter.title, newsletter.state) == ("Sommer", Newsletter.State.SENDING)


def test_bringing_a_draft_back_leaves_its_sending_alone(office, newsletter):
    office.post(address(newsletter), opened(office, newsletter) | {"title": "Sommer"})
    key = newsletter.key
    first = office.get(address(newsletter, "history")).context["page"].object_list[-1]

    bring_back(office, newsletter, first)

    newsletter.refresh_from_db()
    assert (newsletter.title, newsletter.state) == ("Neues für Familien", Newsletter.State.DRAFT)
    assert (newsletter.key, newsletter.frozen_at) == (key, None)


def test_collected_offers_are_a_version_too(office, newsletter):
    opened(office, newsletter)
    OfferFactory(title="Babytreff", status="published")

    collect(Offer.objects.all(), newsletter)

    assert "Babytreff" in office.get(address(newsletter, "history")).content.decode()


def test_institution_shows_only_what_the_public_may_see(office, newsletter):
    house = InstitutionFactory(name="Kita Sonne")
    ContactFactory(partner__institution=house, email="geheim@m.example", wants_mail=True)
    newsletter.blocks.update(kind=Kind.INSTITUTION, institution=house)

    page = office.get(address(newsletter, "preview")).content.decode()

    assert "Kita Sonne" in page
    assert "geheim@m.example" not in page


def test_versions_tell_another_order_once(office, newsletter):
    newsletter.blocks.create(position=2, heading="Zweitens", text="b")
    fields = opened(office, newsletter)

    office.post(address(newsletter), fields | {"blocks-0-position": "2", "blocks-1-position": "1"})

    page = office.get(address(newsletter, "history")).content.decode()
    assert page.count("Reihenfolge: Bausteine") == 1
    assert "Nummer" not in page
