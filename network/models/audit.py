"""Who did what that somebody may have to answer for."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional

# The trigger of the table lets entries from before this moment go, in this transaction.
OPEN_THE_DOOR = "SELECT set_config('kekiz.audit_before', %s, true)"


class AuditEntryQuerySet(models.QuerySet):
    def forget_old(self):
        """Delete what the city has kept long enough; return how many. There is no other way out."""
        end = timezone.now() - timedelta(days=settings.AUDIT_KEPT_DAYS)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(OPEN_THE_DOOR, [end.isoformat()])
            deleted = self.filter(at__lt=end).delete()[0]
            cursor.execute(OPEN_THE_DOOR, [""])  # closed again, also inside a longer transaction
        return deleted


class AuditEntry(models.Model):
    """One line of the audit log. The database lets nobody change it or take it away early.

    Names no content: neither what an entry said nor what somebody typed.
    """

    class Action(models.TextChoices):
        SIGN_IN = "sign_in", _("angemeldet")
        SIGN_IN_FAILED = "sign_in_failed", _("Anmeldung gescheitert")
        SIGN_OUT = "sign_out", _("abgemeldet")
        LOCKED = "locked", _("gesperrt")
        UNLOCKED = "unlocked", _("Sperre aufgehoben")
        SECOND_FACTOR_ADDED = "second_factor_added", _("zweiten Faktor eingerichtet")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("zweiten Faktor entfernt")
        PASSWORD_CHANGED = "password_changed", _("Passwort geändert")
        PERMISSION_CHANGED = "permission_changed", _("Rechte geändert")
        EXPORT = "export", _("exportiert")
        DELETED = "deleted", _("gelöscht")
        CORRECTED = "corrected", _("berichtigt")
        RELEASED = "released", _("wieder angeschrieben")
        RESTORED = "restored", _("wiederhergestellt")
        IMPORTED = "imported", _("importiert")
        CONSENT_ASKED = "consent_asked", _("nach Einwilligung gefragt")
        NEWSLETTER_STARTED = "newsletter_started", _("Newsletter versendet")

    at = models.DateTimeField(_("Zeit"), auto_now_add=True)
    action = models.CharField(_("Vorgang"), max_length=30, choices=Action)
    actor = optional(settings.AUTH_USER_MODEL, _("Zugang"))
    actor_name = models.CharField(_("wer"), max_length=150, blank=True)
    subject = models.CharField(_("Kennung"), max_length=100, blank=True)
    subject_words = models.CharField(_("Gegenstand"), max_length=200, blank=True)
    details = models.JSONField(_("Einzelheiten"), default=dict, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Eintrag im Protokoll")
        verbose_name_plural = _("Protokoll")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at"], name="audit_newest_first"),
            models.Index(fields=["action", "-at"], name="audit_by_action"),
        ]

    def __str__(self):
        who = self.actor_name or _("System")
        return f"{who}: {self.get_action_display()}"
