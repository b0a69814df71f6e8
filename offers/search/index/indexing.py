"""Keep the index in step with the offers, inside the transaction that changes them.

Nobody ever waits for anybody: an offer that somebody else is changing is left to them, and
looked at once more when this transaction is done. See ``docs/search.md``.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass

from django.db import connection, transaction

from offers.models import Offer, SearchPosting, SearchWord
from offers.models.search.search_index import LONGEST_WORD
from offers.search.words.folding import whole_words
from offers.search.words.stemming import stem

from . import freshness
from .documents import documents

OFFERS_A_BATCH = 500
THOUSANDTHS = 1000
MOST_IMPACT = 32_767
SHARE_OF_FURTHER_TEXTS = 0.25
USUAL_LENGTH, SHORTEST_COUNTS = 12, 0.75
WORDS_A_BATCH = 5000

_collected = ContextVar("offers_to_index", default=None)


@contextmanager
def in_bulk():
    """Do what is inside in one transaction, and index all it changed at once at its end."""
    if _collected.get() is not None:
        yield
        return
    with transaction.atomic():
        offers = set()
        token = _collected.set(offers)
        try:
            yield
        finally:
            _collected.reset(token)
        if not connection.needs_rollback:
            index(offers)


def index(offers):
    """Bring the index up to what the offers (their numbers) now say; writes only what differs."""
    offers = set(offers)
    collected = _collected.get()
    if collected is not None:
        collected |= offers
        return
    ordered = sorted(offers)
    for start in range(0, len(ordered), OFFERS_A_BATCH):
        index_batch(ordered[start : start + OFFERS_A_BATCH])


@transaction.atomic
def index_batch(offers):
    """Index some offers at once; returns the words they say, each a ``Form`` by its folded word."""
    mine = _locked(offers)
    _look_again_at(set(offers) - set(mine))
    said, forms = {}, {}
    for offer, texts in documents(mine):
        said[offer] = _impacts(texts, forms)
    _write_postings(said)
    _write_words(forms)
    return forms


def _locked(offers):
    """Lock those of the offers that nobody else is changing, so that what is read stays true."""
    free = Offer.objects.filter(pk__in=offers).select_for_update(skip_locked=True, no_key=True)
    return list(free.order_by("pk").values_list("pk", flat=True))


def _look_again_at(others):
    """Index what somebody else is changing after both of us are done, one by one."""
    if not others:
        return
    busy = Offer.objects.filter(pk__in=others).values_list("pk", flat=True)
    for offer in list(busy):
        transaction.on_commit(lambda offer=offer: _index_patiently(offer), robust=True)


@transaction.atomic
def _index_patiently(offer):
    """Wait until nobody changes an offer any more; holding nothing else, that is safe."""
    list(Offer.objects.filter(pk=offer).select_for_update(no_key=True).values_list("pk"))
    index_batch([offer])


def _impacts(texts, forms):
    """Return how much each stem says in the texts of an offer; counts its words in ``forms``."""
    by_stem, seen = defaultdict(list), set()
    for text in texts:
        found = whole_words(text.text)
        counts = Counter()
        for word in found:
            form = _form(word, text.language, forms)
            counts[form.stem] += 1
            seen.add(form)
        weight = text.weight / (SHORTEST_COUNTS + len(found) / USUAL_LENGTH)
        for root, count in counts.items():
            by_stem[root].append(weight * (1 + 0.2 * min(count - 1, 5)))
    for form in seen:
        form.document_count += 1
    return {root: _together(weights) for root, weights in by_stem.items()}


@dataclass(eq=False, slots=True)
class Form:
    """A word as it stands in the texts of ``document_count`` offers."""

    folded: str
    stem: str
    display: str
    language: str
    document_count: int = 0


def _form(word, language, forms):
    folded = word.folded[:LONGEST_WORD]
    if folded not in forms:
        root = stem(folded, language)[:LONGEST_WORD]
        forms[folded] = Form(folded, root, word.text[:LONGEST_WORD], language)
    return forms[folded]


def _together(weights):
    best = max(weights)
    total = best + SHARE_OF_FURTHER_TEXTS * (sum(weights) - best)
    return max(1, min(round(total * THOUSANDTHS), MOST_IMPACT))


def _write_postings(said):
    """Write what differs from what stands: most saves change few words, and many none."""
    stands = defaultdict(dict)
    rows = SearchPosting.objects.filter(offer__in=said)
    for offer, root, impact in rows.values_list("offer_id", "stem", "impact"):
        stands[offer][root] = impact
    gone, new = [], []
    for offer, impacts in said.items():
        before = stands[offer]
        gone += [(offer, root) for root in before.keys() - impacts.keys()]
        new += [
            (offer, root, impact) for root, impact in impacts.items() if before.get(root) != impact
        ]
    with connection.cursor() as cursor:
        if gone:
            cursor.execute(
                "DELETE FROM offers_searchposting USING unnest(%s::bigint[], %s::text[])"
                " AS gone (offer, stem)"
                " WHERE offer_id = gone.offer AND offers_searchposting.stem = gone.stem",
                [list(column) for column in zip(*gone, strict=True)],
            )
        if new:
            cursor.execute(
                "INSERT INTO offers_searchposting (offer_id, stem, impact)"
                " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::smallint[])"
                " ON CONFLICT (offer_id, stem) DO UPDATE SET impact = EXCLUDED.impact",
                [list(column) for column in zip(*new, strict=True)],
            )


def _write_words(forms):
    """Add the words that are new to the vocabulary; rebuilding takes the unused away."""
    known = SearchWord.objects.filter(folded__in=list(forms)).values_list("folded", flat=True)
    if new := forms.keys() - set(known):
        add_words(forms[folded] for folded in sorted(new))
        freshness.touch()


def add_words(forms):
    """Add forms to the vocabulary of the database."""
    SearchWord.objects.bulk_create(
        (SearchWord(**asdict(form)) for form in forms), batch_size=WORDS_A_BATCH
    )
