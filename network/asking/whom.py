"""Who a letter to an institution goes to, and which of some institutions would get one now."""

from dataclasses import dataclass, field

from kekiz_portal.lib import mailbox
from kekiz_portal.lib.german_order import GermanOrder
from network.models import AddressHealth, Contact, HouseLetter
from offers.models import Institution, Offer

A_WEEK_IN_DAYS = 7


def recipient(institution):
    """Return who answers for the entries of a house, and the address a letter goes to.

    The address is empty if there is none that takes mails.
    """
    return recipients([institution]).get(institution.pk, (None, ""))


def recipients(institutions):
    """Return by key of those institutions that a letter reaches who answers, and the address.

    A person of the network, else nobody and the mailbox of the house. A letter about a house's own
    entries needs no consent to newsletters; who said no to mails gets none at all.
    """
    houses = list(institutions)
    stopped = set(map(mailbox.identity, AddressHealth.objects.stopped_addresses()))
    people = Contact.objects.answering_for_entries(houses).order_by("name_order", "pk")
    found = {
        house.pk: (None, house.email)
        for house in houses
        if house.email and mailbox.identity(house.email) not in stopped
    }
    of_people = {}
    for person in people.select_related("partner"):
        of_people.setdefault(person.partner.institution_id, (person, person.email))
    return found | of_people


def mailboxes_of_the_week():
    """Return the identities of the mailboxes that a letter left for within a week."""
    lately = HouseLetter.objects.of_days(A_WEEK_IN_DAYS).exclude(begun_at=None)
    addresses = {one.address for one in lately.select_related("contact", "institution")}
    return set(map(mailbox.identity, addresses - {""}))


def due_of(institution):
    """Return the offers that a house is asked about, by title."""
    return Offer.objects.meant_for_readers().of(institution).to_ask_about().by_title()


@dataclass(frozen=True)
class Planned:
    """A letter that would be written: to which house, about how many entries, to whom there.

    Without a ``person`` it goes to the mailbox of the house.
    """

    house: Institution
    entries: int
    person: Contact | None


@dataclass
class Plan:
    """Which of some institutions would get a letter now, and which not and why."""

    letters: list = field(default_factory=list)
    unreachable: list = field(default_factory=list)
    written_lately: list = field(default_factory=list)
    nothing_due: list = field(default_factory=list)

    @property
    def mark(self):
        """What tells this plan from a later one: who says yes says it to what they saw."""
        return ",".join(f"{one.house.pk}-{one.entries}" for one in self.letters)

    @property
    def entries(self):
        return sum(one.entries for one in self.letters)


def plan(institutions):
    """Return the ``Plan`` of some institutions, in the order of their names."""
    plan = Plan()
    letters = HouseLetter.objects.to_houses().of_days(A_WEEK_IN_DAYS)
    lately = set(letters.values_list("institution", flat=True))
    due = set(institutions.current().with_entries_due().order_by().values_list("pk", flat=True))
    reached, written = recipients(institutions), mailboxes_of_the_week()
    for house in institutions.order_by(GermanOrder("name"), "name", "pk"):
        if house.pk not in due:
            plan.nothing_due.append(house)
            continue
        if house.pk not in reached:
            plan.unreachable.append(house)
        elif house.pk in lately or mailbox.identity(reached[house.pk][1]) in written:
            plan.written_lately.append(house)
        else:
            plan.letters.append(Planned(house, due_of(house).count(), reached[house.pk][0]))
    return plan
