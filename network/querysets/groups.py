from django.db import models
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


class GroupQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def for_office_list(self):
        """Load all that the list of the office reads: how many partners belong to a group."""
        from network.models import Membership  # models import this module

        open_ones = Membership.objects.open().filter(group=OuterRef("pk")).order_by()
        partners = open_ones.values("group").annotate(number=Count("partner", distinct=True))
        return self.annotate(
            member_count=Coalesce(Subquery(partners.values("number")), Value(0)),
        )

    def with_members(self):
        """Groups that a distribution list makes sense for."""
        return self.active().for_office_list().filter(member_count__gt=0)
