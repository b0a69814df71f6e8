"""Write the audit log: one function, called where something happens that must be answered for."""

import unicodedata

from simple_history.models import HistoricalRecords

from network.models import AddressHealth, AuditEntry, Contact, Subscription

MARK = "\N{REPLACEMENT CHARACTER}"
# Line breaks, escapes and marks that turn the direction of text: an entry stays one plain line.
NEVER_SHOWN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
TEXT_LENGTH = 200
LIST_LENGTH = 50
NAMELESS = (AddressHealth, Contact, Subscription)


def plain(value):
    """Return text that cannot fake a second entry: one line, bounded, nothing invisible."""
    text = "".join(
        MARK if unicodedata.category(sign) in NEVER_SHOWN else sign
        for sign in str(value)[: TEXT_LENGTH + 1]
    )
    return text if len(text) <= TEXT_LENGTH else f"{text[: TEXT_LENGTH - 1]}…"


def plain_details(value):
    """Return a value for the details: numbers and truth as they are, all else as plain text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        items = list(value.items())[:LIST_LENGTH]
        return {plain(name): plain_details(one) for name, one in items}
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain_details(one) for one in list(ordered)[:LIST_LENGTH]]
    return plain(value)


def current_user():
    """Return who is signed in where the change comes from, None outside of requests."""
    user = getattr(getattr(HistoricalRecords.context, "request", None), "user", None)
    return user if user is not None and user.is_authenticated else None


def record(action, actor=None, subject=None, **details):
    """Write one entry and return it.

    ``action`` is of ``AuditEntry.Action``; ``actor`` a user, or None where nobody is signed in;
    ``subject`` any row. Details hold no secret and no content.
    """
    return AuditEntry.objects.create(
        action=action,
        actor=actor if actor is not None and actor.pk else None,
        actor_name=plain(actor.get_username())[:150] if actor else "",
        subject=f"{subject._meta.label_lower}:{subject.pk}" if subject else "",  # noqa: SLF001
        subject_words=words_for(subject),
        details=plain_details(details),
    )


def record_import(work):
    """Note how many rows of a list were taken over or back (``importing.row_by_row``)."""
    record(AuditEntry.Action.IMPORTED, work.run.by, work.run, step=work.step, rows=work.count)


def words_for(subject):
    """Return how people know a row; people and their addresses stay a number."""
    return "" if subject is None or isinstance(subject, NAMELESS) else plain(subject)
