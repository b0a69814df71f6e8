from django.apps import AppConfig


class KekizPortalConfig(AppConfig):
    """The frame around the three domain apps."""

    name = "kekiz_portal"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from kekiz_portal import receivers  # noqa: F401, PLC0415 - connects them
