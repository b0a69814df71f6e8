"""The bytes of a newsletter's mails: encoded once for each edition, filled in for each person.

Only five things differ between two mails of an edition: To, Date, the two identities and the
links. Everything else is encoded once, so that a mail costs no more than joining pieces.
"""

import binascii
import html
import re
import uuid
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import mail_headers, mailbox
from network.newsletters import links

from .embedding import embedded

UNSUBSCRIBE, SETTINGS, WEB = "%%UNSUBSCRIBE%%", "%%SETTINGS%%", "%%WEB%%"
PERSONAL = re.compile(f"({UNSUBSCRIBE}|{SETTINGS})")
# What may stand in an address of ours: no space, no control sign, nothing that needs folding.
WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
PLAIN_ADDRESS = re.compile(rf"(?=.{{1,64}}@.{{1,253}}$){WORD}(?:\.{WORD})*@{LABEL}(?:\.{LABEL})*")
SUBJECT_LENGTH = 200
SENDER_NAME_LENGTH = 60
CONFUSING_IN_NAMES = str.maketrans(dict.fromkeys('@:,"<>;\\', " "))
# Ends a line of quoted-printable without ending the text's line.
SOFT_BREAK = b"=\r\n"


class UnusableAddressError(ValueError):
    """No mail can be written to this address."""


class Mailing:
    """One edition, ready to be filled in; its links lead to pages of the reader's language."""

    def __init__(self, newsletter, edition):
        self.newsletter = newsletter
        self.boundary = f"=_{newsletter.key.hex}"  # no encoded text can hold "=_"
        self.inner_boundary = f"{self.boundary}_1"
        self.headers = self._common_headers(edition)
        web = links.web_url(newsletter)
        page, pictures = embedded(edition.html, newsletter.key.hex)
        self.text_pieces = encoded_pieces(edition.text.replace(WEB, web))
        self.html_pieces = encoded_pieces(page.replace(WEB, html.escape(web)))
        self.before_html, self.after_html = self._around_html(pictures)

    def to(self, delivery, at=None):
        """Return the whole mail to one recipient as bytes. Raises UnusableAddressError."""
        unsubscribe = links.unsubscribe_url(delivery)
        own_links = {UNSUBSCRIBE: unsubscribe, SETTINGS: links.settings_url(delivery)}
        guid = guid_of(self.newsletter, delivery)
        own_headers = (
            f"To: {ascii_address(delivery.address)}\r\n"
            f"Date: {format_datetime(at or timezone.localtime())}\r\n"
            f"Message-ID: {message_id(self.newsletter, delivery)}\r\n"
            f"X-Delivery-GUID: {guid}\r\n"
            f"List-Unsubscribe: <{unsubscribe}>\r\n"
        ).encode("ascii")
        in_html = {name: html.escape(url) for name, url in own_links.items()}
        return b"".join(
            [
                own_headers,
                self.headers,
                self._part("plain", self.boundary),
                _filled(self.text_pieces, own_links),
                self.before_html,
                _filled(self.html_pieces, in_html),
                self.after_html,
            ]
        )

    def _common_headers(self, edition):
        subject = mail_headers.one_line(edition.subject, SUBJECT_LENGTH)
        return (
            mail_headers.mailbox("From", *sender())
            + mail_headers.unstructured("Subject", subject)
            + f"List-Id: <newsletter.{settings.MAIL_DOMAIN}>\r\n"
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            "Precedence: bulk\r\n"
            "X-Auto-Response-Suppress: OOF, AutoReply\r\n"
            f"Content-Language: {edition.language}\r\n"
            "MIME-Version: 1.0\r\n"
            f'Content-Type: multipart/alternative; boundary="{self.boundary}"\r\n'
        ).encode("ascii")

    def _around_html(self, pictures):
        """Return what stands before and after the HTML, with its pictures where it has some."""
        end = f"\r\n--{self.boundary}--\r\n".encode()
        if not pictures:
            return self._part("html", self.boundary), end
        related = (
            f"\r\n--{self.boundary}\r\n"
            f'Content-Type: multipart/related; type="text/html"; boundary="{self.inner_boundary}"'
            "\r\n"
        ).encode()
        inner = f"\r\n--{self.inner_boundary}".encode()
        parts = [
            inner + b"\r\n" + as_lines_of_mail(picture.as_part().as_bytes()) for picture in pictures
        ]
        before = related + self._part("html", self.inner_boundary)
        return before, b"".join([*parts, inner, b"--\r\n", end])

    @staticmethod
    def _part(kind, boundary):
        return (
            f"\r\n--{boundary}\r\n"
            f"Content-Type: text/{kind}; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        ).encode()


def guid_of(newsletter, delivery):
    """Return what identifies a mail however often it is sent, also where a relay renames it."""
    return uuid.uuid5(newsletter.key, str(delivery.pk)).hex


def message_id(newsletter, delivery):
    """Return the Message-ID of a mail, as the mail server's log has it."""
    return f"<{guid_of(newsletter, delivery)}@{settings.MAIL_DOMAIN}>"


def sender():
    """Return who the newsletters come from: a name all programs show, and the city's address."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = (name or settings.CITY["portal_name"]).translate(CONFUSING_IN_NAMES)
    return mail_headers.one_line(name, SENDER_NAME_LENGTH), address


def ascii_address(address):
    """Return an address as mail servers take it. Raises UnusableAddressError."""
    plain = mailbox.stored(address)
    if not PLAIN_ADDRESS.fullmatch(plain):
        raise UnusableAddressError(_("An diese Adresse kann keine E-Mail gehen."))
    return plain


def encoded_pieces(text):
    """Return text in quoted-printable, in pieces: bytes, and between them placeholders to fill."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [
        piece if number % 2 else quoted_printable(piece)
        for number, piece in enumerate(PERSONAL.split(lines))
    ]


def quoted_printable(text):
    return as_lines_of_mail(binascii.b2a_qp(text.encode(), istext=True))


def as_lines_of_mail(lines):
    return lines.replace(b"\n", b"\r\n")


def _filled(pieces, own_links):
    return SOFT_BREAK.join(
        piece if isinstance(piece, bytes) else quoted_printable(own_links[piece])
        for piece in pieces
    )
