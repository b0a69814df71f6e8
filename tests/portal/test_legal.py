"""What the law asks of a public body's pages: nothing lacks unseen, and nothing is invented."""

import datetime as dt

import pytest
from django.conf import settings as portal_settings
from django.contrib.auth.models import Group, User
from django.core import checks
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kekiz_portal import legal
from kekiz_portal.models import ANSWERED_WITHIN, BarrierReport, Page
from network.models.newsletters import subscription
from tests.conftest import FACTS

pytestmark = pytest.mark.django_db
REPORT = "/barrierefreiheit/melden/"
# DDG § 5, MStV § 18 (2): what an Impressum says.
OF_THE_IMPRINT = [
    *("Anschrift", "Rechtsform", "Vertreten durch", "E-Mail", "Aufsichtsbehörde"),
    *("Umsatzsteuer", "Verantwortlich für die Inhalte", "Telefon"),
]
# DSGVO Art. 13: what a Datenschutzerklärung says.
OF_PRIVACY = ["Anschrift", "Datenschutzbeauftragte", "Auftragsverarbeiter", "Speicherdauer"]
OF_PRIVACY += ["Cookies", "Protokoll des Servers"]
# (EU) 2018/1523: what an accessibility statement says.
OF_ACCESSIBILITY = ["Stand der Vereinbarkeit", "Nicht barrierefrei", "Erklärung erstellt am"]
OF_ACCESSIBILITY += ["Art der Prüfung", "Erklärung überprüft am", "Telefon", "E-Mail"]


@pytest.fixture
def texts():
    call_command("load_pages", FACTS, verbosity=0)
    return {page.slug: page for page in Page.objects.all()}


def entered(settings, table, **facts):
    settings.CITY = settings.CITY | {table: settings.CITY.get(table, {}) | facts}


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        (Page.Slug.IMPRINT, OF_THE_IMPRINT),
        (Page.Slug.PRIVACY, OF_PRIVACY),
        (Page.Slug.ACCESSIBILITY, OF_ACCESSIBILITY),
    ],
)
def test_a_legal_text_names_every_fact_that_the_law_asks_for(texts, slug, names):
    assert [name for name in names if f"[[{name}]]" not in texts[slug].body] == []
    assert set(legal.NAMED.findall(texts[slug].body)) != set()


def test_what_the_city_has_not_entered_is_said_to_lack_to_readers_and_to_the_office(
    client, texts, signed_in, settings
):
    entered(settings, "imprint", represented_by="")
    page = client.get("/impressum/").content.decode()
    assert "noch nicht eingetragen" in page
    assert "[[" not in page

    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    office = signed_in(Client(), editor)
    start = office.get(reverse("admin:index")).content.decode()
    assert "Impressum: Es fehlen" in start
    assert (
        "[imprint] represented_by"
        in office.get(reverse("admin:kekiz_portal_page_changelist")).content.decode()
    )


def test_what_the_city_has_entered_stands_in_the_text_and_cannot_break_it(client, texts, settings):
    entered(settings, "imprint", represented_by="Frau <b>OB</b>")
    entered(settings, "privacy", processors=["Rechenzentrum: betreibt die Server"])

    assert "Frau &lt;b&gt;OB&lt;/b&gt;" in client.get("/impressum/").content.decode()
    privacy = client.get("/datenschutz/").content.decode()
    assert "<li>Rechenzentrum: betreibt die Server</li>" in privacy


def test_retention_and_cookies_are_those_of_the_system(client, texts, settings):
    settings.AUDIT_KEPT_DAYS = 123
    page = client.get("/datenschutz/").content.decode()

    assert "Protokoll über Zugriffe der Mitarbeitenden: 123 Tage" in page
    assert f"ohne Bestätigung: {subscription.UNCONFIRMED_KEPT.days} Tage" in page
    assert portal_settings.CSRF_COOKIE_NAME in page


def test_a_german_text_says_so_in_the_language_of_the_reader(client, texts):
    page = client.get("/ar/impressum/").content.decode()

    assert '<h1 lang="de" dir="ltr">Impressum</h1>' in page
    assert "Diesen Text gibt es nur auf Deutsch." not in page
    assert "Diesen Text" not in client.get("/impressum/").content.decode()


@pytest.mark.parametrize(
    ("days_ago", "is_due", "fails"), [(300, False, False), (340, True, False), (366, True, True)]
)
def test_the_accessibility_statement_is_reviewed_every_year(settings, days_ago, is_due, fails):
    entered(
        settings, "accessibility", reviewed_on=timezone.localdate() - dt.timedelta(days=days_ago)
    )

    assert bool(legal.review_due()) is is_due
    said = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    assert ("kekiz_portal.W003" in {one.id for one in said}) is fails


def test_a_barrier_is_reported_without_telephone_name_or_cookie(texts):
    client = Client(enforce_csrf_checks=True)
    assert f'href="{REPORT}"' in client.get("/barrierefreiheit/").content.decode()
    empty = client.post(REPORT, {"message": ""})
    assert "Schreiben Sie in einem Satz" in empty.content.decode()
    sent = {"message": "Die Tabelle ist nicht vorzulesen.", "reply_to": "mutter@familie.example"}
    thanks = client.post(REPORT, sent, follow=True)

    assert "Danke für Ihren Hinweis" in thanks.content.decode()
    assert client.cookies == {}
    kept = BarrierReport.objects.get()
    assert (kept.message, kept.reply_to) == (sent["message"], sent["reply_to"])
    client.post(REPORT, sent | {"website": "https://spam.example"})
    assert BarrierReport.objects.count() == 1


def test_a_reported_barrier_waits_in_the_office_and_forgets_its_sender_when_done(signed_in):
    report = BarrierReport.objects.create(message="Zu klein.", reply_to="mutter@familie.example")
    old = timezone.localdate() - ANSWERED_WITHIN - dt.timedelta(days=1)
    BarrierReport.objects.filter(pk=report.pk).update(created_on=old)
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    office = signed_in(Client(), editor)

    assert "länger als vier Wochen" in office.get(reverse("admin:index")).content.decode()
    address = reverse("admin:kekiz_portal_barrierreport_changelist")
    assert "Zu klein." in office.get(address).content.decode()
    office.post(address, {"action": "tick_off", "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert (report.reply_to, report.done_by) == ("", editor)
    assert (
        "gemeldete Barriere"
        not in office.get(reverse("admin:index")).content.decode().split("Rechtliches")[-1]
    )
