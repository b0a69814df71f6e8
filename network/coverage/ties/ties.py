"""Who works with whom: by groups, agreements, offers in each other's house, and referrals."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from kekiz_portal.lib import german_order
from network.models import Agreement, Membership, Partner
from offers.models import ContactPoint, Institution, Offer, OfferPlace
from offers.models.location import is_public

WAYS = "pk", "phone", "email"


@dataclass
class House:
    """A partner with what ties it to others.

    By partner, ``shares`` counts common offers, ``refers`` entries that send families there, and
    ``beside`` both, whoever of the two it is.
    """

    partner: Partner
    groups: list = field(default_factory=list)
    agreements: list = field(default_factory=list)
    shares: Counter = field(default_factory=Counter)
    refers: Counter = field(default_factory=Counter)
    beside: Counter = field(default_factory=Counter)
    meets: set = field(default_factory=set)  # other partners, in groups or beside

    @property
    def is_alone(self):
        return not (self.meets or self.agreements)

    @property
    def name(self):
        return str(self.partner)

    @property
    def kind(self):
        return str(self.partner.institution.kind)

    @property
    def order(self):
        return german_order.key(self.name)


class Ties:
    """The network of a day: all partners, the groups in which at least two of them meet."""

    def __init__(self, day):
        found = Partner.objects.current().select_related("institution__kind")
        self.houses = {one.pk: House(one) for one in found}
        self.groups = self._meet_in_groups(day)
        for one in Agreement.objects.valid(day).filter(partner__in=self.houses):
            self.houses[one.partner_id].agreements.append(one)
        for (host, guest), number in common_offers(self._by_institution).items():
            for one, other in [(host, guest), (guest, host)]:
                self.houses[one].shares[other] += number
                self._put_beside(one, other, number)
        for (sender, other), number in referrals(self._by_institution).items():
            self.houses[sender].refers[other] += number
            self._put_beside(sender, other, number)
            self._put_beside(other, sender, number)

    def _put_beside(self, one, other, number):
        self.houses[one].beside[other] += number
        self.houses[one].meets.add(other)

    @cached_property
    def _by_institution(self):
        return {one.partner.institution_id: pk for pk, one in self.houses.items()}

    def _meet_in_groups(self, day):
        members = defaultdict(set)
        rows = Membership.objects.open(day).filter(group__is_active=True, partner__in=self.houses)
        for one in rows.select_related("group"):
            members[one.group].add(one.partner_id)
        meeting = {group: those for group, those in members.items() if len(those) > 1}
        for group in sorted(meeting, key=lambda one: german_order.key(one.name)):
            for pk in meeting[group]:
                self.houses[pk].groups.append(group)
                self.houses[pk].meets |= meeting[group] - {pk}
        return meeting

    @cached_property
    def tied(self):
        """Houses that work with somebody, those of the same groups beside each other."""
        rank = {group: at for at, group in enumerate(self.by_size)}
        together = [one for one in self.houses.values() if not one.is_alone]
        unknown = len(rank)

        def place(house):
            return [*sorted(rank[group] for group in house.groups), unknown], house.order

        return sorted(together, key=place)

    @property
    def by_size(self):
        """The groups, the largest first."""
        return sorted(self.groups, key=lambda one: (-len(self.groups[one]), one.name))

    @property
    def in_order(self):
        """Houses that work with somebody, by name, each with the names of those it shares with and
        of those it refers to.
        """
        return [
            (one, self._named(one.shares), self._named(one.refers))
            for one in sorted(self.tied, key=lambda house: house.order)
        ]

    def _named(self, numbers):
        return [(self.houses[pk].name, number) for pk, number in numbers.most_common()]

    @cached_property
    def alone(self):
        """Houses that nothing ties to anybody."""
        return sorted((one for one in self.houses.values() if one.is_alone), key=lambda h: h.order)

    @property
    def alone_by_kind(self):
        """Kinds of institutions with their houses that stand alone."""
        those = sorted(self.alone, key=lambda one: german_order.key(one.kind))
        return [(kind, list(houses)) for kind, houses in groupby(those, key=lambda one: one.kind)]

    @property
    def bridges(self):
        """Houses that belong to several groups."""
        return [one for one, _shares, _refers in self.in_order if len(one.groups) > 1]


def common_offers(partner_of):
    """Return how many published offers of a partner are in the house of another, by (host, guest).

    ``partner_of`` tells the partner of an institution. What is in a house of one's own is none.
    """
    houses = defaultdict(set)
    places = Institution.locations.through.objects.filter(institution__in=partner_of)
    for location, institution in places.values_list("location", "institution"):
        houses[location].add(institution)
    rows = OfferPlace.objects.filter(is_public("location"), offer__provider__in=partner_of)
    rows = rows.filter(offer__in=Offer.objects.published(), location__in=houses)
    found = set()
    columns = "offer", "offer__provider", "location"
    for offer, guest, location in rows.values_list(*columns).order_by():
        if guest not in houses[location]:
            found |= {(partner_of[host], partner_of[guest], offer) for host in houses[location]}
    return Counter((host, guest) for host, guest, _offer in found)


def referrals(partner_of):
    """Return how many published offers of a partner name the number or mailbox of the house of
    another to call or write to, by (sender, other).

    A number of several houses, as a switchboard is, refers to none.
    """
    houses = defaultdict(set)
    for pk, *ways in Institution.objects.filter(pk__in=partner_of).values_list(*WAYS):
        for way in filter(None, ways):
            houses[way].add(pk)
    offers = Offer.objects.published().filter(provider__in=partner_of).order_by()
    points = ContactPoint.objects.public().filter(offer__in=offers.values("pk"))
    rows = offers.values_list("pk", "provider", "phone", "email").union(
        points.order_by().values_list("offer", "offer__provider", "phone", "email")
    )
    found = {
        (partner_of[sender], partner_of[other], offer)
        for offer, sender, *ways in rows
        for way in ways
        if len(houses.get(way, ())) == 1
        for other in houses[way] - {sender}
    }
    return Counter((sender, other) for sender, other, _offer in found)
