"""All the network knows of one partner, for the page of the office."""

from dataclasses import dataclass

from kekiz_portal.lib.german_order import GermanOrder
from network.models import Partner
from offers.models import Offer


@dataclass(frozen=True)
class PartnerPage:
    """What the page of a partner shows beside its form."""

    institution: object
    people: list
    former: list
    memberships: list
    agreements: list
    talks: list
    offers: list
    neighbours: list
    members: list

    @property
    def last_talk(self):
        return self.talks[0] if self.talks else None


TALKS_SHOWN = 20


def partner_page(partner):
    """Load the page of a partner, at a constant number of queries."""
    people = list(partner.contacts.all())
    offers = Offer.objects.in_the_works().of(partner.institution).select_related("offer_type")
    talks = partner.conversations.select_related("contact", "by")
    return PartnerPage(
        institution=partner.institution,
        people=[person for person in people if person.is_current],
        former=[person for person in people if not person.is_current],
        memberships=list(partner.memberships.select_related("group", "contact")),
        agreements=list(partner.agreements.all()),
        talks=list(talks[:TALKS_SHOWN]),
        offers=list(offers.order_by(GermanOrder("title"), "pk")),
        neighbours=list(Partner.objects.current().beside(partner).select_related("institution")),
        members=list(partner.institution.members.all()),
    )
