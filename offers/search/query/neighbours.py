"""What a query lies near to: phrases, sentences and titles, each with what it leads to."""

import hashlib
import logging
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from offers.models import Offer, ParentsSentence
from offers.search.index import vectors
from offers.search.meaning import encoding

KEPT_SECONDS = 60 * 60  # an older matrix is still read by processes that have not asked since

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text near a query; it leads to ``terms``, the nearest first, or names ``offers``."""

    likeness: float
    terms: tuple[str, ...]
    offers: tuple[int, ...]

    @property
    def leads_nowhere(self):
        return not self.terms and not self.offers


@dataclass(frozen=True)
class Neighbours:
    """Every text a query is compared with: a unit vector each, and what it leads to."""

    matrix: object = None
    terms: list = field(default_factory=list)
    offers: list = field(default_factory=list)

    def nearest(self, vector, number):
        """Return so many texts that lie nearest to a unit vector, the nearest first."""
        if self.matrix is None or not len(self.matrix):
            return []
        likeness = self.matrix @ vector
        number = min(number, len(likeness))
        best = (-likeness).argpartition(number - 1)[:number]
        return [
            Neighbour(float(likeness[at]), self.terms[at], self.offers[at])
            for at in best[(-likeness[best]).argsort()]
        ]


def load():
    """Return the ``Neighbours`` that the database holds now; none where nothing can be encoded."""
    if not encoding.available():
        return Neighbours()
    terms, offers = {}, {}
    titles = Offer.objects.order_by("pk").values_list("pk", "title")
    of_title = {vectors.as_encoded(title): key for key, title in titles}
    for sentence in ParentsSentence.objects.order_by("pk"):
        named = {term: of_title.get(vectors.as_encoded(term)) for term in sentence.terms}
        _add(terms, sentence.sentence, [term for term, key in named.items() if not key])
        _add(offers, sentence.sentence, [key for key in named.values() if key])
    for phrase, term in vectors.words().order_by("pk").values_list("phrase", "term"):
        _add(terms, phrase, [term])
        _add(terms, term, [term])
    for title, key in of_title.items():
        _add(offers, title, [key])
    kept = vectors.stored()
    digests = {text: vectors.digest_of(text) for text in {**terms, **offers}}
    texts = [text for text, digest in digests.items() if digest in kept]
    return Neighbours(
        _shared(vectors.from_bytes([kept[digests[text]] for text in texts])),
        [tuple(terms.get(text, ())) for text in texts],
        [tuple(offers.get(text, ())) for text in texts],
    )


def _add(leads, text, to):
    leads.setdefault(vectors.as_encoded(text), {}).update(dict.fromkeys(to))


def _shared(matrix):
    """Return a matrix mapped from a file that all processes share; itself where none can be."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    digest = hashlib.blake2b(matrix.tobytes(), digest_size=16).hexdigest()
    path = Path(settings.ENCODER_DIR) / f"neighbours-{digest}.npy"
    try:
        if not path.exists():
            _write(path, lambda file: np.save(file, matrix))
        return np.load(path, mmap_mode="r").view(np.ndarray)
    except (OSError, ValueError) as error:
        log.warning("The vectors of the search are not shared between processes: %s", error)
        return matrix


def _write(path, save):
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, fresh = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        save(file)
    Path(fresh).rename(path)
    for other in path.parent.glob("neighbours-*.npy"):
        if other != path and other.stat().st_mtime < time.time() - KEPT_SECONDS:
            other.unlink(missing_ok=True)
