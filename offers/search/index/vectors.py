"""What the texts mean that a query is compared with, kept in the database: a vector for each.

What is compared: the phrases and terms of search words, sentences of parents, titles of offers.
A vector follows from its text alone, so a changed text simply needs another one. For the search
they are put on shelves that all processes of a machine share.
"""

import hashlib
import logging

from django.conf import settings
from django.db import transaction

from kekiz_portal.lib.batches import batched
from offers.models import Offer, ParentsSentence, SearchSynonym, SentenceVector
from offers.search.meaning import encoding
from offers.search.words.meanings import PLACE_ALIAS

from . import freshness

TEXTS_A_BATCH = 1000
MOST_BESIDE = 500  # texts that a process holds beside a shelf in files; more are worth a new one
BYTE = 127
# The fields that hold texts to compare with.
FIELDS = {
    SearchSynonym: ("phrase", "term"),
    ParentsSentence: ("sentence",),
    Offer: ("title",),
}

log = logging.getLogger(__name__)


def digest_of(text):
    """Return under what the vector of an encoded text is kept."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def key_of(text):
    """Return under what number an encoded text stands on a shelf."""
    return int(digest_of(text)[:16], 16)


def words():
    """Return the search words that are compared with: names of places have no meaning."""
    return SearchSynonym.objects.exclude(kind=PLACE_ALIAS)


def follow(model, keys):
    """Learn the texts of changed rows as soon as their transaction is done; nobody waits."""
    if model in FIELDS and keys:
        rows = model.objects.filter(pk__in=list(keys))
        transaction.on_commit(lambda: _learn_rows(rows), robust=True)


def fill(progress=lambda _count: None, *, leads_too=True):
    """Encode whatever is not encoded yet, and forget texts that nothing says any more.

    ``leads_too`` learns where they lead, which takes a minute wherever a sentence has changed.
    """
    if not encoding.available():
        return
    wanted = all_texts()
    _forget_others(wanted)
    for batch in batched(sorted(wanted), TEXTS_A_BATCH):
        learn(batch)
        progress(len(batch))
    if len(wanted) > MOST_BESIDE:
        _on_file(_shelf_of(wanted))
    if leads_too:
        from . import leading  # noqa: PLC0415 - numpy comes with the encoder

        if leading.learn():
            freshness.touch()


def all_texts():
    """Return every text that is compared with, as encoded."""
    querysets = [words(), ParentsSentence.objects.all(), Offer.objects.all()]
    return {
        encoding.as_encoded(text)
        for rows in querysets
        for values in rows.values_list(*FIELDS[rows.model])
        for text in values
    }


def learn(texts):
    """Encode those of the texts that have no vector yet; a changed vocabulary is noted."""
    name = encoding.name()
    digests = {text: digest_of(text) for text in texts if text}
    rows = SentenceVector.objects.filter(encoder=name, digest__in=digests.values())
    known = set(rows.values_list("digest", flat=True))
    new = sorted(text for text, digest in digests.items() if digest not in known)
    if new:
        rows = zip(new, _to_bytes(meanings(new)), strict=True)
        SentenceVector.objects.bulk_create(
            (
                SentenceVector(digest=digests[text], encoder=name, vector=vector)
                for text, vector in rows
            ),
            ignore_conflicts=True,
        )
        freshness.touch()


def shelves(texts, keys):
    """Return shelves with those of some encoded texts that have a vector, and maybe with others.

    The first one is shared by all processes; a second one holds what that lacks. ``keys`` are the
    numbers of the texts (``key_of``).
    """
    from offers.search.meaning import shelf  # noqa: PLC0415 - numpy comes with the encoder

    shared = shelf.newest(settings.ENCODER_DIR, encoding.name())
    missing = texts
    if shared is not None:
        places = shared.places(keys)
        missing = [text for text, place in zip(texts, places, strict=True) if place < 0]
    beside = _shelf_of(missing, shared)
    if len(beside) <= MOST_BESIDE:
        return [beside] if shared is None else [shared, beside]
    return [_on_file(_shelf_of(texts))]


def _shelf_of(texts, common=None):
    """Return a shelf in memory with those of some texts that have a vector."""
    from offers.search.meaning import shelf  # noqa: PLC0415 - numpy comes with the encoder

    text_of = {digest_of(text): text for text in texts}
    rows = SentenceVector.objects.filter(encoder=encoding.name())
    if len(text_of) <= MOST_BESIDE:
        rows = rows.filter(digest__in=text_of)
    kept = [
        (text_of[digest], vector)
        for digest, vector in rows.values_list("digest", "vector").iterator(chunk_size=5000)
        if digest in text_of
    ]
    known = [text for text, _vector in kept]
    vectors = _from_bytes([vector for _text, vector in kept])
    return shelf.Shelf.of(known, [key_of(text) for text in known], vectors, common)


def _on_file(whole):
    """Return a shelf mapped from a file that all processes share; itself where none can be."""
    from offers.search.meaning import shared_files, shelf  # noqa: PLC0415 - numpy comes with the encoder

    try:
        return shelf.write(whole, settings.ENCODER_DIR, encoding.name())
    except shared_files.UNREADABLE as error:
        log.warning("The vectors of the search are not shared between processes: %s", error)
        return whole


def _learn_rows(rows):
    if encoding.available():
        found = rows.values_list(*FIELDS[rows.model])
        learn([encoding.as_encoded(text) for values in found for text in values])


def _forget_others(wanted):
    rows = SentenceVector.objects.values_list("pk", "digest", "encoder")
    name, digests = encoding.name(), {digest_of(text) for text in wanted}
    gone = [pk for pk, digest, encoder in rows if encoder != name or digest not in digests]
    SentenceVector.objects.filter(pk__in=gone).delete()


def meanings(texts):
    """Return the vector of each text; what a shelf of this machine holds is not encoded again."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    from offers.search.meaning import shelf  # noqa: PLC0415

    found = np.empty((len(texts), encoding.DIMENSIONS), dtype=np.float32)
    shared = shelf.newest(settings.ENCODER_DIR, encoding.name())
    places = np.full(len(texts), -1)
    if shared is not None:
        places = shared.places([key_of(text) for text in texts])
        found[places >= 0] = shared.vectors[places[places >= 0]]
    if new := [text for text, place in zip(texts, places, strict=True) if place < 0]:
        found[places < 0] = encoding.encode(new)
    return found


def _to_bytes(matrix):
    """Return each vector with a signed byte for each dimension."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    largest = np.maximum(abs(matrix).max(axis=1, keepdims=True), 1e-9)
    return [bytes(row) for row in (matrix * (BYTE / largest)).round().astype(np.int8)]


def _from_bytes(kept):
    """Return a matrix with a unit vector for each that was kept in bytes."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    flat = np.frombuffer(b"".join(kept), dtype=np.int8).astype(np.float32)
    matrix = flat.reshape(len(kept), encoding.DIMENSIONS)
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
