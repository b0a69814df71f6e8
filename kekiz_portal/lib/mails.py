"""Single mails: what somebody asked for, what the office is told."""

from email.message import Message
from smtplib import SMTPConnectError
from socket import gaierror

from django.core.mail import EmailMultiAlternatives

from . import mail_headers

# With these the mail server surely took nothing: what was to be sent may wait for the clock.
NOT_BEGUN = (SMTPConnectError, ConnectionRefusedError, gaierror)


class Mail(EmailMultiAlternatives):
    """A mail of Django whose subject arrives as it was written, blanks and all.

    Left to itself, Django folds a long subject after "Subject:", so that it begins with a blank.
    """

    def message(self):
        written = super().message()
        del written["Subject"]
        subject = mail_headers.value("Subject", self.subject)
        Message.__setitem__(written, "Subject", subject)  # Django's own refuses what is folded
        return written
