"""Which people of one institution may be the same person, entered twice; a person decides."""

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from network.models import Contact
from offers.quality.stock_twins import ALIKE, NEARLY, Subject, channels, pairs, shared, undecided


def of_people():
    """Return the ``Pair`` of people who are there that nobody has told apart yet."""
    people = Contact.objects.current().order_by("pk")
    return undecided(Contact, pairs([_of_person(one) for one in people], is_one_person))


def is_one_person(one, other):
    """Return how alike two people of one institution are, 0 if they are two, and why."""
    alike = fuzz.token_sort_ratio(one.words, other.words)
    also = shared(one, other)
    if one.owner != other.owner or alike < (NEARLY if also else ALIKE):
        return 0, []
    return alike + 10 * len(also), [_("ähnlicher Name"), *also]


def _of_person(person):
    reached = channels([person.phone, person.mobile], [person.email])
    return Subject(person.pk, person.name, reached, owner=person.partner_id)
