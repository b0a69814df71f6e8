from django.apps import AppConfig
from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.db.models.signals import post_migrate

from kekiz_portal.lib.content_version import NO_ENTRY


class KekizPortalConfig(AppConfig):
    """The frame around the three domain apps."""

    name = "kekiz_portal"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"
    shown_to_readers = {"Page": NO_ENTRY, "Film": NO_ENTRY}
    not_shown_to_readers = ("BarrierReport",)

    def ready(self):
        from kekiz_portal import checks, receivers, roles  # noqa: F401, PLC0415 - connects them
        from kekiz_portal.lib import content_version  # noqa: PLC0415 - as above

        post_migrate.connect(roles.apply_roles, sender=self)
        post_migrate.connect(content_version.watch, sender=self)
        # Every mail is named after the domain it comes from, not after a machine inside.
        DNS_NAME._fqdn = settings.MAIL_DOMAIN  # noqa: SLF001 - Django asks nowhere else
