"""Nobody gets a newsletter who has not agreed to mails, however an audience is put together."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.models import (
    Delivery,
    MailingList,
    Newsletter,
    SavedList,
    Segment,
    Subscription,
    Suppression,
)
from network.newsletters.sending import audience, ledger
from offers.models import Topic
from tests.factories.network import (
    ContactFactory,
    GroupFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.offers import (
    DistrictFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferFactory,
    TopicFactory,
)
from tests.offers.exchange import imports

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
AGREED = {"agreed@m.example", "listed@m.example", "both@m.example"}


@pytest.fixture
def house():
    """A partner with every trait that an audience asks for, and people of every state."""
    kind, topic = InstitutionKindFactory(slug="kita"), TopicFactory(slug="spiel")
    place = LocationFactory(district=DistrictFactory(slug="wanne"))
    house = PartnerFactory(institution__name="Kita Sonnenschein", institution__kind=kind)
    house.institution.locations.add(place)
    OfferFactory(provider=house.institution, topics=[topic], status="published")
    group = GroupFactory(slug="ak", name="AK Frühe Hilfen")
    MembershipFactory(partner=house, group=group)
    people = {
        "agreed": {"wants_mail": True},
        "both": {"wants_mail": True},  # and subscribed once, which is over
        "never": {},
        "shown": {"visibility": "public", "consent_given_on": TODAY(), "consent_text": "Ja"},
        "withdrew": {"wants_mail": True, "mail_consent_withdrawn_on": TODAY()},
        "refused": {"mail_consent_withdrawn_on": TODAY()},
        "unwanted": {"wants_mail": True},
        "gone": {"wants_mail": True, "until": TODAY() - timedelta(days=1)},
    }
    for name, facts in people.items():
        person = ContactFactory(partner=house, name=name, email=f"{name}@m.example", **facts)
        MembershipFactory(partner=house, group=group, contact=person)
    Suppression.objects.create(address="Unwanted@M.example")
    bring_in_by_list()
    now = {"language": "de", "asked_at": timezone.now()}
    asked = Subscription.objects.create(address="never@m.example", **now)
    ended = Subscription.objects.create(state="ended", ended_at=timezone.now(), **now)
    for one in (asked, ended):
        one.lists.set(MailingList.objects.all())
    return house


def bring_in_by_list():
    """Import people, one with a whole consent, others with a part of one or a no."""
    lines = [
        "listed;ja;01.03.2026;Ja zu Mails;schriftlich",
        "nowords;ja;01.03.2026;;schriftlich",
        "noday;ja;;Ja zu Mails;schriftlich",
        "noway;ja;01.03.2026;Ja zu Mails;",
        "said-no;nein;01.03.2026;Ja zu Mails;schriftlich",
        "withdrew;ja;01.03.2020;Ja zu Mails;schriftlich",
        "unsaid;;;;",
    ]
    rows = [
        f"{one.partition(';')[0]};Kita Sonnenschein;{one.partition(';')[0]}@m.example;x;"
        f"{one.partition(';')[2]}"
        for one in lines
    ]
    header = "Name;Einrichtung;E-Mail;AK Frühe Hilfen;Einwilligung;Einwilligung am;Wortlaut;Weg"
    run = imports.check(imports.upload("\n".join([header, *rows]), kind="people"))
    run = imports.commit(run)
    assert set(imports.outcomes(run)) <= {"created", "changed", "unchanged", "protected"}


def segment(**ticked):
    made = Segment.objects.create(name="Kreis", is_everybody=ticked.pop("everybody", False))
    for name, rows in ticked.items():
        getattr(made, name).set(rows)
    return made


SEGMENTS = {
    "the whole network": lambda _house: segment(everybody=True),
    "a group": lambda house: segment(groups=[house.memberships.first().group]),
    "a kind": lambda house: segment(kinds=[house.institution.kind]),
    "a district": lambda house: segment(districts=[house.institution.locations.get().district]),
    "a topic": lambda _house: segment(topics=Topic.objects.filter(slug="spiel")),
}
LISTS = {
    "all people": ("contacts", {}),
    "all people, also former ones": ("contacts", {"wer": "alle"}),
    "those without consent": ("contacts", {"fehlt": "mail-einwilligung"}),
    "those of a group": ("contacts", {"netzwerk": "ak"}),
    "who is shown": ("contacts", {"sichtbar": "public"}),
    "who was searched for": ("contacts", {"q": "never"}),
    "one picked by name": ("contacts", {"q": "agreed"}),
    "all houses": ("partners", {}),
    "houses of a district": ("partners", {"bezirk": "wanne"}),
    "houses with offers about something": ("partners", {"thema": "spiel"}),
}
REACH_NOBODY = {"those without consent", "who is shown", "who was searched for"}


def reached(newsletter):
    ledger.freeze(newsletter)
    return set(Delivery.objects.filter(newsletter=newsletter).values_list("address", flat=True))


@pytest.mark.parametrize("way", [*SEGMENTS, *LISTS, "subscribers", "everything at once"])
def test_only_who_agreed_is_reached(house, way):
    newsletter = Newsletter.objects.create(title="Neues", slug="neues")
    is_all = way == "everything at once"
    if way in SEGMENTS or is_all:
        newsletter.segment = SEGMENTS["the whole network" if is_all else way](house)
        newsletter.save()
    for number, name in enumerate(LISTS if is_all else {way} & {*LISTS}):
        kind, filters = LISTS[name]
        kept = SavedList.objects.create(name=f"Liste {number}", kind=kind, filters=filters)
        newsletter.saved_lists.add(kept)
    if way == "subscribers" or is_all:
        newsletter.mailing_lists.set(MailingList.objects.all())

    found = reached(newsletter)

    assert found <= AGREED
    if way == "one picked by name":
        assert found == {"agreed@m.example"}
    elif way in REACH_NOBODY or way == "subscribers":
        assert found == set()
    else:
        assert found == AGREED


def test_who_withdraws_after_the_freezing_gets_none_either(house):
    newsletter = Newsletter.objects.create(
        title="Neues", slug="neues", segment=segment(everybody=True)
    )
    assert reached(newsletter) == AGREED
    person = house.contacts.get(name="agreed")
    person.refuse_mail()
    person.save()

    assert audience.RollCall(newsletter).present(sorted(AGREED)) == AGREED - {person.email}
