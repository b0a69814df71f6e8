from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.content_version import ANY_ENTRY, NO_ENTRY


class LifePhasesConfig(AppConfig):
    name = "lifephases"
    verbose_name = _("Lebensphasen")
    default_auto_field = "django.db.models.BigAutoField"
    shown_to_readers = {"LifePhase": ANY_ENTRY, "Transition": ANY_ENTRY, "Milestone": NO_ENTRY}
    not_shown_to_readers = ()
