"""Institutions that have joined the prevention network."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from network import models as others  # which import this module: read when asked
from offers.models import Institution, Location, Offer
from offers.models.institution import of_kind
from offers.models.location import is_public
from offers.protection.protected_addresses import KeepsAddressesSecret

from .call import Call


class PartnerQuerySet(models.QuerySet):
    def by_partner(self, narrow):
        """Narrow by a question to partners; persons have the same method."""
        return narrow(self)

    def current(self):
        """Partners whose institution nobody has archived."""
        return self.filter(institution__archived_on=None)

    # What they are, and where

    def of_kind(self, kind_slug):
        """Partners of a kind, and of those that count as it: Familienzentren are Kitas."""
        return self.filter(of_kind(kind_slug, "institution"))

    def without_a_district(self):
        """Partners that no question about a part of the city finds."""
        placeless = Institution.objects.without_a_district()
        return self.filter(institution__in=placeless.order_by().values("pk"))

    def in_district(self, district_slug):
        """Partners with a place in a part of the city; protected places lie in none."""
        there = Institution.objects.in_district(district_slug)
        return self.filter(institution__in=there.order_by().values("pk"))

    def labelled(self, label):
        return self.filter(labels__contains=[label])

    def beside(self, partner):
        """Other partners with a place at the same address, protected places left out."""
        links = Institution.locations.through.objects.filter(is_public("location"))
        own = links.filter(institution=partner.institution_id).values("location")
        there = links.filter(location__in=own).values("institution")
        return self.exclude(pk=partner.pk).filter(institution__in=there)

    # What they do

    def in_group(self, group_slug):
        """Partners that belong to a group today."""
        open_ones = others.Membership.objects.open()
        return self.filter(Exists(open_ones.filter(partner=OuterRef("pk"), group__slug=group_slug)))

    def with_offers_for(self, phase):
        """Partners with a published offer that belongs to a life phase."""
        return self.filter(Exists(self._offers().for_phase(phase)))

    def with_offers_about(self, topic_slug):
        return self.filter(Exists(self._offers().about([topic_slug])))

    # What was agreed on

    def with_valid_agreement(self):
        return self.filter(Exists(self._agreements().valid()))

    def with_agreement_running_out(self):
        return self.filter(Exists(self._agreements().running_out()))

    def with_past_agreement(self):
        """Partners that had an agreement and have none today."""
        return self.filter(Exists(self._agreements()), ~Exists(self._agreements().valid()))

    def without_agreement(self):
        return self.filter(~Exists(self._agreements()))

    # What is missing

    def without_contact_person(self):
        return self.filter(~Exists(self._people()))

    def without_email(self):
        """Partners that no mail reaches: neither they nor anybody there has an address."""
        return self.filter(~Exists(self._people().exclude(email="")), institution__email="")

    def without_phone(self):
        reachable = self._people().exclude(phone="", mobile="")
        return self.filter(~Exists(reachable), institution__phone="")

    def without_address(self):
        """Partners to which no letter can be sent."""
        places = Institution.locations.through.objects.filter(is_public("location"))
        written = places.filter(institution=OuterRef("institution")).exclude(location__street="")
        return self.filter(~Exists(written))

    def without_conversation(self):
        """Partners nobody has noted a talk with, nor reached from the call desk."""
        talks = others.Conversation.objects.filter(partner=OuterRef("pk"))
        calls = Call.objects.reached().filter(institution=OuterRef("institution"))
        return self.filter(~Exists(talks), ~Exists(calls))

    # What a page reads

    def for_office_list(self):
        """Load all that the list of the office reads."""
        people = self._people().order_by()
        talks = others.Conversation.objects.filter(partner=OuterRef("pk")).order_by()
        calls = Call.objects.reached().filter(institution=OuterRef("institution")).order_by()
        calls = calls.values("institution")
        published = self._offers().order_by()
        return (
            self.select_related("institution__kind")
            .annotate(
                people_count=_count(people, "partner"),
                offer_count=_count(published, "provider"),
                due_count=_count(published.due(), "provider"),
                last_talk=Greatest(
                    Subquery(talks.values("partner").annotate(d=Max("on")).values("d")),
                    Subquery(calls.annotate(d=Max(TruncDate("called_at"))).values("d")),
                ),
            )
            .prefetch_related(
                others.Membership.objects.with_groups(),
                Prefetch("institution__locations", Location.objects.select_related("district")),
            )
        )

    def for_export(self):
        """Load all that an exported list of institutions reads."""
        agreements = others.Agreement.objects.valid()
        people = others.Contact.objects.current()
        oldest = self._offers().order_by().values("provider").annotate(d=Min("confirmed_at"))
        return (
            self.for_office_list()
            .annotate(confirmed_last=Subquery(oldest.values("d")))
            .select_related("institution__parent")
            .prefetch_related(
                Prefetch("agreements", agreements, to_attr="valid_agreements"),
                Prefetch("contacts", people, to_attr="people"),
            )
        )

    def _agreements(self):
        return others.Agreement.objects.filter(partner=OuterRef("pk"))

    def _people(self):
        return others.Contact.objects.current().filter(partner=OuterRef("pk"))

    def _offers(self):
        return Offer.objects.published().filter(provider=OuterRef("institution"))


def _count(rows, key):
    """Return how many rows each partner has; the rows name it as the outer row."""
    numbers = rows.values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), Value(0))


class Partner(KeepsAddressesSecret, models.Model):
    """An institution as a member of the network, one to one."""

    institution = models.OneToOneField(
        Institution,
        verbose_name=_("Einrichtung"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    since = models.DateField(_("Partner seit"), null=True, blank=True)
    labels = ArrayField(
        models.CharField(max_length=40), verbose_name=_("Schlagworte"), default=list, blank=True
    )
    notes = models.TextField(_("interne Notiz"), blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = PartnerQuerySet.as_manager()
    history = tracked(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("Netzwerkpartner")
        verbose_name_plural = _("Netzwerkpartner")
        ordering = [GermanOrder("institution__name"), "institution__name"]

    def __str__(self):
        return self.institution.name
