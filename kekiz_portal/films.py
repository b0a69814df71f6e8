"""Films in Deutscher Gebärdensprache: what may be uploaded, and how it is sent."""

import re
import uuid

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import TextChoices
from django.http import FileResponse, Http404, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FOLDER = "filme"
MOST_BYTES = 24 * 1024 * 1024  # what the proxy lets through to the office (deploy/nginx.conf)
TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
A_YEAR = 365 * 24 * 60 * 60  # in seconds; a film that changes gets another name
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")  # longer ones are no number of a byte


class About(TextChoices):
    """What the law wants said in signs (BITV 2.0, Anlage 2, Teil 1)."""

    CONTENTS = "inhalt", _("Was dieses Portal bietet")
    MOVING = "bedienung", _("Wie Sie sich im Portal bewegen")
    STATEMENT = "erklaerung", _("Was in der Erklärung zur Barrierefreiheit steht")


def ending_of(upload):
    """Return "mp4" or "webm" as the first bytes of a file say; its name says nothing."""
    upload.seek(0)
    head = upload.read(64)
    upload.seek(0)
    if head[4:8] == b"ftyp":
        return "mp4"
    return "webm" if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head else ""


def check(upload):
    """Raise ``ValidationError`` with a sentence if a file is no film that every browser shows."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("Der Film ist größer als %s.") % filesizeformat(MOST_BYTES))
    if not ending_of(upload):
        raise ValidationError(_("Das ist kein Film, den Browser zeigen: MP4 oder WebM."))


def name_of(film, _filename):
    """Return where a checked film is kept: no name of a file that somebody chose."""
    return f"{FOLDER}/{uuid.uuid4().hex}.{ending_of(film.file)}"


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def film(request, name, ending):
    """Answer a film or the part of it that a player asks for: some play nothing else."""
    path = f"{FOLDER}/{name}.{ending}"
    if not default_storage.exists(path):
        raise Http404
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or asked[0] == "bytes=-":
        response = FileResponse(default_storage.open(path), content_type=TYPES[ending])
    else:
        response = _part(path, *asked.groups(), TYPES[ending])
    response["Accept-Ranges"] = "bytes"
    return response


def _part(path, first, last, content_type):
    """Return bytes ``first`` to ``last``; without a first one the last so many."""
    size = default_storage.size(path)
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with default_storage.open(path) as file:
        file.seek(start)
        response = HttpResponse(file.read(end - start + 1), status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response
