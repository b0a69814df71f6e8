from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Netzwerk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from network import notices, receivers  # noqa: F401, PLC0415 - connects them
        from network.bounces import checks  # noqa: F401, PLC0415 - registers them
        from network.importing import subject  # noqa: PLC0415 - registers lists of people
        from network.newsletters import record  # noqa: F401, PLC0415 - registers the parts

        subject.make_known()
