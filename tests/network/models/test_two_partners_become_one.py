"""Two institutions that are one are merged though both are network partners: nobody is lost."""

import datetime as dt

import pytest

from network.models import Contact, Membership, Partner
from offers.curation import joining
from offers.models import ChangeProposal
from tests.factories.network import (
    AgreementFactory,
    ContactFactory,
    ConversationFactory,
    GroupFactory,
    MembershipFactory,
    PartnerFactory,
)

pytestmark = pytest.mark.django_db


def test_people_groups_agreements_and_talks_of_both_stay():
    kept = PartnerFactory(labels=["Kita"], notes="Ruft gern zurück.")
    gone = PartnerFactory(labels=["Kita", "U3"], notes="Am Hof.", since=dt.date(2020, 1, 1))
    both, own = GroupFactory(), GroupFactory()
    MembershipFactory(group=both, partner=kept)
    MembershipFactory(group=both, partner=gone, role="Sprecherin", is_voting=True)
    person = ContactFactory(partner=gone)
    MembershipFactory(group=own, partner=gone, contact=person)
    ContactFactory(partner=kept)
    AgreementFactory(partner=gone)
    ConversationFactory(partner=gone, contact=person)

    joining.join(kept.institution, gone.institution, {}, None)

    [one] = Partner.objects.all()
    assert (one.pk, one.institution) == (kept.pk, kept.institution)
    assert (one.labels, one.since) == (["Kita", "U3"], dt.date(2020, 1, 1))
    assert one.notes == "Ruft gern zurück.\n\nAm Hof."
    counts = [rows.count() for rows in (one.contacts, one.agreements, one.conversations)]
    assert counts == [2, 1, 1]
    seats = Membership.objects.open().order_by("pk")
    assert [(seat.group, seat.role, seat.is_voting, seat.contact) for seat in seats] == [
        (both, "Sprecherin", True, None),
        (own, "", False, person),
    ]
    reason = person.history.latest("history_id").history_change_reason
    assert reason == f"zusammengeführt mit „{gone.institution}“"


def test_what_has_to_be_decided_first_leaves_the_partners_as_they_were():
    kept, gone = PartnerFactory(), PartnerFactory()
    ContactFactory(partner=gone)
    said = {"page": "https://a.de", "fact": "phone", "found": "1"}
    ChangeProposal.objects.create(house=gone.institution, base={}, wanted={}, **said)

    with pytest.raises(joining.ValidationError):
        joining.join(kept.institution, gone.institution, {}, None)

    assert Partner.objects.count() == 2
    assert Contact.objects.get().partner == gone
