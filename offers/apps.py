from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = _("Angebote")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import beginnings, receivers  # noqa: F401, PLC0415, connects the receivers
        from .search import receivers as of_search  # noqa: F401, PLC0415, as above
