"""People to measure with: a network with every trait a segment asks for, and subscribers."""

import time

from django.utils import timezone

from network.models import (
    AddressHealth,
    Contact,
    Group,
    MailingList,
    Membership,
    Newsletter,
    Partner,
    Segment,
    Subscription,
    Suppression,
)
from offers.models import (
    District,
    Institution,
    InstitutionKind,
    Location,
    Offer,
    OfferType,
    Topic,
)

NAME = "vergleich"
HOUSES = 150
DOMAINS = 40
# Of a hundred who could get it so many get none: who wants none, whose address is dead, and who
# is interested in something else.
UNWANTED, DEAD, ELSEWHERE = 2, 2, 6
RECIPIENTS = 100 - UNWANTED - DEAD - ELSEWHERE
AGREED = {"mail_consent_text": "Ja", "mail_consent_way": "written"}
BATCH = 5_000


def newsletter():
    """Return a draft to a segment that ticks something in every list, and to subscribers."""
    draft = Newsletter.objects.create(
        title="Vergleichsmessung",
        slug=f"{NAME}-{time.time_ns()}",
        segment=_segment(),
    )
    draft.mailing_lists.add(_list())
    draft.interests.set(Topic.objects.filter(slug__startswith=NAME))
    return draft


def invite(count):
    """Let at least ``count`` people be meant by the ``newsletter``, half of them subscribers."""
    _segment()
    there = Contact.objects.count()
    wanted = (count // 2 + 1) * 100 // RECIPIENTS + 100
    if there < wanted:
        numbers = range(there, wanted)
        _add_contacts(numbers)
        _add_subscribers(numbers)
        _leave_some_out(numbers)


def _segment():
    segment, is_new = Segment.objects.get_or_create(name=NAME)
    if is_new:
        segment.groups.set(_two(Group))
        segment.kinds.set(_two(InstitutionKind))
        segment.topics.set(_two(Topic))
        segment.districts.set(_districts())
        _add_houses(segment)
    return segment


def _list():
    return MailingList.objects.get_or_create(name=NAME, is_offered=False)[0]


def _two(model):
    return [model.objects.create(slug=f"{NAME}-{part}", name=f"{NAME} {part}") for part in "ab"]


def _districts():
    level = District.Level
    city = District.objects.create(level=level.CITY, slug=NAME, name=NAME)
    return [
        District.objects.create(
            level=level.BOROUGH, slug=f"{NAME}-{part}", name=f"{NAME} {part}", parent=city
        )
        for part in "ab"
    ]


def _add_houses(segment):
    lists = [list(ticked.all()) for ticked in (segment.kinds, segment.districts, segment.topics)]
    groups = list(segment.groups.all())
    offer_type, _ = OfferType.objects.get_or_create(slug=NAME, name=NAME)
    for number in range(HOUSES):
        kind, district, topic = (ticked[number % 2] for ticked in lists)
        name = f"{NAME}-{number}"
        house = Institution.objects.create(slug=name, name=name, kind=kind)
        house.locations.add(Location.objects.create(street=name, district=district))
        offer = Offer.objects.create(
            slug=name,
            title=name,
            provider=house,
            offer_type=offer_type,
            status=Offer.Status.PUBLISHED,
        )
        offer.topics.add(topic)
        partner = Partner.objects.create(institution=house)
        Membership.objects.create(group=groups[number % 2], partner=partner)


def _add_contacts(numbers):
    partners = list(Partner.objects.order_by("pk"))
    today = timezone.localdate()
    Contact.objects.bulk_create(
        (
            Contact(
                partner=partners[number % HOUSES],
                name=f"P {number}",
                email=_address("P", number),
                **(AGREED | {"mail_consent_given_on": today} if number % 100 >= ELSEWHERE else {}),
            )
            for number in numbers
        ),
        BATCH,
    )


def _add_subscribers(numbers):
    now = timezone.now()
    rows = Subscription.objects.bulk_create(
        (
            Subscription(
                address=_address("s", number),
                language="de",
                state=Subscription.State.ACTIVE,
                asked_at=now,
                confirmed_at=now,
            )
            for number in numbers
        ),
        BATCH,
    )
    on_list = Subscription.lists.through
    key = _list().pk
    on_list.objects.bulk_create(
        (on_list(subscription=row, mailinglist_id=key) for row in rows), BATCH
    )
    meant = Topic.objects.get(slug=f"{NAME}-a")
    other, _ = Topic.objects.get_or_create(slug=f"anderes-{NAME}", name=f"anderes {NAME}")
    interests = Subscription.interests.through
    interests.objects.bulk_create(
        (
            interests(subscription=row, topic=other if number % 100 < ELSEWHERE else meant)
            for number, row in zip(numbers, rows, strict=True)
        ),
        BATCH,
    )


def _leave_some_out(numbers):
    unwanted = [one for one in numbers if ELSEWHERE <= one % 100 < ELSEWHERE + UNWANTED]
    dead = [one + UNWANTED for one in unwanted]
    Suppression.objects.bulk_create(
        (Suppression(address=_address("p", one)) for one in unwanted), BATCH
    )
    AddressHealth.objects.bulk_create(
        (
            AddressHealth(address=_address(kind, one), stopped_at=timezone.now())
            for kind in "ps"
            for one in dead
        ),
        BATCH,
    )


def _address(kind, number):
    return f"{kind}{number}@m{number % DOMAINS}.example"
