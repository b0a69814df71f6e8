"""Filters in sight, which one tap turns on or off."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from offers.browsing.searching import BY_NAME
from offers.search.query.spoken_conditions import WEEKDAYS

SWITCHES = [("kostenlos", "1"), ("wann", "heute"), ("wann", "woche"), ("umkreis", "2")]
SWITCHES += [("tag", day) for day in WEEKDAYS]


class Switch(NamedTuple):
    """A filter that one tap turns on or off, with the address that does."""

    label: str
    url: str
    on: bool = False


def switches(query, choices, links=()):
    """Return the switches that lead anywhere, and links as pairs of words and address.

    ``choices`` are those of the filters by their names.
    """
    found = []
    left = {(name, one.value) for name, those in choices.items() for one in those if one.count}
    for name, value in SWITCHES:
        if name == "umkreis" and not {"bezirk", "plz"} & set(query.selection):
            if query.found:
                found.append(Switch(_("in der Nähe"), "#filter-wo"))  # near to what is said there
            continue
        one = BY_NAME[name]
        label = one.short_label(value, query.catalogue)
        if value in query.chosen.get(name, []):
            found.append(Switch(label, query.url_without(name, value), on=True))
        elif value not in query.selection.get(name, []) and (name, value) in left:
            found.append(Switch(label, query.url_with(name, value)))
    return [*found, *(Switch(*link) for link in links)]
