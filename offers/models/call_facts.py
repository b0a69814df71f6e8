"""What those want to know who hesitate to call; of an offer, or of all of a kind of institution.

``None`` and an empty text say that nobody knows: then nothing is claimed.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallFacts(models.Model):
    anonymous_possible = models.BooleanField(
        _("anonym möglich"),
        null=True,
        blank=True,
        help_text=_("Kann man anrufen und kommen, ohne seinen Namen zu nennen?"),
    )
    is_youth_office = models.BooleanField(
        _("beim Jugendamt"),
        null=True,
        blank=True,
        help_text=_("Spricht man dort mit dem Jugendamt?"),
    )
    first_call = models.CharField(
        _("Was beim ersten Anruf passiert"),
        max_length=300,
        blank=True,
        help_text=_("Wer fragt was, wie lange dauert es, bleibt es vertraulich? Kurze Sätze."),
    )

    class Meta:
        abstract = True
