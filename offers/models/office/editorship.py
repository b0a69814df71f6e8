"""Which institutions an editor of a provider speaks for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from offers.models.institution import Institution

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


class Editorship(models.Model):
    """One institution a user edits for; such a user sees only these institutions."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Zugang"),
        on_delete=models.CASCADE,
        related_name="editorships",
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("Einrichtung"),
        on_delete=models.CASCADE,
        related_name="editorships",
    )

    objects = EditorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigene Einrichtung")
        verbose_name_plural = _("eigene Einrichtungen")
        ordering = [GermanOrder("institution__name"), "institution__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution"],
                name="editorship_once_an_institution",
                violation_error_message=_("Diese Einrichtung ist schon zugeordnet."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.institution}"
