"""A walk through everything that Herne's portal shows, hands out, notes or sends.

Herne's protected places have no address in the data. Here they get invented ones; they were public
first, so that histories, index, reports and drafts know them, and were protected then.
"""

import io
import logging
import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import openpyxl
import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kekiz_portal.lib.history.recording import edit
from network.lists import sheets
from network.models import Contact, Newsletter, NewsletterBlock, Partner, Segment
from network.newsletters.sending import sending, steering
from network.newsletters.subscribing import consenting
from offers.models import Editorship, Institution, Location, Offer
from offers.protection.street_in_text import read_street, read_text
from offers.quality import leaks
from offers.search.index.rebuilding import rebuild_words
from tests import rows
from tests.conftest import FACTS
from tests.factories.network import ContactFactory
from tests.html_forms import form_of
from tests.offers.exchange import imports

pytestmark = pytest.mark.django_db
STREETS = ["Alter Kranichbrunnenweg 88", "Otterngrundstraße 41 b"]
# Each is tried as a text, and looked for: declined, cut short, divided, without its number.
SPELLINGS = [
    "im Alten Kranichbrunnenweg 88",
    "des Alten Kranichbrunnenweges, Nr. 88",
    "ALTER KRANICH-BRUNNEN-WEG&nbsp;<b>88</b>",
    "Otterngrundstr. 41b",
    "Otterngrund-Straße 41",
    "Haus 41 in der Otterngrundstrasse",
    "Otterngrundstraße",
]
NAMES = ["kranichbrunnenweg", read_street("Otterngrundstr.").name]
HINTS = ("kranich", "ottern")  # what a text must hold to be looked at closely
SEARCHED = ["Kranichbrunnenweg", "Otterngrundstr", "ottern grund straße 41", "kranichbrunn"]
LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')
PAGES = ("change", "history")
SOME_OTHERS = 8  # of how many entries that are no shelter's one page is read; all take a minute


def names_it(content):
    """Whether a text, a file or the headers of an answer name one of the streets."""
    if isinstance(content, bytes) and content[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(content))
        content = "\n".join(
            str(cell.value) for sheet in book for row in sheet for cell in row if cell.value
        )
    text = content.decode(errors="replace") if isinstance(content, bytes) else str(content)
    if not any(hint in text.lower() for hint in HINTS):
        return False
    joined = read_text(text).joined
    return any(name in joined for name in NAMES)


def tells(response):
    content = b"".join(response) if response.streaming else response.content
    return names_it(content) or names_it(str(response.headers))


@pytest.fixture(scope="module")
def shelters(herne, django_db_blocker):
    """The entries of Herne's protected places, after all that an office did with them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_pages", FACTS, verbosity=0)
        call_command("load_network", FACTS, meanings_later=True, verbosity=0)
        rows.count()
        yield made_public_and_protected_again()
        transaction.set_rollback(True)


def made_public_and_protected_again():
    """Give the places addresses, name them in every entry of theirs, and take that back."""
    places = list(Location.objects.filter(visibility="protected"))
    assert len(places) == len(STREETS)
    entries = []
    for place, street in zip(places, STREETS, strict=True):
        Location.objects.filter(pk=place.pk).update(
            street=street, city="Herne", postal_code="44623", visibility="public"
        )
        entries += [*Offer.objects.filter(places__location=place)]
        entries += [*Institution.objects.filter(locations=place)]
    for number, entry in enumerate(entries):
        named, field = SPELLINGS[number % len(SPELLINGS)], text_field(entry)
        before = getattr(entry, field)
        with edit(reason=f"Adresse ergänzt: {named}"):
            setattr(entry, field, f"Sie finden uns {named}.")
            entry.save()
        with edit(reason="Adresse entfernt"):
            setattr(entry, field, before)
            entry.save()
        Client().get(entry.get_absolute_url())
    for place in places:
        place.refresh_from_db()
        place.visibility, place.district = "protected", None
        place.full_clean()
        place.save()
    rebuild_words()
    assert leaks.look() == 0
    return entries


def text_field(entry):
    return "description" if isinstance(entry, Offer) else "opening_hours_text"


def user_of(role):
    user = User.objects.create_user(role, is_staff=True, email=f"{len(role)}@herne.example")
    user.groups.add(Group.objects.get(name=role))
    return user


def crawl(client, begin, left_out=()):
    """Yield the address and the answer of every page of ours that links lead to.

    What begins with an address that is left out is not asked for.
    """
    seen, waiting = set(begin), list(begin)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        yield address, response
        if response.streaming or "html" not in response.get("Content-Type", ""):
            continue
        for link in LINK.findall(response.content.decode()):
            found = urldefrag(urljoin(address, unescape(link))).url
            # Filters lead to filters without end; the list itself shows every entry by pages.
            query = urlsplit(found).query
            is_ours = found.startswith("/") and (not query or query.startswith("seite="))
            is_ours &= not urlsplit(found).path.endswith("/melden/")  # a form with its title
            is_ours &= not found.startswith(left_out)
            if is_ours and found not in seen:
                seen.add(found)
                waiting.append(found)


def test_no_page_that_anybody_opens_and_no_search_names_it(client, shelters):
    begin = ["/", "/newsletter/archiv/atom.xml", "/robots.txt", "/.well-known/security.txt"]
    begin += [entry.get_absolute_url() for entry in shelters]
    begin += [f"{one.get_absolute_url()}melden/" for one in shelters if isinstance(one, Offer)]
    entries = [*Offer.objects.published().order_by("pk"), *Institution.objects.order_by("pk")]
    others = [one.get_absolute_url() for one in entries if one not in shelters]
    begin += others[::SOME_OTHERS]
    # Other languages say the same of an entry: its own pages are read in one of them.
    begin += [f"/ar{entry.get_absolute_url()}" for entry in shelters]

    told, asked = [], set()
    translated = {f"/{code}/" for code, _ in settings.LANGUAGES}
    for address, response in crawl(
        client, begin, left_out=tuple({*others} - {*begin} | translated)
    ):
        asked.add(address)
        told += [address] if tells(response) else []

    assert told == []
    assert {entry.get_absolute_url() for entry in shelters} <= asked
    assert len(asked) > 80
    for words in SEARCHED:
        page = client.get(reverse("offers:browse"), {"q": words}).content.decode()
        assert [one for one in shelters if one.get_absolute_url() in page] == [], words
        suggested = client.get(reverse("offers:suggestions"), {"q": words[:6]})
        assert not tells(suggested)


def office_addresses(shelters):
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield f"{reverse(f'{name}_changelist')}?q={SEARCHED[-1]}"
        entries = [one for one in shelters if isinstance(one, model)]
        for entry in entries or model._base_manager.all()[:2]:
            change, history = (reverse(f"{name}_{page}", args=[entry.pk]) for page in PAGES)
            yield from [change, history]
            versions = getattr(entry, "history", None)
            for version in versions.all() if versions and entries else ():
                yield f"{history}{version.edit}/"
    for model, field in [("offerplace", "location"), ("institution", "locations")]:
        for words in SEARCHED:
            query = f"app_label=offers&model_name={model}&field_name={field}&term={words}"
            yield f"{reverse('admin:autocomplete')}?{query}"


@pytest.mark.parametrize("role", ["Koordination", "Träger-Redaktion"])
def test_who_does_not_keep_places_sees_it_on_no_page_version_or_choice(signed_in, shelters, role):
    user = user_of(role)
    if role == "Träger-Redaktion":
        Editorship.objects.create(user=user, institution=houses_of(shelters)[0])
    client = signed_in(Client(), user)

    answers = {address: client.get(address) for address in {*office_addresses(shelters)}}

    assert [one for one, answer in answers.items() if answer.status_code >= 500] == []
    told = [one for one, answer in answers.items() if tells(answer)]
    assert told == []
    assert sum(answer.status_code == 200 for answer in answers.values()) > 30
    own = Location.objects.usable_by(user)
    foreign = Location.objects.filter(visibility="protected").exclude(pk__in=own.values("pk"))
    for place in foreign:
        address = reverse("admin:offers_location_change", args=[place.pk])
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ["Koordination", "Redaktion", "Administration"])
def test_no_file_that_leaves_the_house_holds_it(signed_in, shelters, role, monkeypatch):
    client, drawn, told, files = signed_in(Client(), user_of(role)), [], [], 0
    monkeypatch.setattr(
        sheets, "_pdf", lambda *what, **data: drawn.append((what, data)) or b"%PDF-"
    )
    for house in houses_of(shelters):
        partner = Partner.objects.get_or_create(institution=house)[0]
        ContactFactory(partner=partner, name=f"Leitung {house.pk}", email="leitung@m.example")
    for kind in ["offers_offer", "offers_institution", "network_partner", "network_contact"]:
        address = reverse(f"admin:{kind}_export")
        page = client.get(address)
        if page.status_code != 200:
            continue
        choice = page.content.decode()
        for form in set(re.findall(r'name="file_format" value="([^"]+)"', choice)):
            answer = client.post(address, form_of(page) | {"file_format": form})
            files += answer.status_code == 200
            told += [(kind, form)] if tells(answer) else []

    assert told == []
    assert not names_it(drawn)
    assert files >= {"Koordination": 14, "Redaktion": 6, "Administration": 6}[role]


def houses_of(shelters):
    return [one for one in shelters if isinstance(one, Institution)]


def test_no_way_in_takes_it_and_no_log_letter_or_mail_names_it(
    shelters, client, signed_in, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    office = signed_in(Client(), User.objects.create_superuser("leitung"))
    refused = 0
    with django_capture_on_commit_callbacks(execute=True):
        for number, named in enumerate(SPELLINGS):
            entry = shelters[number % len(shelters)]
            name = entry._meta.model_name
            page = reverse(f"admin:offers_{name}_change", args=[entry.pk])
            form = form_of(office.get(page), f"{name}_form")
            answer = office.post(page, form | {text_field(entry): f"<p>{named}</p>"})
            refused += answer.status_code == 200 and "geschützte Adresse" in answer.content.decode()
            client.get(reverse("offers:browse"), {"q": named})
        run = imports.check(
            imports.upload(
                "Titel;Angebotsart;Träger;Beschreibung\n"
                + "".join(f"Neu {n};Kurs;Verein;{one}\n" for n, one in enumerate(SPELLINGS))
            )
        )
        letter_about(shelters)
    partner = Partner.objects.get_or_create(institution=houses_of(shelters)[0])[0]
    ContactFactory(partner=partner, name="Kim Leitung", email="leitung@m.example")
    consenting.ask(Contact.objects.all(), by=None)
    consenting.send_waiting()

    assert refused == len(SPELLINGS)
    assert set(imports.outcomes(run)) == {"refused"}
    assert not names_it(caplog.text)
    assert mail.outbox
    assert not any(names_it(one.message().as_string() + one.body) for one in mail.outbox)


def letter_about(shelters):
    """Send a newsletter that tells of the shelters, by all kinds of blocks."""
    everybody = Segment.objects.create(name="Alle", is_everybody=True)
    ContactFactory(email="anna@m.example", wants_mail=True)
    letter = Newsletter.objects.create(
        title="Neues", slug="neues", segment=everybody, is_archived_publicly=True
    )
    for position, entry in enumerate(shelters):
        kind = "offer" if isinstance(entry, Offer) else "institution"
        letter.blocks.create(position=position, kind=kind, **{kind: entry})
    letter.blocks.create(position=len(shelters), kind=NewsletterBlock.Kind.NEWS)
    assert steering.start(letter)
    sending.send(letter.pk)
    (edition,) = letter.editions.all()
    assert not names_it(edition.html + edition.text)
