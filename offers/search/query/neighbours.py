"""What a query lies near to: phrases, sentences and titles, each with what it leads to."""

from dataclasses import dataclass

from offers.models import Offer, ParentsSentence
from offers.models.parents_sentence import terms_of
from offers.search.index import vectors
from offers.search.meaning import encoding

NOTHING = -1  # a text on a shelf that nothing says any more


@dataclass(frozen=True, slots=True)
class Lead:
    """What texts lead to: ``terms``, the nearest first, or ``offers``."""

    terms: tuple[str, ...] = ()
    offers: tuple[int, ...] = ()

    @property
    def is_nowhere(self):
        return not self.terms and not self.offers


@dataclass(frozen=True)
class Neighbours:
    """Every text a query is compared with, on ``shelves``, and where each leads.

    ``leads_at`` says for each text of each shelf the number of its lead. ``learned`` is what all
    sentences together teach, ``learned_leads`` where its names lead, ``None`` where nowhere now.
    """

    shelves: tuple = ()
    leads_at: tuple = ()
    leads: tuple[Lead, ...] = ()
    learned: object = None
    learned_leads: tuple = ()

    def votes(self, heard, number, sharpness):
        """Return how near the nearest text is, and the votes of so many for each ``Lead``.

        ``heard`` are wordings of one query, each with its vector. What is so much less alike as
        ``sharpness`` says votes with a third of the weight.
        """
        import numpy as np  # noqa: PLC0415 - comes with the encoder

        if not self.leads:
            return 0, {}
        common = self.shelves[0]
        alike = np.concatenate(
            [
                np.max([each.likeness(text, vector, common) for text, vector in heard], axis=0)
                for each in self.shelves
            ]
        )
        leads_at = np.concatenate(self.leads_at)
        alike[leads_at == NOTHING] = -np.inf
        number = min(number, len(alike))
        best = (-alike).argpartition(number - 1)[:number]
        best = best[leads_at[best] != NOTHING]
        if not len(best):
            return 0, {}
        nearest = alike[best].max()
        weights = np.exp((alike[best] - nearest) / sharpness)
        by_lead = np.bincount(leads_at[best], weights, len(self.leads))
        return float(nearest), {self.leads[at]: by_lead[at] for at in by_lead.nonzero()[0]}

    def learned_shares(self, heard, number, softness):
        """Return the share of each ``Lead`` that sentences teach, of so many that have the most.

        ``heard`` as above; the first wording counts.
        """
        import numpy as np  # noqa: PLC0415 - comes with the encoder

        if self.learned is None:
            return {}
        sums = self.learned.sums(*heard[0]) / softness
        shares = np.exp(sums - sums.max())
        shares /= shares.sum()
        best = (-shares).argsort()[:number]
        found = {self.learned_leads[at]: float(shares[at]) for at in best}
        return {lead: share for lead, share in found.items() if lead}


def load():
    """Return the ``Neighbours`` that the database holds now; none where nothing can be encoded."""
    if not encoding.available():
        return Neighbours()
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    from offers.search.index import leading  # noqa: PLC0415 - numpy comes with the encoder

    of_field = _leads_of_fields()
    leads = _leads(of_field)
    numbers = {lead: number for number, lead in enumerate(dict.fromkeys(leads.values()))}
    numbered = np.fromiter((numbers[lead] for lead in leads.values()), np.int32, len(leads))
    texts, keys = list(leads), np.fromiter(map(vectors.key_of, leads), np.uint64, len(leads))
    shelves = vectors.shelves(texts, keys)
    learned = leading.newest()
    return Neighbours(
        tuple(shelves),
        tuple(_at(shelf, keys, numbered) for shelf in shelves),
        tuple(numbers),
        learned,
        tuple(of_field.get(name) for name in learned.names.tolist()) if learned else (),
    )


def _at(shelf, keys, numbered):
    """Return for each text of a shelf the number of its lead."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    at = np.full(len(shelf), NOTHING, np.int32)
    places = shelf.places(keys)
    at[places[places >= 0]] = numbered[places >= 0]
    return at


def _leads_of_fields():
    """Return the ``Lead`` of each field ``leads_to`` of sentences."""
    of_title = _titles()
    fields = ParentsSentence.objects.order_by("leads_to").values_list("leads_to", flat=True)
    return {leads_to: _lead(leads_to, of_title) for leads_to in fields.distinct()}


def _titles():
    """Return the number of each offer by its title as encoded."""
    titles = Offer.objects.order_by("pk").values_list("pk", "title")
    return {encoding.as_encoded(title): key for key, title in titles}


def _leads(of_field):
    """Return the ``Lead`` of every text that is compared with, by the text as encoded."""
    leads = {}
    sentences = ParentsSentence.objects.order_by("pk").values_list("sentence", "leads_to")
    for sentence, leads_to in sentences:
        _add(leads, encoding.as_encoded(sentence), of_field[leads_to])
    for phrase, term in vectors.words().order_by("pk").values_list("phrase", "term"):
        for text in (phrase, term):
            _add(leads, encoding.as_encoded(text), Lead((term,)))
    for title, key in _titles().items():
        _add(leads, title, Lead(offers=(key,)))
    return leads


def _lead(leads_to, of_title):
    """Return where sentences lead; a title stands for its offer."""
    named = {term: of_title.get(encoding.as_encoded(term)) for term in terms_of(leads_to)}
    terms = tuple(term for term, key in named.items() if not key)
    return Lead(terms, tuple(dict.fromkeys(key for key in named.values() if key)))


def _add(leads, text, lead):
    """Let a text lead there, too."""
    known = leads.get(text)
    if known and known != lead:
        terms = dict.fromkeys([*known.terms, *lead.terms])
        lead = Lead(tuple(terms), tuple(dict.fromkeys([*known.offers, *lead.offers])))
    leads[text] = lead
