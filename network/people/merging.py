"""Two network partners, or two entries of one person, become one: what both had stays."""

import datetime as dt

from django.utils import timezone

from network.models import Membership, Partner


def merge_partners(kept, gone):
    """Let the partner of one institution take over all of another's; nothing where one has none.

    Runs inside the caller's transaction and edit.
    """
    rows = Partner.objects.select_for_update().order_by("pk").filter(institution__in=[kept, gone])
    found = {one.institution_id: one for one in rows}
    stays, goes = found.get(kept.pk), found.get(gone.pk)
    if stays is None or goes is None:
        return
    for row in [*goes.contacts.all(), *goes.agreements.all(), *goes.conversations.all()]:
        row.partner = stays
        row.save()
    for row in goes.memberships.all():
        _move(row, stays)
    stays.since = min(filter(None, (stays.since, goes.since)), default=None)
    stays.labels = list(dict.fromkeys([*stays.labels, *goes.labels]))
    stays.notes = "\n\n".join(dict.fromkeys(filter(None, [stays.notes, goes.notes])))
    stays.save()
    goes.delete()


def merge_people(kept, gone):
    """Let one entry of a person keep the seats and the no to mails of the other.

    A yes of the other counts where this one says nothing yet. Runs inside the caller's transaction.
    """
    for row in gone.memberships.all():
        _move(row, row.partner, kept)
    if gone.mail_consent_withdrawn_on and not kept.mail_consent_withdrawn_on:
        kept.refuse_mail(gone.mail_consent_withdrawn_on)
    elif gone.agrees_to_mail and not kept.mail_consent_given_on:
        kept.mail_consent_given_on = gone.mail_consent_given_on
        kept.mail_consent_text = gone.mail_consent_text
        kept.mail_consent_way = gone.mail_consent_way
    kept.save()


def _move(membership, partner, contact=None):
    """Give a membership to a partner; one it has already learns what this one said."""
    contact = contact or membership.contact
    same = Membership.objects.filter(
        group=membership.group_id, partner=partner, contact=contact, until=None
    ).first()
    if same is not None and membership.until is None:
        same.role = same.role or membership.role
        same.since = min(filter(None, (same.since, membership.since)), default=None)
        same.is_voting = same.is_voting or membership.is_voting
        same.save()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        membership.until = max(filter(None, (yesterday, membership.since)))
    membership.partner, membership.contact = partner, contact
    membership.save()
