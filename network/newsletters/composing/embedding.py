"""Pictures inside the mail: no mail program asks the portal for one, so none can be followed.

Classic Outlook shows no WebP, so they become JPEG, or PNG where something shines through,
at twice the width they are shown in.
"""

import re
from dataclasses import dataclass
from email.mime.image import MIMEImage
from html import unescape
from io import BytesIO
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

SHARPNESS = 2
QUALITY = 80
IMAGE = re.compile(r'<img src="(?P<url>[^"]*)" width="(?P<width>\d{1,4})"')


@dataclass(frozen=True)
class Embedded:
    """A picture of a mail: what the HTML calls it, and its bytes."""

    cid: str
    kind: str
    content: bytes

    def as_part(self):
        """Return it as a part of a mail."""
        part = MIMEImage(self.content, self.kind)
        part.add_header("Content-ID", f"<{self.cid}>")
        part.add_header("Content-Disposition", "inline", filename=f"bild.{self.kind}")
        return part


def embedded(html, key):
    """Return HTML that shows pictures of the mail itself, and the ``Embedded`` by their order.

    ``key`` tells the mails of one newsletter from those of others. A picture whose file is gone
    leaves its words.
    """
    pictures = {}

    def into_mail(match):
        url, width = unescape(match["url"]), int(match["width"])
        if url not in pictures:
            cid = f"bild{len(pictures) + 1}.{key}@{settings.MAIL_DOMAIN}"
            pictures[url] = _painted(url, width * SHARPNESS, cid)
        cid = pictures[url].cid if pictures[url] else ""
        return f'<img src="cid:{cid}" width="{width}"'

    html = IMAGE.sub(into_mail, html)
    return html, [picture for picture in pictures.values() if picture]


def _painted(url, width, cid):
    """Return the picture behind an address of the portal, ``None`` where there is none."""
    own = settings.PORTAL_URL + settings.MEDIA_URL
    if not url.startswith(own):
        return None
    try:
        file = default_storage.open(unquote(url.removeprefix(own)))
        with file, Image.open(file) as image:
            image.thumbnail((width, image.height * width // max(image.width, 1) + 1))
            kind = "png" if image.has_transparency_data else "jpeg"
            painted = image.convert("RGBA" if kind == "png" else "RGB")
    except OSError:
        return None
    content = BytesIO()
    painted.save(content, kind.upper(), quality=QUALITY, optimize=True)
    return Embedded(cid, kind, content.getvalue())
