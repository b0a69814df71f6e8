"""The choices of each filter that lead anywhere, with how many offers each leaves."""

from offers.browsing.facets import Choice
from offers.browsing.filters import FILTERS


def choices_by_name(query):
    """Return the choices of every filter, by its name; a chosen one is among them anyway."""
    return {one.name: _choices_of(one, query) for one in FILTERS}


def _choices_of(one, query):
    catalogue, chosen = query.catalogue, query.selection.get(one.name, ())
    found, others = query.found_beside(one), query.narrowing_without(one.name)
    choices = []
    for value, label in one.labels(catalogue).items():
        count = (found & one.counted(value, others, catalogue)).bit_count()
        if count or value in chosen:
            level = one.level(value, catalogue)
            choices.append(
                Choice(one.name, value, label, value in chosen, count, level, one.is_there)
            )
    return choices
