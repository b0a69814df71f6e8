"""Count the offers behind every choice of every filter in a single query."""

from django.db.models import CharField, Count, Func, Value
from django.db.models.functions import Cast

EVERYTHING = "*"


class Unnest(Func):
    """One row for each element of an array."""

    function = "UNNEST"
    set_returning = True


def tally(rows, facet, choice, count):
    """Return rows (facet, choice, number) for ``rows`` grouped by ``choice``.

    All tallies have the same columns, so that one UNION can ask them all.
    """
    return (
        rows.order_by()
        .values(facet=Value(facet, CharField()), choice=Cast(choice, CharField()))
        .annotate(number=count)
        .values_list("facet", "choice", "number")
    )


def total(offers, facet, choice=EVERYTHING):
    """Return the tally of all ``offers`` as one choice."""
    return tally(offers, facet, Value(choice, CharField()), Count("pk"))


def union(tallies):
    """Return the rows of all tallies, asked in one query; nothing to ask is no query."""
    if not tallies:
        return []
    first, *rest = tallies
    return first.union(*rest, all=True) if rest else first
