"""What the network notes of the floors below, most of it for the audit log.

Failures and second factors are noted one floor up.
"""

from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from simple_history.signals import post_create_historical_record

from network.models import AuditEntry, Contact, NewsletterBlock, Partner
from offers.models import Institution, Location, Offer
from offers.models.signals import exported, merging, pictures_needed, restored

from .people.audit import current_user, record
from .people.merging import merge_partners, merge_people

Action = AuditEntry.Action
LASTING = (Offer, Institution, Location, Partner, Contact)
STANDING = ("is_active", "is_staff", "is_superuser")


@receiver(user_logged_in)
def note_sign_in(user, **_):
    record(Action.SIGN_IN, user, user)


@receiver(user_logged_out)
def note_sign_out(user, **_):
    if user is not None:
        record(Action.SIGN_OUT, user, user)


@receiver(exported)
def note_export(actor, what, count, format, filters, **_):  # noqa: A002 - the signal's word
    """What was searched for stays unsaid: it may be somebody's name."""
    told = {name: "…" if name == "q" else value for name, value in dict(filters or {}).items()}
    record(Action.EXPORT, actor, what=what, count=count, format=format, filters=told)


@receiver(restored)
def note_restoring(actor, entry, **_):
    record(Action.RESTORED, actor, entry)


@receiver(pictures_needed)
def name_pictures_of_newsletters(name, **_):
    """Mails that left long ago still show theirs."""
    blocks = NewsletterBlock.objects.filter(picture=name) if name else NewsletterBlock.objects
    return set(blocks.exclude(picture="").order_by().values_list("picture", flat=True))


@receiver(merging, sender=Institution)
def merge_what_both_are(kept, gone, **_):
    merge_partners(kept, gone)


@receiver(merging, sender=Contact)
def merge_one_person(kept, gone, **_):
    merge_people(kept, gone)


@receiver(post_create_historical_record)
def note_deletion(instance, history_instance, **_):
    """The last row of a history says who deleted it, and why."""
    if history_instance.history_type == "-" and isinstance(instance, LASTING):
        actor = history_instance.history_user
        record(Action.DELETED, actor, instance, reason=history_instance.history_change_reason or "")


@receiver(pre_save, sender=User)
def remember_standing(instance, update_fields, **_):
    """Keep what the user was before; a save of single other fields changes nothing of it."""
    instance.standing_before = None
    if update_fields is None or set(STANDING) & set(update_fields):
        before = User.objects.filter(pk=instance.pk)
        instance.standing_before = before.values(*STANDING, "password").first() or {}


@receiver(post_save, sender=User)
def note_change_of_standing(instance, created, raw, **_):
    before = instance.standing_before
    if raw or before is None:
        return
    changed = {name: getattr(instance, name) for name in STANDING}
    changed = {name: value for name, value in changed.items() if before.get(name) != value}
    if changed:
        record(Action.PERMISSION_CHANGED, current_user(), instance, created=created, **changed)
    if before and before["password"] != instance.password:
        record(Action.PASSWORD_CHANGED, current_user(), instance)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def note_change_of_rights(instance, action, model, pk_set, **_):
    """Who got into a group or out of it, and what a group may do."""
    if action not in {"post_add", "post_remove", "pre_clear"} or pk_set == set():
        return
    what = {"post_add": "added", "post_remove": "removed", "pre_clear": "cleared"}[action]
    names = [short_name(one) for one in model.objects.filter(pk__in=pk_set or [])]
    record(Action.PERMISSION_CHANGED, current_user(), instance, **{what: names})


def short_name(granted):
    """Return a role by its name, a right by its code."""
    return getattr(granted, "codename", str(granted))
