"""Nothing German stands on a page of another language but names and what is marked as German.

Read in Arabic: there every word in Latin letters stands out. That each other catalogue has all the
texts that pages ask for is asked in ``test_languages.py``.
"""

import csv
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from kekiz_portal.tools import catalogues
from lifephases.models import LifePhase
from network.models import MailRequest
from network.newsletters.subscribing import mailing
from offers.models import District, FreePlaces, Institution, Offer, OfferTranslation
from tests.conftest import FACTS
from tests.offers.translations.pages_read import PageRead, latin_words

PREFIX = "/ar"
CHILD = {"kinder": "1", "monat-1": "5", "jahr-1": "2024"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fast_writers(settings):
    settings.FORMS_TAKE_SECONDS = 0
    cache.clear()


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture(scope="module")
def meant(herne):
    """Words in Latin letters that Arabic texts hold on purpose, and proper names."""
    known = {"http", "https"} | latin_words(" ".join(name for _code, name in settings.LANGUAGES))
    for folder in catalogues.folders():
        for message in catalogues.read(catalogues.path_of(folder, "ar"), "ar"):
            said = message.string if message.id else ""
            known |= latin_words(" ".join(said) if isinstance(said, tuple) else said)
    said = OfferTranslation.objects.filter(language="ar")
    for texts in said.values_list("title", "teaser", "description"):
        known |= latin_words(" ".join(texts))
    for names in (District.objects.values_list("name"), Institution.objects.values_list("name")):
        known |= latin_words(" ".join(name for (name,) in names))
    city = settings.CITY
    typed = "xqzzyv quatsch eltern schwimmkurs"  # is shown again
    own = [typed, "Chat, E-Mail", "Impressum Datenschutz Barrierefreiheit Leichte Sprache"]
    own += [city["name"], city["full_name"], city["portal_name"], city["contact"]["name"]]
    return known | latin_words(" ".join(own))


@pytest.fixture(scope="module")
def course(herne):
    """An offer that is full, so that one may leave a mailbox."""
    offer = Offer.objects.published().exclude(phone="").order_by("pk")[0]
    Offer.objects.filter(pk=offer.pk).update(access_modes=["registration"])
    full = {"state": "full", "said_at": timezone.now()}
    FreePlaces.objects.update_or_create(offer=offer, defaults=full)
    return offer


def not_meant(texts, meant):
    """Return the texts that hold a word nobody meant to stand there."""
    return [
        " ".join(text.split())
        for text in texts
        if latin_words(text) - meant - {word for word in latin_words(text) if word.isupper()}
    ]


def own_texts(answer):
    return PageRead(answer.content.decode()).texts


def addresses(course):
    offers = Offer.objects.published()
    keys = offers.order_by("pk").values_list("pk", flat=True)[:4]
    some = "-".join(map(str, keys))
    return [
        *("/", "/angebote/", "/angebote/?q=schwimmkurs&kostenlos=1", "/angebote/?q=xqzzyv"),
        *("/angebote/?alter=0&tag=so&zeit=abend", "/angebote/?alter=quatsch&seite=99"),
        *("/angebote/?zahl=6+Wachen&einheit=jahre", "/angebote/?q=mein+mann+schlägt+mich"),
        *("/angebote/?plz=44649&umkreis=2&fuer=eltern", "/angebote/einbetten/?phase=baby"),
        "/angebote/vorschlaege/?q=heb",
        *(one.get_absolute_url() for one in offers.order_by("pk")[::9]),
        *(one.get_absolute_url() for one in Institution.objects.current().order_by("pk")[::12]),
        *(one.get_absolute_url() for one in LifePhase.objects.all()),
        *("/lebensphasen/", "/einrichtungen/", "/einrichtungen/?art=kita", "/hilfe/"),
        *("/mein-kind/", "/ohne-netz/", "/merkzettel/", f"/merkzettel/?a={some}-999999"),
        f"/merkzettel/?a={some}&sprache=ar",
        *("/newsletter/", "/newsletter/fast-fertig/", "/newsletter/meine-daten/"),
        *("/newsletter/meine-daten/unterwegs/", "/newsletter/archiv/"),
        *("/newsletter/bestaetigen/x", "/newsletter/abmelden/x", "/newsletter/einstellungen/x"),
        *("/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/"),
        *("/gebaerdensprache/", "/barrierefreiheit/melden/", "/barrierefreiheit/melden/danke/"),
        *(f"/angebote/{course.slug}/{one}/" for one in ("melden", "melden/danke", "war-da")),
        *(f"/angebote/{course.slug}/platz-frei/{one}" for one in ("", "fast-fertig/")),
        *("/platz-frei/x", "/das-gibt-es-nicht/", "/angebote/gibt-es-nicht/"),
    ]


def test_every_kind_of_page_says_only_names_and_marked_texts_in_german(client, meant, course):
    call_command("load_pages", FACTS, verbosity=0)
    found = {}
    for address in addresses(course):
        answer = client.get(PREFIX + address)
        assert answer.status_code in {200, 400, 404, 410}, address
        if wrong := not_meant(own_texts(answer), meant):
            found[address] = wrong

    assert found == {}


def test_refused_forms_and_answers_to_forms_say_nothing_in_german(client, meant, course):
    forms = {
        "/newsletter/": [{}, {"address": "ida-at-beispiel", "website": ""}],
        "/newsletter/meine-daten/": [{}, {"address": "x"}],
        "/barrierefreiheit/melden/": [{}, {"message": "x", "reply_to": "x"}],
        f"/angebote/{course.slug}/melden/": [{}, {"kind": "quatsch"}],
        f"/angebote/{course.slug}/platz-frei/": [{}, {"address": "x"}],
        f"/angebote/{course.slug}/war-da/": [{}],
        "/mein-kind/": [{}, CHILD | {"monat-1": "13"}, CHILD],
        "/merkzettel/": [{"q": "xqzzyv"}, {"q": "schwimm"}],
        "/angebote/": [{"q": "mein mann schlägt mich"}],
    }
    found = {}
    for address, tries in forms.items():
        for sent in tries:
            answer = client.post(PREFIX + address, sent)
            assert answer.status_code < 500, address
            if wrong := not_meant(own_texts(answer), meant):
                found[address, str(sent)] = wrong

    assert found == {}


def test_mails_that_families_get_say_nothing_in_german(client, meant, course, mailoutbox):
    client.post(f"{PREFIX}/newsletter/", {"address": "ida@beispiel.de"})
    client.post(f"{PREFIX}/newsletter/meine-daten/", {"address": "omar@beispiel.de"})
    client.post(f"{PREFIX}/angebote/{course.slug}/platz-frei/", {"address": "ali@beispiel.de"})
    for waiting in MailRequest.objects.waiting():
        mailing.send(waiting.pk)

    assert len(mailoutbox) >= 2
    title = latin_words(course.title)
    for mail in mailoutbox:
        assert not_meant([mail.subject, *mail.body.splitlines()], meant | title) == []
        assert any("؀" <= letter <= "ۿ" for letter in mail.subject)


def test_a_calendar_to_take_along_and_what_machines_read_say_nothing_in_german(client, meant):
    plan = client.post(
        f"{PREFIX}/mein-kind/",
        CHILD | {"aktion": "kalender"},
    )
    assert plan["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(plan.content).walk("VEVENT")
    said = [str(one[name]) for one in events for name in ("summary", "description")]
    said.append(client.get(f"{PREFIX}/portal.webmanifest").json()["description"])
    feed = client.get(f"{PREFIX}/angebote/atom.xml?phase=baby").content.decode()
    said += re.findall("<title>([^<]*)", feed)

    assert len(events) >= 5
    assert not_meant(said, meant) == []


def test_the_fixed_words_of_a_sheet_are_those_of_the_portal():
    """So the second language of a sheet says what its pages say."""
    with (settings.BASE_DIR / "data" / "sheet_labels.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with override("ar"):
        assert not_meant([row["ar"] for row in rows], set()) == []
