"""What somebody agreed to when they confirmed a newsletter: its words and its recipients."""

import hashlib

from network.newsletters.composing import composing

from . import audience

SIGNS = 16  # of each half of a mark


def mark(newsletter):
    """Return a mark that is another one as soon as a word or a recipient is."""
    return f"{_words(newsletter)}-{_recipients(newsletter)}"


def _words(newsletter):
    edition = composing.edition(newsletter)
    told = [newsletter.preheader, newsletter.is_archived_publicly]
    told += [edition.subject, edition.html, edition.text]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:SIGNS]


def _recipients(newsletter):
    told = hashlib.sha256()
    rows = audience.recipients(newsletter).values_list("mailbox", "language")
    for one in rows.iterator():
        told.update(repr(one).encode())
    return told.hexdigest()[:SIGNS]
