"""The picture beside a link in messengers: what it is, for whom, where; German, as titles are."""

import hashlib
import io
import json
from pathlib import Path

import typst
from django.conf import settings
from django.core.cache import cache
from PIL import Image

TEMPLATE = Path(__file__).parent / "picture.typ"
FONTS = ["Libertinus Serif"]  # inside typst: the same picture on every machine
DOTS_AN_INCH = 72  # so that a point of the template is a pixel
COLOURS = 32
A_DAY = 24 * 60 * 60


def png(title, about):
    """Return the bytes of a picture of 1200 by 630 pixels, kept a day for what it says."""
    data = json.dumps(
        {
            "title": title,
            "about": about,
            "city": settings.CITY["full_name"],
            "portal": settings.CITY["portal_name"],
            "fonts": FONTS,
        }
    )
    name = hashlib.blake2b(data.encode(), digest_size=16).hexdigest()
    return cache.get_or_set(f"picture-of-link:{name}", lambda: _drawn(data), A_DAY)


def _drawn(data):
    drawn = typst.compile(TEMPLATE, format="png", ppi=DOTS_AN_INCH, sys_inputs={"data": data})
    small = io.BytesIO()
    Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()
