"""Administrators look after the logins of their colleagues, and nobody else does."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from kekiz_portal.signing_in.secrecy import decrypt
from tests.factories.offers import InstitutionFactory

pytestmark = pytest.mark.django_db

NO_ROWS = {"editorships-TOTAL_FORMS": "0", "editorships-INITIAL_FORMS": "0"}


@pytest.fixture
def ada(client, signed_in):
    user = User.objects.create_user("ada", is_staff=True)
    user.groups.set([Group.objects.get(name="Administration")])
    signed_in(client, user)
    return user


@pytest.fixture
def karl():
    user = User.objects.create_user("karl", is_staff=True)
    user.groups.set([Group.objects.get(name="Träger-Redaktion")])
    return user


def reset_second_factor(client, *users):
    sent = {"action": "reset_second_factor", "_selected_action": [user.pk for user in users]}
    return client.post(reverse("admin:auth_user_changelist"), sent)


def test_a_new_colleague_gets_a_login_with_a_role_in_one_step(client, ada):
    role = Group.objects.get(name="Redaktion")
    password = "drei-blaue-boote"
    sent = {"username": "petra", "password1": password, "password2": password}

    client.post(reverse("admin:auth_user_add"), sent | {"groups": [role.pk]})

    petra = User.objects.get(username="petra")
    assert (petra.is_staff, petra.is_superuser) == (True, False)
    assert list(petra.groups.all()) == [role]


def test_an_editor_of_a_provider_is_given_its_institutions(client, ada, karl):
    institution = InstitutionFactory()
    sent = {"username": "karl", "is_active": "on", "groups": [karl.groups.get().pk]}
    rows = {
        "editorships-TOTAL_FORMS": "1",
        "editorships-INITIAL_FORMS": "0",
        "editorships-0-institution": institution.pk,
    }

    response = client.post(reverse("admin:auth_user_change", args=[karl.pk]), sent | rows)

    assert response.status_code == 302, response.context["errors"]
    assert [one.institution for one in karl.editorships.all()] == [institution]


def test_nobody_makes_somebody_who_may_do_everything(client, ada, karl):
    sent = {"username": "karl", "is_active": "on", "is_superuser": "on", "user_permissions": ["1"]}

    client.post(reverse("admin:auth_user_change", args=[karl.pk]), sent | NO_ROWS)

    karl.refresh_from_db()
    assert not karl.is_superuser
    assert not karl.user_permissions.exists()


def test_an_administrator_cannot_take_over_who_may_do_everything(client, ada):
    root = User.objects.create_superuser("root")

    for name in ["admin:auth_user_change", "admin:auth_user_password_change"]:
        sent = {
            "username": "root",
            "password1": "drei-blaue-boote",
            "password2": "drei-blaue-boote",
        }
        assert client.post(reverse(name, args=[root.pk]), sent | NO_ROWS).status_code == 403


def test_people_are_switched_off_never_deleted(client, ada, karl):
    url = reverse("admin:auth_user_delete", args=[karl.pk])

    assert client.post(url, {"post": "yes"}).status_code == 403


def test_who_is_switched_off_is_out_at_once(client, ada, karl, signed_in):
    his = signed_in(Client(), karl)
    assert his.get(reverse("admin:index")).status_code == 200

    sent = {"username": "karl", "groups": [karl.groups.get().pk]}
    client.post(reverse("admin:auth_user_change", args=[karl.pk]), sent | NO_ROWS)

    assert his.get(reverse("admin:index")).status_code == 302


def test_the_only_administrator_cannot_shut_herself_out_and_is_told_why(client, ada, karl):
    page = reverse("admin:auth_user_change", args=[ada.pk])
    stays = {"username": "ada", "is_active": "on", "groups": [ada.groups.get().pk]}
    off = {name: value for name, value in stays.items() if name != "is_active"}
    other_role = stays | {"groups": [karl.groups.get().pk]}
    for sent, words in [
        (off, "Sie kämen nicht mehr hinein"),
        (stays | {"groups": []}, "keine Benutzer mehr ändern"),
        (other_role, "keine Benutzer mehr ändern"),
    ]:
        assert words in client.post(page, sent | NO_ROWS).text
        ada.refresh_from_db()
        assert (ada.is_active, ada.groups.get().name) == (True, "Administration")

    named = stays | {"first_name": "Ada"}
    assert client.post(page, named | NO_ROWS).status_code == 302


def test_a_new_login_that_would_see_nothing_is_saved_with_a_hint_of_what_it_lacks(client, ada):
    sent = {"password1": "drei-blaue-boote", "password2": "drei-blaue-boote"}
    lacks = {None: "Ohne Rolle sieht", "Träger-Redaktion": "Ohne eigene Einrichtung sieht"}
    for role in (None, "Träger-Redaktion", "Redaktion"):
        groups = [group.pk for group in Group.objects.filter(name=role)]
        new = sent | {"username": f"neu-{role}".replace(" ", ""), "groups": groups}
        told = client.post(reverse("admin:auth_user_add"), new, follow=True)

        assert User.objects.filter(username=new["username"]).exists()
        for name, words in lacks.items():
            assert (words in told.text) == (name == role), (role, words)


def test_a_lost_phone_is_replaced_and_old_sessions_end(client, ada, karl, signed_in):
    his = signed_in(Client(), karl)

    reset_second_factor(client, karl)
    assert not Authenticator.objects.filter(user=karl).exists()
    assert his.get(reverse("admin:index")).url == reverse("mfa_index")

    signed_in(Client(), karl)  # on the new phone
    his.get(reverse("admin:index"))
    assert "_auth_user_id" not in his.session


def test_nobody_resets_their_own_second_factor_or_that_of_a_superuser(client, ada):
    root = User.objects.create_superuser("root")
    Authenticator.objects.create(user=root, type=Authenticator.Type.TOTP, data={})

    reset_second_factor(client, ada, root)

    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("role", ["Redaktion", "Koordination", "Träger-Redaktion"])
@pytest.mark.parametrize(
    "name", ["auth_user", "auth_group", "axes_accessattempt", "network_auditentry"]
)
def test_other_roles_see_nothing_of_it(client, signed_in, role, name):
    user = User.objects.create_user("petra", is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    signed_in(client, user)

    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_secrets_of_second_factors_are_on_no_page_of_the_admin(client, ada, karl, signed_in):
    secret = decrypt(Authenticator.objects.get(user=ada).data["secret"])

    pages = [
        reverse("admin:auth_user_changelist"),
        reverse("admin:auth_user_change", args=[ada.pk]),
        reverse("admin:network_auditentry_changelist"),
    ]

    assert [page for page in pages if secret in client.get(page).content.decode()] == []
    assert client.get("/verwaltung/mfa/authenticator/").status_code == 404


def test_a_role_can_be_read_in_words(client, ada):
    role = Group.objects.get(name="Träger-Redaktion")

    page = client.get(reverse("admin:auth_group_change", args=[role.pk])).content.decode()

    assert "Angebot: anlegen, ändern, ansehen" in page
