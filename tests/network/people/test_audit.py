"""The audit log tells an administrator what happened, and nobody can make it tell otherwise."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kekiz_portal.lib.history.recording import edit
from kekiz_portal.roles import apply_roles
from network.models import AuditEntry
from network.people.audit import record
from network.tasks import forget_old_audit_entries
from offers.curation.versions import restore
from offers.models.signals import exported
from tests.factories.network import ContactFactory
from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db

Action = AuditEntry.Action


@pytest.fixture
def ada(client, signed_in):
    user = User.objects.create_user("ada", is_staff=True)
    user.groups.set([Group.objects.get(name="Administration")])
    signed_in(client, user)
    return user


def told(action):
    """Return (who, about what, details) of the entries of an action, oldest first."""
    entries = AuditEntry.objects.filter(action=action).order_by("pk")
    return [(one.actor_name, one.subject_words, one.details) for one in entries]


def old_entry(days):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO network_auditentry"
            " (at, action, actor_name, subject, subject_words, details)"
            " VALUES (%s, 'export', 'ada', '', '', '{}')",
            [timezone.now() - timedelta(days=days)],
        )


def test_signing_in_and_out_is_told(client, ada):
    client.post(reverse("account_logout"))

    assert told(Action.SIGN_IN) == [("ada", "ada", {})]
    assert told(Action.SIGN_OUT) == [("ada", "ada", {})]


def test_a_failed_sign_in_is_told_but_never_what_was_typed(ada):
    for name in ["ADA", "mein-geheimes-passwort"]:
        Client().post(reverse("account_login"), {"login": name, "password": "falsch"})

    assert told(Action.SIGN_IN_FAILED) == [
        ("", "ada", {"step": "password"}),
        ("", "", {"step": "password"}),
    ]


def test_a_lock_is_told_once_however_long_somebody_tries_on(ada):
    for _ in range(9):
        Client().post(
            reverse("account_login"), {"login": "ada", "password": "x"}, REMOTE_ADDR="192.0.2.77"
        )

    assert len(told(Action.SIGN_IN_FAILED)) == 5
    assert told(Action.LOCKED) == [("", "ada", {})]


def test_a_new_role_is_told_with_who_gave_it(client, ada):
    karl = User.objects.create_user("karl", is_staff=True)
    before = AuditEntry.objects.filter(action=Action.PERMISSION_CHANGED).count()
    role = Group.objects.get(name="Redaktion")
    url = reverse("admin:auth_user_change", args=[karl.pk])
    sent = {"username": "karl", "is_active": "on", "groups": [role.pk]}
    sent |= {f"editorships-{name}": "0" for name in ["TOTAL_FORMS", "INITIAL_FORMS"]}

    response = client.post(url, sent)

    assert response.status_code == 302, response.context["errors"]
    assert told(Action.PERMISSION_CHANGED)[before:] == [("ada", "karl", {"added": ["Redaktion"]})]


def test_switching_somebody_off_is_told(ada):
    karl = User.objects.create_user("karl", is_staff=True)
    karl.is_active = False
    karl.save()

    assert told(Action.PERMISSION_CHANGED)[-1] == (
        "",
        "karl",
        {"created": False, "is_active": False},
    )


def test_a_new_password_is_told_without_it(ada):
    ada.set_password("drei-blaue-boote")
    ada.save()

    assert told(Action.PASSWORD_CHANGED) == [("", "ada", {})]


def test_a_deletion_is_told_with_its_reason(ada):
    offer = OfferFactory(title="Krabbelgruppe")

    with edit(by=ada, reason="Doppelt angelegt"):
        offer.delete()

    assert told(Action.DELETED) == [("ada", "Krabbelgruppe", {"reason": "Doppelt angelegt"})]


def test_a_deletion_in_the_admin_is_told_with_who_and_why(client, ada):
    offer = OfferFactory(title="Krabbelgruppe")
    url = reverse("admin:offers_offer_delete", args=[offer.pk])

    client.post(url, {"post": "yes", "reason": "Doppelt angelegt"})

    assert told(Action.DELETED) == [("ada", "Krabbelgruppe", {"reason": "Doppelt angelegt"})]


def test_a_deleted_persons_name_does_not_stay_in_the_log(ada):
    contact = ContactFactory(name="Erika Mustermann")
    contact.delete()

    assert "Erika" not in json.dumps(list(AuditEntry.objects.values()), default=str)


def test_an_export_is_told_without_what_was_searched_for(ada):
    exported.send(
        sender=None,
        actor=ada,
        what="offers.offer",
        count=12,
        format="xlsx",
        filters={"q": "Familie Meier", "status": "published"},
    )

    assert told(Action.EXPORT) == [
        (
            "ada",
            "",
            {
                "what": "offers.offer",
                "count": 12,
                "format": "xlsx",
                "filters": {"q": "…", "status": "published"},
            },
        )
    ]


@pytest.mark.parametrize(
    "text", ["a\r\n2026 admin angemeldet", "\x1b[2J", "a\x00b", "\u202egnp", "x" * 10_000]
)
def test_text_from_outside_cannot_fake_an_entry(ada, text):
    entry = record(Action.EXPORT, ada, filters={text: [text]})

    entry.refresh_from_db()
    kept = json.dumps(entry.details, ensure_ascii=False)
    assert len(kept) < 500
    assert not {"\r", "\n", "\\r", "\\n", "\x00", "\x1b", "\u202e"} & set(kept)
    assert "\\u" not in kept


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE network_auditentry SET actor_name = 'karl'",
        "UPDATE network_auditentry SET at = at - interval '2 years'",
        "UPDATE network_auditentry SET actor_id = NULL, details = '{}'",
        "DELETE FROM network_auditentry",
    ],
)
def test_the_database_lets_nobody_change_the_log(ada, statement):
    record(Action.EXPORT, ada, what="x")
    before = list(AuditEntry.objects.values())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert list(AuditEntry.objects.values()) == before


def test_what_was_kept_long_enough_goes_and_nothing_else(ada, settings):
    old_entry(days=settings.AUDIT_KEPT_DAYS + 1)
    old_entry(days=settings.AUDIT_KEPT_DAYS - 1)
    before = AuditEntry.objects.count()

    forget_old_audit_entries()

    assert AuditEntry.objects.count() == before - 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_an_entry_keeps_the_name_of_a_user_who_is_gone():
    karl = User.objects.create_user("karl")
    record(Action.EXPORT, karl, what="x")

    karl.delete()

    entry = AuditEntry.objects.get(action=Action.EXPORT)
    assert (entry.actor, entry.actor_name) == (None, "karl")


def test_an_administrator_reads_the_log_in_few_queries(client, ada, django_assert_max_num_queries):
    for number in range(200):
        record(Action.EXPORT, ada, what="offers.offer", count=number)

    with django_assert_max_num_queries(20):
        response = client.get(reverse("admin:network_auditentry_changelist"), {"q": "ada"})

    page = response.content.decode()
    assert "exportiert" in page
    assert "365 Tage aufbewahrt" in page


@pytest.mark.parametrize("role", ["Redaktion", "Koordination", "Träger-Redaktion"])
def test_nobody_else_reads_it(client, signed_in, role):
    user = User.objects.create_user("karl", is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    signed_in(client, user)

    assert client.get(reverse("admin:network_auditentry_changelist")).status_code == 403


def test_not_even_a_superuser_writes_it_in_the_admin(client, signed_in):
    signed_in(client, User.objects.create_superuser("root"))
    entry = record(Action.EXPORT, None, what="x")
    names = ["change", "delete"]

    urls = [reverse(f"admin:network_auditentry_{name}", args=[entry.pk]) for name in names]
    urls.append(reverse("admin:network_auditentry_add"))

    assert [client.post(url, {"post": "yes"}).status_code for url in urls] == [403, 403, 403]


def test_the_roles_of_a_first_start_are_told():
    Group.objects.get(name="Redaktion").permissions.clear()
    before = len(told(Action.PERMISSION_CHANGED))

    apply_roles()

    who, what, details = told(Action.PERMISSION_CHANGED)[before]
    assert (who, what, set(details)) == ("", "Redaktion", {"added"})


def test_bringing_an_old_version_back_is_told(ada):
    offer = OfferFactory(title="Krabbelgruppe")
    first = offer.history.first().edit
    offer.title = "Krabbeltreff"
    offer.save()

    restore(offer, first, by=ada)

    assert told(Action.RESTORED) == [("ada", "Krabbeltreff", {})]
