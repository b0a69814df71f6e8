"""Who a row of a list is about: somebody known, somebody new, or a question to a person.

A mailbox alone is nobody: two people may share one. So it counts with a name that fits; else name
and house do. What is neither the same nor plainly another is asked.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kekiz_portal.lib import german_order, mailbox, names
from network.models import Contact

NEW = "neu"  # as a cell says it
# What a mailbox is called that belongs to a house.
SHARED = frozenset(
    """info kontakt post mail email office verwaltung sekretariat buero kita leitung anmeldung
    zentrale empfang team schule familienzentrum beratung service""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Match:
    """The ``target`` of a row, ``None`` for somebody new; or a question, and who it may be."""

    target: int | None = None
    question: str = ""
    candidates: list = field(default_factory=list)


class Known:
    """Everybody in the network by what a row may call them."""

    def __init__(self):
        self.people, self.by_mailbox = {}, defaultdict(list)
        self.by_name = defaultdict(list)
        rows = Contact.objects.select_related("partner__institution").order_by("pk")
        for person in rows:
            self.people[person.pk] = person
            self.by_name[name_key(person.name)].append(person)
            if person.email:
                self.by_mailbox[mailbox.identity(person.email)].append(person)

    def match(self, values):
        """Return the ``Match`` of what a row says: number, name, email and institution."""
        if number := values.get("number"):
            return Match() if number == NEW else self._numbered(number)
        named = self.by_name[name_key(values.get("name", ""))]
        shared = self.by_mailbox[mailbox.identity(values["email"])] if values.get("email") else []
        both = [person for person in shared if person in named]
        at_home = [person for person in named if _house(person) == values.get("institution")]
        if len(both) == 1:
            return self._here_or_moved(both[0], values)
        if len(at_home) == 1:
            return Match(at_home[0].pk)
        if both or at_home:
            return _asked(_("Diesen Namen gibt es hier mehrmals."), both or at_home)
        return self._of_another_name(shared, values) or self._of_another_house(named)

    def _of_another_name(self, shared, values):
        """Ask where the mailbox is somebody's: of a like name, or one that no house shares."""
        alike = [person for person in shared if _alike(person.name, values.get("name", ""))]
        if alike or (shared and not _is_shared(values["email"])):
            words = _("Diese E-Mail-Adresse gehört hier zu einem anderen Namen.")
            return _asked(words, alike or shared)
        return None

    def _of_another_house(self, named):
        if named:
            return _asked(_("Diesen Namen gibt es hier in einer anderen Einrichtung."), named)
        return Match()

    def _numbered(self, number):
        if number in self.people:
            return Match(number)
        return Match(question=_("Die Kennung %d gibt es hier nicht.") % number)

    def _here_or_moved(self, person, values):
        house = values.get("institution")
        if house in (None, _house(person)):
            return Match(person.pk)
        return _asked(_("Dieser Mensch steht hier bei einer anderen Einrichtung."), [person])


def name_key(text):
    """Return what is the same for all ways to write a name."""
    name = names.read(text)
    return german_order.key(f"{name.given} {name.family}")


def _alike(one, other):
    """Whether two names may be one person's: "A. Muster", "Anna Muster", "Anna Muster-Ott"."""
    first, second = names.read(one), names.read(other)
    given = [german_order.key(name.given)[:1] for name in (first, second)]
    families = [set(german_order.key(name.family).split()) for name in (first, second)]
    return bool(families[0] & families[1]) and (given[0] == given[1] or not all(given))


def _is_shared(address):
    local = address.partition("@")[0].lower()
    return bool(SHARED & set(local.replace("-", ".").replace("_", ".").split(".")))


def _house(person):
    return person.partner.institution_id


def _asked(words, people):
    return Match(question=words, candidates=[person.pk for person in people])
