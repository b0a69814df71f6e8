"""The vectors of all that a query is compared with, kept in the database: one for each text.

A vector says what a text means and, with less weight, how it is spelled; the product of two is
their likeness.

What is compared: the phrases and terms of search words, sentences of parents, titles of offers.
A vector follows from its text alone, so a changed text simply needs another one.
"""

import hashlib

from django.db import transaction

from kekiz_portal.lib.batches import batched
from offers.models import Offer, ParentsSentence, SearchSynonym, SentenceVector
from offers.models.search.search_index import LONGEST_SENTENCE
from offers.search.meaning import encoding, letters
from offers.search.words.meanings import PLACE_ALIAS

from . import freshness

TEXTS_A_BATCH = 1000
SPELLING = 0.6  # its square is how much the same spelling counts beside the same meaning
BYTE = 127
# The fields that hold texts to compare with.
FIELDS = {
    SearchSynonym: ("phrase", "term"),
    ParentsSentence: ("sentence",),
    Offer: ("title",),
}


def as_encoded(text):
    """Return a text as the encoder gets it: the same however it is capitalised or spaced."""
    return " ".join(text.lower().split())[:LONGEST_SENTENCE]


def digest_of(text):
    """Return under what the vector of an encoded text is kept."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def words():
    """Return the search words that are compared with: names of places have no meaning."""
    return SearchSynonym.objects.exclude(kind=PLACE_ALIAS)


def heard(texts):
    """Return a float32 matrix with the vector of each text."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    texts = [as_encoded(text) for text in texts]
    return np.hstack([encoding.encode(texts), SPELLING * letters.spelled(texts)])


def follow(model, keys):
    """Learn the texts of changed rows as soon as their transaction is done; nobody waits."""
    if model in FIELDS and keys:
        rows = model.objects.filter(pk__in=list(keys))
        transaction.on_commit(lambda: _learn_rows(rows), robust=True)


def fill(progress=lambda _count: None):
    """Encode whatever is not encoded yet, and forget texts that nothing says any more."""
    if not encoding.available():
        return
    wanted = all_texts()
    _forget_others(wanted)
    for batch in batched(sorted(wanted), TEXTS_A_BATCH):
        learn(batch)
        progress(len(batch))


def all_texts():
    """Return every text that is compared with, as encoded."""
    querysets = {SearchSynonym: words(), ParentsSentence: None, Offer: None}
    return {
        as_encoded(text)
        for model, rows in querysets.items()
        for values in (rows or model.objects.all()).values_list(*FIELDS[model])
        for text in values
    }


def learn(texts):
    """Encode those of the texts that have no vector yet; a changed vocabulary is noted."""
    name = _name()
    digests = {text: digest_of(text) for text in texts if text}
    rows = SentenceVector.objects.filter(encoder=name, digest__in=digests.values())
    known = set(rows.values_list("digest", flat=True))
    new = sorted(text for text, digest in digests.items() if digest not in known)
    if new:
        rows = zip(new, _to_bytes(new), strict=True)
        SentenceVector.objects.bulk_create(
            (
                SentenceVector(digest=digests[text], encoder=name, vector=vector)
                for text, vector in rows
            ),
            ignore_conflicts=True,
        )
        freshness.touch()


def from_bytes(kept):
    """Return a matrix with a vector for each that was kept in bytes."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    flat = np.frombuffer(b"".join(kept), dtype=np.int8).astype(np.float32)
    matrix = flat.reshape(len(kept), encoding.DIMENSIONS + letters.DIMENSIONS)
    for part, length in _both(matrix):
        norms = np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9)
        np.multiply(part, length / norms, out=part)
    return matrix


def stored():
    """Return every vector, in bytes, by the digest of its text."""
    rows = SentenceVector.objects.filter(encoder=_name())
    return dict(rows.values_list("digest", "vector").iterator(chunk_size=5000))


def _name():
    """Return what made the vectors: those of another make are made anew."""
    return f"{encoding.name()} {letters.DIMENSIONS}"


def _learn_rows(rows):
    if encoding.available():
        found = rows.values_list(*FIELDS[rows.model])
        learn([as_encoded(text) for values in found for text in values])


def _forget_others(wanted):
    rows = SentenceVector.objects.values_list("pk", "digest", "encoder")
    name, digests = _name(), {digest_of(text) for text in wanted}
    gone = [pk for pk, digest, encoder in rows if encoder != name or digest not in digests]
    SentenceVector.objects.filter(pk__in=gone).delete()


def _to_bytes(texts):
    """Return the vector of each text with a signed byte for each dimension."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    matrix = heard(texts)
    for part, _length in _both(matrix):
        largest = np.maximum(abs(part).max(axis=1, keepdims=True), 1e-9)
        np.multiply(part, BYTE / largest, out=part)
    return [bytes(row) for row in matrix.round().astype(np.int8)]


def _both(matrix):
    """Return the two parts of vectors, meaning and spelling, each with its length."""
    meaning, spelling = matrix[:, : encoding.DIMENSIONS], matrix[:, encoding.DIMENSIONS :]
    return [(meaning, 1), (spelling, SPELLING)]
