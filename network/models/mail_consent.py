"""Whether somebody of the network agreed to get mails, and how that is known."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WORDING_LENGTH = 600


class MailConsent(models.Model):
    """A consent of its own: to be shown to professionals is none to get mails (GDPR Art. 6 I a, 7).

    The wording, the day and the way prove it; a withdrawal stays, so that nobody asks again.
    """

    class Way(models.TextChoices):
        WRITTEN = "written", _("schriftlich")
        SPOKEN = "spoken", _("mündlich")
        MAIL = "mail", _("per E-Mail")
        LINK = "link", _("mit dem Link unserer Anfrage")
        FORM = "form", _("mit einem Formular im Internet")

    mail_consent_given_on = models.DateField(
        _("Einwilligung in E-Mails vom"), null=True, blank=True
    )
    mail_consent_text = models.CharField(
        _("Wortlaut dieser Einwilligung"), max_length=WORDING_LENGTH, blank=True
    )
    mail_consent_way = models.CharField(_("Wie sie kam"), max_length=10, choices=Way, blank=True)
    mail_consent_withdrawn_on = models.DateField(
        _("E-Mails abgelehnt oder widerrufen am"),
        null=True,
        blank=True,
        help_text=_("Dann kommt kein Newsletter mehr, und niemand fragt noch einmal."),
    )

    class Meta:
        abstract = True

    @property
    def agrees_to_mail(self):
        return self.mail_consent_given_on is not None and self.mail_consent_withdrawn_on is None

    def agree_to_mail(self, wording, way, on=None):
        self.mail_consent_given_on = on or timezone.localdate()
        self.mail_consent_text, self.mail_consent_way = wording, way
        self.mail_consent_withdrawn_on = None

    def refuse_mail(self, on=None):
        """Note a no, before or after a yes; what was agreed to stays as its proof."""
        day = on or timezone.localdate()
        self.mail_consent_withdrawn_on = max(day, self.mail_consent_given_on or day)


CONSENT_IS_WHOLE = models.CheckConstraint(
    condition=Q(mail_consent_given_on=None, mail_consent_text="", mail_consent_way="")
    | (Q(mail_consent_given_on__isnull=False) & ~Q(mail_consent_text="") & ~Q(mail_consent_way="")),
    name="contact_mail_consent_has_wording_day_and_way",
    violation_error_message=_(
        "Zur Einwilligung in E-Mails gehören Tag, Wortlaut und wie sie kam: alle drei oder keins."
    ),
)
CONSENT_ENDS_AFTER_IT_BEGAN = models.CheckConstraint(
    condition=Q(mail_consent_withdrawn_on=None)
    | Q(mail_consent_given_on=None)
    | Q(mail_consent_withdrawn_on__gte=F("mail_consent_given_on")),
    name="contact_mail_consent_ends_after_it_began",
    violation_error_message=_("Der Widerruf darf nicht vor der Einwilligung liegen."),
)
