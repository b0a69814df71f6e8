"""The words that editors keep, as the vocabulary holds them in memory."""

from offers.models import Helpline, HelplineNeed, SearchSynonym

from .vocabulary import Sign, Synonym

EMERGENCY_NUMBER = "112"  # Europe's; a need that begins with it is a matter of minutes


def synonyms():
    """Return every ``Synonym``, in one query."""
    found = SearchSynonym.objects.values_list("term", "phrase", "language", "kind")
    return tuple(Synonym(*values) for values in found.order_by("pk"))


def signs():
    """Return every ``Sign`` with the numbers families may call, the first one first."""
    needs = HelplineNeed.objects.prefetch_related("signs", "numbers__helpline").order_by("pk")
    return tuple(
        Sign(
            sign.phrase,
            sign.language,
            tuple(line.slug for line in lines),
            need.is_crisis,
            need.name,
            lines[0].number == EMERGENCY_NUMBER,
        )
        for need in needs
        if (lines := _for_families(need))
        for sign in need.signs.all()
    )


def childrens_lines():
    """Return the slugs of the help lines that children and young people call themselves."""
    lines = Helpline.objects.for_families().filter(situation=Helpline.Situation.CHILD)
    return tuple(lines.values_list("slug", flat=True))


def _for_families(need):
    numbers = [one.helpline for one in need.numbers.all()]
    return [one for one in numbers if not one.is_for_professionals]
