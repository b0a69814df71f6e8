from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce


class MailingListQuerySet(models.QuerySet):
    def offered(self):
        """What somebody new may choose."""
        return self.filter(is_offered=True)

    def offered_to(self, subscription):
        """What somebody may choose who subscribed: also what they have though it is closed."""
        own = subscription.lists.values("pk")
        return self.filter(Q(is_offered=True) | Q(pk__in=own))

    def read_by(self, addresses):
        """What goes to one of the addresses."""
        from network.models import Subscription  # models import this module

        active = Subscription.objects.active()
        readers = [reader for address in addresses for reader in active.of(address)]
        return self.filter(subscriptions__in=readers).distinct()

    def for_office_list(self):
        """Load all that the list of the office reads: how many have subscribed to each."""
        from network.models import Subscription  # models import this module

        active = Subscription.objects.active().filter(lists=OuterRef("pk")).order_by()
        numbers = active.values("lists").annotate(number=Count("pk"))
        return self.annotate(
            subscriber_count=Coalesce(Subquery(numbers.values("number")), Value(0)),
        )
