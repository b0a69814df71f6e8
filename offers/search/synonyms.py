"""The words that editors keep, as the vocabulary holds them in memory."""

from offers.models import HelplineNeed, SearchSynonym

from .vocabulary import Sign, Synonym


def synonyms():
    """Return every ``Synonym``, in one query."""
    found = SearchSynonym.objects.values_list("term", "phrase", "language", "kind")
    return tuple(Synonym(*values) for values in found.order_by("pk"))


def signs():
    """Return every ``Sign`` with the numbers families may call, the first one first."""
    needs = HelplineNeed.objects.prefetch_related("signs", "numbers__helpline").order_by("pk")
    return tuple(
        Sign(sign.phrase, sign.language, helplines, need.is_crisis, need.name)
        for need in needs
        if (helplines := _for_families(need))
        for sign in need.signs.all()
    )


def _for_families(need):
    numbers = [one.helpline for one in need.numbers.all()]
    return tuple(one.slug for one in numbers if not one.is_for_professionals)
