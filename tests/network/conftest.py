import pytest
from django.contrib.auth.models import Group, User


@pytest.fixture
def of_role(client, signed_in):
    """Sign somebody of a role in: of_role("Koordination") -> client."""

    def sign_in(role):
        user = User.objects.create_user("karla", is_staff=True, first_name="Karla", last_name="K")
        user.groups.add(Group.objects.get(name=role))
        return signed_in(client, user)

    return sign_in


@pytest.fixture
def coordinator(of_role):
    return of_role("Koordination")
