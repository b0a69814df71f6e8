"""Small files of pictures."""

import io

from PIL import Image


def picture(width=60, height=40, kind="PNG", **options):
    """Return a picture of one colour as the bytes of a file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(file, kind, **options)
    return file.getvalue()
