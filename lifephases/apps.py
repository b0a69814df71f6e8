from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifePhasesConfig(AppConfig):
    name = "lifephases"
    verbose_name = _("Lebensphasen")
    default_auto_field = "django.db.models.BigAutoField"
    shown_to_readers = ("LifePhase", "Transition", "Milestone")
    not_shown_to_readers = ()
