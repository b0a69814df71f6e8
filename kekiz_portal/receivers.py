"""What the frame does when a sign-in takes a step."""

import time

from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_used
from axes.models import AccessAttempt
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.dispatch import receiver

from kekiz_portal.second_factor import prove
from kekiz_portal.signing_in.adapters import SIGNED_IN_AT
from kekiz_portal.signing_in.lockout import forget_what_was_typed, second_factor_failed

pre_save.connect(forget_what_was_typed, sender=AccessAttempt)
authentication_failed.connect(second_factor_failed)


@receiver([authenticator_added, authenticator_used])
def prove_the_session(request, user, **_):
    """A session that has just shown or set up a second factor may enter the administration."""
    prove(request.session, user)


@receiver(user_logged_in)
def note_the_time(request, **_):
    """Delicate pages ask again for proof when the sign-in is some minutes old."""
    request.session[SIGNED_IN_AT] = time.time()
