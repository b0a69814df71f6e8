"""Pictures as they are kept: decoded and written anew, small, and saying nothing of their origin.

What a camera or a program adds to a file (place, time, names, previews, anything appended)
does not survive being painted again. Only pixels do.
"""

import errno
import logging
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from offers.models import ChangeProposal, Offer
from offers.models.signals import pictures_needed

FOLDER = Offer._meta.get_field("picture").upload_to  # noqa: SLF001, documented API
FORMATS = ["JPEG", "PNG", "WEBP"]
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# WebP and PNG are decoded whole before they are made small: four bytes a pixel, several copies.
# JPEG is decoded as small as it is kept.
MOST_PIXELS_DECODED_WHOLE = 16_000_000
LONGEST_SIDE = 20_000
LONGEST_EDGE = 1600
QUALITY = 82
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


_no_room = ContextVar("no_room_for_pictures", default=False)
logger = logging.getLogger(__name__)


def cleaned(upload):
    """Return an uploaded picture painted anew, as a WebP file with a random name.

    Raises ``ValidationError`` with a sentence if it is no picture that may be kept.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(_("Das Bild ist größer als %s.") % filesizeformat(MOST_BYTES))
    try:
        painted = _painted(upload)
    except ValidationError:
        raise
    except TOO_LARGE as error:
        raise ValidationError(_too_many_pixels()) from error
    except Exception as error:  # a broken file fails anywhere in a decoder, with any kind of error
        raise ValidationError(
            _("Das ist kein Bild, das wir zeigen können. Es muss JPEG, PNG oder WebP sein.")
        ) from error
    file = BytesIO()
    painted.save(file, "WEBP", quality=QUALITY, method=4)
    return ContentFile(file.getvalue(), name=f"{uuid.uuid4().hex}.webp")


def is_full(error):
    """Whether an ``OSError`` says that the disk takes nothing more."""
    return error.errno in FULL


@contextmanager
def without_room():
    """While this lasts no picture is taken: the disk has just refused one."""
    token = _no_room.set(True)
    try:
        yield
    finally:
        _no_room.reset(token)


def ask_for_room(file):
    """Raise ``ValidationError`` with a sentence if the disk does not take a picture now."""
    if _no_room.get():
        raise ValidationError(_no_room_words())
    name = f"{FOLDER}/.{uuid.uuid4().hex}"
    try:
        default_storage.delete(default_storage.save(name, ContentFile(file.read())))
    except OSError as error:
        logger.error("No room for a picture: %s", error.strerror)  # noqa: TRY400, says all
        raise ValidationError(_no_room_words()) from error
    file.seek(0)


def _no_room_words():
    return _(
        "Das Bild lässt sich gerade nicht speichern: Auf dem Server ist kein Platz. Alles andere "
        "steht noch hier. Speichern Sie ohne das Bild, und sagen Sie der Administration Bescheid."
    )


def discard(name):
    """Delete the file of a picture that nothing shows any more."""
    if not name or Offer.objects.filter(picture=name).exists():
        return
    if name not in _needed_above(name):
        default_storage.delete(name)


def discard_unused(now=None):
    """Delete pictures that no offer, no open proposal and no upper floor shows; return how many.

    Previews and refused saves leave them behind. What is younger than a day may belong to
    a form that is being saved right now.
    """
    day_ago = (now or timezone.now()) - timedelta(days=1)
    shown = set(Offer.objects.exclude(picture="").values_list("picture", flat=True))
    shown |= _needed_above()
    for proposal in ChangeProposal.objects.open():
        shown |= {row["picture"] for row in proposal.wanted["root"].values()}
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    unused = [
        name
        for name in (f"{FOLDER}/{file}" for file in names)
        if name not in shown and default_storage.get_modified_time(name) < day_ago
    ]
    for name in unused:
        default_storage.delete(name)
    return len(unused)


def _needed_above(name=None):
    """Return the names of the pictures that upper floors show."""
    answers = pictures_needed.send(sender=None, name=name)
    return {one for _receiver, names in answers for one in names}


def _painted(upload):
    """Return the picture on a new canvas: upright, at most so long, nothing else."""
    with Image.open(upload, formats=FORMATS) as image:
        most = MOST_PIXELS if image.format == "JPEG" else MOST_PIXELS_DECODED_WHOLE
        if image.width * image.height > most or max(image.size) > LONGEST_SIDE:
            raise ValidationError(_too_many_pixels(most))
        if getattr(image, "n_frames", 1) > 1:
            raise ValidationError(_("Bewegte Bilder zeigen wir nicht. Nehmen Sie ein stehendes."))
        image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # JPEG: decode no more than is kept
        turned = image.getexif().get(ORIENTATION, 1)
        image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))  # small first, or each step holds it whole
        upright = _upright(image, turned)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        canvas = Image.new(mode, upright.size)
        canvas.paste(upright.convert(mode))
        return canvas


def _upright(image, turned):
    """Return a picture turned as its camera was held."""
    how = TURNS.get(turned)
    return image.transpose(how) if how is not None else image


def _too_many_pixels(most=MOST_PIXELS):
    millions = most // 1_000_000
    return _("Das Bild hat mehr als %d Millionen Bildpunkte. Verkleinern Sie es vorher.") % millions
