"""The words that editors keep, as the vocabulary holds them in memory."""

from offers.models import Helpline, HelplineNeed, SearchSynonym

from .vocabulary import Need, Sign, Synonym

RESCUE, POLICE = "112", "110"


def synonyms():
    """Return every ``Synonym``, in one query."""
    found = SearchSynonym.objects.values_list("term", "phrase", "language", "kind")
    return tuple(Synonym(*values) for values in found.order_by("pk"))


def needs():
    """Return every ``Need`` with numbers that families may call, and the ``Sign`` of each."""
    found, signs = [], []
    rows = HelplineNeed.objects.prefetch_related("signs", "numbers__helpline").order_by("pk")
    for row in rows:
        lines = _for_families(row)
        if not lines:
            continue
        need = Need(
            tuple(line.slug for line in lines),
            row.is_crisis,
            row.name,
            row.slug,
            _is_a_matter_of_minutes([line.number for line in lines]),
        )
        found.append(need)
        signs += [Sign(sign.phrase, sign.language, need) for sign in row.signs.all()]
    return tuple(found), tuple(signs)


def _is_a_matter_of_minutes(numbers):
    """Whether a need begins with 112, or with the police and then 112."""
    return numbers[0] == RESCUE or numbers[:2] == [POLICE, RESCUE]


def childrens_lines():
    """Return the slugs of the help lines that children and young people call themselves."""
    lines = Helpline.objects.for_families().filter(situation=Helpline.Situation.CHILD)
    return tuple(lines.values_list("slug", flat=True))


def _for_families(need):
    numbers = [one.helpline for one in need.numbers.all()]
    return [one for one in numbers if not one.is_for_professionals]
