"""Build the index anew, offer by offer, while people go on searching and editing."""

from django.db import transaction
from django.db.models import Max

from kekiz_portal.lib.batches import batched
from offers.models import Offer, SearchChange, SearchWord

from . import freshness, vectors
from .indexing import OFFERS_A_BATCH, add_words, index_batch

WORDS_A_BATCH = 2000
KEPT = ["stem", "display", "language", "document_count"]


def is_missing():
    """Whether there are offers and nothing can be found."""
    return Offer.objects.exists() and not SearchWord.objects.exists()


def rebuild(progress=lambda _count: None):
    """Learn what is not learnt yet, index every offer anew; returns how many offers there are."""
    vectors.fill()
    return rebuild_words(progress)


def rebuild_words(progress=lambda _count: None):
    """Index every offer and put the vocabulary in order; returns how many offers there are.

    Batches are transactions of their own. What did not change is not written, so nobody's
    search notices. ``progress`` is called with the number of offers of each batch.
    """
    last_word = SearchWord.objects.aggregate(last=Max("pk"))["last"] or 0
    last_change = SearchChange.objects.aggregate(last=Max("pk"))["last"] or 0
    forms, count = {}, 0
    numbers = Offer.objects.order_by("pk").values_list("pk", flat=True)
    for batch in batched(list(numbers), OFFERS_A_BATCH):
        for folded, form in index_batch(batch).items():
            if folded in forms:
                forms[folded].document_count += form.document_count
            else:
                forms[folded] = form
        count += len(batch)
        progress(len(batch))
    _put_words_in_order(forms, last_word)
    _forget_changes(last_change)
    return count


def _put_words_in_order(forms, last_word):
    """Make the words up to one (its number) those that are said; later ones are somebody's new."""
    seen = set()
    rows = SearchWord.objects.filter(pk__lte=last_word).order_by("pk")
    for batch in batched(rows.iterator(WORDS_A_BATCH), WORDS_A_BATCH):
        unused, other = [], []
        for row in batch:
            form = forms.get(row.folded)
            if form is None or row.folded in seen:
                unused.append(row.pk)
            elif any(getattr(row, name) != getattr(form, name) for name in KEPT):
                for name in KEPT:
                    setattr(row, name, getattr(form, name))
                other.append(row)
            seen.add(row.folded)
        with transaction.atomic():
            SearchWord.objects.filter(pk__in=unused).delete()
            SearchWord.objects.bulk_update(other, KEPT)
    added = SearchWord.objects.filter(pk__gt=last_word).values_list("folded", flat=True)
    lost = forms.keys() - seen - set(added)  # taken away by another rebuilding
    add_words(forms[folded] for folded in sorted(lost))


@transaction.atomic
def _forget_changes(last_change):
    """Replace the notes of changes up to one (its number) by a single one."""
    SearchChange.objects.filter(pk__lte=last_change).delete()
    freshness.touch()
