"""Who may do what, as the heads of the departments agreed it."""

import pytest
from django.contrib.auth.models import Group, User

from kekiz_portal.roles import ROLES, apply_roles

pytestmark = pytest.mark.django_db


def somebody(role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    return user


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            "Redaktion",
            [
                "offers.change_offer",
                "offers.publish_offer",
                "offers.delete_schedule",
                "offers.delete_searchsynonym",
                "lifephases.change_milestone",
                "kekiz_portal.change_page",
            ],
            [
                "offers.delete_offer",
                "offers.delete_institution",
                "auth.view_user",
                "network.view_partner",
                "network.view_auditentry",
                "offers.add_editorship",
            ],
        ),
        (
            "Koordination",
            [
                "network.change_contact",
                "network.add_partner",
                "offers.view_offer",
                "offers.return_offer",
                "offers.change_searchsynonym",
            ],
            [
                "offers.change_offer",
                "network.view_auditentry",
                "auth.view_user",
            ],
        ),
        (
            "Administration",
            [
                "offers.delete_offer",
                "offers.archive_offer",
                "network.view_auditentry",
                "auth.change_user",
                "axes.delete_accessattempt",
            ],
            [
                "auth.delete_user",
                "network.delete_auditentry",
                "network.change_auditentry",
                "auth.change_group",
                "offers.change_historicaloffer",
            ],
        ),
        (
            "Träger-Redaktion",
            [
                "offers.change_offer",
                "offers.add_contactpoint",
                "offers.view_institution",
            ],
            [
                "offers.publish_offer",
                "offers.archive_offer",
                "offers.delete_offer",
                "offers.change_institution",
                "network.view_contact",
                "offers.view_feedback",
            ],
        ),
    ],
)
def test_a_role_may_what_was_agreed_and_no_more(role, may, may_not):
    user = somebody(role)

    assert [right for right in may if not user.has_perm(right)] == []
    assert [right for right in may_not if user.has_perm(right)] == []


def test_a_group_somebody_changed_is_put_right_again():
    group = Group.objects.get(name="Träger-Redaktion")
    before = set(group.permissions.all())
    group.permissions.clear()

    apply_roles()

    assert set(group.permissions.all()) == before


def test_a_right_that_does_not_exist_is_an_error_not_a_silence(monkeypatch):
    broken = ROLES["Redaktion"].__class__(apps={}, models={"offers.offr": ("view",)})
    monkeypatch.setitem(ROLES, "Redaktion", broken)

    with pytest.raises(LookupError, match="view_offr"):
        apply_roles()
