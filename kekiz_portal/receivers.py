"""What the frame does when a sign-in takes a step."""

from allauth.mfa.signals import authenticator_added, authenticator_used
from django.dispatch import receiver

from kekiz_portal.second_factor import prove


@receiver([authenticator_added, authenticator_used])
def prove_the_session(request, user, **_):
    """A session that has just shown or set up a second factor may enter the administration."""
    prove(request.session, user)
