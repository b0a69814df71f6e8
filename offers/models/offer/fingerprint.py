"""A short sign of a text, by which one knows whether it is still the same: here and in SQL."""

import hashlib

from django.db.models import CharField, Func

SIGNS = 16


def of(text):
    """Return the sign of a text, as ``Fingerprint`` makes it of a column."""
    return hashlib.sha256(text.encode()).hexdigest()[:SIGNS]


class Fingerprint(Func):
    """The sign of what a column holds."""

    template = f"left(encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex'), {SIGNS})"
    arity = 1
    output_field = CharField()
