"""The index of the search: which word stems say how much about which offer.

Only ``offers.search`` reads and writes these tables. They follow from the offers and can be
built anew at any time (``manage.py rebuild_search_index``).
"""

from django.db import models
from django.utils import timezone

from offers.models.offer import Offer

LONGEST_WORD = 64


class SearchWord(models.Model):
    """A word as it stands in the offers, folded, with the stem under which it is found.

    A word may stand here twice: a rule against it would make one editor's save wait for
    another's import to end. Readers take either row.
    """

    folded = models.CharField(max_length=LONGEST_WORD, db_collation="C")
    stem = models.CharField(max_length=LONGEST_WORD, db_collation="C")
    display = models.CharField(max_length=LONGEST_WORD)
    language = models.CharField(max_length=12)
    document_count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["folded"], name="search_word_folded")]

    def __str__(self):
        return self.folded


class SearchPosting(models.Model):
    """One stem in one offer; ``impact`` is how much it says there, in thousandths."""

    pk = models.CompositePrimaryKey("offer_id", "stem")
    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, related_name="search_postings", db_index=False
    )
    stem = models.CharField(max_length=LONGEST_WORD, db_collation="C")
    impact = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index("stem", models.F("impact").desc(), "offer", name="search_best")]

    def __str__(self):
        return f"{self.stem}: {self.impact}"


class SearchChange(models.Model):
    """A note that the vocabulary changed; only ever added to, so that nobody waits for it."""

    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.at)


class SentenceVector(models.Model):
    """What a text means, as a vector of one encoder; it depends on nothing but the text.

    ``vector`` holds a signed byte for each dimension. The text itself is not kept, only its
    digest: what a title once said must not stay here when the title was changed.
    """

    digest = models.CharField(max_length=32)
    encoder = models.CharField(max_length=40)
    vector = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "encoder"], name="sentence_vector_once"),
        ]

    def __str__(self):
        return self.digest
