"""How sure an entry was when it came in, told to who checks it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from offers.quality.certainty import in_words


class WithCertainty(admin.ModelAdmin):
    """An admin of entries that says how sure they were, as ``certainty_words``."""

    @admin.display(description=_("Wie sicher?"), ordering="certainty")
    def certainty_words(self, entry):
        return in_words(entry.certainty) or "–"
