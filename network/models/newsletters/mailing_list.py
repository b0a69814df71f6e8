"""Newsletters that anybody may subscribe to."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import tracked
from offers.protection.protected_addresses import KeepsAddressesSecret


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


class MailingList(KeepsAddressesSecret, models.Model):
    """What one subscribes to by its name; an issue goes to one or several of them."""

    name = models.CharField(
        _("Name"),
        max_length=80,
        unique=True,
        help_text=_(
            "Wer sich anmeldet, willigt in diesen Namen ein. Für etwas anderes legen Sie eine "
            "neue Liste an."
        ),
    )
    description = models.CharField(
        _("Worum geht es, für wen?"),
        max_length=140,
        blank=True,
        help_text=_("Steht bei der Anmeldung unter dem Namen."),
    )
    is_offered = models.BooleanField(
        _("zum Abonnieren angeboten"),
        default=True,
        help_text=_("Ohne Häkchen kommt niemand mehr dazu. Wer sie hat, behält sie."),
    )

    objects = MailingListQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Liste zum Abonnieren")
        verbose_name_plural = _("Listen zum Abonnieren")
        ordering = ["pk"]  # the first one stays the first on every page

    def __str__(self):
        return self.name
