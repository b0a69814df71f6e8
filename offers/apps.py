from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = _("Angebote")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from kekiz_portal.lib.history import beginnings  # noqa: F401, PLC0415, connects the receivers

        from . import receivers  # noqa: F401, PLC0415, connects the receivers
        from .search.index import receivers as of_search  # noqa: F401, PLC0415, as above
