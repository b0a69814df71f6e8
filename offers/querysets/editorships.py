from django.db import models

PROVIDER_EDITORS = "Träger-Redaktion"


class EditorshipQuerySet(models.QuerySet):
    def restricts(self, user):
        """Whether a user may see only entries of the institutions assigned to them.

        Decided by the group, so that an account without any institution sees nothing.
        """
        if user.is_superuser:
            return False
        if not hasattr(user, "is_provider_editor"):
            user.is_provider_editor = user.groups.filter(name=PROVIDER_EDITORS).exists()
        return user.is_provider_editor
