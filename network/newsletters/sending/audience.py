"""Who gets a newsletter: people of the network, and subscribers."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from kekiz_portal.lib import mailbox
from network.models import (
    AddressHealth,
    Contact,
    Partner,
    SavedList,
    Subscription,
    Suppression,
)
from network.people.narrowing import people_of

COLUMNS = ["mailbox", "address", "language", "contact_id", "subscription_id"]
# Nobody, in words that the database takes: what is frozen is copied by the statement itself.
NOBODY = Q(pk__lt=0)
NO_KEY = Value(None, BigIntegerField())


def recipients(newsletter, among=None):
    """Return the recipients as rows of address, language, contact_id and subscription_id.

    One row an address, whatever the case of its letters, which is ``mailbox``. ``among`` narrows
    to a list of mailboxes.
    """
    in_network = _rows_of_people(newsletter)
    subscribed = _rows_of_subscribers(newsletter)
    if among is not None:
        mailboxes = RawSQL("%s::text[]", [among])
        in_network = in_network.filter(_IsOneOf("mailbox", mailboxes))
        subscribed = subscribed.filter(_IsOneOf("mailbox", mailboxes))
    return in_network.union(subscribed, all=True).order_by("mailbox")


def people(newsletter):
    """Return the persons of the network with an address whom a newsletter is for.

    Whoever left is out, who wants none, and who has not agreed to mails.
    """
    chosen = _chosen(newsletter)
    if not chosen:
        return Contact.objects.filter(NOBODY)
    unwanted = Suppression.objects.filter(_same_mailbox("email"))
    stopped = AddressHealth.objects.stopped().filter(_same_mailbox("email"))
    there = Contact.objects.current().agreed_to_mail().exclude(email="")
    there = there.filter(_is_not_among(unwanted), _is_not_among(stopped))
    if lists := _lists(newsletter):
        # Who subscribed too gets it as a subscriber, with the settings of a subscriber.
        subscribed = Subscription.objects.active().to_one_of(lists).filter(_same_mailbox("email"))
        there = there.filter(_is_not_among(subscribed))
    if chosen == [newsletter.segment]:  # asked of the people themselves, which is quicker
        return in_segment(there, newsletter.segment)
    return there.filter(_any(_people_chosen(one) for one in chosen))


def _chosen(newsletter):
    """Return the segment and the kept lists a newsletter is for."""
    lists = list(newsletter.saved_lists.all()) if newsletter.pk else []
    return [one for one in (newsletter.segment, *lists) if one is not None]


def _lists(newsletter):
    """Return the keys of the lists whose subscribers a newsletter is for."""
    return [one.pk for one in newsletter.mailing_lists.all()] if newsletter.pk else []


def _people_chosen(one):
    return people_of(one) if isinstance(one, SavedList) else in_segment(Contact.objects, one)


def subscribers(newsletter):
    """Return the subscriptions a newsletter is for; who named no interest gets every one."""
    lists = _lists(newsletter)
    if not lists:
        return Subscription.objects.filter(NOBODY)
    stopped = AddressHealth.objects.stopped().filter(_same_mailbox("address"))
    there = Subscription.objects.active().to_one_of(lists).filter(_is_not_among(stopped))
    topics = [topic.pk for topic in newsletter.interests.all()] if newsletter.pk else []
    if topics:
        named = Subscription.interests.through.objects.filter(subscription=OuterRef("pk"))
        there = there.filter(Exists(named.filter(topic__in=topics)) | ~Exists(named))
    return there


def in_segment(contacts, segment):
    """Narrow persons to a segment: any of the ticked in each list, and all of the lists."""
    if segment.is_everybody:
        return contacts.all()
    if segment.is_empty:
        return contacts.filter(NOBODY)
    partners = Partner.objects.order_by()
    if groups := segment.groups.all():
        contacts = contacts.in_one_of_the_groups([one.slug for one in groups])
    if kinds := segment.kinds.all():
        partners = partners.filter(
            Q(institution__kind__in=kinds) | Q(institution__kind__counts_as__in=kinds)
        )
    everywhere = Partner.objects
    if districts := segment.districts.all():
        partners = partners.filter(_any(everywhere.in_district(one.slug) for one in districts))
    if topics := segment.topics.all():
        partners = partners.filter(_any(everywhere.with_offers_about(one.slug) for one in topics))
    return contacts.filter(partner__in=partners.values("pk"))


class RollCall:
    """Asks again and again who is still a recipient of one newsletter.

    Putting the question into SQL costs more than its answer, so that is done once. To be used for
    minutes, not for days: "today" is the day it was made, the segment is what it was then.
    """

    def __init__(self, newsletter):
        self.newsletter = newsletter
        self.asked = []
        rows = recipients(newsletter, among=self.asked)
        self.sql, self.parameters = rows.query.sql_with_params()

    def present(self, mailboxes):
        """Return those of ``mailboxes``, a list, that are recipients at this moment."""
        parameters = [mailboxes if one is self.asked else one for one in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            place = [column.name for column in cursor.description].index("mailbox")
            return {row[place] for row in cursor}


class _IsOneOf(Func):
    """Whether a value stands in an array: one parameter for any number of values."""

    template = "%(expressions)s"
    arg_joiner = " = ANY"
    output_field = BooleanField()


def _rows_of_people(newsletter):
    return (
        people(newsletter)
        .order_by()
        .values(mailbox=mailbox.in_database("email"))
        .annotate(
            address=Min("email"),
            language=Value(settings.LANGUAGE_CODE),
            contact_id=Min("pk"),
            subscription_id=NO_KEY,
        )
        .values(*COLUMNS)
    )


def _rows_of_subscribers(newsletter):
    return (
        subscribers(newsletter)
        .order_by()
        .values(
            "address",
            "language",
            mailbox=mailbox.in_database("address"),
            contact_id=NO_KEY,
            subscription_id=F("pk"),
        )
        .values(*COLUMNS)
    )


def _same_mailbox(name):
    """Return the condition that a row's address is the outer row's, whatever its letters."""
    return Q(address__mailbox=OuterRef(name))


def _is_not_among(rows):
    """Return the condition that there is none of the rows for the outer row.

    In words that keep it from becoming a join: PostgreSQL takes for granted that most people would
    be left out by each, expects one in the end, and compares everybody with everybody.
    """
    return Case(When(Exists(rows), then=False), default=True, output_field=BooleanField())


def _any(querysets):
    """Return the condition to be in at least one of them."""
    return reduce(or_, (Q(pk__in=rows.order_by().values("pk")) for rows in querysets))
