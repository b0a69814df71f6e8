"""A newsletter as one person sees it who is not among its recipients."""

from email.utils import formataddr

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from kekiz_portal.lib import mailbox, mails
from kekiz_portal.lib.mail_headers import one_line

from . import composing
from .embedding import embedded
from .messages import SETTINGS, SUBJECT_LENGTH, UNSUBSCRIBE, WEB, sender


def filled(words, newsletter):
    """Return HTML or text whose personal links lead to the newsletter as the office sees it.

    The public page is not there before the newsletter is sent.
    """
    path = reverse("admin:network_newsletter_preview_web", args=[newsletter.pk])
    web = escape(settings.PORTAL_URL + path)
    for placeholder in [UNSUBSCRIBE, SETTINGS, WEB]:
        words = words.replace(placeholder, web)
    return words


def framed(words, newsletter):
    """Return HTML for a frame inside the office, with pictures from wherever the office is."""
    own = settings.PORTAL_URL + settings.MEDIA_URL
    return filled(words, newsletter).replace(f'src="{own}', f'src="{settings.MEDIA_URL}')


def send_test(newsletter, address):
    """Send a newsletter to one address, as a test by its subject; return whether it left."""
    edition = composing.edition(newsletter)
    page, pictures = embedded(edition.html, newsletter.key.hex)
    mail = mails.Mail(
        subject=one_line(_("Test: %s") % edition.subject, SUBJECT_LENGTH),
        body=filled(edition.text, newsletter),
        from_email=formataddr(sender()),
        to=[mailbox.stored(address)],
        headers=mails.AUTOMATIC,
    )
    mail.attach_alternative(filled(page, newsletter), "text/html")
    mail.mixed_subtype = "related"
    for picture in pictures:
        mail.attach(picture.as_part())
    return mails.hand_over(mail, f"test of newsletter {newsletter.pk}").is_sent
