"""The mails that development wrote to files instead of sending them.

Only routed in development.
"""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

MOST_SHOWN = 200
# What Django's backend writes between two mails of a file.
BETWEEN_MAILS = b"-" * 79 + b"\n"
HEADERS_SHOWN = ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe"]


@dataclass(frozen=True)
class Mail:
    """One mail of one file."""

    file: str
    number: int
    message: object

    @property
    def headers(self):
        return [(name, self.message[name]) for name in HEADERS_SHOWN if self.message[name]]

    @property
    def subject(self):
        return self.message["Subject"] or "–"

    @property
    def date(self):
        header = self.message["Date"]
        return header.datetime if header else None

    @property
    def text(self):
        return self._part("plain")

    @property
    def html(self):
        return self._part("html")

    def _part(self, kind):
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


@require_safe
def mail_list(request):
    return render(request, "post/list.html", {"mails": newest(), "folder": folder()})


@require_safe
def mail(request, file, number):
    return render(request, "post/mail.html", {"mail": found(file, number)})


@csp_replace({"style-src": ["'unsafe-inline'"], "img-src": ["'self'", "data:"]})
@require_safe
def mail_as_page(_request, file, number):
    """The HTML part alone, as a mail program would show it; mails carry their style inline."""
    return HttpResponse(found(file, number).html)


def folder():
    return Path(settings.EMAIL_FILE_PATH)


def newest():
    """Return the newest mails, newest first."""
    files = sorted(folder().glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [one for path in files[:MOST_SHOWN] for one in reversed(mails_in(path))][:MOST_SHOWN]


def found(file, number):
    """Return one mail. Raises Http404."""
    path = folder() / file
    if path.parent != folder() or not path.is_file():
        raise Http404
    mails = mails_in(path)
    if number >= len(mails):
        raise Http404
    return mails[number]


def mails_in(path):
    parts = [part for part in path.read_bytes().split(BETWEEN_MAILS) if part.strip()]
    return [
        Mail(path.name, number, message_from_bytes(part, policy=default))
        for number, part in enumerate(parts)
    ]
