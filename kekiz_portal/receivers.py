"""What the frame does when a sign-in takes a step."""

import time

from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import pre_save
from django.dispatch import receiver

from kekiz_portal.lib import mailbox
from kekiz_portal.signing_in import pauses
from kekiz_portal.signing_in.adapters import SIGNED_IN_AT
from kekiz_portal.signing_in.lockout import (
    counted_name,
    forget_what_was_typed,
    second_factor_failed,
)
from kekiz_portal.signing_in.tasks import warn_of_tries
from kekiz_portal.signing_in.visitor_address import counted_address
from network.models import AuditEntry
from network.people.audit import record

from .signing_in.second_factor import prove

Action = AuditEntry.Action

pre_save.connect(forget_what_was_typed, sender=AccessAttempt)
authentication_failed.connect(second_factor_failed)


@receiver([authenticator_added, authenticator_used])
def prove_the_session(request, user, **_):
    """A session that has just shown or set up a second factor may enter the administration."""
    prove(request.session, user)
    pauses.remember(counted_name(user.get_username()), counted_address(request))


@receiver(user_logged_in)
def note_the_time(request, **_):
    """Delicate pages ask again for proof when the sign-in is some minutes old."""
    request.session[SIGNED_IN_AT] = time.time()


@receiver([authenticator_added, authenticator_reset])
def note_added_factor(user, authenticator, **_):
    record(Action.SECOND_FACTOR_ADDED, user, user, kind=authenticator.type)


@receiver(authenticator_removed)
def note_removed_factor(user, authenticator, **_):
    record(Action.SECOND_FACTOR_REMOVED, user, user, kind=authenticator.type)


@receiver(user_login_failed)
def note_failed_sign_in(credentials, request=None, **_):
    """Note a failure under a name that exists, else without: what was typed may be a password."""
    if not tries_on_while_locked(request):
        step = credentials.get("step", "password")
        user = user_named(credentials.get("username"))
        record(Action.SIGN_IN_FAILED, None, user, step=step)
        if user and pauses.is_tried_from_everywhere(counted_name(user.get_username())):
            warn_of_tries.delay(user.pk, step != "password")


@receiver(user_locked_out)
def note_lock(request, username, **_):
    if not tries_on_while_locked(request):
        user = user_named(username)
        record(Action.LOCKED, None, user)
        if user:
            warn_of_tries.delay(user.pk, getattr(request, "knows_password", False))


def tries_on_while_locked(request):
    """Tell whether the request was refused unseen, which is no news: axes counted nothing."""
    locked = getattr(request, "axes_locked_out", False)
    return locked and not request.axes_failures_since_start


def user_named(name):
    """Return the user of this name in any spelling that signs in, None for a name nobody has."""
    return User.objects.filter(username__iexact=counted_name(name)).first()


@receiver(pre_save, sender=User)
def keep_mailbox_in_its_form(instance, **_):
    """Whoever asks for a new password is found by any spelling of the mailbox."""
    instance.email = mailbox.stored(instance.email)
